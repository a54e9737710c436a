use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{Dispose, GetValue, LocalStorage};

/// A value that belongs to an owner and tells nobody when it changes.
pub struct StoredValue<T> {
    kept: leptos::prelude::StoredValue<Kept, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

/// A value of any type, one word wide.
type Kept = Rc<RefCell<Box<dyn Any>>>;

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// A value that belongs to the current owner.
    pub fn new(value: T) -> StoredValue<T> {
        StoredValue { kept: keep(Box::new(value)), of: PhantomData }
    }

    /// Looks at the value. It must not be changed meanwhile.
    pub fn with_value<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        let kept = find(self.kept).expect("the owner of a stored value is there");
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
        let kept = find(self.kept)?;
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
        let kept = find(self.kept)?;
        let changed = kept.borrow_mut().downcast_mut().map(change);
        release(kept);
        changed
    }

    /// Puts another value in the place of this one, if its owner is there still.
    pub fn set_value(&self, value: T) {
        let old = self.try_update_value(|old| std::mem::replace(old, value));
        drop(old);
    }

    pub fn dispose(self) {
        self.kept.dispose();
    }
}

impl<T: Default + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        StoredValue::new(T::default())
    }
}

#[inline(never)]
fn keep(value: Box<dyn Any>) -> leptos::prelude::StoredValue<Kept, LocalStorage> {
    leptos::prelude::StoredValue::new_local(Rc::new(RefCell::new(value)))
}

#[inline(never)]
fn find(kept: leptos::prelude::StoredValue<Kept, LocalStorage>) -> Option<Kept> {
    kept.try_get_value()
}

#[inline(never)]
fn release(kept: Kept) {
    drop(kept);
}
