//! Leptos's signals, memos and effects with one code for values of all types.
//!
//! Leptos's are generic: each type that a signal holds has its own code to keep, lock, compare and tell. Here all of them hold the same,
//! a shared value of any type, and what is generic looks into it and nothing more. They are told apart by their types as before.

mod arena;
mod effect;
mod memo;
mod signal;
mod stored;

use std::any::Any;
use std::sync::Arc;

pub use effect::Effect;
pub use memo::Memo;
pub use signal::{RwSignal, Signal};
pub use stored::StoredValue;

/// A value of any type, one word wide: it is handed on at each reading.
type Held = Arc<Box<dyn Any + Send + Sync>>;

fn hold<T: Send + Sync + 'static>(value: T) -> Held {
    Arc::new(Box::new(value))
}

fn value<T: 'static>(held: &Held) -> &T {
    held.downcast_ref().expect("what a signal holds is of its type")
}

/// Looks at what was read, and lets go of it in the one place.
fn look<T: 'static, U>(held: Held, read: impl FnOnce(&T) -> U) -> U {
    let looked = read(value(&held));
    release(held);
    looked
}

#[inline(never)]
fn release(held: Held) {
    drop(held);
}

/// How a signal, whatever it is of, is read.
macro_rules! readable {
    ($signal:ident) => {
        impl<T> Clone for $signal<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $signal<T> {}

        impl<T: Send + Sync + 'static> $signal<T> {
            /// The value; who asks is told when it changes.
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// Looks at the value; who asks is told when it changes.
            pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                super::look(self.key.tracked(), read)
            }

            /// The value as it is now.
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// Looks at the value as it is now.
            pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                super::look(self.key.untracked(), read)
            }

            /// The value as it is now; none when its owner is gone.
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                self.key.try_untracked().map(|held| super::look(held, T::clone))
            }

            /// Lets who asks be told when the value changes.
            pub fn track(&self) {
                self.key.track();
            }
        }
    };
}

use readable;
