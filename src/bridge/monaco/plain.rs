//! What an editor asks and is answered, as plain data, in which a place is two offsets in UTF-16 units.

use super::{Answer, Asked, Decoration, DecorationKind};
use crate::assist::{Completion, CompletionKind, Symbol};
use crate::check::{Diagnostic, Fix, Severity};
use crate::json::value_of;
use crate::text::{LineIndex, Position, Span, with_marks};
use crate::value::Value;

/// A text with its lines.
pub(super) struct Content {
    pub text: String,
    lines: LineIndex,
}

impl Content {
    pub fn new(text: String) -> Content {
        let lines = LineIndex::new(&text);
        Content { text, lines }
    }

    /// What an editor asks by this name, of a place and with words; none of another name. Of a caret the place is line and column.
    pub fn asked(&self, what: &str, [start, end]: [usize; 2], words: String) -> Option<Asked> {
        let span = self.span(start, end);
        Some(match what {
            "text" => Asked::Text(words),
            "paste" => Asked::Paste,
            "caret" => Asked::Caret(Position { line: start as u32, column: end as u32 }),
            "errors" => Asked::Errors(self.errors(&words)),
            "hover" => Asked::Hover(span.start),
            "completions" => Asked::Completions(span.start),
            "fixes" => Asked::Fixes(span),
            "write function" => Asked::WriteFunction(words),
            "fix all" => Asked::FixAll,
            "uses" => Asked::Uses(span.start),
            "rename" => Asked::Rename(span.start, words),
            "outline" => Asked::Outline,
            "folds" => Asked::Folds,
            _ => return None,
        })
    }

    pub fn answer(&self, answer: Answer) -> Value {
        match answer {
            Answer::Nothing => Value::Null,
            Answer::Hover(hover) => Value::array(vec![self.place(hover.span), hover.markdown.into()]),
            Answer::Completions(completions) => rows(&completions, |completion| self.completion(completion)),
            Answer::Fixes(fixes) => rows(&fixes, |fix| self.fix(fix)),
            Answer::Spans(spans) => rows(&spans, |span| self.place(*span)),
            Answer::Edits(edits) => self.edits(&edits),
            Answer::Refused(why) => why.into(),
            Answer::Symbols(symbols) => rows(&symbols, |symbol| self.symbol(symbol)),
        }
    }

    pub fn place(&self, span: Span) -> Value {
        let at = |offset| Value::from(self.lines.utf16(&self.text, offset) as i64);
        Value::array(vec![at(span.start), at(span.end)])
    }

    pub fn problems(&self, problems: &[Diagnostic]) -> Value {
        rows(problems, |problem| {
            let message = match &problem.help {
                Some(help) => format!("{}\n{help}", problem.message),
                None => problem.message.clone(),
            };
            // Monaco shows the words as they stand.
            let message = with_marks(&message, ['“', '”']);
            Value::array(vec![self.place(problem.span), severity(problem.severity).into(), message.into(), problem.code.into()])
        })
    }

    pub fn decorations(&self, decorations: &[Decoration]) -> Value {
        rows(decorations, |Decoration { kind, span, class, words }| {
            Value::array(vec![self.place(*span), decoration(*kind).into(), class.into(), words.into()])
        })
    }

    fn completion(&self, completion: &Completion) -> Value {
        Value::array(vec![
            self.place(completion.span),
            (&completion.label).into(),
            kind(completion.kind).into(),
            (&completion.detail).into(),
            (&completion.doc).into(),
            (&completion.insert).into(),
            self.edits(completion.also.as_slice()),
        ])
    }

    fn fix(&self, fix: &Fix) -> Value {
        // Titles are shown as they stand.
        let title = fix.title.replace('`', "");
        Value::array(vec![title.into(), fix.safe.into(), self.edits(&fix.edits), (&fix.function).into()])
    }

    fn symbol(&self, symbol: &Symbol) -> Value {
        Value::array(vec![
            self.place(symbol.span),
            self.place(symbol.name_span),
            (&symbol.name).into(),
            symbol.kind.map_or("", |kind| kind.name()).into(),
            (symbol.depth as i64).into(),
        ])
    }

    fn edits(&self, edits: &[(Span, String)]) -> Value {
        rows(edits, |(span, text)| Value::array(vec![self.place(*span), text.into()]))
    }

    fn errors(&self, written: &str) -> Vec<(Span, String)> {
        let errors = value_of(written).unwrap_or_default();
        let error = |error: &Value| {
            let offset = |index| error.at(0)?.at(index)?.as_i64()?.try_into().ok();
            Some((self.span(offset(0)?, offset(1)?), error.at(1)?.as_str()?.to_owned()))
        };
        errors.as_array().map_or(&[][..], |errors| errors).iter().filter_map(error).collect()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let start = self.lines.byte(&self.text, start);
        Span::new(start, self.lines.byte(&self.text, end).max(start))
    }
}

fn rows<T>(items: &[T], row: impl Fn(&T) -> Value) -> Value {
    let mut rows = Vec::new();
    for item in items {
        rows.push(row(item));
    }
    Value::array(rows)
}

/// The name in Monaco's `MarkerSeverity`.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    }
}

/// The name in Monaco's `CompletionItemKind`.
fn kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Field => "Property",
        CompletionKind::State => "Reference",
        CompletionKind::Value => "Value",
        CompletionKind::Function => "Function",
        CompletionKind::Variable => "Variable",
        CompletionKind::Snippet => "Snippet",
    }
}

fn decoration(kind: DecorationKind) -> &'static str {
    match kind {
        DecorationKind::Lines => "lines",
        DecorationKind::Glyph => "glyph",
        DecorationKind::After => "after",
    }
}
