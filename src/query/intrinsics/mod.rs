//! Intrinsic functions: `States.Format('Hello {}', $.name)` in a payload template.
//!
//! A [`Call`] is parsed once, names and numbers of arguments checked, and evaluated many times. The grammar and the functions are those
//! of the Amazon States Language specification, Appendix B; what it leaves open follows what AWS was seen to do.

mod array;
mod error;
mod faults;
mod format;
mod function;
mod parse;
mod scalar;

pub use error::{CallError, CallErrorKind, CallProblem, CallProblemKind, Missing};
pub use parse::MAX_NESTING;

use super::path::Path;
use super::{Env, Scope};
use crate::text::Span;
use crate::value::{MAX_DEPTH, Value};
use format::Template;
use function::Function;
use std::sync::Arc;

/// A call of an intrinsic function, ready to be evaluated.
#[derive(Debug)]
pub struct Call {
    text: Arc<str>,
    invocation: Invocation,
}

#[derive(Debug)]
struct Invocation {
    /// Of the whole call.
    span: Span,
    function: Function,
    arguments: Vec<Argument>,
}

#[derive(Debug)]
struct Argument {
    span: Span,
    kind: ArgumentKind,
}

#[derive(Debug)]
enum ArgumentKind {
    Literal(Value),
    /// The text that `States.Format` fills, where it is written down.
    Template(Template),
    Path(Path),
    Call(Invocation),
}

impl Call {
    /// Reads a call. Spans in problems are bytes of `text`.
    pub fn parse(text: &str) -> Result<Call, Box<CallProblem>> {
        Ok(Call { text: text.into(), invocation: parse::parse(text)? })
    }

    /// Whether a text is meant to be a call rather than a path.
    pub fn looks_like(text: &str) -> bool {
        text.trim_start().starts_with("States.")
    }

    /// The call as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paths among the arguments, at any depth, each with its span.
    pub fn paths(&self) -> Vec<(Span, &Path)> {
        let mut found = Vec::new();
        self.invocation.collect_paths(&mut found);
        found
    }

    pub fn evaluate(&self, scope: &Scope, env: &mut Env) -> Result<Value, Box<CallError>> {
        self.invocation.evaluate(scope, env).map_err(|Failure { span, kind }| {
            Box::new(CallError { span, call: self.text.clone(), input: scope.input.clone(), kind: *kind })
        })
    }
}

/// Why a call has no value, before it is known which text it stands in.
struct Failure {
    span: Span,
    kind: Box<CallErrorKind>,
}

impl Invocation {
    /// The stack is as deep as calls may nest.
    fn evaluate(&self, scope: &Scope, env: &mut Env) -> Result<Value, Failure> {
        let mut values = Vec::with_capacity(self.arguments.len());
        let mut template = None;
        for argument in &self.arguments {
            values.push(match &argument.kind {
                ArgumentKind::Literal(value) => value.clone(),
                ArgumentKind::Template(parts) => {
                    template = Some(parts);
                    Value::Null
                }
                ArgumentKind::Call(inner) => inner.evaluate(scope, env)?,
                ArgumentKind::Path(path) => path.read_within(scope, &mut env.budget).map_err(|error| Failure {
                    span: argument.span,
                    kind: Box::new(CallErrorKind::Argument(Missing { path: path.text().into(), error })),
                })?,
            });
        }
        let value = self.function.call(&values, template, env).map_err(|kind| Failure { span: self.span, kind })?;
        match value.depth() > MAX_DEPTH {
            true => Err(Failure { span: self.span, kind: Box::new(CallErrorKind::TooDeep) }),
            false => Ok(value),
        }
    }

    fn collect_paths<'a>(&'a self, found: &mut Vec<(Span, &'a Path)>) {
        for argument in &self.arguments {
            match &argument.kind {
                ArgumentKind::Path(path) => found.push((argument.span, path)),
                ArgumentKind::Call(inner) => inner.collect_paths(found),
                _ => {}
            }
        }
    }
}
