//! Text to tree, with recovery: after a mistake the parser goes on where the author most likely meant to, so that one missing comma
//! is one message. An explicit stack holds the open brackets: depth costs no stack of ours.

mod recover;
mod scalar;

use recover::line_of;

use super::{Key, Kind, Member, Node};
use crate::order;
use crate::text::{Span, with_marks};

/// How deep brackets may nest: the limit of Jackson's reader, which AWS uses (`StreamReadConstraints`).
pub const MAX_DEPTH: usize = crate::value::MAX_DEPTH as usize;

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

impl SyntaxError {
    /// The message for the cause of an error, which is plain text.
    pub fn in_words(&self) -> String {
        with_marks(&self.message, ['\'', '\''])
    }
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
    /// How far in the line begins on which the bracket stands.
    indent: usize,
    /// The column of the names in an object whose first name is the first on its line.
    names_at: Option<usize>,
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
    /// Whether the text begins in the middle of another, so that no tree can be made of it.
    torn: bool,
    /// Where the line began that the parser is on, and whether no token of it was read yet.
    line: usize,
    fresh: bool,
    /// How far in the first token of the line stands.
    indent: usize,
    /// The column of the token at hand where it is the first on its line.
    column: Option<usize>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, by_indent: bool) -> Parser<'a> {
        let (errors, open) = (Vec::new(), Vec::new());
        let (line, indent, column) = (0, 0, None);
        Parser {
            text,
            bytes: text.as_bytes(),
            at: 0,
            errors,
            open,
            by_indent,
            unbalanced: false,
            torn: false,
            line,
            fresh: true,
            indent,
            column,
        }
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
                if self.open.len() == 1 && end > start + 1 {
                    let line = line_of(self.text, start);
                    self.error(Span::new(end - 1, end), format!("the `{closer}` at the end is missing"))
                        .help(format!("the `{opener}` of line {line} is still open"));
                } else {
                    self.error(Span::new(start, start + 1), format!("this `{opener}` is never closed"))
                        .help(format!("add `{closer}` where it ends"));
                }
                if let Some(error) = self.errors.last_mut() {
                    error.fix = vec![(Span::at(end), closer.to_string())];
                }
            }
            root = self.close(end).or(root);
        }
        let root = root.filter(|_| !self.torn).unwrap_or_else(|| {
            if self.errors.is_empty() {
                self.error(Span::at(0), "the text is empty").help("a JSON value is needed, such as `{}`");
            }
            Node { span: Span::new(0, self.text.len()), kind: Kind::Broken }
        });
        order::sort_by_key(&mut self.errors, |error| error.span);
        Parsed { root, errors: std::mem::take(&mut self.errors) }
    }

    /// Reads one token and puts it where it belongs; gives the value once it is complete and in no bracket.
    fn step(&mut self) -> Option<Node> {
        self.column = std::mem::take(&mut self.fresh).then(|| self.at - self.line);
        self.indent = self.column.unwrap_or(self.indent);
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
        self.open.push(Open { start: self.at, items, comma: None, implied: false, indent: self.indent, names_at: None });
        self.at += 1;
        None
    }

    fn close_bracket(&mut self, bracket: char) -> Option<Node> {
        let here = Span::new(self.at, self.at + 1);
        if let Some(wanted) = self.mistaken_for(bracket) {
            self.unbalanced = true;
            self.error(here, format!("this closes a `{}`", if wanted == ']' { '[' } else { '{' }))
                .help(format!("write `{wanted}`"))
                .fix(wanted.to_string());
            self.at += 1;
            return self.close(self.at);
        }
        let Some(depth) = self.closed_by(bracket) else {
            self.unbalanced = true;
            self.error(here, format!("there is nothing open that `{bracket}` could close")).help("remove it").fix("");
            self.at += 1;
            return None;
        };
        while self.open.len() > depth + 1 {
            let open = self.open.last().expect("longer than depth + 1");
            let wanted = closer(&open.items);
            let end = self.end_of_last();
            self.missing_closer(here, format!("`{wanted}` is missing before this `{bracket}`"), format!("{wanted}{bracket}"));
            self.close(end);
        }
        self.at += 1;
        let implied = self.open.first().filter(|open| open.implied && self.open.len() == 1).map(|open| open.start);
        let root = self.close(self.at);
        if let Some(start) = implied {
            self.skip_blank();
            self.after_implied(start);
        }
        root
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
        let column = self.column;
        if self.text[self.at..].trim_start().starts_with(':') {
            self.close_outdented();
        }
        let key_due = matches!(self.open.last(), Some(Open { items: Items::Object(_, None), .. }));
        if !key_due {
            self.before_value(node.span, false);
            return self.put(node);
        }
        self.comma_due(node.span);
        let node = self.cut_at_colon(node);
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
        if let Some(Open { items: Items::Object(members, due), names_at, .. }) = self.open.last_mut() {
            if members.is_empty() {
                *names_at = column;
            }
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
            (r#"{"a":[1]"#, 7, "the `}` at the end is missing"),
            (r#"{"a: "b", "c": 1}"#, 2, "the closing quote of `a` is missing"),
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
            (r#"}, "a": {"b": 1}}}"#, 0, "the text begins in the middle of another"),
            (r#""b": 1}, "a": {"b": 1}}}"#, 0, "the text begins in the middle of another"),
            (r#""a": {}}}"#, 0, "the `{` at the start is missing"),
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
