//! Functions of texts.

use super::{Args, take};
use crate::letters;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::stringify::stringify;
use crate::query::jsonata::val::Val;

pub fn string(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    if value.is_undefined() {
        return Ok(value);
    }
    let pretty = take(&mut args, 1).truthy();
    Ok(Val::from(stringify(machine, &value, pretty)?))
}

/// A function of one text.
fn of_text(machine: &mut Machine, mut args: Args, function: impl Fn(&str) -> String) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    let Some(text) = value.as_str() else { return Ok(Val::Undefined) };
    machine.work(text.len() / 8)?;
    machine.text(function(text))
}

pub fn lowercase(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    of_text(machine, args, letters::lower)
}

pub fn uppercase(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    of_text(machine, args, letters::upper)
}

pub fn trim(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    of_text(machine, args, |text| text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

pub fn length(_: &mut Machine, mut args: Args) -> Result<Val, Error> {
    Ok(take(&mut args, 0).as_str().map_or(Val::Undefined, |text| text.chars().count().into()))
}

pub fn substring(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    let Some(text) = value.as_str() else { return Ok(Val::Undefined) };
    let count = text.chars().count() as f64;
    let mut start = take(&mut args, 1).as_f64().unwrap_or(0.0);
    if count + start < 0.0 {
        start = 0.0;
    }
    let end = match take(&mut args, 2).as_f64() {
        Some(length) if length <= 0.0 => return machine.text(""),
        Some(length) if start >= 0.0 => start + length,
        Some(length) => count + start + length,
        None => count,
    };
    // As `slice` counts: whole places, negative ones from the end.
    let place = |at: f64| {
        let at = if at.is_nan() { 0.0 } else { at.trunc() };
        if at < 0.0 { (count + at).max(0.0) as usize } else { at.min(count) as usize }
    };
    let (start, end) = (place(start), place(end));
    machine.work(text.len() / 8)?;
    machine.text(text.chars().skip(start).take(end.saturating_sub(start)).collect::<String>())
}

pub fn substring_before(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    part(machine, args, |text, at, _| &text[..at])
}

pub fn substring_after(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    part(machine, args, |text, at, len| &text[at + len..])
}

/// The part of a text at a mark; the whole where the mark isn't in it.
fn part(machine: &mut Machine, mut args: Args, cut: fn(&str, usize, usize) -> &str) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    let Some(text) = value.as_str() else { return Ok(Val::Undefined) };
    let mark = take(&mut args, 1);
    // JavaScript looks for the word when there is no mark.
    let mark = mark.as_str().unwrap_or("undefined");
    machine.work(text.len() / 8)?;
    match text.find(mark) {
        Some(at) => machine.text(cut(text, at, mark.len())),
        None => Ok(value),
    }
}

pub fn pad(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let value = take(&mut args, 0);
    let Some(text) = value.as_str() else { return Ok(Val::Undefined) };
    let width = take(&mut args, 1).as_f64().unwrap_or(0.0);
    let filler = take(&mut args, 2);
    let filler = filler.as_str().filter(|filler| !filler.is_empty()).unwrap_or(" ");
    let missing = width.abs() - text.chars().count() as f64;
    if missing.is_nan() || missing < 1.0 {
        return Ok(value);
    }
    machine.allocate(missing as usize)?;
    machine.work(missing as usize / 8)?;
    let padding: String = filler.chars().cycle().take(missing as usize).collect();
    machine.text(if width > 0.0 { [text, &padding].concat() } else { [&padding, text].concat() })
}

pub fn join(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let texts = take(&mut args, 0);
    if texts.is_undefined() {
        return Ok(texts);
    }
    let separator = take(&mut args, 1);
    let separator = separator.as_str().unwrap_or_default();
    let mut out = String::new();
    for (at, text) in texts.items().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        let text = text.as_str().unwrap_or_default();
        machine.work(1)?;
        machine.allocate(text.len() + separator.len())?;
        out.push_str(text);
    }
    Ok(out.into())
}
