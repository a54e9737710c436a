//! An error of the simulated workflow: an ordinary value, to be retried, caught or shown.

use std::sync::Arc;

/// What AWS calls an error's name and cause; a task may fail without either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatesError {
    pub error: Option<Arc<str>>,
    pub cause: Option<Arc<str>>,
}

impl StatesError {
    pub fn new(error: &str, cause: impl AsRef<str>) -> StatesError {
        StatesError { error: Some(error.into()), cause: Some(cause.as_ref().into()) }
    }

    /// An error that has no cause, as a timeout.
    pub fn named(error: &str) -> StatesError {
        StatesError { error: Some(error.into()), cause: None }
    }
}
