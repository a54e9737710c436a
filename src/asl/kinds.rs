//! What only a state of one type has.

use super::choice::ChoiceRule;
use super::definition::{ScopeId, StateId, Transition};
use super::flow::{Assign, ResultPlace};
use super::query::{Expression, Holder, PathQuery, Query};
use super::resource::{Resource, TaskName};
use crate::value::Value;
use std::sync::Arc;

/// A state's own part, by its type.
#[derive(Debug)]
pub enum Kind {
    Pass {
        result: Option<Value>,
    },
    Task(Box<Task>),
    Choice {
        rules: Vec<ChoiceRule>,
        default: Option<StateId>,
    },
    Wait(WaitUntil),
    Succeed,
    Fail(Fail),
    Parallel {
        branches: Vec<ScopeId>,
        handlers: Handlers,
    },
    Map(Box<Map>),
    /// The state can't run; lowering has said why. Running into it fails the execution.
    Broken(Arc<str>),
}

/// A number or text that is written down, or worked out when the state runs.
#[derive(Debug)]
pub enum Source<T> {
    Literal(T),
    /// `SecondsPath` and its kind.
    Path(Box<PathQuery>),
    /// `{% … %}`
    Expression(Box<Expression>),
}

/// When a `Wait` state ends.
#[derive(Debug)]
pub enum WaitUntil {
    Seconds(Source<i64>),
    Timestamp(Source<Arc<str>>),
}

/// A `Task` state's own fields.
#[derive(Debug)]
pub struct Task {
    pub resource: Arc<Resource>,
    /// How events name the resource.
    pub name: Arc<TaskName>,
    pub timeout: Option<Source<i64>>,
    pub heartbeat: Option<Source<i64>>,
    /// `RoleArn` of `Credentials`.
    pub credentials: Option<Query>,
    pub handlers: Handlers,
}

/// A `Fail` state's own fields.
#[derive(Debug, Default)]
pub struct Fail {
    pub error: Option<Query>,
    pub cause: Option<Query>,
}

/// A `Map` state's own fields.
#[derive(Debug)]
pub struct Map {
    /// `ItemsPath` or `Items`; none takes the effective input.
    pub items: Option<Items>,
    /// `ItemSelector`, or `Parameters` in its older place.
    pub item_selector: Option<Holder>,
    pub max_concurrency: Option<Source<i64>>,
    pub processor: ScopeId,
    /// `ProcessorConfig` of mode DISTRIBUTED.
    pub distributed: Option<Box<Distributed>>,
    pub tolerated_failure_count: Option<Source<i64>>,
    pub tolerated_failure_percentage: Option<Source<f64>>,
    pub handlers: Handlers,
}

/// What a `Map` goes over.
#[derive(Debug)]
pub enum Items {
    Path(Box<PathQuery>),
    Template(Holder),
}

/// What only a distributed `Map` has.
#[derive(Debug)]
pub struct Distributed {
    pub express: bool,
    pub reader: Option<Reader>,
    pub batcher: Option<Batcher>,
    pub writer: Option<Writer>,
    pub label: Option<Arc<str>>,
}

/// `ItemReader`.
#[derive(Debug)]
pub struct Reader {
    pub resource: Arc<Resource>,
    pub arguments: Option<Holder>,
    pub format: Format,
    /// `listObjectsV2`: the objects are listed, not read.
    pub lists: bool,
    /// `Transformation` is `LOAD_AND_FLATTEN`: what is listed is read too.
    pub loads: bool,
    /// `ManifestType` is `ATHENA_DATA`: the object lists the objects to read.
    pub athena: bool,
    pub max_items: Option<Source<i64>>,
}

/// `InputType` of an `ItemReader`.
#[derive(Debug, PartialEq)]
pub enum Format {
    Json {
        /// `ItemsPointer`: where in the object the array stands.
        pointer: Option<Arc<str>>,
    },
    JsonLines,
    Csv {
        /// `CSVHeaders`; none where the first row holds them.
        headers: Option<Vec<Arc<str>>>,
        /// `CSVDelimiter`, by its name.
        delimiter: Arc<str>,
    },
    /// An S3 inventory's manifest.
    Manifest,
    /// A type that this project doesn't read, such as `PARQUET`.
    Other(Arc<str>),
}

/// `ItemBatcher`.
#[derive(Debug)]
pub struct Batcher {
    pub max_items: Option<Source<i64>>,
    pub max_bytes: Option<Source<i64>>,
    pub batch_input: Option<Holder>,
}

/// `ResultWriter`.
#[derive(Debug)]
pub struct Writer {
    pub resource: Option<Arc<Resource>>,
    pub arguments: Option<Holder>,
    pub transformation: Transformation,
    /// `OutputType`: `JSON` or `JSONL`.
    pub json_lines: bool,
}

/// `WriterConfig`'s `Transformation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transformation {
    #[default]
    None,
    Compact,
    Flatten,
}

/// `Retry` and `Catch`.
#[derive(Debug, Default)]
pub struct Handlers {
    pub retry: Vec<Retrier>,
    pub catch: Vec<Catcher>,
}

impl Handlers {
    /// Whether an entry names this error.
    pub fn name(&self, error: &str) -> bool {
        let retried = self.retry.iter().flat_map(|retrier| &retrier.errors);
        retried.chain(self.catch.iter().flat_map(|catcher| &catcher.errors)).any(|entry| **entry == *error)
    }
}

/// One entry of `Retry`.
#[derive(Debug)]
pub struct Retrier {
    pub errors: Vec<Arc<str>>,
    pub interval_seconds: f64,
    pub max_attempts: u32,
    pub backoff_rate: f64,
    pub max_delay_seconds: Option<f64>,
    /// `JitterStrategy` is `FULL`.
    pub full_jitter: bool,
}

/// One entry of `Catch`.
#[derive(Debug)]
pub struct Catcher {
    pub errors: Vec<Arc<str>>,
    pub next: Transition,
    /// Where the error output goes; in JSONata `output` says it.
    pub result: ResultPlace,
    pub output: Option<Holder>,
    pub assign: Option<Assign>,
}

impl Kind {
    /// `Retry` and `Catch`, of the states that can have them.
    pub fn handlers(&self) -> Option<&Handlers> {
        match self {
            Kind::Task(task) => Some(&task.handlers),
            Kind::Parallel { handlers, .. } => Some(handlers),
            Kind::Map(map) => Some(&map.handlers),
            _ => None,
        }
    }
}
