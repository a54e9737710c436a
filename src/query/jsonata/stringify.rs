//! Values as text, as `$string` and `&` write them: JSON with numbers of at most 15 digits.

use super::error::Error;
use super::machine::Machine;
use super::val::Val;
use crate::float;
use crate::value::{Number, Value, quoted};
use std::sync::Arc;

/// The digits of a number that count.
const PRECISION: usize = 15;

/// A value as text: a text as it is, a function as nothing, anything else as JSON.
pub fn stringify(machine: &mut Machine, value: &Val, pretty: bool) -> Result<Arc<str>, Error> {
    if let Some(text) = value.as_string() {
        return Ok(text.clone());
    }
    if let Val::NonFinite(_) = value {
        return Err(machine.error_of("D3001", value.clone()));
    }
    if let Val::Func(_) = value {
        return Ok("".into());
    }
    let value = if value.flags() & super::val::OUTER != 0 { value.item(0) } else { value.clone() };
    let mut out = String::new();
    write(machine, &value, pretty.then_some(0), &mut out)?;
    machine.allocate(out.len())?;
    Ok(out.into())
}

fn write(machine: &mut Machine, value: &Val, level: Option<usize>, out: &mut String) -> Result<(), Error> {
    machine.work(1)?;
    let inner = level.map(|level| level + 1);
    let line = |out: &mut String, level: Option<usize>| {
        if let Some(level) = level {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", level));
        }
    };
    match value {
        Val::Json(Value::Null) | Val::Undefined => out.push_str("null"),
        Val::Json(Value::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
        Val::Json(Value::Number(number)) => number_text(number, out),
        Val::Json(Value::String(text)) => out.push_str(&quoted(text)),
        Val::Func(_) => out.push_str("\"\""),
        Val::NonFinite(number) if number.is_nan() => out.push_str("null"),
        Val::NonFinite(_) => return Err(machine.error_of("D1001", value.clone())),
        Val::Json(Value::Object(_)) | Val::Map(_) => {
            out.push('{');
            let members = value.members();
            let mut first = true;
            for (key, member) in members.iter().filter(|(_, member)| !member.is_undefined()) {
                if !std::mem::take(&mut first) {
                    out.push(',');
                }
                line(out, inner);
                out.push_str(&quoted(key));
                out.push_str(if level.is_some() { ": " } else { ":" });
                write(machine, member, inner, out)?;
            }
            if !first {
                line(out, level);
            }
            out.push('}');
        }
        array => {
            out.push('[');
            for (at, item) in array.items().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, inner);
                write(machine, &item, inner, out)?;
            }
            if array.len() > 0 {
                line(out, level);
            }
            out.push(']');
        }
    }
    Ok(())
}

/// A number as JavaScript writes it, rounded to the digits that count.
fn number_text(number: &Number, out: &mut String) {
    match number {
        Number::Int(value) if value.unsigned_abs() < 1_000_000_000_000_000 => {
            Number::Int(*value).write(out);
        }
        _ => out.push_str(&js_number(float::significant(number.as_f64(), PRECISION))),
    }
}

/// The number with the digits that count.
pub fn rounded(number: &Number) -> Value {
    match number {
        Number::Int(value) if value.unsigned_abs() < 1_000_000_000_000_000 => Value::Number(number.clone()),
        _ => Value::number(float::significant(number.as_f64(), PRECISION)),
    }
}

/// As JavaScript writes a number: `1`, `0.1`, `1e+21`.
pub fn js_number(value: f64) -> String {
    float::shortest(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_fifteen_digits() {
        let rows = [
            (22.0 / 7.0, "3.14285714285714"),
            (0.1 + 0.2, "0.3"),
            (1e100, "1e+100"),
            (1e-7, "1e-7"),
            (1e20, "100000000000000000000"),
            (1.0 / 3.0, "0.333333333333333"),
            (100_000_000_000_000.5, "100000000000001"),
            (-2.5, "-2.5"),
        ];
        for (value, wanted) in rows {
            assert_eq!(js_number(float::significant(value, PRECISION)), wanted);
        }
    }
}
