//! The conditions of `[?(...)]`: read once, then tried on value after value.

mod compare;
mod item;
mod parse;
mod pattern;

pub(super) use parse::compile;

use super::error::{PathError, PathErrorKind};
use super::read::{evaluate, find};
use super::token::Compiled;
use crate::query::{Budget, OverBudget};
use crate::value::{Number, Value};
use item::{Item, Node};
use pattern::Pattern;
use std::sync::Arc;

/// A filter's condition.
#[derive(Debug)]
pub(super) struct Filter(Condition);

#[derive(Debug)]
enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// Whether a path leads somewhere, and whether it should.
    Exists(Arc<Compiled>, bool),
    Compare(Operand, Operator, Operand),
}

#[derive(Debug)]
enum Operand {
    Path(Arc<Compiled>),
    Null,
    Bool(bool),
    Text(Arc<str>),
    Number(Number),
    /// JSON with its text, and what it reads as.
    Json(Box<str>, Option<Value>),
    Pattern(Box<Pattern>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    SameTypeEqual,
    SameTypeNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Contains,
    Size,
    Empty,
    SubsetOf,
    AnyOf,
    NoneOf,
    Exists,
    /// Operators that need what only Java programs can give.
    Unusable,
}

/// Why a condition has no answer.
#[derive(Debug)]
pub(super) enum Halt {
    /// Jayway takes it as a no, also inside a negation.
    No,
    OverBudget,
    /// An operand that the operator can't take.
    Operand(&'static str),
    /// In a path inside the filter.
    Error(PathError),
}

impl From<OverBudget> for Halt {
    fn from(_: OverBudget) -> Halt {
        Halt::OverBudget
    }
}

/// What a filter is tried with.
struct Trial<'a> {
    item: &'a Value,
    root: &'a Value,
    budget: &'a mut Budget,
}

impl Filter {
    /// Whether the condition holds for a value of the document `root`.
    pub fn accepts(&self, item: &Value, root: &Value, budget: &mut Budget) -> Result<bool, Halt> {
        budget.spend(1)?;
        self.0.holds(&mut Trial { item, root, budget })
    }

    /// How much deeper the stack gets in a trial.
    pub fn height(&self) -> u32 {
        self.0.height()
    }
}

impl Condition {
    fn holds<'a>(&'a self, trial: &mut Trial<'a>) -> Result<bool, Halt> {
        match self {
            Condition::Any(conditions) => {
                for condition in conditions {
                    if condition.holds(trial)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(conditions) => {
                for condition in conditions {
                    if !condition.holds(trial)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(condition) => Ok(!condition.holds(trial)?),
            Condition::Exists(path, expected) => {
                // Jayway looks from the value that is tried, also where the path begins with `$`.
                if path.plain {
                    return Ok(find(path, trial.item).is_ok() == *expected);
                }
                let found = match evaluate(path, trial.item, trial.root, true, trial.budget) {
                    Ok(_) => true,
                    Err(error) if error.is_not_found() => false,
                    Err(error) => return Err(halt(error)),
                };
                Ok(found == *expected)
            }
            Condition::Compare(left, operator, right) => {
                let (left, right) = (left.evaluate(trial)?, right.evaluate(trial)?);
                compare::compare(&left.item(), *operator, &right.item(), trial.budget)
            }
        }
    }

    fn height(&self) -> u32 {
        match self {
            Condition::Any(conditions) | Condition::All(conditions) => {
                1 + conditions.iter().map(Condition::height).max().unwrap_or(0)
            }
            Condition::Not(condition) => 1 + condition.height(),
            Condition::Exists(path, _) => 1 + path.height,
            Condition::Compare(left, _, right) => 1 + left.height().max(right.height()),
        }
    }
}

impl Operand {
    fn height(&self) -> u32 {
        if let Operand::Path(path) = self { path.height } else { 0 }
    }

    fn evaluate<'a>(&'a self, trial: &mut Trial<'a>) -> Result<Node<'a>, Halt> {
        Ok(match self {
            Operand::Path(path) => {
                let document = if path.root == '$' { trial.root } else { trial.item };
                if path.plain {
                    trial.budget.spend(1)?;
                    return Ok(match find(path, document) {
                        Ok(found) => Node::Item(Item::of(found)),
                        Err(_) => Node::Item(Item::Undefined),
                    });
                }
                match evaluate(path, document, trial.root, false, trial.budget) {
                    Ok(found) => Node::Found(found),
                    Err(error) if error.is_not_found() => Node::Item(Item::Undefined),
                    Err(error) => return Err(halt(error)),
                }
            }
            Operand::Null => Node::Item(Item::Null),
            Operand::Bool(value) => Node::Item(Item::Bool(*value)),
            Operand::Text(text) => Node::Item(Item::Text(text)),
            Operand::Number(number) => Node::Item(Item::Number(number)),
            Operand::Json(text, Some(value)) => Node::Item(Item::Json(value, Some(text))),
            Operand::Json(_, None) => return Err(Halt::Operand("The literal is no JSON")),
            Operand::Pattern(pattern) => Node::Item(Item::Pattern(pattern)),
        })
    }
}

fn halt(error: PathError) -> Halt {
    match &error.kind {
        PathErrorKind::Read(failure) if failure.reason.is_refusal() => Halt::No,
        _ => Halt::Error(error),
    }
}
