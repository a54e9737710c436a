//! Places in a text. The one module that knows more than one encoding: the core counts bytes, editors count UTF-16 units.

/// A half-open range of byte offsets, on character boundaries of the text it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// An empty span: a place between two characters.
    pub const fn at(offset: usize) -> Span {
        Span { start: offset, end: offset }
    }

    pub const fn len(self) -> usize {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether an offset lies in the span or at either end of it.
    pub const fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text under the span.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A place as people and editors count: both from 1, the column in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Converts between byte offsets, UTF-16 offsets and positions of one text.
///
/// Lines end as in Monaco: at `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset and UTF-16 offset of the first character of each line.
    starts: Vec<(usize, usize)>,
    /// Whether each line is ASCII alone, so that bytes and UTF-16 units are the same there.
    ascii: Vec<bool>,
    end: (usize, usize),
}

impl LineIndex {
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let (mut starts, mut ascii) = (vec![(0, 0)], Vec::new());
        let (mut at, mut line_ascii, mut utf16) = (0, true, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            at += 1;
            // Count a character's units at its first byte: two for those outside the basic plane, which are four bytes long.
            utf16 += match byte {
                0x80..=0xBF => 0,
                0xF0.. => 2,
                _ => 1,
            };
            line_ascii &= byte.is_ascii();
            let ends_line = byte == b'\n' || byte == b'\r' && bytes.get(at) != Some(&b'\n');
            if ends_line {
                starts.push((at, utf16));
                ascii.push(line_ascii);
                line_ascii = true;
            }
        }
        ascii.push(line_ascii);
        LineIndex { starts, ascii, end: (at, utf16) }
    }

    /// How many lines the text has; an empty text has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The position of a byte offset; one past the end is taken as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_boundary(text, offset);
        let line = self.starts.partition_point(|(start, _)| *start <= offset) - 1;
        let units = self.utf16_in_line(text, line, offset);
        Position { line: line as u32 + 1, column: units as u32 + 1 }
    }

    /// The UTF-16 offset of a byte offset.
    pub fn utf16(&self, text: &str, offset: usize) -> usize {
        let offset = floor_boundary(text, offset);
        let line = self.starts.partition_point(|(start, _)| *start <= offset) - 1;
        self.starts[line].1 + self.utf16_in_line(text, line, offset)
    }

    /// The byte offset of a UTF-16 offset; one in the middle of a character is taken as its start.
    pub fn byte(&self, text: &str, utf16: usize) -> usize {
        if utf16 >= self.end.1 {
            return self.end.0;
        }
        let line = self.starts.partition_point(|(_, start)| *start <= utf16) - 1;
        let (start, units) = self.starts[line];
        start + bytes_of_units(&text[start..], utf16 - units)
    }

    /// The byte offset of a position; a column past the line's end is taken as the end of the line.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = (position.line.max(1) as usize - 1).min(self.starts.len() - 1);
        let start = self.starts[line].0;
        let next = self.starts.get(line + 1).map_or(text.len(), |(start, _)| *start);
        let content = text[start..next].trim_end_matches(['\n', '\r']);
        start + bytes_of_units(content, position.column.max(1) as usize - 1)
    }

    fn utf16_in_line(&self, text: &str, line: usize, offset: usize) -> usize {
        let start = self.starts[line].0;
        if self.ascii[line] { offset - start } else { text[start..offset].encode_utf16().count() }
    }
}

/// How many bytes the first `units` UTF-16 units of a text take.
fn bytes_of_units(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, character) in text.char_indices() {
        seen += character.len_utf16();
        if seen > units {
            return at;
        }
    }
    text.len()
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What follows the last of some marks that stand apart in a text.
pub fn behind_last<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    // Searching from behind is a search of its own in the standard library, of some 2 kB.
    text.split(mark).skip(1).last()
}

/// A text as a part of a URL: what is neither a letter nor a digit of ASCII nor `plain` is told by the digits of its bytes.
pub fn percent_encoded(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(byte.into());
        } else {
            out.push('%');
            push_digits(byte, b"0123456789ABCDEF", &mut out);
        }
    }
    out
}

/// Appends a byte in two of the sixteen digits.
pub fn push_digits(byte: u8, digits: &[u8; 16], out: &mut String) {
    out.push(digits[usize::from(byte >> 4)].into());
    out.push(digits[usize::from(byte & 15)].into());
}

/// Words for where code can't be shown as code: what stands between backticks stands between these marks.
pub fn with_marks(words: &str, marks: [char; 2]) -> String {
    let mut marked = String::with_capacity(words.len());
    for (at, part) in words.split('`').enumerate() {
        marked.extend((at > 0).then(|| marks[(at + 1) % 2]));
        marked.push_str(part);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_goes_there_and_back() {
        for text in ["", "a", "a\nb", "naïve 😀 x\r\n\tsecond\rthird 😀\n\n"] {
            let index = LineIndex::new(text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in boundaries {
                assert_eq!(index.byte(text, index.utf16(text, at)), at, "{text:?} at {at}");
                // A position can't lie between `\r` and `\n`.
                if !(at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n')) {
                    assert_eq!(index.offset(text, index.position(text, at)), at, "{text:?} at {at}");
                }
            }
        }
    }

    #[test]
    fn columns_count_utf16_units() {
        let text = "é😀x\r\ny";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, text.find('x').unwrap()), Position { line: 1, column: 4 });
        assert_eq!(index.position(text, text.find('y').unwrap()), Position { line: 2, column: 1 });
        assert_eq!(index.utf16(text, text.len()), 7);
        assert_eq!(index.lines(), 2);
    }

    #[test]
    fn backticks_become_marks() {
        assert_eq!(with_marks("use `Next` or `End`", ['“', '”']), "use “Next” or “End”");
        assert_eq!(with_marks("plain", ['\'', '\'']), "plain");
        assert_eq!(with_marks("one ` alone", ['(', ')']), "one ( alone");
    }
}
