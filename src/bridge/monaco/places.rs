//! Bytes to Monaco's lines and columns and back.

use crate::text::{LineIndex, Position, Span};
use crate::value::{Value, json};

/// A text with its lines.
pub(super) struct Content {
    pub text: String,
    lines: LineIndex,
}

/// Monaco's `IRange`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    start_line_number: u32,
    start_column: u32,
    end_line_number: u32,
    end_column: u32,
}

impl Content {
    pub fn new(text: String) -> Content {
        let lines = LineIndex::new(&text);
        Content { text, lines }
    }

    pub fn range(&self, span: Span) -> Range {
        let (start, end) = (self.lines.position(&self.text, span.start), self.lines.position(&self.text, span.end));
        Range { start_line_number: start.line, start_column: start.column, end_line_number: end.line, end_column: end.column }
    }

    pub fn offset(&self, line: u32, column: u32) -> usize {
        self.lines.offset(&self.text, Position { line, column })
    }

    pub fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start_line_number, range.start_column);
        Span::new(start, self.offset(range.end_line_number, range.end_column).max(start))
    }
}

impl Range {
    pub fn new(start_line_number: u32, start_column: u32, end_line_number: u32, end_column: u32) -> Range {
        Range { start_line_number, start_column, end_line_number, end_column }
    }

    pub fn to_value(self) -> Value {
        json!({
            "startLineNumber": (i64::from(self.start_line_number)),
            "startColumn": (i64::from(self.start_column)),
            "endLineNumber": (i64::from(self.end_line_number)),
            "endColumn": (i64::from(self.end_column)),
        })
    }

    pub fn from_value(value: &Value) -> Option<Range> {
        let number = |name: &str| u32::try_from(value.get(name)?.as_i64()?).ok();
        Some(Range::new(number("startLineNumber")?, number("startColumn")?, number("endLineNumber")?, number("endColumn")?))
    }
}
