//! `$formatNumber`: numbers by pictures, after XPath's `fn:format-number`.

use super::integers::common_distance;
use super::numbers::round_half_even;
use super::{Args, take};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;

/// The characters that mean something in a picture, and what the result is written with.
struct Signs {
    decimal: char,
    grouping: char,
    exponent: char,
    minus: String,
    percent: String,
    per_mille: String,
    zero: char,
    digit: char,
    pattern: String,
}

/// A sub-picture taken apart.
struct Parts {
    prefix: String,
    suffix: String,
    active: Vec<char>,
    mantissa: Vec<char>,
    exponent: Option<Vec<char>>,
    integer: Vec<char>,
    fraction: Vec<char>,
    picture: String,
}

/// How a number is written.
#[derive(Clone)]
struct Layout {
    integer_groups: Vec<usize>,
    regular: Option<usize>,
    min_integer: usize,
    scaling: usize,
    prefix: String,
    fraction_groups: Vec<usize>,
    min_fraction: usize,
    max_fraction: usize,
    min_exponent: usize,
    suffix: String,
    picture: String,
}

impl Signs {
    fn new(options: &Val) -> Signs {
        let text = |name: &str, default: &str| {
            options.get(name).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_else(|| default.to_owned())
        };
        let sign = |name: &str, default: char| text(name, "").chars().next().unwrap_or(default);
        Signs {
            decimal: sign("decimal-separator", '.'),
            grouping: sign("grouping-separator", ','),
            exponent: sign("exponent-separator", 'e'),
            minus: text("minus-sign", "-"),
            percent: text("percent", "%"),
            per_mille: text("per-mille", "\u{2030}"),
            zero: sign("zero-digit", '0'),
            digit: sign("digit", '#'),
            pattern: text("pattern-separator", ";"),
        }
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

pub fn format_number(machine: &mut Machine, mut args: Args) -> Result<Val, Error> {
    let (value, picture, options) = (take(&mut args, 0), take(&mut args, 1), take(&mut args, 2));
    let (Some(value), Some(picture)) = (value.as_f64(), picture.as_str()) else { return Ok(Val::Undefined) };
    machine.work(picture.len())?;
    let signs = Signs::new(&options);
    let pictures: Vec<&str> = if signs.pattern.is_empty() { vec![picture] } else { picture.split(&*signs.pattern).collect() };
    if pictures.len() > 2 {
        return Err(machine.error("D3080"));
    }
    let mut layouts = Vec::new();
    for picture in pictures {
        let parts = split(&signs, picture).ok_or_else(|| machine.error("D3085"))?;
        if let Some(code) = fault(&signs, &parts) {
            return Err(machine.error(code));
        }
        layouts.push(layout(&signs, parts));
    }
    let positive = value >= 0.0;
    let layout = match (positive, layouts.len()) {
        (false, 2) => layouts.remove(1),
        (false, _) => Layout { prefix: format!("{}{}", signs.minus, layouts[0].prefix), ..layouts.remove(0) },
        (true, _) => layouts.remove(0),
    };
    machine.text(written(value, &layout, &signs))
}

fn split(signs: &Signs, picture: &str) -> Option<Parts> {
    let all: Vec<char> = picture.chars().collect();
    let anchors = |character: &char| signs.is_active(*character) && *character != signs.exponent;
    let start = all.iter().position(anchors)?;
    let end = all.iter().rposition(anchors)? + 1;
    let active = all[start..end].to_vec();
    let suffix: Vec<char> = all[end..].to_vec();
    let exponent_at = all[start..].iter().position(|character| *character == signs.exponent).map(|at| at + start);
    let (mantissa, exponent) = match exponent_at {
        // The place is one in the whole picture, the part begins after the prefix: so the reference reads it.
        Some(at) if at <= end => {
            let rest = active.get((at + 1).min(active.len())..).unwrap_or_default();
            (active[..at.min(active.len())].to_vec(), Some(rest.to_vec()))
        }
        _ => (active.clone(), None),
    };
    let (integer, fraction) = match mantissa.iter().position(|character| *character == signs.decimal) {
        Some(at) => (mantissa[..at].to_vec(), mantissa[at + 1..].to_vec()),
        None => (mantissa.clone(), suffix.clone()),
    };
    Some(Parts {
        prefix: all[..start].iter().collect(),
        suffix: suffix.into_iter().collect(),
        active,
        mantissa,
        exponent,
        integer,
        fraction,
        picture: picture.to_owned(),
    })
}

/// What is wrong with a sub-picture: the last of all faults, as the reference tells it.
fn fault(signs: &Signs, parts: &Parts) -> Option<&'static str> {
    let all: Vec<char> = parts.picture.chars().collect();
    let twice = |text: &str| !text.is_empty() && parts.picture.matches(text).count() > 1;
    let (percent, per_mille) = (parts.picture.contains(&*signs.percent), parts.picture.contains(&*signs.per_mille));
    let decimal = all.iter().position(|character| *character == signs.decimal);
    let decimals = all.iter().filter(|character| **character == signs.decimal).count();
    let is_grouping = |at: usize| all.get(at) == Some(&signs.grouping);
    let integer_optional = parts.integer.iter().position(|character| *character == signs.digit);
    let fraction_optional = parts.fraction.iter().rposition(|character| *character == signs.digit);
    let faults = [
        (decimals > 1, "D3081"),
        (twice(&signs.percent), "D3082"),
        (twice(&signs.per_mille), "D3083"),
        (percent && per_mille, "D3084"),
        (signs.places(&parts.mantissa) == 0, "D3085"),
        (!parts.active.iter().all(|character| signs.is_active(*character)), "D3086"),
        (decimal.is_some_and(|at| at > 0 && is_grouping(at - 1) || is_grouping(at + 1)), "D3087"),
        (decimal.is_none() && parts.integer.last() == Some(&signs.grouping), "D3088"),
        (all.windows(2).any(|pair| pair == [signs.grouping; 2]), "D3089"),
        (integer_optional.is_some_and(|at| signs.digits(&parts.integer[..at]) > 0), "D3090"),
        (fraction_optional.is_some_and(|at| signs.digits(&parts.fraction[at..]) > 0), "D3091"),
        (parts.exponent.as_ref().is_some_and(|part| !part.is_empty()) && (percent || per_mille), "D3092"),
        (parts.exponent.as_ref().is_some_and(|part| part.is_empty() || signs.digits(part) < part.len()), "D3093"),
    ];
    faults.into_iter().rev().find(|(wrong, _)| *wrong).map(|(_, code)| code)
}

fn layout(signs: &Signs, parts: Parts) -> Layout {
    let groups = |part: &[char], to_left: bool| {
        let mut found = Vec::new();
        let mut at = part.iter().position(|character| *character == signs.grouping);
        while let Some(place) = at {
            let rest = if to_left { &part[..place.min(part.len())] } else { &part[place.min(part.len())..] };
            found.push(signs.places(rest));
            // The reference goes on in the integer part, whichever it began in.
            let next = parts.integer.iter().skip(place + 1).position(|character| *character == signs.grouping);
            at = next.map(|next| next + place + 1);
        }
        found
    };
    let integer_groups = groups(&parts.integer, false);
    let fraction_groups = groups(&parts.fraction, true);
    let mut min_integer = signs.digits(&parts.integer);
    let scaling = min_integer;
    let (mut min_fraction, mut max_fraction) = (signs.digits(&parts.fraction), signs.places(&parts.fraction));
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
        prefix: parts.prefix,
        fraction_groups,
        min_fraction,
        max_fraction,
        min_exponent: parts.exponent.as_ref().map_or(0, |part| signs.digits(part)),
        suffix: parts.suffix,
        picture: parts.picture,
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

fn written(value: f64, layout: &Layout, signs: &Signs) -> String {
    let adjusted = if layout.picture.contains(&*signs.percent) {
        value * 100.0
    } else if layout.picture.contains(&*signs.per_mille) {
        value * 1000.0
    } else {
        value
    };
    let (mantissa, exponent) = scaled(adjusted, layout);
    let mut text = signs.write(round_half_even(mantissa, layout.max_fraction as f64), layout.max_fraction);
    match text.iter().position(|character| *character == '.') {
        Some(at) => text[at] = signs.decimal,
        None => text.push(signs.decimal),
    }
    while text.first() == Some(&signs.zero) {
        text.remove(0);
    }
    while text.last() == Some(&signs.zero) {
        text.pop();
    }
    let point = |text: &[char]| text.iter().position(|character| *character == signs.decimal).unwrap_or(text.len());
    let pad_left = layout.min_integer.saturating_sub(point(&text));
    text.splice(0..0, std::iter::repeat_n(signs.zero, pad_left));
    let fraction = text.len().saturating_sub(point(&text) + 1);
    text.extend(std::iter::repeat_n(signs.zero, layout.min_fraction.saturating_sub(fraction)));
    group(&mut text, layout, signs);
    let at = point(&text);
    if !layout.picture.contains(signs.decimal) || at + 1 == text.len() {
        text.pop();
    }
    let mut out = layout.prefix.clone();
    out.extend(text);
    if let Some(exponent) = exponent {
        let digits = signs.write(f64::from(exponent), 0);
        out.push(signs.exponent);
        if exponent < 0 {
            out.push_str(&signs.minus);
        }
        out.extend(std::iter::repeat_n(signs.zero, layout.min_exponent.saturating_sub(digits.len())));
        out.extend(digits);
    }
    out.push_str(&layout.suffix);
    out
}

/// Puts the grouping separators in.
fn group(text: &mut Vec<char>, layout: &Layout, signs: &Signs) {
    let point = |text: &[char]| text.iter().position(|character| *character == signs.decimal).unwrap_or(text.len());
    let mut at = point(text);
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
    let at = point(text);
    for places in &layout.fraction_groups {
        text.insert((at + 1 + places).min(text.len()), signs.grouping);
    }
}
