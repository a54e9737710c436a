//! The one way rules are tested: a text with its problems marked under it.
//!
//! A line that starts with `//` and carets belongs to the line above it: the carets stand under the span (as far as it lies on that
//! line), the rest reads `severity: message`. All problems of the text must be marked, and no others.

use super::{Checked, Options, Severity, check as run};
use crate::spec::WorkflowType;
use crate::text::Span;

/// Checks a text as a Standard machine.
#[track_caller]
pub fn check(marked: &str) -> Checked {
    check_with(&Options::default(), marked)
}

/// Checks a text as an Express machine.
#[track_caller]
#[allow(dead_code)]
pub fn check_express(marked: &str) -> Checked {
    check_with(&Options { workflow_type: WorkflowType::Express, ..Options::default() }, marked)
}

#[track_caller]
pub fn check_with(options: &Options, marked: &str) -> Checked {
    let (text, mut expected) = unmark(marked);
    let checked = run(&text, options);
    let mut found: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|problem| {
            let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
            describe(&text, problem.span, &format!("{severity}: {}", problem.message))
        })
        .collect();
    expected.sort();
    found.sort();
    assert!(found == expected, "\n--- expected\n{}\n--- found\n{}\n", expected.join("\n"), found.join("\n"));
    checked
}

/// What the text is after its first fix of this title.
#[track_caller]
pub fn fixed(checked: &Checked, marked: &str, title: &str) -> String {
    let fixes: Vec<_> = checked.diagnostics.iter().flat_map(|problem| &problem.fixes).collect();
    let titles: Vec<_> = fixes.iter().map(|fix| &fix.title).collect();
    let fix = fixes.iter().find(|fix| fix.title == title).unwrap_or_else(|| panic!("no fix `{title}` among {titles:?}"));
    fix.apply(&unmark(marked).0)
}

/// The text without its marks, and what they say.
fn unmark(marked: &str) -> (String, Vec<String>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    let mut line_start = 0;
    for line in marked.trim_matches('\n').lines() {
        let trimmed = line.trim_start();
        if !trimmed.starts_with("//") || !trimmed[2..].trim_start().starts_with('^') {
            line_start = text.len();
            text.push_str(line);
            text.push('\n');
            continue;
        }
        let from = line.find('^').expect("seen above");
        let carets = line[from..].len() - line[from..].trim_start_matches('^').len();
        let source = text[line_start..].trim_end_matches('\n');
        // Carets count characters, as an editor shows them.
        let byte = |column: usize| source.char_indices().nth(column).map_or(source.len(), |(at, _)| at);
        let column = line[..from].chars().count();
        let span = Span::new(line_start + byte(column), line_start + byte(column + carets));
        expected.push(describe(&text, span, line[from + carets..].trim()));
    }
    (text, expected)
}

fn describe(text: &str, span: Span, message: &str) -> String {
    let line = text[..span.start].matches('\n').count() + 1;
    let column = text[..span.start].rsplit('\n').next().unwrap_or_default().chars().count();
    // An empty span, and the end of a line, are marked with one caret.
    let rest = text[span.start..].split('\n').next().unwrap_or_default().chars().count();
    let length = text.get(span.start..span.end).unwrap_or_default().split('\n').next().unwrap_or_default().chars().count();
    let length = length.min(rest).max(1);
    format!("{line}:{column}+{length} {message}")
}
