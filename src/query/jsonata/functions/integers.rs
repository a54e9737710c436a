//! Integers by pictures: `$formatInteger` and `$parseInteger`, after XPath's `fn:format-integer`.

use super::{Args, number, text};
use crate::float;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::stringify::js_number;
use crate::query::jsonata::val::Val;

#[derive(Clone, Debug, PartialEq)]
pub enum Primary {
    Letters,
    Roman,
    Words,
    Decimal,
    /// A numbering that nobody knows, by its picture.
    Sequence(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Case {
    Upper,
    Lower,
    Title,
}

/// An integer's picture, taken apart.
#[derive(Clone, Debug)]
pub struct Format {
    pub primary: Primary,
    pub case: Case,
    pub ordinal: bool,
    /// The zero of the digits that are used.
    pub zero: u32,
    pub mandatory: usize,
    pub optional: usize,
    pub grouping: Grouping,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Grouping {
    /// The same sign every so many digits.
    Regular(usize, char),
    /// Signs before so many digits, the last sign first.
    Irregular(Vec<(usize, char)>),
}

const FEW: [&str; 20] = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];
const ORDINALS: [&str; 20] = [
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
];
const DECADES: [&str; 9] = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety", "Hundred"];
const MAGNITUDES: [&str; 4] = ["Thousand", "Million", "Billion", "Trillion"];
const ROMAN: [(&str, f64); 13] = [
    ("m", 1000.0),
    ("cm", 900.0),
    ("d", 500.0),
    ("cd", 400.0),
    ("c", 100.0),
    ("xc", 90.0),
    ("l", 50.0),
    ("xl", 40.0),
    ("x", 10.0),
    ("ix", 9.0),
    ("v", 5.0),
    ("iv", 4.0),
    ("i", 1.0),
];

/// The zeros of Unicode's decimal digits in the basic plane.
const ZEROS: [u32; 37] = [
    0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,
    0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900,
    0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

/// More Roman thousands than this make no sense to anybody.
const MAX_ROMAN: f64 = 1e7;

pub fn format_integer(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (Some(value), Some(picture)) = (number(args, 0), text(args, 1)) else { return Ok(Val::Undefined) };
    let format = analyse(machine, picture)?;
    let text = format_with(machine, value.floor(), &format)?;
    machine.text(&text)
}

pub fn parse_integer(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (Some(text), Some(picture)) = (text(args, 0), text(args, 1)) else { return Ok(Val::Undefined) };
    let format = analyse(machine, picture)?;
    if let Primary::Sequence(token) = &format.primary {
        return Err(machine.error("D3130").with_value(token.as_str().into()));
    }
    Ok(Val::num(parse_with(text, &format)))
}

/// Takes a picture apart.
pub fn analyse(machine: &Machine, picture: &str) -> Result<Box<Format>, Error> {
    let (primary, modifier) = picture.rsplit_once(';').unwrap_or((picture, ""));
    let mut format = Box::new(Format {
        primary: Primary::Decimal,
        case: Case::Lower,
        ordinal: modifier.starts_with('o'),
        zero: 0x30,
        mandatory: 0,
        optional: 0,
        grouping: Grouping::Irregular(Vec::new()),
    });
    let named = match primary {
        "A" => Some((Primary::Letters, Case::Upper)),
        "a" => Some((Primary::Letters, Case::Lower)),
        "I" => Some((Primary::Roman, Case::Upper)),
        "i" => Some((Primary::Roman, Case::Lower)),
        "W" => Some((Primary::Words, Case::Upper)),
        "Ww" => Some((Primary::Words, Case::Title)),
        "w" => Some((Primary::Words, Case::Lower)),
        _ => None,
    };
    match named {
        Some((primary, case)) => (format.primary, format.case) = (primary, case),
        None => analyse_digits(machine, primary, &mut format)?,
    }
    Ok(format)
}

fn analyse_digits(machine: &Machine, picture: &str, format: &mut Format) -> Result<(), Error> {
    let mut zero = None;
    let (mut digits, mut separators) = (0, Vec::new());
    for character in picture.chars().rev() {
        let code = character as u32;
        if let Some(group) = ZEROS.into_iter().find(|zero| (*zero..*zero + 10).contains(&code)) {
            if zero.is_some_and(|zero| zero != group) {
                return Err(machine.error("D3131"));
            }
            zero = Some(group);
            format.mandatory += 1;
            digits += 1;
        } else if character == '#' {
            format.optional += 1;
            digits += 1;
        } else {
            separators.push((digits, character));
        }
    }
    let Some(zero) = zero else {
        format.primary = Primary::Sequence(picture.to_owned());
        return Ok(());
    };
    format.zero = zero;
    format.grouping = match regular(&separators) {
        Some((every, sign)) => Grouping::Regular(every, sign),
        None => Grouping::Irregular(separators),
    };
    Ok(())
}

/// The distance of separators that are all alike and equally far apart.
fn regular(separators: &[(usize, char)]) -> Option<(usize, char)> {
    let (_, sign) = *separators.first()?;
    let places: Vec<usize> = separators.iter().map(|(place, _)| *place).collect();
    let every = common_distance(&places)?;
    separators.iter().all(|(_, other)| *other == sign).then_some((every, sign))
}

/// The distance of places that are multiples of it without a gap.
pub fn common_distance(places: &[usize]) -> Option<usize> {
    fn gcd(a: usize, b: usize) -> usize {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    let factor = places.iter().copied().reduce(gcd).filter(|factor| *factor > 0)?;
    (1..=places.len()).all(|at| places.contains(&(at * factor))).then_some(factor)
}

/// A whole number by an analysed picture.
pub fn format_with(machine: &mut Machine, value: f64, format: &Format) -> Result<String, Error> {
    let size = value.abs();
    let mut text = match &format.primary {
        Primary::Letters => letters(size, if format.case == Case::Upper { b'A' } else { b'a' }),
        Primary::Roman => {
            machine.work((size.min(MAX_ROMAN) / 1000.0) as usize)?;
            in_case(roman(size.min(MAX_ROMAN)), if format.case == Case::Upper { Case::Upper } else { Case::Title })
        }
        Primary::Words => {
            let mut text = String::new();
            words(&mut text, size, false, format.ordinal);
            in_case(text, format.case)
        }
        Primary::Decimal => decimal(machine, size, format)?,
        Primary::Sequence(token) => return Err(machine.error("D3130").with_value(token.as_str().into())),
    };
    if value < 0.0 {
        text.insert(0, '-');
    }
    Ok(text)
}

pub fn in_case(text: String, case: Case) -> String {
    match case {
        Case::Upper => crate::letters::upper(&text),
        Case::Lower => crate::letters::lower(&text),
        Case::Title => text,
    }
}

fn letters(mut value: f64, first: u8) -> String {
    let mut found = String::new();
    while value > 0.0 && value.is_finite() {
        found.insert(0, (((value - 1.0) % 26.0) as u8).wrapping_add(first) as char);
        value = ((value - 1.0) / 26.0).floor();
    }
    found
}

fn roman(mut value: f64) -> String {
    let mut found = String::new();
    for (numeral, worth) in ROMAN {
        while value >= worth {
            found.push_str(numeral);
            value -= worth;
        }
    }
    found
}

/// Writes a number in English words; `follows` where it stands after a larger part.
fn words(out: &mut String, number: f64, follows: bool, ordinal: bool) {
    if number < 100.0 && follows {
        out.push_str(" and ");
    }
    if number <= 19.0 {
        let table = if ordinal { ORDINALS } else { FEW };
        out.push_str(table[number.max(0.0) as usize]);
        return;
    }
    if number < 100.0 {
        let (tens, rest) = ((number / 10.0).floor(), number % 10.0);
        out.push_str(DECADES[tens as usize - 2]);
        if rest > 0.0 {
            out.push('-');
            words(out, rest, false, ordinal);
        } else if ordinal {
            out.pop();
            out.push_str("ieth");
        }
        return;
    }
    let (name, factor) = if number < 1000.0 {
        ("Hundred", 100.0)
    } else {
        let magnitude = ((number.log10() / 3.0).floor() as usize).clamp(1, MAGNITUDES.len());
        (MAGNITUDES[magnitude - 1], 10_f64.powi(magnitude as i32 * 3))
    };
    let count = (number / factor).floor();
    if !count.is_finite() {
        return;
    }
    if follows {
        out.push_str(", ");
    }
    words(out, count, false, false);
    out.push(' ');
    out.push_str(name);
    let rest = number - count * factor;
    if rest > 0.0 {
        words(out, rest, true, ordinal);
    } else if ordinal {
        out.push_str("th");
    }
}

fn decimal(machine: &mut Machine, value: f64, format: &Format) -> Result<String, Error> {
    let digits = js_number(value);
    let missing = format.mandatory.saturating_sub(digits.len());
    machine.allocate(missing)?;
    machine.work(missing / 8)?;
    let shifted = |digit: char| char::from_u32((digit as u32).wrapping_add(format.zero).wrapping_sub(0x30)).unwrap_or(digit);
    let mut text = vec![shifted('0'); missing];
    text.extend(digits.chars().map(shifted));
    match &format.grouping {
        Grouping::Regular(every, sign) => {
            for group in (1..=(text.len().max(1) - 1) / every).rev() {
                text.insert(text.len() - group * every, *sign);
            }
        }
        Grouping::Irregular(separators) => {
            for (place, sign) in separators.iter().rev() {
                text.insert(text.len().saturating_sub(*place), *sign);
            }
        }
    }
    let mut text: String = text.into_iter().collect();
    if format.ordinal {
        let last = text.chars().next_back();
        let before = text.chars().rev().nth(1);
        text.push_str(match last {
            Some('1') if before != Some('1') => "st",
            Some('2') if before != Some('1') => "nd",
            Some('3') if before != Some('1') => "rd",
            _ => "th",
        });
    }
    Ok(text)
}

/// What a text says by an analysed picture; not a number where it says nothing.
pub fn parse_with(text: &str, format: &Format) -> f64 {
    match &format.primary {
        Primary::Letters => {
            let first = if format.case == Case::Upper { 'A' } else { 'a' } as i64;
            text.encode_utf16().fold(0.0, |value, letter| value * 26.0 + (i64::from(letter) - first + 1) as f64)
        }
        Primary::Roman => from_roman(&if format.case == Case::Upper { text.to_owned() } else { crate::letters::upper(text) }),
        Primary::Words => from_words(&crate::letters::lower(text)),
        Primary::Decimal => {
            let text = if format.ordinal { &text[..text.char_indices().rev().nth(1).map_or(0, |(at, _)| at)] } else { text };
            let mut digits = String::new();
            for character in text.chars() {
                let separates = match &format.grouping {
                    // Whatever the picture's sign: so the reference does.
                    Grouping::Regular(..) => character == ',',
                    Grouping::Irregular(separators) => separators.iter().any(|(_, sign)| *sign == character),
                };
                if !separates {
                    digits.push(plain_digit(character, format.zero));
                }
            }
            parse_digits(&digits)
        }
        Primary::Sequence(_) => f64::NAN,
    }
}

fn plain_digit(digit: char, zero: u32) -> char {
    (digit as u32).checked_sub(zero).and_then(|value| char::from_u32(value + 0x30)).unwrap_or('\0')
}

/// The digits a text begins with, as `parseInt` reads them.
pub fn parse_digits(text: &str) -> f64 {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    float::parse(&text[..len]).map_or(f64::NAN, |value| sign * value)
}

fn from_roman(text: &str) -> f64 {
    let (mut total, mut largest) = (0.0, 1.0);
    for letter in text.chars().rev() {
        let value = match letter {
            'M' => 1000.0,
            'D' => 500.0,
            'C' => 100.0,
            'L' => 50.0,
            'X' => 10.0,
            'V' => 5.0,
            'I' => 1.0,
            _ => return f64::NAN,
        };
        if value < largest {
            total -= value;
        } else {
            largest = value;
            total += value;
        }
    }
    total
}

/// The place of a word in a table.
fn place(table: &[&str], word: &str) -> Option<usize> {
    table.iter().position(|known| known.eq_ignore_ascii_case(word))
}

/// What a word is worth.
fn word_value(word: &str) -> Option<f64> {
    if let Some(value) = place(&FEW, word).or_else(|| place(&ORDINALS, word)) {
        return Some(value as f64);
    }
    let decade = word.strip_suffix("ieth").map(|stem| [stem, "y"].concat());
    if let Some(at) = place(&DECADES, word).or_else(|| place(&DECADES, &decade?)) {
        return Some((at as f64 + 2.0) * 10.0);
    }
    if word == "hundredth" {
        return Some(100.0);
    }
    let magnitude = place(&MAGNITUDES, word).or_else(|| place(&MAGNITUDES, word.strip_suffix("th")?))?;
    Some(10_f64.powi((magnitude as i32 + 1) * 3))
}

/// The words of a number: between them stand `, `, ` and `, a blank or a hyphen.
fn split_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let blank = |text: &str| text.chars().next().filter(|character| character.is_whitespace()).map_or(0, char::len_utf8);
        let comma = rest.strip_prefix(',').map(blank).filter(|len| *len > 0).map(|len| len + 1);
        let and = Some(blank(rest)).filter(|len| *len > 0).and_then(|len| {
            let after = rest[len..].strip_prefix("and")?;
            Some(blank(after)).filter(|last| *last > 0).map(|last| len + 3 + last)
        });
        let single = rest.chars().next().filter(|c| c.is_whitespace() || matches!(c, '\\' | '-')).map(char::len_utf8);
        match comma.or(and).or(single) {
            Some(len) => {
                words.push(&text[start..at]);
                at += len;
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    words.push(&text[start..]);
    words
}

fn from_words(text: &str) -> f64 {
    let mut parts: Vec<f64> = vec![0.0];
    for word in split_words(text) {
        let value = word_value(word).unwrap_or(f64::NAN);
        let last = parts.pop().unwrap_or(0.0);
        if value < 100.0 {
            if last >= 1000.0 {
                parts.push(last);
                parts.push(value);
            } else {
                parts.push(last + value);
            }
        } else {
            parts.push(last * value);
        }
    }
    parts.into_iter().sum()
}

/// Adds to a regular expression: the words that numbers are written with, and what stands between them.
pub fn words_pattern(out: &mut String) {
    let mut add = |word: &str, end: &str| {
        out.push_str(&word.to_ascii_lowercase());
        out.push_str(end);
        out.push('|');
    };
    add("(?:zero", "");
    FEW[1..].iter().chain(&ORDINALS).for_each(|word| add(word, ""));
    for decade in DECADES {
        add(&decade[..decade.len() - 1], "ieth");
        add(decade, "");
    }
    add("hundredth", "");
    for magnitude in MAGNITUDES {
        add(magnitude, "th");
        add(magnitude, "");
    }
    out.push_str("and|[\\-, ])+");
}
