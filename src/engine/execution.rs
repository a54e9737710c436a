//! The execution as its driver sees it.

use super::{Answer, CallId, Data, Event, Options, StatesError, TaskCall, WaitingTask};
use crate::asl::{Definition, StateId};
use crate::timestamp::Timestamp;
use crate::value::Value;
use std::sync::Arc;

/// One of an execution's runs; 0 is the machine's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u32);

/// A chain of states in a run: 0 is the run's own, each branch and each iteration has a further one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainId(pub u32);

/// Where a chain belongs.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// The chain that the `Parallel` or `Map` state runs in.
    pub parent: ChainId,
    /// That state; none for the run's own chain.
    pub within: Option<StateId>,
    /// Which branch, or which iteration, from 0.
    pub index: u32,
    /// The event before the chain's first one.
    pub after_event: u64,
}

/// How a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl Status {
    /// As DescribeExecution names it.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Running => "RUNNING",
            Status::Succeeded => "SUCCEEDED",
            Status::Failed => "FAILED",
            Status::TimedOut => "TIMED_OUT",
            Status::Aborted => "ABORTED",
        }
    }
}

/// How a run ended, as DescribeExecution shows it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub status: Status,
    pub output: Option<Data>,
    pub failure: StatesError,
    pub start: Timestamp,
    pub stop: Timestamp,
}

/// One machine's run with its history.
#[derive(Debug)]
pub struct Run {
    pub name: Arc<str>,
    /// The execution's ARN.
    pub arn: Arc<str>,
    pub machine: Arc<Definition>,
    /// The run that started this one, and the state's StateEntered event there.
    pub parent: Option<(RunId, u64)>,
    pub events: Vec<Event>,
    pub chains: Vec<Chain>,
    pub outcome: Option<Outcome>,
}

/// What has to happen before the execution can move again.
#[derive(Debug)]
pub enum Next {
    /// Start these calls (each is handed out once); come back with the first answer, or at `wake_at`.
    Wait { start: Vec<TaskCall>, wake_at: Option<Timestamp> },
    /// The steps of this poll are used up; poll again.
    Working,
    /// The machine's own run is over; asking again gives the same outcome.
    Done(Outcome),
}

/// A running machine, and the runs it started.
#[derive(Debug)]
pub struct Execution {
    runs: Vec<Run>,
}

impl Execution {
    /// Starts a machine with an input: its JSON text as it was given. The text must be JSON: see [`crate::json::value_of`].
    pub fn start(_machine: Arc<Definition>, _input: Data, _options: Options) -> Execution {
        todo!()
    }

    /// Goes on for at most `budget` steps, a few for each state.
    pub fn poll(&mut self, _budget: usize) -> Next {
        todo!()
    }

    /// Brings the answer to a call; of a call that is over, it is dropped.
    pub fn handle_answer(&mut self, _call: CallId, _answer: Answer, _now: Timestamp) {
        todo!()
    }

    /// Whether the answer to a call is still awaited: not after it timed out, and not when its branch was aborted.
    pub fn awaits(&self, _call: CallId) -> bool {
        todo!()
    }

    /// Tells the time. Time never goes back.
    pub fn handle_time(&mut self, _now: Timestamp) {
        todo!()
    }

    /// Stops the machine's own run and all others, as StopExecution does.
    pub fn handle_stop(&mut self, _failure: StatesError, _now: Timestamp) {
        todo!()
    }

    /// SendTaskSuccess; whether the token was awaited.
    pub fn handle_task_success(&mut self, _token: &str, _output: Value, _now: Timestamp) -> bool {
        todo!()
    }

    /// SendTaskFailure; whether the token was awaited.
    pub fn handle_task_failure(&mut self, _token: &str, _failure: StatesError, _now: Timestamp) -> bool {
        todo!()
    }

    /// SendTaskHeartbeat; whether the token was awaited.
    pub fn handle_task_heartbeat(&mut self, _token: &str, _now: Timestamp) -> bool {
        todo!()
    }

    /// Starts a failed, aborted or timed-out Standard run again from where it failed, as RedriveExecution does; whether it could.
    pub fn handle_redrive(&mut self, _now: Timestamp) -> bool {
        todo!()
    }

    /// Tasks whose tokens are awaited.
    pub fn waiting(&self) -> Vec<WaitingTask> {
        todo!()
    }

    /// The history of the machine's own run.
    pub fn events(&self) -> &[Event] {
        &self.runs[0].events
    }

    /// All runs: the machine's own first, children as they were started.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
}
