//! Text to tokens, one at a time: whether `/` divides or opens a regular expression is for the parser to say.

use super::error::Error;
use crate::float;
use crate::text::Span;

/// A token with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// An operator or bracket; `and`, `or` and `in` too, which can also be names.
    Operator(&'static str),
    Name(Box<str>),
    /// Without the `$`: empty for the context, `$` for the root.
    Variable(Box<str>),
    String(Box<str>),
    Number(f64),
    True,
    False,
    Null,
    Regex {
        pattern: Box<str>,
        flags: Box<str>,
    },
    End,
}

/// Longer ones before their beginnings.
const OPERATORS: &[&str] = &[
    "..", ":=", "!=", ">=", "<=", "**", "~>", ".", "[", "]", "{", "}", "(", ")", ",", "@", "#", ";", ":", "?", "+", "-", "*", "/",
    "%", "|", "=", "<", ">", "^", "&", "!", "~",
];

#[derive(Clone)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    pub errors: Vec<Error>,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Lexer<'a> {
        Lexer { text, at: 0, errors: Vec::new() }
    }

    /// The next token; after an operand (`infix`) a `/` divides.
    pub fn next(&mut self, infix: bool) -> Token {
        self.skip_blank();
        let start = self.at;
        let kind = self.kind(infix);
        Token { kind, span: Span::new(start, self.at) }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn byte(&self, offset: usize) -> u8 {
        self.text.as_bytes().get(self.at + offset).copied().unwrap_or(0)
    }

    fn error(&mut self, code: &'static str, span: Span, token: &str) {
        self.errors.push(Error::new(code, span).with_token(token));
    }

    fn skip_blank(&mut self) {
        loop {
            while is_blank(self.byte(0)) {
                self.at += 1;
            }
            if !self.rest().starts_with("/*") {
                return;
            }
            match self.text[self.at + 2..].find("*/") {
                Some(len) => self.at += len + 4,
                None => {
                    self.error("S0106", Span::new(self.at, self.at + 2), "/*");
                    self.at = self.text.len();
                }
            }
        }
    }

    fn kind(&mut self, infix: bool) -> Kind {
        let first = self.byte(0);
        if self.at >= self.text.len() {
            return Kind::End;
        }
        if first == b'/' && !infix {
            return self.regex();
        }
        let rest = self.rest();
        if let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
            self.at += operator.len();
            return Kind::Operator(operator);
        }
        match first {
            b'"' | b'\'' => self.string(first),
            b'0'..=b'9' => self.number(),
            b'`' => self.quoted_name(),
            _ => self.name(),
        }
    }

    fn string(&mut self, quote: u8) -> Kind {
        let start = self.at;
        let mut units: Vec<u16> = Vec::new();
        self.at += 1;
        loop {
            let Some(character) = self.rest().chars().next() else {
                self.error("S0101", Span::new(start, self.at), &self.text[start..self.at]);
                break;
            };
            self.at += character.len_utf8();
            if character as u32 == quote as u32 {
                break;
            }
            match character {
                '\\' => self.escape(&mut units),
                _ => units.extend_from_slice(character.encode_utf16(&mut [0; 2])),
            }
        }
        Kind::String(String::from_utf16_lossy(&units).into())
    }

    fn escape(&mut self, units: &mut Vec<u16>) {
        let start = self.at - 1;
        let Some(letter) = self.rest().chars().next() else { return };
        self.at += letter.len_utf8();
        let unit = match letter {
            '"' | '\\' | '/' => letter as u16,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
                    Some(unit) => {
                        self.at += 4;
                        unit
                    }
                    None => return self.error("S0104", Span::new(start, self.at), "u"),
                }
            }
            _ => return self.error("S0103", Span::new(start, self.at), letter.encode_utf8(&mut [0; 4])),
        };
        units.push(unit);
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        if self.byte(0) == b'0' {
            self.at += 1;
        } else {
            self.digits();
        }
        if self.byte(0) == b'.' && self.byte(1).is_ascii_digit() {
            self.at += 1;
            self.digits();
        }
        if matches!(self.byte(0), b'e' | b'E') {
            let sign = matches!(self.byte(1), b'+' | b'-') as usize;
            if self.byte(1 + sign).is_ascii_digit() {
                self.at += 1 + sign;
                self.digits();
            }
        }
        let digits = &self.text[start..self.at];
        match float::parse(digits) {
            Some(value) if value.is_finite() => Kind::Number(value),
            _ => {
                self.error("S0102", Span::new(start, self.at), digits);
                Kind::Number(0.0)
            }
        }
    }

    fn digits(&mut self) {
        while self.byte(0).is_ascii_digit() {
            self.at += 1;
        }
    }

    fn quoted_name(&mut self) -> Kind {
        let start = self.at + 1;
        match self.text[start..].find('`') {
            Some(len) => {
                self.at = start + len + 1;
                Kind::Name(self.text[start..start + len].into())
            }
            None => {
                self.at = self.text.len();
                self.error("S0105", Span::new(start - 1, self.at), &self.text[start - 1..]);
                Kind::Name(self.text[start..].into())
            }
        }
    }

    fn name(&mut self) -> Kind {
        let len = self.rest().bytes().position(|byte| is_blank(byte) || is_operator(byte)).unwrap_or(self.rest().len());
        let name = &self.rest()[..len];
        self.at += len;
        if let Some(variable) = name.strip_prefix('$') {
            return Kind::Variable(variable.into());
        }
        match name {
            "and" => Kind::Operator("and"),
            "or" => Kind::Operator("or"),
            "in" => Kind::Operator("in"),
            "true" => Kind::True,
            "false" => Kind::False,
            "null" => Kind::Null,
            _ => Kind::Name(name.into()),
        }
    }

    /// A regular expression: up to a `/` that no backslash and no bracket hides.
    fn regex(&mut self) -> Kind {
        let open = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0;
        let mut at = open + 1;
        while at < bytes.len() {
            let escaped = bytes[open + 1..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
            match bytes[at] {
                b'/' if depth == 0 && !escaped => return self.end_of_regex(open, at),
                // The reference looks at one character alone here: after `\\` a bracket doesn't count either.
                b'(' | b'[' | b'{' if bytes[at - 1] != b'\\' => depth += 1,
                b')' | b']' | b'}' if bytes[at - 1] != b'\\' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        self.at = bytes.len();
        self.error("S0302", Span::new(open, self.at), &self.text[open..]);
        Kind::Regex { pattern: "".into(), flags: "".into() }
    }

    fn end_of_regex(&mut self, open: usize, close: usize) -> Kind {
        self.at = close + 1;
        while matches!(self.byte(0), b'i' | b'm') {
            self.at += 1;
        }
        if close == open + 1 {
            self.error("S0301", Span::new(open, self.at), "//");
        }
        Kind::Regex { pattern: self.text[open + 1..close].into(), flags: self.text[close + 1..self.at].into() }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B)
}

fn is_operator(byte: u8) -> bool {
    OPERATORS.iter().any(|operator| operator.as_bytes() == [byte])
}
