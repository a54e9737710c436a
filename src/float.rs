//! Doubles from text and to text: what the page and the queries share of the standard library's and JavaScript's ways. Short ones, which
//! most are, are done here; for the others the host is asked.

use crate::host;
use std::fmt;

/// Reads a decimal: digits with at most one point among, before or after them, a sign before and an exponent behind. Beyond a double's
/// range it is infinite.
pub fn parse(text: &str) -> Option<f64> {
    // Hosts take words and other notations too: `inf`, `NaN`, `0x1`.
    let is_decimal = || text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    parse_short(text).or_else(|| is_decimal().then(|| host::read(text))?)
}

/// Reads a decimal whose digits make a whole number below 2^53, with a power of ten within ±22: since doubles hold both exactly, one
/// multiplication or division gives the nearest double.
fn parse_short(text: &str) -> Option<f64> {
    let magnitude = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mut whole, mut is_empty, mut places, mut power) = (0_u64, true, None, 0_i64);
    for (at, byte) in magnitude.bytes().enumerate() {
        match byte {
            b'0'..=b'9' if whole < EXACT / 10 => {
                whole = whole * 10 + u64::from(byte - b'0');
                is_empty = false;
                places = places.map(|places| places + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            b'e' | b'E' => {
                power = magnitude[at + 1..].parse().ok()?;
                break;
            }
            _ => return None,
        }
    }
    let power = power.checked_sub(places.unwrap_or(0)).filter(|power| !is_empty && power.unsigned_abs() <= 22)?;
    let factor = (0..power.unsigned_abs()).fold(1.0, |factor, _| factor * 10.0);
    let value = if power < 0 { whole as f64 / factor } else { whole as f64 * factor };
    Some(if text.starts_with('-') { -value } else { value })
}

/// Whole numbers up to here are doubles.
const EXACT: u64 = 1 << 53;

/// The shortest text that reads back as the number, as JavaScript writes it: `1`, `0.1`, `1e+21`, `NaN`.
pub fn shortest(value: f64) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Appends a number as [`shortest`] gives it.
pub fn write(value: f64, out: &mut String) {
    match millionths(value) {
        Some(mut digits) => {
            let mut places = 6;
            while places > 0 && digits % 10 == 0 {
                (digits, places) = (digits / 10, places - 1);
            }
            write_decimal(digits, places, out);
        }
        None => host::write(value, out),
    }
}

/// The number as millionths, if it is a whole number of them that has at most fifteen digits: no two of these are the same double, so
/// that no shorter text can stand for it.
fn millionths(value: f64) -> Option<i64> {
    let millionths = (value * 1e6).round_ties_even();
    (millionths.abs() < 1e15 && millionths / 1e6 == value).then_some(millionths as i64)
}

/// Appends a whole number with a point before the last so many places, at most twenty.
pub fn write_decimal(digits: i64, places: usize, out: &mut String) {
    let (mut buffer, mut rest) = ([b'0'; 21], digits.unsigned_abs());
    let mut at = buffer.len();
    while rest > 0 || at + places + 1 > buffer.len() {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if digits < 0 {
        out.push('-');
    }
    let text = str::from_utf8(&buffer[at..]).expect("digits are ASCII");
    let (whole, fraction) = text.split_at(text.len() - places);
    out.push_str(whole);
    if places > 0 {
        out.push('.');
        out.push_str(fraction);
    }
}

/// Shows a number as [`shortest`] writes it.
#[derive(Clone, Copy, PartialEq)]
pub struct Short(pub f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&shortest(self.0))
    }
}

/// The number with so many places behind the point, at most a hundred; halves go to the even digit.
pub fn fixed(value: f64, places: usize) -> String {
    if value.is_finite() { host::fixed(value, places) } else { shortest(value) }
}

/// The shortest digits of a finite number that is not 0, with the point behind the first, and the power of ten they are to be taken with.
pub fn scientific(value: f64) -> (String, i64) {
    let text = shortest(value.abs());
    let (decimal, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let places = power.parse::<i64>().unwrap_or(0) - fraction.len() as i64;
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    let rest = rest.trim_end_matches('0');
    let (sign, point) = (if value < 0.0 { "-" } else { "" }, if rest.is_empty() { "" } else { "." });
    (format!("{sign}{first}{point}{rest}"), places + digits.len() as i64 - 1)
}

/// The number rounded to so many significant digits, at most seventeen, halves away from zero.
pub fn significant(value: f64, count: usize) -> f64 {
    if !value.is_finite() || count >= 15 && millionths(value).is_some() {
        return value;
    }
    parse(&host::precise(value.abs(), count)).unwrap_or(value.abs()).copysign(value)
}

/// The number raised to a power, by JavaScript's rules: it has no answer where C says 1.
pub fn power(number: f64, power: f64) -> f64 {
    if power.is_nan() || number.abs() == 1.0 && power.is_infinite() {
        return f64::NAN;
    }
    whole_power(number, power).unwrap_or_else(|| host::power(number, power))
}

/// The nearest double to a whole power, which hosts miss by a last digit, each another one. None for what is far from 1.
fn whole_power(number: f64, power: f64) -> Option<f64> {
    if power.fract() != 0.0 || power.abs() > 1000.0 {
        return None;
    }
    let (mut result, mut factor, mut rest) = (Double(1.0, 0.0), Double(number, 0.0), power.abs() as u32);
    while rest > 0 {
        if rest % 2 == 1 {
            result = result.times(factor);
        }
        rest /= 2;
        if rest > 0 {
            factor = factor.times(factor);
        }
    }
    // Within these no digit of a product gets lost, and what is outside once stays there.
    if !(1e-250..1e250).contains(&result.0.abs()) {
        return None;
    }
    if power >= 0.0 {
        return Some(result.0);
    }
    let inverse = 1.0 / result.0;
    let Double(one, rest) = Double(inverse, 0.0).times(result);
    Some(inverse + inverse * (1.0 - one - rest))
}

/// A number in twice the digits of a double: the sum of two, the second below the last digit of the first.
#[derive(Clone, Copy)]
struct Double(f64, f64);

impl Double {
    /// The product but for its last digits (T. J. Dekker, A Floating-Point Technique for Extending the Available Precision, 1971).
    fn times(self, other: Double) -> Double {
        let product = self.0 * other.0;
        let (one, two) = (halves(self.0), halves(other.0));
        let error = one.0 * two.0 - product + one.0 * two.1 + one.1 * two.0 + one.1 * two.1;
        let rest = error + self.0 * other.1 + self.1 * other.0;
        let sum = product + rest;
        Double(sum, rest - (sum - product))
    }
}

/// The upper and the lower half of a double's digits, as numbers.
fn halves(value: f64) -> (f64, f64) {
    let moved = value * 134_217_729.0;
    let upper = moved - (moved - value);
    (upper, value - upper)
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

    /// Short decimals, whole numbers and doubles of all sizes, always the same ones.
    fn doubles() -> Vec<f64> {
        let mut random = crate::query::random::Random::new(1);
        let three = |at: u32| {
            let digits = random.next_i64() % 10_i64.pow(at % 18);
            let short = digits as f64 / 10_f64.powi(at as i32 / 18 % 24 - 2);
            [short, short.trunc(), f64::from_bits(random.next_i64() as u64)]
        };
        (0..20_000).flat_map(three).collect()
    }

    #[test]
    fn short_ones_are_done_as_the_host_does_them() {
        let edges = [0.0, -0.0, 1e-6, 1e-7, 9.5e-7, 1e15, 1e15 - 1.0, 999_999_999.999_999, 1e9, 1e21, f64::NAN, f64::MAX, 5e-324];
        for value in doubles().into_iter().chain(edges) {
            let mut written = String::new();
            host::write(value, &mut written);
            assert_eq!(shortest(value), written);
            for text in [written, format!("{value:e}"), format!("{value:.3}"), format!("{value:.8}e5"), format!("+{value:.1}e-9")] {
                let standard = text.parse().ok().filter(|value: &f64| value.is_finite());
                assert_eq!(parse(&text).filter(|value| value.is_finite()).map(f64::to_bits), standard.map(f64::to_bits), "{text}");
            }
            if value.is_finite() && value != 0.0 {
                let (digits, power) = scientific(value);
                let text = format!("{digits}e{power}");
                assert_eq!((text.parse(), text.len()), (Ok(value), format!("{value:e}").len()));
                let rounded: f64 = host::precise(value.abs(), 15).parse().unwrap();
                assert_eq!(significant(value, 15).abs(), rounded, "{value}");
            }
        }
    }

    #[test]
    fn writes_what_is_asked_for() {
        assert_eq!((fixed(2.675, 1), fixed(0.5, 0), fixed(f64::INFINITY, 2)), ("2.7".into(), "0".into(), "Infinity".into()));
        assert_eq!((Short(1.50).to_string(), shortest(1e21)), ("1.5".to_owned(), "1e+21".to_owned()));
        assert_eq!((scientific(-1.5e-5), scientific(123e21)), (("-1.5".to_owned(), -5), ("1.23".to_owned(), 23)));
    }

    #[test]
    fn raises_to_the_nearest_double() {
        for power in -249..=249 {
            assert_eq!(super::power(10.0, f64::from(power)), format!("1e{power}").parse::<f64>().unwrap(), "10 to the {power}");
        }
        for power in 1..=22 {
            assert_eq!(super::power(-10.0, f64::from(power)), (-10_f64).powi(power), "-10 to the {power}");
        }
        // Beyond these the library is asked.
        for (number, power, result) in [(10.0, 308.0, 1e308), (2.0, -1074.0, 5e-324), (1e200, 2.0, f64::INFINITY), (4.0, 0.5, 2.0)]
        {
            assert_eq!(super::power(number, power), result, "{number} to the {power}");
        }
        assert_eq!((super::power(0.0, -1.0), super::power(-0.0, 3.0), super::power(0.0, 0.0)), (f64::INFINITY, 0.0, 1.0));
    }

    #[test]
    fn raises_to_powers_as_javascript_says() {
        for (number, power, result) in [(10.0, -5.0, 1e-5), (0.9, 4.0, 0.6561), (1.07, 3.0, 1.225_043), (f64::NAN, 0.0, 1.0)] {
            assert_eq!(super::power(number, power), result, "{number} to the {power}");
        }
        for (number, power) in [(1.0, f64::INFINITY), (-1.0, f64::NEG_INFINITY), (1.0, f64::NAN)] {
            assert!(super::power(number, power).is_nan(), "{number} to the {power}");
        }
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
