//! A place in a path's text, and the ways of looking around that Jayway's parsers share.
//!
//! Everything that gives a path its structure is ASCII, so the cursor walks bytes; blanks are spaces alone, as there.

use super::error::{Invalid, PathError};
use crate::text::Span;

#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    /// Where the next character is read.
    pub at: usize,
    /// One past the last character that counts: blanks at the end don't.
    pub end: usize,
    /// What is to be added to an offset in `text` to have the one in the source.
    shift: isize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, shift: isize) -> Cursor<'a> {
        Cursor { text, at: 0, end: text.len(), shift }
    }

    /// Leaves out the blanks on both sides.
    pub fn trim(&mut self) {
        self.skip_blanks();
        while self.end > self.at + 1 && self.byte(self.end - 1) == Some(b' ') {
            self.end -= 1;
        }
    }

    /// The character at an offset, also past `end`.
    pub fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The character at the cursor; an error where the text is over.
    pub fn current(&self) -> Result<u8, PathError> {
        self.byte(self.at).ok_or_else(|| self.over(self.at))
    }

    pub fn is(&self, byte: u8) -> bool {
        self.byte(self.at) == Some(byte)
    }

    pub fn in_bounds(&self) -> bool {
        self.at < self.end
    }

    /// Whether nothing is left to read; a last single character counts as nothing, as Jayway has it.
    pub fn is_tail(&self) -> bool {
        self.at + 1 >= self.end
    }

    pub fn skip_blanks(&mut self) {
        while self.at + 1 < self.end && self.is(b' ') {
            self.at += 1;
        }
    }

    /// The offset of the first character after `at` that is not a blank; `end` if there is none.
    fn significant_after(&self, at: usize) -> usize {
        let mut next = at + 1;
        while next < self.end && self.byte(next) == Some(b' ') {
            next += 1;
        }
        next
    }

    /// The first character after `at` that is not a blank.
    pub fn next_significant(&self, at: usize) -> Option<u8> {
        let next = self.significant_after(at);
        if next < self.end { self.byte(next) } else { None }
    }

    /// Where `byte` stands, if it is the first character after `at` that is not a blank; an error where the text is over.
    pub fn find_significant(&self, at: usize, byte: u8) -> Result<Option<usize>, PathError> {
        let next = self.significant_after(at);
        match self.byte(next) {
            Some(found) => Ok((found == byte).then_some(next)),
            None => Err(self.over(next)),
        }
    }

    /// The last character before `at` that is not a blank, and where it stands.
    pub fn previous_significant(&self, at: usize) -> Option<(usize, u8)> {
        (0..at).rev().map(|before| (before, self.text.as_bytes()[before])).find(|(_, byte)| *byte != b' ')
    }

    pub fn find(&self, from: usize, byte: u8) -> Option<usize> {
        (from..self.end).find(|at| self.byte(*at) == Some(byte))
    }

    /// The next `byte` after `at` with no backslash before it.
    pub fn find_unescaped(&self, at: usize, byte: u8) -> Option<usize> {
        let mut escaped = false;
        for next in at + 1..self.end {
            match self.byte(next) {
                _ if escaped => escaped = false,
                Some(b'\\') => escaped = true,
                found if found == Some(byte) => return Some(next),
                _ => {}
            }
        }
        None
    }

    /// The bracket that closes the one at `at`; what stands in quotes (and, on demand, between slashes) doesn't count.
    pub fn matching(&self, at: usize, open: u8, close: u8, skip_patterns: bool) -> Result<Option<usize>, PathError> {
        let (mut depth, mut next) = (1, at + 1);
        while next < self.end {
            if let Some(quote @ (b'\'' | b'"')) = self.byte(next) {
                next = self.past(next, quote)?;
            }
            if skip_patterns && self.byte(next) == Some(b'/') {
                next = self.past(next, b'/')?;
            }
            let here = self.byte(next).ok_or_else(|| self.over(next))?;
            if here == open {
                depth += 1;
            } else if here == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(next));
                }
            }
            next += 1;
        }
        Ok(None)
    }

    fn past(&self, at: usize, quote: u8) -> Result<usize, PathError> {
        let found = self.find_unescaped(at, quote);
        found.map(|end| end + 1).ok_or_else(|| self.error(Span::new(at, self.end), Invalid::NoMatch(quote, self.text.into())))
    }

    /// How Jayway counts: in UTF-16 units.
    pub fn position(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.text[..at].encode_utf16().count()
    }

    pub fn error(&self, span: Span, what: Invalid) -> PathError {
        let (mut start, mut end) = (span.start.min(self.text.len()), span.end.min(self.text.len()));
        // Whole characters, whatever the byte was that led here.
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        PathError::invalid(self.source(Span::new(start, end.max(start))), what)
    }

    /// The text is over where something has to be.
    pub fn over(&self, at: usize) -> PathError {
        let length = self.position(self.text.len());
        self.error(Span::at(self.text.len()), Invalid::Over { position: self.position(at).max(length), length })
    }

    /// A span of this text as a span of the source.
    pub fn source(&self, span: Span) -> Span {
        let moved = |offset: usize| offset.saturating_add_signed(self.shift);
        Span::new(moved(span.start), moved(span.end))
    }

    /// A cursor over a part of this text, which knows where in the source it is.
    pub fn part(&self, span: Span) -> Cursor<'a> {
        Cursor::new(span.of(self.text), self.shift + span.start as isize)
    }

    pub fn shift(&self) -> isize {
        self.shift
    }
}
