//! What a run is told besides its definition and input.

use crate::asl::Definition;
use crate::order::{Map, Set};
use crate::spec::WorkflowType;
use crate::timestamp::Timestamp;
use std::sync::Arc;

/// S3 objects in memory: bucket to key to text.
pub type Objects = Map<String, Bucket>;

/// The objects of a bucket: key to text.
pub type Bucket = Map<String, Arc<str>>;

/// The circumstances of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The execution's name.
    pub name: Arc<str>,
    pub machine_name: Arc<str>,
    pub partition: Arc<str>,
    pub region: Arc<str>,
    pub account: Arc<str>,
    pub role_arn: Arc<str>,
    pub workflow_type: WorkflowType,
    /// When the execution starts.
    pub start: Timestamp,
    /// Where random numbers, tokens and ids come from: the same seed gives the same run.
    pub seed: u64,
    pub quotas: Quotas,
    /// What an `ItemReader` reads.
    pub objects: Arc<Objects>,
    /// Machines that `states:startExecution` finds, by name.
    pub machines: Arc<Map<String, KnownMachine>>,
    /// The ARNs of the activities that exist; none where every one does.
    pub activities: Option<Arc<Set<String>>>,
    /// What an activity's worker is called.
    pub worker_name: Arc<str>,
}

/// A further machine.
#[derive(Clone, Debug)]
pub struct KnownMachine {
    pub definition: Arc<Definition>,
    pub workflow_type: WorkflowType,
}

/// Which of AWS's limits hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// 256 KiB of input, output and result.
    pub payload: bool,
    /// 25,000 events in a Standard execution's history.
    pub events: bool,
    /// A year for a Standard execution, five minutes for an Express one.
    pub duration: bool,
    /// 80 characters for the name of a state, a variable or an execution.
    pub names: bool,
    /// 256 KiB for a variable and for what one `Assign` sets, 10 MiB for all variables of an execution.
    pub variables: bool,
}

impl Default for Quotas {
    fn default() -> Quotas {
        Quotas { payload: true, events: true, duration: true, names: true, variables: true }
    }
}

impl Quotas {
    /// No limit at all.
    pub const OFF: Quotas = Quotas { payload: false, events: false, duration: false, names: false, variables: false };
}

impl Default for Options {
    fn default() -> Options {
        Options {
            name: "execution".into(),
            machine_name: "machine".into(),
            partition: "aws".into(),
            region: "us-east-1".into(),
            account: "123456789012".into(),
            role_arn: "arn:aws:iam::123456789012:role/StepFunctionsRole".into(),
            workflow_type: WorkflowType::Standard,
            start: Timestamp(0),
            seed: 0,
            quotas: Quotas::default(),
            objects: Arc::default(),
            machines: Arc::default(),
            activities: None,
            worker_name: "worker".into(),
        }
    }
}

impl Options {
    /// `arn:aws:states:us-east-1:123456789012:stateMachine:machine`; Express executions carry more than a name.
    pub fn machine_arn(&self) -> String {
        self.arn_of(&self.machine_name)
    }

    /// The ARN of a machine of this name.
    pub(super) fn arn_of(&self, machine: &str) -> String {
        format!("arn:{}:states:{}:{}:stateMachine:{machine}", self.partition, self.region, self.account)
    }

    pub(super) fn has_activity(&self, arn: &str) -> bool {
        self.activities.as_ref().is_none_or(|known| known.contains(arn))
    }
}
