use std::marker::PhantomData;

use super::{Held, hold, readable, value};

/// What is worked out from signals, once for all who read it, and told on when it comes out different.
pub struct Memo<T> {
    pub(super) held: leptos::prelude::Memo<Held>,
    of: PhantomData<fn() -> T>,
}

readable! { Memo }

/// What a memo works out, whatever that is: the value, and whether it is another than the last. See
/// [`Make`](crate::ui::dom::Make) for why it is no `dyn Fn`.
trait Work: Send + Sync {
    fn work(&self, last: Option<Held>) -> (Held, bool);
}

struct Working<T, F> {
    make: F,
    differ: fn(Option<&T>, Option<&T>) -> bool,
}

impl<T: Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Work for Working<T, F> {
    fn work(&self, last: Option<Held>) -> (Held, bool) {
        let last = last.as_ref().map(value);
        let new = (self.make)(last);
        let changed = (self.differ)(last, Some(&new));
        (hold(new), changed)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Works a value out; it is given the last one.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Memo<T> {
        Memo::new_with_compare(make, |old, new| old != new)
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// The same, with the test of whether a value is another than the last.
    pub fn new_with_compare(
        make: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        differ: fn(Option<&T>, Option<&T>) -> bool,
    ) -> Memo<T> {
        Memo { held: memo(Box::new(Working { make, differ })), of: PhantomData }
    }
}

fn memo(work: Box<dyn Work>) -> leptos::prelude::Memo<Held> {
    leptos::prelude::Memo::new_owning(move |last| work.work(last))
}
