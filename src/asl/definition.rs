//! A definition: one flat table of all its states, whatever `Parallel` or `Map` they stand in.

use super::flow::Flow;
use super::kinds::Kind;
pub use crate::spec::{QueryLanguage, StateType};
use crate::text::Span;
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
    /// `TimeoutSeconds` of the machine.
    pub timeout_seconds: Option<i64>,
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
    /// None where `StartAt` names no state.
    pub start: Option<StateId>,
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
    pub language: QueryLanguage,
    pub next: Transition,
    /// How data comes in and goes out.
    pub flow: Flow,
    /// What only a state of its type has.
    pub kind: Kind,
    /// Whether a field may read the context object, which is put together only then.
    pub reads_context: bool,
}

impl State {
    /// A state of which only the name is known; it ends what runs into it.
    pub(crate) fn unknown(name: &str) -> State {
        State {
            name: name.into(),
            pointer: "".into(),
            span: Span::default(),
            scope: Definition::TOP,
            state_type: StateType::Succeed,
            language: QueryLanguage::default(),
            next: Transition::End,
            flow: Flow::through(),
            kind: Kind::Succeed,
            reads_context: false,
        }
    }
}

/// Where a state leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    Next(StateId),
    End,
    /// Neither `Next` nor `End`, or `Next` names no state: the state can't be left.
    Nowhere,
}

impl Definition {
    /// The scope of the machine itself.
    pub const TOP: ScopeId = ScopeId(0);

    /// A state by its number; numbers come from this definition's own events and scopes.
    pub fn state(&self, id: StateId) -> &State {
        &self.states[id.0 as usize]
    }

    /// A scope by its number.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    /// A state by its JSON pointer.
    pub fn state_at(&self, pointer: &str) -> Option<StateId> {
        self.states.iter().position(|state| &*state.pointer == pointer).map(|at| StateId(at as u32))
    }
}
