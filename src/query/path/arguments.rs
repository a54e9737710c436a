//! The arguments of a function in a path: paths and JSON, told apart by their first character.

use super::cursor::Cursor;
use super::error::{Invalid, PathError};
use super::literal::lenient_json;
use super::parse::{Reading, compile_rooted};
use super::token::Argument;
use crate::text::Span;

/// Reads arguments from behind the opening bracket to behind the closing one. What begins like neither a path nor JSON is left
/// out, and commas inside quotes are lost: so Jayway does it.
pub(super) fn arguments(cursor: &mut Cursor, function: &str, reading: Reading) -> Result<Vec<Argument>, PathError> {
    let whole = Span::new(cursor.at, cursor.end);
    let (mut parens, mut brackets, mut braces, mut quotes) = (1, 0, 0, 0);
    let (mut found, mut open): (Vec<Argument>, Option<Open>) = (Vec::new(), None);
    let mut before = 0;
    let mut over = false;
    while cursor.in_bounds() && !over {
        let start = cursor.at;
        let Some(character) = cursor.text[start..].chars().next() else { break };
        cursor.at += character.len_utf8();
        let byte = if character.is_ascii() { character as u8 } else { 0 };
        if open.is_none() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b'{' | b'"' | b'-' | b'0'..=b'9' => open = Some(Open { is_path: false, start, text: String::new() }),
                b'$' | b'@' => open = Some(Open { is_path: true, start, text: String::new() }),
                _ => {}
            }
        }
        match byte {
            b'"' if before != b'\\' && quotes > 0 => quotes -= 1,
            b'"' => quotes += 1,
            b'(' => parens += 1,
            b'[' => brackets += 1,
            b'{' => braces += 1,
            b'}' if braces == 0 => return Err(cursor.error(whole, Invalid::CloseBrace(cursor.position(cursor.at)))),
            b'}' => braces -= 1,
            b']' if brackets == 0 => return Err(cursor.error(whole, Invalid::CloseBracket(cursor.position(cursor.at)))),
            b']' => brackets -= 1,
            b')' | b',' => {
                if byte == b')' {
                    parens -= 1;
                    if let (true, Some(open)) = (before == b'(', &mut open) {
                        open.text.push(')');
                    }
                }
                if quotes == 0 && braces == 0 && brackets == 0 && (parens == 0 && byte == b')' || parens == 1) {
                    over = parens == 0;
                    if let Some(open) = open.take() {
                        found.push(open.finish(cursor, reading)?);
                    }
                }
            }
            _ => {}
        }
        if let Some(open) = &mut open
            && !(byte == b',' && braces == 0 && brackets == 0 && parens == 1)
        {
            open.text.push(character);
        }
        before = byte;
    }
    if braces != 0 || parens != 0 || brackets != 0 {
        return Err(cursor.error(whole, Invalid::OpenArguments(function.into())));
    }
    Ok(found)
}

/// An argument that is being read.
struct Open {
    is_path: bool,
    start: usize,
    text: String,
}

impl Open {
    fn finish(self, cursor: &Cursor, reading: Reading) -> Result<Argument, PathError> {
        if !self.is_path {
            return Ok(Argument::Json(lenient_json(&self.text)));
        }
        let inner = Cursor::new(&self.text, cursor.shift() + self.start as isize);
        Ok(Argument::Path(compile_rooted(inner, reading)?))
    }
}
