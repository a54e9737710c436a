//! Runs a [`Definition`](crate::asl::Definition) as AWS Step Functions does: a machine that asks and is answered.
//!
//! An [`Execution`] never waits and never looks at a clock. [`Execution::poll`] tells which calls to start and when to come back; the
//! `handle_*` methods bring answers and the time. What happened stands in the events of [`Execution::events`], as AWS's
//! `GetExecutionHistory` gives them: the only thing that graph, timeline and inspector read.
//!
//! One `Execution` may hold several [`Run`]s: the machine's own is the first, further ones are the children of a distributed Map and the
//! executions that a Task started with `states:startExecution` of a machine known to [`Options::machines`].

mod call;
mod choice;
mod context;
mod data;
pub mod dataset;
mod distributed;
mod event;
mod execution;
mod failure;
mod fault;
mod frame;
mod map;
mod nested;
mod options;
mod parallel;
mod recovery;
mod redrive;
mod run;
mod step;
mod task;
pub mod test_state;
mod token;
mod wait;
mod world;
mod writer;

pub use crate::asl::TaskName;
pub use crate::spec::WorkflowType;
pub use call::{Answer, CallId, TaskCall, WaitingTask};
pub use event::{Assigned, Data, Details, EvaluationFailure, Event, Scheduled};
pub use execution::{Execution, Next, Outcome, Status};
pub use failure::StatesError;
pub use options::{Bucket, KnownMachine, Objects, Options, Quotas};
pub use redrive::NotRedrivable;
pub use run::{Chain, ChainId, Parent, Run, RunId};
pub use token::{SendError, Sent};
