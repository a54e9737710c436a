//! YAML as another way to write JSON: definitions are read in it too, and go on as JSON.
//!
//! The syntax is the work of `saphyr-parser`; this module makes values of its events by YAML 1.2's core schema, within bounds.

use crate::float;
use crate::json::MAX_DEPTH;
use crate::order::Hashed;
use crate::text::Span;
use crate::value::{Key, Number, Value};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as Marks, Tag};

/// How many values a text may stand for, those that aliases repeat included.
const MAX_VALUES: usize = 200_000;

/// Where a text can't be read as YAML, or says something that JSON can't.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlError {
    /// In bytes of the YAML text.
    pub span: Span,
    pub message: String,
}

/// The value that a YAML text stands for. Comments are left out; so are tags that YAML itself doesn't define, such as `!Sub`.
pub fn to_value(text: &str) -> Result<Value, YamlError> {
    let mut builder = Builder { offsets: Offsets::new(text), ..Builder::default() };
    for event in Parser::new_from_str(text) {
        let (event, marks) = event.map_err(|error| {
            let at = builder.offsets.byte(error.marker());
            YamlError { span: Span::at(at), message: format!("not YAML: {}", error.info()) }
        })?;
        let span = builder.offsets.span(&marks);
        builder.take(event, span)?;
    }
    Ok(builder.root.unwrap_or(Value::Null))
}

/// Whether a text that is no JSON is most likely a definition in YAML: a mapping with the fields of a machine.
pub fn looks_like_definition(text: &str) -> bool {
    let is_field = |line: &str| line.starts_with("StartAt:") || line.starts_with("States:");
    !text.trim_start().starts_with(['{', '[']) && text.lines().any(is_field)
}

/// A definition in YAML as JSON text; none where the text is none, or can't be read.
pub fn definition_to_json(text: &str) -> Option<String> {
    looks_like_definition(text).then(|| to_value(text).ok()).flatten().map(|value| crate::value::write_pretty(&value))
}

/// Turns the parser's places, which count characters, into bytes.
#[derive(Default)]
struct Offsets {
    /// The byte offset of each character; empty where the text is ASCII and both are the same.
    bytes: Vec<usize>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Offsets {
        let bytes = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Offsets { bytes, len: text.len() }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let at = if self.bytes.is_empty() { marker.index() } else { self.bytes.get(marker.index()).copied().unwrap_or(self.len) };
        at.min(self.len)
    }

    fn span(&self, marks: &Marks) -> Span {
        let (start, end) = (self.byte(&marks.start), self.byte(&marks.end));
        Span::new(start, end.max(start))
    }
}

#[derive(Default)]
struct Builder {
    offsets: Offsets,
    open: Vec<Open>,
    /// Values by the number of their anchor, with how many values each stands for.
    anchors: Hashed<usize, (Value, usize)>,
    values: usize,
    root: Option<Value>,
}

/// A sequence or mapping that is being read.
struct Open {
    anchor: usize,
    /// How many values there were before it.
    values_before: usize,
    items: Items,
}

enum Items {
    Sequence(Vec<Value>),
    Mapping { members: Vec<(Key, Value)>, due: Option<Key>, merged: Vec<(Key, Value)> },
}

impl Builder {
    fn take(&mut self, event: Event, span: Span) -> Result<(), YamlError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref());
                let values_before = self.values;
                self.count(1, span)?;
                self.finish(value, anchor, values_before, span)
            }
            Event::SequenceStart(anchor, _) => self.start(anchor, Items::Sequence(Vec::new()), span),
            Event::MappingStart(anchor, _) => {
                self.start(anchor, Items::Mapping { members: Vec::new(), due: None, merged: Vec::new() }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => {
                let Some((value, weight)) = self.anchors.get(&anchor).cloned() else {
                    return error(span, "this alias stands for nothing that is complete");
                };
                self.count(weight, span)?;
                self.put(value, span)
            }
            Event::DocumentStart(_) if self.root.is_some() => error(span, "a second document: a text holds one definition"),
            _ => Ok(()),
        }
    }

    fn count(&mut self, more: usize, span: Span) -> Result<(), YamlError> {
        self.values = self.values.saturating_add(more);
        if self.values > MAX_VALUES { error(span, format!("more than {MAX_VALUES} values")) } else { Ok(()) }
    }

    fn start(&mut self, anchor: usize, items: Items, span: Span) -> Result<(), YamlError> {
        if self.open.len() >= MAX_DEPTH {
            return error(span, format!("nested more than {MAX_DEPTH} levels deep"));
        }
        let values_before = self.values;
        self.count(1, span)?;
        self.open.push(Open { anchor, values_before, items });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), YamlError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.items {
            Items::Sequence(items) => Value::array(items),
            // What stands in the mapping itself wins over what `<<` brings in, as YAML's merge key says.
            Items::Mapping { members, merged, .. } => Value::object(merged.into_iter().chain(members)),
        };
        self.finish(value, open.anchor, open.values_before, span)
    }

    fn finish(&mut self, value: Value, anchor: usize, values_before: usize, span: Span) -> Result<(), YamlError> {
        if value.depth() as usize > MAX_DEPTH {
            return error(span, format!("nested more than {MAX_DEPTH} levels deep"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), self.values - values_before));
        }
        self.put(value, span)
    }

    /// A complete value into what is open: as an element, as the name that is due, or as the value of that name.
    fn put(&mut self, value: Value, span: Span) -> Result<(), YamlError> {
        match self.open.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(value),
            Some(Items::Sequence(items)) => items.push(value),
            Some(Items::Mapping { members, due, merged }) => match due.take() {
                None => {
                    let name = name_of(&value, span)?;
                    if members.iter().any(|(known, _)| *known == name) {
                        return error(span, format!("`{name}` stands here twice"));
                    }
                    *due = Some(name);
                }
                Some(name) if &*name == "<<" => merge(merged, &value, span)?,
                Some(name) => members.push((name, value)),
            },
        }
        Ok(())
    }
}

/// Adds what `<<` brings in; of several mappings the first that has a name counts.
fn merge(merged: &mut Vec<(Key, Value)>, value: &Value, span: Span) -> Result<(), YamlError> {
    let sources = match value {
        Value::Array(sources) => &**sources,
        source => std::slice::from_ref(source),
    };
    for source in sources {
        let Some(object) = source.as_object() else { return error(span, "`<<` takes a mapping") };
        let known = merged.len();
        let new = object.iter().filter(|(name, _)| !merged[..known].iter().any(|(other, _)| other == *name));
        let new: Vec<_> = new.map(|(name, value)| (name.clone(), value.clone())).collect();
        merged.extend(new);
    }
    Ok(())
}

fn name_of(value: &Value, span: Span) -> Result<Key, YamlError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(_) | Value::Object(_) => error(span, "a name must be a text"),
        scalar => Ok(scalar.to_string().into()),
    }
}

/// A scalar by the core schema: only plain ones are more than text.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || is_text {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::from(text), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return i64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    // What YAML writes shorter than JSON: `.5`, `5.`, `007`.
    let looks = unsigned.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    Number::parse(unsigned).or_else(|| {
        let digits = looks && unsigned.bytes().any(|byte| byte.is_ascii_digit());
        let plain =
            digits && unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
        plain.then(|| float::parse(unsigned).filter(|value| value.is_finite()).map(Number::from_f64))?
    })
}

fn error<T>(span: Span, message: impl Into<String>) -> Result<T, YamlError> {
    Err(YamlError { span, message: message.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match to_value(text) {
            Ok(value) => value.to_string(),
            Err(error) => format!("{}..{}: {}", error.span.start, error.span.end, error.message),
        }
    }

    #[test]
    fn reads_a_definition() {
        let text = "# a note\nStartAt: Wait\nStates:\n  Wait:\n    Type: Wait\n    Seconds: 3 # short\n    End: true\n  'Näme': {Type: Succeed, Comment: \"yes\"}\n";
        let expected = r#"{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3,"End":true},"Näme":{"Type":"Succeed","Comment":"yes"}}}"#;
        assert_eq!(json(text), expected);
        assert!(looks_like_definition(text) && !looks_like_definition(expected));
    }

    #[test]
    fn scalars_by_the_core_schema() {
        for (text, value) in [
            ("~", "null"),
            ("yes", "\"yes\""),
            ("'1'", "\"1\""),
            ("!!str 1", "\"1\""),
            ("0x1F", "31"),
            ("1.50", "1.5"),
            (".5", "0.5"),
            ("2024-01-01", "\"2024-01-01\""),
            ("2016-03-14T01:59:00Z", "\"2016-03-14T01:59:00Z\""),
            ("|\n a\n b\n", "\"a\\nb\\n\""),
            ("!Sub arn:${X}", "\"arn:${X}\""),
        ] {
            assert_eq!(json(text), value, "{text}");
        }
    }

    #[test]
    fn aliases_and_merges_repeat() {
        let text = "a: &x {Type: Task, n: 1}\nb: *x\nc:\n  <<: *x\n  n: 2\n";
        assert_eq!(json(text), r#"{"a":{"Type":"Task","n":1},"b":{"Type":"Task","n":1},"c":{"Type":"Task","n":2}}"#);
    }

    #[test]
    fn says_where_it_is_wrong() {
        assert!(json("a: 1\na: 2\n").ends_with("`a` stands here twice"));
        assert!(json("a: [1\nb: 2").contains("not YAML"));
        assert!(json("---\na: 1\n---\nb: 1\n").contains("second document"));
        let late = to_value("é: 'x'\nb: [1,\n").unwrap_err();
        assert!(late.span.start <= "é: 'x'\nb: [1,\n".len());
    }

    #[test]
    fn laughs_are_counted() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let previous = format!("*a{}", level - 1);
            text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![previous; 10].join(", ")));
        }
        assert!(json(&text).contains("more than 200000 values"));
        assert!(json(&"[".repeat(5000)).contains("nested") || json(&"[".repeat(5000)).contains("not YAML"));
        assert!(json(&"- ".repeat(5000)).contains("nested"));
    }
}
