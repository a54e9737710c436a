//! Doubles from text and to text: what the page and the queries share of the standard library's and JavaScript's ways.

use std::fmt;

/// Reads a decimal: digits with at most one point among, before or after them, a sign before and an exponent behind. Beyond a double's
/// range it is infinite.
pub fn parse(text: &str) -> Option<f64> {
    // The standard library takes words too: `inf`, `NaN`.
    let is_decimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse().ok().filter(|_| is_decimal)
}

/// The shortest text that reads back as the number, as JavaScript writes it: `1`, `0.1`, `1e+21`, `NaN`.
pub fn shortest(value: f64) -> String {
    Short(value).to_string()
}

/// Shows a number as [`shortest`] writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Short(pub f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(ryu_js::Buffer::new().format(self.0))
    }
}

/// The number with so many places behind the point; halves go to the even digit.
pub fn fixed(value: f64, places: usize) -> String {
    if value.is_finite() { format!("{value:.places$}") } else { shortest(value) }
}

/// The shortest digits of a number with the point behind the first, and the power of ten they are to be taken with.
pub fn scientific(value: f64) -> (String, i64) {
    let text = format!("{value:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    (digits.to_owned(), power.parse().unwrap_or(0))
}

/// The number rounded to so many significant digits, halves away from zero.
pub fn significant(value: f64, count: usize) -> f64 {
    // More digits than any half has that a double can hold within this many.
    let exact = format!("{:.*e}", count + 30, value.abs());
    let Some((mantissa, power)) = exact.split_once('e') else { return value };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let (kept, rest) = digits.split_at(count);
    let up = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let kept = kept.parse::<u64>().unwrap_or(0) + u64::from(up);
    let power = power.parse::<i64>().unwrap_or(0) - (count as i64 - 1);
    parse(&format!("{kept}e{power}")).unwrap_or(value.abs()).copysign(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_decimals() {
        for text in ["inf", "NaN", "infinity", "-inf", "e", ".", "", "1e", "1 "] {
            assert_eq!(parse(text), None, "{text}");
        }
        for (text, value) in [("1.", 1.0), (".5", 0.5), ("-0", 0.0), ("+2e3", 2000.0), ("1e999", f64::INFINITY)] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }

    #[test]
    fn writes_what_is_asked_for() {
        assert_eq!((fixed(2.675, 1), fixed(0.5, 0), fixed(f64::INFINITY, 2)), ("2.7".into(), "0".into(), "Infinity".into()));
        assert_eq!((Short(1.50).to_string(), shortest(1e21)), ("1.5".to_owned(), "1e+21".to_owned()));
        assert_eq!((scientific(-1.5e-5), scientific(123e21)), (("-1.5".to_owned(), -5), ("1.23".to_owned(), 23)));
    }

    #[test]
    fn rounds_to_digits_by_the_exact_value() {
        // A double a little below the middle, one above it, one exactly on it.
        for (value, digits, rounded) in [
            (0.15, 1, 0.1),
            (0.25, 1, 0.3),
            (-0.35, 1, -0.3),
            (2.5, 1, 3.0),
            (1.45, 2, 1.4),
            (0.1 + 0.2, 15, 0.3),
            (9.999_999_999_999_999, 15, 10.0),
            (1e21, 15, 1e21),
            (5e-324, 15, 5e-324),
            (f64::MAX, 15, f64::INFINITY),
            (0.0, 15, 0.0),
        ] {
            assert_eq!(significant(value, digits), rounded, "{value} to {digits} digits");
        }
    }
}
