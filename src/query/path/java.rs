//! How Java shows values: Jayway's messages and its comparisons of texts with numbers go by it.

use crate::float;
use crate::value::{Number, Value, quoted};

/// The class of a value as Jayway's JSON reader makes it.
pub(super) fn class_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "net.minidev.json.JSONArray",
        Value::Object(_) => "java.util.LinkedHashMap",
        Value::Number(Number::Int(value)) if i32::try_from(*value).is_ok() => "java.lang.Integer",
        Value::Number(Number::Int(_)) => "java.lang.Long",
        Value::Number(Number::Big(_)) => "java.math.BigInteger",
        Value::Number(Number::Float(_)) => "java.lang.Double",
    }
}

/// What `toString()` gives: JSON for an array, `{a=1}` for an object.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                match item {
                    Value::String(text) => out.push_str(&quoted(text)),
                    item => out.push_str(&item.to_string()),
                }
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (at, (key, value)) in object.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                out.push_str(key);
                out.push('=');
                write(value, out);
            }
            out.push('}');
        }
        _ => out.push_str(&value.to_string()),
    }
}

/// A number as `Double.toString` and its kin write it: `1.0E10` from ten millions on, `1.0E-4` below a thousandth.
pub(super) fn number_text(number: &Number) -> String {
    match number {
        Number::Float(value) if *value != 0.0 && !(1e-3..1e7).contains(&value.abs()) => {
            let (digits, power) = float::scientific(*value);
            let point = if digits.contains('.') { "" } else { ".0" };
            format!("{digits}{point}E{power}")
        }
        number => {
            let mut text = String::new();
            number.write(&mut text);
            text
        }
    }
}

/// The same text after a turn as `BigDecimal`, which is how filters hold numbers.
pub(super) fn decimal_text(number: &Number) -> String {
    let text = number_text(number);
    let Some((digits, power)) = text.split_once('E') else { return text };
    let (Ok(power), (sign, magnitude)) = (power.parse::<i32>(), split_sign(digits)) else { return text };
    let unscaled: String = magnitude.chars().filter(|character| *character != '.').collect();
    let scale = unscaled.len() as i32 - 1 - power;
    if scale < 0 || power < -6 {
        let exponent = if power < 0 { power.to_string() } else { format!("+{power}") };
        return format!("{sign}{magnitude}E{exponent}");
    }
    let padded = format!("{unscaled:0>width$}", width = scale as usize + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale as usize);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn split_sign(digits: &str) -> (&str, &str) {
    digits.strip_prefix('-').map_or(("", digits), |magnitude| ("-", magnitude))
}

/// Reads what `BigDecimal` reads: a sign, digits with or without a point, an exponent.
pub(super) fn decimal(text: &str) -> Option<Number> {
    let magnitude = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, power) = match magnitude.find(['e', 'E']) {
        Some(at) => (&magnitude[..at], Some(&magnitude[at + 1..])),
        None => (magnitude, None),
    };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let power_is_fine = power.is_none_or(|power| {
        let power = power.strip_prefix(['+', '-']).unwrap_or(power);
        !power.is_empty() && power.len() < 10 && power.bytes().all(|byte| byte.is_ascii_digit())
    });
    if count == 0 || !power_is_fine || digits.len() > count + digits.contains('.') as usize {
        return None;
    }
    let negative = text.starts_with('-');
    if power.is_none() && !digits.contains('.') {
        let digits = digits.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        return Number::parse(&format!("{}{digits}", if negative && digits != "0" { "-" } else { "" }));
    }
    let value = float::parse(text.trim_start_matches('+'))?;
    Some(Number::Float(value.clamp(f64::MIN, f64::MAX)))
}

/// `equals` of Java's containers: unlike in filters, `1` and `1.0` differ here.
pub(super) fn equals(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(Number::Float(left)), Value::Number(Number::Float(right))) => left == right,
        (Value::Number(Number::Float(_)), Value::Number(_)) | (Value::Number(_), Value::Number(Number::Float(_))) => false,
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| equals(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len() && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| equals(value, other)))
        }
        _ => left == right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_java_does() {
        for (value, plain, decimal) in [
            (8.95, "8.95", "8.95"),
            (100.0, "100.0", "100.0"),
            (1e7, "1.0E7", "1.0E+7"),
            (1.5e10, "1.5E10", "1.5E+10"),
            (12345678.0, "1.2345678E7", "12345678"),
            (0.001, "0.001", "0.001"),
            (0.0001, "1.0E-4", "0.00010"),
            (-1e-7, "-1.0E-7", "-1.0E-7"),
        ] {
            assert_eq!(number_text(&Number::Float(value)), plain);
            assert_eq!(decimal_text(&Number::Float(value)), decimal, "{value}");
        }
    }

    #[test]
    fn reads_what_big_decimal_reads() {
        for (text, value) in [("10", 10.0), ("007", 7.0), ("-.5", -0.5), ("5.", 5.0), ("1E3", 1000.0), ("+2", 2.0), ("-0", 0.0)] {
            assert_eq!(decimal(text).map(|number| number.as_f64()), Some(value), "{text}");
        }
        for text in ["", "-", ".", "1-2", "1e", "inf", "NaN", " 1", "1.2.3", "1e+"] {
            assert!(decimal(text).is_none(), "{text}");
        }
    }
}
