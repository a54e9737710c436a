//! The grammar of conditions: `||` of `&&` of comparisons, with `!` and brackets, as Jayway's `FilterCompiler` reads them.

use super::pattern::{self, Pattern};
use super::{Condition, Filter, Operand, Operator};
use crate::letters;
use crate::query::path::cursor::Cursor;
use crate::query::path::error::{Invalid, PathError};
use crate::query::path::java::decimal;
use crate::query::path::literal::{lenient_json, unescape};
use crate::query::path::parse::{Reading, compile as compile_path};
use crate::text::Span;
use std::sync::Arc;

/// How deep brackets and negations may nest in a condition.
const MAX_BRACKETS: u32 = 32;

/// Reads `[?(...)]`, the text of `cursor`, whose round brackets open at `open` and end before `end`.
pub(in super::super) fn compile(mut cursor: Cursor, open: usize, end: usize, reading: Reading) -> Result<Filter, PathError> {
    cursor.at = open;
    cursor.end = end;
    let mut parser = Parser { cursor, reading, brackets: 0 };
    match parser.whole() {
        Ok(condition) => Ok(Filter(condition)),
        Err(Fail::Refused(error)) => Err(error),
        Err(Fail::Broken) => {
            let Cursor { text, at, .. } = parser.cursor;
            let character = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            let what = Invalid::Filter(text.into(), parser.cursor.position(at), character);
            Err(parser.cursor.error(Span::new(open, end), what))
        }
    }
}

/// How reading can fail.
enum Fail {
    /// As something that Jayway refuses, and may try to read in another way.
    Refused(PathError),
    /// As something that breaks Jayway's parser.
    Broken,
}

type Read<T> = Result<T, Fail>;

struct Parser<'a> {
    cursor: Cursor<'a>,
    reading: Reading,
    brackets: u32,
}

impl Parser<'_> {
    fn whole(&mut self) -> Read<Condition> {
        let condition = self.any()?;
        self.cursor.skip_blanks();
        if self.cursor.in_bounds() {
            let rest = self.text(self.cursor.at, self.cursor.end);
            return self.refuse(self.cursor.at, Invalid::FilterEnd(rest.into()));
        }
        Ok(condition)
    }

    fn any(&mut self) -> Read<Condition> {
        let mut conditions = vec![self.all()?];
        while self.takes("||") {
            conditions.push(self.all()?);
        }
        Ok(one_or(conditions, Condition::Any))
    }

    fn all(&mut self) -> Read<Condition> {
        let mut conditions = vec![self.operand_of_all()?];
        while self.takes("&&") {
            conditions.push(self.operand_of_all()?);
        }
        Ok(one_or(conditions, Condition::All))
    }

    fn operand_of_all(&mut self) -> Read<Condition> {
        self.brackets += 1;
        let condition =
            if self.brackets > MAX_BRACKETS { self.refuse(self.cursor.at, Invalid::TooDeep) } else { self.negated_or_bracketed() };
        self.brackets -= 1;
        condition
    }

    fn negated_or_bracketed(&mut self) -> Read<Condition> {
        let start = self.significant()?;
        match self.current()? {
            b'!' => {
                self.cursor.at += 1;
                self.significant()?;
                if !matches!(self.current()?, b'$' | b'@') {
                    return Ok(Condition::Not(Box::new(self.operand_of_all()?)));
                }
                // A negation before a path belongs to the path.
                self.cursor.at = start;
                self.comparison()
            }
            b'(' => {
                self.cursor.at += 1;
                let condition = self.any()?;
                self.significant()?;
                if self.current()? != b')' {
                    return self.refuse(self.cursor.at, Invalid::Closing);
                }
                self.cursor.at += 1;
                Ok(condition)
            }
            _ => self.comparison(),
        }
    }

    /// `value operator value`, or a path alone.
    fn comparison(&mut self) -> Read<Condition> {
        let (left, should_exist) = self.value()?;
        let after_left = self.cursor.at;
        match self.operator_and_value() {
            Ok((operator, right)) => return Ok(Condition::Compare(left, operator, right)),
            Err(Fail::Refused(_)) => self.cursor.at = after_left,
            Err(Fail::Broken) => return Err(Fail::Broken),
        }
        match left {
            Operand::Path(path) => Ok(Condition::Exists(path, should_exist)),
            _ => self.refuse(after_left, Invalid::NotPath),
        }
    }

    fn operator_and_value(&mut self) -> Read<(Operator, Operand)> {
        let start = self.significant()?;
        let is_symbol = |byte: Option<u8>| matches!(byte, Some(b'<' | b'>' | b'=' | b'~' | b'!'));
        let symbol = is_symbol(Some(self.current()?));
        while self.cursor.in_bounds() {
            let byte = self.cursor.byte(self.cursor.at);
            if if symbol { !is_symbol(byte) } else { byte == Some(b' ') } {
                break;
            }
            self.cursor.at += 1;
        }
        let name = self.text(start, self.cursor.at);
        let Some(operator) = operator(name) else { return self.refuse(start, Invalid::Operator(name.into())) };
        let (right, _) = self.value()?;
        Ok((operator, right))
    }

    /// A value, and, for a path, whether it should exist.
    fn value(&mut self) -> Read<(Operand, bool)> {
        let start = self.significant()?;
        let operand = match self.current()? {
            b'$' | b'@' => return self.path(),
            b'!' => {
                self.cursor.at += 1;
                self.significant()?;
                return match self.current()? {
                    b'$' | b'@' => self.path(),
                    _ => self.refuse(start, Invalid::Negation),
                };
            }
            quote @ (b'\'' | b'"') => self.quoted(quote)?,
            _ if self.word().is_some() => self.word_as_text(),
            b't' | b'f' => self.boolean()?,
            b'n' => self.null()?,
            open @ (b'[' | b'{') => self.json(open)?,
            b'/' => self.pattern()?,
            _ => self.number()?,
        };
        Ok((operand, true))
    }

    fn path(&mut self) -> Read<(Operand, bool)> {
        let start = self.cursor.at;
        let should_exist = !matches!(self.cursor.previous_significant(start), Some((_, b'!')));
        self.cursor.at += 1;
        while self.cursor.in_bounds() {
            if self.current()? == b'[' {
                match self.cursor.matching(self.cursor.at, b'[', b']', false).map_err(Fail::Refused)? {
                    Some(close) => self.cursor.at = close + 1,
                    None => return self.refuse(self.cursor.at, Invalid::OpenBrackets(self.cursor.text.into())),
                }
            }
            let over = match self.current()? {
                b')' => !self.closes_call(start),
                byte => matches!(byte, b'<' | b'>' | b'=' | b'~' | b'!' | b' '),
            };
            if over || !self.cursor.in_bounds() {
                break;
            }
            self.cursor.at += 1;
        }
        let span = Span::new(start, self.cursor.at);
        let shift = self.cursor.shift() + start as isize;
        let compiled = compile_path(span.of(self.cursor.text), shift, self.reading.deeper()).map_err(Fail::Refused)?;
        Ok((Operand::Path(compiled), should_exist))
    }

    /// Whether the `)` at the cursor ends a call without arguments, such as `.length()`.
    fn closes_call(&self, start: usize) -> bool {
        match self.cursor.previous_significant(self.cursor.at) {
            Some((open, b'(')) => (start + 1..open).any(|at| self.cursor.byte(at) == Some(b'.')),
            _ => false,
        }
    }

    fn quoted(&mut self, quote: u8) -> Read<Operand> {
        let start = self.cursor.at;
        let Some(end) = self.cursor.find_unescaped(start, quote) else {
            return self.refuse(start, Invalid::OpenText(quote as char, self.cursor.text.into()));
        };
        self.cursor.at = end + 1;
        unescape(self.text(start + 1, end)).map(|text| Operand::Text(text.into())).map_err(|_| Fail::Broken)
    }

    /// The word without quotes that stands at the cursor as a text, where it does.
    fn word(&self) -> Option<&str> {
        let rest = self.text(self.cursor.at, self.cursor.end);
        let is_part = |character: char| letters::is_letter_or_digit(character) || matches!(character, '_' | '-');
        let word = &rest[..rest.find(|character| !is_part(character)).unwrap_or(rest.len())];
        let first = word.chars().next()?;
        let is_text =
            self.reading.words && (letters::is_letter(first) || first == '_') && !matches!(word, "true" | "false" | "null");
        is_text.then_some(word)
    }

    fn word_as_text(&mut self) -> Operand {
        let word: Arc<str> = self.word().unwrap_or_default().into();
        self.cursor.at += word.len();
        Operand::Text(word)
    }

    fn boolean(&mut self) -> Read<Operand> {
        let start = self.cursor.at;
        for (word, value) in [("true", true), ("false", false)] {
            if self.text(start, self.cursor.end).starts_with(word) {
                self.cursor.at += word.len();
                return Ok(Operand::Bool(value));
            }
        }
        self.refuse(start, Invalid::Boolean)
    }

    fn null(&mut self) -> Read<Operand> {
        let start = self.cursor.at;
        if !self.text(start, self.cursor.end).starts_with("null") {
            return self.refuse(start, Invalid::Null);
        }
        self.cursor.at += 4;
        Ok(Operand::Null)
    }

    fn json(&mut self, open: u8) -> Read<Operand> {
        let start = self.cursor.at;
        let close = if open == b'[' { b']' } else { b'}' };
        let Some(end) = self.cursor.matching(start, open, close, false).map_err(Fail::Refused)? else {
            return self.refuse(start, Invalid::OpenLiteral(self.cursor.text.into()));
        };
        self.cursor.at = end + 1;
        let text = self.text(start, end + 1);
        Ok(Operand::Json(text.into(), lenient_json(text)))
    }

    fn pattern(&mut self) -> Read<Operand> {
        let start = self.cursor.at;
        let Some(end) = self.cursor.find_unescaped(start, b'/') else {
            return self.refuse(start, Invalid::OpenPattern(self.cursor.text.into()));
        };
        self.cursor.at = end + 1;
        while self.cursor.in_bounds() && self.cursor.byte(self.cursor.at).is_some_and(pattern::is_flag) {
            self.cursor.at += 1;
        }
        let flags = self.text(end + 1, self.cursor.at);
        Pattern::new(self.text(start + 1, end), flags).map(|pattern| Operand::Pattern(Box::new(pattern))).ok_or(Fail::Broken)
    }

    fn number(&mut self) -> Read<Operand> {
        let start = self.cursor.at;
        let is_part = |byte: u8| matches!(byte, b'0'..=b'9' | b'-' | b'.' | b'e' | b'E');
        while self.cursor.in_bounds() && self.cursor.byte(self.cursor.at).is_some_and(is_part) {
            self.cursor.at += 1;
        }
        decimal(self.text(start, self.cursor.at)).map(Operand::Number).ok_or(Fail::Broken)
    }

    fn takes(&mut self, symbol: &str) -> bool {
        let start = self.cursor.at;
        self.cursor.skip_blanks();
        let found = self.text(self.cursor.at, self.cursor.end).starts_with(symbol);
        self.cursor.at = if found { self.cursor.at + symbol.len() } else { start };
        found
    }

    /// Goes to the next character that is no blank.
    fn significant(&mut self) -> Read<usize> {
        self.cursor.skip_blanks();
        self.current()?;
        Ok(self.cursor.at)
    }

    fn current(&self) -> Read<u8> {
        self.cursor.byte(self.cursor.at).ok_or(Fail::Broken)
    }

    fn text(&self, start: usize, end: usize) -> &str {
        Span::new(start, end).of(self.cursor.text)
    }

    fn refuse<T>(&self, start: usize, what: Invalid) -> Read<T> {
        Err(Fail::Refused(self.cursor.error(Span::new(start, self.cursor.end.max(start)), what)))
    }
}

fn one_or(mut conditions: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match (conditions.len(), conditions.pop()) {
        (1, Some(condition)) => condition,
        (_, last) => {
            conditions.extend(last);
            several(conditions)
        }
    }
}

fn operator(name: &str) -> Option<Operator> {
    Some(match &*letters::upper(name) {
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "===" => Operator::SameTypeEqual,
        "!==" => Operator::SameTypeNotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "=~" => Operator::Matches,
        "IN" => Operator::In,
        "NIN" => Operator::NotIn,
        "CONTAINS" => Operator::Contains,
        "SIZE" => Operator::Size,
        "EMPTY" => Operator::Empty,
        "SUBSETOF" => Operator::SubsetOf,
        "ANYOF" => Operator::AnyOf,
        "NONEOF" => Operator::NoneOf,
        "EXISTS" => Operator::Exists,
        // `ALL` wants a list of Java's, which a text can't give.
        "ALL" | "TYPE" | "MATCHES" => Operator::Unusable,
        _ => return None,
    })
}
