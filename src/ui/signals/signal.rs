use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::ArcRwSignal;

use super::arena::{Derive, Key, Source};
use super::{Held, Memo, hold, readable};

/// A value that can be set, and tells who reads it.
pub struct RwSignal<T> {
    key: Key,
    of: PhantomData<fn() -> T>,
}

readable! { RwSignal }

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that belongs to the current owner.
    pub fn new(value: T) -> RwSignal<T> {
        RwSignal { key: settable(hold(value)), of: PhantomData }
    }

    pub fn set(&self, value: T) {
        self.key.try_set(hold(value));
    }

    /// Sets the value if the signal's owner is there still; else gives it back.
    pub fn try_set(&self, value: T) -> Option<T>
    where
        T: Clone,
    {
        self.key.try_set(hold(value)).map(|held| super::value::<T>(&held).clone())
    }

    /// Changes the value. It must not be looked at meanwhile.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value if the signal's owner is there still.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut held = self.key.take()?;
        let given = change(value_mut(&mut held));
        self.key.try_set(held);
        Some(given)
    }

    pub fn dispose(self) {
        self.key.dispose();
    }
}

#[inline(never)]
fn settable(held: Held) -> Key {
    Key::new(Source::Settable(ArcRwSignal::new(held)))
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
    key: Key,
    of: PhantomData<fn() -> T>,
}

readable! { Signal }

impl<T: Send + Sync + 'static> Signal<T> {
    /// What is worked out each time it is read.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
        Signal { key: derived(Arc::new(Deriving(make))), of: PhantomData }
    }

    /// What never changes.
    pub fn stored(value: T) -> Signal<T> {
        Signal { key: fixed(hold(value)), of: PhantomData }
    }
}

struct Deriving<F>(F);

impl<F: Fn() -> T + Send + Sync, T: Send + Sync + 'static> Derive for Deriving<F> {
    fn derive(&self) -> Held {
        hold((self.0)())
    }
}

#[inline(never)]
fn derived(make: Arc<dyn Derive>) -> Key {
    Key::new(Source::Derived(make))
}

#[inline(never)]
fn fixed(held: Held) -> Key {
    Key::new(Source::Fixed(held))
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Signal::stored(value)
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Signal { key: signal.key, of: PhantomData }
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Signal { key: memo.key, of: PhantomData }
    }
}
