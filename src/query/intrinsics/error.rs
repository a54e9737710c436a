//! What is wrong with a call, as written or as evaluated.

use crate::query::OverBudget;
use crate::query::path::{PathError, PathErrorKind, Unreadable};
use crate::text::Span;
use crate::value::Value;
use std::fmt;
use std::sync::Arc;

/// Why a text is no call of an intrinsic function.
#[derive(Clone, Debug)]
pub struct CallProblem {
    /// Bytes of the text.
    pub span: Span,
    pub kind: CallProblemKind,
}

#[derive(Clone, Debug)]
pub enum CallProblemKind {
    /// Something else has to stand here; what.
    Expected(&'static str),
    UnknownFunction(Box<str>),
    /// How many arguments the function takes, at least and at most, and how many there are.
    ArgumentCount {
        function: &'static str,
        least: usize,
        most: usize,
        found: usize,
    },
    OpenText,
    /// A backslash before this character means nothing.
    Escape(char),
    Number,
    Path(PathError),
    /// More calls inside calls than AWS allows.
    TooDeep,
}

impl CallProblem {
    /// The remedy, where there is one to tell.
    pub fn help(&self) -> Option<&'static str> {
        Some(match &self.kind {
            CallProblemKind::Escape(_) => r"only `\'`, `\{`, `\}` and `\\` are escapes in an intrinsic's text",
            CallProblemKind::OpenText => "texts stand in single quotes; a quote inside one is written `\\'`",
            CallProblemKind::TooDeep => "work out a part in a state before, and refer to its result",
            CallProblemKind::Expected(_) => "a call looks like `States.Format('Hello {}', $.name)`",
            _ => return None,
        })
    }
}

impl std::error::Error for CallProblem {}

impl fmt::Display for CallProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.kind {
            CallProblemKind::Expected(what) => write!(f, "expected {what}"),
            CallProblemKind::UnknownFunction(name) => write!(f, "no intrinsic function named `{name}`"),
            CallProblemKind::ArgumentCount { function, least, most, found } => {
                write!(f, "`{function}` takes {} but has {found}", Count(*least, *most))
            }
            CallProblemKind::OpenText => f.write_str("the text is never closed"),
            CallProblemKind::Escape(character) => write!(f, "`\\{character}` is no escape"),
            CallProblemKind::Number => f.write_str("not a number"),
            CallProblemKind::Path(error) => write!(f, "not a path: {error}"),
            CallProblemKind::TooDeep => write!(f, "more than {} calls inside one another", super::MAX_NESTING),
        }
    }
}

/// A number of arguments in words.
struct Count(usize, usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        match (self.0, self.1) {
            (0, 0) => f.write_str("no arguments"),
            (least, usize::MAX) => write!(f, "at least {least} argument{}", plural(least)),
            (least, most) if least == most => write!(f, "{least} argument{}", plural(least)),
            (least, most) => write!(f, "{least} to {most} arguments"),
        }
    }
}

/// Why a call has no value.
#[derive(Clone, Debug)]
pub struct CallError {
    /// The argument or the call at fault, as bytes of the whole call's text.
    pub span: Span,
    /// The whole call as it was written.
    pub call: Arc<str>,
    /// What `$` stood for.
    pub input: Value,
    pub kind: CallErrorKind,
}

#[derive(Clone, Debug)]
pub enum CallErrorKind {
    /// A path among the arguments finds nothing.
    Argument(Missing),
    /// An argument is not of the type that the function takes; which (from 1), and what it takes.
    Type {
        function: &'static str,
        argument: usize,
        expected: &'static str,
        found: &'static str,
    },
    /// An argument's value is beyond what the function takes; in words.
    Value {
        function: &'static str,
        detail: String,
    },
    /// The template of `States.Format` is broken.
    Template(&'static str),
    OverBudget,
    TooDeep,
}

/// A path that finds nothing.
#[derive(Clone, Debug)]
pub struct Missing {
    pub path: Box<str>,
    pub error: PathError,
}

impl From<OverBudget> for Box<CallErrorKind> {
    fn from(_: OverBudget) -> Box<CallErrorKind> {
        Box::new(CallErrorKind::OverBudget)
    }
}

impl CallError {
    /// AWS's name of the error: a missing argument can't be caught (seen on AWS), a failing function can (Developer Guide).
    pub fn name(&self) -> &'static str {
        match self.kind {
            CallErrorKind::Argument(_) | CallErrorKind::OverBudget | CallErrorKind::TooDeep => "States.Runtime",
            _ => "States.IntrinsicFailure",
        }
    }
}

impl std::error::Error for CallError {}

/// AWS's wording.
impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let CallError { call, input, kind, .. } = self;
        if let CallErrorKind::Argument(Missing { path, error }) = kind {
            write!(f, "The function '{call}' had the following error: ")?;
            return match &error.kind {
                // Here the service lets its library speak.
                PathErrorKind::Read(failure) if matches!(failure.reason, Unreadable::NotArray(_)) => error.fmt(f),
                _ if error.is_not_found() => {
                    write!(f, "The JsonPath argument for the field '{path}' could not be found in the input '{input}'")
                }
                _ => error.fmt(f),
            };
        }
        write!(f, "There was an error while evaluating the intrinsic function: {call}. ")?;
        match kind {
            CallErrorKind::Type { function, argument, expected, found } => {
                write!(f, "Invalid arguments in {function}: argument {argument} must be {expected}, but was {found}.")
            }
            CallErrorKind::Value { function, detail } => write!(f, "Invalid arguments in {function}: {detail}."),
            CallErrorKind::Template(detail) => write!(f, "Invalid template in States.Format: {detail}."),
            CallErrorKind::TooDeep => f.write_str("The result is nested too deep."),
            CallErrorKind::OverBudget | CallErrorKind::Argument(_) => f.write_str("It takes too many steps."),
        }
    }
}
