//! What the author most likely meant where a text is not JSON: brackets told by the layout, a beginning or a quote that is missing.

use super::{Items, MAX_ERRORS, Open, Parser, closer};
use crate::json::{Kind, Node};
use crate::letters;
use crate::text::Span;

impl Parser<'_> {
    /// A text copied out of the middle of another begins with what closes brackets that it doesn't show.
    pub(super) fn skip_torn_start(&mut self) {
        let start = self.at;
        if let Some(b'}' | b']' | b',') = self.bytes.get(start) {
            self.torn(Span::new(start, start + 1));
        }
    }

    /// Says that the beginning is missing, once and nothing else: all that follows would be out of place.
    pub(super) fn torn(&mut self, span: Span) {
        self.errors.clear();
        self.open.clear();
        self.unbalanced = false;
        self.torn = true;
        self.error(span, "the text begins in the middle of another").help("copy it from its first `{` on");
        self.at = self.bytes.len();
    }

    /// After the members of an object without its bracket nothing follows but what closed others that aren't shown.
    pub(super) fn after_implied(&mut self, start: usize) {
        while let Some(b'}' | b']') = self.bytes.get(self.at) {
            self.at += 1;
            self.skip_blank();
        }
        if self.at < self.bytes.len() {
            self.torn(Span::new(start, start + 1));
        }
    }

    /// Where the members of an object stand without its bracket, goes on as if the bracket were there.
    pub(super) fn imply_object(&mut self) {
        if !self.at_member() {
            return;
        }
        let start = self.at;
        self.error(Span::at(start), "the `{` at the start is missing").help("a definition begins with `{`").fix("{");
        self.open.push(Open {
            start,
            items: Items::Object(Vec::new(), None),
            comma: None,
            implied: true,
            indent: 0,
            names_at: None,
        });
    }

    /// Whether a name with a colon behind it comes now.
    pub(super) fn at_member(&self) -> bool {
        let line = self.text[self.at..].lines().next().unwrap_or_default();
        let rest = match line.strip_prefix('"') {
            Some(rest) => rest.split_once('"').map_or("", |(_, rest)| rest),
            None if name_before_quote(line).is_some() => return true,
            None => line.trim_start_matches(|character: char| letters::is_letter_or_digit(character) || character == '_'),
        };
        rest.len() < line.len() && rest.trim_start().starts_with(':')
    }

    /// The end of an object of which neither bracket is there.
    pub(super) fn close_implied(&mut self, end: usize) {
        if let Some(error) = self.errors.iter_mut().find(|error| error.message == "the `{` at the start is missing") {
            error.message = "the `{` and the `}` around this are missing".to_owned();
            error.fix.push((Span::at(end), "}".to_owned()));
        }
    }

    /// The bracket that was meant, where the layout says that another one closes the innermost open one.
    pub(super) fn mistaken_for(&self, bracket: char) -> Option<char> {
        let open = self.open.last().filter(|open| self.by_indent && !open.implied)?;
        let wanted = closer(&open.items);
        (wanted != bracket && self.column == Some(open.indent)).then_some(wanted)
    }

    /// Which open bracket a closing one closes: the innermost of its kind; by the layout the one that stands as far in.
    pub(super) fn closed_by(&self, bracket: char) -> Option<usize> {
        let innermost = self.open.iter().rposition(|open| closer(&open.items) == bracket);
        let column = self.column.filter(|_| self.by_indent);
        let fits = |open: &Open| closer(&open.items) == bracket && Some(open.indent) == column && !open.implied;
        self.open.iter().rposition(fits).or(innermost)
    }

    /// Closes what a name can't belong to any more, since it stands less far in than the names there.
    pub(super) fn close_outdented(&mut self) {
        let Some(column) = self.column.filter(|_| self.by_indent) else { return };
        let Some(home) = self.open.iter().rposition(|open| open.names_at == Some(column)) else { return };
        while self.open.len() > home + 1 {
            let end = self.end_of_last();
            let comma = self.open.last_mut().and_then(|open| open.comma.take());
            let wanted = closer(&self.open.last().expect("longer than home + 1").items);
            self.missing_closer(Span::at(end), format!("`{wanted}` is missing here"), wanted.to_string());
            self.close(end);
            if let Some(open) = self.open.last_mut() {
                open.comma = comma;
            }
        }
    }

    /// Reports that the innermost open bracket isn't closed where it should be.
    pub(super) fn missing_closer(&mut self, span: Span, message: String, fix: String) {
        self.unbalanced = true;
        if self.errors.len() < MAX_ERRORS {
            let start = self.open.last().map_or(0, |open| open.start);
            let (opener, line) = (self.bytes[start] as char, line_of(self.text, start));
            self.error(span, message).help(format!("the `{opener}` of line {line} is still open")).fix(fix);
        }
    }

    /// A name that took the colon behind it and all up to the next quote along has lost its own closing quote.
    pub(super) fn cut_at_colon(&mut self, node: Node) -> Node {
        let (Kind::String(text), false) = (&node.kind, self.text[self.at..].trim_start().starts_with(':')) else { return node };
        let Some(name) = text.trim_end().strip_suffix(':') else { return node };
        // Behind an escape the text isn't as long as what is written.
        if node.span.len() != text.len() + 2 || name.trim().is_empty() {
            return node;
        }
        let span = Span::new(node.span.start, node.span.start + 1 + name.len());
        self.error(Span::new(span.end - 1, span.end), format!("the closing quote of `{name}` is missing"));
        if let Some(error) = self.errors.last_mut() {
            error.fix = vec![(Span::at(span.end), "\"".to_owned())];
        }
        self.at = span.end;
        Node { span, kind: Kind::String(name.into()) }
    }

    /// A name whose opening quote is missing: what stands before a quote and a colon on the same line.
    pub(super) fn name_without_quote(&mut self) -> Option<Node> {
        let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
        let name = name_before_quote(&self.text[self.at..]).filter(|_| key_due)?;
        let span = Span::new(self.at, self.at + name.len() + 1);
        self.error(Span::at(span.start), format!("the opening quote of `{name}` is missing")).fix("\"");
        self.at = span.end;
        Some(Node { span, kind: Kind::String(name.into()) })
    }

    /// Marks that stand for something left out, and notes in triple quotes.
    pub(super) fn skip_note(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
        if dots >= 3 {
            let span = Span::new(self.at, self.at + dots);
            self.at = span.end;
            let mark = span.of(self.text);
            self.error(span, format!("`{mark}` stands for something left out")).help("write it out, or remove the mark").fix("");
            // In a list it stands for elements: the list isn't empty.
            if let Some(Open { items: Items::Array(elements), .. }) = self.open.last_mut() {
                elements.push(Node { span, kind: Kind::Broken });
            }
            return true;
        }
        if let Some(note) = rest.strip_prefix("\"\"\"") {
            let len = note.find("\"\"\"").map_or(note.lines().next().unwrap_or_default().len(), |end| end + 3) + 3;
            let span = Span::new(self.at, self.at + len);
            self.at = span.end;
            self.error(span, "a note in triple quotes: JSON has none")
                .help("put the words into the `Comment` field, or remove them")
                .fix("");
            return true;
        }
        false
    }
}

/// What stands before a quote and a colon on one line, where it reads as a name. Looks no further than that: a text may be one long line.
fn name_before_quote(text: &str) -> Option<&str> {
    let end = text.find(['"', ':', ',', '{', '}', '[', ']', '\'', '\n'])?;
    let (name, rest) = text.split_at(end);
    let colon = rest.strip_prefix('"')?.trim_start_matches([' ', '\t']).starts_with(':');
    (colon && name.starts_with(letters::is_letter_or_digit)).then_some(name)
}

pub(super) fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].bytes().filter(|byte| *byte == b'\n').count() + 1
}
