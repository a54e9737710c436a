//! Texts in another format than JSON: one message instead of a hundred.

use super::{Diagnostic, Fix};
use crate::letters;
use crate::text::Span;

/// What is said of a text that is XML or YAML; nothing where it may be JSON.
pub(super) fn format(text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?;
    let span = Span::new(start, start + line.trim_end().len());
    if line.starts_with('<')
        && line[1..].starts_with(|character: char| letters::is_letter(character) || matches!(character, '?' | '!'))
    {
        let problem = Diagnostic::error("not-json", span, "this is XML, but a definition is written in JSON");
        return Some(problem.help("a definition begins like `{ \"StartAt\": \"First\", \"States\": {`"));
    }
    crate::yaml::looks_like_definition(text).then(|| yaml(text, span)).flatten()
}

/// YAML is another way to write JSON: what it stands for is a fix away.
fn yaml(text: &str, line: Span) -> Option<Diagnostic> {
    Some(match crate::yaml::to_value(text) {
        Ok(value) => Diagnostic::error("not-json", line, "this is YAML, but a definition is written in JSON")
            .help("it can be converted; comments are left out")
            .fix(Fix::replace("Convert to JSON", Span::new(0, text.len()), crate::value::write_pretty(&value)).safe()),
        // Names without quotes, but with the brackets of JSON, are most likely that.
        Err(_) if text.contains('{') => return None,
        Err(error) => Diagnostic::error("not-json", error.span, error.message)
            .help("a definition in YAML can be converted to JSON once it is well-formed"),
    })
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn tells_other_formats_from_json() {
        for (text, other) in [
            ("<?xml version=\"1.0\"?>\n<a/>", true),
            ("StartAt: A\nStates:\n  A:\n    Type: Succeed\n", true),
            ("StartAt: A\nStates: {A: {Type: Succeed}}\n", true),
            ("{}", false),
            ("< \"a\"", false),
            ("StartAt: \"A\", States: {}", false),
            ("", false),
        ] {
            assert_eq!(format(text).is_some(), other, "{text}");
        }
    }
}
