//! Executions inside an execution.

use crate::workflow::{Workflow, run};
use asl_playground::asl;
use asl_playground::engine::{KnownMachine, Options, Status, WorkflowType};
use asl_playground::json;
use asl_playground::order::Map;
use serde_json::{Value, json};
use std::sync::Arc;

fn starts(resource: &str, child: Value) -> Workflow {
    let parameters =
        json!({ "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:child", "Input.$": "$", "Name": "n" });
    let task = json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true });
    let definition = Arc::new(asl::lower(&json::parse(&child.to_string()).root).0);
    let machine = KnownMachine { definition, workflow_type: WorkflowType::Standard };
    run(json!({ "StartAt": "Start", "States": { "Start": task } }))
        .options(|options| options.machines = Arc::new(Map::from([("child".to_owned(), machine)])))
        .input(json!({ "n": 1 }))
}

fn waits() -> Value {
    json!({ "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 5, "End": true } } })
}

#[test]
fn sync_waits_for_the_end() {
    let ran = starts("arn:aws:states:::states:startExecution.sync", waits()).go().expect_waits([5]);
    let output = serde_json::to_value(ran.outcome.output.as_ref().expect("an output").value()).expect("JSON");
    assert_eq!(output["Output"], json!("{\"n\":1}"));
    assert_eq!(output["Status"], json!("SUCCEEDED"));
    assert_eq!(ran.execution.runs().len(), 2);
    assert_eq!(ran.execution.runs()[1].parent.map(|parent| parent.entered_event), Some(2));
    let ran = starts("arn:aws:states:::states:startExecution.sync:2", waits()).go();
    let output = serde_json::to_value(ran.outcome.output.as_ref().expect("an output").value()).expect("JSON");
    assert_eq!(output["Output"], json!({ "n": 1 }));
}

#[test]
fn request_response_goes_on_at_once() {
    let ran = starts("arn:aws:states:::states:startExecution", waits()).go().expect_waits([0; 0]);
    let output = serde_json::to_value(ran.outcome.output.as_ref().expect("an output").value()).expect("JSON");
    assert_eq!(output["ExecutionArn"], json!("arn:aws:states:us-east-1:123456789012:execution:child:n"));
}

#[test]
fn an_express_machine_runs_as_one() {
    let long = json!({ "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 301, "End": true } } });
    let express = |options: &mut Options| {
        Arc::make_mut(&mut options.machines).values_mut().for_each(|machine| machine.workflow_type = WorkflowType::Express);
    };
    let ran = starts("arn:aws:states:::states:startExecution.sync", long).options(express).go();
    assert_eq!(ran.outcome.status, Status::Failed, "after five minutes");
    assert!(ran.execution.runs()[1].arn.contains(":express:child:n:"), "{}", ran.execution.runs()[1].arn);
}

#[test]
fn an_execution_is_named_as_the_service_allows() {
    let named = |name: &str| {
        let parameters = json!({ "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:child", "Name": name });
        json!({ "StartAt": "Start", "States": { "Start": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "Parameters": parameters, "End": true } } })
    };
    let machine = starts("arn:aws:states:::states:startExecution", waits());
    let start = |name: &str| machine.clone().definition(named(name));
    start("two words").expect_error("StepFunctions.InvalidNameException", "Invalid Name: 'two words'");
    let long = "x".repeat(81);
    start(&long).expect_error("StepFunctions.InvalidNameException", "Invalid Name: 'xxx");
    let ran = start(&long).without_quotas().go();
    assert_eq!(ran.outcome.status, Status::Succeeded);
}

#[test]
fn a_childs_failure_is_the_tasks() {
    let child = json!({ "StartAt": "F", "States": { "F": { "Type": "Fail", "Error": "Inner", "Cause": "why" } } });
    starts("arn:aws:states:::states:startExecution.sync", child).expect_error("States.TaskFailed", "\"Error\":\"Inner\"");
}

#[test]
fn a_machine_that_starts_itself_ends() {
    let parameters = json!({ "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:child" });
    let task = json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": parameters, "TimeoutSeconds": 5, "End": true });
    let child = json!({ "StartAt": "Again", "States": { "Again": task } });
    let ran = starts("arn:aws:states:::states:startExecution.sync", child).go();
    assert_eq!(ran.outcome.status, Status::Failed);
}

const OWN: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:machine";

#[test]
fn a_machine_can_start_itself() {
    let again = json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": { "StateMachineArn.$": "$$.StateMachine.Id", "Input": { "n.$": "States.MathAdd($.n, -1)" } },
        "OutputPath": "$.Output", "End": true });
    let choice = json!({ "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericGreaterThan": 0, "Next": "Again" }], "Default": "Done" });
    let machine = json!({ "StartAt": "More", "States": { "More": choice, "Again": again, "Done": { "Type": "Succeed" } } });
    let ran = run(machine.clone()).input(json!({ "n": 3 })).expect_output(json!({ "n": 0 }));
    assert_eq!(ran.execution.runs().len(), 4);
    let ran = run(machine).input(json!({ "n": 1000 })).go();
    assert_eq!(ran.outcome.failure.error.as_deref(), Some("States.TaskFailed"), "no deeper than the service of this page goes");
}

/// Two branches that start `child`, each with a name and an input of its own.
fn two(resource: &str, names: [&str; 2], inputs: [i32; 2]) -> Workflow {
    let branch = |at: usize| {
        let parameters = json!({ "StateMachineArn": "child", "Name": names[at], "Input": { "n": inputs[at] } });
        let task =
            json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "OutputPath": "$.ExecutionArn", "End": true });
        json!({ "StartAt": names[at].repeat(at + 1), "States": { names[at].repeat(at + 1): task } })
    };
    let both = json!({ "Type": "Parallel", "Branches": [branch(0), branch(1)], "End": true });
    starts(resource, waits()).definition(json!({ "StartAt": "P", "States": { "P": both } }))
}

#[test]
fn the_same_name_and_input_is_the_same_execution() {
    let arn = "arn:aws:states:us-east-1:123456789012:execution:child:n";
    for resource in ["arn:aws:states:::states:startExecution", "arn:aws:states:::states:startExecution.sync"] {
        let ran = two(resource, ["n", "n"], [1, 1]).expect_output(json!([arn, arn]));
        assert_eq!(ran.execution.runs().len(), 2, "{resource}");
    }
}

#[test]
fn a_name_is_taken_by_another_input_and_after_the_end() {
    let taken = "Execution Already Exists: 'arn:aws:states:us-east-1:123456789012:execution:child:n' (Service: AWSStepFunctions;";
    two("arn:aws:states:::states:startExecution", ["n", "n"], [1, 2])
        .expect_error("StepFunctions.ExecutionAlreadyExistsException", taken);
    let parameters = json!({ "StateMachineArn": "child", "Name": "n", "Input": {} });
    let task = |next: Value| {
        let mut task =
            json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync", "Parameters": parameters });
        task.as_object_mut().expect("an object").extend(next.as_object().expect("fields").clone());
        task
    };
    let twice = json!({ "StartAt": "A", "States": { "A": task(json!({ "Next": "B" })), "B": task(json!({ "End": true })) } });
    let machine = starts("arn:aws:states:::states:startExecution.sync", waits()).definition(twice);
    machine.clone().expect_error("StepFunctions.ExecutionAlreadyExistsException", taken);
    let express = |options: &mut Options| {
        Arc::make_mut(&mut options.machines).values_mut().for_each(|machine| machine.workflow_type = WorkflowType::Express);
    };
    assert_eq!(machine.options(express).go().outcome.status, Status::Succeeded);
    let own = json!({ "Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
        "Parameters": { "StateMachineArn": OWN, "Name.$": "$$.Execution.Name", "Input": { "another": true } }, "End": true });
    run(json!({ "StartAt": "S", "States": { "S": own } }))
        .expect_error("StepFunctions.ExecutionAlreadyExistsException", "execution:machine:execution'");
}
