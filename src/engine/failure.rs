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

    /// The error with no more of its name and cause than the service keeps: 256 and 32,768 characters (API reference, SendTaskFailure).
    pub(super) fn within_limits(self) -> StatesError {
        StatesError { error: self.error.map(|error| at_most(error, 256)), cause: self.cause.map(|cause| at_most(cause, 32_768)) }
    }

    /// An error that has no cause, as a timeout.
    pub fn named(error: &str) -> StatesError {
        StatesError { error: Some(error.into()), cause: None }
    }
}

fn at_most(text: Arc<str>, characters: usize) -> Arc<str> {
    match text.char_indices().nth(characters) {
        None => text,
        Some((end, _)) => text[..end].into(),
    }
}
