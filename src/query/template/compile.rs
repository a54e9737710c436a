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
    Path(PathError),
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

/// Frames are kept small here: templates nest as deep as JSON may, and the page's stack is small.
pub(super) fn part(node: &Node, problems: &mut Vec<Problem>) -> Part {
    match &node.kind {
        Kind::Object(members) => {
            let mut parts: Vec<(Key, Part)> = Vec::with_capacity(members.len());
            for member in members {
                match member.key.text.ends_with(".$") {
                    true => place_dynamic(member, members, &mut parts, problems),
                    false => {
                        let part = part(&member.value, problems);
                        place(&member.key.text, part, &mut parts);
                    }
                }
            }
            object_of(parts)
        }
        Kind::Array(elements) => {
            let mut parts: Vec<Part> = Vec::with_capacity(elements.len());
            for element in elements {
                parts.push(part(element, problems));
            }
            array_of(parts)
        }
        _ => Part::Constant(node.to_value()),
    }
}

#[inline(never)]
fn array_of(parts: Vec<Part>) -> Part {
    match parts.iter().map(constant).collect::<Option<Vec<Value>>>() {
        Some(items) => Part::Constant(Value::array(items)),
        None => Part::Array(parts),
    }
}

#[inline(never)]
fn object_of(parts: Vec<(Key, Part)>) -> Part {
    let constants = parts.iter().map(|(key, part)| Some((key.clone(), constant(part)?)));
    match constants.collect::<Option<Vec<(Key, Value)>>>() {
        Some(members) => Part::Constant(Value::object(members)),
        None => Part::Object(parts),
    }
}

/// A name that comes again keeps its place and takes the new value.
#[inline(never)]
fn place(name: &str, part: Part, parts: &mut Vec<(Key, Part)>) {
    match parts.iter_mut().find(|(key, _)| **key == *name) {
        Some((_, known)) => *known = part,
        None => parts.push((name.into(), part)),
    }
}

#[inline(never)]
fn place_dynamic(member: &Member, members: &[Member], parts: &mut Vec<(Key, Part)>, problems: &mut Vec<Problem>) {
    let field = &member.key.text;
    let name = field.strip_suffix(".$").unwrap_or(field);
    let Some(part) = dynamic(member, problems) else { return };
    place(name, part, parts);
    if members.iter().any(|other| &*other.key.text == name) {
        let kind = ProblemKind::Duplicate;
        problems.push(Problem { span: member.key.span, within: None, field: field.clone(), kind });
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
        Source::Path(Path::parse(text).map_err(|error| problem(error.span, ProblemKind::Path(error)))?)
    } else {
        Source::Call(Call::parse(text).map_err(|error| problem(error.span, ProblemKind::Call(error)))?)
    };
    Ok(Query { field: field.into(), span, source })
}

fn constant(part: &Part) -> Option<Value> {
    match part {
        Part::Constant(value) => Some(value.clone()),
        _ => None,
    }
}
