//! `ResultWriter`: the files that a Map Run leaves, and the result that says where.

use super::Status;
use super::distributed::ChildResult;
use crate::asl::kinds::{Transformation, Writer};
use crate::value::Value;

/// An object to be put into a bucket.
pub(super) struct Object {
    pub bucket: String,
    pub key: String,
    pub text: String,
}

/// What a writer made.
pub(super) struct Written {
    pub objects: Vec<Object>,
    pub result: Value,
}

/// Writes the results of children: to objects where `Bucket` says so, else as the Map's own result.
pub(super) fn write(writer: &Writer, arguments: Option<&Value>, arn: &str, id: &str, children: &[ChildResult]) -> Written {
    let text = |name: &str| arguments.and_then(|arguments| arguments.get(name)).and_then(Value::as_str);
    let Some(bucket) = text("Bucket").filter(|_| writer.resource.is_some()) else {
        return Written { objects: Vec::new(), result: Value::array(transformed(writer.transformation, children, true)) };
    };
    let prefix = text("Prefix").map_or_else(String::new, |prefix| format!("{}/", prefix.trim_end_matches('/')));
    let folder = format!("{prefix}{id}");
    let extension = if writer.json_lines { "jsonl" } else { "json" };
    let mut objects = Vec::new();
    let mut files = Vec::new();
    for (name, wanted) in [("SUCCEEDED", true), ("FAILED", false)] {
        let mut listed = Vec::new();
        if children.iter().any(|child| child.succeeded() == wanted) {
            let text = content(writer, transformed(writer.transformation, children, wanted));
            let key = format!("{folder}/{name}_0.{extension}");
            listed.push(object([("Key", Value::from(key.as_str())), ("Size", Value::from(text.len() as i64))]));
            objects.push(Object { bucket: bucket.to_owned(), key, text });
        }
        files.push((name, Value::array(listed)));
    }
    files.push(("PENDING", Value::array(Vec::new())));
    let manifest = object([
        ("DestinationBucket", Value::from(bucket)),
        ("MapRunArn", Value::from(arn)),
        ("ResultFiles", Value::object(files.into_iter().map(|(name, value)| (name.into(), value)))),
    ]);
    let key = format!("{folder}/manifest.json");
    objects.push(Object { bucket: bucket.to_owned(), key: key.clone(), text: manifest.to_string() });
    let details = object([("Bucket", Value::from(bucket)), ("Key", Value::from(key))]);
    Written { objects, result: object([("MapRunArn", Value::from(arn)), ("ResultWriterDetails", details)]) }
}

/// What is written of the children that succeeded, or of those that failed.
fn transformed(transformation: Transformation, children: &[ChildResult], succeeded: bool) -> Vec<Value> {
    let mut results = Vec::new();
    for child in children.iter().filter(|child| child.succeeded() == succeeded) {
        match (transformation, &child.output) {
            (Transformation::None, _) => results.push(child.description.clone()),
            (Transformation::Flatten, Value::Array(items)) => results.extend_from_slice(items),
            (_, output) => results.push(output.clone()),
        }
    }
    results
}

impl ChildResult {
    fn succeeded(&self) -> bool {
        self.status == Status::Succeeded
    }
}

fn content(writer: &Writer, results: Vec<Value>) -> String {
    if writer.json_lines {
        return results.iter().map(|result| format!("{result}\n")).collect();
    }
    Value::array(results).to_string()
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::object(members.map(|(name, value)| (name.into(), value)))
}
