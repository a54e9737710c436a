//! `Parallel`.

use crate::workflow::{fails, nothing, returns, run};
use serde_json::{Value, json};

fn parallel(branches: &[Value], fields: Value) -> crate::workflow::Workflow {
    let branches: Vec<Value> = branches.iter().map(|state| json!({ "StartAt": "S", "States": { "S": state } })).collect();
    let mut state = json!({ "Type": "Parallel", "Branches": branches, "End": true });
    state.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    run(json!({ "StartAt": "Both", "States": { "Both": state, "Caught": { "Type": "Pass", "End": true } } }))
}

fn pass(result: Value) -> Value {
    json!({ "Type": "Pass", "Result": result, "End": true })
}

#[test]
fn results_stand_in_the_order_of_the_branches() {
    let slow = json!({ "Type": "Wait", "Seconds": 5, "End": true });
    parallel(&[slow, pass(json!("b"))], json!({})).input(json!("a")).expect_output(json!(["a", "b"]));
}

#[test]
fn branches_take_turns_each_in_a_chain_of_its_own() {
    parallel(&[pass(json!(1)), pass(json!(2))], json!({})).expect_output(json!([1, 2])).expect_events(&[
        "ExecutionStarted",
        "ParallelStateEntered Both <0",
        "ParallelStateStarted",
        "PassStateEntered S",
        "PassStateExited S",
        "PassStateEntered S <3",
        "PassStateExited S",
        "ParallelStateSucceeded",
        "ParallelStateExited Both <7",
        "ExecutionSucceeded",
    ]);
}

#[test]
fn a_failing_branch_ends_the_others() {
    let failing = json!({ "Type": "Fail", "Error": "Bad", "Cause": "why" });
    let waiting = json!({ "Type": "Wait", "Seconds": 100, "End": true });
    parallel(&[waiting, failing], json!({})).expect_error("Bad", "why").expect_waits([0; 0]).expect_events(&[
        "ExecutionStarted",
        "ParallelStateEntered Both <0",
        "ParallelStateStarted",
        "WaitStateEntered S",
        "FailStateEntered S <3",
        "WaitStateAborted <4",
        "ParallelStateFailed <5",
        "ExecutionFailed",
    ]);
}

#[test]
fn a_parallel_is_retried_and_caught_as_a_whole() {
    let call = json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true });
    let fields = json!({ "Retry": [{ "ErrorEquals": ["Bad"], "MaxAttempts": 1 }], "Catch": [{ "ErrorEquals": ["Bad"], "Next": "Caught", "ResultPath": "$.e" }] });
    let workflow = parallel(&[call], fields).input(json!({ "n": 1 }));
    workflow.clone().mock("S", [fails("Bad"), returns(json!("sent"))]).expect_output(json!(["sent"])).expect_waits([1]);
    workflow.mock("S", [fails("Bad")]).expect_output(json!({ "n": 1, "e": { "Error": "Bad", "Cause": "the cause" } }));
}

#[test]
fn answers_to_an_aborted_branch_are_dropped() {
    let call = json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true });
    let failing = json!({ "Type": "Fail", "Error": "Bad" });
    let ran = parallel(&[call, failing], json!({})).mock("S", [nothing()]).expect_error("Bad", "");
    assert!(ran.execution.waiting().is_empty());
}

#[test]
fn variables_of_a_branch_stay_in_it() {
    let branch = json!({ "Type": "Pass", "Assign": { "inner": 1 }, "Parameters": { "seen.$": "$outer" }, "End": true });
    run(json!({
        "StartAt": "Set",
        "States": {
            "Set": { "Type": "Pass", "Assign": { "outer": "o" }, "Next": "Both" },
            "Both": { "Type": "Parallel", "Branches": [{ "StartAt": "S", "States": { "S": branch } }], "Next": "After" },
            "After": { "Type": "Pass", "Parameters": { "x.$": "$inner" }, "End": true }
        }
    }))
    .expect_error("States.Runtime", "");
}

#[test]
fn branches_nest_as_deep_as_json_does() {
    let mut state = json!({ "Type": "Pass", "End": true });
    for _ in 0..150 {
        state = json!({ "Type": "Parallel", "Branches": [{ "StartAt": "S", "States": { "S": state } }], "End": true });
    }
    let ran = run(json!({ "StartAt": "S", "States": { "S": state } })).go();
    assert_eq!(ran.outcome.output.expect("an output").value().depth(), 151);
}
