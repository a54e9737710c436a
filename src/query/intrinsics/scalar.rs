//! The functions of texts, numbers and objects.

use super::format::Template;
use super::function::{Arguments, Called};
use crate::json::value_of;
use crate::query::Env;
use crate::query::digest::digest;
use crate::query::random::Random;
use crate::value::Value;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) fn format(arguments: &Arguments, template: Option<&Template>, env: &mut Env) -> Called {
    let values = arguments.values.get(1..).unwrap_or_default();
    env.budget.spend(values.iter().map(|value| value.size() as u64 / 64).sum())?;
    match template {
        Some(template) => template.fill(values),
        None => Template::parse(arguments.text(0)?).fill(values),
    }
}

/// An empty text gives null (seen on AWS).
pub(super) fn string_to_json(arguments: &Arguments, env: &mut Env) -> Called {
    let text = arguments.text(0)?;
    env.budget.spend(text.len() as u64 / 64)?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    value_of(text).map_err(|error| arguments.refused(format!("the text is no JSON: {}", error.in_words())))
}

pub(super) fn json_to_string(arguments: &Arguments, env: &mut Env) -> Called {
    let value = arguments.value(0);
    env.budget.spend(value.size() as u64 / 64)?;
    Ok(Value::from(value.to_string()))
}

pub(super) fn base64_encode(arguments: &Arguments) -> Called {
    Ok(Value::from(STANDARD.encode(arguments.short_text(0)?)))
}

pub(super) fn base64_decode(arguments: &Arguments) -> Called {
    let decoded = STANDARD.decode(arguments.short_text(0)?);
    let bytes = decoded.map_err(|_| arguments.refused("the text is no Base64"))?;
    Ok(Value::from(String::from_utf8_lossy(&bytes).into_owned()))
}

pub(super) fn hash(arguments: &Arguments) -> Called {
    let data = arguments.short_text(0)?.as_bytes();
    match digest(arguments.text(1)?, data) {
        Some(digest) => Ok(Value::from(digest)),
        None => Err(arguments.refused("the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512")),
    }
}

/// Objects are merged by their members alone; AWS has no deep mode yet and refuses `true`.
pub(super) fn json_merge(arguments: &Arguments, env: &mut Env) -> Called {
    let (first, second) = (arguments.object(0)?, arguments.object(1)?);
    match arguments.value(2) {
        Value::Bool(false) => {}
        Value::Bool(true) => return Err(arguments.refused("only the shallow merging mode (false) is supported")),
        _ => return Err(arguments.mismatch(2, "a boolean")),
    }
    env.budget.spend((first.len() + second.len()) as u64)?;
    let members = first.iter().chain(second.iter());
    Ok(Value::object(members.map(|(key, value)| (key.clone(), value.clone()))))
}

/// From the first number to below the second; the same seed gives the same number.
pub(super) fn math_random(arguments: &Arguments, env: &mut Env) -> Called {
    let (start, end) = (arguments.integer(0)?, arguments.integer(1)?);
    if start >= end {
        return Err(arguments.refused("the start must be less than the end"));
    }
    let mut seeded;
    let random = if arguments.values.len() > 2 {
        seeded = Random::new(arguments.integer(2)?);
        &mut seeded
    } else {
        &mut env.random
    };
    let span = i128::from(end) - i128::from(start);
    let offset = match i32::try_from(span) {
        Ok(span) => i128::from(random.below(span)),
        Err(_) => ((random.next_f64() * span as f64) as i128).min(span - 1),
    };
    Ok(Value::from((i128::from(start) + offset) as i64))
}

pub(super) fn math_add(arguments: &Arguments) -> Called {
    let sum = arguments.integer(0)?.checked_add(arguments.integer(1)?);
    sum.map(Value::from).ok_or_else(|| arguments.refused("the sum is beyond 64 bits"))
}

/// Splits at each of the characters of the second text, and leaves out empty parts (seen on AWS).
pub(super) fn string_split(arguments: &Arguments, env: &mut Env) -> Called {
    let (text, separators) = (arguments.text(0)?, arguments.text(1)?);
    env.budget.spend((text.len() as u64 / 64).saturating_mul(1 + separators.len() as u64))?;
    let parts = text.split(|character| separators.contains(character)).filter(|part| !part.is_empty());
    Ok(Value::array(parts.map(Value::from).collect()))
}
