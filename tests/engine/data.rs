//! `Pass`, `Succeed` and the fields that move data.

use crate::workflow::run;
use serde_json::{Value, json};

fn pass(fields: Value) -> crate::workflow::Workflow {
    let mut state = json!({ "Type": "Pass", "End": true });
    state.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    run(json!({ "StartAt": "P", "States": { "P": state } })).input(json!({ "a": 1, "b": { "c": [1, 2] } }))
}

#[test]
fn fields_of_a_pass() {
    let input = json!({ "a": 1, "b": { "c": [1, 2] } });
    let rows = [
        (json!({}), input.clone()),
        (json!({ "InputPath": "$.b" }), json!({ "c": [1, 2] })),
        (json!({ "InputPath": null }), json!({})),
        (json!({ "OutputPath": null }), json!({})),
        (json!({ "OutputPath": "$.b.c[1]" }), json!(2)),
        (json!({ "Result": "r" }), json!("r")),
        (json!({ "Result": "r", "ResultPath": "$.b.d" }), json!({ "a": 1, "b": { "c": [1, 2], "d": "r" } })),
        (json!({ "Result": "r", "ResultPath": null }), input.clone()),
        (json!({ "Parameters": { "x.$": "$.b.c", "y": { "z.$": "$.a" } } }), json!({ "x": [1, 2], "y": { "z": 1 } })),
        (
            json!({ "InputPath": "$.b", "Parameters": { "n.$": "States.ArrayLength($.c)" }, "ResultPath": "$.n" }),
            json!({ "a": 1, "b": { "c": [1, 2] }, "n": { "n": 2 } }),
        ),
        (json!({ "Parameters": { "name.$": "$$.State.Name" } }), json!({ "name": "P" })),
    ];
    for (fields, output) in rows {
        pass(fields).expect_output(output);
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    let rows = [
        (json!({ "InputPath": "$.x" }), "Invalid path '$.x' : No results for path: $['x']"),
        (json!({ "OutputPath": "$.x.y" }), "Invalid path '$.x.y' : Missing property in path $['x']"),
        (
            json!({ "Parameters": { "v.$": "$.x" } }),
            "The JSONPath '$.x' specified for the field 'v.$' could not be found in the input",
        ),
    ];
    for (fields, cause) in rows {
        pass(fields).expect_error("States.Runtime", cause);
    }
}

#[test]
fn variables_are_set_at_once() {
    run(json!({
        "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Assign": { "x": 1, "y": 2 }, "Next": "B" },
            "B": { "Type": "Pass", "Assign": { "x.$": "$y", "y.$": "$x" }, "Next": "C" },
            "C": { "Type": "Pass", "Parameters": { "x.$": "$x", "y.$": "$y" }, "End": true }
        }
    }))
    .expect_output(json!({ "x": 2, "y": 1 }));
}

#[test]
fn succeed_selects() {
    let state = json!({ "Type": "Succeed", "InputPath": "$.a", "OutputPath": "$.b" });
    run(json!({ "StartAt": "S", "States": { "S": state } })).input(json!({ "a": { "b": 3 } })).expect_output(json!(3));
}

#[test]
fn raw_input_passes_until_a_state_writes_it() {
    let definition = json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Parameters": { "x.$": "$.x" }, "End": true } } });
    let parsed = asl_playground::json::parse(&definition.to_string());
    let machine = std::sync::Arc::new(asl_playground::asl::lower(&parsed.root).0);
    let input = asl_playground::engine::Data::given("{ \"x\":  1 }").expect("JSON");
    let mut execution = asl_playground::engine::Execution::start(machine, input, Default::default());
    execution.poll(100);
    let told: Vec<String> = execution.events().iter().map(|event| event.to_value().to_string()).collect();
    assert!(told[2].contains(r#"{ \"x\":  1 }"#), "{}", told[2]);
    assert!(told[4].contains(r#"{\"x\":1}"#), "{}", told[4]);
}
