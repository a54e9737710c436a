//! What TestState is asked.

use crate::engine::StatesError;
use crate::timestamp::Timestamp;
use std::sync::Arc;

/// A TestState request; texts are JSON as they were given.
#[derive(Clone, Debug)]
pub struct Request {
    /// A state, or a whole machine with the state's name.
    pub definition: String,
    pub state_name: Option<String>,
    pub input: Option<String>,
    pub context: Option<String>,
    pub variables: Option<String>,
    pub mock: Option<Mock>,
    pub configuration: Configuration,
    pub level: Level,
    pub reveal_secrets: bool,
    /// A function stands for the service that the state calls: as good as a mock, where the API asks for one.
    pub played: bool,
    /// The role that the test runs under.
    pub role_arn: Option<Arc<str>>,
    pub partition: Arc<str>,
    pub region: Arc<str>,
    pub account: Arc<str>,
    pub now: Timestamp,
    pub seed: u64,
}

impl Request {
    /// A request with a definition alone.
    pub fn new(definition: impl Into<String>) -> Request {
        Request {
            definition: definition.into(),
            state_name: None,
            input: None,
            context: None,
            variables: None,
            mock: None,
            configuration: Configuration::default(),
            level: Level::Info,
            reveal_secrets: false,
            played: false,
            role_arn: None,
            partition: "aws".into(),
            region: "us-east-1".into(),
            account: "123456789012".into(),
            now: Timestamp(0),
            seed: 0,
        }
    }
}

/// `mock`.
#[derive(Clone, Debug, Default)]
pub struct Mock {
    /// JSON text.
    pub result: Option<String>,
    pub error_output: Option<StatesError>,
    pub validation: Validation,
}

/// `fieldValidationMode`: how a mocked result is held against what the service answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// The types of the fields that are there, and whether those are there that always are.
    #[default]
    Strict,
    /// The types of the fields that are there.
    Present,
    None,
}

impl Validation {
    pub fn parse(name: &str) -> Option<Validation> {
        Some(match name {
            "STRICT" => Validation::Strict,
            "PRESENT" => Validation::Present,
            "NONE" => Validation::None,
            _ => return None,
        })
    }
}

/// `stateConfiguration`.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    pub retrier_retry_count: Option<u32>,
    pub error_caused_by_state: Option<String>,
    pub map_iteration_failure_count: Option<i64>,
    /// JSON text.
    pub map_item_reader_data: Option<String>,
}

/// `inspectionLevel`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    #[default]
    Info,
    Debug,
    Trace,
}

impl Level {
    pub fn parse(name: &str) -> Option<Level> {
        Some(match name {
            "INFO" => Level::Info,
            "DEBUG" => Level::Debug,
            "TRACE" => Level::Trace,
            _ => return None,
        })
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    pub code: &'static str,
    pub message: String,
}

impl Exception {
    #[inline(never)]
    pub(super) fn validation(message: impl Into<String>) -> Exception {
        Exception { code: "ValidationException", message: message.into() }
    }

    pub(super) fn definition(message: impl Into<String>) -> Exception {
        Exception { code: "InvalidDefinition", message: message.into() }
    }
}
