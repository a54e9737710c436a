//! Distributed `Map`.

use crate::workflow::{Workflow, fails, returns, run};
use asl_playground::engine::{RunId, Status};
use serde_json::{Value, json};
use std::sync::Arc;

fn distributed(state: Value, fields: Value) -> Workflow {
    let processor = json!({ "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "S", "States": { "S": state } });
    let mut map = json!({ "Type": "Map", "ItemProcessor": processor, "End": true, "Label": "L" });
    map.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    run(json!({ "StartAt": "Each", "States": { "Each": map } }))
}

fn pass() -> Value {
    json!({ "Type": "Pass", "End": true })
}

fn call() -> Value {
    json!({ "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true })
}

fn stored(workflow: Workflow, key: &str, text: &str) -> Workflow {
    workflow.options(|options| {
        let objects = Arc::make_mut(&mut options.objects);
        objects.get_or_insert_with("b".to_owned(), Default::default).insert(key.to_owned(), text.into());
    })
}

#[test]
fn each_item_is_an_execution() {
    let ran = distributed(pass(), json!({})).input(json!([1, 2])).expect_output(json!([1, 2])).expect_events(&[
        "ExecutionStarted",
        "MapStateEntered Each <0",
        "MapStateStarted",
        "MapRunStarted",
        "MapRunSucceeded",
        "MapStateSucceeded",
        "MapStateExited Each <4",
        "ExecutionSucceeded",
    ]);
    assert_eq!(ran.execution.runs().len(), 3);
    assert!(ran.execution.runs()[1].arn.contains(":execution:machine/L:"), "{}", ran.execution.runs()[1].arn);
}

#[test]
fn failures_are_tolerated_up_to_a_number() {
    let workflow = |fields| distributed(call(), fields).input(json!([1, 2, 3])).mock("S", [fails("Bad"), returns(json!("ok"))]);
    workflow(json!({}))
        .expect_error("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
    workflow(json!({ "ToleratedFailureCount": 1 })).expect_output(json!(["ok", "ok"]));
    workflow(json!({ "ToleratedFailurePercentage": 34 })).expect_output(json!(["ok", "ok"]));
    workflow(json!({ "ToleratedFailurePercentage": 33 })).expect_error("States.ExceedToleratedFailureThreshold", "");
    workflow(json!({ "ToleratedFailureCount": -1 })).expect_error("States.Runtime", "ToleratedFailureCount cannot be negative.");
}

#[test]
fn items_are_read() {
    let reader = |config: Value| json!({ "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": config, "Parameters": { "Bucket": "b", "Key": "k" } } });
    stored(distributed(pass(), reader(json!({ "InputType": "JSON" }))), "k", "[1,2]").expect_output(json!([1, 2]));
    let csv = json!({ "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 1 });
    stored(distributed(pass(), reader(csv)), "k", "a,b\n1,2\n3,4\n").expect_output(json!([{ "a": "1", "b": "2" }]));
    distributed(pass(), reader(json!({ "InputType": "JSON" }))).expect_error("States.ItemReaderFailed", "");
}

#[test]
fn what_is_listed_is_read_too() {
    let selector = json!({ "v.$": "$$.Map.Item.Value", "from.$": "$$.Map.Item.Source" });
    let listed = |config: Value| {
        let reader = json!({ "Resource": "arn:aws:states:::s3:listObjectsV2", "ReaderConfig": config, "Parameters": { "Bucket": "b", "Prefix": "in/" } });
        let workflow = distributed(pass(), json!({ "ItemReader": reader, "ItemSelector": selector }));
        stored(stored(workflow, "in/1", "{\"x\":1}"), "in/2", "[2]")
    };
    listed(json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN" }))
        .expect_output(json!([{ "v": 1, "from": "S3://b/in/1" }, { "v": 2, "from": "S3://b/in/2" }]));
    let ran = listed(json!({ "MaxItems": 1 })).go();
    let output = ran.outcome.output.as_ref().expect("an output").value().to_string();
    assert!(output.contains(r#""from":"S3://b"}"#), "{output}");
    let manifest = json!({ "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "m" },
        "ReaderConfig": { "ManifestType": "ATHENA_DATA", "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["n"] } });
    let workflow = distributed(pass(), json!({ "ItemReader": manifest }));
    stored(stored(workflow, "m", "s3://b/rows\n"), "rows", "1\n2\n").expect_output(json!([{ "n": "1" }, { "n": "2" }]));
}

#[test]
fn items_are_put_together() {
    let batcher = json!({ "ItemBatcher": { "MaxItemsPerBatch": 2, "BatchInput": { "by.$": "$$.State.Name" } } });
    distributed(pass(), batcher).input(json!([1, 2, 3])).expect_output(json!([
        { "BatchInput": { "by": "Each" }, "Items": [1, 2] },
        { "BatchInput": { "by": "Each" }, "Items": [3] }
    ]));
}

#[test]
fn results_are_written() {
    let writer = json!({ "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "out", "Prefix": "jobs" } } });
    let ran = distributed(pass(), writer).input(json!([1])).go();
    let output = serde_json::to_value(ran.outcome.output.as_ref().expect("an output").value()).expect("JSON");
    let key = output["ResultWriterDetails"]["Key"].as_str().expect("a key").to_owned();
    assert!(key.starts_with("jobs/") && key.ends_with("/manifest.json"), "{key}");
    let written = &ran.execution.objects()["out"];
    let manifest: Value = serde_json::from_str(&written[&key]).expect("the manifest is JSON");
    let succeeded = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str().expect("a file");
    assert!(written[succeeded].contains("\"Output\":\"1\""), "{}", written[succeeded]);
}

#[test]
fn what_is_written_is_told_apart_from_what_was_there() {
    let writer = |bucket: &str| json!({ "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": bucket } } });
    let ran = stored(distributed(pass(), writer("b")), "k", "there before").input(json!([1])).go();
    let written: Vec<&str> = ran.execution.written().into_iter().map(|(_, key, _)| key).collect();
    assert_eq!(ran.execution.objects()["b"].len(), 3);
    assert!(written.len() == 2 && !written.contains(&"k"), "{written:?}");
    assert_eq!(stored(distributed(pass(), json!({})), "k", "x").input(json!([1])).go().execution.written().len(), 0);
}

#[test]
fn a_child_is_told_as_it_goes_on() {
    let items = json!([1, 2]);
    let ran = distributed(pass(), json!({})).input(items).go();
    let runs = ran.execution.runs();
    let entered = ran.execution.events()[1].id;
    assert!(runs[1..].iter().all(|run| run.is_started_by(RunId(0), entered) && !run.is_started_by(RunId(1), entered)));
    let mut told = runs[1].told();
    told.events.truncate(2);
    told.outcome = None;
    assert_eq!(told.status(), Status::Running);
    told.catch_up(&runs[1]);
    assert_eq!((told.status(), told.events.len()), (Status::Succeeded, runs[1].events.len()));
    assert_eq!(ran.execution.machine_name(RunId(1)), None, "it is of the machine itself");
}

#[test]
fn ten_run_at_a_time_where_it_says_so() {
    let waiting = json!({ "Type": "Wait", "Seconds": 10, "End": true });
    let items: Vec<u32> = (0..25).collect();
    distributed(waiting, json!({ "MaxConcurrency": 10 })).input(json!(items)).go().expect_waits([10, 10, 10]);
}
