//! What AWS says of an execution's input that is not JSON.
//!
//! The service reads it with Jackson, whose reader stops at the first character that can't go on; the wording is that of Jackson's
//! `ParserBase` and `UTF8StreamJsonParser`. Recorded on AWS: `Unexpected character (''' (code 39)): was expecting double-quote to start
//! field name`.

use crate::letters;
use crate::value::Number;

/// Jackson's message for a text that is not one JSON value; none where it is.
pub fn jackson_message(text: &str) -> Option<String> {
    let mut reader = Reader { text, at: 0, open: Vec::new() };
    reader.document().err()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The open brackets.
    open: Vec<u8>,
}

type Read<T = ()> = Result<T, String>;

impl Reader<'_> {
    fn document(&mut self) -> Read {
        self.blanks();
        if self.at == self.text.len() {
            return Err("No content to map due to end-of-input".to_owned());
        }
        self.value()?;
        while let Some(bracket) = self.open.last().copied() {
            self.next_in(bracket)?;
        }
        self.blanks();
        match self.peek() {
            None => Ok(()),
            Some(character) => Err(unexpected(character, "Expected end of input")),
        }
    }

    /// What comes after a value or at the start inside an open bracket.
    fn next_in(&mut self, bracket: u8) -> Read {
        let fresh = self.text[..self.at].ends_with(bracket as char);
        self.blanks();
        let close = if bracket == b'{' { '}' } else { ']' };
        match self.peek() {
            None => Err(self.end_of_input(bracket)),
            Some(character) if character == close => {
                self.at += 1;
                self.open.pop();
                Ok(())
            }
            Some(',') if !fresh => {
                self.at += 1;
                self.blanks();
                self.member(bracket)
            }
            Some(_) if fresh => self.member(bracket),
            Some(character) => {
                let kind = if bracket == b'{' { "Object" } else { "Array" };
                Err(unexpected(character, &format!("was expecting comma to separate {kind} entries")))
            }
        }
    }

    fn member(&mut self, bracket: u8) -> Read {
        if bracket == b'[' {
            return self.value();
        }
        match self.peek() {
            Some('"') => self.string()?,
            Some(character) => return Err(unexpected(character, "was expecting double-quote to start field name")),
            None => return Err(self.end_of_input(bracket)),
        }
        self.blanks();
        match self.peek() {
            Some(':') => self.at += 1,
            Some(character) => return Err(unexpected(character, "was expecting a colon to separate field name and value")),
            None => return Err(self.end_of_input(bracket)),
        }
        self.blanks();
        self.value()
    }

    fn value(&mut self) -> Read {
        match self.peek() {
            None => Err(self.open.last().map_or("Unexpected end-of-input".to_owned(), |bracket| self.end_of_input(*bracket))),
            Some(bracket @ ('{' | '[')) if self.open.len() < crate::json::MAX_DEPTH => {
                self.at += 1;
                self.open.push(bracket as u8);
                Ok(())
            }
            Some('{' | '[') => Err(format!(
                "Document nesting depth ({}) exceeds the maximum allowed ({}, from `StreamReadConstraints.getMaxNestingDepth()`)",
                crate::json::MAX_DEPTH + 1,
                crate::json::MAX_DEPTH
            )),
            Some('"') => self.string(),
            Some('-' | '0'..='9') => self.number(),
            Some(character) if letters::is_letter(character) || character == '_' || character == '$' => self.word(),
            Some(character) => Err(unexpected(character, EXPECTED_VALUE)),
        }
    }

    fn word(&mut self) -> Read {
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| !(letters::is_letter_or_digit(c) || c == '_' || c == '$')).unwrap_or(rest.len());
        self.at += len;
        match &rest[..len] {
            "true" | "false" | "null" => Ok(()),
            word => Err(format!(
                "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
            )),
        }
    }

    fn number(&mut self) -> Read {
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).unwrap_or(rest.len());
        let written = &rest[..len];
        self.at += len;
        if Number::parse(written).is_some() {
            return Ok(());
        }
        let digits = written.trim_start_matches('-');
        if digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit()) {
            return Err("Invalid numeric value: Leading zeroes not allowed".to_owned());
        }
        let valid = written.char_indices().find(|(at, _)| Number::parse(&written[..=*at]).is_none() && *at > 0);
        let character = valid.and_then(|(_, character)| (!matches!(character, '.' | 'e' | 'E' | '-' | '+')).then_some(character));
        match character {
            Some(character) => Err(unexpected(character, "Expected space separating root-level values")),
            None => Err("Decimal point not followed by a digit".to_owned()),
        }
    }

    fn string(&mut self) -> Read {
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err("Unexpected end-of-input in VALUE_STRING".to_owned()),
                Some('"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some('\\') => {
                    self.at += 1;
                    self.escape()?;
                }
                Some(character @ '\0'..'\u{20}') => {
                    let code = character as u32;
                    return Err(format!(
                        "Illegal unquoted character ((CTRL-CHAR, code {code})): has to be escaped using backslash to be included in string value"
                    ));
                }
                Some(character) => self.at += character.len_utf8(),
            }
        }
    }

    fn escape(&mut self) -> Read {
        match self.peek() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => self.at += 1,
            Some('u') => {
                self.at += 1;
                for _ in 0..4 {
                    match self.peek() {
                        Some(digit) if digit.is_ascii_hexdigit() => self.at += 1,
                        Some(other) => return Err(unexpected(other, "expected a hex-digit for character escape sequence")),
                        None => return Err("Unexpected end-of-input in character escape sequence".to_owned()),
                    }
                }
            }
            Some(other) => return Err(format!("Unrecognized character escape '{other}' (code {})", other as u32)),
            None => return Err("Unexpected end-of-input in character escape sequence".to_owned()),
        }
        Ok(())
    }

    fn end_of_input(&self, bracket: u8) -> String {
        let kind = if bracket == b'{' { "Object" } else { "Array" };
        format!("Unexpected end-of-input: expected close marker for {kind}")
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }
}

const EXPECTED_VALUE: &str = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

fn unexpected(character: char, expected: &str) -> String {
    let shown = match character as u32 {
        code @ 0..0x20 => format!("(CTRL-CHAR, code {code})"),
        code @ 256.. => format!("'{character}' (code {code} / 0x{code:x})"),
        code => format!("'{character}' (code {code})"),
    };
    format!("Unexpected character ({shown}): {expected}")
}

#[cfg(test)]
mod tests {
    use super::jackson_message;

    #[test]
    fn says_what_jackson_says() {
        for (text, message) in [
            ("{'not': 'json'", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"),
            (
                "not json",
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            ),
            ("{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"),
            ("{\"a\": 1 \"b\"", "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries"),
            ("[1, ", "Unexpected end-of-input: expected close marker for Array"),
            ("{\"a\": \"x", "Unexpected end-of-input in VALUE_STRING"),
        ] {
            assert_eq!(jackson_message(text).as_deref(), Some(message), "{text}");
        }
        for text in ["{}", " [1, {\"a\": [true, null, \"x\\u00e9\"]}, -2.5e3] ", "\"x\"", "1"] {
            assert_eq!(jackson_message(text), None, "{text}");
        }
    }
}
