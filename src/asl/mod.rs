//! The Amazon States Language as types, and [`lower`]: from a definition's text with places to a [`Definition`] ready to run.
//!
//! Everything that can be worked out before a run is: paths, templates and expressions are compiled, names are turned into numbers,
//! resources are taken apart. Knows the language, not how it runs.

pub mod choice;
mod definition;
pub mod flow;
pub mod kinds;
mod lower;
pub mod query;
mod resource;

pub use definition::{Definition, QueryLanguage, Scope, ScopeId, State, StateId, StateType, Transition};
pub use lower::{Problem, lower, lower_state};
pub use resource::{Pattern, Resource, TaskName};
