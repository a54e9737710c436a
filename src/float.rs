//! Doubles from text and to text, in little code: the standard library's tables alone weigh as much in the page as its drawing of a graph.
//!
//! Everything is exact: a text becomes the double nearest to it, of two equally near ones the even one (IEEE 754).

use std::cmp::Ordering;

/// So many digits tell any decimal from the middle between two doubles; what follows can only break a tie.
const DIGITS: usize = 780;

/// Reads a decimal: digits with at most one point among, before or after them, a sign before and an exponent behind. Beyond a double's
/// range it is infinite.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let decimal = Decimal::read(text)?;
    let value = decimal.quick().unwrap_or_else(|| decimal.slow());
    Some(if negative { -value } else { value })
}

/// The shortest text that reads back as the number, as JavaScript writes it: `1`, `0.1`, `1e+21`, `NaN`.
pub fn shortest(value: f64) -> String {
    ryu_js::Buffer::new().format(value).to_owned()
}

/// Shows a number as [`shortest`] writes it; the standard library's own way is a second one of the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Short(pub f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(ryu_js::Buffer::new().format(self.0))
    }
}

/// The number with so many places behind the point; halves go to the even digit, as the standard library's do.
pub fn fixed(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return shortest(value);
    }
    let (mantissa, exponent) = parts(value.to_bits() & !SIGN);
    let mut number = Big::from(mantissa);
    number.scale_by_tens(places as u64);
    if exponent >= 0 {
        number.scale_by_twos(exponent.unsigned_abs());
    } else {
        number.halve(exponent.unsigned_abs());
    }
    let digits = number.digits();
    let zeros = (places + 1).saturating_sub(digits.len());
    let mut text = String::from(if value.is_sign_negative() { "-" } else { "" });
    text.extend(std::iter::repeat_n('0', zeros));
    text.push_str(&digits);
    if places > 0 {
        text.insert(text.len() - places, '.');
    }
    text
}

/// The shortest digits of a number other than zero with the point behind the first, and the power of ten they are to be taken with.
pub fn scientific(value: f64) -> (String, i64) {
    let mut buffer = ryu_js::Buffer::new();
    let text = buffer.format(value.abs());
    let Some((digits, last)) = Decimal::read(text).map(|decimal| decimal.trimmed()) else { return (text.to_owned(), 0) };
    let mut out = String::from(if value.is_sign_negative() { "-" } else { "" });
    for (at, digit) in digits.iter().enumerate() {
        out.extend((at == 1).then_some('.'));
        out.push((b'0' + digit).into());
    }
    (out, last + digits.len() as i64 - 1)
}

/// The number rounded to so many significant digits, halves away from zero.
pub fn significant(value: f64, count: usize) -> f64 {
    let mut buffer = ryu_js::Buffer::new();
    let text = buffer.format(value.abs());
    let Some(decimal) = Decimal::read(text) else { return value };
    let (mut digits, mut exponent) = decimal.trimmed();
    if digits.len() <= count {
        return value;
    }
    exponent += (digits.len() - count) as i64;
    let up = match digits[count..] {
        // Of all decimals as short as the middle, the shortest text is the nearest to the number, so only the middle itself is in doubt.
        [5] => {
            let (mantissa, power) = parts(value.to_bits() & !SIGN);
            compare(&Big::of(digits.iter().copied()), exponent - 1, mantissa, power).is_le()
        }
        [first, ..] => first >= 5,
        [] => false,
    };
    digits.truncate(count);
    let mut kept = digits.iter().fold(0_u64, |sum, digit| sum * 10 + u64::from(*digit)) + u64::from(up);
    while kept % 10 == 0 && kept > 0 {
        kept /= 10;
        exponent += 1;
    }
    let decimal = format!("{kept}e{exponent}");
    parse(&decimal).unwrap_or(value).copysign(value)
}

const SIGN: u64 = 1 << 63;
const HIDDEN: u64 = 1 << 52;
const INFINITE: u64 = 0x7ff << 52;

/// A decimal as it is written.
struct Decimal<'a> {
    /// Digits and at most one point.
    text: &'a [u8],
    /// The first 19 digits that count.
    start: u64,
    /// The power of ten of the last of these.
    power: i64,
    /// How many digits count.
    count: usize,
    /// Whether digits other than zeros follow those of `start`.
    more: bool,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Option<Decimal<'a>> {
        let text = text.as_bytes();
        let mut decimal = Decimal { text, start: 0, power: 0, count: 0, more: false };
        let (mut any, mut fraction, mut at) = (false, false, 0);
        while let Some(byte) = text.get(at) {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    decimal.push(byte - b'0', fraction);
                }
                b'.' if !fraction => fraction = true,
                b'e' | b'E' => break,
                _ => return None,
            }
            at += 1;
        }
        decimal.text = &text[..at];
        if let Some([_, exponent @ ..]) = text.get(at..) {
            decimal.power += exponent_of(exponent)?;
        }
        any.then_some(decimal)
    }

    fn push(&mut self, digit: u8, fraction: bool) {
        if self.start == 0 && digit == 0 {
            self.power -= i64::from(fraction);
            return;
        }
        self.count += 1;
        if self.count <= 19 {
            self.start = self.start * 10 + u64::from(digit);
            self.power -= i64::from(fraction);
        } else {
            self.more |= digit != 0;
            self.power += i64::from(!fraction);
        }
    }

    /// All digits that count.
    fn digits(&self) -> impl Iterator<Item = u8> {
        self.text.iter().filter(|byte| **byte != b'.').map(|byte| byte - b'0').skip_while(|digit| *digit == 0)
    }

    /// All digits that count without the zeros at the end, and the power of ten of the last.
    fn trimmed(&self) -> (Vec<u8>, i64) {
        let (mut digits, mut last) = (self.digits().collect::<Vec<u8>>(), self.last());
        while digits.pop_if(|digit| *digit == 0).is_some() {
            last += 1;
        }
        (digits, last)
    }

    /// The power of ten of the last digit.
    fn last(&self) -> i64 {
        self.power - self.count.saturating_sub(19) as i64
    }

    /// The nearest double, where 128 bits are enough to tell.
    fn quick(&self) -> Option<f64> {
        if !self.more {
            return near(self.start, self.power);
        }
        let low = near(self.start, self.power)?;
        (near(self.start + 1, self.power)? == low).then_some(low)
    }

    /// The nearest double, found by comparing with the middles between doubles.
    #[cold]
    fn slow(&self) -> f64 {
        if self.power > 310 || self.power < -345 {
            return if self.power > 0 { f64::INFINITY } else { 0.0 };
        }
        let mut number = Big::of(self.digits().take(DIGITS));
        let mut last = self.last() + self.count.saturating_sub(DIGITS) as i64;
        if self.digits().skip(DIGITS).any(|digit| digit != 0) {
            number.scale(10, 1);
            last -= 1;
        }
        let mut bits = self.guess().to_bits().min(INFINITE - 1);
        let above = |bits: u64| {
            let (mantissa, exponent) = parts(bits);
            let order = compare(&number, last, 2 * mantissa + 1, exponent - 1);
            // The middle itself belongs to the even one.
            order.then(if bits % 2 == 1 { Ordering::Greater } else { Ordering::Less }).is_gt()
        };
        while bits < INFINITE && above(bits) {
            bits += 1;
        }
        while bits > 0 && !above(bits - 1) {
            bits -= 1;
        }
        f64::from_bits(bits)
    }

    /// A double not many steps from the nearest.
    fn guess(&self) -> f64 {
        let (mut value, mut power) = (self.start as f64, self.power);
        while power != 0 {
            let step = power.clamp(-22, 22);
            let ten = power_of_ten(step.unsigned_abs());
            value = if step < 0 { value / ten } else { value * ten };
            power -= step;
        }
        value
    }
}

/// An exponent that says more than any double holds is cut.
fn exponent_of(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let value = digits
        .iter()
        .try_fold(0_i64, |sum, digit| digit.is_ascii_digit().then(|| (sum * 10 + i64::from(digit - b'0')).min(1_000_000_000_000)));
    let value = value.filter(|_| !digits.is_empty())?;
    Some(if negative { -value } else { value })
}

/// Ten to a power up to 22, which is exact.
fn power_of_ten(power: u64) -> f64 {
    (0..power).fold(1.0, |value, _| value * 10.0)
}

/// Two to a power that a normal double has.
fn power_of_two(power: i64) -> f64 {
    f64::from_bits(((1023 + power) as u64) << 52)
}

/// The double nearest to a whole number times a power of ten, where 128 bits are enough to tell.
fn near(start: u64, power: i64) -> Option<f64> {
    if start == 0 {
        return Some(0.0);
    }
    let size = power.unsigned_abs();
    if start <= 2 * HIDDEN && size <= 22 {
        let ten = power_of_ten(size);
        return Some(if power < 0 { start as f64 / ten } else { start as f64 * ten });
    }
    if size > 27 {
        return None;
    }
    let five = u128::from(5_u64.pow(size as u32));
    if power >= 0 {
        return Some((u128::from(start) * five) as f64 * power_of_two(power));
    }
    let free = start.leading_zeros();
    let dividend = u128::from(start << free) << 63;
    // The last bit stands for all behind it.
    let quotient = (dividend / five) | u128::from(dividend % five != 0);
    Some(quotient as f64 * power_of_two(power - 63 - i64::from(free)))
}

/// A positive double as a whole number times a power of two.
fn parts(bits: u64) -> (u64, i32) {
    let (exponent, fraction) = ((bits >> 52) as i32, bits & (HIDDEN - 1));
    if exponent == 0 { (fraction, -1074) } else { (fraction | HIDDEN, exponent - 1075) }
}

/// Compares a number times a power of ten with another times a power of two.
fn compare(number: &Big, ten: i64, other: u64, two: i32) -> Ordering {
    let mut left = Big(number.0.clone());
    let mut right = Big::from(other);
    (if ten > 0 { &mut left } else { &mut right }).scale_by_tens(ten.unsigned_abs());
    (if two < 0 { &mut left } else { &mut right }).scale_by_twos(two.unsigned_abs());
    left.cmp(&right)
}

/// A whole number of any size: its words, the lowest first.
struct Big(Vec<u32>);

impl From<u64> for Big {
    fn from(number: u64) -> Big {
        Big(vec![number as u32, (number >> 32) as u32])
    }
}

impl Big {
    fn of(digits: impl Iterator<Item = u8>) -> Big {
        let mut number = Big(Vec::new());
        digits.for_each(|digit| number.scale(10, digit.into()));
        number
    }

    /// Multiplies by a factor and adds to it.
    fn scale(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn scale_by_tens(&mut self, mut power: u64) {
        while power > 0 {
            let step = power.min(9) as u32;
            self.scale(10_u32.pow(step), 0);
            power -= u64::from(step);
        }
    }

    fn scale_by_twos(&mut self, power: u32) {
        self.scale(1 << (power % 32), 0);
        self.0.splice(0..0, std::iter::repeat_n(0, (power / 32) as usize));
    }

    /// Divides by a power of two; halves go to the even number.
    fn halve(&mut self, power: u32) {
        let bit = |at: u32| self.0.get((at / 32) as usize).is_some_and(|word| (word >> (at % 32)) & 1 == 1);
        let is_over = bit(power - 1) && (bit(power) || (0..power - 1).any(bit));
        self.0.drain(..((power / 32) as usize).min(self.0.len()));
        for at in 0..self.0.len() {
            let next = self.0.get(at + 1).copied().unwrap_or(0);
            self.0[at] = (((u64::from(next) << 32) | u64::from(self.0[at])) >> (power % 32)) as u32;
        }
        self.scale(1, is_over.into());
    }

    /// The decimal digits, none for zero.
    fn digits(mut self) -> String {
        let mut digits = Vec::new();
        while self.0.iter().any(|word| *word != 0) {
            let mut rest = 0_u64;
            for word in self.0.iter_mut().rev() {
                rest = (rest << 32) | u64::from(*word);
                *word = (rest / 10) as u32;
                rest %= 10;
            }
            digits.push(char::from(b'0' + rest as u8));
        }
        digits.into_iter().rev().collect()
    }

    fn cmp(&self, other: &Big) -> Ordering {
        let words = self.0.len().max(other.0.len());
        let word = |number: &Big, at: usize| number.0.get(at).copied().unwrap_or(0);
        let order = (0..words).rev().map(|at| word(self, at).cmp(&word(other, at)));
        order.fold(Ordering::Equal, Ordering::then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudo-random numbers.
    fn random() -> impl FnMut() -> u64 {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        }
    }

    fn same(text: &str) {
        let (ours, theirs) = (parse(text).map(f64::to_bits), text.parse::<f64>().ok().map(f64::to_bits));
        assert_eq!(ours, theirs, "{text}");
    }

    #[test]
    fn reads_what_the_standard_library_reads() {
        for text in [
            "0",
            "-0",
            "1",
            "-1.5",
            ".5",
            "5.",
            "+7",
            "007",
            "0.1",
            "1e23",
            "9007199254740993",
            "1e400",
            "1e-400",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "0e999999",
            "123456789012345678901234567890",
            "0.30000000000000004",
            "9007199254740993.0000000000000000000001",
            "1e99999999999999999999",
            "2.225073858507201136057409796709131975934819546351645648023426109724822222021076945516529523908135087914149158913039621106870086438694594645527657207407820621743379988141063267329253552286881372149012981122451451889849057222307285255133155755015914397476397983411801999323962548289017107081850690630666655994938275772572015763062690663332647565300009245888316433037779791869612049497390377829704905051080609940730262937128958950003583799967207254304360284078895771796150945516748243471030702609144621572289880258182545180325707018860872113128079512233426288368622321503775666622503982534335974568884423900265498198385487948292206894721689831099698365846814022854243330660339850886445804001034933970427567186443383770486037861622771738545623065874679014086723327636718751234567890123456789012345678901e-308",
        ] {
            same(text);
        }
        for text in ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1x", " 1", "1e5.", "0x1"] {
            assert_eq!(parse(text), None, "{text}");
            assert!(text.parse::<f64>().is_err(), "{text}");
        }
        assert_eq!(parse("inf").or(parse("NaN")).or(parse("infinity")), None, "words are no decimals");
    }

    #[test]
    fn reads_back_every_double_and_the_middles_between_them() {
        let mut next = random();
        for round in 0..20_000 {
            let value = f64::from_bits(next() & !SIGN);
            // Whatever the exponent, and often one that people write.
            let value = if round % 2 == 0 { value } else { (next() >> (next() % 50)) as f64 / 10_f64.powi((next() % 20) as i32) };
            if value.is_finite() {
                same(&shortest(value));
                same(&format!("{value:e}"));
                same(&format!("{value:.16e}"));
                same(&format!("{value:.30e}"));
            }
        }
        for _ in 0..300 {
            let bits = next() & (INFINITE - 1);
            let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            if high.is_finite() {
                let tie = middle(low, high);
                same(&tie);
                same(&format!("{}1{}", &tie[..tie.len() - 1], if tie.ends_with('5') { "" } else { "1" }));
                same(&format!("0{}", tie.replacen('e', "000000001e", 1)));
            }
        }
    }

    /// The exact middle of two neighbours, with all its digits.
    fn middle(low: f64, high: f64) -> String {
        let (mantissa, exponent) = parts(low.to_bits());
        assert_eq!(high.to_bits(), low.to_bits() + 1);
        let mut number = Big::from(2 * mantissa + 1);
        let exponent = exponent - 1;
        if exponent >= 0 {
            number.scale_by_twos(exponent.unsigned_abs());
        } else {
            // 2^-n is 5^n / 10^n.
            (0..exponent.unsigned_abs()).for_each(|_| number.scale(5, 0));
        }
        format!("{}.e{}", number.digits(), exponent.min(0))
    }

    #[test]
    fn writes_places_as_the_standard_library_does() {
        let mut next = random();
        let some =
            [0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 99.995, 1.005, 0.0005, 1e-300, 12_345.678_9, -0.004, 5e-324, 1e22, f64::MAX];
        let more = (0..2_000).map(|_| (next() >> (next() % 60)) as f64 / 1024.0);
        for value in some.into_iter().chain(more) {
            for places in [0, 1, 2, 3, 17, 100] {
                assert_eq!(fixed(value, places), format!("{value:.places$}"), "{value} with {places} places");
            }
        }
        assert_eq!((fixed(f64::INFINITY, 2), Short(1.50).to_string()), ("Infinity".to_owned(), "1.5".to_owned()));
    }

    #[test]
    fn writes_powers_of_ten_as_the_standard_library_does() {
        let mut next = random();
        for value in
            (0..5_000).map(|_| f64::from_bits(next())).chain([1e7, -1.5e-5, 123e21, 5e-324]).filter(|value| value.is_finite())
        {
            let (digits, power) = scientific(value);
            assert_eq!(format!("{digits}e{power}"), format!("{value:e}"));
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
        let mut next = random();
        for _ in 0..20_000 {
            let value = f64::from_bits(next());
            if !value.is_finite() {
                continue;
            }
            let exact = format!("{:.800e}", value.abs());
            let (mantissa, exponent) = exact.split_once('e').unwrap();
            let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            let kept = digits[..15].parse::<u64>().unwrap() + u64::from(digits.as_bytes()[15] >= b'5');
            let wanted = format!("{kept}e{}", exponent.parse::<i32>().unwrap() - 14).parse::<f64>().unwrap();
            assert_eq!(significant(value, 15), wanted.copysign(value), "{value:e}");
        }
    }
}
