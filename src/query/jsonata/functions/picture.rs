//! `$formatNumber`: numbers by pictures, after XPath's `fn:format-number`.

use super::integers::common_distance;
use super::numbers::round_half_even;
use super::{Args, number, text};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::value::Value;
use std::sync::Arc;

/// The options' names and what they are by default: first those of which one character counts.
const OPTIONS: [(&str, &str); 9] = [
    ("decimal-separator", "."),
    ("grouping-separator", ","),
    ("exponent-separator", "e"),
    ("zero-digit", "0"),
    ("digit", "#"),
    ("minus-sign", "-"),
    ("percent", "%"),
    ("per-mille", "\u{2030}"),
    ("pattern-separator", ";"),
];

/// What can be wrong with a sub-picture; the last of all faults is told, as the reference does.
const FAULTS: [&str; 13] =
    ["D3081", "D3082", "D3083", "D3084", "D3085", "D3086", "D3087", "D3088", "D3089", "D3090", "D3091", "D3092", "D3093"];

/// The characters that mean something in a picture, and what the result is written with.
struct Signs {
    decimal: char,
    grouping: char,
    exponent: char,
    zero: char,
    digit: char,
    minus: Arc<str>,
    percent: Arc<str>,
    per_mille: Arc<str>,
    pattern: Arc<str>,
}

/// A sub-picture taken apart.
struct Parts<'a> {
    picture: &'a str,
    all: &'a [char],
    prefix: &'a [char],
    suffix: &'a [char],
    active: &'a [char],
    mantissa: &'a [char],
    exponent: Option<&'a [char]>,
    integer: &'a [char],
    fraction: &'a [char],
}

/// How a number is written.
struct Layout {
    integer_groups: Vec<usize>,
    regular: Option<usize>,
    min_integer: usize,
    scaling: usize,
    fraction_groups: Vec<usize>,
    min_fraction: usize,
    max_fraction: usize,
    min_exponent: usize,
}

impl Signs {
    fn new(options: &Val) -> Signs {
        let texts = OPTIONS.map(|(name, default)| match options.get(name) {
            Some(Val::Json(Value::String(text))) => text,
            _ => default.into(),
        });
        let first = |text: &str| text.chars().next();
        let sign = |at: usize| first(&texts[at]).or(first(OPTIONS[at].1)).unwrap_or_default();
        let [decimal, grouping, exponent, zero, digit] = [0, 1, 2, 3, 4].map(sign);
        let [.., minus, percent, per_mille, pattern] = texts;
        Signs { decimal, grouping, exponent, zero, digit, minus, percent, per_mille, pattern }
    }

    fn is_digit(&self, character: char) -> bool {
        (self.zero as u32..self.zero as u32 + 10).contains(&(character as u32))
    }

    fn is_place(&self, character: char) -> bool {
        self.is_digit(character) || character == self.digit
    }

    fn is_active(&self, character: char) -> bool {
        self.is_place(character)
            || [self.decimal, self.exponent, self.grouping].contains(&character)
            || self.pattern.chars().eq([character])
    }

    fn places(&self, part: &[char]) -> usize {
        part.iter().filter(|character| self.is_place(**character)).count()
    }

    fn digits(&self, part: &[char]) -> usize {
        part.iter().filter(|character| self.is_digit(**character)).count()
    }

    /// The number in this family of digits.
    fn write(&self, value: f64, decimals: usize) -> Vec<char> {
        let text = crate::float::fixed(value.abs(), decimals.min(100));
        let digit = |character: char| match character.to_digit(10) {
            Some(digit) => char::from_u32(self.zero as u32 + digit).unwrap_or(character),
            None => character,
        };
        text.chars().map(digit).collect()
    }
}

pub fn format_number(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let (Some(value), Some(picture)) = (number(args, 0), text(args, 1)) else { return Ok(Val::Undefined) };
    machine.work(picture.len())?;
    let signs = Signs::new(args.get(2).unwrap_or(&Val::Undefined));
    let both = if signs.pattern.is_empty() { None } else { picture.split_once(&*signs.pattern) };
    let (first, second) = both.unwrap_or((picture, ""));
    if both.is_some() && second.contains(&*signs.pattern) {
        return Err(machine.error("D3080"));
    }
    let all = [first, second].map(|picture| picture.chars().collect::<Vec<char>>());
    let read =
        |picture, all| split(&signs, picture, all).ok_or("D3085").and_then(|parts| fault(&signs, &parts).map_or(Ok(parts), Err));
    let mut parts = read(first, &all[0]).map_err(|code| machine.error(code))?;
    let positive = value >= 0.0;
    let mut minus = !positive;
    if both.is_some() {
        let of_negative = read(second, &all[1]).map_err(|code| machine.error(code))?;
        if std::mem::take(&mut minus) {
            parts = of_negative;
        }
    }
    machine.text(&written(value, minus, &parts, &signs))
}

fn split<'a>(signs: &Signs, picture: &'a str, all: &'a [char]) -> Option<Parts<'a>> {
    let anchors = |character: &char| signs.is_active(*character) && *character != signs.exponent;
    let start = all.iter().position(anchors)?;
    let end = all.iter().rposition(anchors)? + 1;
    let (active, suffix) = (&all[start..end], &all[end..]);
    let (mantissa, exponent) = match position(&all[start..], signs.exponent).map(|at| at + start) {
        // The place is one in the whole picture, the part begins after the prefix: so the reference reads it.
        Some(at) if at <= end => (&active[..at.min(active.len())], Some(active.get(at + 1..).unwrap_or_default())),
        _ => (active, None),
    };
    let (integer, fraction) = match position(mantissa, signs.decimal) {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, suffix),
    };
    Some(Parts { picture, all, prefix: &all[..start], suffix, active, mantissa, exponent, integer, fraction })
}

/// Where a character stands first.
fn position(text: &[char], wanted: char) -> Option<usize> {
    text.iter().position(|character| *character == wanted)
}

/// What is wrong with a sub-picture.
fn fault(signs: &Signs, parts: &Parts) -> Option<&'static str> {
    let Parts { picture, all, active, mantissa, exponent, integer, fraction, .. } = *parts;
    let twice = |text: &str| !text.is_empty() && picture.matches(text).count() > 1;
    let (percent, per_mille) = (picture.contains(&*signs.percent), picture.contains(&*signs.per_mille));
    let decimal = position(all, signs.decimal);
    let is_grouping = |at: usize| all.get(at) == Some(&signs.grouping);
    let fraction_optional = fraction.iter().rposition(|character| *character == signs.digit);
    let faults: [bool; FAULTS.len()] = [
        decimal.is_some_and(|at| position(&all[at + 1..], signs.decimal).is_some()),
        twice(&signs.percent),
        twice(&signs.per_mille),
        percent && per_mille,
        signs.places(mantissa) == 0,
        !active.iter().all(|character| signs.is_active(*character)),
        decimal.is_some_and(|at| at > 0 && is_grouping(at - 1) || is_grouping(at + 1)),
        decimal.is_none() && integer.last() == Some(&signs.grouping),
        all.windows(2).any(|pair| pair == [signs.grouping; 2]),
        position(integer, signs.digit).is_some_and(|at| signs.digits(&integer[..at]) > 0),
        fraction_optional.is_some_and(|at| signs.digits(&fraction[at..]) > 0),
        exponent.is_some_and(|part| !part.is_empty()) && (percent || per_mille),
        exponent.is_some_and(|part| part.is_empty() || signs.digits(part) < part.len()),
    ];
    faults.iter().rposition(|wrong| *wrong).map(|at| FAULTS[at])
}

fn layout(signs: &Signs, parts: &Parts) -> Layout {
    let groups = |part: &[char], to_left: bool| {
        let mut found = Vec::new();
        let mut at = position(part, signs.grouping);
        while let Some(place) = at {
            let (before, behind) = part.split_at(place.min(part.len()));
            found.push(signs.places(if to_left { before } else { behind }));
            // The reference goes on in the integer part, whichever it began in.
            let next = parts.integer.get(place + 1..).and_then(|rest| position(rest, signs.grouping));
            at = next.map(|next| next + place + 1);
        }
        found
    };
    let integer_groups = groups(parts.integer, false);
    let fraction_groups = groups(parts.fraction, true);
    let mut min_integer = signs.digits(parts.integer);
    let scaling = min_integer;
    let (mut min_fraction, mut max_fraction) = (signs.digits(parts.fraction), signs.places(parts.fraction));
    if min_integer == 0 && max_fraction == 0 {
        if parts.exponent.is_some() {
            (min_fraction, max_fraction) = (1, 1);
        } else {
            min_integer = 1;
        }
    }
    if parts.exponent.is_some() && min_integer == 0 && parts.integer.contains(&signs.digit) {
        min_integer = 1;
    }
    if min_integer == 0 && min_fraction == 0 {
        min_fraction = 1;
    }
    Layout {
        regular: common_distance(&integer_groups),
        integer_groups,
        min_integer,
        scaling,
        fraction_groups,
        min_fraction,
        max_fraction,
        min_exponent: parts.exponent.map_or(0, |part| signs.digits(part)),
    }
}

/// A number as mantissa and exponent, scaled to the digits before the point.
fn scaled(value: f64, layout: &Layout) -> (f64, Option<i32>) {
    if layout.min_exponent == 0 {
        return (value, None);
    }
    let most = 10_f64.powi(layout.scaling as i32);
    let least = 10_f64.powi(layout.scaling as i32 - 1);
    let (mut mantissa, mut exponent) = (value.abs(), 0);
    if mantissa == 0.0 || !mantissa.is_finite() {
        return (mantissa, Some(0));
    }
    while mantissa < least {
        mantissa *= 10.0;
        exponent -= 1;
    }
    while mantissa > most {
        mantissa /= 10.0;
        exponent += 1;
    }
    (mantissa, Some(exponent))
}

fn written(value: f64, minus: bool, parts: &Parts, signs: &Signs) -> String {
    let layout = layout(signs, parts);
    let adjusted = if parts.picture.contains(&*signs.percent) {
        value * 100.0
    } else if parts.picture.contains(&*signs.per_mille) {
        value * 1000.0
    } else {
        value
    };
    let (mantissa, exponent) = scaled(adjusted, &layout);
    let mut text = signs.write(round_half_even(mantissa, layout.max_fraction as f64), layout.max_fraction);
    match position(&text, '.') {
        Some(at) => text[at] = signs.decimal,
        None => text.push(signs.decimal),
    }
    let mut text = padded(&text, &layout, signs);
    group(&mut text, &layout, signs);
    if !parts.picture.contains(signs.decimal) || point(&text, signs) + 1 == text.len() {
        text.pop();
    }
    let mut out = String::new();
    if minus {
        out.push_str(&signs.minus);
    }
    push(&mut out, parts.prefix);
    push(&mut out, &text);
    if let Some(exponent) = exponent {
        let digits = signs.write(f64::from(exponent), 0);
        out.push(signs.exponent);
        if exponent < 0 {
            out.push_str(&signs.minus);
        }
        push(&mut out, &vec![signs.zero; layout.min_exponent.saturating_sub(digits.len())]);
        push(&mut out, &digits);
    }
    push(&mut out, parts.suffix);
    out
}

fn push(out: &mut String, text: &[char]) {
    for character in text {
        out.push(*character);
    }
}

/// Where the decimal separator is, or would be.
fn point(text: &[char], signs: &Signs) -> usize {
    position(text, signs.decimal).unwrap_or(text.len())
}

/// The digits with as many zeros around them as the picture says, and no more.
fn padded(text: &[char], layout: &Layout, signs: &Signs) -> Vec<char> {
    let is_digit = |character: &char| *character != signs.zero;
    let first = text.iter().position(is_digit).unwrap_or(text.len());
    let end = text.iter().rposition(is_digit).map_or(first, |last| last + 1);
    let text = &text[first..end];
    let mut padded = vec![signs.zero; layout.min_integer.saturating_sub(point(text, signs))];
    padded.extend_from_slice(text);
    let fraction = padded.len().saturating_sub(point(&padded, signs) + 1);
    padded.resize(padded.len() + layout.min_fraction.saturating_sub(fraction), signs.zero);
    padded
}

/// Puts the grouping separators in.
fn group(text: &mut Vec<char>, layout: &Layout, signs: &Signs) {
    let mut at = point(text, signs);
    match layout.regular {
        Some(every) => {
            for group in 1..=at.saturating_sub(1) / every {
                text.insert(at - group * every, signs.grouping);
            }
        }
        None => {
            for places in &layout.integer_groups {
                text.insert(at.saturating_sub(*places), signs.grouping);
                at += 1;
            }
        }
    }
    let at = point(text, signs);
    for places in &layout.fraction_groups {
        text.insert((at + 1 + places).min(text.len()), signs.grouping);
    }
}
