use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{Dispose, Set, Update};

use super::{Held, Memo, hold, readable};

/// A value that can be set, and tells who reads it.
pub struct RwSignal<T> {
    held: leptos::prelude::RwSignal<Held>,
    of: PhantomData<fn() -> T>,
}

readable! { RwSignal }

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that belongs to the current owner.
    pub fn new(value: T) -> RwSignal<T> {
        RwSignal { held: leptos::prelude::RwSignal::new(hold(value)), of: PhantomData }
    }

    pub fn set(&self, value: T) {
        self.held.set(hold(value));
    }

    /// Sets the value if the signal's owner is there still; else gives it back.
    pub fn try_set(&self, value: T) -> Option<T>
    where
        T: Clone,
    {
        self.held.try_set(hold(value)).map(|held| super::value::<T>(&held).clone())
    }

    /// Changes the value. It must not be looked at meanwhile.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value if the signal's owner is there still.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = take(self.held)?;
        let given = change(value_mut(&mut held));
        self.held.set(held);
        Some(given)
    }

    pub fn dispose(self) {
        self.held.dispose();
    }
}

/// Takes the value out until it is set again, and tells nobody.
#[inline(never)]
fn take(signal: leptos::prelude::RwSignal<Held>) -> Option<Held> {
    signal.try_maybe_update(|held| (false, std::mem::replace(held, hold(()))))
}

fn value_mut<T: 'static>(held: &mut Held) -> &mut T {
    let value = Arc::get_mut(held).expect("nobody looks at a value while it is changed");
    value.downcast_mut().expect("what a signal holds is of its type")
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        RwSignal::new(T::default())
    }
}

/// A value to read, wherever it comes from.
pub struct Signal<T> {
    held: leptos::prelude::Signal<Held>,
    of: PhantomData<fn() -> T>,
}

readable! { Signal }

impl<T: Send + Sync + 'static> Signal<T> {
    /// What is worked out each time it is read.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
        derived(Box::new(Deriving(make))).of()
    }

    /// What never changes.
    pub fn stored(value: T) -> Signal<T> {
        stored(hold(value)).of()
    }
}

/// A signal before it is said what it is of.
struct Untyped(leptos::prelude::Signal<Held>);

impl Untyped {
    fn of<T>(self) -> Signal<T> {
        Signal { held: self.0, of: PhantomData }
    }
}

/// What is worked out for a signal, whatever that is. See [`Make`](crate::ui::dom::Make) for why it is no `dyn Fn`.
trait Derive: Send + Sync {
    fn derive(&self) -> Held;
}

struct Deriving<F>(F);

impl<F: Fn() -> T + Send + Sync, T: Send + Sync + 'static> Derive for Deriving<F> {
    fn derive(&self) -> Held {
        hold((self.0)())
    }
}

fn derived(make: Box<dyn Derive>) -> Untyped {
    Untyped(leptos::prelude::Signal::derive(move || make.derive()))
}

fn stored(held: Held) -> Untyped {
    Untyped(leptos::prelude::Signal::stored(held))
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Signal::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Self {
        Signal::stored(text.to_owned())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Untyped(signal.held.into()).of()
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Untyped(memo.held.into()).of()
    }
}
