//! The grammar of calls: a name, arguments in round brackets; texts in single quotes, numbers, `true`, `false`, `null`, paths, calls.

use super::error::{CallProblem, CallProblemKind};
use super::format::{self, Template};
use super::function::Function;
use super::{Argument, ArgumentKind, Invocation};
use crate::letters;
use crate::query::path::{Path, PathError};
use crate::text::Span;
use crate::value::{Number, Value};

/// How many calls may stand inside one another (Step Functions Developer Guide, Intrinsic functions).
pub const MAX_NESTING: usize = 10;

pub(super) fn parse(text: &str) -> Parsed<Invocation> {
    let mut parser = Parser { text, at: 0 };
    parser.skip_blanks();
    let invocation = parser.invocation(1)?;
    parser.skip_blanks();
    if parser.at < text.len() {
        return Err(problem(Span::new(parser.at, text.len()), CallProblemKind::Expected("nothing after the call")));
    }
    Ok(invocation)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

type Parsed<T> = Result<T, Box<CallProblem>>;

impl Parser<'_> {
    fn invocation(&mut self, nesting: usize) -> Parsed<Invocation> {
        let start = self.at;
        let name_len = self.rest().bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
        let name = Span::new(start, start + name_len);
        if name.is_empty() {
            return Err(self.expected("the name of an intrinsic function"));
        }
        let Some(function) = Function::named(name.of(self.text)) else {
            return Err(problem(name, CallProblemKind::UnknownFunction(name.of(self.text).into())));
        };
        if nesting > MAX_NESTING {
            return Err(problem(name, CallProblemKind::TooDeep));
        }
        self.at = name.end;
        self.skip_blanks();
        self.take(b'(', "`(`")?;
        let arguments = self.arguments(function, nesting)?;
        let (least, most) = function.argument_count();
        if !(least..=most).contains(&arguments.len()) {
            let found = arguments.len();
            let count = CallProblemKind::ArgumentCount { function: function.name(), least, most, found };
            return Err(problem(Span::new(start, self.at), count));
        }
        Ok(Invocation { span: Span::new(start, self.at), function, arguments })
    }

    fn arguments(&mut self, function: Function, nesting: usize) -> Parsed<Vec<Argument>> {
        let mut arguments = Vec::new();
        self.skip_blanks();
        if self.byte() == Some(b')') {
            self.at += 1;
            return Ok(arguments);
        }
        loop {
            self.skip_blanks();
            let start = self.at;
            let is_template = function == Function::Format && arguments.is_empty();
            let kind = self.argument(is_template, nesting)?;
            arguments.push(Argument { span: Span::new(start, self.at), kind });
            self.skip_blanks();
            match self.byte() {
                Some(b',') => self.at += 1,
                Some(b')') => {
                    self.at += 1;
                    return Ok(arguments);
                }
                _ => return Err(self.expected("`,` or `)`")),
            }
        }
    }

    fn argument(&mut self, is_template: bool, nesting: usize) -> Parsed<ArgumentKind> {
        match self.byte() {
            Some(b'\'') => self.quoted(is_template),
            Some(b'$') => self.path(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
                    let rest = self.rest().strip_prefix(word);
                    if rest.is_some_and(|rest| !rest.starts_with(|next: char| letters::is_letter_or_digit(next) || next == '.')) {
                        self.at += word.len();
                        return Ok(ArgumentKind::Literal(value));
                    }
                }
                if !self.rest().starts_with(|first: char| first.is_ascii_alphabetic()) {
                    return Err(self.expected("an argument: a text in single quotes, a number, a path or a call"));
                }
                self.invocation(nesting + 1).map(ArgumentKind::Call)
            }
        }
    }

    fn quoted(&mut self, is_template: bool) -> Parsed<ArgumentKind> {
        let start = self.at;
        let body = start + 1;
        let mut characters = self.text[body..].char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '\'' => {
                    self.at = body + at + 1;
                    let raw = &self.text[body..body + at];
                    return Ok(match is_template {
                        true => ArgumentKind::Template(Template::parse(raw)),
                        false => ArgumentKind::Literal(Value::from(format::unescape(raw))),
                    });
                }
                '\\' => match characters.next() {
                    Some((_, '\'' | '{' | '}' | '\\')) => {}
                    Some((next, other)) => {
                        let span = Span::new(body + at, body + next + other.len_utf8());
                        return Err(problem(span, CallProblemKind::Escape(other)));
                    }
                    None => break,
                },
                _ => {}
            }
        }
        Err(problem(Span::new(start, self.text.len()), CallProblemKind::OpenText))
    }

    fn number(&mut self) -> Parsed<ArgumentKind> {
        let start = self.at;
        let is_end = |character: char| character == ',' || character == ')' || character.is_ascii_whitespace();
        self.at += self.rest().find(is_end).unwrap_or(self.rest().len());
        let span = Span::new(start, self.at);
        match Number::parse(span.of(self.text)) {
            Some(number) => Ok(ArgumentKind::Literal(Value::Number(number))),
            None => Err(problem(span, CallProblemKind::Number)),
        }
    }

    /// A path ends at a comma or a closing bracket that is not its own.
    fn path(&mut self) -> Parsed<ArgumentKind> {
        let start = self.at;
        let mut depth = 0_usize;
        let mut quote = None;
        let mut escaped = false;
        let end = self.rest().bytes().position(|byte| {
            match (quote, byte) {
                _ if escaped => escaped = false,
                (Some(_), b'\\') => escaped = true,
                (Some(open), _) => quote = if byte == open { None } else { quote },
                (None, b'\'' | b'"') if depth > 0 => quote = Some(byte),
                (None, b'[' | b'(') => depth += 1,
                (None, b']' | b')') if depth > 0 => depth -= 1,
                (None, b',' | b')') => return depth == 0,
                _ => {}
            }
            false
        });
        self.at += end.unwrap_or(self.rest().len());
        let text = Span::new(start, self.at).of(self.text).trim_end();
        let moved = |mut error: PathError| {
            error.span = Span::new(error.span.start + start, error.span.end + start);
            error
        };
        match Path::parse(text).map_err(moved) {
            Ok(path) => Ok(ArgumentKind::Path(path)),
            Err(error) => Err(problem(error.span, CallProblemKind::Path(error))),
        }
    }

    fn take(&mut self, byte: u8, name: &'static str) -> Parsed<()> {
        if self.byte() != Some(byte) {
            return Err(self.expected(name));
        }
        self.at += 1;
        Ok(())
    }

    fn expected(&self, what: &'static str) -> Box<CallProblem> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        problem(Span::new(self.at, self.at + length), CallProblemKind::Expected(what))
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_ascii_start().len();
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
}

fn problem(span: Span, kind: CallProblemKind) -> Box<CallProblem> {
    Box::new(CallProblem { span, kind })
}
