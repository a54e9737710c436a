//! `Task`: results, errors, retries, catchers and timeouts.

use crate::workflow::{Workflow, fails, nothing, returns, run};
use serde_json::{Value, json};

fn task(fields: Value) -> Workflow {
    let mut state = json!({ "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge", "End": true });
    let state_fields = state.as_object_mut().expect("an object");
    state_fields.extend(fields.as_object().expect("fields").clone());
    run(json!({
        "StartAt": "Charge",
        "States": { "Charge": state, "Caught": { "Type": "Pass", "End": true }, "Other": { "Type": "Pass", "Result": "other", "End": true } }
    }))
}

#[test]
fn a_result_takes_the_inputs_place() {
    task(json!({})).input(json!({ "n": 1 })).mock("Charge", [returns(json!("paid"))]).expect_output(json!("paid"));
}

#[test]
fn fields_shape_what_goes_in_and_out() {
    task(json!({
        "InputPath": "$.order", "Parameters": { "sum.$": "$.total", "currency": "EUR" },
        "ResultSelector": { "receipt.$": "$.id" }, "ResultPath": "$.payment", "OutputPath": "$.payment"
    }))
    .input(json!({ "order": { "total": 5 }, "by": "Ann" }))
    .mock("Charge", [returns(json!({ "id": 7, "noise": true }))])
    .expect_output(json!({ "receipt": 7 }))
    .expect_calls(&[("Charge", json!({ "sum": 5, "currency": "EUR" }))]);
}

#[test]
fn result_path_null_drops_the_result() {
    task(json!({ "ResultPath": null }))
        .input(json!({ "n": 1 }))
        .mock("Charge", [returns(json!("paid"))])
        .expect_output(json!({ "n": 1 }));
}

#[test]
fn an_error_ends_the_run() {
    task(json!({})).mock("Charge", [fails("Busy")]).expect_error("Busy", "the cause").expect_events(&[
        "ExecutionStarted",
        "TaskStateEntered Charge <0",
        "LambdaFunctionScheduled",
        "LambdaFunctionStarted",
        "LambdaFunctionFailed",
        "ExecutionFailed",
    ]);
}

#[test]
fn retry_doubles_its_wait() {
    task(json!({ "Retry": [{ "ErrorEquals": ["Busy"] }] }))
        .mock("Charge", [fails("Busy"), fails("Busy"), returns(json!("paid"))])
        .expect_output(json!("paid"))
        .expect_waits([1, 2]);
}

#[test]
fn retry_gives_up_after_its_attempts() {
    task(json!({ "Retry": [{ "ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 2, "BackoffRate": 1 }] }))
        .mock("Charge", [fails("Busy")])
        .expect_error("Busy", "the cause")
        .expect_waits([2, 2]);
}

#[test]
fn retry_waits_no_longer_than_it_may() {
    let retry =
        json!([{ "ErrorEquals": ["Busy"], "IntervalSeconds": 10, "MaxAttempts": 4, "BackoffRate": 3, "MaxDelaySeconds": 40 }]);
    task(json!({ "Retry": retry })).mock("Charge", [fails("Busy")]).expect_error("Busy", "").expect_waits([10, 30, 40, 40]);
}

#[test]
fn each_retrier_counts_its_own_attempts() {
    let retry =
        json!([{ "ErrorEquals": ["A"], "MaxAttempts": 1 }, { "ErrorEquals": ["B"], "MaxAttempts": 1, "IntervalSeconds": 5 }]);
    task(json!({ "Retry": retry })).mock("Charge", [fails("A"), fails("B"), fails("A")]).expect_error("A", "").expect_waits([1, 5]);
}

#[test]
fn jitter_shortens_the_wait() {
    let retry =
        json!([{ "ErrorEquals": ["Busy"], "IntervalSeconds": 100, "MaxAttempts": 5, "BackoffRate": 1, "JitterStrategy": "FULL" }]);
    let ran = task(json!({ "Retry": retry })).mock("Charge", [fails("Busy")]).go();
    assert!(ran.waits.iter().all(|wait| (0.0..=100.0).contains(wait)), "{:?}", ran.waits);
    assert!(ran.waits.windows(2).any(|pair| pair[0] != pair[1]), "{:?}", ran.waits);
}

#[test]
fn catch_gives_the_error_on() {
    task(json!({ "Catch": [{ "ErrorEquals": ["Busy"], "Next": "Caught" }] }))
        .mock("Charge", [fails("Busy")])
        .expect_output(json!({ "Error": "Busy", "Cause": "the cause" }));
}

#[test]
fn catch_puts_the_error_where_it_says() {
    let catch = json!([{ "ErrorEquals": ["Nope"], "Next": "Other" }, { "ErrorEquals": ["States.ALL"], "Next": "Caught", "ResultPath": "$.why" }]);
    task(json!({ "Catch": catch }))
        .input(json!({ "n": 1 }))
        .mock("Charge", [fails("Busy")])
        .expect_output(json!({ "n": 1, "why": { "Error": "Busy", "Cause": "the cause" } }));
}

#[test]
fn catch_comes_after_retry() {
    let ran = task(json!({
        "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 1 }], "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Other" }]
    }))
    .mock("Charge", [fails("Busy")])
    .expect_output(json!("other"));
    assert_eq!(ran.calls.len(), 2);
}

#[test]
fn states_runtime_is_caught_by_nothing() {
    let catch =
        json!([{ "ErrorEquals": ["States.Runtime"], "Next": "Caught" }, { "ErrorEquals": ["States.ALL"], "Next": "Caught" }]);
    task(json!({ "Parameters": { "x.$": "$.missing" }, "Catch": catch, "Retry": [{ "ErrorEquals": ["States.ALL"] }] })).expect_error(
        "States.Runtime",
        "An error occurred while executing the state 'Charge' (entered at the event id #2). The JSONPath '$.missing' specified for the field 'x.$' could not be found in the input '{}'",
    );
}

#[test]
fn a_call_that_takes_too_long_times_out() {
    task(json!({ "TimeoutSeconds": 30 }))
        .mock("Charge", [nothing()])
        .expect_error("States.Timeout", "")
        .expect_waits([30])
        .expect_events(&[
            "ExecutionStarted",
            "TaskStateEntered Charge <0",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionTimedOut",
            "ExecutionFailed",
        ]);
}

#[test]
fn a_caught_timeout_has_an_empty_cause() {
    task(json!({ "TimeoutSecondsPath": "$.limit", "Catch": [{ "ErrorEquals": ["States.Timeout"], "Next": "Caught" }] }))
        .input(json!({ "limit": 7 }))
        .mock("Charge", [nothing()])
        .expect_output(json!({ "Error": "States.Timeout", "Cause": "" }))
        .expect_waits([7]);
}

#[test]
fn task_failed_answers_all_but_timeouts() {
    let catch = json!([{ "ErrorEquals": ["States.TaskFailed"], "Next": "Caught", "ResultPath": null }, { "ErrorEquals": ["States.ALL"], "Next": "Other" }]);
    let workflow = task(json!({ "TimeoutSeconds": 1, "Catch": catch }));
    workflow.clone().mock("Charge", [fails("Busy")]).expect_output(json!({}));
    workflow.mock("Charge", [nothing()]).expect_output(json!("other"));
}

#[test]
fn a_result_above_the_quota_fails_the_task() {
    let large = "x".repeat(262_144);
    task(json!({ "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Other" }] }))
        .mock("Charge", [returns(json!(large))])
        .expect_output(json!("other"));
    task(json!({})).mock("Charge", [returns(json!(large))]).expect_error(
        "States.DataLimitExceeded",
        "The state/task 'arn:aws:lambda:us-east-1:123456789012:function:charge' returned a result with a size exceeding",
    );
    task(json!({})).without_quotas().mock("Charge", [returns(json!(large))]).expect_output(json!(large));
}

#[test]
fn a_placeholder_for_an_arn_runs_as_a_function() {
    let ran = task(json!({ "Resource": "${ChargeFunctionArn}" })).mock("Charge", [returns(json!(1))]).expect_output(json!(1));
    let events = ran.expect_events(&[
        "ExecutionStarted",
        "TaskStateEntered Charge <0",
        "LambdaFunctionScheduled",
        "LambdaFunctionStarted",
        "LambdaFunctionSucceeded",
        "TaskStateExited Charge",
        "ExecutionSucceeded",
    ]);
    assert_eq!(events.calls.len(), 1);
}

#[test]
fn an_activity_that_does_not_exist_is_an_error() {
    task(json!({ "Resource": "arn:aws:states:us-east-1:123456789012:activity:a" }))
        .options(|options| options.activities = Some(Default::default()))
        .expect_error("States.Runtime", "The activity arn:aws:states:us-east-1:123456789012:activity:a does not exist.");
}

#[test]
fn seconds_that_are_worked_out_are_positive() {
    let task = |fields: Value| {
        let mut task = json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true });
        task.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
        run(json!({ "StartAt": "S", "States": { "S": task } })).input(json!({ "n": 0 }))
    };
    let cause = "TimeoutSeconds must be a positive number of seconds, but is 0.";
    task(json!({ "TimeoutSecondsPath": "$.n" })).expect_error("States.Runtime", cause);
    task(json!({ "QueryLanguage": "JSONata", "TimeoutSeconds": "{% $states.input.n %}" }))
        .expect_error("States.QueryEvaluationError", cause);
    task(json!({ "QueryLanguage": "JSONata", "HeartbeatSeconds": "{% 1.5 %}" }))
        .expect_error("States.QueryEvaluationError", "The HeartbeatSeconds field cannot be parsed as an integer: 1.5");
}
