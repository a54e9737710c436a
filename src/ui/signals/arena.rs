//! Where signals, memos and stored values are. Their handles are one word: closures capture them by the dozen.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcMemo, ArcRwSignal, Dispose, Get, GetUntracked, Set, Track, Update, untrack};
use leptos::reactive::owner::ArenaItem;

use super::{Held, hold};

/// What a handle leads to.
#[derive(Clone)]
pub enum Source {
    Settable(ArcRwSignal<Held>),
    WorkedOut(ArcMemo<Held>),
    Derived(Arc<dyn Derive>),
    Fixed(Held),
    Stored(Stored),
}

/// What is worked out each time it is read. See [`Make`](crate::ui::dom::Make) for why it is no `dyn Fn`.
pub trait Derive: Send + Sync {
    fn derive(&self) -> Held;
}

/// A value that nobody follows.
pub type Stored = Rc<RefCell<Box<dyn Any>>>;

/// A handle: a place, and in the bits above it how many were there before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(u32);

/// How many bits of a key are its place.
const PLACE_BITS: u32 = 22;
/// The turn at which a place is used up, so that no two keys are ever the same.
const LAST_TURN: u32 = u32::MAX >> PLACE_BITS;

#[derive(Default)]
struct Arena {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

#[derive(Default)]
struct Slot {
    turn: u32,
    source: Option<Source>,
    guard: Option<ArenaItem<Guard>>,
}

thread_local! {
    static ARENA: RefCell<Arena> = RefCell::default();
}

/// Leptos drops it with its owner, and what the key leads to goes with it.
struct Guard(Key);

impl Drop for Guard {
    fn drop(&mut self) {
        // What goes may have handles of its own: it goes when nobody looks at the arena.
        let gone = ARENA.try_with(|arena| arena.borrow_mut().remove(self.0));
        drop(gone);
    }
}

impl Arena {
    fn add(&mut self, source: Source) -> Key {
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() as u32 - 1
        });
        assert!(place < 1 << PLACE_BITS, "there are more than four million signals");
        let slot = &mut self.slots[place as usize];
        slot.source = Some(source);
        Key(slot.turn << PLACE_BITS | place)
    }

    fn slot(&mut self, Key(key): Key) -> Option<&mut Slot> {
        let (turn, place) = (key >> PLACE_BITS, key & ((1 << PLACE_BITS) - 1));
        self.slots.get_mut(place as usize).filter(|slot| slot.turn == turn && slot.source.is_some())
    }

    fn remove(&mut self, key: Key) -> Option<Source> {
        let slot = self.slot(key)?;
        let (source, turn) = (slot.source.take(), slot.turn);
        slot.guard = None;
        if turn < LAST_TURN {
            slot.turn += 1;
            self.free.push(key.0 & ((1 << PLACE_BITS) - 1));
        }
        source
    }
}

impl Key {
    /// A handle that belongs to the current owner.
    pub fn new(source: Source) -> Key {
        let key = ARENA.with_borrow_mut(|arena| arena.add(source));
        let guard = ArenaItem::new(Guard(key));
        ARENA.with_borrow_mut(|arena| arena.slot(key).map(|slot| slot.guard = Some(guard)));
        key
    }

    /// What the handle leads to; none when its owner is gone.
    fn source(self) -> Option<Source> {
        ARENA.with_borrow_mut(|arena| arena.slot(self)?.source.clone())
    }

    /// Ends it before its owner does.
    pub fn dispose(self) {
        if let Some(guard) = ARENA.with_borrow_mut(|arena| arena.slot(self)?.guard.take()) {
            guard.dispose();
        }
    }

    /// The value; who asks is told when it changes.
    pub fn tracked(self) -> Held {
        match self.there() {
            Source::Settable(signal) => signal.get(),
            Source::WorkedOut(memo) => memo.get(),
            Source::Derived(derived) => derived.derive(),
            other => other.value(),
        }
    }

    /// The value as it is now.
    pub fn untracked(self) -> Held {
        self.there().value()
    }

    /// The value as it is now; none when its owner is gone.
    pub fn try_untracked(self) -> Option<Held> {
        self.source().map(Source::value)
    }

    /// Lets who asks be told when the value changes.
    pub fn track(self) {
        match self.there() {
            Source::Settable(signal) => signal.track(),
            Source::WorkedOut(memo) => memo.track(),
            Source::Derived(derived) => drop(derived.derive()),
            Source::Fixed(_) | Source::Stored(_) => {}
        }
    }

    /// Sets the value if the owner is there still; else gives it back.
    pub fn try_set(self, value: Held) -> Option<Held> {
        match self.source() {
            Some(Source::Settable(signal)) => {
                signal.set(value);
                None
            }
            _ => Some(value),
        }
    }

    /// Takes the value out until it is set again, and tells nobody.
    pub fn take(self) -> Option<Held> {
        match self.source()? {
            Source::Settable(signal) => signal.try_maybe_update(|held| (false, std::mem::replace(held, hold(())))),
            _ => None,
        }
    }

    /// The stored value; none when its owner is gone.
    pub fn stored(self) -> Option<Stored> {
        match self.source()? {
            Source::Stored(stored) => Some(stored),
            _ => None,
        }
    }

    fn there(self) -> Source {
        self.source().expect("the owner of a signal is there")
    }
}

impl Source {
    fn value(self) -> Held {
        match self {
            Source::Settable(signal) => signal.get_untracked(),
            Source::WorkedOut(memo) => memo.get_untracked(),
            Source::Derived(derived) => untrack(|| derived.derive()),
            Source::Fixed(held) => held,
            Source::Stored(_) => hold(()),
        }
    }
}
