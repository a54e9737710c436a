//! Functions of numbers.

use super::{Args, number as number_at, take};
use crate::float;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::stringify::js_number;
use crate::query::jsonata::val::Val;
use crate::value::Value;

/// The numbers of an array that the signature says holds nothing else.
fn numbers(machine: &mut Machine, array: &Val) -> Result<Option<Vec<f64>>, Error> {
    if array.is_undefined() {
        return Ok(None);
    }
    machine.allocate_items(array.len())?;
    let mut numbers = Vec::with_capacity(array.len());
    match array {
        Val::Json(Value::Array(items)) => numbers.extend(items.iter().map(|item| item.as_f64().unwrap_or(f64::NAN))),
        array => numbers.extend(array.items().map(|item| item.as_f64().unwrap_or(f64::NAN))),
    }
    Ok(Some(numbers))
}

/// The sum of a range, which needs no list of its numbers.
fn range_sum(array: &Val) -> Option<f64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let Val::Range(range) = array else { return None };
    let (first, len) = (range.first as f64, f64::from(range.len));
    let sum = len * (first + first + len - 1.0) / 2.0;
    (sum.abs() < EXACT && first.abs() < EXACT).then_some(sum)
}

fn total(machine: &mut Machine, array: &Val) -> Result<Option<f64>, Error> {
    match range_sum(array) {
        Some(sum) => Ok(Some(sum)),
        None => Ok(numbers(machine, array)?.map(|numbers| numbers.into_iter().fold(0.0, |sum, number| sum + number))),
    }
}

pub fn sum(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    Ok(total(machine, &take(args, 0))?.map_or(Val::Undefined, Val::num))
}

pub fn average(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let array = take(args, 0);
    if array.is_array() && array.len() == 0 {
        return Ok(Val::Undefined);
    }
    Ok(total(machine, &array)?.map_or(Val::Undefined, |sum| Val::num(sum / array.len() as f64)))
}

pub fn max(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    extreme(machine, args, |a, b| a > b)
}

pub fn min(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    extreme(machine, args, |a, b| a < b)
}

fn extreme(machine: &mut Machine, args: Args, better: fn(f64, f64) -> bool) -> Result<Val, Error> {
    let array = take(args, 0);
    if let Val::Range(range) = array {
        let (first, last) = (range.first as f64, range.first as f64 + f64::from(range.len) - 1.0);
        return Ok(Val::num(if better(first, last) { first } else { last }));
    }
    let Some(numbers) = numbers(machine, &array)? else { return Ok(Val::Undefined) };
    let best = numbers.into_iter().reduce(|best, number| {
        let takes = number.is_nan() || better(number, best);
        if takes && !best.is_nan() { number } else { best }
    });
    Ok(best.map_or(Val::Undefined, Val::num))
}

pub fn round(_: &mut Machine, args: Args) -> Result<Val, Error> {
    let precision = number_at(args, 1).unwrap_or(0.0);
    Ok(number_at(args, 0).map_or(Val::Undefined, |number| Val::num(round_half_even(number, precision))))
}

/// Rounds to so many decimals, halves to the even neighbour; the decimal point is moved in the text, where nothing gets lost.
pub fn round_half_even(number: f64, precision: f64) -> f64 {
    let shifted = if precision == 0.0 { number } else { shift(number, precision) };
    let floor = shifted.floor();
    let mut result = if shifted - floor >= 0.5 { floor + 1.0 } else { floor };
    if (result - shifted).abs() == 0.5 && (result % 2.0).abs() == 1.0 {
        result -= 1.0;
    }
    if precision != 0.0 {
        result = shift(result, -precision);
    }
    if result == 0.0 { 0.0 } else { result }
}

fn shift(number: f64, places: f64) -> f64 {
    if !number.is_finite() || places.fract() != 0.0 {
        return f64::NAN;
    }
    let text = js_number(number);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    // What no double can hold is cut: an exponent is no larger than the range of 32 bits.
    let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(places as i32);
    float::parse(&format!("{mantissa}e{exponent}")).unwrap_or(f64::NAN)
}

pub fn sqrt(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    match number_at(args, 0) {
        Some(number) if number < 0.0 => Err(machine.error_of("D3060", take(args, 0)).with_index(1)),
        Some(number) => Ok(Val::num(number.sqrt())),
        None => Ok(Val::Undefined),
    }
}

pub fn power(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(number) = number_at(args, 0) else { return Ok(Val::Undefined) };
    let power = number_at(args, 1).unwrap_or(f64::NAN);
    let result = float::power(number, power);
    if result.is_finite() {
        return Ok(Val::num(result));
    }
    let error = machine.error_of("D3061", take(args, 0));
    Err(match take(args, 1).into_json() {
        Some(exponent) => error.with_value2(exponent),
        None => error,
    })
}

pub fn number(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let value = take(args, 0);
    let number = match &value {
        Val::Undefined => return Ok(value),
        Val::Json(Value::Bool(value)) => Some(f64::from(*value as u8)),
        Val::Json(Value::String(text)) => decimal(text).or_else(|| with_radix(text)),
        Val::Json(Value::Number(_)) | Val::NonFinite(_) => return Ok(value),
        _ => None,
    };
    match number {
        Some(number) => Ok(Val::num(number)),
        None => Err(machine.error_of("D3030", value).with_index(1)),
    }
}

/// A finite number by JSON's grammar, but with leading zeros as they come.
fn decimal(text: &str) -> Option<f64> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let rest = rest.get(digits(rest)..).filter(|left| left.len() < rest.len())?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.get(digits(fraction)..).filter(|left| left.len() < fraction.len())?,
        None => rest,
    };
    if !rest.is_empty() {
        let exponent = rest.strip_prefix(['e', 'E'])?;
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if exponent.is_empty() || digits(exponent) < exponent.len() {
            return None;
        }
    }
    float::parse(text).filter(|number| number.is_finite())
}

/// `0x1F`, `0o17` and `0b11`.
fn with_radix(text: &str) -> Option<f64> {
    let radix = match text.get(..2)?.to_ascii_lowercase().as_str() {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => return None,
    };
    let mut digits = text[2..].chars().map(|digit| digit.to_digit(radix));
    let value = digits.try_fold(0.0, |value, digit| Some(value * f64::from(radix) + f64::from(digit?)));
    value.filter(|_| text.len() > 2)
}

pub fn format_base(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(number) = number_at(args, 0) else { return Ok(Val::Undefined) };
    let number = round_half_even(number, 0.0);
    let radix = number_at(args, 1).map_or(10.0, |radix| round_half_even(radix, 0.0));
    if !(2.0..=36.0).contains(&radix) {
        return Err(machine.error_of("D3100", Val::num(radix)));
    }
    if radix == 10.0 || !number.is_finite() {
        return machine.text(&js_number(number));
    }
    let mut rest = number.abs();
    let mut digits = String::new();
    while rest >= 1.0 || digits.is_empty() {
        digits.insert(0, char::from_digit((rest % radix) as u32, radix as u32).unwrap_or('0'));
        rest = (rest / radix).floor();
    }
    if number < 0.0 {
        digits.insert(0, '-');
    }
    machine.text(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let rows =
            [(2.5, 0.0, 2.0), (3.5, 0.0, 4.0), (-2.5, 0.0, -2.0), (4.525, 2.0, 4.52), (4.515, 2.0, 4.52), (12345.0, -2.0, 12300.0)];
        for (number, precision, wanted) in rows {
            assert_eq!(round_half_even(number, precision), wanted, "{number} to {precision}");
        }
    }

    #[test]
    fn reads_numbers_as_strictly_as_json() {
        for (text, wanted) in
            [("-05.50", Some(-5.5)), ("1e3", Some(1000.0)), ("1.", None), (".5", None), ("1e", None), ("-", None), ("1e999", None)]
        {
            assert_eq!(decimal(text), wanted, "{text}");
        }
        assert_eq!(with_radix("0xff"), Some(255.0));
    }
}
