//! The Amazon States Language as types, and [`lower`]: from a definition's text with places to a [`Definition`] ready to run.
//!
//! Everything that can be worked out before a run is: paths, templates and expressions are compiled, names are turned into numbers,
//! resources are taken apart. Knows the language, not how it runs.

mod definition;
mod resource;

pub use definition::{Definition, Scope, ScopeId, State, StateId, StateType};
pub use resource::{Pattern, Resource};
