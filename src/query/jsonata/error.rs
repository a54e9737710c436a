//! What can go wrong with an expression, as data; the text is made when somebody reads it.

use crate::text::Span;
use crate::value::Value;

/// Where and how an expression is wrong, or went wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// As the reference implementation numbers them: `S` syntax, `T` types, `D` values, `U` the budget.
    pub code: &'static str,
    /// In the expression's text.
    pub span: Span,
    detail: Box<Detail>,
}

/// What an error's text needs to know.
#[derive(Clone, Debug, Default, PartialEq)]
struct Detail {
    token: Option<Box<str>>,
    value: Option<Value>,
    value2: Option<Value>,
    index: Option<usize>,
    text: Option<Box<str>>,
}

/// The code for an expression whose result is a function, which no JSON can hold.
const FUNCTION_RESULT: &str = "U1002";

/// The code for an evaluation that went over its budget.
const OVER_BUDGET: &str = "U1001";

impl Error {
    pub(super) fn new(code: &'static str, span: Span) -> Error {
        Error { code, span, detail: Box::default() }
    }

    pub(super) fn with_token(mut self, token: &str) -> Error {
        self.detail.token = Some(token.into());
        self
    }

    pub(super) fn with_value(mut self, value: Value) -> Error {
        self.detail.value = Some(value);
        self
    }

    pub(super) fn with_value2(mut self, value: Value) -> Error {
        self.detail.value2 = Some(value);
        self
    }

    pub(super) fn with_index(mut self, index: usize) -> Error {
        self.detail.index = Some(index);
        self
    }

    pub(super) fn with_text(mut self, text: impl Into<Box<str>>) -> Error {
        self.detail.text = Some(text.into());
        self
    }

    /// The result is a function: AWS calls that an unsupported result type.
    pub fn is_function_result(&self) -> bool {
        self.code == FUNCTION_RESULT
    }

    /// The evaluation used more than the caller allows.
    pub fn is_over_budget(&self) -> bool {
        self.code == OVER_BUDGET
    }

    /// The operator, function or other part of the text the error is about.
    pub fn token(&self) -> Option<&str> {
        self.detail.token.as_deref()
    }

    /// The value that doesn't fit.
    pub fn value(&self) -> Option<&Value> {
        self.detail.value.as_ref()
    }

    /// The error in words, in the terms of the reference implementation.
    pub fn message(&self) -> String {
        self.code.to_owned()
    }
}
