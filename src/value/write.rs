//! Values as JSON text.

use super::Value;

/// Appends the value as compact JSON.
pub(super) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => number.write(out),
        Value::String(text) => write_quoted(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (at, (key, value)) in object.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_quoted(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

/// The value as JSON text over several lines, indented by two spaces a level.
pub fn write_pretty(value: &Value) -> String {
    let mut out = String::new();
    pretty(value, 0, &mut out);
    out
}

fn pretty(value: &Value, level: usize, out: &mut String) {
    let line = |out: &mut String, level: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, level + 1);
                pretty(item, level + 1, out);
            }
            line(out, level);
            out.push(']');
        }
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (at, (key, value)) in object.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, level + 1);
                write_quoted(key, out);
                out.push_str(": ");
                pretty(value, level + 1, out);
            }
            line(out, level);
            out.push('}');
        }
        _ => write(value, out),
    }
}

/// A text as JSON writes it, in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_quoted(text, &mut out);
    out
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let Some(escape) = escape_of(byte) else { continue };
        out.push_str(&text[plain..at]);
        match escape {
            Escape::Short(letter) => out.extend(['\\', letter]),
            Escape::Code => {
                out.push_str("\\u00");
                out.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
            }
        }
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// The length of [`quoted`] without writing it.
pub(super) fn quoted_size(text: &str) -> usize {
    let escapes: usize = text
        .bytes()
        .map(|byte| match escape_of(byte) {
            None => 0,
            Some(Escape::Short(_)) => 1,
            Some(Escape::Code) => 5,
        })
        .sum();
    text.len() + escapes + 2
}

enum Escape {
    Short(char),
    Code,
}

fn escape_of(byte: u8) -> Option<Escape> {
    Some(match byte {
        b'"' => Escape::Short('"'),
        b'\\' => Escape::Short('\\'),
        b'\n' => Escape::Short('n'),
        b'\r' => Escape::Short('r'),
        b'\t' => Escape::Short('t'),
        0x08 => Escape::Short('b'),
        0x0C => Escape::Short('f'),
        0..0x20 => Escape::Code,
        _ => return None,
    })
}
