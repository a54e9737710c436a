//! Inline `Map`.

use crate::workflow::{fails, returns, run};
use serde_json::{Value, json};

fn map(state: Value, fields: Value) -> crate::workflow::Workflow {
    let processor = json!({ "StartAt": "S", "States": { "S": state } });
    let mut map = json!({ "Type": "Map", "ItemProcessor": processor, "End": true });
    map.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    run(json!({ "StartAt": "Each", "States": { "Each": map, "Caught": { "Type": "Pass", "End": true } } }))
}

fn pass() -> Value {
    json!({ "Type": "Pass", "End": true })
}

#[test]
fn one_at_a_time_is_one_chain() {
    map(pass(), json!({ "MaxConcurrency": 1 })).input(json!([1, 2])).expect_output(json!([1, 2])).expect_events(&[
        "ExecutionStarted",
        "MapStateEntered Each <0",
        "MapStateStarted",
        "MapIterationStarted 0",
        "PassStateEntered S",
        "PassStateExited S",
        "MapIterationSucceeded 0",
        "MapIterationStarted 1 <6",
        "PassStateEntered S",
        "PassStateExited S",
        "MapIterationSucceeded 1",
        "MapStateSucceeded",
        "MapStateExited Each <11",
        "ExecutionSucceeded",
    ]);
}

#[test]
fn nothing_to_go_over() {
    map(pass(), json!({})).input(json!([])).expect_output(json!([])).expect_events(&[
        "ExecutionStarted",
        "MapStateEntered Each <0",
        "MapStateStarted",
        "MapStateSucceeded",
        "MapStateExited Each <3",
        "ExecutionSucceeded",
    ]);
}

#[test]
fn items_are_selected() {
    let selector = json!({ "i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "all.$": "$.name" });
    let fields = json!({ "ItemsPath": "$.list", "ItemSelector": selector, "ResultPath": "$.out" });
    map(pass(), fields).input(json!({ "list": ["a", "b"], "name": "n" })).expect_output(json!({
        "list": ["a", "b"], "name": "n",
        "out": [{ "i": 0, "v": "a", "all": "n" }, { "i": 1, "v": "b", "all": "n" }]
    }));
}

#[test]
fn forty_run_at_a_time() {
    let items: Vec<u32> = (0..100).collect();
    let waiting = json!({ "Type": "Wait", "Seconds": 10, "End": true });
    map(waiting.clone(), json!({})).input(json!(items)).go().expect_waits([10, 10, 10]);
    map(waiting, json!({ "MaxConcurrency": 50 })).input(json!(items)).go().expect_waits([10, 10]);
}

#[test]
fn a_failing_iteration_ends_the_map() {
    let call = json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true });
    map(call.clone(), json!({ "MaxConcurrency": 1 }))
        .input(json!([1, 2]))
        .mock("S", [returns(json!("ok")), fails("Bad")])
        .expect_error("Bad", "the cause");
    let catch = json!({ "Catch": [{ "ErrorEquals": ["Bad"], "Next": "Caught" }] });
    map(call, catch).input(json!([1])).mock("S", [fails("Bad")]).expect_output(json!({ "Error": "Bad", "Cause": "the cause" }));
}

#[test]
fn iterations_beside_a_failing_one_are_aborted() {
    let rules = json!([{ "Variable": "$", "NumericEquals": 2, "Next": "F" }]);
    let processor = json!({
        "StartAt": "C",
        "States": {
            "C": { "Type": "Choice", "Choices": rules, "Default": "W" },
            "W": { "Type": "Wait", "Seconds": 9, "End": true },
            "F": { "Type": "Fail", "Error": "Two" }
        }
    });
    run(json!({ "StartAt": "Each", "States": { "Each": { "Type": "Map", "ItemProcessor": processor, "End": true } } }))
        .input(json!([1, 2]))
        .expect_error("Two", "")
        .expect_events(&[
            "ExecutionStarted",
            "MapStateEntered Each <0",
            "MapStateStarted",
            "MapIterationStarted 0",
            "MapIterationStarted 1 <3",
            "ChoiceStateEntered C <4",
            "ChoiceStateExited C",
            "ChoiceStateEntered C <5",
            "ChoiceStateExited C",
            "WaitStateEntered W <7",
            "FailStateEntered F <9",
            "MapIterationFailed 1",
            "WaitStateAborted <10",
            "MapIterationAborted 0",
            "MapStateFailed <11",
            "ExecutionFailed",
        ]);
}

#[test]
fn what_is_no_array_is_an_error() {
    map(pass(), json!({ "ItemsPath": "$.x" }))
        .input(json!({ "x": 1 }))
        .expect_error("States.Runtime", "Reference path \"$.x\" must point to array.");
    map(pass(), json!({})).input(json!({})).expect_error("States.Runtime", "must point to array");
    map(pass(), json!({ "MaxConcurrencyPath": "$.n" }))
        .input(json!({ "n": "many" }))
        .expect_error("States.Runtime", "must point to array");
    map(pass(), json!({ "ItemsPath": "$.l", "MaxConcurrencyPath": "$.n" }))
        .input(json!({ "l": [1], "n": "many" }))
        .expect_error("States.Runtime", "The MaxConcurrencyPath field refers to value \"many\" which is not a valid integer: $.n");
}

#[test]
fn maps_nest() {
    let inner = json!({ "Type": "Map", "ItemProcessor": { "StartAt": "P", "States": { "P": pass() } }, "End": true });
    map(inner, json!({})).input(json!([[1, 2], [], [3]])).expect_output(json!([[1, 2], [], [3]]));
}

#[test]
fn an_older_definition_iterates_too() {
    let iterator = json!({ "StartAt": "P", "States": { "P": pass() } });
    let state = json!({ "Type": "Map", "Iterator": iterator, "Parameters": { "v.$": "$$.Map.Item.Value" }, "End": true });
    run(json!({ "StartAt": "M", "States": { "M": state } })).input(json!([1])).expect_output(json!([{ "v": 1 }]));
}
