//! Numbers, words and strings, and what stands between tokens.

use super::{Items, Open, Parser};
use crate::json::{Kind, Node};
use crate::letters;
use crate::text::Span;
use crate::value::Number;

impl Parser<'_> {
    pub(super) fn scalar(&mut self) -> Node {
        match self.bytes[self.at] {
            b'"' => self.string('"'),
            b'\'' => {
                let node = self.string('\'');
                if let Kind::String(text) = &node.kind {
                    let fix = crate::value::quoted(text);
                    self.error(node.span, "a text must be in double quotes").fix(fix);
                }
                node
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    pub(super) fn number(&mut self) -> Node {
        let start = self.at;
        while self.at < self.bytes.len()
            && matches!(self.bytes[self.at], b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' | b'_')
        {
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        let written = span.of(self.text);
        match Number::parse(written) {
            Some(number) => Node { span, kind: Kind::Number(number) },
            None => {
                self.error(span, format!("`{written}` is not a number"))
                    .help("JSON numbers look like `12`, `-0.5` or `1e3`; a text needs double quotes");
                Node { span, kind: Kind::Broken }
            }
        }
    }

    /// `true`, `false`, `null`, or anything else that is no token of JSON.
    pub(super) fn word(&mut self) -> Node {
        let start = self.at;
        let rest = &self.text[start..];
        let is_name = |character: char| letters::is_letter_or_digit(character) || matches!(character, '_' | '$' | '.' | '-');
        let len = rest.find(|character| !is_name(character)).unwrap_or(rest.len());
        let len = if len == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { len };
        self.at += len;
        let span = Span::new(start, self.at);
        let kind = match span.of(self.text) {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            word => {
                let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
                let named = key_due && is_name(word.chars().next().unwrap_or(' '));
                let json = match word {
                    "True" => Some("true"),
                    "False" => Some("false"),
                    "None" | "undefined" | "nil" | "Null" | "NULL" => Some("null"),
                    _ => None,
                };
                match json {
                    _ if named => {
                        // A name without quotes: `place` would take any other scalar's text, but this one reads well as it stands.
                        let text: Box<str> = word.into();
                        self.error(span, "a name must be in double quotes").fix(format!("\"{text}\""));
                        return Node { span, kind: Kind::String(text) };
                    }
                    Some(json) => {
                        self.error(span, format!("`{word}` is not JSON")).help(format!("write `{json}`")).fix(json);
                        if json == "null" { Kind::Null } else { Kind::Bool(json == "true") }
                    }
                    None if is_name(word.chars().next().unwrap_or(' ')) => {
                        self.error(span, format!("`{word}` is not JSON"))
                            .help("a text must be in double quotes")
                            .fix(format!("\"{word}\""));
                        Kind::String(word.into())
                    }
                    None => {
                        let word = word.to_owned();
                        self.error(span, format!("`{word}` has no meaning here"));
                        Kind::Broken
                    }
                }
            }
        };
        Node { span, kind }
    }

    pub(super) fn string(&mut self, quote: char) -> Node {
        let start = self.at;
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let run = self.at;
            while self.at < self.bytes.len() && !matches!(self.bytes[self.at], b'\\' | b'"' | b'\'' | 0..0x20) {
                self.at += 1;
            }
            decoded.push_str(&self.text[run..self.at]);
            match self.bytes.get(self.at) {
                Some(&byte) if byte == quote as u8 => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut decoded),
                Some(b'"' | b'\'') => {
                    decoded.push(self.bytes[self.at] as char);
                    self.at += 1;
                }
                Some(b'\t') => {
                    self.error(Span::new(self.at, self.at + 1), "a tab inside a text").help(r"write it as `\t`").fix(r"\t");
                    decoded.push('\t');
                    self.at += 1;
                }
                Some(b'\n' | b'\r') | None if self.text[start + 1..self.at].trim().is_empty() => {
                    self.error(Span::new(start, start + 1), "a quote without a text").help("remove it").fix("");
                    return Node { span: Span::new(start, self.at), kind: Kind::Broken };
                }
                Some(b'\n' | b'\r') | None => {
                    self.error(Span::new(start, self.at), "this text has no closing quote")
                        .help("a text ends on the line it starts on; a line break in it is written `\\n`");
                    break;
                }
                Some(_) => {
                    let code = self.bytes[self.at];
                    self.error(Span::new(self.at, self.at + 1), format!("the control character U+{code:04X} inside a text"))
                        .fix(format!("\\u{code:04x}"));
                    decoded.push(code as char);
                    self.at += 1;
                }
            }
        }
        Node { span: Span::new(start, self.at), kind: Kind::String(decoded.into()) }
    }

    pub(super) fn escape(&mut self, decoded: &mut String) {
        let start = self.at;
        self.at += 1;
        let simple = match self.bytes.get(self.at) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start, decoded),
            _ => {
                let length = self.text[self.at..].chars().next().filter(|character| *character != '\n').map_or(0, char::len_utf8);
                self.at += length;
                let span = Span::new(start, self.at);
                let written = span.of(self.text).to_owned();
                self.error(span, format!("`{written}` is no escape of JSON"))
                    .help(r"a backslash itself is written `\\`")
                    .fix(format!("\\{written}"));
                decoded.push_str(&written);
                return;
            }
        };
        self.at += 1;
        decoded.push(simple);
    }

    pub(super) fn unicode_escape(&mut self, start: usize, decoded: &mut String) {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self.at + 1) else {
            self.at += 1;
            decoded.push('u');
            self.error(Span::new(start, self.at), r"`\u` must be followed by four hexadecimal digits");
            return;
        };
        let second = self.text[self.at + 5..].starts_with("\\u").then(|| unit(self.at + 7)).flatten();
        self.at += 5;
        let code = match (first, second) {
            (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) => {
                self.at += 6;
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        match char::from_u32(code) {
            Some(character) => decoded.push(character),
            None => {
                let span = Span::new(start, self.at);
                let written = span.of(self.text).to_owned();
                self.error(span, format!("`{written}` is half of a surrogate pair"))
                    .help(r"a character outside the basic plane is written as two `\u` escapes, high and low");
                decoded.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }

    /// White space, and comments, which JSON doesn't have.
    pub(super) fn skip_blank(&mut self) {
        loop {
            match self.bytes.get(self.at) {
                Some(b'\n') => {
                    self.at += 1;
                    self.line = self.at;
                    self.fresh = true;
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    let rest = &self.text[self.at..];
                    let len = if rest.starts_with("//") {
                        rest.find('\n').unwrap_or(rest.len())
                    } else {
                        rest.find("*/").map_or(rest.len(), |end| end + 2)
                    };
                    let span = Span::new(self.at, self.at + len);
                    self.at += len;
                    self.error(span, "a comment: JSON has none")
                        .help("put the words into the `Comment` field, or remove them")
                        .fix("");
                }
                // A byte order mark and blanks that word processors leave are white space to the eye.
                Some(0xC2 | 0xE2 | 0xEF) => {
                    let Some(character) =
                        self.text[self.at..].chars().next().filter(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
                    else {
                        return;
                    };
                    let span = Span::new(self.at, self.at + character.len_utf8());
                    self.at = span.end;
                    if span.start > 0 || character != '\u{feff}' {
                        self.error(span, format!("the invisible character U+{:04X}", character as u32))
                            .help("replace it by a space")
                            .fix(" ");
                    }
                }
                _ => return,
            }
        }
    }
}
