//! What views and attributes are made from.

use std::borrow::Cow;

use super::{Kind, Make, View};
use crate::ui::signals::{Memo, RwSignal, Signal};

/// What can stand as a child.
pub trait IntoView: Sized {
    fn into_view(self) -> View;
}

/// One type for what the arms of a `match` give.
pub trait IntoAny {
    fn into_any(self) -> View;
}

impl<T: IntoView> IntoAny for T {
    fn into_any(self) -> View {
        self.into_view()
    }
}

/// What an attribute, a class, a style or a property can be.
pub trait IntoValue {
    fn into_value(self) -> View;
}

/// Many children from whatever gives them one by one.
pub trait CollectView {
    fn collect_view(self) -> View;
}

impl<I: IntoIterator<Item: IntoView>> CollectView for I {
    fn collect_view(self) -> View {
        View::list(self.into_iter().map(IntoView::into_view).collect())
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::NOTHING
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> View {
        self.map_or(View::NOTHING, IntoView::into_view)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<T: IntoView, const N: usize> IntoView for [T; N] {
    fn into_view(self) -> View {
        self.collect_view()
    }
}

impl<A: IntoView, B: IntoView> IntoView for (A, B) {
    fn into_view(self) -> View {
        View::list(vec![self.0.into_view(), self.1.into_view()])
    }
}

impl<F: FnMut() -> V + Send + 'static, V: IntoView> IntoView for F {
    fn into_view(self) -> View {
        View::live(Box::new(LiveView(self)))
    }
}

/// A child that follows what it reads.
struct LiveView<F>(F);

impl<F: FnMut() -> V + Send, V: IntoView> Make for LiveView<F> {
    fn make(&mut self) -> View {
        (self.0)().into_view()
    }
}

impl<F: FnMut() -> V + Send + 'static, V: IntoValue> IntoValue for F {
    fn into_value(self) -> View {
        View::live(Box::new(LiveValue(self)))
    }
}

/// A value that follows what it reads.
struct LiveValue<F>(F);

impl<F: FnMut() -> V + Send, V: IntoValue> Make for LiveValue<F> {
    fn make(&mut self) -> View {
        (self.0)().into_value()
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> View {
        self.map_or(View::NOTHING, IntoValue::into_value)
    }
}

impl IntoValue for bool {
    fn into_value(self) -> View {
        if self { Kind::Set.into() } else { View::NOTHING }
    }
}

macro_rules! texts {
    ($($text:ty: $into:expr),*) => {$(
        impl IntoView for $text {
            fn into_view(self) -> View {
                View::text($into(self))
            }
        }

        impl IntoValue for $text {
            fn into_value(self) -> View {
                View::text($into(self))
            }
        }
    )*};
}

texts! { &'static str: Cow::Borrowed, String: Cow::Owned, Cow<'static, str>: std::convert::identity }
texts! { i32: number, i64: number, u32: number, u64: number, usize: number, f64: decimal }

fn decimal(number: f64) -> Cow<'static, str> {
    Cow::Owned(crate::float::shortest(number))
}

fn number(number: impl ToString) -> Cow<'static, str> {
    Cow::Owned(number.to_string())
}

macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: IntoView + Clone + Send + Sync + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                (move || self.get()).into_view()
            }
        }

        impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<T> {
            fn into_value(self) -> View {
                (move || self.get()).into_value()
            }
        }
    )*};
}

signals! { Signal, Memo, RwSignal }
