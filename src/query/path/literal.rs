//! Texts and JSON inside paths, with the leniency of the readers that Jayway uses for them.

use super::java::decimal;
use crate::value::{Key, Number, Value};

/// How deep JSON may nest inside a path.
const MAX_DEPTH: u32 = 64;

/// A text without its backslashes; the digits of a `\u` that has wrong ones are the error.
pub(super) fn unescape(text: &str) -> Result<String, String> {
    if !text.contains('\\') {
        return Ok(text.to_owned());
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
            continue;
        }
        match rest.next() {
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                if digits.chars().count() == 4 {
                    units.push(u16::from_str_radix(&digits, 16).map_err(|_| digits)?);
                }
            }
            Some(escaped) => {
                let meant = match escaped {
                    'r' => '\r',
                    'f' => '\u{c}',
                    't' => '\t',
                    'n' => '\n',
                    'b' => '\u{8}',
                    other => other,
                };
                units.extend_from_slice(meant.encode_utf16(&mut [0; 2]));
            }
            None => units.push(u16::from(b'\\')),
        }
    }
    Ok(String::from_utf16_lossy(&units))
}

/// JSON as json-smart's permissive mode reads it: single quotes, words without quotes, commas too many.
pub(super) fn lenient_json(text: &str) -> Option<Value> {
    Lenient { rest: text }.value(&[], 0)
}

struct Lenient<'a> {
    rest: &'a str,
}

impl Lenient<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// A value; a word without quotes ends before one of `stops`.
    fn value(&mut self, stops: &[char], depth: u32) -> Option<Value> {
        self.skip_blanks();
        match self.rest.chars().next()? {
            _ if depth > MAX_DEPTH => None,
            '[' => self.array(depth + 1),
            '{' => self.object(depth + 1),
            '"' | '\'' => self.text().map(Value::from),
            ':' | ']' | '}' => None,
            _ => Some(word_value(self.word(stops))),
        }
    }

    fn array(&mut self, depth: u32) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', ',']);
            match self.rest.strip_prefix(']') {
                Some(rest) => {
                    self.rest = rest;
                    return Some(Value::array(items));
                }
                None => items.push(self.value(&[',', ']'], depth)?),
            }
        }
    }

    fn object(&mut self, depth: u32) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut members: Vec<(Key, Value)> = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', ',']);
            if let Some(rest) = self.rest.strip_prefix('}') {
                self.rest = rest;
                return Some(Value::object(members));
            }
            let key = match self.rest.chars().next()? {
                ':' | '[' | ']' | '{' => return None,
                '"' | '\'' => self.text()?,
                _ => self.word(&[':']).to_owned(),
            };
            self.skip_blanks();
            self.rest = self.rest.strip_prefix(':')?;
            let value = self.value(&[',', '}'], depth)?;
            members.push((key.into(), value));
            self.skip_blanks();
            if !self.rest.starts_with([',', '}']) {
                return None;
            }
        }
    }

    /// A text in quotes of either kind.
    fn text(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let body = &self.rest[1..];
        let mut escaped = false;
        let end = body.char_indices().find(|(_, character)| {
            let ends = !escaped && *character == quote;
            escaped = !escaped && *character == '\\';
            ends
        });
        let (end, _) = end?;
        self.rest = &body[end + 1..];
        unescape(&body[..end]).ok()
    }

    fn word(&mut self, stops: &[char]) -> &str {
        let end = self.rest.find(stops).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim()
    }
}

fn word_value(word: &str) -> Value {
    match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        _ if word.starts_with(|first: char| first.is_ascii_digit() || first == '-') => {
            decimal(word).map_or_else(|| Value::from(word), number_value)
        }
        _ => Value::from(word),
    }
}

fn number_value(number: Number) -> Value {
    Value::Number(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_nearly_json() {
        for (text, json) in [
            ("['a', \"b\", c d, 1, 1.5, true, null,]", r#"["a","b","c d",1,1.5,true,null]"#),
            ("{a: 1, 'b': [x], \"c\": {}}", r#"{"a":1,"b":["x"],"c":{}}"#),
            ("[,,]", "[]"),
            ("-1x", r#""-1x""#),
            (r"['it\'s']", r#"["it's"]"#),
        ] {
            assert_eq!(lenient_json(text).map(|value| value.to_string()).as_deref(), Some(json), "{text}");
        }
        for text in ["[", "[1", "{", "{a}", "{a:1", "['a]", "]", ""] {
            assert!(lenient_json(text).is_none(), "{text}");
        }
        assert!(lenient_json(&"[".repeat(100_000)).is_none());
    }

    #[test]
    fn takes_escapes_apart() {
        assert_eq!(unescape(r"a\'b\\c\u00e9\ud83d\ude00\q").as_deref(), Ok("a'b\\cé😀q"));
        assert_eq!(unescape(r"\u00zz"), Err("00zz".to_owned()));
        assert_eq!(unescape("a\\").as_deref(), Ok("a\\"));
    }
}
