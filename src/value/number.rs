//! Numbers as AWS keeps them: whole numbers exactly, also very long ones, and decimals as doubles.

use crate::float;
use std::cmp::Ordering;
use std::sync::Arc;

/// A JSON number.
#[derive(Clone, Debug)]
pub enum Number {
    Int(i64),
    /// Finite.
    Float(f64),
    /// A whole number beyond 64 bits, by its digits.
    Big(Arc<str>),
}

impl Number {
    /// Reads a number by JSON's grammar. A decimal stays one, also a whole one such as `1.0`.
    pub fn parse(text: &str) -> Option<Number> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let integer_len = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (integer, rest) = digits.split_at(integer_len);
        if integer.is_empty() || integer.len() > 1 && integer.starts_with('0') {
            return None;
        }
        if rest.is_empty() {
            return Some(text.parse().map_or_else(|_| Number::Big(text.into()), Number::Int));
        }
        let exponent = match rest.strip_prefix('.') {
            Some(fraction) => {
                let len = fraction.bytes().take_while(u8::is_ascii_digit).count();
                if len == 0 {
                    return None;
                }
                &fraction[len..]
            }
            None => rest,
        };
        if let Some(power) = exponent.strip_prefix(['e', 'E']) {
            let power = power.strip_prefix(['+', '-']).unwrap_or(power);
            if power.is_empty() || !power.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
        } else if !exponent.is_empty() {
            return None;
        }
        // Beyond a double's range the nearest double stands in: JSON has no infinity.
        float::parse(text).map(|value| Number::Float(value.clamp(f64::MIN, f64::MAX)))
    }

    /// A number from a computed double: whole numbers as integers. What is not finite becomes 0: callers refuse it before.
    pub fn from_f64(value: f64) -> Number {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            Number::Int(value as i64)
        } else if value.is_finite() {
            Number::Float(value)
        } else {
            Number::Int(0)
        }
    }

    #[inline]
    pub fn as_f64(&self) -> f64 {
        match self {
            Number::Int(value) => *value as f64,
            Number::Float(value) => *value,
            Number::Big(digits) => nearest(digits),
        }
    }

    /// The number as an integer, where it is a whole one in 64 bits, also when written as a decimal (`2.0`).
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Number::Int(value) => Some(*value),
            Number::Float(value) => (value.fract() == 0.0 && value.abs() < 9.2e18).then_some(*value as i64),
            Number::Big(_) => None,
        }
    }

    /// The length of the number's text.
    pub(super) fn size(&self) -> usize {
        match self {
            Number::Int(value) => {
                let digits = value.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
                digits + (*value < 0) as usize
            }
            Number::Float(_) => {
                let mut text = String::new();
                self.write(&mut text);
                text.len()
            }
            Number::Big(digits) => digits.len(),
        }
    }

    /// Appends the number as JSON text; a whole decimal keeps its `.0`, as AWS's does.
    pub fn write(&self, out: &mut String) {
        match self {
            Number::Int(value) => float::write_decimal(*value, 0, out),
            Number::Float(value) => {
                let start = out.len();
                float::write(*value, out);
                if out[start..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
                    out.push_str(".0");
                }
            }
            Number::Big(digits) => out.push_str(digits),
        }
    }
}

/// The double nearest to a very long number.
#[cold]
fn nearest(digits: &str) -> f64 {
    float::parse(digits).unwrap_or(f64::MAX).clamp(f64::MIN, f64::MAX)
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::Int(value)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// By value: `1` and `1.0` are equal.
impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => Some(a.cmp(b)),
            (Number::Big(a), Number::Big(b)) => Some(compare_digits(a, b)),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

fn compare_digits(a: &str, b: &str) -> Ordering {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
        (Some(a), Some(b)) => b.len().cmp(&a.len()).then_with(|| b.cmp(a)),
    }
}

impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Number::Int(value) => serializer.serialize_i64(*value),
            Number::Float(value) => serializer.serialize_f64(*value),
            // Serde has no exact form for it; JavaScript would read the digits as this double too.
            Number::Big(_) => serializer.serialize_f64(self.as_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        Number::parse(text).unwrap().write(&mut out);
        out
    }

    #[test]
    fn keeps_what_was_written() {
        for text in
            ["0", "-7", "9223372036854775807", "-9223372036854775808", "123456789012345678901234567890", "1.0", "0.1", "-2.5"]
        {
            assert_eq!(written(text), text);
        }
        assert_eq!(written("1e2"), "100.0");
        assert_eq!(written("1e400"), "1.7976931348623157e+308");
    }

    #[test]
    fn refuses_what_json_refuses() {
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "0x1", "1_000", "NaN", "1.e3", "--1"] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn compares_by_value() {
        let number = |text| Number::parse(text).unwrap();
        assert!(number("1") == number("1.0"));
        assert!(number("2") > number("1.5"));
        assert!(number("123456789012345678901") < number("123456789012345678902"));
        assert!(number("-123456789012345678901") > number("-123456789012345678902"));
        assert_eq!(number("2.0").as_i64(), Some(2));
        assert_eq!(number("2.5").as_i64(), None);
    }
}
