//! What goes wrong inside a state, before it is told in AWS's words.

use super::StatesError;
use std::sync::Arc;

/// An error on its way out of a state; one word, for it is handed on from call to call.
#[derive(Debug)]
pub(super) struct Fault(Box<Wrong>);

/// What is wrong.
#[derive(Debug)]
pub(super) enum Wrong {
    /// An error of the service's own: its name, and what stands behind the sentence that names the state.
    Told { name: &'static str, message: String, query: Option<QueryPlace> },
    /// An error as it stands.
    Plain(StatesError),
}

/// Where a JSONata field went wrong, which has an event of its own.
#[derive(Debug)]
pub(super) struct QueryPlace {
    /// The field: `Output/result`; none where no field is named.
    pub location: Option<Arc<str>>,
    /// The expression itself was in order, only what became of it wasn't: the event then follows StateEntered.
    pub late: bool,
}

impl Fault {
    /// `States.Runtime`, which nothing answers.
    pub fn runtime(message: impl Into<String>) -> Fault {
        Fault::named(RUNTIME, message.into())
    }

    /// An error of the service's own by its name.
    #[inline(never)]
    pub fn named(name: &'static str, message: String) -> Fault {
        Fault(Box::new(Wrong::Told { name, message, query: None }))
    }

    /// `States.QueryEvaluationError`.
    pub fn query(message: impl Into<String>, location: Option<&str>) -> Fault {
        Fault::of_query(message.into(), location, false)
    }

    /// The expression was in order, what it gave isn't.
    pub fn late(message: String, field: &str) -> Fault {
        Fault::of_query(message, Some(field), true)
    }

    #[inline(never)]
    fn of_query(message: String, location: Option<&str>, late: bool) -> Fault {
        let query = Some(QueryPlace { location: location.map(Arc::from), late });
        Fault(Box::new(Wrong::Told { name: QUERY_EVALUATION_ERROR, message, query }))
    }

    /// An error as it stands.
    #[inline(never)]
    pub fn plain(failure: StatesError) -> Fault {
        Fault(Box::new(Wrong::Plain(failure)))
    }

    pub fn wrong(self) -> Wrong {
        *self.0
    }

    /// The error without the sentence that names the state.
    pub fn failure(self) -> StatesError {
        match self.wrong() {
            Wrong::Plain(failure) => failure,
            Wrong::Told { name, message, .. } => StatesError::new(name, message),
        }
    }

    /// `States.DataLimitExceeded`: a payload above the quota, in a state or a task of this name.
    pub fn too_large(name: &str) -> Fault {
        Fault::plain(StatesError::too_large(name))
    }
}

impl StatesError {
    /// See [`Fault::too_large`].
    pub(super) fn too_large(name: &str) -> StatesError {
        let cause =
            format!("The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit.");
        StatesError::new(DATA_LIMIT_EXCEEDED, cause)
    }
}

pub(super) const RUNTIME: &str = "States.Runtime";
pub(super) const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";
pub(super) const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
pub(super) const TIMEOUT: &str = "States.Timeout";
pub(super) const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
pub(super) const TASK_FAILED: &str = "States.TaskFailed";
pub(super) const ALL: &str = "States.ALL";
