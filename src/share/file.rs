//! A document as a JSON file, which is also what `window.playground` takes and gives.

use super::{Document, Machine, Machines, RunOptions, Speed};
use crate::engine::{Bucket, Objects};
use crate::json::value_of;
use crate::spec::WorkflowType;
use crate::text::LineIndex;
use crate::value::{Key, Object, Value, json, write_pretty};

/// Why a file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The text isn't JSON.
    NotJson { line: u32, column: u32 },
    /// It is JSON, but neither a document nor a definition.
    NotADocument,
    /// A field has another type or value than it can have.
    Field { name: &'static str, expected: &'static str },
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            FileError::NotJson { line, column } => write!(f, "the file is not valid JSON: line {line}, column {column}"),
            FileError::NotADocument => {
                f.write_str("the file holds neither a document nor a definition with `StartAt` and `States`")
            }
            FileError::Field { name, expected } => write!(f, "`{name}` must be {expected}"),
        }
    }
}

impl std::error::Error for FileError {}

/// The document as the text of a file.
pub fn to_file(document: &Document) -> String {
    let mut text = write_pretty(&to_json(document));
    text.push('\n');
    text
}

/// Reads a file: a document as [`to_file`] writes it, or a definition alone, which may be in YAML.
pub fn from_file(text: &str) -> Result<Document, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if crate::yaml::looks_like_definition(text) {
        // What can't be read of it is told in its own place, once it is open.
        let definition = crate::yaml::definition_to_json(text).unwrap_or_else(|| text.to_string());
        return Ok(Document { definition, input: "{}".to_string(), ..Document::default() });
    }
    let value = value_of(text).map_err(|error| {
        let place = LineIndex::new(text).position(text, error.span.start);
        FileError::NotJson { line: place.line, column: place.column }
    })?;
    if value.get("StartAt").is_some() || value.get("States").is_some() {
        return Ok(Document { definition: text.to_string(), input: "{}".to_string(), ..Document::default() });
    }
    from_json(&value)
}

/// The document as JSON: `name`, `type`, `definition`, `input`, `mocks`, `speed`, and where there are any `execution`, `objects` and
/// `machines`.
pub fn to_json(document: &Document) -> Value {
    let mut fields: Vec<(Key, Value)> = vec![
        ("name".into(), (&document.name).into()),
        ("type".into(), document.workflow_type.name().into()),
        ("definition".into(), (&document.definition).into()),
        ("input".into(), (&document.input).into()),
        ("mocks".into(), (&document.functions).into()),
        ("speed".into(), document.speed.to_json()),
    ];
    if document.run != RunOptions::default() {
        fields.push(("execution".into(), document.run.to_json()));
    }
    if !document.objects.is_empty() {
        fields.push(("objects".into(), objects_to_json(&document.objects)));
    }
    if !document.machines.is_empty() {
        let shown = |machine: &Machine| json!({ "type": (machine.workflow_type.name()), "definition": (&machine.definition) });
        let machines = document.machines.iter().map(|(name, machine)| (name.as_str().into(), shown(machine)));
        fields.push(("machines".into(), Value::object(machines)));
    }
    Value::object(fields)
}

/// Reads what [`to_json`] writes. `definition` and `input` may be values in place of texts; what is left out takes its default.
pub fn from_json(value: &Value) -> Result<Document, FileError> {
    let fields = value.as_object().filter(|fields| fields.contains_key("definition")).ok_or(FileError::NotADocument)?;
    let speed = |value: &Value| Speed::from_json(value);
    Ok(Document {
        name: field(fields, "name", "a text", |value| value.as_str().map(str::to_string))?.unwrap_or_default(),
        workflow_type: field(fields, "type", "`STANDARD` or `EXPRESS`", type_of)?.unwrap_or_default(),
        definition: text_or_value(fields, "definition"),
        input: text_or_value(fields, "input"),
        functions: field(fields, "mocks", "a text", |value| value.as_str().map(str::to_string))?.unwrap_or_default(),
        speed: field(fields, "speed", "`instant`, `watch`, `real` or a positive number", speed)?.unwrap_or_default(),
        run: field(fields, "execution", EXECUTION, RunOptions::from_json)?.unwrap_or_default(),
        objects: field(fields, "objects", OBJECTS, |value| objects_from_json(value, true))?.unwrap_or_default(),
        machines: field(fields, "machines", MACHINES, |value| machines_of(value.as_object()?, machine_of))?.unwrap_or_default(),
    })
}

const EXECUTION: &str = "an object with `name`, `startTime`, `seed` and `quotas`";
const OBJECTS: &str = "an object of buckets, each an object of keys and contents";
const MACHINES: &str = "an object of names, each an object with `definition` and `type`";

fn type_of(value: &Value) -> Option<WorkflowType> {
    WorkflowType::parse(&value.as_str()?.to_ascii_uppercase())
}

fn machine_of(value: &Value) -> Option<Machine> {
    let fields = value.as_object().filter(|fields| fields.contains_key("definition"))?;
    let workflow_type = match fields.get("type") {
        None | Some(Value::Null) => WorkflowType::default(),
        Some(value) => type_of(value)?,
    };
    Some(Machine { workflow_type, definition: text_or_value(fields, "definition") })
}

/// Objects as `{bucket: {key: content}}`.
pub(super) fn objects_to_json(objects: &Objects) -> Value {
    let contents = |keys: &Bucket| Value::object(keys.iter().map(|(key, text)| (key.as_str().into(), Value::String(text.clone()))));
    Value::object(objects.iter().map(|(bucket, keys)| (bucket.as_str().into(), contents(keys))))
}

/// Reads what [`objects_to_json`] writes; with `values`, a content may also be a value in place of its text.
pub(super) fn objects_from_json(value: &Value, values: bool) -> Option<Objects> {
    let mut objects = Objects::new();
    for (name, keys) in value.as_object()?.iter() {
        let keys = keys.as_object()?;
        let mut contents = Vec::with_capacity(keys.len());
        for (key, content) in keys.iter() {
            if !values && content.as_str().is_none() {
                return None;
            }
            contents.push((key.to_string(), text_or_value(keys, key).into()));
        }
        objects.insert(name.to_string(), contents.into_iter().collect());
    }
    Some(objects)
}

/// Machines by their names, each as `read` finds it.
pub(super) fn machines_of(fields: &Object, read: fn(&Value) -> Option<Machine>) -> Option<Machines> {
    let mut machines = Machines::new();
    for (name, machine) in fields.iter() {
        machines.insert(name.to_string(), read(machine)?);
    }
    Some(machines)
}

/// A field's value; none where it is left out or null.
fn field<T>(
    fields: &Object,
    name: &'static str,
    expected: &'static str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Option<T>, FileError> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read(value).map(Some).ok_or(FileError::Field { name, expected }),
    }
}

/// A text as it stands; any other value as its JSON text over several lines.
fn text_or_value(fields: &Object, name: &str) -> String {
    match fields.get(name) {
        None => String::new(),
        Some(Value::String(text)) => text.to_string(),
        Some(value) => write_pretty(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            name: "Orders — été".to_string(),
            workflow_type: WorkflowType::Express,
            definition: "{ not JSON at all".to_string(),
            input: "{\"a\":\t1}\r\n".to_string(),
            functions: "exports.pay = () => 'ok';".to_string(),
            speed: Speed::Times(10.0),
            run: RunOptions { name: "a".to_string(), ..RunOptions::default() },
            objects: Objects::from([("b".to_string(), [("k.csv".to_string(), "id\n1".into())].into())]),
            machines: [("Child".to_string(), Machine { workflow_type: WorkflowType::Express, definition: "{".to_string() })].into(),
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for document in [document(), Document { definition: "{}".to_string(), ..Document::default() }] {
            assert_eq!(from_file(&to_file(&document)), Ok(document));
        }
    }

    #[test]
    fn values_stand_for_their_texts() {
        let read = from_json(&json!({ "definition": { "StartAt": "A", "States": {} }, "input": [1] })).unwrap();
        assert_eq!(read.definition, "{\n  \"StartAt\": \"A\",\n  \"States\": {}\n}");
        assert_eq!(read.input, "[\n  1\n]");
        assert_eq!(read.workflow_type, WorkflowType::Standard);
        let data = json!({
            "definition": "", "objects": { "b": { "k": [1], "t": "x" } }, "machines": { "Child": { "definition": { "StartAt": "A" } } },
        });
        let read = from_json(&data).unwrap();
        assert_eq!((&*read.objects["b"]["k"], &*read.objects["b"]["t"]), ("[\n  1\n]", "x"));
        assert_eq!(read.machines["Child"].definition, "{\n  \"StartAt\": \"A\"\n}");
    }

    #[test]
    fn opens_a_bare_definition_as_it_was_written() {
        let text = "{ \"StartAt\": \"A\",\n\"States\": {} }\n";
        assert_eq!(from_file(text).unwrap().definition, text);
        assert_eq!(from_file(&format!("\u{feff}{text}")).unwrap().definition, text);
    }

    #[test]
    fn opens_a_definition_in_yaml_as_json() {
        let document = from_file("# a note\nStartAt: A\nStates:\n  A: { Type: Succeed }\n").unwrap();
        assert_eq!(value_of(&document.definition).unwrap().get("States").unwrap().to_string(), r#"{"A":{"Type":"Succeed"}}"#);
        let broken = "StartAt: A\nStates: [\n";
        assert_eq!(from_file(broken).unwrap().definition, broken);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let wrong = |text: &str| from_file(text).unwrap_err().to_string();
        assert_eq!(wrong("{\n  oops"), "the file is not valid JSON: line 2, column 3");
        assert_eq!(wrong("[1]"), "the file holds neither a document nor a definition with `StartAt` and `States`");
        assert_eq!(wrong(r#"{"definition": "", "type": "FAST"}"#), "`type` must be `STANDARD` or `EXPRESS`");
        assert_eq!(wrong(r#"{"definition": "", "mocks": 1}"#), "`mocks` must be a text");
        assert_eq!(wrong(r#"{"definition": "", "speed": -1}"#), "`speed` must be `instant`, `watch`, `real` or a positive number");
        assert_eq!(wrong(r#"{"definition": "", "execution": {"sed": 1}}"#), format!("`execution` must be {EXECUTION}"));
        assert_eq!(wrong(r#"{"definition": "", "objects": {"b": []}}"#), format!("`objects` must be {OBJECTS}"));
        assert_eq!(
            wrong(r#"{"definition": "", "machines": {"m": {"type": "STANDARD"}}}"#),
            format!("`machines` must be {MACHINES}")
        );
        assert!(matches!(from_file(&"[".repeat(100_000)), Err(FileError::NotJson { .. })));
    }
}
