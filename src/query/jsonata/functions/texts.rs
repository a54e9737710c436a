//! Functions of texts.

use super::{Args, number, take, text};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::stringify::stringify;
use crate::query::jsonata::val::Val;

pub fn string(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = take(args, 0);
    if value.is_undefined() {
        return Ok(value);
    }
    let pretty = take(args, 1).truthy();
    Ok(Val::from(stringify(machine, &value, pretty)?))
}

pub fn trim(text: &str) -> String {
    let mut out = String::new();
    for word in text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

pub fn length(_: &mut Machine, args: Args) -> Result<Val, Error> {
    Ok(text(args, 0).map_or(Val::Undefined, |text| text.chars().count().into()))
}

pub fn substring(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(text) = text(args, 0) else { return Ok(Val::Undefined) };
    let count = text.chars().count() as f64;
    let mut start = number(args, 1).unwrap_or(0.0);
    if count + start < 0.0 {
        start = 0.0;
    }
    let end = match number(args, 2) {
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
    machine.text(&text.chars().skip(start).take(end.saturating_sub(start)).collect::<String>())
}

pub fn substring_before(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    part(machine, args, |text, at, _| &text[..at])
}

pub fn substring_after(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    part(machine, args, |text, at, len| &text[at + len..])
}

/// The part of a text at a mark; the whole where the mark isn't in it.
fn part(machine: &mut Machine, args: Args, cut: fn(&str, usize, usize) -> &str) -> Result<Val, Error> {
    let Some(whole) = text(args, 0) else { return Ok(Val::Undefined) };
    // JavaScript looks for the word when there is no mark.
    let mark = text(args, 1).unwrap_or("undefined");
    machine.work(whole.len() / 8)?;
    match whole.find(mark) {
        Some(at) => machine.text(cut(whole, at, mark.len())),
        None => Ok(take(args, 0)),
    }
}

pub fn pad(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(padded) = text(args, 0) else { return Ok(Val::Undefined) };
    let width = number(args, 1).unwrap_or(0.0);
    let filler = text(args, 2).filter(|filler| !filler.is_empty()).unwrap_or(" ");
    let missing = width.abs() - padded.chars().count() as f64;
    if missing.is_nan() || missing < 1.0 {
        return Ok(take(args, 0));
    }
    machine.allocate(missing as usize)?;
    machine.work(missing as usize / 8)?;
    let padding: String = filler.chars().cycle().take(missing as usize).collect();
    let (first, second) = if width > 0.0 { (padded, &*padding) } else { (&*padding, padded) };
    machine.text(&[first, second].concat())
}

pub fn join(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let texts = take(args, 0);
    if texts.is_undefined() {
        return Ok(texts);
    }
    let separator = text(args, 1).unwrap_or_default();
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
