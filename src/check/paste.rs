//! Text that was copied together with what an editor or a page shows around it: line numbers, arrows, fold marks, typographic quotes.

use super::{Diagnostic, Fix};
use crate::letters;
use crate::order;
use crate::text::Span;

/// A text with what doesn't belong to it blanked out: as long as the original, so that every place stays where it is.
pub(super) struct Pasted {
    pub text: String,
    pub diagnostic: Diagnostic,
}

/// Marks that show where a line can be folded, was changed or is meant.
const MARKS: &[char] = &['*', '+', '-', '<', '>', 'v', '∨', '⌄', '▼', '▾', '▽', '▶', '▸', '›', '⊟', '⊞', '|', '│'];

/// Arrows that point at a line.
const ARROWS: &[char] = &['←', '→', '⇐', '⇒', '⟵', '⟶', '⬅', '➡', '◀', '►', '◄'];

/// Finds what doesn't belong to the text; nothing where all of it does.
pub(super) fn clean(text: &str) -> Option<Pasted> {
    let mut edits = Edits::default();
    if has_line_numbers(text) {
        line_numbers(text, &mut edits);
    }
    fences(text, &mut edits);
    symbols(text, &mut edits);
    edits.finish(text)
}

#[derive(Default)]
struct Edits {
    /// What is replaced by what, in the order of the text once sorted.
    replaced: Vec<(Span, &'static str)>,
    kinds: Vec<&'static str>,
}

impl Edits {
    fn add(&mut self, span: Span, replacement: &'static str, kind: &'static str) {
        // What stands before a line's text was found first; nothing is replaced twice.
        if self.replaced.iter().rev().take(2).all(|(taken, _)| span.start >= taken.end || span.end <= taken.start) {
            self.replaced.push((span, replacement));
            if !self.kinds.contains(&kind) {
                self.kinds.push(kind);
            }
        }
    }

    fn finish(mut self, text: &str) -> Option<Pasted> {
        order::sort_by_key(&mut self.replaced, |(span, _)| *span);
        self.replaced.dedup_by(|next, before| next.0.start < before.0.end);
        let first = self.replaced.first()?.0;
        let (mut cleaned, mut at) = (String::with_capacity(text.len()), 0);
        for (span, replacement) in &self.replaced {
            cleaned.push_str(&text[at..span.start]);
            // The blanks stand outside of a text that begins or ends here.
            let begins = text[span.end..].lines().next().unwrap_or_default().matches(['“', '”']).count() % 2 == 1;
            let blanks = " ".repeat(span.len() - replacement.len());
            let (before, after) = if begins { (&*blanks, "") } else { ("", &*blanks) };
            cleaned.extend([before, replacement, after]);
            at = span.end;
        }
        cleaned.push_str(&text[at..]);
        let (last, others) = self.kinds.split_last()?;
        let what = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
        let edits = self.replaced.iter().map(|(span, replacement)| (*span, (*replacement).to_owned())).collect();
        let diagnostic = Diagnostic::error("pasted-text", first, format!("this text was copied with {what}"))
            .help("they are no part of the definition; what is said below is said of the text without them")
            .fix(Fix::new(format!("Remove {what}"), edits).safe());
        Some(Pasted { text: cleaned, diagnostic })
    }
}

/// The number at the start of a line, and what follows it.
fn number_of(line: &str) -> Option<(u32, &str)> {
    let rest = line.trim_start_matches([' ', '\t']);
    let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let number = rest.get(..digits).filter(|_| (1..=5).contains(&digits))?.parse().ok()?;
    let after = &rest[digits..];
    // `1,` and `1.5` are numbers of the text itself.
    (!after.starts_with([',', '.', 'e', 'E', ']', '}'])).then_some((number, after))
}

/// Whether most lines begin with a number that grows from line to line.
fn has_line_numbers(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let numbers: Vec<u32> = lines.iter().filter_map(|line| Some(number_of(line)?.0)).collect();
    let growing = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
    numbers.len() >= 2 && numbers.len() * 10 >= lines.len() * 6 && growing * 10 >= (numbers.len() - 1) * 9
}

fn line_numbers(text: &str, edits: &mut Edits) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((_, after)) = number_of(line) {
            let number = line.len() - line.trim_start_matches([' ', '\t']).len();
            let mut end = line.len() - after.len();
            edits.add(Span::new(start + number, start + end), "", "line numbers");
            let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
            if let Some(mark) = mark_at(&after[blank..]) {
                end += blank;
                edits.add(Span::new(start + end, start + end + mark), "", "marks of the editor");
            }
        } else if matches!(line.trim(), "--" | "---" | "…") {
            let trimmed = line.trim();
            let from = start + line.find(trimmed).expect("it is a part of the line");
            edits.add(Span::new(from, from + trimmed.len()), "", "marks of the editor");
        }
        start += line.len();
    }
}

/// The length of a mark that stands alone before the text of a line.
fn mark_at(text: &str) -> Option<usize> {
    let mark = text.chars().next().filter(|character| MARKS.contains(character))?;
    let rest = &text[mark.len_utf8()..];
    let alone = rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace())
        || !letters::is_letter(mark) && rest.starts_with(['{', '"', '}', '[']);
    alone.then_some(mark.len_utf8())
}

/// The lines of three backticks around a block of code.
fn fences(text: &str, edits: &mut Edits) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            let from = start + line.find(trimmed).expect("it is a part of the line");
            edits.add(Span::new(from, from + trimmed.len()), "", "the marks of a code block");
        }
        start += line.len();
    }
}

/// What stands outside of texts and means nothing there, and quotes as word processors write them.
fn symbols(text: &str, edits: &mut Edits) {
    let mut closing: Option<char> = None;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        let span = Span::new(at, at + character.len_utf8());
        let was_escaped = std::mem::take(&mut escaped);
        match (closing, character) {
            (Some(_), '\\') => escaped = !was_escaped,
            (Some('"'), '"') if !was_escaped => closing = None,
            (Some('”'), '”' | '“' | '"') if !was_escaped => {
                closing = None;
                if character != '"' {
                    edits.add(span, "\"", "typographic quotes");
                }
            }
            (Some(_), '\n') => closing = None,
            (Some(_), _) => {}
            (None, '"') => closing = Some('"'),
            (None, '“' | '”' | '„') => {
                closing = Some('”');
                edits.add(span, "\"", "typographic quotes");
            }
            (None, character) if ARROWS.contains(&character) => edits.add(span, "", "arrows"),
            (None, '▼' | '▾' | '▽' | '▶' | '▸' | '⌄' | '∨' | '⊟' | '⊞' | '│') => {
                edits.add(span, "", "marks of the editor")
            }
            (None, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{200b}' | '\u{3000}') => edits.add(span, " ", "invisible characters"),
            (None, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    fn cleaned(text: &str) -> Option<(String, String)> {
        let pasted = clean(text)?;
        assert_eq!(pasted.text.len(), text.len());
        let fixed = pasted.diagnostic.fixes[0].apply(text);
        assert!(clean(&fixed).is_none(), "the fix is not complete: {fixed}");
        Some((pasted.diagnostic.message.clone(), fixed))
    }

    #[test]
    fn line_numbers_and_marks() {
        let (message, fixed) = cleaned("1 * {\n2     \"a\": 1, ←\n3 v   \"b\": [\n10      2 ]\n11 }\n").unwrap();
        assert_eq!(message, "this text was copied with line numbers, marks of the editor and arrows");
        assert_eq!(fixed, "  {\n     \"a\": 1, \n    \"b\": [\n      2 ]\n }\n");
    }

    #[test]
    fn quotes_of_a_word_processor() {
        let (message, fixed) = cleaned("{ “a”: “say \\\"no\\\"”, \"b\": \"“kept” → too\" }").unwrap();
        assert_eq!(message, "this text was copied with typographic quotes");
        assert_eq!(fixed, "{ \"a\": \"say \\\"no\\\"\", \"b\": \"“kept” → too\" }");
    }

    #[test]
    fn a_block_of_code() {
        assert_eq!(cleaned("```json\n{}\n```").unwrap().1, "\n{}\n");
    }

    #[test]
    fn plain_text_stays() {
        for text in ["{}", "[\n1,\n2,\n3\n]", "{\"a\": \"→\"}", "{\n\"a\": [\n10,\n20\n]}", "[1\n]", ""] {
            assert!(clean(text).is_none(), "{text}");
        }
    }
}
