//! Problems of a definition, and what AWS's API answers about it.

use asl_playground::check::{Options, check};
use asl_playground::spec::WorkflowType;
use asl_playground::text::LineIndex;
use serde_json::{Value, json};

/// `{"kind": "check", "definition": text or object, "type": ...}` -> `{"diagnostics": [...]}`.
pub fn answer(case: &Value) -> Value {
    let text = definition_text(case);
    let checked = check(&text, &options(case));
    let lines = LineIndex::new(&text);
    let diagnostics: Vec<Value> = checked.diagnostics.iter().map(|problem| problem.to_json(&text, &lines)).collect();
    json!({"diagnostics": diagnostics})
}

pub fn answer_validation(_case: &Value) -> Value {
    json!({"error": "not answered yet"})
}

fn options(case: &Value) -> Options {
    let workflow_type = case["type"].as_str().and_then(WorkflowType::parse).unwrap_or_default();
    Options { workflow_type, ..Options::default() }
}

/// The definition as it was given: a text as it stands, anything else written out.
fn definition_text(case: &Value) -> String {
    match &case["definition"] {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}
