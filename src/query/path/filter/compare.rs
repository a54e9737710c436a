//! The operators of filters.

use super::item::Item;
use super::{Halt, Operator, Pattern};
use crate::query::Budget;
use crate::value::Value;
use std::cmp::Ordering;

/// Whether `left operator right` holds.
pub(super) fn compare(left: &Item, operator: Operator, right: &Item, budget: &mut Budget) -> Result<bool, Halt> {
    Ok(match operator {
        Operator::Equal => equal(left, right),
        Operator::NotEqual => !equal(left, right),
        Operator::SameTypeEqual => left.same_kind(right) && equal(left, right),
        Operator::SameTypeNotEqual => !(left.same_kind(right) && equal(left, right)),
        Operator::Less => order(left, right) == Some(Ordering::Less),
        Operator::LessOrEqual => order(left, right).is_some_and(Ordering::is_le),
        Operator::Greater => order(left, right) == Some(Ordering::Greater),
        Operator::GreaterOrEqual => order(left, right).is_some_and(Ordering::is_ge),
        Operator::Matches => matches(left, right, budget)?,
        Operator::In => is_in(left, right, budget)?,
        Operator::NotIn => !is_in(left, right, budget)?,
        Operator::Contains => match (left, right) {
            (Item::Text(left), Item::Text(right)) => left.contains(*right),
            (Item::Json(..), _) => is_in(right, left, budget)?,
            _ => false,
        },
        Operator::Size => has_size(left, right),
        Operator::Empty => match left {
            Item::Text(text) => text.is_empty() == boolean(right)?,
            Item::Json(value, _) => is_empty(value) == boolean(right)?,
            _ => false,
        },
        Operator::SubsetOf => {
            let Some((left, right)) = lists(left, right, budget)? else { return Ok(false) };
            left.iter().all(|item| contains(right, &Item::element(item)))
        }
        Operator::AnyOf => {
            let Some((left, right)) = lists(left, right, budget)? else { return Ok(false) };
            left.iter().any(|item| contains(right, &Item::element(item)))
        }
        Operator::NoneOf => {
            let Some((left, right)) = lists(left, right, budget)? else { return Ok(false) };
            !left.iter().any(|item| contains(right, &Item::element(item)))
        }
        Operator::Exists => boolean(left)? == boolean(right)?,
        Operator::Unusable => return Err(Halt::No),
    })
}

/// A literal on the left equals nothing: Jayway compares its text with what is on the right.
fn equal(left: &Item, right: &Item) -> bool {
    match (left, right) {
        (Item::Json(left, None), Item::Json(right, _)) => crate::query::path::java::equals(left, right),
        (Item::Json(..), Item::Json(..)) => false,
        _ => left.equals(right),
    }
}

/// The order of two numbers or two texts; there is none between others.
fn order(left: &Item, right: &Item) -> Option<Ordering> {
    match (left, right) {
        (Item::Number(left), Item::Number(right)) => left.partial_cmp(right),
        (Item::Text(left), Item::Text(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => None,
    }
}

fn boolean(item: &Item) -> Result<bool, Halt> {
    if let Item::Bool(value) = item { Ok(*value) } else { Err(Halt::No) }
}

fn has_size(left: &Item, right: &Item) -> bool {
    let Item::Number(expected) = right else { return false };
    let expected = expected.as_f64().trunc();
    match left {
        Item::Text(text) => text.encode_utf16().count() as f64 == expected,
        Item::Json(Value::Array(items), _) => items.len() as f64 == expected,
        // What Jayway says of an object.
        Item::Json(..) => expected == -1.0,
        _ => false,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => true,
    }
}

fn is_in(item: &Item, list: &Item, budget: &mut Budget) -> Result<bool, Halt> {
    let Some(list) = elements(list)? else { return Ok(false) };
    budget.spend(list.len() as u64)?;
    Ok(contains(list, item))
}

fn contains(list: &[Value], item: &Item) -> bool {
    list.iter().any(|element| item.equals(&Item::element(element)))
}

type Lists<'a> = (&'a [Value], &'a [Value]);

fn lists<'a>(left: &Item<'a>, right: &Item<'a>, budget: &mut Budget) -> Result<Option<Lists<'a>>, Halt> {
    let Some(right) = elements(right)? else { return Ok(None) };
    let Some(left) = elements(left)? else { return Ok(None) };
    budget.spend((left.len() as u64).saturating_mul(right.len() as u64))?;
    Ok(Some((left, right)))
}

/// The elements of an array, none of an object. A list that holds arrays or objects is more than Jayway can look into.
fn elements<'a>(item: &Item<'a>) -> Result<Option<&'a [Value]>, Halt> {
    let Item::Json(value, _) = item else { return Err(Halt::No) };
    let Value::Array(items) = value else { return Ok(None) };
    if items.iter().any(|item| matches!(item, Value::Array(_) | Value::Object(_))) {
        return Err(Halt::Operand("Could not determine value type"));
    }
    Ok(Some(items))
}

/// Whether the pattern on one side matches all of the other side, or of one element of it.
fn matches(left: &Item, right: &Item, budget: &mut Budget) -> Result<bool, Halt> {
    match (left, right) {
        (Item::Pattern(_), Item::Pattern(_)) => Ok(false),
        (Item::Pattern(pattern), input) | (input, Item::Pattern(pattern)) => match elements_of_array(input)? {
            Some(items) => {
                for item in items {
                    if matches_one(pattern, &Item::element(item), budget)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            None => matches_one(pattern, input, budget),
        },
        _ => Ok(false),
    }
}

fn elements_of_array<'a>(item: &Item<'a>) -> Result<Option<&'a [Value]>, Halt> {
    if matches!(item, Item::Json(Value::Array(_), _)) { elements(item) } else { Ok(None) }
}

fn matches_one(pattern: &Pattern, input: &Item, budget: &mut Budget) -> Result<bool, Halt> {
    Ok(pattern.matches(&input.pattern_input(), budget)?)
}
