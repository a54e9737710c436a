//! Functions of objects, and of values as such.

use super::{Args, take};
use crate::order::{Places, hash};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::value::{Key, Value};

pub fn boolean(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    Ok(machine.boolean(&value)?.map_or(Val::Undefined, Val::from))
}

pub fn not(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    Ok(machine.boolean(&value)?.map_or(Val::Undefined, |value| Val::from(!value)))
}

pub fn exists(_: &mut Machine, mut args: Args) -> Result<Val, Error> {
    Ok((!take(&mut args, 0).is_undefined()).into())
}

pub fn type_of(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    Ok(match &value {
        Val::Undefined => Val::Undefined,
        Val::Func(_) => "function".into(),
        Val::Json(value) => value.type_name().into(),
        _ if value.is_array() => "array".into(),
        Val::NonFinite(_) if machine.numeric(&value)?.is_some() => "number".into(),
        // What is not a number isn't told from an object by the reference either.
        _ => "object".into(),
    })
}

pub fn keys(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let (value, mut found) = (take(&mut args, 0), Vec::new());
    if value.is_array() {
        machine.work(value.flat_weight())?;
    }
    collect_keys(machine, &value, &mut Places::new(), &mut found)?;
    Ok(Val::sequence(found.into_iter().map(Val::from).collect()))
}

fn collect_keys(machine: &mut Machine, value: &Val, seen: &mut Places, found: &mut Vec<Key>) -> Result<(), Error> {
    machine.allocate_items(1)?;
    if value.is_array() {
        return value.items().try_for_each(|item| collect_keys(machine, &item, seen, found));
    }
    for (key, _) in value.members() {
        machine.allocate_items(1)?;
        if seen.find_or_push(hash(&key), &mut |at| found[at] == key).is_none() {
            found.push(key);
        }
    }
    Ok(())
}

pub fn lookup(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    let key = take(&mut args, 1);
    if value.is_array() {
        machine.allocate_items(value.flat_weight())?;
    }
    Ok(value.lookup(key.as_str().unwrap_or("undefined")))
}

pub fn spread(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    if value.is_object() {
        return Ok(Val::sequence(spread_object(machine, &value)?));
    }
    if !value.is_array() {
        return Ok(value);
    }
    machine.work(value.flat_weight())?;
    let mut found = Vec::new();
    spread_items(machine, value, &mut found)?;
    Ok(if found.is_empty() { Val::sequence(found) } else { Val::list(found) })
}

fn spread_object(machine: &mut Machine, object: &Val) -> Result<Vec<Val>, Error> {
    let members = object.members();
    machine.allocate_items(members.len() * 3)?;
    Ok(members.into_iter().map(|member| Val::object(vec![member])).collect())
}

fn spread_items(machine: &mut Machine, array: Val, found: &mut Vec<Val>) -> Result<(), Error> {
    for item in array.items() {
        if item.is_object() {
            found.extend(spread_object(machine, &item)?);
        } else if item.is_array() {
            spread_items(machine, item, found)?;
        } else if !item.is_undefined() {
            machine.allocate_items(1)?;
            found.push(item);
        }
    }
    Ok(())
}

pub fn merge(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let objects = take(&mut args, 0);
    if objects.is_undefined() {
        return Ok(objects);
    }
    let mut members: Vec<(Key, Val)> = Vec::new();
    let mut places = Places::new();
    for object in objects.items() {
        for (key, value) in object.members() {
            machine.allocate_items(1)?;
            match places.find_or_push(hash(&key), &mut |at| members[at].0 == key) {
                Some(place) => members[place].1 = value,
                None => members.push((key, value)),
            }
        }
    }
    machine.shallow(Val::object(members))
}

pub fn clone(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    if value.is_undefined() {
        return Ok(value);
    }
    machine.copy(value).map(Val::Json)
}

pub fn error(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let message = take(&mut args, 0);
    let text = message.as_str().filter(|text| !text.is_empty()).unwrap_or("$error() function evaluated");
    Err(machine.error("D3137").with_text(text))
}

pub fn assert(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let holds = matches!(take(&mut args, 0), Val::Json(Value::Bool(true)));
    if holds {
        return Ok(Val::Undefined);
    }
    let message = take(&mut args, 1);
    let text = message.as_str().filter(|text| !text.is_empty()).unwrap_or("$assert() statement failed");
    Err(machine.error("D3141").with_text(text))
}
