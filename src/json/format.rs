//! JSON text in the usual form: two spaces of indent, a member a line, every literal as it was written.

use super::{Kind, Node, parse};

/// The text formatted; none where it isn't JSON. Numbers and escapes are not touched.
pub fn format(text: &str) -> Option<String> {
    let parsed = parse(text);
    if !parsed.errors.is_empty() {
        return None;
    }
    let mut formatted = String::with_capacity(text.len());
    write(&mut formatted, text, &parsed.root, 0);
    formatted.push('\n');
    Some(formatted)
}

/// Writes a value; `parse` bounds how deep it goes.
fn write(out: &mut String, text: &str, node: &Node, depth: usize) {
    match &node.kind {
        Kind::Array(elements) if !elements.is_empty() => {
            list(out, '[', ']', depth, elements.iter(), |out, element| write(out, text, element, depth + 1));
        }
        Kind::Object(members) if !members.is_empty() => list(out, '{', '}', depth, members.iter(), |out, member| {
            out.push_str(member.key.span.of(text));
            out.push_str(": ");
            write(out, text, &member.value, depth + 1);
        }),
        Kind::Array(_) => out.push_str("[]"),
        Kind::Object(_) => out.push_str("{}"),
        _ => out.push_str(node.span.of(text)),
    }
}

fn list<T>(
    out: &mut String,
    open: char,
    close: char,
    depth: usize,
    items: impl Iterator<Item = T>,
    mut item: impl FnMut(&mut String, T),
) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    out.push(open);
    for (index, next) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(out, depth + 1);
        item(out, next);
    }
    line(out, depth);
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_literal_stays_as_it_was_written() {
        let formatted = format(r#"{"a":[1.0,1e400,12345678901234567890,"\u0041\/"],"e":{},"l":[ ],"a":null}"#);
        let expected = r#"{
  "a": [
    1.0,
    1e400,
    12345678901234567890,
    "\u0041\/"
  ],
  "e": {},
  "l": [],
  "a": null
}
"#;
        assert_eq!(formatted.as_deref(), Some(expected));
        assert_eq!(format(expected).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_no_json_stays_alone() {
        for text in ["", "{", "{\"a\": 1,}", "[1 2]"] {
            assert_eq!(format(text), None, "{text}");
        }
    }
}
