//! Histories event for event.

use crate::workflow::{fails, returns, run};
use serde_json::{Value, json};

/// The dragon registry of the bundled examples has the shape of a well-known lesson: check, store, confirm.
fn registry() -> Value {
    json!({
        "StartAt": "ValidateDragon",
        "States": {
            "ValidateDragon": {
                "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:302211264422:function:validate-dragon", "Next": "AddDragon",
                "ResultPath": null,
                "Catch": [
                    { "ErrorEquals": ["DragonValidationException"], "Next": "AlertDragonValidationFailure", "ResultPath": null },
                    { "ErrorEquals": ["States.ALL"], "Next": "CatchAllFailure" }
                ]
            },
            "AlertDragonValidationFailure": {
                "Type": "Task", "Resource": "arn:aws:states:::sns:publish",
                "Parameters": { "Message": "not added", "PhoneNumber.$": "$.reportingPhoneNumber" }, "End": true
            },
            "CatchAllFailure": { "Type": "Fail", "Cause": "Something unknown went wrong" },
            "AddDragon": {
                "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:302211264422:function:add-dragon",
                "Next": "ConfirmationRequired", "ResultPath": null
            },
            "ConfirmationRequired": {
                "Type": "Choice",
                "Choices": [
                    { "Variable": "$.confirmationRequired", "BooleanEquals": true, "Next": "AlertAddDragonSuccess" },
                    { "Variable": "$.confirmationRequired", "BooleanEquals": false, "Next": "NoAlertAddDragonSuccess" }
                ],
                "Default": "CatchAllFailure"
            },
            "AlertAddDragonSuccess": {
                "Type": "Task", "Resource": "arn:aws:states:::sns:publish",
                "Parameters": { "Message": "added", "PhoneNumber.$": "$.reportingPhoneNumber" }, "End": true
            },
            "NoAlertAddDragonSuccess": { "Type": "Succeed" }
        }
    })
}

fn dragon(confirmation: Value) -> Value {
    json!({ "dragon_name_str": "Peter", "reportingPhoneNumber": "15555555555", "confirmationRequired": confirmation })
}

#[test]
fn a_new_dragon_takes_sixteen_events() {
    run(registry())
        .input(dragon(json!(false)))
        .mock("ValidateDragon", [returns(json!("ok"))])
        .expect_output(dragon(json!(false)))
        .expect_events(&[
            "ExecutionStarted",
            "TaskStateEntered ValidateDragon <0",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited ValidateDragon",
            "TaskStateEntered AddDragon",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited AddDragon",
            "ChoiceStateEntered ConfirmationRequired",
            "ChoiceStateExited ConfirmationRequired",
            "SucceedStateEntered NoAlertAddDragonSuccess",
            "SucceedStateExited NoAlertAddDragonSuccess",
            "ExecutionSucceeded",
        ]);
}

#[test]
fn a_known_dragon_is_told_by_message() {
    let ran = run(registry())
        .input(dragon(json!(false)))
        .mock("ValidateDragon", [fails("DragonValidationException")])
        .mock("AlertDragonValidationFailure", [returns(json!({ "MessageId": "1" }))])
        .expect_output(json!({ "MessageId": "1" }));
    assert_eq!(ran.calls[1].1, json!({ "Message": "not added", "PhoneNumber": "15555555555" }));
}

#[test]
fn a_text_in_place_of_a_boolean_ends_at_the_default() {
    let ran = run(registry()).input(dragon(json!("false"))).go();
    assert_eq!(ran.outcome.failure.cause.as_deref(), Some("Something unknown went wrong"));
    assert_eq!(ran.outcome.failure.error, None);
}

#[test]
fn an_event_is_told_as_the_service_tells_it() {
    let definition = json!({ "StartAt": "P", "States": { "P": { "Type": "Pass", "Assign": { "x": 1 }, "End": true } } });
    let ran = run(definition).input(json!({ "a": 1 })).go();
    let events: Vec<Value> =
        ran.execution.events().iter().map(|event| serde_json::to_value(event.to_value()).expect("an event is JSON")).collect();
    assert_eq!(
        events[2],
        json!({
            "timestamp": "2026-01-01T00:00:00.000Z", "type": "PassStateExited", "id": 3, "previousEventId": 2,
            "stateExitedEventDetails": {
                "name": "P", "output": "{\"a\":1}", "outputDetails": { "truncated": false },
                "assignedVariables": { "x": "1" }, "assignedVariablesDetails": { "truncated": false }
            }
        })
    );
}
