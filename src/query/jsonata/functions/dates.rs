//! Points in time by pictures: `$fromMillis`, `$toMillis`, `$now` and `$millis`, after XPath's `fn:format-dateTime`.

use super::integers::{self, Case, Format, Grouping, Primary};
use super::matching::groups;
use super::{Args, number, take, text};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::query::regex::Regex;
use crate::timestamp::{civil_from_days, days_from_civil};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAY: i64 = 86_400_000;

/// The farthest from 1970 that JavaScript's dates go, in milliseconds.
const MAX_TIME: f64 = 8.64e15;

const ISO_8601: &str = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

/// The components that are whole numbers.
const INTEGERS: &str = "YMDdFWwXxHhmsf";

/// A picture, taken apart.
enum Part {
    Literal(String),
    Marker(Box<Marker>),
}

struct Marker {
    component: char,
    max_width: Option<usize>,
    traditional: bool,
    names: Option<Case>,
    integer: Option<Box<Format>>,
    /// How many digits a year, month or day has; none for as many as come.
    digits: Option<usize>,
}

/// How a component is written where the picture doesn't say.
fn default_presentation(component: char) -> Option<&'static str> {
    Some(match component {
        'Y' | 'M' | 'D' | 'd' | 'W' | 'w' | 'X' | 'x' | 'H' | 'h' | 'f' => "1",
        'F' | 'P' | 'C' | 'E' => "n",
        'm' | 's' => "01",
        'Z' | 'z' => "01:01",
        _ => return None,
    })
}

fn analyse(machine: &Machine, picture: &str) -> Result<Vec<Part>, Error> {
    let mut parts = Vec::new();
    let literal = |parts: &mut Vec<Part>, text: &str| {
        if !text.is_empty() {
            parts.push(Part::Literal(text.replace("]]", "]")));
        }
    };
    let (mut start, mut at) = (0, 0);
    while let Some(open) = picture[at..].find('[').map(|open| open + at) {
        literal(&mut parts, &picture[start..open]);
        if picture[open + 1..].starts_with('[') {
            parts.push(Part::Literal("[".into()));
            at = open + 2;
        } else {
            let Some(close) = picture[open..].find(']').map(|close| close + open) else { return Err(machine.error("D3135")) };
            let marker: String = picture[open + 1..close].chars().filter(|character| !character.is_whitespace()).collect();
            parts.push(Part::Marker(analyse_marker(machine, &marker)?));
            at = close + 1;
        }
        start = at;
    }
    literal(&mut parts, &picture[start..]);
    Ok(parts)
}

fn analyse_marker(machine: &Machine, marker: &str) -> Result<Box<Marker>, Error> {
    let component = marker.chars().next().unwrap_or('\0');
    let rest = &marker[component.len_utf8().min(marker.len())..];
    let (presentation, width) = match rest.rsplit_once(',') {
        Some((presentation, width)) => (presentation, Some(width)),
        None => (rest, None),
    };
    let number =
        |text: &str| Some(integers::parse_digits(text)).filter(|number| *number >= 0.0).map(|number| number.min(1e4) as usize);
    let (min_width, max_width) = match width.map(|width| width.split_once('-').unwrap_or((width, "*"))) {
        Some((min, max)) => (number(min), number(max)),
        None => (None, None),
    };
    let unknown = || machine.error("D3132").with_value(component.to_string().into());
    let default = default_presentation(component).ok_or_else(unknown)?;
    let (first, second) = match presentation.chars().next_back() {
        None => (default, None),
        Some(last) if presentation.chars().count() > 1 && "atco".contains(last) => {
            (&presentation[..presentation.len() - 1], Some(last))
        }
        Some(_) => (presentation, None),
    };
    let names = match first.as_bytes() {
        [b'n', ..] => Some(Case::Lower),
        [b'N', b'n', ..] => Some(Case::Title),
        [b'N', ..] => Some(Case::Upper),
        _ => None,
    };
    let mut marker =
        Box::new(Marker { component, max_width, traditional: second == Some('t'), names, integer: None, digits: None });
    if names.is_none() && INTEGERS.contains(component) {
        let picture = second.map_or_else(|| first.to_owned(), |second| format!("{first};{second}"));
        marker.integer = Some(integer_format(machine, &picture, min_width, &mut marker)?);
    }
    if matches!(component, 'Z' | 'z') {
        marker.integer = Some(integers::analyse(machine, first)?);
    }
    Ok(marker)
}

fn integer_format(machine: &Machine, picture: &str, min_width: Option<usize>, marker: &mut Marker) -> Result<Box<Format>, Error> {
    let mut format = integers::analyse(machine, picture)?;
    if format.primary == Primary::Decimal {
        format.mandatory = format.mandatory.max(min_width.unwrap_or(0));
    }
    if "YMD".contains(marker.component) {
        if let Some(max) = marker.max_width {
            marker.digits = Some(max);
            format.mandatory = max;
        } else if format.primary == Primary::Decimal {
            marker.digits = Some(format.mandatory + format.optional).filter(|digits| *digits >= 2);
        }
    }
    Ok(format)
}

/// A point in time as the calendar has it, in UTC.
struct Date {
    millis: i64,
    year: i64,
    month: i64,
    day: i64,
}

impl Date {
    fn new(millis: f64) -> Date {
        let millis = millis.clamp(-MAX_TIME, MAX_TIME).trunc() as i64;
        let (year, month, day) = civil_from_days(millis.div_euclid(DAY));
        Date { millis, year, month, day }
    }

    /// A component by its letter, those of names as numbers.
    fn component(&self, component: char) -> i64 {
        let in_day = self.millis.rem_euclid(DAY);
        let today = days_from_civil(self.year, self.month, self.day);
        match component {
            'Y' => self.year,
            'M' => self.month,
            'D' => self.day,
            'd' => today - days_from_civil(self.year, 1, 1) + 1,
            'F' => weekday(today),
            'W' => {
                let first = first_week(self.year, 1);
                let week = weeks(first, today);
                if week > 52 && today >= first_week(self.year + 1, 1) {
                    1
                } else if week < 1 {
                    weeks(first_week(self.year - 1, 1), today)
                } else {
                    week
                }
            }
            'w' => {
                let week = weeks(first_week(self.year, self.month), today);
                let ((next_year, next), (last_year, last)) = (self.months(1), self.months(-1));
                if week > 4 && today >= first_week(next_year, next) {
                    1
                } else if week < 1 {
                    weeks(first_week(last_year, last), today)
                } else {
                    week
                }
            }
            'X' if today < first_week(self.year, 1) => self.year - 1,
            'X' if today >= first_week(self.year + 1, 1) => self.year + 1,
            'X' => self.year,
            'x' => {
                let (next_year, next) = self.months(1);
                if today < first_week(self.year, self.month) {
                    self.months(-1).1
                } else if today >= first_week(next_year, next) {
                    next
                } else {
                    self.month
                }
            }
            'H' => in_day / 3_600_000,
            'h' => (in_day / 3_600_000 + 11) % 12 + 1,
            'P' => (in_day >= DAY / 2) as i64,
            'm' => in_day / 60_000 % 60,
            's' => in_day / 1000 % 60,
            'f' => in_day % 1000,
            _ => 0,
        }
    }

    /// Year and month so many months away.
    fn months(&self, by: i64) -> (i64, i64) {
        let months = self.year * 12 + self.month - 1 + by;
        (months.div_euclid(12), months.rem_euclid(12) + 1)
    }
}

/// 1 for Monday to 7 for Sunday.
fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// The Monday of the first week that has most of its days in the month.
fn first_week(year: i64, month: i64) -> i64 {
    let first = days_from_civil(year, month, 1);
    let weekday = weekday(first);
    if weekday > 4 { first + 8 - weekday } else { first - weekday + 1 }
}

fn weeks(from: i64, to: i64) -> i64 {
    (to - from).div_euclid(7) + 1
}

pub fn millis(machine: &mut Machine, _: Args) -> Result<Val, Error> {
    Ok(Val::num(machine.env.now.0 as f64))
}

pub fn now(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    format(machine, machine.env.now.0 as f64, args)
}

pub fn from_millis(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    match number(args, 0) {
        Some(millis) => format(machine, millis, &args[1..]),
        None => Ok(Val::Undefined),
    }
}

/// A point in time by a picture and in a zone, as the two arguments say.
fn format(machine: &mut Machine, millis: f64, args: &[Val]) -> Result<Val, Error> {
    // `+hhmm`: hours are rounded down, so that the minutes of a negative offset count twice, as in the reference.
    let offset = text(args, 1).map_or(0.0, integers::parse_digits);
    let offset = if offset.is_finite() { offset } else { 0.0 };
    let (hours, minutes) = ((offset / 100.0).floor(), offset % 100.0);
    let date = Date::new(millis + (hours * 60.0 + minutes) * 60_000.0);
    let picture = text(args, 0).unwrap_or(ISO_8601);
    machine.work(picture.len())?;
    let mut out = String::new();
    for part in analyse(machine, picture)? {
        match part {
            Part::Literal(text) => out.push_str(&text),
            Part::Marker(marker) => component(machine, &mut out, &date, &marker, hours, minutes)?,
        }
    }
    machine.text(&out)
}

fn unnameable(machine: &Machine, marker: &Marker) -> Error {
    machine.error("D3133").with_value(marker.component.to_string().into())
}

/// Writes a component.
fn component(machine: &mut Machine, out: &mut String, date: &Date, marker: &Marker, hours: f64, minutes: f64) -> Result<(), Error> {
    let value = date.component(marker.component);
    let name = match (marker.component, marker.names) {
        ('Z' | 'z', _) => return zone(machine, out, marker, hours, minutes),
        ('C' | 'E', _) => "ISO",
        ('P', Some(Case::Upper)) => ["AM", "PM"][value as usize],
        ('P', _) => ["am", "pm"][value as usize],
        ('M' | 'x', Some(_)) => MONTHS[value as usize - 1],
        ('F', Some(_)) => DAYS[value as usize - 1],
        (_, Some(_)) => return Err(unnameable(machine, marker)),
        (letter, None) => {
            let Some(format) = &marker.integer else { return Err(unnameable(machine, marker)) };
            let mut value = value as f64;
            if let ('Y', Some(digits)) = (letter, marker.digits) {
                value %= 10_f64.powi(digits as i32);
            }
            out.push_str(&integers::format_with(machine, value, format)?);
            return Ok(());
        }
    };
    match marker.names {
        Some(case) if matches!(marker.component, 'M' | 'x' | 'F') => {
            let name = integers::in_case(name.to_owned(), case);
            // The names are all of ASCII.
            out.push_str(&name[..marker.max_width.unwrap_or(usize::MAX).min(name.len())]);
        }
        _ => out.push_str(name),
    }
    Ok(())
}

/// Writes the zone's offset.
fn zone(machine: &mut Machine, out: &mut String, marker: &Marker, hours: f64, minutes: f64) -> Result<(), Error> {
    let offset = hours * 100.0 + minutes;
    let Some(format) = &marker.integer else { return Ok(()) };
    let text = match (&format.grouping, format.mandatory) {
        (Grouping::Regular(..), _) | (_, 3 | 4) => integers::format_with(machine, offset, format)?,
        (_, 1 | 2) => {
            let mut text = integers::format_with(machine, hours, format)?;
            if minutes != 0.0 {
                let two = integers::analyse(machine, "00")?;
                text.push(':');
                text.push_str(&integers::format_with(machine, minutes, &two)?);
            }
            text
        }
        (_, digits) => return Err(machine.error("D3134").with_value((digits as i64).into())),
    };
    if offset == 0.0 && marker.traditional {
        out.push('Z');
        return Ok(());
    }
    if marker.component == 'z' {
        out.push_str("GMT");
    }
    if offset >= 0.0 {
        out.push('+');
    }
    out.push_str(&text);
    Ok(())
}

pub fn to_millis(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    let Some(timestamp) = text(args, 0) else { return Ok(Val::Undefined) };
    machine.work(timestamp.len())?;
    if let Some(picture) = text(args, 1) {
        return parse(machine, timestamp, picture);
    }
    match iso_8601(timestamp) {
        Some(millis) => Ok(Val::num(millis)),
        None => Err(machine.error_of("D3110", take(args, 0))),
    }
}

/// The number that the digits from one place to another are.
fn digits(text: &str, from: usize, to: usize) -> Option<i64> {
    let mut value = 0;
    for byte in text.as_bytes().get(from..to)? {
        value = value * 10 + i64::from((*byte as char).to_digit(10)?);
    }
    Some(value)
}

/// Milliseconds of a timestamp by ISO 8601; not a number where its shape is right but not what it says, none where it has another.
fn iso_8601(text: &str) -> Option<f64> {
    let year = digits(text, 0, 4)?;
    let mut rest = &text[4..];
    // Month and day, and how many fields were given.
    let (mut fields, mut given) = ([1; 2], 0);
    while let Some(field) = rest.strip_prefix('-').and_then(|rest| digits(rest, 0, 2)) {
        // `-05:00` or `-0500` is an offset, not a field.
        let is_offset = rest.as_bytes().get(3).is_some_and(|next| *next == b':' || next.is_ascii_digit());
        if is_offset || field > 39 {
            break;
        }
        if let Some(place) = fields.get_mut(given) {
            *place = field;
        }
        given += 1;
        rest = &rest[3..];
    }
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    let has_time = rest.starts_with('T');
    if has_time {
        let clock = rest.as_bytes();
        (hour, minute, second) = (digits(rest, 1, 3)?, digits(rest, 4, 6)?, digits(rest, 7, 9)?);
        if clock[3] != b':' || clock[6] != b':' || hour > 29 || minute > 59 || second > 59 {
            return None;
        }
        rest = &rest[9..];
    }
    let mut millis = 0;
    let has_fraction = rest.starts_with('.');
    if has_fraction {
        let len = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
        for place in 1..4 {
            millis = millis * 10 + digits(rest, place, place + 1).filter(|_| place <= len).unwrap_or(0);
        }
        if len == 0 {
            return None;
        }
        rest = &rest[len + 1..];
    }
    let offset = match rest.as_bytes() {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), _, _, tail @ ..] if tail.len() == 2 || tail.len() == 3 && tail[0] == b':' => {
            let (hours, minutes) = (digits(rest, 1, 3)?, digits(rest, rest.len() - 2, rest.len())?);
            if hours > 29 || minutes > 59 {
                return None;
            }
            let minutes = hours * 60 + minutes;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let [month, day] = fields;
    let in_range = given <= 2
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (hour < 24 || hour == 24 && minute == 0 && second == 0 && millis == 0)
        && offset.abs() < 24 * 60
        && (has_time || !has_fraction);
    if !in_range {
        return Some(f64::NAN);
    }
    let days = days_from_civil(year, month, 1) + day - 1;
    Some(((((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000 + millis) as f64)
}

/// Adds the regular expression of a component, if it can be read at all.
fn pattern(machine: &Machine, out: &mut String, marker: &Marker) -> Result<(), Error> {
    if matches!(marker.component, 'Z' | 'z') {
        out.push_str(if marker.component == 'z' { "GMT[-+][0-9]+" } else { "[-+][0-9]+" });
        if let Some(Grouping::Regular(_, sign)) = marker.integer.as_ref().map(|format| &format.grouping) {
            escape(out, *sign);
            out.push_str("[0-9]+");
        }
        return Ok(());
    }
    let Some(format) = &marker.integer else {
        if !matches!(marker.component, 'M' | 'x' | 'F' | 'P') {
            return Err(unnameable(machine, marker));
        }
        out.push_str("[a-zA-Z]+");
        return Ok(());
    };
    let upper = format.case == Case::Upper;
    match &format.primary {
        Primary::Letters => out.push_str(if upper { "[A-Z]+" } else { "[a-z]+" }),
        Primary::Roman => out.push_str(if upper { "[MDCLXVI]+" } else { "[mdclxvi]+" }),
        Primary::Words => integers::words_pattern(out),
        Primary::Decimal => {
            match marker.digits.filter(|digits| *digits > 0) {
                Some(digits) => {
                    out.push_str(&format!("[0-9]{{{},{digits}}}", digits.saturating_sub(format.optional)));
                }
                None => out.push_str("[0-9]+"),
            }
            if format.ordinal {
                out.push_str("(?:th|st|nd|rd)");
            }
        }
        Primary::Sequence(token) => return Err(machine.error("D3130").with_value(token.as_str().into())),
    }
    Ok(())
}

/// Adds a character that stands for itself.
fn escape(out: &mut String, character: char) {
    if ".*+?^${}()|[]\\".contains(character) {
        out.push('\\');
    }
    out.push(character);
}

/// What the text of a component says; none where it is no name of anything.
fn read(marker: &Marker, text: &str) -> Option<f64> {
    if matches!(marker.component, 'Z' | 'z') {
        return Some(read_zone(marker, text));
    }
    if let Some(format) = &marker.integer {
        return Some(integers::parse_with(text, format));
    }
    let width = marker.max_width.filter(|width| *width > 0).unwrap_or(usize::MAX);
    let among = |names: &[&str]| {
        let found = names.iter().rposition(|name| name.chars().take(width).eq(text.chars()));
        found.map(|at| at as f64 + 1.0)
    };
    match marker.component {
        'F' => among(&DAYS),
        'P' => ["am", "AM", "pm", "PM"].iter().position(|name| *name == text).map(|at| (at / 2) as f64),
        _ => among(&MONTHS),
    }
}

/// Minutes of an offset.
fn read_zone(marker: &Marker, text: &str) -> f64 {
    let text = if marker.component == 'z' { text.get(3..).unwrap_or_default() } else { text };
    let separator = match marker.integer.as_ref().map(|format| &format.grouping) {
        Some(Grouping::Regular(_, sign)) => text.split_once(*sign),
        _ => None,
    };
    let (hours, minutes) = match separator {
        Some(parts) => parts,
        None if text.len() <= 3 => (text, "0"),
        None => (text.get(..3).unwrap_or_default(), text.get(3..).unwrap_or_default()),
    };
    integers::parse_digits(hours) * 60.0 + integers::parse_digits(minutes)
}

/// The components a text gives, by their letters.
struct Components(Vec<(u8, Option<f64>)>);

impl Components {
    #[inline(never)]
    fn get(&self, component: u8) -> Option<f64> {
        self.0.iter().rev().find(|(known, _)| *known == component).and_then(|(_, value)| *value)
    }

    /// Whether they are of a kind: none but those of `letters`, and one at least. What is zero counts as missing.
    fn are(&self, all: &[u8], letters: &[u8]) -> bool {
        let given = |component: &u8| self.get(*component).is_some_and(|value| value != 0.0 && !value.is_nan());
        all.iter().all(|component| letters.contains(component) || !given(component)) && letters.iter().any(given)
    }
}

fn parse(machine: &mut Machine, text: &str, picture: &str) -> Result<Val, Error> {
    machine.work(picture.len())?;
    let parts = analyse(machine, picture)?;
    let mut whole = String::from("^");
    for part in &parts {
        whole.push('(');
        match part {
            Part::Literal(text) => text.chars().for_each(|character| escape(&mut whole, character)),
            Part::Marker(marker) => pattern(machine, &mut whole, marker)?,
        }
        whole.push(')');
    }
    whole.push('$');
    let Ok(regex) = Regex::compile(&whole, "i") else { return Ok(Val::Undefined) };
    let units: Vec<u16> = text.encode_utf16().collect();
    let Some(groups) = groups(machine, &regex, &units, 0)? else { return Ok(Val::Undefined) };
    let mut components = Components(Vec::new());
    for (part, group) in parts.iter().zip(groups.into_iter().skip(1)) {
        if let (Part::Marker(marker), Some((from, to))) = (part, group) {
            let text = String::from_utf16_lossy(&units[from..to]);
            components.0.push((marker.component as u8, read(marker, &text)));
        }
    }
    if components.0.is_empty() {
        return Ok(Val::Undefined);
    }
    point_in_time(machine, components).map(Val::num)
}

/// Milliseconds of what was given: what is above it is taken from now, what is below it is zero, and gaps are errors.
fn point_in_time(machine: &Machine, mut components: Components) -> Result<f64, Error> {
    const DATE: &[u8] = b"YXMxWwdD";
    const TIME: &[u8] = b"PHhmsf";
    let by_week_of_month = components.are(DATE, b"XxwF");
    let by_week = components.are(DATE, b"XWF");
    let by_day_of_year = !components.are(DATE, b"YMD") && components.are(DATE, b"Yd");
    let by_half_day = !components.are(TIME, b"Hmsf") && components.are(TIME, b"Phmsf");
    let date: &[u8] = match (by_day_of_year, by_week_of_month, by_week) {
        (true, ..) => b"YD",
        (_, true, _) => b"XxwF",
        (.., true) => b"XWF",
        _ => b"YMD",
    };
    let time: &[u8] = if by_half_day { b"Phmsf" } else { b"Hmsf" };
    let now = Date::new(machine.env.now.0 as f64);
    let (mut began, mut ended) = (false, false);
    for component in [date, time].concat() {
        let given = components.get(component).is_some();
        if given && !ended {
            began = true;
            continue;
        }
        if given {
            return Err(machine.error("D3136"));
        }
        ended = began;
        let missing = match (began, component) {
            (true, b'M' | b'D' | b'd') => 1.0,
            (true, _) => 0.0,
            _ => now.component(component as char) as f64,
        };
        components.0.push((component, Some(missing)));
    }
    if by_week_of_month || by_week {
        // The reference doesn't read these.
        return Err(machine.error("D3136"));
    }
    let get = |component: u8| components.get(component).unwrap_or(f64::NAN);
    let mut month = components.get(b'M').filter(|month| *month > 0.0).map_or(0.0, |month| month - 1.0);
    let mut day = get(b'D');
    if by_day_of_year {
        let first = utc([get(b'Y'), 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        let date = Date::new(first + (get(b'd') - 1.0) * DAY as f64);
        (month, day) = (date.month as f64 - 1.0, date.day as f64);
    }
    let mut hour = get(if by_half_day { b'h' } else { b'H' });
    if by_half_day {
        if hour == 12.0 {
            hour = 0.0;
        }
        if get(b'P') == 1.0 {
            hour += 12.0;
        }
    }
    let millis = utc([get(b'Y'), month, day, hour, get(b'm'), get(b's'), get(b'f')]);
    let zone = components.get(b'Z').filter(|zone| *zone != 0.0).or(components.get(b'z')).filter(|zone| *zone != 0.0);
    Ok(millis - zone.unwrap_or(0.0) * 60_000.0)
}

/// As JavaScript's `Date.UTC` of a year and so on to milliseconds: what is beyond its range carries over, and a year below 100 is one of
/// the 20th century.
fn utc(all: [f64; 7]) -> f64 {
    if !all.iter().all(|value| value.is_finite()) || all[0].abs() > 1e6 || all[1].abs() > 1e6 {
        return f64::NAN;
    }
    let [year, month, day, hour, minute, second, millis] = all.map(f64::trunc);
    let year = if (0.0..100.0).contains(&year) { year + 1900.0 } else { year };
    let months = year as i64 * 12 + month as i64;
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1) as f64 + day - 1.0;
    let result = ((days * 24.0 + hour) * 60.0 + minute) * 60_000.0 + second * 1000.0 + millis;
    if result.abs() > MAX_TIME { f64::NAN } else { result }
}
