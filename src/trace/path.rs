//! The transitions a run took.

use crate::asl::StateId;
use crate::order::Hashed;

/// A step from one state to another of the same `States` object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transition {
    /// None: from the start.
    pub from: Option<StateId>,
    /// None: to the end.
    pub to: Option<StateId>,
    /// By which rule of a Choice or which catcher, from 0.
    pub way: Option<u32>,
}

/// How often a transition was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// By Next, a Choice rule or Default.
    pub regular: u32,
    /// By a Catch.
    pub caught: u32,
}

#[derive(Debug, Default)]
pub(super) struct Paths(Hashed<Transition, Taken>);

impl Paths {
    pub(super) fn take(&mut self, transition: Transition, caught: bool) {
        let taken = self.0.get_or_default(transition);
        let count = if caught { &mut taken.caught } else { &mut taken.regular };
        *count = count.saturating_add(1);
    }

    pub(super) fn taken(&self, transition: Transition) -> Taken {
        self.0.get(&transition).copied().unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Transition, Taken)> {
        self.0.iter().map(|(transition, taken)| (*transition, *taken))
    }
}
