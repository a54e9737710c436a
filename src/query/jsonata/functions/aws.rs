//! What Step Functions adds to the language: the counterparts of its intrinsic functions.

use super::{Args, number, take, text};
use crate::json::value_of;
use crate::query::digest::digest;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::query::random::Random;

/// A number from 0 to below 1; with a seed always the same, that of `java.util.Random`.
pub fn random(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let result = match number(args, 0) {
        Some(seed) => Random::new(seed as i64).next_f64(),
        None => (machine.env.random)(),
    };
    Ok(Val::num(result))
}

pub fn uuid(machine: &mut Machine, _: Args) -> Result<Val, Error> {
    let uuid = (machine.env.uuid)();
    machine.text(&uuid)
}

/// An array in pieces of so many items.
pub fn partition(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (array, size) = (take(args, 0), take(args, 1));
    if array.is_undefined() || size.is_undefined() {
        return Ok(Val::Undefined);
    }
    let count = size.as_f64().unwrap_or(0.0);
    if count < 1.0 || count.fract() != 0.0 {
        return Err(machine.error_of("D3501", size).with_index(2));
    }
    machine.allocate_items(array.len() * 2)?;
    let items = array.into_items();
    let pieces = items.chunks((count as usize).max(1)).map(|piece| Val::list(piece.to_vec()));
    let pieces = Val::list(pieces.collect());
    machine.shallow(pieces)
}

/// Numbers from one to at most another, so far apart.
pub fn range(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (Some(from), Some(to), Some(by)) = (number(args, 0), number(args, 1), number(args, 2)) else { return Ok(Val::Undefined) };
    if by == 0.0 || !by.is_finite() {
        return Err(machine.error_of("D3502", take(args, 2)).with_index(3));
    }
    let count = ((to - from) / by).floor() + 1.0;
    if count.is_nan() || count <= 0.0 {
        return Ok(Val::list(Vec::new()));
    }
    machine.allocate_items(count.min(1e9) as usize)?;
    Ok(Val::list((0..count as usize).map(|at| Val::num(from + at as f64 * by)).collect()))
}

/// The hash of a text's UTF-8 bytes in hexadecimal digits.
pub fn hash(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(text) = text(args, 0) else { return Ok(Val::Undefined) };
    machine.work(text.len() / 8)?;
    match digest(super::text(args, 1).unwrap_or_default(), text.as_bytes()) {
        Some(digest) => machine.text(&digest),
        None => Err(machine.error_of("D3503", take(args, 1)).with_index(2)),
    }
}

/// The value of a JSON text.
pub fn parse(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(text) = text(args, 0) else { return Ok(Val::Undefined) };
    machine.work(text.len() / 4)?;
    machine.allocate(text.len() * 8)?;
    match value_of(text) {
        Ok(parsed) => Ok(Val::Json(parsed)),
        Err(error) => Err(machine.error_of("D3504", take(args, 0)).with_index(1).with_text(&error.in_words())),
    }
}
