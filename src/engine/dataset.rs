//! What an `ItemReader` reads: objects in memory, taken as the dataset of a distributed Map.
//!
//! Knows formats, not states: whoever calls has worked out `Parameters` or `Arguments` and `ReaderConfig` already.

use super::StatesError;
use super::options::{Bucket, Objects};
use crate::json;
use crate::query::digest::md5;
use crate::timestamp::Timestamp;
use crate::value::{Key, Value};
use std::sync::Arc;

/// `States.ItemReaderFailed`, the error of everything that goes wrong here.
pub const ITEM_READER_FAILED: &str = "States.ItemReaderFailed";

/// `ReaderConfig` with its paths and expressions worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderConfig {
    pub input_type: InputType,
    pub headers: Headers,
    pub delimiter: Delimiter,
    /// The object lists the objects to read: what Athena's UNLOAD leaves.
    pub athena: bool,
    /// `ItemsPointer`: the JSON pointer of the array inside a JSON object.
    pub items_pointer: Option<Arc<str>>,
    /// 0 reads all, as without the field.
    pub max_items: u64,
}

/// `InputType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputType {
    #[default]
    Json,
    JsonLines,
    Csv,
    /// An S3 inventory: a `manifest.json` that names CSV files.
    Manifest,
}

/// Items with where they come from.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    pub items: Vec<Value>,
    /// The key of each item, where the object read holds an object.
    pub keys: Vec<Key>,
    /// `Map.Item.Source`: the address of an object or a bucket, with the number of the first item that comes from there.
    pub sources: Vec<(usize, Arc<str>)>,
}

impl Dataset {
    /// Where an item comes from.
    pub fn source(&self, index: usize) -> Option<&Arc<str>> {
        let after = self.sources.partition_point(|(first, _)| *first <= index);
        self.sources.get(after.checked_sub(1)?).map(|(_, source)| source)
    }

    fn add(&mut self, read: Dataset, source: Arc<str>) {
        self.sources.push((self.items.len(), source));
        self.items.extend(read.items);
        self.keys.extend(read.keys);
    }

    fn at_most(mut self, max_items: u64) -> Dataset {
        if max_items > 0 {
            let most = usize::try_from(max_items).unwrap_or(usize::MAX);
            self.items.truncate(most);
            self.keys.truncate(most);
        }
        self
    }
}

impl From<Vec<Value>> for Dataset {
    fn from(items: Vec<Value>) -> Dataset {
        Dataset { items, ..Dataset::default() }
    }
}

impl InputType {
    /// Reads the field's text.
    pub fn parse(text: &str) -> Option<InputType> {
        Some(match text {
            "JSON" => InputType::Json,
            "JSONL" => InputType::JsonLines,
            "CSV" => InputType::Csv,
            "MANIFEST" => InputType::Manifest,
            _ => return None,
        })
    }
}

/// `CSVHeaderLocation` with `CSVHeaders`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Headers {
    #[default]
    FirstRow,
    Given(Vec<Key>),
}

/// `CSVDelimiter`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    #[default]
    Comma,
    Pipe,
    Semicolon,
    Space,
    Tab,
}

impl Delimiter {
    /// Reads the field's text.
    pub fn parse(text: &str) -> Option<Delimiter> {
        Some(match text {
            "COMMA" => Delimiter::Comma,
            "PIPE" => Delimiter::Pipe,
            "SEMICOLON" => Delimiter::Semicolon,
            "SPACE" => Delimiter::Space,
            "TAB" => Delimiter::Tab,
            _ => return None,
        })
    }

    const fn character(self) -> char {
        match self {
            Delimiter::Comma => ',',
            Delimiter::Pipe => '|',
            Delimiter::Semicolon => ';',
            Delimiter::Space => ' ',
            Delimiter::Tab => '\t',
        }
    }
}

/// The items of `s3:getObject`: the content of one object, by its format.
pub fn get_object(objects: &Objects, arguments: &Value, config: &ReaderConfig) -> Result<Dataset, StatesError> {
    let (name, key) = (text_of(arguments, "Bucket")?, text_of(arguments, "Key")?);
    let bucket = bucket_named(objects, name)?;
    let text = object(bucket, key)?;
    let mut all = Dataset::default();
    if config.athena {
        return athena(objects, text, config).map(|all| all.at_most(config.max_items));
    }
    let read = match config.input_type {
        InputType::Manifest => inventory(objects, bucket, text)?.into(),
        _ => content(text, config)?,
    };
    all.add(read, format!("S3://{name}/{key}").into());
    Ok(all.at_most(config.max_items))
}

/// The items of an object's content.
pub fn content(text: &str, config: &ReaderConfig) -> Result<Dataset, StatesError> {
    let read = match config.input_type {
        InputType::Json => json_items(text, config.items_pointer.as_deref())?,
        InputType::JsonLines => json_lines(text)?.into(),
        InputType::Csv => csv_items(text, config).into(),
        // What the inventory lists stands in other objects.
        InputType::Manifest => json_items(text, None)?,
    };
    Ok(read.at_most(config.max_items))
}

/// The items of `s3:listObjectsV2`: a description of each object whose key starts with `Prefix`, or with `LOAD_AND_FLATTEN`, where
/// `config` tells the format, what the objects hold.
pub fn list_objects(
    objects: &Objects,
    arguments: &Value,
    max_items: u64,
    config: Option<&ReaderConfig>,
    now: Timestamp,
) -> Result<Dataset, StatesError> {
    let prefix = arguments.get("Prefix").and_then(Value::as_str).unwrap_or_default();
    let name = text_of(arguments, "Bucket")?;
    let mut all = Dataset::default();
    if config.is_none() {
        // All items are the listing's.
        all.sources.push((0, format!("S3://{name}").into()));
    }
    for (key, text) in bucket_named(objects, name)?.iter().filter(|(key, _)| key.starts_with(prefix)) {
        match config {
            None => all.items.push(describe(key, text, now)),
            Some(config) => all.add(content(text, config)?, format!("S3://{name}/{key}").into()),
        }
    }
    Ok(all.at_most(max_items))
}

/// What the objects hold that Athena's manifest lists, an address a line; those of CSV have no row of headers.
fn athena(objects: &Objects, manifest: &str, config: &ReaderConfig) -> Result<Dataset, StatesError> {
    let mut all = Dataset::default();
    for line in manifest.lines().map(|line| line.trim().trim_matches('"')).filter(|line| !line.is_empty()) {
        let address = line.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("s3://")).and_then(|_| line[5..].split_once('/'));
        let (name, key) = address.ok_or_else(|| failed(format!("the manifest's line '{line}' is no address of an object")))?;
        let text = object(bucket_named(objects, name)?, key)?;
        all.add(content(text, config)?, format!("S3://{name}/{key}").into());
    }
    Ok(all)
}

/// How the service lists an object; `Etag` is what S3 makes of content that came in one part.
fn describe(key: &str, text: &str, now: Timestamp) -> Value {
    let etag = md5(text.as_bytes());
    let members = [
        ("Etag", Value::from(format!("\"{etag}\""))),
        ("LastModified", Value::from(now.0 / 1000)),
        ("Key", Value::from(key)),
        ("Size", Value::from(text.len() as i64)),
        ("StorageClass", Value::from("STANDARD")),
    ];
    Value::object(members.map(|(name, value)| (name.into(), value)))
}

fn bucket_named<'a>(objects: &'a Objects, name: &str) -> Result<&'a Bucket, StatesError> {
    objects.get(name).ok_or_else(|| failed("The specified bucket does not exist"))
}

fn object<'a>(bucket: &'a Bucket, key: &str) -> Result<&'a str, StatesError> {
    bucket.get(key).map(|text| &**text).ok_or_else(|| failed("The specified key does not exist."))
}

fn text_of<'a>(arguments: &'a Value, name: &str) -> Result<&'a str, StatesError> {
    arguments.get(name).and_then(Value::as_str).ok_or_else(|| failed(format!("field {name} must be a string")))
}

fn json_items(text: &str, pointer: Option<&str>) -> Result<Dataset, StatesError> {
    let value = json::value_of(text).map_err(|error| failed(format!("the object is not valid JSON: {}", error.in_words())))?;
    let found = match pointer {
        Some(pointer) => at_pointer(&value, pointer),
        None => Some(&value),
    };
    match found {
        Some(Value::Array(items)) => Ok(items.to_vec().into()),
        Some(Value::Object(object)) => {
            let (keys, items) = object.iter().map(|(key, value)| (key.clone(), value.clone())).unzip();
            Ok(Dataset { items, keys, sources: Vec::new() })
        }
        _ => Err(failed("Attempting to map over non-iterable node.")),
    }
}

/// The value at a JSON pointer (RFC 6901).
fn at_pointer<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(value, |value, part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?),
            _ => value.get(&part),
        }
    })
}

fn json_lines(text: &str) -> Result<Vec<Value>, StatesError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line): (usize, &str)| {
        json::value_of(line).map_err(|error| failed(format!("line {} is not valid JSON: {}", at + 1, error.in_words())))
    };
    lines.map(read).collect()
}

fn csv_items(text: &str, config: &ReaderConfig) -> Vec<Value> {
    let mut rows = Rows { rest: text.trim_start_matches('\u{feff}'), delimiter: config.delimiter.character() };
    let headers = match &config.headers {
        Headers::Given(headers) => headers.clone(),
        Headers::FirstRow => rows.next().unwrap_or_default().iter().map(|header| Key::from(&**header)).collect(),
    };
    let limit = if config.max_items == 0 { usize::MAX } else { usize::try_from(config.max_items).unwrap_or(usize::MAX) };
    rows.take(limit).map(|row| item_of(&headers, row)).collect()
}

/// A row by its headers: what is missing is an empty text, what is too much is left out.
fn item_of(headers: &[Key], row: Vec<String>) -> Value {
    let fields = row.into_iter().chain(std::iter::repeat(String::new()));
    Value::object(headers.iter().cloned().zip(fields.map(Value::from)))
}

/// The objects that an S3 inventory lists; its CSV files have no header row, `fileSchema` names their columns.
fn inventory(objects: &Objects, bucket: &Bucket, manifest: &str) -> Result<Vec<Value>, StatesError> {
    let manifest =
        json::value_of(manifest).map_err(|error| failed(format!("the manifest is not valid JSON: {}", error.in_words())))?;
    let schema = manifest.get("fileSchema").and_then(Value::as_str).unwrap_or("Bucket, Key");
    let headers = Headers::Given(schema.split(',').map(|name| name.trim().into()).collect());
    let config = ReaderConfig { input_type: InputType::Csv, headers, ..ReaderConfig::default() };
    // Where the inventory's files lie: `arn:aws:s3:::bucket`.
    let named = manifest.get("destinationBucket").and_then(Value::as_str).and_then(|arn| arn.rsplit(':').next());
    let bucket = named.and_then(|name| objects.get(name)).unwrap_or(bucket);
    let files = manifest.get("files").and_then(Value::as_array).ok_or_else(|| failed("the manifest has no `files`"))?;
    let mut items = Vec::new();
    for file in files.iter() {
        items.extend(csv_items(object(bucket, text_of(file, "key")?)?, &config));
    }
    Ok(items)
}

fn failed(cause: impl AsRef<str>) -> StatesError {
    StatesError::new(ITEM_READER_FAILED, cause)
}

/// The rows of a CSV text (RFC 4180); empty lines are none.
struct Rows<'a> {
    rest: &'a str,
    delimiter: char,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        self.rest = self.rest.trim_start_matches(['\r', '\n']);
        if self.rest.is_empty() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            match self.rest.strip_prefix(self.delimiter) {
                Some(rest) => self.rest = rest,
                None => return Some(fields),
            }
        }
    }
}

impl Rows<'_> {
    /// Reads up to the delimiter or the end of the line.
    fn field(&mut self) -> String {
        let mut field = String::new();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            loop {
                let end = self.rest.find('"').unwrap_or(self.rest.len());
                field.push_str(&self.rest[..end]);
                self.rest = self.rest.get(end + 1..).unwrap_or_default();
                match self.rest.strip_prefix('"') {
                    // Two quotes inside a quoted field are one.
                    Some(rest) => {
                        field.push('"');
                        self.rest = rest;
                    }
                    None => break,
                }
            }
        }
        let end = self.rest.find([self.delimiter, '\r', '\n']).unwrap_or(self.rest.len());
        field.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(key: &str, text: &str) -> Objects {
        let bucket = Bucket::from([(key.to_owned(), Arc::from(text))]);
        Objects::from([("b".to_owned(), bucket)])
    }

    fn read(text: &str, config: ReaderConfig) -> Result<String, String> {
        let arguments = json::value_of(r#"{"Bucket":"b","Key":"k"}"#).unwrap();
        let items = get_object(&objects("k", text), &arguments, &config);
        items.map(|all| Value::array(all.items).to_string()).map_err(|error| error.cause.unwrap().to_string())
    }

    fn csv(headers: Headers) -> ReaderConfig {
        ReaderConfig { input_type: InputType::Csv, headers, ..ReaderConfig::default() }
    }

    #[test]
    fn csv_by_its_first_row() {
        let text = "id,name\r\n1,\"a, \"\"b\"\"\"\r\n\r\n2\r\n3,c,left out\n";
        let rows = r#"[{"id":"1","name":"a, \"b\""},{"id":"2","name":""},{"id":"3","name":"c"}]"#;
        assert_eq!(read(text, csv(Headers::FirstRow)).unwrap(), rows);
    }

    #[test]
    fn csv_by_given_headers_and_another_delimiter() {
        let config = ReaderConfig { delimiter: Delimiter::Pipe, ..csv(Headers::Given(vec!["x".into(), "y".into()])) };
        assert_eq!(read("1|2\n   |\n", config).unwrap(), r#"[{"x":"1","y":"2"},{"x":"   ","y":""}]"#);
    }

    #[test]
    fn max_items_cuts_and_0_does_not() {
        let limited = |max_items| ReaderConfig { max_items, ..csv(Headers::FirstRow) };
        assert_eq!(read("a\n1\n2\n3", limited(2)).unwrap(), r#"[{"a":"1"},{"a":"2"}]"#);
        assert_eq!(read("a\n1\n2\n3", limited(0)).unwrap(), r#"[{"a":"1"},{"a":"2"},{"a":"3"}]"#);
        assert_eq!(read("[1,2,3]", ReaderConfig { max_items: 1, ..ReaderConfig::default() }).unwrap(), "[1]");
    }

    #[test]
    fn json_and_json_lines() {
        let pointer = ReaderConfig { items_pointer: Some("/a/0".into()), ..ReaderConfig::default() };
        assert_eq!(read(r#"{"a":[[1,2]]}"#, pointer).unwrap(), "[1,2]");
        let lines = ReaderConfig { input_type: InputType::JsonLines, ..ReaderConfig::default() };
        assert_eq!(read("{\"a\":1}\n\n2\n", lines.clone()).unwrap(), r#"[{"a":1},2]"#);
        assert_eq!(read("1\n{", lines).unwrap_err(), "line 2 is not valid JSON: this '{' is never closed");
        assert_eq!(read("1", ReaderConfig::default()).unwrap_err(), "Attempting to map over non-iterable node.");
    }

    #[test]
    fn lists_objects_by_prefix() {
        let mut all = objects("in/a.txt", "hello");
        all.get_mut("b").unwrap().insert("out/b.txt".into(), "x".into());
        let arguments = json::value_of(r#"{"Bucket":"b","Prefix":"in/"}"#).unwrap();
        let listed = list_objects(&all, &arguments, 0, None, Timestamp(5000)).unwrap();
        assert_eq!(listed.source(0).map(|source| &**source), Some("S3://b"));
        assert_eq!(
            Value::array(listed.items).to_string(),
            r#"[{"Etag":"\"5d41402abc4b2a76b9719d911017c592\"","LastModified":5,"Key":"in/a.txt","Size":5,"StorageClass":"STANDARD"}]"#
        );
    }

    #[test]
    fn listed_objects_are_read_one_after_the_other() {
        let mut all = objects("in/1.jsonl", "1\n2");
        all.get_mut("b").unwrap().insert("in/2.jsonl".into(), "3".into());
        let arguments = json::value_of(r#"{"Bucket":"b","Prefix":"in/"}"#).unwrap();
        let lines = ReaderConfig { input_type: InputType::JsonLines, ..ReaderConfig::default() };
        let read = list_objects(&all, &arguments, 0, Some(&lines), Timestamp(0)).unwrap();
        let sources: Vec<&str> = (0..4).filter_map(|index| read.source(index).map(|source| &**source)).collect();
        assert_eq!(sources, ["S3://b/in/1.jsonl", "S3://b/in/1.jsonl", "S3://b/in/2.jsonl", "S3://b/in/2.jsonl"]);
        assert_eq!(Value::array(read.items).to_string(), "[1,2,3]");
        assert_eq!(list_objects(&all, &arguments, 2, Some(&lines), Timestamp(0)).unwrap().items.len(), 2);
    }

    #[test]
    fn a_manifest_of_athena_lists_addresses() {
        let mut all = objects("k", "s3://b/1.csv\r\ns3://b/2.csv\n");
        all.get_mut("b").unwrap().insert("1.csv".into(), "1,x\n".into());
        all.get_mut("b").unwrap().insert("2.csv".into(), "2,y\n".into());
        let arguments = json::value_of(r#"{"Bucket":"b","Key":"k"}"#).unwrap();
        let config = ReaderConfig { athena: true, ..csv(Headers::Given(vec!["id".into(), "name".into()])) };
        let read = get_object(&all, &arguments, &config).unwrap();
        assert_eq!(Value::array(read.items.clone()).to_string(), r#"[{"id":"1","name":"x"},{"id":"2","name":"y"}]"#);
        assert_eq!(read.source(1).map(|source| &**source), Some("S3://b/2.csv"));
        all.get_mut("b").unwrap().insert("k".into(), "é\n".into());
        let error = get_object(&all, &arguments, &config).unwrap_err();
        assert_eq!(error.cause.as_deref(), Some("the manifest's line 'é' is no address of an object"));
    }

    #[test]
    fn an_object_gives_its_members_with_their_keys() {
        let read = content(r#"{"a":1,"b":2}"#, &ReaderConfig::default()).unwrap();
        assert_eq!((read.items.len(), &*read.keys[1]), (2, "b"));
    }

    #[test]
    fn an_inventory_names_its_files() {
        let mut all = objects("k", r#"{"fileSchema":"Bucket, Key","files":[{"key":"data.csv"}]}"#);
        all.get_mut("b").unwrap().insert("data.csv".into(), "\"b\",\"a.txt\"\n".into());
        let arguments = json::value_of(r#"{"Bucket":"b","Key":"k"}"#).unwrap();
        let config = ReaderConfig { input_type: InputType::Manifest, ..ReaderConfig::default() };
        let items = get_object(&all, &arguments, &config).unwrap();
        assert_eq!(Value::array(items.items).to_string(), r#"[{"Bucket":"b","Key":"a.txt"}]"#);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let arguments = json::value_of(r#"{"Bucket":"b","Key":"x"}"#).unwrap();
        let error = get_object(&objects("k", ""), &arguments, &ReaderConfig::default()).unwrap_err();
        assert_eq!(error.error.as_deref(), Some(ITEM_READER_FAILED));
        assert!(get_object(&Objects::new(), &arguments, &ReaderConfig::default()).is_err());
    }
}
