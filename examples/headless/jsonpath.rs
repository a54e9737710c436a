//! A JSONPath on a document, in Jayway's dialect alone.

use asl_playground::query::Budget;
use asl_playground::query::path::{Path, PathError};
use asl_playground::value;
use serde_json::{Value, json};

pub fn answer(case: &Value) -> Value {
    let path = match Path::parse_jayway(case["path"].as_str().unwrap_or_default()) {
        Ok(path) => path,
        Err(error) => return json!({"invalid": shown(&error)}),
    };
    match path.read_jayway(&value::Value::from(&case["document"]), &mut Budget::default()) {
        Ok(result) => json!({"definite": path.is_definite(), "result": result}),
        Err(error) => json!({"definite": path.is_definite(), "error": shown(&error)}),
    }
}

fn shown(error: &PathError) -> String {
    format!("{}: {error}", error.exception())
}
