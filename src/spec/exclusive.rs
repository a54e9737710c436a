//! Fields that shut one another out.

use super::StateType::{Fail, Map, Task, Wait};
use super::field::Place::{self, ItemBatcher, ReaderConfig, State};

/// Fields of which at most one may stand in an object.
pub struct Exclusive {
    pub on: Place,
    pub fields: &'static [&'static str],
    /// Whether one of them must.
    pub needed: bool,
}

const fn at_most_one(on: Place, fields: &'static [&'static str]) -> Exclusive {
    Exclusive { on, fields, needed: false }
}

const fn exactly_one(on: Place, fields: &'static [&'static str]) -> Exclusive {
    Exclusive { on, fields, needed: true }
}

/// Source: Amazon States Language specification, at each state type; for the distributed Map the Step Functions Developer Guide.
pub const EXCLUSIVE: &[Exclusive] = &[
    exactly_one(State(Wait), &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"]),
    exactly_one(State(Map), &["ItemProcessor", "Iterator"]),
    at_most_one(State(Map), &["ItemSelector", "Parameters"]),
    at_most_one(State(Map), &["MaxConcurrency", "MaxConcurrencyPath"]),
    at_most_one(State(Map), &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"]),
    at_most_one(State(Map), &["ToleratedFailureCount", "ToleratedFailureCountPath"]),
    at_most_one(State(Task), &["TimeoutSeconds", "TimeoutSecondsPath"]),
    at_most_one(State(Task), &["HeartbeatSeconds", "HeartbeatSecondsPath"]),
    at_most_one(State(Fail), &["Error", "ErrorPath"]),
    at_most_one(State(Fail), &["Cause", "CausePath"]),
    at_most_one(ReaderConfig, &["MaxItems", "MaxItemsPath"]),
    at_most_one(ItemBatcher, &["MaxItemsPerBatch", "MaxItemsPerBatchPath"]),
    at_most_one(ItemBatcher, &["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]),
];
