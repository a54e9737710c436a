//! The functions of lists.

use super::function::{Arguments, Called};
use crate::order::{Fnv, Places};
use crate::query::Env;
use crate::value::{Number, Value};
use std::hash::{Hash, Hasher};

pub(super) fn partition(arguments: &Arguments, env: &mut Env) -> Called {
    let items = arguments.array(0)?;
    let size = match usize::try_from(arguments.integer(1)?) {
        Ok(size) if size > 0 => size,
        _ => return Err(arguments.refused("the chunk size must be a positive integer")),
    };
    env.budget.spend(items.len() as u64)?;
    Ok(Value::array(items.chunks(size).map(|chunk| Value::array(chunk.to_vec())).collect()))
}

/// Elements are compared deeply (seen on AWS).
pub(super) fn contains(arguments: &Arguments, env: &mut Env) -> Called {
    let items = arguments.array(0)?;
    env.budget.spend(items.len() as u64)?;
    Ok(Value::Bool(items.contains(arguments.value(1))))
}

pub(super) fn range(arguments: &Arguments, env: &mut Env) -> Called {
    /// Step Functions Developer Guide, Intrinsic functions.
    const LONGEST: i64 = 1000;
    let (first, last, step) = (arguments.integer(0)?, arguments.integer(1)?, arguments.integer(2)?);
    if step == 0 {
        return Err(arguments.refused("the increment must not be 0"));
    }
    // A step in the wrong direction leaves nothing.
    let leads_there = first == last || (first < last) == (step > 0);
    let steps = first.abs_diff(last) / step.unsigned_abs();
    if leads_there && steps >= LONGEST as u64 {
        return Err(arguments.refused(format!("the range has more than {LONGEST} elements")));
    }
    let count = if leads_there { steps as i64 + 1 } else { 0 };
    env.budget.spend(count as u64)?;
    Ok(Value::array((0..count).map(|at| Value::from(first.wrapping_add(at.wrapping_mul(step)))).collect()))
}

pub(super) fn get_item(arguments: &Arguments) -> Called {
    let items = arguments.array(0)?;
    let index = arguments.integer(1)?;
    let found = usize::try_from(index).ok().and_then(|index| items.get(index));
    found
        .cloned()
        .ok_or_else(|| arguments.refused(format!("index {index} is out of bounds for an array of length {}", items.len())))
}

/// The first of each kind of equal elements stays.
pub(super) fn unique(arguments: &Arguments, env: &mut Env) -> Called {
    let items = arguments.array(0)?;
    let mut seen = Places::new();
    let mut kept: Vec<Value> = Vec::new();
    for item in items.iter() {
        env.budget.spend(1)?;
        let mut hasher = Fnv::default();
        hash(item, &mut hasher);
        if seen.find_or_push(hasher.finish() as u32, &mut |at| kept[at] == *item).is_none() {
            kept.push(item.clone());
        }
    }
    Ok(Value::array(kept))
}

/// Equal values have equal hashes: numbers by value, objects whatever the order of their keys.
fn hash(value: &Value, hasher: &mut Fnv) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(value) => value.hash(hasher),
        Value::Number(Number::Float(value)) => (value + 0.0).to_bits().hash(hasher),
        Value::Number(number) => (number.as_f64() + 0.0).to_bits().hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Array(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| hash(item, hasher));
        }
        Value::Object(object) => {
            let members = object.iter().map(|(key, value)| {
                let mut member = Fnv::default();
                key.hash(&mut member);
                hash(value, &mut member);
                member.finish()
            });
            members.fold(object.len() as u64, u64::wrapping_add).hash(hasher);
        }
    }
}
