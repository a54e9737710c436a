//! Texts in another format than JSON: one message instead of a hundred.

use super::Diagnostic;
use crate::text::Span;

/// What is said of a text that is XML or YAML; nothing where it may be JSON.
pub(super) fn format(text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?;
    let span = Span::new(start, start + line.trim_end().len());
    if line.starts_with('<') && line[1..].starts_with(|character: char| character.is_alphabetic() || matches!(character, '?' | '!'))
    {
        let problem = Diagnostic::error("not-json", span, "this is XML, but a definition is written in JSON");
        return Some(problem.help("a definition begins like `{ \"StartAt\": \"First\", \"States\": {`"));
    }
    let is_yaml = line.starts_with("---")
        || ["Comment", "StartAt", "States", "QueryLanguage", "TimeoutSeconds", "Version"]
            .iter()
            .any(|field| line.strip_prefix(field).is_some_and(|rest| rest.starts_with(": ") || rest.trim_end() == ":"));
    // The same without quotes but with brackets is JSON with a mistake.
    (is_yaml && !text.contains('{')).then(|| {
        Diagnostic::error("not-json", span, "this is YAML, but a definition is written in JSON").help("convert it to JSON first")
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
            ("{}", false),
            ("< \"a\"", false),
            ("StartAt: \"A\", States: {}", false),
            ("", false),
        ] {
            assert_eq!(format(text).is_some(), other, "{text}");
        }
    }
}
