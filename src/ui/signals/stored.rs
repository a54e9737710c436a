use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use super::arena::{Key, Source, Stored};

/// A value that belongs to an owner and tells nobody when it changes.
pub struct StoredValue<T> {
    key: Key,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// A value that belongs to the current owner.
    pub fn new(value: T) -> StoredValue<T> {
        StoredValue { key: keep(Box::new(value)), of: PhantomData }
    }

    /// Looks at the value. It must not be changed meanwhile.
    pub fn with_value<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        let kept = self.key.stored().expect("the owner of a stored value is there");
        let read = read(kept.borrow().downcast_ref().expect("what is stored is of its type"));
        release(kept);
        read
    }

    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// The value; none when its owner is gone.
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        let kept = self.key.stored()?;
        let value = kept.borrow().downcast_ref().cloned();
        release(kept);
        value
    }

    /// Changes the value. It must not be looked at meanwhile.
    pub fn update_value<U>(&self, change: impl FnOnce(&mut T) -> U) {
        self.try_update_value(change);
    }

    /// Changes the value if its owner is there still.
    pub fn try_update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let kept = self.key.stored()?;
        let changed = kept.borrow_mut().downcast_mut().map(change);
        release(kept);
        changed
    }

    /// Puts another value in the place of this one, if its owner is there still.
    pub fn set_value(&self, value: T) {
        let old = self.try_update_value(|old| std::mem::replace(old, value));
        drop(old);
    }
}

impl<T: Default + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        StoredValue::new(T::default())
    }
}

#[inline(never)]
fn keep(value: Box<dyn Any>) -> Key {
    Key::new(Source::Stored(Rc::new(RefCell::new(value))))
}

#[inline(never)]
fn release(kept: Stored) {
    drop(kept);
}
