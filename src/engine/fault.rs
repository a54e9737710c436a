//! What goes wrong inside a state, before it is told in AWS's words.

use super::StatesError;
use std::sync::Arc;

/// An error on its way out of a state.
#[derive(Debug)]
pub(super) enum Fault {
    /// `States.Runtime`, which nothing answers: what stands behind the sentence that names the state.
    Runtime(String),
    /// Another error of the service's own, told in the same way.
    Named(&'static str, String),
    /// `States.QueryEvaluationError`, with its own event.
    Query(QueryFault),
    /// An error as it stands.
    Plain(StatesError),
}

/// What a JSONata field did wrong.
#[derive(Debug)]
pub(super) struct QueryFault {
    /// What stands behind the sentence that names the state.
    pub message: String,
    /// The field: `Output/result`; none where no field is named.
    pub location: Option<Arc<str>>,
    /// The expression itself was in order, only what became of it wasn't: the event then follows StateEntered.
    pub late: bool,
}

impl Fault {
    pub fn runtime(message: impl Into<String>) -> Fault {
        Fault::Runtime(message.into())
    }

    pub fn query(message: impl Into<String>, location: Option<&str>) -> Fault {
        Fault::Query(QueryFault { message: message.into(), location: location.map(Arc::from), late: false })
    }

    /// `States.DataLimitExceeded`: a payload above the quota, in a state or a task of this name.
    pub fn too_large(name: &str) -> Fault {
        let cause =
            format!("The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit.");
        Fault::Plain(StatesError::new(DATA_LIMIT_EXCEEDED, cause))
    }
}

pub(super) const RUNTIME: &str = "States.Runtime";
pub(super) const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";
pub(super) const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
pub(super) const TIMEOUT: &str = "States.Timeout";
pub(super) const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
pub(super) const TASK_FAILED: &str = "States.TaskFailed";
pub(super) const ALL: &str = "States.ALL";
