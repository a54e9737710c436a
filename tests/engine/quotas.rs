//! AWS's limits, on and off.

use crate::workflow::run;
use asl_playground::engine::{Quotas, Status, WorkflowType};
use serde_json::{Value, json};

fn endless() -> Value {
    json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } } })
}

#[test]
fn a_full_history_ends_the_run() {
    let ran = run(endless()).expect_error("States.Runtime", "The execution reached the maximum number of history events (25000).");
    assert_eq!(ran.execution.events().len(), 25_000);
}

#[test]
fn a_large_payload_ends_the_run() {
    let large = "x".repeat(262_144);
    let definition = json!({ "StartAt": "Big", "States": { "Big": { "Type": "Pass", "Result": large, "End": true } } });
    run(definition.clone())
        .expect_error(
            "States.DataLimitExceeded",
            "The state/task 'Big' returned a result with a size exceeding the maximum number of bytes service limit.",
        )
        .expect_events(&["ExecutionStarted", "PassStateEntered Big <0", "ExecutionFailed"]);
    run(definition).without_quotas().expect_output(json!(large));
}

#[test]
fn an_express_run_takes_five_minutes_at_most() {
    let definition = json!({ "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 301, "End": true } } });
    let express = run(definition).options(|options| options.workflow_type = WorkflowType::Express);
    let ran = express.clone().go();
    assert_eq!(ran.outcome.status, Status::TimedOut);
    express.options(|options| options.quotas = Quotas { duration: false, ..Quotas::default() }).expect_output(json!({}));
}

#[test]
fn express_histories_have_no_limit() {
    let items: Vec<u32> = (0..8_000).collect();
    let processor = json!({ "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } });
    let definition = json!({ "StartAt": "M", "States": { "M": { "Type": "Map", "ItemProcessor": processor, "End": true } } });
    let ran = run(definition).input(json!(items)).options(|options| options.workflow_type = WorkflowType::Express).go();
    assert_eq!(ran.outcome.status, Status::Succeeded);
    assert!(ran.execution.events().len() > 25_000);
}
