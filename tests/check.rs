//! The checker against what AWS and real lessons say: definitions it must accept, recorded answers, faulty texts, and any text at all.
//!
//! What lies beside the checkout (`../shared`) is used where it is there; where it isn't, that is said and nothing is tested.

use asl_playground::check::{Checked, Fix, Options, Severity, aws, check, variable_references};
use asl_playground::spec::WorkflowType;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn shared(folder: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if !found.is_dir() {
        println!("../shared/{folder} is absent");
        return None;
    }
    Some(found)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) => files.push(path),
        }
    }
    files.sort();
    files
}

fn cases(kind: &str) -> Vec<(String, Value)> {
    let Some(folder) = shared("conformance") else { return Vec::new() };
    let read = |path: PathBuf| -> Option<(String, Value)> {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).ok()?).ok()?;
        (case["kind"] == kind).then(|| (path.display().to_string(), case))
    };
    files(&folder).into_iter().filter_map(read).collect()
}

fn text_of(definition: &Value) -> String {
    match definition {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).expect("a value can be written"),
    }
}

fn check_case(case: &Value) -> Checked {
    let workflow_type = case["type"].as_str().and_then(WorkflowType::parse).unwrap_or_default();
    check(&text_of(&case["definition"]), &Options { workflow_type, ..Options::default() })
}

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| format!("{} at {}", problem.message, problem.location)).collect()
}

#[test]
fn what_people_deploy_is_accepted() {
    let Some(folder) = shared("corpus") else { return };
    let mut refused = Vec::new();
    for path in files(&folder) {
        if path.extension().is_none_or(|extension| extension != "json")
            || path.parent().is_some_and(|parent| parent.ends_with("stress"))
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it was listed");
        let found = errors(&check(&text, &Options::default()));
        refused.extend(found.into_iter().map(|error| format!("{}: {error}", path.file_name().unwrap_or_default().display())));
    }
    // One of them has its query language among its states: AWS reads that as a state that is no object.
    let known = "`QueryLanguage` stands inside `States`, not beside it";
    let (expected, surprising): (Vec<_>, Vec<_>) = refused.into_iter().partition(|error| error.contains(known));
    assert!(surprising.is_empty() && expected.len() <= 1, "{surprising:#?}");
}

#[test]
fn what_aws_ran_is_accepted() {
    for (name, case) in cases("execution") {
        let found = errors(&check_case(&case));
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn aws_and_we_answer_alike() {
    for (name, case) in cases("validation") {
        let expected = &case["expected"];
        let checked = check_case(&case);
        match case["api"].as_str() {
            Some("describe_state_machine") => {
                let references: Value = variable_references(&text_of(&case["definition"]))
                    .into_iter()
                    .map(|(state, names)| (state, Value::from(names)))
                    .collect::<serde_json::Map<_, _>>()
                    .into();
                assert_eq!(references, expected["variableReferences"], "{name}");
            }
            Some("start_execution") => {
                let message = aws::invalid_input(case["request"]["input_text"].as_str().unwrap_or_default());
                assert_eq!(message.as_deref(), expected["exception"]["message"].as_str(), "{name}");
            }
            Some("validate_state_machine_definition") => {
                let found: Vec<Value> = aws::errors(&checked)
                    .into_iter()
                    .map(|error| serde_json::json!({"severity": "ERROR", "code": error.code, "message": error.message, "location": error.location}))
                    .collect();
                assert_eq!(Value::from(found), expected["diagnostics"], "{name}");
            }
            _ => assert_eq!(aws::invalid_definition(&checked).as_deref(), expected["exception"]["message"].as_str(), "{name}"),
        }
    }
}

/// What is told first, after what was copied along is told, of a faulty text as lessons have them.
#[test]
fn the_first_message_is_a_teachers() {
    for (text, first) in [
        (
            "1 {\n2   \"StartAt\": \"A\",\n3   \"States\": {\n4     \"A\": { \"Type\": \"Pass\" }\n5   }\n6 }",
            "state `A` has neither `Next` nor `End`",
        ),
        ("1 v {\n2   \"StartAt\": \"A\", ←\n3   \"States\": {\n4     \"A\": { \"Type\": \"Succeed\" }\n5   }\n6 }", ""),
        ("{ \"StartAt\": \"A\", \"States\": { \"A\": { \"Type\": \"Succeed\" } }", "the `}` at the end is missing"),
        ("{ \"StartAt\": \"A\" \"States\": { \"A\": { \"Type\": \"Succeed\" } } }", "a comma is missing"),
        (
            "{ \"StartAt\": \"A\", \"States\": [ { \"A\": { \"Type\": \"Succeed\" } } ] }",
            "`States` must be an object, not an array",
        ),
        ("{ \"StartAt\": \"A\", \"States\": { A : { \"Type\": \"Succeed\" } } }", "a name must be in double quotes"),
        ("<?xml version=\"1.0\"?>\n<States/>", "this is XML, but a definition is written in JSON"),
        ("\"A\": {\n  \"Type\": \"Pass\",\n  \"End\": true\n}", "These fields are required: [States, StartAt]"),
        ("", "the text is empty"),
    ] {
        let checked = check(text, &Options::default());
        let told = checked.diagnostics.iter().find(|problem| problem.code != "pasted-text");
        assert_eq!(told.map_or("", |problem| &problem.message), first, "{text}");
    }
}

/// Fixes that are safe leave nothing of their kind behind, and what they make is no worse.
#[test]
fn safe_fixes_mend() {
    let text = r#"{ "StartAt": "Pay", "States": {
        "Pay": { "type": "task", "Resource": "arn:aws:states::: sqs:sendMessage", "parameters": { "a": True }, "Next": "Shipp", },
        "Ship": { "Type": "Map", "Iterator": { "StartAt": "A", "States": { "A": { "Type": "Pass", "End": "true" } } }, "End": true } } }"#;
    let mut current = text.to_owned();
    for _ in 0..20 {
        let checked = check(&current, &Options::default());
        let next: Option<&Fix> = checked.diagnostics.iter().flat_map(|problem| &problem.fixes).find(|fix| fix.safe);
        match next {
            Some(fix) => current = fix.apply(&current),
            None => break,
        }
    }
    let left = check(&current, &Options::default()).diagnostics;
    assert!(left.is_empty(), "{current}\n{left:#?}");
}

#[test]
fn no_text_makes_it_panic() {
    let text = r#"{ "Comment": "é😀 \ud83d\ude00 \"q\"", "StartAt": "A", "QueryLanguage": "JSONPath", "States": { "A": { "Type": "Choice", "Choices": [
        { "And": [ { "Variable": "$.a['b']", "StringEquals": "x" }, { "Not": { "Variable": "$$.b", "IsNull": true } } ], "Next": "B" } ], "Default": "B" },
        "B": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "x.$": "States.Format('{}', $.y)", "z": [1, -2.5e3] },
        "Retry": [ { "ErrorEquals": [ "States.ALL" ] } ], "End": true } } }"#;
    for (at, _) in text.char_indices() {
        check(&text[..at], &Options::default());
        check(&text[at..], &Options::default());
        for other in ["\"", "}", "{", "[", ",", "\n", "←", "\u{0}"] {
            check(&format!("{}{other}{}", &text[..at], &text[at..]), &Options::default());
        }
    }
    for bracket in ["[", "{\"States\":", "{", "1 {\n"] {
        check(&bracket.repeat(100_000), &Options::default());
    }
    let nested = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Parallel\",\"Branches\":[".repeat(200);
    check(&nested, &Options::default());
}
