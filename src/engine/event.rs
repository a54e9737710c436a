//! The history's events, as AWS's `GetExecutionHistory` names them. Kept small: names and data are shared, JSON text is made when asked for.

use super::{ChainId, StatesError};
use crate::asl::{StateId, StateType, TaskName};
use crate::timestamp::Timestamp;
use crate::value::{Key, Object, Value};
use std::borrow::Cow;
use std::sync::Arc;

/// State data in an event or between two states.
#[derive(Clone, Debug)]
pub enum Data {
    Value(Value),
    /// The execution's input as it was given, which AWS passes on untouched until a state writes it anew, and its value.
    Text(Arc<(Box<str>, Value)>),
}

impl Data {
    /// The value, whatever its text.
    pub fn value(&self) -> &Value {
        match self {
            Data::Value(value) => value,
            Data::Text(given) => &given.1,
        }
    }

    /// The JSON text, as the API gives it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Data::Value(value) => Cow::Owned(value.to_string()),
            Data::Text(given) => Cow::Borrowed(&given.0),
        }
    }

    /// Bytes of the text.
    pub fn size(&self) -> usize {
        match self {
            Data::Value(value) => value.size(),
            Data::Text(given) => given.0.len(),
        }
    }
}

impl From<Value> for Data {
    fn from(value: Value) -> Data {
        Data::Value(value)
    }
}

/// Variables that a state assigned, in their order.
pub type Assigned = Arc<Vec<(Arc<str>, Value)>>;

/// One event of a history.
#[derive(Clone, Debug)]
pub struct Event {
    /// From 1, without gaps.
    pub id: u64,
    /// The event that led to this one in its own chain of states; 0 for the first.
    pub previous_event_id: u64,
    pub timestamp: Timestamp,
    /// The state it happened in or belongs to; none for events of the execution itself. Not part of AWS's history.
    pub state: Option<StateId>,
    /// The branch or iteration it happened in. Not part of AWS's history.
    pub chain: ChainId,
    pub details: Arc<Details>,
}

/// What happened; a variant for each of AWS's event types that a run here can have.
#[derive(Clone, Debug)]
pub enum Details {
    ExecutionStarted {
        input: Data,
        role_arn: Arc<str>,
    },
    ExecutionSucceeded {
        output: Data,
    },
    ExecutionFailed(StatesError),
    ExecutionTimedOut(StatesError),
    ExecutionAborted(StatesError),
    ExecutionRedriven {
        redrive_count: u32,
    },

    /// `PassStateEntered`, `TaskStateEntered`, ...
    StateEntered {
        state_type: StateType,
        name: Arc<str>,
        input: Data,
    },
    /// `PassStateExited`, ...; a failed state has none.
    StateExited {
        state_type: StateType,
        name: Arc<str>,
        output: Data,
        assigned: Option<Assigned>,
        /// Which rule of a Choice or which catcher it left by, from 0; no part of what the service writes.
        way: Option<u32>,
    },
    /// `TaskStateAborted`, `WaitStateAborted`, `ParallelStateAborted`, `MapStateAborted`.
    StateAborted {
        state_type: StateType,
    },
    /// A JSONata expression or its result is wrong.
    EvaluationFailed(Box<EvaluationFailure>),

    LambdaFunctionScheduled(Box<Scheduled>),
    LambdaFunctionStarted,
    LambdaFunctionSucceeded {
        output: Data,
    },
    LambdaFunctionFailed(StatesError),
    LambdaFunctionTimedOut(StatesError),

    ActivityScheduled(Box<Scheduled>),
    ActivityStarted {
        worker_name: Arc<str>,
    },
    ActivitySucceeded {
        output: Data,
    },
    ActivityFailed(StatesError),
    ActivityTimedOut(StatesError),

    TaskScheduled(Box<Scheduled>),
    TaskStarted {
        task: Arc<TaskName>,
    },
    TaskSubmitted {
        task: Arc<TaskName>,
        output: Data,
    },
    TaskSucceeded {
        task: Arc<TaskName>,
        output: Data,
    },
    TaskFailed {
        task: Arc<TaskName>,
        failure: StatesError,
    },
    TaskTimedOut {
        task: Arc<TaskName>,
        failure: StatesError,
    },

    ParallelStateStarted,
    ParallelStateSucceeded,
    ParallelStateFailed,

    MapStateStarted {
        length: u32,
    },
    MapStateSucceeded,
    MapStateFailed,
    MapIterationStarted {
        name: Arc<str>,
        index: u32,
    },
    MapIterationSucceeded {
        name: Arc<str>,
        index: u32,
    },
    MapIterationFailed {
        name: Arc<str>,
        index: u32,
    },
    MapIterationAborted {
        name: Arc<str>,
        index: u32,
    },
    MapRunStarted {
        arn: Arc<str>,
    },
    MapRunSucceeded,
    MapRunFailed(StatesError),
    MapRunAborted,
    MapRunRedriven {
        arn: Arc<str>,
        redrive_count: u32,
    },
}

/// `EvaluationFailed`'s details.
#[derive(Clone, Debug)]
pub struct EvaluationFailure {
    pub failure: StatesError,
    /// The field, as `Output/result`.
    pub location: Option<Arc<str>>,
    pub state: Arc<str>,
}

/// What a call was scheduled with.
#[derive(Clone, Debug)]
pub struct Scheduled {
    pub task: Arc<TaskName>,
    pub region: Arc<str>,
    /// `parameters` of a service's call, `input` of a function's or an activity's.
    pub input: Data,
    pub timeout_seconds: Option<i64>,
    pub heartbeat_seconds: Option<i64>,
    /// The role of `Credentials`.
    pub role_arn: Option<Arc<str>>,
}

impl Details {
    /// AWS's name of the event's type.
    pub fn kind_name(&self) -> &'static str {
        use StateType::*;
        match self {
            Details::ExecutionStarted { .. } => "ExecutionStarted",
            Details::ExecutionSucceeded { .. } => "ExecutionSucceeded",
            Details::ExecutionFailed(_) => "ExecutionFailed",
            Details::ExecutionTimedOut(_) => "ExecutionTimedOut",
            Details::ExecutionAborted(_) => "ExecutionAborted",
            Details::ExecutionRedriven { .. } => "ExecutionRedriven",
            Details::StateEntered { state_type, .. } => match state_type {
                Task => "TaskStateEntered",
                Pass => "PassStateEntered",
                Choice => "ChoiceStateEntered",
                Wait => "WaitStateEntered",
                Succeed => "SucceedStateEntered",
                Fail => "FailStateEntered",
                Parallel => "ParallelStateEntered",
                Map => "MapStateEntered",
            },
            Details::StateExited { state_type, .. } => match state_type {
                Task => "TaskStateExited",
                Pass => "PassStateExited",
                Choice => "ChoiceStateExited",
                Wait => "WaitStateExited",
                Succeed => "SucceedStateExited",
                Fail => "FailStateExited",
                Parallel => "ParallelStateExited",
                Map => "MapStateExited",
            },
            Details::StateAborted { state_type } => match state_type {
                Wait => "WaitStateAborted",
                Parallel => "ParallelStateAborted",
                Map => "MapStateAborted",
                _ => "TaskStateAborted",
            },
            Details::EvaluationFailed(_) => "EvaluationFailed",
            Details::LambdaFunctionScheduled(_) => "LambdaFunctionScheduled",
            Details::LambdaFunctionStarted => "LambdaFunctionStarted",
            Details::LambdaFunctionSucceeded { .. } => "LambdaFunctionSucceeded",
            Details::LambdaFunctionFailed(_) => "LambdaFunctionFailed",
            Details::LambdaFunctionTimedOut(_) => "LambdaFunctionTimedOut",
            Details::ActivityScheduled(_) => "ActivityScheduled",
            Details::ActivityStarted { .. } => "ActivityStarted",
            Details::ActivitySucceeded { .. } => "ActivitySucceeded",
            Details::ActivityFailed(_) => "ActivityFailed",
            Details::ActivityTimedOut(_) => "ActivityTimedOut",
            Details::TaskScheduled(_) => "TaskScheduled",
            Details::TaskStarted { .. } => "TaskStarted",
            Details::TaskSubmitted { .. } => "TaskSubmitted",
            Details::TaskSucceeded { .. } => "TaskSucceeded",
            Details::TaskFailed { .. } => "TaskFailed",
            Details::TaskTimedOut { .. } => "TaskTimedOut",
            Details::ParallelStateStarted => "ParallelStateStarted",
            Details::ParallelStateSucceeded => "ParallelStateSucceeded",
            Details::ParallelStateFailed => "ParallelStateFailed",
            Details::MapStateStarted { .. } => "MapStateStarted",
            Details::MapStateSucceeded => "MapStateSucceeded",
            Details::MapStateFailed => "MapStateFailed",
            Details::MapIterationStarted { .. } => "MapIterationStarted",
            Details::MapIterationSucceeded { .. } => "MapIterationSucceeded",
            Details::MapIterationFailed { .. } => "MapIterationFailed",
            Details::MapIterationAborted { .. } => "MapIterationAborted",
            Details::MapRunStarted { .. } => "MapRunStarted",
            Details::MapRunSucceeded => "MapRunSucceeded",
            Details::MapRunFailed(_) => "MapRunFailed",
            Details::MapRunAborted => "MapRunAborted",
            Details::MapRunRedriven { .. } => "MapRunRedriven",
        }
    }
}

/// An object under construction.
#[derive(Default)]
struct Members(Vec<(Key, Value)>);

impl Members {
    fn text(mut self, key: &str, text: &str) -> Members {
        self.0.push((key.into(), Value::from(text)));
        self
    }

    fn maybe(self, key: &str, text: Option<&Arc<str>>) -> Members {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    fn number(mut self, key: &str, number: Option<i64>) -> Members {
        self.0.extend(number.map(|number| (key.into(), Value::from(number))));
        self
    }

    fn value(mut self, key: &str, value: Value) -> Members {
        self.0.push((key.into(), value));
        self
    }

    /// Data as JSON text, with the details that say that nothing was cut off.
    fn data(self, key: &str, data: &Data) -> Members {
        let details = Members::default().value("truncated", false.into()).done();
        self.text(key, &data.text()).value(&format!("{key}Details"), details)
    }

    fn failure(self, failure: &StatesError) -> Members {
        self.maybe("error", failure.error.as_ref()).maybe("cause", failure.cause.as_ref())
    }

    fn task(self, task: &TaskName) -> Members {
        self.text("resourceType", &task.resource_type).text("resource", &task.resource)
    }

    fn iteration(self, name: &str, index: u32) -> Members {
        self.text("name", name).number("index", Some(index.into()))
    }

    fn done(self) -> Value {
        Value::Object(Object::of_distinct(self.0))
    }
}

impl Event {
    /// The event as `GetExecutionHistory` shows it: data is JSON text, the timestamp ISO-8601 text.
    pub fn to_value(&self) -> Value {
        let kind = self.details.kind_name();
        let event = Members::default()
            .text("timestamp", &self.timestamp.to_string())
            .text("type", kind)
            .number("id", i64::try_from(self.id).ok())
            .number("previousEventId", i64::try_from(self.previous_event_id).ok());
        let event = match details(&self.details) {
            Some(details) => event.value(&details_key(&self.details), details),
            None => event,
        };
        event.done()
    }
}

/// `taskScheduledEventDetails`; all states' Entered and Exited share one name.
fn details_key(details: &Details) -> String {
    let name = match details {
        Details::StateEntered { .. } => "StateEntered",
        Details::StateExited { .. } => "StateExited",
        other => other.kind_name(),
    };
    format!("{}{}EventDetails", name[..1].to_ascii_lowercase(), &name[1..])
}

fn details(details: &Details) -> Option<Value> {
    let new = Members::default();
    let members = match details {
        Details::ExecutionStarted { input, role_arn } => new.data("input", input).text("roleArn", role_arn),
        Details::ExecutionSucceeded { output }
        | Details::LambdaFunctionSucceeded { output }
        | Details::ActivitySucceeded { output } => new.data("output", output),
        Details::ExecutionFailed(failure)
        | Details::ExecutionTimedOut(failure)
        | Details::ExecutionAborted(failure)
        | Details::LambdaFunctionFailed(failure)
        | Details::LambdaFunctionTimedOut(failure)
        | Details::ActivityFailed(failure)
        | Details::ActivityTimedOut(failure)
        | Details::MapRunFailed(failure) => new.failure(failure),
        Details::ExecutionRedriven { redrive_count } => new.number("redriveCount", Some((*redrive_count).into())),
        Details::StateEntered { name, input, .. } => new.text("name", name).data("input", input),
        Details::StateExited { name, output, assigned, .. } => {
            let exited = new.text("name", name).data("output", output);
            match assigned {
                Some(assigned) => {
                    let texts = assigned.iter().map(|(name, value)| (name.clone(), Value::from(value.to_string())));
                    let whole = Members::default().value("truncated", false.into()).done();
                    exited.value("assignedVariables", Value::object(texts)).value("assignedVariablesDetails", whole)
                }
                None => exited,
            }
        }
        Details::EvaluationFailed(failed) => {
            new.failure(&failed.failure).maybe("location", failed.location.as_ref()).text("state", &failed.state)
        }
        Details::LambdaFunctionScheduled(call) | Details::ActivityScheduled(call) => {
            scheduled(new.text("resource", &call.task.resource).data("input", &call.input), call)
        }
        Details::TaskScheduled(call) => {
            scheduled(new.task(&call.task).text("region", &call.region).text("parameters", &call.input.text()), call)
        }
        Details::ActivityStarted { worker_name } => new.text("workerName", worker_name),
        Details::TaskStarted { task } => new.task(task),
        Details::TaskSubmitted { task, output } | Details::TaskSucceeded { task, output } => new.task(task).data("output", output),
        Details::TaskFailed { task, failure } | Details::TaskTimedOut { task, failure } => new.task(task).failure(failure),
        Details::MapStateStarted { length } => new.number("length", Some((*length).into())),
        Details::MapIterationStarted { name, index }
        | Details::MapIterationSucceeded { name, index }
        | Details::MapIterationFailed { name, index }
        | Details::MapIterationAborted { name, index } => new.iteration(name, *index),
        Details::MapRunStarted { arn } => new.text("mapRunArn", arn),
        Details::MapRunRedriven { arn, redrive_count } => {
            new.text("mapRunArn", arn).number("redriveCount", Some((*redrive_count).into()))
        }
        Details::StateAborted { .. }
        | Details::LambdaFunctionStarted
        | Details::ParallelStateStarted
        | Details::ParallelStateSucceeded
        | Details::ParallelStateFailed
        | Details::MapStateSucceeded
        | Details::MapStateFailed
        | Details::MapRunSucceeded
        | Details::MapRunAborted => return None,
    };
    Some(members.done())
}

fn scheduled(members: Members, call: &Scheduled) -> Members {
    let members = members.number("timeoutInSeconds", call.timeout_seconds).number("heartbeatInSeconds", call.heartbeat_seconds);
    match &call.role_arn {
        Some(role) => members.value("taskCredentials", Members::default().text("roleArn", role).done()),
        None => members,
    }
}
