//! Functions of arrays.

use super::{Args, take};
use crate::order::{Places, hash};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::{SEQUENCE, Val};
use crate::value::Value;

pub fn count(_: &mut Machine, args: Args) -> Result<Val, Error> {
    let array = &args[0];
    Ok(if array.is_undefined() { 0 } else { array.len() }.into())
}

pub fn append(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (first, second) = (take(args, 0), take(args, 1));
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

pub fn reverse(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let array = take(args, 0);
    if array.is_undefined() || array.len() <= 1 {
        return Ok(array);
    }
    machine.allocate_items(array.len())?;
    let mut items = array.into_items();
    items.reverse();
    Ok(Val::list(items))
}

pub fn shuffle(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let array = take(args, 0);
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

pub fn distinct(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let array = take(args, 0);
    if !array.is_array() || array.len() <= 1 {
        return Ok(array);
    }
    machine.allocate_items(array.len())?;
    let flags = array.flags() & SEQUENCE;
    // Scalars are recognised by what they are; only containers have to be compared one by one.
    let mut seen = Places::new();
    let (mut scalars, mut containers) = (Vec::<Val>::new(), Vec::<Val>::new());
    let mut found = Vec::new();
    for index in 0..array.len() {
        let item = array.item(index);
        let (mut new, mut known) = (true, &mut containers);
        if let Some(hash) = scalar_hash(&item) {
            known = &mut scalars;
            new = seen.find_or_push(hash, &mut |at| known[at].equals(&item)).is_none();
        } else {
            for other in known.iter() {
                if machine.equal(other, &item)? {
                    new = false;
                    break;
                }
            }
        }
        if new {
            known.push(item.clone());
            found.push(item);
        }
    }
    Ok(Val::list(found).with_flags(flags))
}

/// What tells most scalars apart; none for what is none.
fn scalar_hash(value: &Val) -> Option<u32> {
    let Val::Json(value) = value else { return None };
    Some(match value {
        Value::Null => 0,
        Value::Bool(value) => 1 + u32::from(*value),
        // Adding 0 makes one of the two zeros; the factor of Fibonacci hashing spreads what differs in the high bits.
        Value::Number(number) => ((number.as_f64() + 0.0).to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32,
        Value::String(text) => hash(&**text),
        Value::Array(_) | Value::Object(_) => return None,
    })
}
