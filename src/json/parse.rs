//! Text to tree, with recovery: after a mistake the parser goes on where the author most likely meant to, so that one missing comma
//! is one message. An explicit stack holds the open brackets: depth costs no stack of ours.

use super::{Key, Kind, Member, Node};
use crate::text::Span;
use crate::value::Number;

/// How deep brackets may nest: the limit of Jackson's reader, which AWS uses (`StreamReadConstraints`).
pub const MAX_DEPTH: usize = 1000;

/// More errors than this help nobody; the rest is not reported.
const MAX_ERRORS: usize = 200;

/// What [`parse`] made of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The whole; [`Kind::Broken`] where the text holds no value at all.
    pub root: Node,
    /// In the order of the text.
    pub errors: Vec<SyntaxError>,
}

/// Where a text is not JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxError {
    pub span: Span,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The edits that would mend it: each span is replaced by the text.
    pub fix: Vec<(Span, String)>,
}

/// Reads a text as JSON.
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser::new(text, false);
    let parsed = parser.run();
    if !parser.unbalanced {
        return parsed;
    }
    // Brackets alone don't tell where one is missing; how the author laid the text out often does.
    let laid_out = Parser::new(text, true).run();
    if laid_out.errors.len() <= parsed.errors.len() { laid_out } else { parsed }
}

/// A bracket that is open, with what was read in it so far.
struct Open {
    start: usize,
    items: Items,
    /// Where the last comma stands, while nothing follows it.
    comma: Option<usize>,
    /// Whether the bracket isn't in the text: the members of an object stand there without one.
    implied: bool,
}

enum Items {
    Array(Vec<Node>),
    Object(Vec<Member>, Option<Key>),
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    errors: Vec<SyntaxError>,
    open: Vec<Open>,
    /// Whether brackets that are missing are told by how lines are indented.
    by_indent: bool,
    /// Whether a bracket was missing or left over.
    unbalanced: bool,
    /// Whether the text begins in the middle: what it closes at its end may have been opened before.
    torn: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, by_indent: bool) -> Parser<'a> {
        let (errors, open) = (Vec::new(), Vec::new());
        Parser { text, bytes: text.as_bytes(), at: 0, errors, open, by_indent, unbalanced: false, torn: false }
    }

    fn run(&mut self) -> Parsed {
        self.skip_blank();
        self.skip_torn_start();
        self.imply_object();
        let mut root = None;
        while self.at < self.bytes.len() {
            if let Some(node) = self.step() {
                if root.is_none() {
                    root = Some(node);
                } else {
                    self.error(node.span, "more text after the end of the JSON value")
                        .help("one text holds one value: remove the rest");
                    break;
                }
            }
            self.skip_blank();
        }
        while let Some(open) = self.open.last() {
            let (start, closer) = (open.start, closer(&open.items));
            let end = self.text.trim_end().len();
            if open.implied {
                self.close_implied(end);
            } else {
                self.unbalanced = true;
                let opener = self.bytes[start] as char;
                self.error(Span::new(start, start + 1), format!("this `{opener}` is never closed"))
                    .help(format!("add `{closer}` where it ends"));
            }
            root = self.close(end).or(root);
        }
        let root = root.unwrap_or_else(|| {
            if self.errors.is_empty() {
                self.error(Span::at(0), "the text is empty").help("a JSON value is needed, such as `{}`");
            }
            Node { span: Span::new(0, self.text.len()), kind: Kind::Broken }
        });
        self.errors.sort_by_key(|error| error.span);
        Parsed { root, errors: std::mem::take(&mut self.errors) }
    }

    /// A text copied out of the middle of another begins with what closes brackets that it doesn't show.
    fn skip_torn_start(&mut self) {
        let start = self.at;
        let mut end = start;
        while let Some(b'}' | b']' | b',') = self.bytes.get(self.at) {
            self.at += 1;
            end = self.at;
            self.skip_blank();
        }
        if end > start {
            self.torn = true;
            self.error(Span::new(start, end), "the text begins in the middle of a definition")
                .help("copy it from its first `{` on");
        }
    }

    /// Where the members of an object stand without its bracket, goes on as if the bracket were there.
    fn imply_object(&mut self) {
        if !self.at_member() {
            return;
        }
        let start = self.at;
        if !self.torn {
            self.error(Span::at(start), "the `{` at the start is missing").help("a definition begins with `{`").fix("{");
        }
        self.open.push(Open { start, items: Items::Object(Vec::new(), None), comma: None, implied: true });
    }

    /// Whether a name with a colon behind it comes now.
    fn at_member(&self) -> bool {
        let line = self.text[self.at..].lines().next().unwrap_or_default();
        let rest = match line.strip_prefix('"') {
            Some(rest) => rest.split_once('"').map_or("", |(_, rest)| rest),
            None => line.trim_start_matches(|character: char| character.is_alphanumeric() || character == '_'),
        };
        rest.len() < line.len() && rest.trim_start().starts_with(':')
    }

    /// The end of an object of which neither bracket is there.
    fn close_implied(&mut self, end: usize) {
        if let Some(error) = self.errors.iter_mut().find(|error| error.message == "the `{` at the start is missing") {
            error.message = "the `{` and the `}` around this are missing".to_owned();
            error.fix.push((Span::at(end), "}".to_owned()));
        }
    }

    /// Reads one token and puts it where it belongs; gives the value once it is complete and in no bracket.
    fn step(&mut self) -> Option<Node> {
        match self.bytes[self.at] {
            open @ (b'{' | b'[') => self.open_bracket(open),
            close @ (b'}' | b']') => self.close_bracket(close as char),
            b',' => {
                self.comma();
                None
            }
            b':' => {
                self.colon();
                None
            }
            _ => {
                if self.skip_note() {
                    return None;
                }
                let node = match self.name_without_quote() {
                    Some(name) => name,
                    None => self.scalar(),
                };
                self.place(node)
            }
        }
    }

    fn open_bracket(&mut self, bracket: u8) -> Option<Node> {
        if self.open.len() >= MAX_DEPTH {
            self.error(Span::new(self.at, self.at + 1), format!("nested more than {MAX_DEPTH} levels deep"))
                .help("the rest of the text was not read");
            self.at = self.bytes.len();
            // The brackets are closed behind the error: saying so of each would bury it.
            for open in &mut self.open {
                open.comma = None;
                if let Items::Object(_, key) = &mut open.items {
                    *key = None;
                }
            }
            let mut root = None;
            while !self.open.is_empty() {
                root = self.close(self.at);
            }
            return root;
        }
        let items = if bracket == b'{' { Items::Object(Vec::new(), None) } else { Items::Array(Vec::new()) };
        self.before_value(Span::new(self.at, self.at + 1), bracket == b'{');
        self.open.push(Open { start: self.at, items, comma: None, implied: false });
        self.at += 1;
        None
    }

    fn close_bracket(&mut self, bracket: char) -> Option<Node> {
        let here = Span::new(self.at, self.at + 1);
        let Some(depth) = self.closed_by(bracket) else {
            self.unbalanced = true;
            if !self.torn {
                self.error(here, format!("there is nothing open that `{bracket}` could close")).help("remove it").fix("");
            }
            self.at += 1;
            return None;
        };
        while self.open.len() > depth + 1 {
            let open = self.open.last().expect("longer than depth + 1");
            let (line, wanted) = (line_of(self.text, open.start), closer(&open.items));
            let opener = self.bytes[open.start] as char;
            let end = self.end_of_last();
            self.unbalanced = true;
            self.error(here, format!("`{wanted}` is missing before this `{bracket}`"))
                .help(format!("the `{opener}` of line {line} is still open"))
                .fix(format!("{wanted}{bracket}"));
            self.close(end);
        }
        self.at += 1;
        self.close(self.at)
    }

    /// Which open bracket a closing one closes: the innermost of its kind; by the layout the one that stands as far in.
    fn closed_by(&self, bracket: char) -> Option<usize> {
        let innermost = self.open.iter().rposition(|open| closer(&open.items) == bracket);
        if self.by_indent && self.is_first_on_line(self.at) {
            let column = self.column(self.at);
            let fits = |open: &Open| closer(&open.items) == bracket && self.indent(open.start) == column && !open.implied;
            return self.open.iter().rposition(fits).or(innermost);
        }
        innermost
    }

    /// Closes what a name can't belong to any more, since it stands less far in than the members there.
    fn close_outdented(&mut self, key: Span) {
        if !self.by_indent || !self.is_first_on_line(key.start) {
            return;
        }
        let column = self.column(key.start);
        let Some(home) = self.open.iter().rposition(|open| self.member_column(open) == Some(column)) else { return };
        while self.open.len() > home + 1 {
            let open = self.open.last().expect("longer than home + 1");
            let (line, wanted) = (line_of(self.text, open.start), closer(&open.items));
            let opener = self.bytes[open.start] as char;
            let end = self.end_of_last();
            let comma = if self.open.last().is_some_and(|open| open.comma.is_some()) { "" } else { "," };
            if let Some(open) = self.open.last_mut() {
                open.comma = None;
            }
            self.error(Span::at(end), format!("`{wanted}` is missing here"))
                .help(format!("the `{opener}` of line {line} is still open"))
                .fix(wanted.to_string());
            self.close(end);
            if let Some(open) = self.open.last_mut().filter(|_| comma.is_empty()) {
                open.comma = Some(end);
            }
        }
    }

    /// The column of the names in an object whose first one stands on a line of its own.
    fn member_column(&self, open: &Open) -> Option<usize> {
        let Items::Object(members, due) = &open.items else { return None };
        let first = members.first().map(|member| &member.key).or(due.as_ref())?.span.start;
        self.is_first_on_line(first).then(|| self.column(first))
    }

    fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |at| at + 1)
    }

    fn is_first_on_line(&self, offset: usize) -> bool {
        self.text[self.line_start(offset)..offset].bytes().all(|byte| byte == b' ' || byte == b'\t')
    }

    fn column(&self, offset: usize) -> usize {
        offset - self.line_start(offset)
    }

    /// How far in the line begins on which an offset lies.
    fn indent(&self, offset: usize) -> usize {
        let line = &self.text[self.line_start(offset)..];
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// Closes the innermost bracket at `end` and places what it holds.
    fn close(&mut self, end: usize) -> Option<Node> {
        if let Some(comma) = self.open.last().and_then(|open| open.comma) {
            self.error(Span::new(comma, comma + 1), "a comma with nothing after it").help("remove it").fix("");
        }
        let open = self.open.pop()?;
        let kind = match open.items {
            Items::Array(elements) => Kind::Array(elements),
            Items::Object(mut members, key) => {
                if let Some(key) = key {
                    self.valueless(&mut members, key);
                }
                Kind::Object(members)
            }
        };
        self.put(Node { span: Span::new(open.start, end.max(open.start + 1)), kind })
    }

    fn comma(&mut self) {
        let here = Span::new(self.at, self.at + 1);
        self.at += 1;
        let Some(open) = self.open.last_mut() else {
            self.error(here, "a comma outside of any bracket").help("remove it").fix("");
            return;
        };
        let key = if let Items::Object(_, key) = &mut open.items { key.take() } else { None };
        let open = self.open.last_mut().expect("seen above");
        if let (Some(key), Items::Object(members, _)) = (key, &mut open.items) {
            let mut taken = std::mem::take(members);
            self.valueless(&mut taken, key);
            let open = self.open.last_mut().expect("seen above");
            open.items = Items::Object(taken, None);
            open.comma = Some(here.start);
            return;
        }
        let empty = match &open.items {
            Items::Array(elements) => elements.is_empty(),
            Items::Object(members, _) => members.is_empty(),
        };
        if open.comma.is_some() || empty {
            self.error(here, "a comma with nothing before it").help("remove it").fix("");
        } else {
            open.comma = Some(here.start);
        }
    }

    fn colon(&mut self) {
        let here = Span::new(self.at, self.at + 1);
        self.at += 1;
        match self.open.last() {
            Some(Open { items: Items::Object(_, Some(_)), .. }) => {
                self.error(here, "a second colon").help("remove it").fix("");
            }
            Some(Open { items: Items::Array(_), .. }) => {
                self.error(here, "a colon inside an array").help("an array holds values only; `{` starts an object with names");
            }
            _ => {
                self.error(here, "a colon without a name before it").help("write the name in double quotes before it");
            }
        }
    }

    /// Puts a scalar where it belongs: as the key that is due, or as a value.
    fn place(&mut self, node: Node) -> Option<Node> {
        if self.text[self.at..].trim_start().starts_with(':') {
            self.close_outdented(node.span);
        }
        let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
        if !key_due {
            self.before_value(node.span, false);
            return self.put(node);
        }
        self.comma_due(node.span);
        let text = match node.kind {
            Kind::String(text) => text,
            Kind::Broken => return None,
            _ => {
                let written = node.span.of(self.text);
                self.error(node.span, "a name must be in double quotes").fix(format!("\"{written}\""));
                written.into()
            }
        };
        let key = Key { span: node.span, text };
        self.skip_blank();
        if self.bytes.get(self.at) == Some(&b':') {
            self.at += 1;
        } else {
            let followed = matches!(self.bytes.get(self.at), Some(byte) if !matches!(byte, b'}' | b']' | b','));
            if followed {
                let end = key.span.end;
                self.error(Span::at(end), format!("a colon is missing after `{}`", key.text))
                    .help("write `:` between a name and its value")
                    .fix(":");
            }
        }
        if let Some(Open { items: Items::Object(_, due), .. }) = self.open.last_mut() {
            *due = Some(key);
        }
        None
    }

    /// Reports what is missing before a value that starts here.
    fn before_value(&mut self, span: Span, opens_object: bool) {
        match self.open.last() {
            Some(Open { items: Items::Array(_), .. }) => self.comma_due(span),
            Some(Open { items: Items::Object(_, None), .. }) => {
                self.comma_due(span);
                let what = if opens_object { "an object" } else { "a value" };
                self.error(span, format!("{what} without a name")).help("inside `{}` each value has a name: `\"name\": value`");
                if let Some(Open { items: Items::Object(_, due), .. }) = self.open.last_mut() {
                    *due = Some(Key { span: Span::at(span.start), text: "".into() });
                }
            }
            _ => {}
        }
    }

    /// Reports a missing comma where something stands before what comes now.
    fn comma_due(&mut self, _next: Span) {
        let Some(open) = self.open.last_mut() else { return };
        let had_comma = open.comma.take().is_some();
        let last = match &open.items {
            Items::Array(elements) => elements.last().map(|node| node.span.end),
            Items::Object(members, _) => members.last().map(|member| member.value.span.end),
        };
        if let (Some(end), false) = (last, had_comma) {
            self.error(Span::at(end), "a comma is missing").help("write `,` between two values").fix(",");
        }
    }

    /// A complete value into the innermost bracket, or out, when there is none.
    fn put(&mut self, node: Node) -> Option<Node> {
        match self.open.last_mut() {
            None => Some(node),
            Some(Open { items: Items::Array(elements), .. }) => {
                elements.push(node);
                None
            }
            Some(Open { items: Items::Object(members, key), .. }) => {
                if let Some(key) = key.take() {
                    members.push(Member { key, value: node });
                }
                None
            }
        }
    }

    fn valueless(&mut self, members: &mut Vec<Member>, key: Key) {
        let end = key.span.end;
        self.error(key.span, format!("`{}` has no value", key.text)).help("write `: value` after the name");
        members.push(Member { key, value: Node { span: Span::at(end), kind: Kind::Broken } });
    }

    /// Where what was read last in the innermost bracket ends.
    fn end_of_last(&self) -> usize {
        self.open.last().map_or(self.at, |open| match &open.items {
            Items::Array(elements) => elements.last().map_or(open.start + 1, |node| node.span.end),
            Items::Object(members, key) => key
                .as_ref()
                .map(|key| key.span.end)
                .or(members.last().map(|member| member.value.span.end))
                .unwrap_or(open.start + 1),
        })
    }

    fn scalar(&mut self) -> Node {
        match self.bytes[self.at] {
            b'"' => self.string('"'),
            b'\'' => {
                let node = self.string('\'');
                if let Kind::String(text) = &node.kind {
                    let fix = crate::value::quoted(text);
                    self.error(node.span, "a text must be in double quotes").fix(fix);
                }
                node
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    /// A name whose opening quote is missing: what stands before a quote and a colon on the same line.
    fn name_without_quote(&mut self) -> Option<Node> {
        let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
        let line = self.text[self.at..].lines().next()?;
        let (name, rest) = line.split_once('"').filter(|_| key_due)?;
        let plain = name.starts_with(char::is_alphanumeric) && !name.contains([':', ',', '{', '}', '[', ']', '\'']);
        if !plain || !rest.trim_start().starts_with(':') {
            return None;
        }
        let span = Span::new(self.at, self.at + name.len() + 1);
        self.error(Span::at(span.start), format!("the opening quote of `{name}` is missing")).fix("\"");
        self.at = span.end;
        Some(Node { span, kind: Kind::String(name.into()) })
    }

    /// Marks that stand for something left out, and notes in triple quotes.
    fn skip_note(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
        if dots >= 3 {
            let span = Span::new(self.at, self.at + dots);
            self.at = span.end;
            let mark = span.of(self.text);
            self.error(span, format!("`{mark}` stands for something left out")).help("write it out, or remove the mark").fix("");
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

    fn number(&mut self) -> Node {
        let start = self.at;
        while self.at < self.bytes.len()
            && matches!(self.bytes[self.at], b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' | b'_')
        {
            self.at += 1;
        }
        let span = Span::new(start, self.at);
        let written = span.of(self.text);
        match Number::parse(written) {
            Some(number) => Node { span, kind: Kind::Number(number) },
            None => {
                self.error(span, format!("`{written}` is not a number"))
                    .help("JSON numbers look like `12`, `-0.5` or `1e3`; a text needs double quotes");
                Node { span, kind: Kind::Broken }
            }
        }
    }

    /// `true`, `false`, `null`, or anything else that is no token of JSON.
    fn word(&mut self) -> Node {
        let start = self.at;
        let rest = &self.text[start..];
        let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '.' | '-');
        let len = rest.find(|character| !is_name(character)).unwrap_or(rest.len());
        let len = if len == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { len };
        self.at += len;
        let span = Span::new(start, self.at);
        let kind = match span.of(self.text) {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Null,
            word => {
                let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
                let named = key_due && is_name(word.chars().next().unwrap_or(' '));
                let json = match word {
                    "True" => Some("true"),
                    "False" => Some("false"),
                    "None" | "undefined" | "nil" | "Null" | "NULL" => Some("null"),
                    _ => None,
                };
                match json {
                    _ if named => {
                        // A name without quotes: `place` would take any other scalar's text, but this one reads well as it stands.
                        let text: Box<str> = word.into();
                        self.error(span, "a name must be in double quotes").fix(format!("\"{text}\""));
                        return Node { span, kind: Kind::String(text) };
                    }
                    Some(json) => {
                        self.error(span, format!("`{word}` is not JSON")).help(format!("write `{json}`")).fix(json);
                        if json == "null" { Kind::Null } else { Kind::Bool(json == "true") }
                    }
                    None if is_name(word.chars().next().unwrap_or(' ')) => {
                        self.error(span, format!("`{word}` is not JSON"))
                            .help("a text must be in double quotes")
                            .fix(format!("\"{word}\""));
                        Kind::String(word.into())
                    }
                    None => {
                        let word = word.to_owned();
                        self.error(span, format!("`{word}` has no meaning here"));
                        Kind::Broken
                    }
                }
            }
        };
        Node { span, kind }
    }

    fn string(&mut self, quote: char) -> Node {
        let start = self.at;
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let run = self.at;
            while self.at < self.bytes.len() && !matches!(self.bytes[self.at], b'\\' | b'"' | b'\'' | 0..0x20) {
                self.at += 1;
            }
            decoded.push_str(&self.text[run..self.at]);
            match self.bytes.get(self.at) {
                Some(&byte) if byte == quote as u8 => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut decoded),
                Some(b'"' | b'\'') => {
                    decoded.push(self.bytes[self.at] as char);
                    self.at += 1;
                }
                Some(b'\t') => {
                    self.error(Span::new(self.at, self.at + 1), "a tab inside a text").help(r"write it as `\t`").fix(r"\t");
                    decoded.push('\t');
                    self.at += 1;
                }
                Some(b'\n' | b'\r') | None if self.text[start + 1..self.at].trim().is_empty() => {
                    self.error(Span::new(start, start + 1), "a quote without a text").help("remove it").fix("");
                    return Node { span: Span::new(start, self.at), kind: Kind::Broken };
                }
                Some(b'\n' | b'\r') | None => {
                    self.error(Span::new(start, self.at), "this text has no closing quote")
                        .help("a text ends on the line it starts on; a line break in it is written `\\n`");
                    break;
                }
                Some(_) => {
                    let code = self.bytes[self.at];
                    self.error(Span::new(self.at, self.at + 1), format!("the control character U+{code:04X} inside a text"))
                        .fix(format!("\\u{code:04x}"));
                    decoded.push(code as char);
                    self.at += 1;
                }
            }
        }
        Node { span: Span::new(start, self.at), kind: Kind::String(decoded.into()) }
    }

    fn escape(&mut self, decoded: &mut String) {
        let start = self.at;
        self.at += 1;
        let simple = match self.bytes.get(self.at) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start, decoded),
            _ => {
                let length = self.text[self.at..].chars().next().filter(|character| *character != '\n').map_or(0, char::len_utf8);
                self.at += length;
                let span = Span::new(start, self.at);
                let written = span.of(self.text).to_owned();
                self.error(span, format!("`{written}` is no escape of JSON"))
                    .help(r"a backslash itself is written `\\`")
                    .fix(format!("\\{written}"));
                decoded.push_str(&written);
                return;
            }
        };
        self.at += 1;
        decoded.push(simple);
    }

    fn unicode_escape(&mut self, start: usize, decoded: &mut String) {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self.at + 1) else {
            self.at += 1;
            decoded.push('u');
            self.error(Span::new(start, self.at), r"`\u` must be followed by four hexadecimal digits");
            return;
        };
        let second = self.text[self.at + 5..].starts_with("\\u").then(|| unit(self.at + 7)).flatten();
        self.at += 5;
        let code = match (first, second) {
            (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) => {
                self.at += 6;
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        match char::from_u32(code) {
            Some(character) => decoded.push(character),
            None => {
                let span = Span::new(start, self.at);
                let written = span.of(self.text).to_owned();
                self.error(span, format!("`{written}` is half of a surrogate pair"))
                    .help(r"a character outside the basic plane is written as two `\u` escapes, high and low");
                decoded.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }

    /// White space, and comments, which JSON doesn't have.
    fn skip_blank(&mut self) {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    let rest = &self.text[self.at..];
                    let len = if rest.starts_with("//") {
                        rest.find('\n').unwrap_or(rest.len())
                    } else {
                        rest.find("*/").map_or(rest.len(), |end| end + 2)
                    };
                    let span = Span::new(self.at, self.at + len);
                    self.at += len;
                    self.error(span, "a comment: JSON has none")
                        .help("put the words into the `Comment` field, or remove them")
                        .fix("");
                }
                // A byte order mark and blanks that word processors leave are white space to the eye.
                Some(0xC2 | 0xE2 | 0xEF) => {
                    let Some(character) =
                        self.text[self.at..].chars().next().filter(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
                    else {
                        return;
                    };
                    let span = Span::new(self.at, self.at + character.len_utf8());
                    self.at = span.end;
                    if span.start > 0 || character != '\u{feff}' {
                        self.error(span, format!("the invisible character U+{:04X}", character as u32))
                            .help("replace it by a space")
                            .fix(" ");
                    }
                }
                _ => return,
            }
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>) -> ErrorSlot<'_> {
        if self.errors.len() >= MAX_ERRORS {
            return ErrorSlot(None);
        }
        self.errors.push(SyntaxError { span, message: message.into(), help: None, fix: Vec::new() });
        ErrorSlot(self.errors.last_mut())
    }
}

/// The error just reported, to be completed; nothing once there are too many.
struct ErrorSlot<'a>(Option<&'a mut SyntaxError>);

impl ErrorSlot<'_> {
    fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(error) = &mut self.0 {
            error.help = Some(help.into());
        }
        self
    }

    fn fix(mut self, fix: impl Into<String>) -> Self {
        if let Some(error) = &mut self.0 {
            error.fix = vec![(error.span, fix.into())];
        }
        self
    }
}

fn closer(items: &Items) -> char {
    if matches!(items, Items::Array(_)) { ']' } else { '}' }
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].bytes().filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<(usize, String)> {
        parse(text).errors.into_iter().map(|error| (error.span.start, error.message)).collect()
    }

    #[test]
    fn reads_what_is_json() {
        for text in ["{}", "[]", r#"{"a":[1,-2.5e3,true,false,null,"x\u00e9"],"b":{"c":{}}}"#, " 1 ", "\"\""] {
            let parsed = parse(text);
            assert_eq!(parsed.errors, [], "{text}");
            assert_eq!(
                parsed.root.to_value().to_string().parse::<serde_json::Value>().unwrap(),
                text.parse::<serde_json::Value>().unwrap()
            );
        }
    }

    #[test]
    fn one_mistake_is_one_message() {
        for (text, at, message) in [
            (r#"{"a":1 "b":2}"#, 6, "a comma is missing"),
            (r#"[1 2]"#, 2, "a comma is missing"),
            (r#"{"a":1,}"#, 6, "a comma with nothing after it"),
            (r#"[,1]"#, 1, "a comma with nothing before it"),
            (r#"{"a" 1}"#, 4, "a colon is missing after `a`"),
            (r#"{"a":}"#, 1, "`a` has no value"),
            (r#"{"a":,"b":1}"#, 1, "`a` has no value"),
            (r#"{a:1}"#, 1, "a name must be in double quotes"),
            (r#"{"a":{"b":[1}}"#, 12, "`]` is missing before this `}`"),
            (r#"{"a":[1]"#, 0, "this `{` is never closed"),
            (r#"{"a":1}}"#, 7, "there is nothing open that `}` could close"),
            (r#"{"a":yes}"#, 5, "`yes` is not JSON"),
            (r#"{"a":True}"#, 5, "`True` is not JSON"),
            (r#"{"a":01}"#, 5, "`01` is not a number"),
            ("{\"a\":\"x\n}", 5, "this text has no closing quote"),
            (r#"{"a":"\x"}"#, 6, r"`\x` is no escape of JSON"),
            (r#"["\ud800"]"#, 2, r"`\ud800` is half of a surrogate pair"),
            ("{} // x", 3, "a comment: JSON has none"),
            ("{} {}", 3, "more text after the end of the JSON value"),
            ("", 0, "the text is empty"),
            (r#""a": 1, "b": 2"#, 0, "the `{` and the `}` around this are missing"),
            (r#""a": 1, "b": 2}"#, 0, "the `{` at the start is missing"),
            (r#"}, "a": {"b": 1}}}"#, 0, "the text begins in the middle of a definition"),
            ("{\"a\": 1,\n b c\": 2}", 10, "the opening quote of `b c` is missing"),
            (r#"{"a": [...]}"#, 7, "`...` stands for something left out"),
            (r#"{"a": {} """ more """}"#, 9, "a note in triple quotes: JSON has none"),
            ("{\"\n\"a\": 1}", 1, "a quote without a text"),
        ] {
            assert_eq!(errors(text), [(at, message.to_owned())], "{text}");
        }
    }

    #[test]
    fn goes_on_after_each_mistake() {
        let parsed = parse("{\"a\":1 \"b\":[1 2],\n\"c\":{\"d\" 4}}");
        assert_eq!(parsed.errors.len(), 3);
        assert_eq!(parsed.root.to_value().to_string(), r#"{"a":1,"b":[1,2],"c":{"d":4}}"#);
    }

    #[test]
    fn the_layout_tells_where_a_bracket_is_missing() {
        let text = "{\n  \"a\": {\n    \"b\": 1\n  ,\n  \"c\": {\n    \"d\": 2\n  }\n}";
        let parsed = parse(text);
        assert_eq!(errors(text), [(text.find('1').unwrap() + 1, "`}` is missing here".to_owned())]);
        assert_eq!(parsed.root.to_value().to_string(), r#"{"a":{"b":1},"c":{"d":2}}"#);
        let text = "{\n  \"a\": [\n    1\n  ,\n  \"c\": 2\n}";
        assert_eq!(parse(text).root.to_value().to_string(), r#"{"a":[1],"c":2}"#);
    }

    #[test]
    fn a_hundred_thousand_brackets_are_one_error() {
        for bracket in ["[", "{\"a\":", "[{\"a\":"] {
            let parsed = parse(&bracket.repeat(100_000));
            assert_eq!(parsed.errors.len(), 1, "{:?}", parsed.errors);
            assert_eq!(parsed.errors[0].message, "nested more than 1000 levels deep");
        }
    }
}
