//! Where a chain of states stands.

use super::dataset::Dataset;
use super::distributed::{ChildInput, ChildResult};
use super::event::Data;
use super::{CallId, ChainId, RunId};
use crate::asl::{ScopeId, StateId};
use crate::timestamp::Timestamp;
use crate::value::{Array, Object, Value};
use std::collections::VecDeque;
use std::sync::Arc;

/// A chain that is under way.
#[derive(Debug)]
pub(super) struct Frame {
    pub state: StateId,
    /// What the state was entered with.
    pub input: Data,
    pub variables: Object,
    /// The bytes of the variables that the chain itself has set.
    pub stored: usize,
    /// The last event of the chain: what the next one follows.
    pub last_event: u64,
    /// The event before the state was entered.
    pub before_entered: u64,
    /// The state's StateEntered event.
    pub entered_event: u64,
    pub entered_at: Timestamp,
    /// The iteration that the chain is, or stands in.
    pub item: Option<Arc<Item>>,
    /// How often each retrier has answered, since the state was entered.
    pub attempts: Vec<u32>,
    /// How often the state was tried again.
    pub retry_count: u32,
    /// Tells a timer that the chain has moved on since it was set.
    pub generation: u32,
    pub phase: Phase,
    /// What was under way in the state when a failure ended it, for a redrive.
    pub broken_off: Option<Phase>,
}

/// `Map.Item` of the context object.
#[derive(Debug)]
pub(super) struct Item {
    pub index: u32,
    pub value: Value,
    /// The key of an object's member, where the Map goes over an object.
    pub key: Option<Arc<str>>,
    /// The address of what an `ItemReader` read; none of data that the state was entered with.
    pub source: Option<Arc<str>>,
}

/// What a chain is doing.
#[derive(Debug)]
pub(super) enum Phase {
    /// The state is about to be entered.
    Entering,
    /// The state was entered, and nothing of it takes time yet.
    Working,
    /// A `Wait` until its timer.
    Waiting,
    /// Between two attempts.
    BackingOff,
    /// About to go on with the state after a redrive.
    Resuming,
    Calling(Box<Calling>),
    /// Branches or iterations are under way.
    Joining(Box<Join>),
    /// Child executions of a distributed Map are under way.
    Mapping(Box<Mapping>),
    /// A branch or an iteration at its end, with its output. A step of its own: joining the chain around may end that one too, and so on.
    Leaving(Data),
    /// Over.
    Ended,
}

/// A call that is under way.
#[derive(Debug)]
pub(super) struct Calling {
    pub call: CallId,
    pub submitted: bool,
    pub token: Option<Arc<str>>,
    pub since: Timestamp,
    pub timeout: Option<Timestamp>,
    /// `HeartbeatSeconds` and when the next one is due, for tasks that send any.
    pub heartbeat: Option<(i64, Timestamp)>,
    /// The run that the call started, where the machine is known here.
    pub child: Option<RunId>,
}

/// Branches of a `Parallel`, or iterations of a `Map`.
#[derive(Debug)]
pub(super) struct Join {
    /// Results by branch or iteration; null until there is one.
    pub results: Vec<Value>,
    pub done: usize,
    pub active: Vec<ChainId>,
    /// None for a `Parallel`.
    pub iterations: Option<Iterations>,
}

/// What is left of a `Map`.
#[derive(Debug)]
pub(super) struct Iterations {
    pub items: MapItems,
    pub next: usize,
    pub scope: ScopeId,
}

/// What a `Map` goes over.
#[derive(Clone, Debug)]
pub(super) enum MapItems {
    Array(Array),
    /// The members of an object, each as `{"Key": ..., "Value": ...}`.
    Object(Object),
    /// What an `ItemReader` read.
    Read(Arc<Dataset>),
}

impl MapItems {
    pub fn len(&self) -> usize {
        match self {
            MapItems::Array(items) => items.len(),
            MapItems::Object(members) => members.len(),
            MapItems::Read(read) => read.items.len(),
        }
    }

    /// An item with its number, for the context object.
    pub fn item(&self, index: usize) -> Item {
        let (value, key, source) = match self {
            MapItems::Array(items) => (items.get(index).cloned(), None, None),
            MapItems::Object(members) => {
                let member = members.iter().nth(index);
                (member.map(|(_, value)| value.clone()), member.map(|(key, _)| key.clone()), None)
            }
            MapItems::Read(read) => (read.items.get(index).cloned(), read.keys.get(index).cloned(), read.source(index).cloned()),
        };
        Item { index: index as u32, value: value.unwrap_or_default(), key, source }
    }
}

/// A distributed Map's run.
#[derive(Debug)]
pub(super) struct Mapping {
    pub arn: Arc<str>,
    pub label: Arc<str>,
    pub inputs: Vec<ChildInput>,
    /// The inputs that no child was started with yet.
    pub waiting: VecDeque<usize>,
    pub running: usize,
    /// The last child of each input that has one.
    pub children: Vec<(RunId, usize)>,
    pub redrive_count: u32,
    /// By input; none of a child that failed, or isn't over.
    pub results: Vec<Option<Value>>,
    /// Children in the order they ended.
    pub ended: Vec<ChildResult>,
    pub failed_items: usize,
    pub items: usize,
    pub concurrency: usize,
    pub tolerated_count: Option<u64>,
    pub tolerated_percentage: Option<f64>,
}
