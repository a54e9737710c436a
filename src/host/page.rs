//! Doubles and letters by JavaScript. Engines give the exact digits and the nearest double, as the native libraries do.

use std::thread::LocalKey;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn number(text: &str) -> f64;
    #[wasm_bindgen(js_name = String)]
    fn text(number: f64) -> String;
    #[wasm_bindgen(js_name = BigInt)]
    fn big_int(number: f64) -> JsValue;
    #[wasm_bindgen(js_name = String)]
    fn text_of(value: JsValue) -> String;
    #[wasm_bindgen(js_namespace = ["Number", "prototype", "toFixed"], js_name = call)]
    fn to_fixed(number: f64, places: usize) -> String;
    #[wasm_bindgen(js_namespace = ["Number", "prototype", "toPrecision"], js_name = call)]
    fn to_precision(number: f64, digits: usize) -> String;
    #[wasm_bindgen(js_namespace = Math)]
    fn pow(number: f64, power: f64) -> f64;
    #[wasm_bindgen(js_namespace = ["String", "prototype", "toLowerCase"], js_name = call)]
    fn to_lower_case(text: &str) -> String;
    #[wasm_bindgen(js_namespace = ["String", "prototype", "toUpperCase"], js_name = call)]
    fn to_upper_case(text: &str) -> String;

    type RegExp;
    #[wasm_bindgen(constructor)]
    fn new(pattern: &str, flags: &str) -> RegExp;
    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &str) -> bool;
}

/// Reads a text of digits, signs, points and `e`s, if it is a decimal.
pub fn read(text: &str) -> Option<f64> {
    // To JavaScript an empty text is 0.
    Some(number(text)).filter(|value| !value.is_nan() && !text.is_empty())
}

/// Appends the shortest text that reads back as the number, in JavaScript's notation.
pub fn write(value: f64, out: &mut String) {
    out.push_str(&text(value));
}

/// A finite number with so many places behind the point, at most a hundred; halves go to the even digit.
pub fn fixed(value: f64, places: usize) -> String {
    // From here on JavaScript writes powers of ten; what is that large is whole.
    if value.abs() >= 1e21 {
        let point = if places == 0 { "" } else { "." };
        return format!("{}{point}{}", text_of(big_int(value)), "0".repeat(places));
    }
    let mut text = to_fixed(value, places);
    if value == 0.0 && value.is_sign_negative() {
        text.insert(0, '-');
    }
    // JavaScript takes halves away from zero. Something is half a last place, when twice it is an odd number of them: since doubles
    // know no fives, it is then an odd number of the same power of two as well.
    let is_half = (value * 2_f64.powi(places as i32 + 1) % 2.0).abs() == 1.0;
    if is_half && let Some(odd @ (b'1' | b'3' | b'5' | b'7' | b'9')) = text.as_bytes().last().copied() {
        text.pop();
        text.push((odd - 1).into());
    }
    text
}

/// A finite number above zero to so many significant digits, at most seventeen, as a decimal; halves go up.
pub fn precise(value: f64, count: usize) -> String {
    to_precision(value, count)
}

/// The number raised to a power.
pub fn power(number: f64, power: f64) -> f64 {
    pow(number, power)
}

/// The text in lower case.
pub fn lower(text: &str) -> String {
    to_lower_case(text)
}

/// The text in upper case.
pub fn upper(text: &str) -> String {
    to_upper_case(text)
}

thread_local! {
    static LETTER: RegExp = RegExp::new(r"\p{Alphabetic}", "u");
    static LETTER_OR_DIGIT: RegExp = RegExp::new(r"[\p{Alphabetic}\p{N}]", "u");
}

/// Whether Unicode calls the character alphabetic.
pub fn is_letter(character: char) -> bool {
    fits(character, &LETTER)
}

/// Whether Unicode calls the character alphabetic or a number.
pub fn is_letter_or_digit(character: char) -> bool {
    fits(character, &LETTER_OR_DIGIT)
}

fn fits(character: char, pattern: &'static LocalKey<RegExp>) -> bool {
    pattern.with(|pattern| pattern.test(character.encode_utf8(&mut [0; 4])))
}
