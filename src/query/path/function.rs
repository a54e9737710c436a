//! The functions of paths, as Jayway's function factory knows them.

use super::error::Unreadable;
use super::java;
use crate::value::{Number, Value};

pub(super) fn exists(name: &str) -> bool {
    const NAMES: [&str; 13] =
        ["avg", "stddev", "sum", "min", "max", "concat", "length", "size", "append", "keys", "first", "last", "index"];
    NAMES.contains(&name)
}

/// Calls a function on a value. `children` is what `length` counts where it has a path for an argument.
pub(super) fn call(name: &str, value: &Value, arguments: &[Value], children: Option<&Value>) -> Result<Value, Unreadable> {
    match name {
        "length" | "size" => length(value, arguments, children),
        "concat" => Ok(concat(value, arguments)),
        "keys" => Ok(match value {
            Value::Object(object) => Value::array(object.keys().map(|key| Value::String(key.clone())).collect()),
            _ => Value::Null,
        }),
        "append" => Ok(match value {
            Value::Array(items) => Value::array(items.iter().chain(arguments).cloned().collect()),
            other => other.clone(),
        }),
        "first" => at(value, 0),
        "last" => at(value, -1),
        "index" => {
            let index = numbers(arguments).next().ok_or(Unreadable::OutOfBounds(0, 0))?;
            at(value, index.clamp(i32::MIN.into(), i32::MAX.into()) as i64)
        }
        _ => aggregate(name, value, arguments),
    }
}

fn length(value: &Value, arguments: &[Value], children: Option<&Value>) -> Result<Value, Unreadable> {
    let count = |length: usize| Ok(Value::from(length as i64));
    match (children, value) {
        (None, _) if !arguments.is_empty() => Err(Unreadable::Operand("length() takes a path")),
        (Some(Value::Array(children)), _) => count(children.len()),
        (_, Value::Array(items)) => count(items.len()),
        (_, Value::Object(object)) => count(object.len()),
        _ => Ok(Value::Null),
    }
}

fn concat(value: &Value, arguments: &[Value]) -> Value {
    let mut text = String::new();
    if let Value::Array(items) = value {
        items.iter().filter_map(Value::as_str).for_each(|item| text.push_str(item));
    }
    for argument in arguments {
        match argument {
            Value::Array(items) => {
                items.iter().filter(|item| !item.is_null()).for_each(|item| text.push_str(&java::text(item)));
            }
            Value::String(argument) => text.push_str(argument),
            _ => {}
        }
    }
    Value::from(text)
}

fn at(value: &Value, index: i64) -> Result<Value, Unreadable> {
    let Value::Array(items) = value else { return Err(Unreadable::EmptyAggregate) };
    if index >= 0 {
        return items.get(index as usize).cloned().ok_or(Unreadable::OutOfBounds(index, items.len()));
    }
    // The first element can't be had from the end: Jayway asks for more than 0, and so does AWS.
    match items.len() as i64 + index {
        real @ 1.. => Ok(items[real as usize].clone()),
        _ => Err(Unreadable::BeyondCount(index, items.len())),
    }
}

/// The numbers among arguments and the elements of those that are arrays.
fn numbers(arguments: &[Value]) -> impl Iterator<Item = f64> {
    arguments
        .iter()
        .flat_map(|argument| match argument {
            Value::Array(items) => &items[..],
            single => std::slice::from_ref(single),
        })
        .filter_map(Value::as_f64)
}

fn aggregate(name: &str, value: &Value, arguments: &[Value]) -> Result<Value, Unreadable> {
    let own = value.as_array().map_or(&[][..], |items| items);
    let numbers: Vec<f64> = own.iter().filter_map(Value::as_f64).chain(numbers(arguments)).collect();
    if numbers.is_empty() {
        return Err(Unreadable::EmptyAggregate);
    }
    let (count, sum) = (numbers.len() as f64, numbers.iter().sum::<f64>());
    let result = match name {
        "sum" => sum,
        "avg" => sum / count,
        "min" => numbers.iter().copied().fold(f64::MAX, f64::min),
        // Java's smallest double is the one next to zero, and Jayway starts from it: below zero there is no maximum.
        "max" => numbers.iter().copied().fold(f64::from_bits(1), f64::max),
        _ => (numbers.iter().map(|number| number * number).sum::<f64>() / count - sum * sum / count / count).sqrt(),
    };
    if result.is_finite() { Ok(Value::Number(Number::Float(result))) } else { Err(Unreadable::NotFinite) }
}
