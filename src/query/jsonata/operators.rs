//! The operators on values.

use super::error::Error;
use super::machine::Machine;
use super::program::Operator;
use super::stringify::stringify;
use super::val::{Range, SEQUENCE, Val};
use crate::value::{Number, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// The most items a range may have, by the reference implementation.
const MAX_RANGE: f64 = 1e7;

pub fn binary(machine: &mut Machine, operator: Operator, left: Val, right: Val) -> Result<Val, Error> {
    use Operator::{Concat, Equal, In, NotEqual};
    let result = match operator {
        Equal | NotEqual => {
            let known = !left.is_undefined() && !right.is_undefined();
            Ok((known && machine.equal(&left, &right)? == (operator == Equal)).into())
        }
        In => includes(machine, &left, &right),
        Concat => concat(machine, &left, &right),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            compare(machine, operator, left, right)
        }
        _ => arithmetic(machine, operator, left, right),
    };
    result.map_err(|error| if error.is_over_budget() { error } else { error.with_token(operator.text()) })
}

fn arithmetic(machine: &mut Machine, operator: Operator, left: Val, right: Val) -> Result<Val, Error> {
    let a = machine.numeric(&left)?;
    if a.is_none() && !left.is_undefined() {
        return Err(machine.error_of("T2001", left));
    }
    let b = machine.numeric(&right)?;
    if b.is_none() && !right.is_undefined() {
        return Err(machine.error_of("T2002", right));
    }
    Ok(a.zip(b).map_or(Val::Undefined, |(a, b)| Val::num(compute(operator, a, b))))
}

/// What an arithmetic operator gives.
pub fn compute(operator: Operator, a: f64, b: f64) -> f64 {
    match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        _ => a % b,
    }
}

pub fn negate(machine: &mut Machine, value: Val) -> Result<Val, Error> {
    match machine.numeric(&value)? {
        Some(number) => Ok(Val::num(-number)),
        None if value.is_undefined() => Ok(value),
        None => Err(machine.error_of("D1002", value).with_token("-")),
    }
}

pub fn range(machine: &mut Machine, left: Val, right: Val) -> Result<Val, Error> {
    let whole = |value: &Val| value.as_f64().filter(|number| number.fract() == 0.0);
    let (first, last) = (whole(&left), whole(&right));
    if first.is_none() && !left.is_undefined() {
        return Err(machine.error_of("T2003", left).with_token(".."));
    }
    if last.is_none() && !right.is_undefined() {
        return Err(machine.error_of("T2004", right).with_token(".."));
    }
    let (Some(first), Some(last)) = (first, last) else { return Ok(Val::Undefined) };
    if first > last {
        return Ok(Val::Undefined);
    }
    let size = last - first + 1.0;
    if size > MAX_RANGE {
        return Err(machine.error("D2014").with_token("..").with_value(Value::number(size)));
    }
    Ok(Val::Range(Range { first: first as i64, len: size as u32, flags: SEQUENCE }))
}

/// Texts are compared by their UTF-16 units, as JavaScript does.
pub fn compare_texts(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // What both begin with is passed over in long steps.
    let steps = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0).take_while(|(a, b)| a == b).count() * 8;
    // In UTF-8 the order is the same, but for what needs two units, from 0xF0 on: that stands before U+E000 and what follows.
    let place = |byte: u8| if matches!(byte, 0xEE | 0xEF) { 0xFF } else { byte };
    match a[steps..].iter().zip(&b[steps..]).find(|(a, b)| a != b) {
        Some((a, b)) => place(*a).cmp(&place(*b)).then(a.cmp(b)),
        None => a.len().cmp(&b.len()),
    }
}

fn compare(machine: &mut Machine, operator: Operator, left: Val, right: Val) -> Result<Val, Error> {
    let comparable = |value: &Val| value.is_undefined() || value.as_f64().is_some() || value.as_str().is_some();
    if !comparable(&left) || !comparable(&right) {
        let culprit = if left.as_f64().is_some() || left.as_str().is_some() { right } else { left };
        return Err(machine.error_of("T2010", culprit));
    }
    if left.is_undefined() || right.is_undefined() {
        return Ok(Val::Undefined);
    }
    let order = match (left.as_f64(), right.as_f64(), left.as_str(), right.as_str()) {
        (Some(a), Some(b), ..) => a.partial_cmp(&b),
        (_, _, Some(a), Some(b)) => Some(compare_texts(a, b)),
        _ => {
            let error = machine.error_of("T2009", left);
            return Err(match right.shown() {
                Some(value) => error.with_value2(value),
                None => error,
            });
        }
    };
    Ok(order.is_some_and(|order| operator.holds(order)).into())
}

/// Whether a value is one of an array: only the same array or object in memory is the same.
fn includes(machine: &mut Machine, left: &Val, right: &Val) -> Result<Val, Error> {
    if left.is_undefined() || right.is_undefined() {
        return Ok(false.into());
    }
    if !matches!(right, Val::Range(_)) {
        machine.work(right.len())?;
    }
    let found = match (right, left.as_f64()) {
        (Val::Range(range), Some(number)) => {
            let last = range.first + i64::from(range.len) - 1;
            number.fract() == 0.0 && (range.first as f64..=last as f64).contains(&number)
        }
        _ => right.items().any(|item| same(left, &item)),
    };
    Ok(found.into())
}

fn same(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::Json(Value::Array(a)), Val::Json(Value::Array(b))) => a.same(b),
        (Val::Json(Value::Object(a)), Val::Json(Value::Object(b))) => a.same(b),
        (Val::List(a), Val::List(b)) => std::rc::Rc::ptr_eq(a, b),
        (Val::Map(a), Val::Map(b)) => std::rc::Rc::ptr_eq(a, b),
        (Val::Func(_), Val::Func(_)) => a.equals(b),
        (Val::Json(a), Val::Json(b)) => a.as_array().is_none() && a.as_object().is_none() && numbers_equal(a, b),
        _ => false,
    }
}

fn numbers_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(Number::Int(a)), Value::Number(Number::Int(b))) => a == b,
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

fn concat(machine: &mut Machine, left: &Val, right: &Val) -> Result<Val, Error> {
    let text = |machine: &mut Machine, value: &Val| match value {
        Val::Undefined => Ok(Arc::from("")),
        value => stringify(machine, value, false),
    };
    let left = text(machine, left)?;
    let right = text(machine, right)?;
    machine.allocate(left.len() + right.len())?;
    Ok(Val::from([&*left, &*right].concat()))
}

#[cfg(test)]
mod tests {
    use super::compare_texts;

    #[test]
    fn texts_are_ordered_by_their_units() {
        let characters = ["", "a", "b", "é", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10000}", "\u{10ffff}"];
        for (one, other) in characters.iter().flat_map(|one| characters.map(|other| (*one, other))) {
            for before in ["", "abcdefg", "abcdefgh", "abcdefghijklmnopqr"] {
                let (a, b) = (format!("{before}{one}x"), format!("{before}{other}"));
                assert_eq!(compare_texts(&a, &b), a.encode_utf16().cmp(b.encode_utf16()), "{a} {b}");
            }
        }
    }
}
