//! What AWS says of the Amazon States Language, as tables: each fact is one row with the place it was read.
//!
//! Whoever needs a list of AWS's names (lowering, checking, completing, explaining) reads it here and has no second one.

pub mod arn;
mod errors;
mod exclusive;
mod field;
mod fields;
mod functions;
mod integrations;
pub mod limits;
mod names;
mod operators;
mod services;

pub use arn::{Arn, Pattern};
pub use errors::{ALL, ERRORS, ErrorRow, Raised, TASK_FAILED, TIMEOUTS, error};
pub use exclusive::{EXCLUSIVE, Exclusive};
pub use field::{Field, Place, Shape};
pub use fields::{FIELDS, field, fields_of, is_field, required_of};
pub use functions::{Function, INTRINSICS, JSONATA_FUNCTIONS, intrinsic, jsonata_function};
pub use integrations::{INTEGRATIONS, Integration, integration};
pub use names::{execution_name_problem, machine_name};
pub use operators::{OPERATORS, Operand, Operator, operator};
pub use services::{SERVICES, Service, ServiceKind, service, service_title};

/// The kinds of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateType {
    Pass,
    Task,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

impl StateType {
    pub const ALL: [StateType; 8] = [
        StateType::Pass,
        StateType::Task,
        StateType::Choice,
        StateType::Wait,
        StateType::Succeed,
        StateType::Fail,
        StateType::Parallel,
        StateType::Map,
    ];

    /// As it is written in `Type`.
    pub const fn name(self) -> &'static str {
        match self {
            StateType::Pass => "Pass",
            StateType::Task => "Task",
            StateType::Choice => "Choice",
            StateType::Wait => "Wait",
            StateType::Succeed => "Succeed",
            StateType::Fail => "Fail",
            StateType::Parallel => "Parallel",
            StateType::Map => "Map",
        }
    }

    pub fn parse(name: &str) -> Option<StateType> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the state ends its machine or branch by itself, without `Next` or `End`.
    pub fn is_terminal(self) -> bool {
        matches!(self, StateType::Succeed | StateType::Fail)
    }

    /// What it does, in one sentence.
    pub fn doc(self) -> &'static str {
        match self {
            StateType::Pass => "Passes its input on, or a fixed or reshaped result; it does no work of its own.",
            StateType::Task => "Has work done elsewhere: a Lambda function, an activity or the action of a service.",
            StateType::Choice => "Goes to another state by the first of its rules that is true.",
            StateType::Wait => "Waits for some seconds or until a time.",
            StateType::Succeed => "Ends the machine, branch or iteration successfully.",
            StateType::Fail => "Ends the execution as failed, with an error and a cause.",
            StateType::Parallel => "Runs several branches side by side on the same input and gives the list of their outputs.",
            StateType::Map => "Runs the same states once for each item of a list and gives the list of their outputs.",
        }
    }
}

impl std::fmt::Display for StateType {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The language a state moves its data with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QueryLanguage {
    #[default]
    JsonPath,
    Jsonata,
}

impl QueryLanguage {
    /// As it is written in `QueryLanguage`.
    pub const fn name(self) -> &'static str {
        match self {
            QueryLanguage::JsonPath => "JSONPath",
            QueryLanguage::Jsonata => "JSONata",
        }
    }

    pub fn parse(name: &str) -> Option<QueryLanguage> {
        [QueryLanguage::JsonPath, QueryLanguage::Jsonata].into_iter().find(|language| language.name() == name)
    }
}

/// The kinds of machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WorkflowType {
    #[default]
    Standard,
    Express,
}

impl WorkflowType {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            WorkflowType::Standard => "STANDARD",
            WorkflowType::Express => "EXPRESS",
        }
    }

    /// As people read it.
    pub fn title(self) -> &'static str {
        match self {
            WorkflowType::Standard => "Standard",
            WorkflowType::Express => "Express",
        }
    }

    pub fn parse(name: &str) -> Option<WorkflowType> {
        [WorkflowType::Standard, WorkflowType::Express].into_iter().find(|kind| kind.name() == name)
    }
}
