//! JSON to template.

use super::{Part, Query, Source};
use crate::json::{Kind, Member, Node};
use crate::query::intrinsics::{Call, CallProblem};
use crate::query::path::{Path, PathError};
use crate::text::Span;
use crate::value::{Key, Value};
use std::fmt;
use std::sync::Arc;

/// Why a field of a template can't be worked out.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Of the value in the definition.
    pub span: Span,
    /// The part of the decoded string at fault; all of the value where it is no string.
    pub within: Option<Span>,
    /// The name of the field, with its `.$`.
    pub field: Box<str>,
    pub kind: ProblemKind,
}

#[derive(Clone, Debug)]
pub enum ProblemKind {
    NotText(&'static str),
    Path(Box<PathError>),
    Call(Box<CallProblem>),
    /// The name without `.$` stands beside it.
    Duplicate,
}

impl Problem {
    /// The remedy, where there is one to tell.
    pub fn help(&self) -> Option<&'static str> {
        match &self.kind {
            ProblemKind::NotText(_) => Some("write a path such as `$.name` or an intrinsic call, or take the `.$` off the name"),
            ProblemKind::Call(problem) => problem.help(),
            ProblemKind::Duplicate => Some("both would become one member: remove one of them"),
            ProblemKind::Path(_) => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.kind {
            ProblemKind::NotText(found) => {
                write!(f, "`{}` must be a path or an intrinsic call in a string, not {found}", self.field)
            }
            ProblemKind::Path(error) => write!(f, "not a path: {error}"),
            ProblemKind::Call(problem) => problem.fmt(f),
            ProblemKind::Duplicate => write!(f, "`{}` and the same name without `.$` both stand here", self.field),
        }
    }
}

pub(super) fn part(node: &Node, problems: &mut Vec<Problem>) -> Part {
    match &node.kind {
        Kind::Object(members) => object(members, problems),
        Kind::Array(elements) => {
            let parts: Vec<Part> = elements.iter().map(|element| part(element, problems)).collect();
            match parts.iter().map(constant).collect::<Option<Vec<Value>>>() {
                Some(items) => Part::Constant(Value::array(items)),
                None => Part::Array(parts),
            }
        }
        _ => Part::Constant(node.to_value()),
    }
}

fn object(members: &[Member], problems: &mut Vec<Problem>) -> Part {
    let mut parts: Vec<(Key, Part)> = Vec::with_capacity(members.len());
    for member in members {
        let (name, part) = match member.key.text.strip_suffix(".$") {
            Some(name) => match dynamic(member, problems) {
                Some(part) => (name, part),
                None => continue,
            },
            None => (&*member.key.text, part(&member.value, problems)),
        };
        let known = parts.iter_mut().find(|(key, _)| **key == *name);
        match known {
            Some((_, known)) => {
                if members.iter().any(|other| other.key.text != member.key.text && &*other.key.text == name) {
                    problems.push(Problem {
                        span: member.key.span,
                        within: None,
                        field: member.key.text.clone(),
                        kind: ProblemKind::Duplicate,
                    });
                }
                *known = part;
            }
            None => parts.push((name.into(), part)),
        }
    }
    let constants = parts.iter().map(|(key, part)| Some((key.clone(), constant(part)?)));
    match constants.collect::<Option<Vec<(Key, Value)>>>() {
        Some(members) => Part::Constant(Value::object(members)),
        None => Part::Object(parts),
    }
}

fn dynamic(member: &Member, problems: &mut Vec<Problem>) -> Option<Part> {
    let field = &member.key.text;
    let Some(text) = member.value.as_str() else {
        let kind = ProblemKind::NotText(member.value.kind_name());
        problems.push(Problem { span: member.value.span, within: None, field: field.clone(), kind });
        return None;
    };
    match query(field, text, member.value.span) {
        Ok(query) => Some(Part::Query(Arc::new(query))),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

pub(super) fn query(field: &str, text: &str, span: Span) -> Result<Query, Problem> {
    let problem = |within: Span, kind: ProblemKind| Problem { span, within: Some(within), field: field.into(), kind };
    let source = if text.starts_with('$') {
        Source::Path(Path::parse(text).map_err(|error| problem(error.span, ProblemKind::Path(Box::new(error))))?)
    } else {
        Source::Call(Call::parse(text).map_err(|error| problem(error.span, ProblemKind::Call(Box::new(error))))?)
    };
    Ok(Query { field: field.into(), span, source })
}

fn constant(part: &Part) -> Option<Value> {
    match part {
        Part::Constant(value) => Some(value.clone()),
        _ => None,
    }
}
