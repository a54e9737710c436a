//! A definition: one flat table of all its states, whatever `Parallel` or `Map` they stand in.

use crate::text::Span;
use std::fmt;
use std::sync::Arc;

/// A state's place in [`Definition::states`]; states of a deeper scope come after those of the scope they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u32);

/// A scope's place in [`Definition::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u32);

/// A whole machine.
#[derive(Debug)]
pub struct Definition {
    pub comment: Option<Arc<str>>,
    pub states: Vec<State>,
    /// The first is the machine itself; each branch, iterator and item processor has one of its own.
    pub scopes: Vec<Scope>,
}

/// What has a `States` object: the machine, a branch, an item processor.
#[derive(Debug)]
pub struct Scope {
    /// JSON pointer of the object that holds `StartAt` and `States`; empty for the machine.
    pub pointer: Arc<str>,
    /// The state that holds this scope; none for the machine.
    pub within: Option<StateId>,
}

/// A state of any type.
#[derive(Debug)]
pub struct State {
    pub name: Arc<str>,
    /// JSON pointer of the state: `/States/X/Branches/0/States/Y`.
    pub pointer: Arc<str>,
    /// Where the state's name stands in the text.
    pub span: Span,
    pub scope: ScopeId,
    pub state_type: StateType,
}

/// The eight types of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateType {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

impl StateType {
    pub const ALL: [StateType; 8] = [
        StateType::Task,
        StateType::Pass,
        StateType::Choice,
        StateType::Wait,
        StateType::Succeed,
        StateType::Fail,
        StateType::Parallel,
        StateType::Map,
    ];

    /// As `Type` says it.
    pub const fn name(self) -> &'static str {
        match self {
            StateType::Task => "Task",
            StateType::Pass => "Pass",
            StateType::Choice => "Choice",
            StateType::Wait => "Wait",
            StateType::Succeed => "Succeed",
            StateType::Fail => "Fail",
            StateType::Parallel => "Parallel",
            StateType::Map => "Map",
        }
    }

    pub fn parse(name: &str) -> Option<StateType> {
        StateType::ALL.into_iter().find(|state_type| state_type.name() == name)
    }
}

impl fmt::Display for StateType {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Definition {
    /// A state by its number; numbers come from this definition's own events and scopes.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.0 as usize]
    }

    /// A state by its JSON pointer.
    pub fn state_at(&self, pointer: &str) -> Option<StateId> {
        self.states.iter().position(|state| &*state.pointer == pointer).map(|at| StateId(at as u32))
    }
}
