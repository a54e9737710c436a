//! Finds a part of a decoded string in the source, and the JSON pointer of a place.

use super::{Kind, Node};
use crate::text::Span;

/// The byte offset in `source` of byte `decoded` of the string literal at `literal` (a span with its quotes).
pub fn source_offset(source: &str, literal: Span, decoded: usize) -> usize {
    let text = literal.of(source);
    let quoted = text.starts_with(['"', '\'']);
    let mut rest = text.char_indices().skip(quoted as usize).peekable();
    let mut seen = 0;
    while let Some((at, character)) = rest.next() {
        if seen >= decoded || quoted && character == text.chars().next().unwrap_or('"') {
            return literal.start + at;
        }
        seen += if character != '\\' { character.len_utf8() } else { escape_len(&mut rest, text) };
    }
    literal.end
}

/// How many bytes the escape stands for whose backslash was just read.
fn escape_len(rest: &mut std::iter::Peekable<std::iter::Skip<std::str::CharIndices>>, text: &str) -> usize {
    let Some((at, kind)) = rest.next() else { return 0 };
    if kind != 'u' {
        return kind.len_utf8();
    }
    let unit = |from: usize| text.get(from..from + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(at + 1) else { return 1 };
    skip(rest, 4);
    let second = text[at + 5..].starts_with("\\u").then(|| unit(at + 7)).flatten();
    if (0xD800..0xDC00).contains(&first) && second.is_some_and(|second| (0xDC00..0xE000).contains(&second)) {
        skip(rest, 6);
        return 4;
    }
    char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8()
}

fn skip(rest: &mut impl Iterator, count: usize) {
    for _ in 0..count {
        rest.next();
    }
}

/// The span in `source` of a part of the decoded text of the string literal at `literal`.
pub fn source_span(source: &str, literal: Span, decoded: Span) -> Span {
    let start = source_offset(source, literal, decoded.start);
    if decoded.is_empty() { Span::at(start) } else { Span::new(start, source_offset(source, literal, decoded.end)) }
}

/// The JSON pointer (RFC 6901) of the innermost value at an offset; empty for the whole.
pub fn pointer_to(root: &Node, offset: usize) -> String {
    let mut pointer = String::new();
    let mut node = root;
    loop {
        node = match &node.kind {
            Kind::Object(members) => {
                let Some(member) = members.iter().find(|member| member.span().touches(offset)) else { return pointer };
                pointer.push('/');
                pointer.push_str(&member.key.text.replace('~', "~0").replace('/', "~1"));
                &member.value
            }
            Kind::Array(elements) => {
                let Some(index) = elements.iter().position(|element| element.span.touches(offset)) else { return pointer };
                pointer.push('/');
                pointer.push_str(&index.to_string());
                &elements[index]
            }
            _ => return pointer,
        }
    }
}

/// The value that a JSON pointer (RFC 6901) leads to.
pub fn node_at<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    pointer.split('/').skip(1).try_fold(root, |node, token| match &node.kind {
        Kind::Array(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => node.get(&token.replace("~1", "/").replace("~0", "~")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::value::Number;

    #[test]
    fn finds_decoded_bytes_behind_escapes() {
        let source = r#"  "a\né\u00e9\ud83d\ude00x" "#;
        let root = parse(source).root;
        let text = root.as_str().unwrap();
        for (needle, written) in [("a", "a"), ("\n", r"\n"), ("😀", r"\ud83d\ude00"), ("x", "x")] {
            let at = text.find(needle).unwrap();
            assert_eq!(source_span(source, root.span, Span::new(at, at + needle.len())).of(source), written);
        }
        assert_eq!(source_offset(source, root.span, text.len()), source.rfind('"').unwrap());
    }

    #[test]
    fn points_to_the_innermost_value() {
        let source = r#"{"a/b": [1, {"c": 2}]}"#;
        assert_eq!(pointer_to(&parse(source).root, source.find('2').unwrap()), "/a~1b/1/c");
        assert_eq!(pointer_to(&parse(source).root, 0), "");
    }

    #[test]
    fn follows_a_pointer() {
        let root = parse(r#"{"a/b": [1, {"c~": 2}]}"#).root;
        let found = |pointer| node_at(&root, pointer).and_then(Node::as_number).and_then(Number::as_i64);
        assert_eq!(found("/a~1b/0"), Some(1));
        assert_eq!(found("/a~1b/1/c~0"), Some(2));
        assert_eq!(node_at(&root, ""), Some(&root));
        assert!(["/a", "/a~1b/2", "/a~1b/x", "/a~1b/0/y"].iter().all(|pointer| node_at(&root, pointer).is_none()));
    }
}
