//! Functions that look for something in a text: for a text, with a regular expression, or with a function that tells matches as
//! regular expressions do.

use super::{Args, Started, number, take, text};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::{Machine, Step, Work};
use crate::query::jsonata::val::{Func, Val};
use crate::query::regex::{Groups, OverBudget, Regex};
use crate::value::Key;
use std::rc::Rc;
use std::sync::Arc;

/// One of the functions at work.
pub struct Matching {
    what: What,
    text: Arc<str>,
    units: Vec<u16>,
    source: Source,
    limit: Option<f64>,
    count: f64,
    /// Up to where the text was dealt with.
    position: usize,
    found_any: bool,
    waiting: Waiting,
    out: Vec<Val>,
    /// The text with replacements so far.
    replaced: Vec<u16>,
}

enum What {
    Contains,
    Match,
    Replace(Replacement),
    Split,
}

enum Replacement {
    Text(Vec<u16>),
    Func(Rc<Func>),
    /// None was given, which matters only where something matches.
    Missing,
}

/// Where the next match comes from.
#[derive(Clone)]
enum Source {
    Regex(Arc<Regex>, usize, bool),
    Func(Rc<Func>, bool),
    Dry,
}

enum Waiting {
    No,
    Match,
    Replacement(Box<Match>),
}

/// A match, of whatever origin.
struct Match {
    text: Vec<u16>,
    start: usize,
    end: usize,
    groups: Vec<Val>,
    next: Source,
    object: Option<Val>,
}

fn text_of(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

fn key(name: &str) -> Key {
    name.into()
}

/// A match of a regular expression as an object that JSONata's functions see.
fn match_object(regex: &Arc<Regex>, text: &Arc<str>, found: &Match) -> Val {
    let next = Val::func(Func::NextMatch(regex.clone(), text.clone(), found.end));
    Val::object(vec![
        (key("match"), text_of(&found.text).into()),
        (key("start"), found.start.into()),
        (key("end"), found.end.into()),
        (key("groups"), Val::list(found.groups.clone())),
        (key("next"), next),
    ])
}

/// The groups of a regular expression's first match from a place on.
pub fn groups(machine: &mut Machine, regex: &Regex, units: &[u16], from: usize) -> Result<Option<Groups>, Error> {
    regex.find(units, from, machine.steps()).map_err(|OverBudget| machine.over_budget("steps"))
}

fn find(machine: &mut Machine, regex: &Arc<Regex>, units: &[u16], from: usize) -> Result<Option<Box<Match>>, Error> {
    let Some(groups) = groups(machine, regex, units, from)? else { return Ok(None) };
    let (start, end) = groups.first().copied().flatten().unwrap_or((from, from));
    let part = |place: &Option<(usize, usize)>| place.map_or(Val::Undefined, |(from, to)| text_of(&units[from..to]).into());
    Ok(Some(Box::new(Match {
        text: units[start..end].to_vec(),
        start,
        end,
        groups: groups[1..].iter().map(part).collect(),
        next: Source::Regex(regex.clone(), end, false),
        object: None,
    })))
}

/// A regular expression called as a function: the first match from a place on.
pub fn call_regex(machine: &mut Machine, regex: &Arc<Regex>, args: &[Val]) -> Result<Val, Error> {
    let Some(text) = args.first().and_then(Val::as_string) else { return Ok(Val::Undefined) };
    let from = args.get(1).and_then(Val::as_f64).unwrap_or(0.0).max(0.0) as usize;
    let units: Vec<u16> = text.encode_utf16().collect();
    machine.work(units.len() / 8)?;
    let found = find(machine, regex, &units, from)?;
    Ok(found.map_or(Val::Undefined, |found| match_object(regex, text, &found)))
}

/// The match after one that ended at a place.
pub fn next_match(machine: &mut Machine, regex: &Arc<Regex>, text: &Arc<str>, from: usize) -> Result<Val, Error> {
    let units: Vec<u16> = text.encode_utf16().collect();
    machine.work(units.len() / 8)?;
    let found = following(machine, regex, &units, from)?;
    Ok(found.map_or(Val::Undefined, |found| match_object(regex, text, &found)))
}

/// A further match: it must not be empty, or there would be no end to them.
fn following(machine: &mut Machine, regex: &Arc<Regex>, units: &[u16], from: usize) -> Result<Option<Box<Match>>, Error> {
    if from >= units.len() {
        return Ok(None);
    }
    let found = find(machine, regex, units, from)?;
    if found.as_ref().is_some_and(|found| found.text.is_empty()) {
        return Err(machine.error("D1004").with_value(regex.source().into()));
    }
    Ok(found)
}

fn source(machine: &Machine, pattern: Val) -> Result<Source, Error> {
    let Val::Func(func) = pattern else { return Err(machine.error("T1006")) };
    let inner = match &*func {
        Func::Wrapped(inner) => inner,
        _ => &func,
    };
    Ok(match &**inner {
        Func::Regex(regex) => Source::Regex(regex.clone(), 0, true),
        _ => Source::Func(func, true),
    })
}

fn start(machine: &mut Machine, what: What, text: Arc<str>, pattern: Val, limit: Option<f64>) -> Result<Started, Error> {
    let units: Vec<u16> = text.encode_utf16().collect();
    machine.work(units.len() / 8)?;
    machine.allocate(units.len() * 2)?;
    Ok(Started::Work(Work::Matching(Box::new(Matching {
        what,
        text,
        units,
        source: source(machine, pattern)?,
        limit,
        count: 0.0,
        position: 0,
        found_any: false,
        waiting: Waiting::No,
        out: Vec::new(),
        replaced: Vec::new(),
    }))))
}

pub fn contains(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    let (text, token) = (take(args, 0), take(args, 1));
    let Some(text) = text.as_string() else { return Ok(Started::Done(Val::Undefined)) };
    if let Some(token) = token.as_str() {
        machine.work(text.len() / 8)?;
        return Ok(Started::Done(text.contains(token).into()));
    }
    start(machine, What::Contains, text.clone(), token, None)
}

/// How many matches are wanted at most; a negative number is an error by that code.
fn limit(machine: &mut Machine, args: Args, index: usize, code: &'static str) -> Result<Option<f64>, Error> {
    match number(args, index) {
        Some(limit) if limit < 0.0 => Err(machine.error_of(code, take(args, index)).with_index(index + 1)),
        limit => Ok(limit),
    }
}

pub fn matches(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    let Some(text) = args[0].as_string().cloned() else { return Ok(Started::Done(Val::Undefined)) };
    match limit(machine, args, 2, "D3040")? {
        Some(0.0) => Ok(Started::Done(Val::sequence(Vec::new()))),
        limit => start(machine, What::Match, text, take(args, 1), limit),
    }
}

pub fn split(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    let Some(text) = args[0].as_string().cloned() else { return Ok(Started::Done(Val::Undefined)) };
    let limit = limit(machine, args, 2, "D3020")?;
    if limit == Some(0.0) {
        return Ok(Started::Done(Val::list(Vec::new())));
    }
    let Some(separator) = args[1].as_str() else {
        return start(machine, What::Split, text, take(args, 1), limit);
    };
    let most = limit.map_or(usize::MAX, |limit| limit as usize);
    machine.allocate_items(text.len() / separator.len().max(1))?;
    machine.allocate(text.len())?;
    let mut parts = Vec::new();
    let mut rest = &*text;
    while parts.len() < most {
        let end = match rest.chars().next() {
            None if separator.is_empty() => break,
            Some(first) if separator.is_empty() => Some(first.len_utf8()),
            _ => rest.find(separator),
        };
        parts.push(rest[..end.unwrap_or(rest.len())].into());
        let Some(end) = end else { break };
        rest = &rest[end + separator.len()..];
    }
    Ok(Started::Done(Val::list(parts)))
}

pub fn replace(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    if text(args, 0).is_some() && text(args, 1) == Some("") {
        return Err(machine.error_of("D3010", take(args, 1)).with_index(2));
    }
    let Some(whole) = args[0].as_string().cloned() else { return Ok(Started::Done(Val::Undefined)) };
    let limit = limit(machine, args, 3, "D3011")?;
    if limit == Some(0.0) {
        return Ok(Started::Done(whole.into()));
    }
    if let Some(pattern) = text(args, 1) {
        return replace_text(machine, &whole, pattern, &args[2], limit).map(Started::Done);
    }
    let replacement = match &args[2] {
        Val::Func(func) => Replacement::Func(func.clone()),
        other => other.as_str().map_or(Replacement::Missing, |text| Replacement::Text(text.encode_utf16().collect())),
    };
    start(machine, What::Replace(replacement), whole, take(args, 1), limit)
}

fn replace_text(machine: &mut Machine, text: &str, pattern: &str, replacement: &Val, limit: Option<f64>) -> Result<Val, Error> {
    machine.work(text.len() / 8)?;
    let mut out = String::new();
    let (mut position, mut count) = (0, 0.0);
    while limit.is_none_or(|limit| count < limit) {
        let Some(at) = text[position..].find(pattern) else { break };
        let Some(with) = replacement.as_str() else { return Err(machine.error("D3012")) };
        machine.work(1)?;
        machine.allocate(at + with.len())?;
        out.push_str(&text[position..position + at]);
        out.push_str(with);
        position += at + pattern.len();
        count += 1.0;
    }
    out.push_str(&text[position..]);
    machine.text(&out)
}

impl Matching {
    /// Goes on with what the function that was called gave.
    pub fn step(&mut self, machine: &mut Machine, news: Option<Val>) -> Result<Step, Error> {
        let mut news = news;
        loop {
            match std::mem::replace(&mut self.waiting, Waiting::No) {
                Waiting::Match => {
                    let found = described(machine, news.take().unwrap_or(Val::Undefined))?;
                    if let Some(step) = self.take(machine, found)? {
                        return Ok(step);
                    }
                }
                Waiting::Replacement(found) => {
                    let with = news.take().unwrap_or(Val::Undefined);
                    let Some(text) = with.as_str() else { return Err(machine.error_of("D3012", with)) };
                    let text: Vec<u16> = text.encode_utf16().collect();
                    self.put(machine, &found, &text)?;
                }
                Waiting::No => match self.source.clone() {
                    Source::Regex(regex, from, first) => {
                        let units = std::mem::take(&mut self.units);
                        let found = match first {
                            true => find(machine, &regex, &units, from),
                            false => following(machine, &regex, &units, from),
                        };
                        self.units = units;
                        if let Some(step) = self.take(machine, found?)? {
                            return Ok(step);
                        }
                    }
                    Source::Func(func, first) => {
                        self.waiting = Waiting::Match;
                        let arg = if first { Val::from(self.text.clone()) } else { Val::Undefined };
                        return Ok(Step::Call(func, vec![arg]));
                    }
                    Source::Dry => return self.end(machine).map(Step::Done),
                },
            }
        }
    }

    /// Deals with a match, or with there being none; gives what to do where that is not to look for the next.
    fn take(&mut self, machine: &mut Machine, found: Option<Box<Match>>) -> Result<Option<Step>, Error> {
        machine.work(1)?;
        if let What::Contains = self.what {
            return Ok(Some(Step::Done(found.is_some().into())));
        }
        let found = match found {
            Some(found) if self.limit.is_none_or(|limit| self.count < limit) => found,
            _ => {
                self.source = Source::Dry;
                return Ok(None);
            }
        };
        self.found_any = true;
        match &self.what {
            What::Contains => {}
            What::Match => {
                machine.allocate(found.text.len() + 200)?;
                self.out.push(Val::object(vec![
                    (key("match"), text_of(&found.text).into()),
                    (key("index"), found.start.into()),
                    (key("groups"), Val::list(found.groups.clone())),
                ]));
                self.advance(&found);
            }
            What::Split => {
                let part = self.part(self.position, found.start);
                machine.allocate(part.len() + 24)?;
                self.out.push(part.into());
                self.position = found.end;
                self.advance(&found);
            }
            What::Replace(Replacement::Text(text)) => {
                let with = substituted(text, &found);
                self.put(machine, &found, &with)?;
            }
            What::Replace(Replacement::Missing) => return Err(machine.error("T1006")),
            What::Replace(Replacement::Func(func)) => {
                let object = match (&found.object, &found.next) {
                    (Some(object), _) => object.clone(),
                    (None, Source::Regex(regex, ..)) => match_object(regex, &self.text, &found),
                    _ => Val::Undefined,
                };
                let func = func.clone();
                self.waiting = Waiting::Replacement(found);
                return Ok(Some(Step::Call(func, vec![object])));
            }
        }
        Ok(None)
    }

    fn advance(&mut self, found: &Match) {
        self.count += 1.0;
        self.source = found.next.clone();
    }

    /// The text between two places, as `substring` has it: in either order, and within the text.
    fn part(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.min(to).min(self.units.len()), from.max(to).min(self.units.len()));
        text_of(&self.units[from..to])
    }

    fn put(&mut self, machine: &mut Machine, found: &Match, with: &[u16]) -> Result<(), Error> {
        let (from, to) = (self.position.min(self.units.len()), found.start.min(self.units.len()));
        machine.allocate((to.saturating_sub(from) + with.len()) * 2)?;
        self.replaced.extend_from_slice(&self.units[from.min(to)..from.max(to)]);
        self.replaced.extend_from_slice(with);
        self.position = found.start + found.text.len();
        self.advance(found);
        Ok(())
    }

    fn end(&mut self, machine: &mut Machine) -> Result<Val, Error> {
        let mut out = std::mem::take(&mut self.out);
        match self.what {
            What::Contains => Ok(false.into()),
            What::Match => Ok(Val::sequence(out)),
            What::Split => {
                if self.limit.is_none_or(|limit| self.count < limit) {
                    out.push(self.part(self.position, self.units.len()).into());
                }
                Ok(Val::list(out))
            }
            What::Replace(_) if !self.found_any => Ok(self.text.clone().into()),
            What::Replace(_) => {
                let from = self.position.min(self.units.len());
                self.replaced.extend_from_slice(&self.units[from..]);
                machine.text(&text_of(&self.replaced))
            }
        }
    }
}

/// The match that a function of a user's tells.
fn described(machine: &mut Machine, object: Val) -> Result<Option<Box<Match>>, Error> {
    if object.is_undefined() {
        return Ok(None);
    }
    let member = |name: &str| object.get(name).unwrap_or(Val::Undefined);
    let (start, groups, next) = (member("start"), member("groups"), member("next"));
    if start.as_f64().is_none() && !groups.is_array() && !next.is_function() {
        return if object.truthy() { Err(machine.error("T1010")) } else { Ok(None) };
    }
    let place = |value: &Val| value.as_f64().unwrap_or(0.0).max(0.0) as usize;
    machine.allocate_items(groups.len())?;
    Ok(Some(Box::new(Match {
        text: member("match").as_str().unwrap_or_default().encode_utf16().collect(),
        start: place(&start),
        end: place(&member("end")),
        groups: if groups.is_array() { groups.into_items() } else { Vec::new() },
        next: match next {
            Val::Func(func) => Source::Func(func, false),
            _ => Source::Dry,
        },
        object: Some(object),
    })))
}

/// A replacement with its `$0`, `$1` and so on filled in.
fn substituted(replacement: &[u16], found: &Match) -> Vec<u16> {
    const DOLLAR: u16 = b'$' as u16;
    let digits = |at: usize, most: usize| -> Option<usize> {
        let digits = replacement[at..].iter().take(most).map_while(|unit| char::from_u32((*unit).into())?.to_digit(10));
        digits.fold(None, |number, digit| Some(number.unwrap_or(0) * 10 + digit as usize))
    };
    let count = found.groups.len();
    // As many digits as the number of groups has.
    let most = if count == 0 { 1 } else { count.ilog10() as usize + 1 };
    let mut out = Vec::new();
    let mut at = 0;
    while at < replacement.len() {
        let unit = replacement[at];
        at += 1;
        if unit != DOLLAR {
            out.push(unit);
            continue;
        }
        match replacement.get(at).copied() {
            Some(DOLLAR) => {
                out.push(DOLLAR);
                at += 1;
            }
            Some(unit) if unit == u16::from(b'0') => {
                out.extend_from_slice(&found.text);
                at += 1;
            }
            _ => {
                let mut group = digits(at, most);
                if most > 1 && group.is_some_and(|group| group > count) {
                    group = digits(at, most - 1);
                }
                let Some(group) = group else {
                    out.push(DOLLAR);
                    continue;
                };
                let text = group.checked_sub(1).and_then(|index| found.groups.get(index)).and_then(Val::as_str);
                out.extend(text.unwrap_or_default().encode_utf16());
                at += group.checked_ilog10().unwrap_or(0) as usize + 1;
            }
        }
    }
    out
}
