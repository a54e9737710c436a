//! Functions of objects, and of values as such.

use super::{Args, take, text};
use crate::order::{Places, hash};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::value::{Key, Value};

pub fn boolean(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    Ok(machine.boolean(&args[0])?.map_or(Val::Undefined, Val::from))
}

pub fn not(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    Ok(machine.boolean(&args[0])?.map_or(Val::Undefined, |value| Val::from(!value)))
}

pub fn exists(_: &mut Machine, args: Args) -> Result<Val, Error> {
    Ok((!args[0].is_undefined()).into())
}

pub fn type_of(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = &args[0];
    Ok(match value {
        Val::Undefined => Val::Undefined,
        Val::Func(_) => "function".into(),
        Val::Json(value) => value.type_name().into(),
        _ if value.is_array() => "array".into(),
        Val::NonFinite(_) if machine.numeric(value)?.is_some() => "number".into(),
        // What is not a number isn't told from an object by the reference either.
        _ => "object".into(),
    })
}

pub fn keys(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (value, mut found) = (&args[0], Vec::new());
    if value.is_array() {
        machine.work(value.flat_weight())?;
    }
    collect_keys(machine, value, &mut Places::new(), &mut found)?;
    Ok(Val::sequence(found.into_iter().map(Val::from).collect()))
}

fn collect_keys(machine: &mut Machine, value: &Val, seen: &mut Places, found: &mut Vec<Key>) -> Result<(), Error> {
    machine.allocate_items(1)?;
    if value.is_array() {
        return value.items().try_for_each(|item| collect_keys(machine, &item, seen, found));
    }
    for (key, _) in value.members() {
        machine.allocate_items(1)?;
        if seen.find_or_push(hash(&*key), &mut |at| found[at] == key).is_none() {
            found.push(key);
        }
    }
    Ok(())
}

pub fn lookup(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = &args[0];
    if value.is_array() {
        machine.allocate_items(value.flat_weight())?;
    }
    Ok(value.lookup(text(args, 1).unwrap_or("undefined")))
}

pub fn spread(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = take(args, 0);
    let is_object = value.is_object();
    if !is_object && !value.is_array() {
        return Ok(value);
    }
    if !is_object {
        machine.work(value.flat_weight())?;
    }
    let mut found = Vec::new();
    spread_into(machine, &value, &mut found)?;
    Ok(if is_object || found.is_empty() { Val::sequence(found) } else { Val::list(found) })
}

/// Appends an object for each member of an object, or of the objects in an array, and what is neither as it is.
fn spread_into(machine: &mut Machine, value: &Val, found: &mut Vec<Val>) -> Result<(), Error> {
    if value.is_object() {
        let members = value.members();
        machine.allocate_items(members.len() * 3)?;
        for member in members {
            found.push(Val::object(vec![member]));
        }
    } else if value.is_array() {
        for index in 0..value.len() {
            spread_into(machine, &value.item(index), found)?;
        }
    } else if !value.is_undefined() {
        machine.allocate_items(1)?;
        found.push(value.clone());
    }
    Ok(())
}

pub fn merge(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let objects = take(args, 0);
    if objects.is_undefined() {
        return Ok(objects);
    }
    let mut members: Vec<(Key, Val)> = Vec::new();
    let mut places = Places::new();
    for object in objects.items() {
        for (key, value) in object.members() {
            machine.allocate_items(1)?;
            match places.find_or_push(hash(&*key), &mut |at| members[at].0 == key) {
                Some(place) => members[place].1 = value,
                None => members.push((key, value)),
            }
        }
    }
    machine.shallow(Val::object(members))
}

pub fn clone(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = take(args, 0);
    if value.is_undefined() {
        return Ok(value);
    }
    machine.copy(value).map(Val::Json)
}

pub fn error(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let text = text(args, 0).filter(|text| !text.is_empty()).unwrap_or("$error() function evaluated");
    Err(machine.error("D3137").with_text(text))
}

pub fn assert(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let holds = matches!(args[0], Val::Json(Value::Bool(true)));
    if holds {
        return Ok(Val::Undefined);
    }
    let text = text(args, 1).filter(|text| !text.is_empty()).unwrap_or("$assert() statement failed");
    Err(machine.error("D3141").with_text(text))
}
