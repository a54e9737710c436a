//! Why a template has no value.

use crate::query::intrinsics::CallError;
use crate::query::path::PathError;
use crate::text::Span;
use crate::value::Value;
use std::fmt;

#[derive(Clone, Debug)]
pub struct TemplateError {
    /// Of the string in the definition that can't be worked out.
    pub span: Span,
    /// The name of its field, with `.$`.
    pub field: Box<str>,
    /// What `$` stood for.
    pub input: Value,
    pub kind: TemplateErrorKind,
}

#[derive(Clone, Debug)]
pub enum TemplateErrorKind {
    Path {
        path: Box<str>,
        error: PathError,
    },
    Call(Box<CallError>),
    /// The whole would nest deeper than values may.
    TooDeep,
}

impl TemplateError {
    /// AWS's name of the error.
    pub fn name(&self) -> &'static str {
        match &self.kind {
            TemplateErrorKind::Call(error) => error.name(),
            _ => "States.Runtime",
        }
    }
}

impl std::error::Error for TemplateError {}

/// AWS's wording.
impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.kind {
            TemplateErrorKind::Path { path, error } if error.is_not_found() => write!(
                f,
                "The JSONPath '{path}' specified for the field '{}' could not be found in the input '{}'",
                self.field, self.input,
            ),
            TemplateErrorKind::Path { path, error } => write!(f, "Invalid path '{path}' : {error}"),
            TemplateErrorKind::Call(error) => error.fmt(f),
            TemplateErrorKind::TooDeep => f.write_str("The result is nested too deep"),
        }
    }
}
