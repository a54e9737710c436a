//! Doubles and letters by the standard library, and by `ryu-js` where JavaScript's notation is wanted. Also what the page's way is tested against.

/// Reads a text of digits, signs, points and `e`s, if it is a decimal.
pub fn read(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// Appends the shortest text that reads back as the number, in JavaScript's notation.
pub fn write(value: f64, out: &mut String) {
    out.push_str(ryu_js::Buffer::new().format(value));
}

/// A finite number with so many places behind the point, at most a hundred; halves go to the even digit.
pub fn fixed(value: f64, places: usize) -> String {
    format!("{value:.places$}")
}

/// A finite number above zero to so many significant digits, at most seventeen, as a decimal; halves go up.
pub fn precise(value: f64, count: usize) -> String {
    // More digits than any half has that a double can hold within this many.
    let exact = format!("{:.*e}", count + 30, value);
    let (mantissa, power) = exact.split_once('e').unwrap_or((&exact, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let (kept, rest) = digits.split_at(count);
    let up = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let kept = kept.parse::<u64>().unwrap_or(0) + u64::from(up);
    let power = power.parse::<i64>().unwrap_or(0) - (count as i64 - 1);
    format!("{kept}e{power}")
}

/// The number raised to a power.
pub fn power(number: f64, power: f64) -> f64 {
    number.powf(power)
}

/// The text in lower case.
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// The text in upper case.
pub fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// Whether Unicode calls the character alphabetic.
pub fn is_letter(character: char) -> bool {
    character.is_alphabetic()
}

/// Whether Unicode calls the character alphabetic or a number.
pub fn is_letter_or_digit(character: char) -> bool {
    character.is_alphanumeric()
}
