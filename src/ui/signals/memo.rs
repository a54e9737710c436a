use std::marker::PhantomData;

use leptos::prelude::ArcMemo;

use super::arena::{Key, Source};
use super::{Held, hold, readable, value};

/// What is worked out from signals, once for all who read it, and told on when it comes out different.
pub struct Memo<T> {
    pub(super) key: Key,
    of: PhantomData<fn() -> T>,
}

readable! { Memo }

/// What a memo works out, whatever that is. See [`Make`](crate::ui::dom::Make) for why it is no `dyn Fn`.
trait Work: Send + Sync {
    fn work(&self, last: Option<&Held>) -> Held;
}

struct Working<F>(F);

impl<T: Send + Sync + 'static, F: Fn() -> T + Send + Sync> Work for Working<F> {
    fn work(&self, _: Option<&Held>) -> Held {
        hold((self.0)())
    }
}

/// The same, from what came out last.
struct Going<T, F>(F, PhantomData<fn() -> T>);

impl<T: Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Work for Going<T, F> {
    fn work(&self, last: Option<&Held>) -> Held {
        hold((self.0)(last.map(value)))
    }
}

type Differ = fn(&Held, &Held) -> bool;

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Works a value out.
    pub fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
        Memo { key: memo(Box::new(Working(make)), differ::<T>), of: PhantomData }
    }

    /// Works a value out of the last one.
    pub fn going_on(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Memo<T> {
        Memo { key: memo(Box::new(Going(make, PhantomData)), differ::<T>), of: PhantomData }
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// Works a value out, and tells it on whether it is another than the last or not.
    pub fn always(make: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
        Memo { key: memo(Box::new(Working(make)), |_, _| true), of: PhantomData }
    }
}

fn differ<T: PartialEq + 'static>(one: &Held, other: &Held) -> bool {
    value::<T>(one) != value::<T>(other)
}

fn memo(work: Box<dyn Work>, differ: Differ) -> Key {
    Key::new(Source::WorkedOut(ArcMemo::new_owning(move |last: Option<Held>| {
        let new = work.work(last.as_ref());
        let changed = last.is_none_or(|last| differ(&last, &new));
        (new, changed)
    })))
}
