//! The walk: tokens over a document, by the rules of Jayway's path tokens.
//!
//! Paths of names and indices alone are walked without any allocation. The stack grows only with tokens that spread (wildcards,
//! scans, slices, filters); how many of them a path may have is bounded where it is read.

use super::error::{PathError, PathErrorKind, ReadFailure, Unreadable};
use super::filter::{Filter, Halt};
use super::function;
use super::java::class_of;
use super::token::{Argument, Compiled, Function, TokenKind};
use crate::query::Budget;
use crate::text::Span;
use crate::value::{Key, MAX_DEPTH, Object, Value};
use std::sync::Arc;

/// What a path of names and indices leads to, or where the way ends.
#[inline]
pub(super) fn find<'v>(path: &Compiled, document: &'v Value) -> Result<&'v Value, (usize, Unreadable)> {
    let mut value = document;
    let last = path.tokens.len().wrapping_sub(1);
    for (at, token) in path.tokens.iter().enumerate() {
        let next = match (&token.kind, value) {
            (TokenKind::Name(name, _), Value::Object(object)) => object.get(name),
            (TokenKind::Name(..), other) => return Err((at, Unreadable::NotObject(class_of(other)))),
            (TokenKind::Index(index), Value::Array(items)) => items.get(effective(*index, items.len())),
            (TokenKind::Index(_), Value::Null) => return Err((at, Unreadable::IsNull)),
            (TokenKind::Index(_), other) => return Err((at, Unreadable::NotArray(other.clone()))),
            _ => None,
        };
        value = match next {
            Some(next) => next,
            None if at < last && matches!(token.kind, TokenKind::Name(..)) => return Err((at, Unreadable::Missing)),
            None => return Err((at, Unreadable::NoResult)),
        };
    }
    Ok(value)
}

/// What a path finds in `document`; `root` is what `$` means in its filters. With `required` every member must be there.
pub(super) fn evaluate(
    path: &Arc<Compiled>,
    document: &Value,
    root: &Value,
    required: bool,
    budget: &mut Budget,
) -> Result<Value, PathError> {
    if path.plain {
        return find(path, document).cloned().map_err(|(at, reason)| failure(path, at, reason));
    }
    let mut walk = Walk { path, root, budget, required, results: Vec::new(), last_index: None };
    walk.step(0, document)?;
    let mut results = walk.results;
    if path.definite {
        return results.pop().ok_or_else(|| failure(path, path.tokens.len().saturating_sub(1), Unreadable::NoResult));
    }
    let list = Value::array(results);
    if list.depth() > MAX_DEPTH {
        return Err(failure(path, 0, Unreadable::TooDeep));
    }
    Ok(list)
}

pub(super) fn failure(path: &Arc<Compiled>, token: usize, reason: Unreadable) -> PathError {
    let span = path.tokens.get(token).map_or(Span::at(0), |token| token.span);
    PathError::new(span, PathErrorKind::Read(ReadFailure { reason, path: path.clone(), token }))
}

/// An index from the end is negative; one that is out of bounds stays so.
fn effective(index: i32, length: usize) -> usize {
    if index >= 0 { index as usize } else { length.checked_sub(index.unsigned_abs() as usize).unwrap_or(usize::MAX) }
}

type Walked = Result<(), PathError>;

struct Walk<'a> {
    path: &'a Arc<Compiled>,
    root: &'a Value,
    budget: &'a mut Budget,
    required: bool,
    results: Vec<Value>,
    /// The index at which a scan last went on with the path's last token inside an array: kept until the next array, as in Jayway.
    last_index: Option<usize>,
}

impl Walk<'_> {
    /// Walks on from token `at`, or keeps the value where no token is left.
    fn step(&mut self, at: usize, value: &Value) -> Walked {
        let mut at = at;
        let mut value = value;
        loop {
            let Some(token) = self.path.tokens.get(at) else { return self.keep(at, value) };
            // Single steps need no frame of their own.
            let next = match &token.kind {
                TokenKind::Name(name, _) => self.member(at, value, name)?,
                TokenKind::Index(index) => self.element(at, value, *index)?,
                kind => return self.spread(at, kind, value),
            };
            match next {
                Some(next) => (at, value) = (at + 1, next),
                None => return Ok(()),
            }
        }
    }

    fn spread(&mut self, at: usize, kind: &TokenKind, value: &Value) -> Walked {
        match kind {
            TokenKind::Names(names, _) => self.members(at, value, names),
            TokenKind::Indices(indices) => {
                let Some(items) = self.array(at, value)? else { return Ok(()) };
                self.spend(at, indices.len())?;
                indices.iter().try_for_each(|index| self.visit(at, items, effective(*index, items.len())))
            }
            TokenKind::Slice(from, to) => {
                let Some(items) = self.array(at, value)? else { return Ok(()) };
                self.slice(at, items, *from, *to)
            }
            TokenKind::Wildcard => self.all(at, value),
            TokenKind::Scan => self.scan(at, value),
            TokenKind::Filter(filter) => self.filter(at, value, filter),
            TokenKind::Function(function) => self.call(at, value, function),
            TokenKind::Name(..) | TokenKind::Index(_) => self.step(at, value),
        }
    }

    fn keep(&mut self, at: usize, value: &Value) -> Walked {
        self.spend(at, 1)?;
        self.results.push(value.clone());
        Ok(())
    }

    /// Why the walk ends at a token.
    #[cold]
    #[inline(never)]
    fn stop(&self, at: usize, reason: Unreadable) -> PathError {
        failure(self.path, at, reason)
    }

    fn spend(&mut self, at: usize, steps: usize) -> Walked {
        self.budget.spend(steps as u64).map_err(|over| self.stop(at, over.into()))
    }

    fn is_last(&self, at: usize) -> bool {
        at + 1 == self.path.tokens.len()
    }

    fn upstream_definite(&self, at: usize) -> bool {
        self.path.tokens[at].upstream_definite
    }

    /// The members a token can name; nothing of other values, unless there is only one way to get here.
    fn object<'v>(&self, at: usize, value: &'v Value) -> Result<Option<&'v Object>, PathError> {
        match value {
            Value::Object(object) => Ok(Some(object)),
            other if self.upstream_definite(at) => Err(self.stop(at, Unreadable::NotObject(class_of(other)))),
            _ => Ok(None),
        }
    }

    fn array<'v>(&self, at: usize, value: &'v Value) -> Result<Option<&'v [Value]>, PathError> {
        match value {
            Value::Array(items) => Ok(Some(items)),
            _ if !self.upstream_definite(at) => Ok(None),
            Value::Null => Err(self.stop(at, Unreadable::IsNull)),
            other => Err(self.stop(at, Unreadable::NotArray(other.clone()))),
        }
    }

    fn member<'v>(&self, at: usize, value: &'v Value, name: &str) -> Result<Option<&'v Value>, PathError> {
        let Some(object) = self.object(at, value)? else { return Ok(None) };
        self.pick(at, object, name)
    }

    /// A member by its name: what is missing is an error if there is only one way to it, or if everything is required.
    fn pick<'v>(&self, at: usize, object: &'v Object, name: &str) -> Result<Option<&'v Value>, PathError> {
        let last = self.is_last(at);
        match object.get(name) {
            Some(_) if last && !self.passes_guard() => Ok(None),
            Some(found) => Ok(Some(found)),
            None if last && self.required => Err(self.stop(at, Unreadable::NoResult)),
            None if last => Ok(None),
            None => {
                let token = &self.path.tokens[at];
                if self.required || token.upstream_definite && token.kind.is_definite(last) {
                    return Err(self.stop(at, Unreadable::Missing));
                }
                Ok(None)
            }
        }
    }

    /// Whether the last token may keep what it finds. Once a scan reached it inside an array, only if the path picks that very index:
    /// so `$..[0].x` takes the first of each.
    fn passes_guard(&self) -> bool {
        self.last_index.is_none_or(|index| self.path.guard.is_some_and(|guard| i64::from(guard) == index as i64))
    }

    fn members(&mut self, at: usize, value: &Value, names: &[Key]) -> Walked {
        let Some(object) = self.object(at, value)? else { return Ok(()) };
        self.spend(at, names.len())?;
        if !self.is_last(at) {
            for name in names {
                if let Some(found) = self.pick(at, object, name)? {
                    self.step(at + 1, found)?;
                }
            }
            return Ok(());
        }
        let mut picked: Vec<(Key, Value)> = Vec::with_capacity(names.len());
        for name in names {
            match object.get(name) {
                Some(found) => picked.push((name.clone(), found.clone())),
                None if self.required => return Err(self.stop(at, Unreadable::Missing)),
                None => {}
            }
        }
        self.results.push(Value::object(picked));
        Ok(())
    }

    fn element<'v>(&self, at: usize, value: &'v Value, index: i32) -> Result<Option<&'v Value>, PathError> {
        let Some(items) = self.array(at, value)? else { return Ok(None) };
        Ok(items.get(effective(index, items.len())))
    }

    /// Goes on with one element. An index out of bounds further down is forgotten here, as Jayway's catch does.
    fn visit(&mut self, at: usize, items: &[Value], index: usize) -> Walked {
        let Some(item) = items.get(index) else { return Ok(()) };
        match self.step(at + 1, item) {
            Err(stop) if matches!(&stop.kind, PathErrorKind::Read(ReadFailure { reason: Unreadable::OutOfBounds(..), .. })) => {
                Ok(())
            }
            walked => walked,
        }
    }

    fn slice(&mut self, at: usize, items: &[Value], from: Option<i32>, to: Option<i32>) -> Walked {
        let length = items.len() as i64;
        let (from, to) = (from.map(i64::from), to.map(i64::from));
        let range = match (from, to) {
            (Some(from), None) => (if from < 0 { length + from } else { from }.max(0), length),
            // Between two bounds Jayway counts on from a negative one: `[-1:1]` is the last and the first.
            (Some(from), Some(to)) => (from.max(-length), to.min(length)),
            (None, Some(to)) => (0, if to < 0 { length + to } else { to.min(length) }),
            (None, None) => (0, 0),
        };
        for index in range.0..range.1 {
            self.spend(at, 1)?;
            let index = if index < 0 { index + length } else { index };
            self.visit(at, items, index as usize)?;
        }
        Ok(())
    }

    fn all(&mut self, at: usize, value: &Value) -> Walked {
        match value {
            Value::Object(object) => {
                self.spend(at, object.len())?;
                for found in object.values() {
                    if !self.is_last(at) || self.passes_guard() {
                        self.step(at + 1, found)?;
                    }
                }
                Ok(())
            }
            Value::Array(items) => {
                self.spend(at, items.len())?;
                for index in 0..items.len() {
                    match self.visit(at, items, index) {
                        Err(stop) if !self.required && stop.is_not_found() => {}
                        walked => walked?,
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Tries the next token on the value and on all that is inside it, each container before its contents.
    fn scan(&mut self, at: usize, value: &Value) -> Walked {
        let target = at + 1;
        let mut open: Vec<&Value> = vec![value];
        while let Some(value) = open.pop() {
            self.spend(at, 1)?;
            match value {
                Value::Object(object) => {
                    if self.scan_matches(target, value)? {
                        self.step(target, value)?;
                    }
                    self.spend(at, object.len())?;
                    open.extend(object.values().rev().filter(|value| is_container(value)));
                }
                Value::Array(items) => {
                    if self.scan_matches(target, value)? {
                        self.scanned_array(target, value, items)?;
                    }
                    self.spend(at, items.len())?;
                    open.extend(items.iter().rev().filter(|value| is_container(value)));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Behind a scan that ends here the token itself is tried on the array; otherwise what follows it is tried on each element.
    fn scanned_array(&mut self, target: usize, array: &Value, items: &[Value]) -> Walked {
        if self.is_last(target) {
            return self.step(target, array);
        }
        for (index, item) in items.iter().enumerate() {
            self.spend(target, 1)?;
            if self.is_last(target + 1) {
                self.last_index = Some(index);
            }
            self.step(target + 1, item)?;
        }
        Ok(())
    }

    fn scan_matches(&mut self, target: usize, value: &Value) -> Result<bool, PathError> {
        let Some(token) = self.path.tokens.get(target) else { return Ok(false) };
        let has = |name: &Key| value.get(name).is_some();
        Ok(match &token.kind {
            TokenKind::Name(name, _) => has(name),
            TokenKind::Names(names, _) => matches!(value, Value::Object(_)) && (!self.is_last(target) || names.iter().all(has)),
            TokenKind::Index(_) | TokenKind::Indices(_) | TokenKind::Slice(..) => matches!(value, Value::Array(_)),
            TokenKind::Wildcard => true,
            TokenKind::Filter(filter) => self.accepts(target, filter, value)?,
            TokenKind::Scan | TokenKind::Function(_) => false,
        })
    }

    fn filter(&mut self, at: usize, value: &Value, filter: &Filter) -> Walked {
        match value {
            Value::Object(_) => {
                if self.accepts(at, filter, value)? {
                    self.step(at + 1, value)?;
                }
                Ok(())
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    if self.accepts(at, filter, item)? {
                        self.visit(at, items, index)?;
                    }
                }
                Ok(())
            }
            other if self.upstream_definite(at) => Err(self.stop(at, Unreadable::NotFilterable(other.clone()))),
            _ => Ok(()),
        }
    }

    fn accepts(&mut self, at: usize, filter: &Filter, value: &Value) -> Result<bool, PathError> {
        match filter.accepts(value, self.root, self.budget) {
            Ok(holds) => Ok(holds),
            Err(Halt::No) => Ok(false),
            Err(Halt::OverBudget) => Err(self.stop(at, Unreadable::OverBudget)),
            Err(Halt::Operand(words)) => Err(self.stop(at, Unreadable::Operand(words))),
            Err(Halt::Error(error)) => Err(error),
        }
    }

    /// Calls a function; its result counts as one of the path's, whatever follows.
    fn call(&mut self, at: usize, value: &Value, function: &Function) -> Walked {
        if !function::exists(&function.name) {
            return Err(self.stop(at, Unreadable::NoFunction));
        }
        let mut arguments = Vec::with_capacity(function.arguments.len());
        for argument in &function.arguments {
            arguments.push(match argument {
                Argument::Path(path) => evaluate(path, self.root, self.root, false, self.budget)?,
                Argument::Json(Some(value)) => value.clone(),
                Argument::Json(None) => return Err(self.stop(at, Unreadable::Operand("The argument is no JSON"))),
            });
        }
        let children = match &function.children {
            Some(path) => Some(evaluate(path, value, value, false, self.budget)?),
            None => None,
        };
        self.spend(at, 1 + value.as_array().map_or(0, |items| items.len()))?;
        let result =
            function::call(&function.name, value, &arguments, children.as_ref()).map_err(|reason| self.stop(at, reason))?;
        if result.depth() > MAX_DEPTH {
            return Err(self.stop(at, Unreadable::TooDeep));
        }
        self.results.push(result.clone());
        if self.is_last(at) { Ok(()) } else { self.step(at + 1, &result) }
    }
}

fn is_container(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}
