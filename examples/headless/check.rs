//! Problems of a definition, and what AWS's API answers about it.

use asl_playground::check::{Checked, Options, aws, check, variable_references};
use asl_playground::spec::WorkflowType;
use asl_playground::text::LineIndex;
use serde_json::{Value, json};

/// `{"kind": "check", "definition": text or object, "type": ...}` -> `{"diagnostics": [...]}`.
pub fn answer(case: &Value) -> Value {
    let text = definition_text(case);
    let checked = check(&text, &options(case));
    let lines = LineIndex::new(&text);
    let diagnostics: Vec<Value> = checked.diagnostics.iter().map(|problem| json!(problem.to_json(&text, &lines))).collect();
    json!({"diagnostics": diagnostics})
}

/// What AWS's API answers about a definition; `api` tells which operation.
pub fn answer_validation(case: &Value) -> Value {
    let text = definition_text(case);
    match case["api"].as_str() {
        Some("describe_state_machine") => {
            let references: serde_json::Map<String, Value> =
                variable_references(&text).into_iter().map(|(state, names)| (state, json!(names))).collect();
            json!({"variableReferences": references})
        }
        Some("start_execution") => {
            let message = case["request"]["input_text"].as_str().and_then(aws::invalid_input);
            message.map_or(json!({}), |message| json!({"exception": {"code": "InvalidExecutionInput", "message": message}}))
        }
        Some("validate_state_machine_definition") => diagnostics(&check(&text, &options(case))),
        _ => match aws::invalid_definition(&check(&text, &options(case))) {
            Some(message) => json!({"exception": {"code": "InvalidDefinition", "message": message}}),
            None => json!({}),
        },
    }
}

fn diagnostics(checked: &Checked) -> Value {
    let errors = aws::errors(checked);
    let diagnostics: Vec<Value> = errors
        .iter()
        .map(|error| {
            let mut diagnostic = json!({"severity": "ERROR", "code": error.code, "message": error.message});
            if let Some(location) = &error.location {
                diagnostic["location"] = json!(location);
            }
            diagnostic
        })
        .collect();
    let result = if diagnostics.is_empty() { "OK" } else { "FAIL" };
    json!({"result": result, "diagnostics": diagnostics, "truncated": false})
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
