//! Payload templates: JSON in which a name that ends in `.$` means that its value is a path or an intrinsic call.
//!
//! `Parameters`, `ItemSelector`, `ResultSelector` and `Assign` are templates in JSONPath mode. What holds nothing dynamic becomes one
//! shared constant, so that evaluating builds only what depends on the data.

mod compile;
mod error;

pub use compile::{Problem, ProblemKind};
pub use error::{TemplateError, TemplateErrorKind};

use super::intrinsics::Call;
use super::path::{Path, PathErrorKind, Step, Unreadable};
use super::{Env, Scope};
use crate::json::Node;
use crate::text::Span;
use crate::value::{Key, MAX_DEPTH, Object, Value};
use std::sync::Arc;

/// A payload template, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Template(Part);

#[derive(Clone, Debug)]
enum Part {
    Constant(Value),
    Query(Arc<Query>),
    Array(Vec<Part>),
    Object(Vec<(Key, Part)>),
}

/// A dynamic field.
#[derive(Debug)]
struct Query {
    /// The name with its `.$`, as messages show it.
    field: Box<str>,
    /// Of the string in the definition.
    span: Span,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Path(Path),
    Call(Call),
}

impl Template {
    /// Compiles a template, and tells what is wrong with it: a field that can't be read is left out. The tree is as deep as the JSON
    /// text, which its parser bounds.
    pub fn compile(node: &Node) -> (Template, Vec<Problem>) {
        let mut problems = Vec::new();
        let part = compile::part(node, &mut problems);
        (Template(part), problems)
    }

    /// A single path or call that stands in a field of its own, such as `CausePath`; `span` is that of the string.
    pub fn compile_query(field: &str, text: &str, span: Span) -> Result<Template, Problem> {
        compile::query(field, text, span).map(|query| Template(Part::Query(Arc::new(query))))
    }

    /// Whether the template gives the same whatever the data.
    pub fn constant(&self) -> Option<&Value> {
        match &self.0 {
            Part::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// The paths in the template, in its order, also those among the arguments of calls; each with the span of the string it stands in.
    pub fn paths(&self) -> Vec<(Span, &Path)> {
        let mut found = Vec::new();
        self.0.collect_paths(&mut found);
        found
    }

    /// The calls in the template, each with the span of the string it stands in.
    pub fn calls(&self) -> Vec<(Span, &Call)> {
        let mut found = Vec::new();
        self.0.collect_calls(&mut found);
        found
    }

    /// The JSON that the template stands for, its fields worked out in their order.
    pub fn evaluate(&self, scope: &Scope, env: &mut Env) -> Result<Value, TemplateError> {
        self.0.evaluate(scope, env).map_err(|error| *error)
    }
}

impl Part {
    /// Frames are kept small here too.
    fn evaluate(&self, scope: &Scope, env: &mut Env) -> Result<Value, Box<TemplateError>> {
        match self {
            Part::Constant(value) => Ok(value.clone()),
            Part::Query(query) => query.evaluate(scope, env).map_err(Box::new),
            Part::Array(parts) => {
                let mut items = Vec::with_capacity(parts.len());
                for part in parts {
                    items.push(part.evaluate(scope, env)?);
                }
                not_too_deep(Value::array(items))
            }
            Part::Object(members) => {
                let mut built = Vec::with_capacity(members.len());
                for (key, part) in members {
                    built.push((key.clone(), part.evaluate(scope, env)?));
                }
                not_too_deep(Value::Object(Object::of_distinct(built)))
            }
        }
    }

    fn collect_calls<'a>(&'a self, found: &mut Vec<(Span, &'a Call)>) {
        match self {
            Part::Constant(_) => {}
            Part::Query(query) => {
                if let Source::Call(call) = &query.source {
                    found.push((query.span, call));
                }
            }
            Part::Array(parts) => parts.iter().for_each(|part| part.collect_calls(found)),
            Part::Object(members) => members.iter().for_each(|(_, part)| part.collect_calls(found)),
        }
    }

    fn collect_paths<'a>(&'a self, found: &mut Vec<(Span, &'a Path)>) {
        match self {
            Part::Constant(_) => {}
            Part::Query(query) => match &query.source {
                Source::Path(path) => found.push((query.span, path)),
                Source::Call(call) => found.extend(call.paths().into_iter().map(|(_, path)| (query.span, path))),
            },
            Part::Array(parts) => parts.iter().for_each(|part| part.collect_paths(found)),
            Part::Object(members) => members.iter().for_each(|(_, part)| part.collect_paths(found)),
        }
    }
}

#[inline(never)]
fn not_too_deep(value: Value) -> Result<Value, Box<TemplateError>> {
    if value.depth() <= MAX_DEPTH {
        return Ok(value);
    }
    let kind = TemplateErrorKind::TooDeep;
    Err(Box::new(TemplateError { span: Span::default(), field: "".into(), input: Value::Null, kind }))
}

impl Query {
    #[inline(never)]
    fn evaluate(&self, scope: &Scope, env: &mut Env) -> Result<Value, TemplateError> {
        let kind = match &self.source {
            Source::Call(call) => match call.evaluate(scope, env) {
                Ok(value) => return Ok(value),
                Err(error) => TemplateErrorKind::Call(error),
            },
            Source::Path(path) => match path.read_within(scope, &mut env.budget) {
                Ok(value) => return Ok(value),
                Err(error) => {
                    if let PathErrorKind::Read(failure) = &error.kind
                        && matches!(failure.reason, Unreadable::NoResult)
                        && path.steps().any(|(span, step)| span == error.span && matches!(step, Step::Index(_)))
                    {
                        // An index beyond the end of a list is null here, while a missing member is an error (seen on AWS).
                        return Ok(Value::Null);
                    }
                    TemplateErrorKind::Path { path: path.text().into(), error }
                }
            },
        };
        Err(TemplateError { span: self.span, field: self.field.clone(), input: scope.input.clone(), kind })
    }
}

#[cfg(test)]
mod tests;
