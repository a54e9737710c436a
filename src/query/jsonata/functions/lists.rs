//! Functions of arrays.

use super::{Args, take};
use crate::order::{Places, hash};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::{SEQUENCE, Val};
use crate::value::Value;
use std::sync::Arc;

pub fn count(_: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let array = take(&mut args, 0);
    Ok(if array.is_undefined() { 0 } else { array.len() }.into())
}

pub fn append(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let (first, second) = (take(&mut args, 0), take(&mut args, 1));
    if first.is_undefined() {
        return Ok(second);
    }
    if second.is_undefined() {
        return Ok(first);
    }
    machine.allocate_items(first.len() + second.len())?;
    let mut items = first.into_items();
    second.append_to(&mut items);
    machine.shallow(Val::list(items))
}

pub fn reverse(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let array = take(&mut args, 0);
    if array.is_undefined() || array.len() <= 1 {
        return Ok(array);
    }
    machine.allocate_items(array.len())?;
    let mut items = array.into_items();
    items.reverse();
    Ok(Val::list(items))
}

pub fn shuffle(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let array = take(&mut args, 0);
    if array.is_undefined() || array.len() <= 1 {
        return Ok(array);
    }
    machine.allocate_items(array.len())?;
    let mut items = array.into_items();
    for at in 1..items.len() {
        let other = ((machine.env.random)() * (at + 1) as f64) as usize;
        items.swap(at, other.min(at));
    }
    Ok(Val::list(items))
}

pub fn zip(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let len = args.iter().map(|array| if array.is_array() { array.len() } else { 0 }).min().unwrap_or(0);
    machine.allocate_items(len.saturating_mul(args.len() + 1))?;
    let rows = (0..len).map(|at| Val::list(args.iter().map(|array| array.item(at)).collect()));
    let rows = Val::list(rows.collect());
    machine.shallow(rows)
}

pub fn distinct(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let array = take(&mut args, 0);
    if !array.is_array() || array.len() <= 1 {
        return Ok(array);
    }
    machine.allocate_items(array.len())?;
    let flags = array.flags() & SEQUENCE;
    // Scalars are recognised by what they are; only containers have to be compared one by one.
    let mut seen = Places::new();
    let mut scalars: Vec<Scalar> = Vec::new();
    let mut containers: Vec<Val> = Vec::new();
    let mut found = Vec::new();
    for item in array.items() {
        let new = match scalar(&item) {
            Some(scalar) => {
                let new = seen.find_or_push(hash(&scalar), &mut |at| scalars[at] == scalar).is_none();
                if new {
                    scalars.push(scalar);
                }
                new
            }
            None => {
                let mut new = true;
                for known in &containers {
                    if machine.equal(known, &item)? {
                        new = false;
                        break;
                    }
                }
                if new {
                    containers.push(item.clone());
                }
                new
            }
        };
        if new {
            found.push(item);
        }
    }
    Ok(Val::list(found).with_flags(flags))
}

#[derive(PartialEq, Eq, Hash)]
enum Scalar {
    Null,
    Bool(bool),
    Number(u64),
    Text(Arc<str>),
}

fn scalar(value: &Val) -> Option<Scalar> {
    let Val::Json(value) = value else { return None };
    Some(match value {
        Value::Null => Scalar::Null,
        Value::Bool(value) => Scalar::Bool(*value),
        // Adding 0 makes one of the two zeros.
        Value::Number(number) => Scalar::Number((number.as_f64() + 0.0).to_bits()),
        Value::String(text) => Scalar::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => return None,
    })
}
