use super::*;
use crate::asl::StateId;
use crate::engine::{Chain, ChainId, Details, Event, Scheduled, StatesError, TaskName};
use crate::json::{parse, value_of};
use crate::timestamp::Timestamp;
use std::sync::Arc;

fn data(text: &str) -> Data {
    Data::Value(value_of(text).unwrap())
}

/// A trace of one state's visit: its input, what it was called with and what came back, its output.
fn visited(kind: StateType, input: &str, call: Option<(&str, Result<&str, &str>)>, output: Option<&str>) -> Trace {
    let mut details = vec![
        Details::ExecutionStarted { input: data(input), role_arn: "role".into() },
        Details::StateEntered { state_type: kind, name: "A".into(), input: data(input) },
    ];
    if let Some((arguments, answer)) = call {
        let task = Arc::new(TaskName { resource_type: "lambda".into(), resource: "invoke".into() });
        let input = data(arguments);
        let (region, role_arn) = ("us-east-1".into(), None);
        let scheduled = Scheduled { task: task.clone(), region, input, timeout_seconds: None, heartbeat_seconds: None, role_arn };
        details.push(Details::TaskScheduled(Box::new(scheduled)));
        details.push(match answer {
            Ok(result) => Details::TaskSucceeded { task, output: data(result) },
            Err(error) => Details::TaskFailed { task, failure: StatesError::new(error, "because") },
        });
    }
    if let Some(output) = output {
        details.push(Details::StateExited { state_type: kind, name: "A".into(), output: data(output), assigned: None, way: None });
        details.push(Details::StateEntered { state_type: StateType::Pass, name: "B".into(), input: data(output) });
    }
    let mut trace = Trace::default();
    for (at, details) in details.into_iter().enumerate() {
        let state = match &details {
            Details::ExecutionStarted { .. } => None,
            Details::StateEntered { name, .. } if &**name == "B" => Some(StateId(1)),
            _ => Some(StateId(0)),
        };
        let id = at as u64 + 1;
        let event =
            Event { id, previous_event_id: id - 1, timestamp: Timestamp(0), state, chain: ChainId(0), details: details.into() };
        trace.push(&event, &[Chain { parent: ChainId(0), within: None, index: 0, after_event: 0 }]);
    }
    trace
}

fn stages(trace: &Trace, state: &str, jsonata: bool) -> Vec<String> {
    flow(trace, VisitId(0), &parse(state).root, jsonata)
        .into_iter()
        .map(|stage| {
            let value = stage.value.map(|value| format!(" {value}")).unwrap_or_default();
            format!("{} [{}] {:?}{value}", stage.name, stage.expression, stage.effect)
        })
        .collect()
}

#[test]
fn a_task_passes_every_stage() {
    let input = r#"{"shop":"K","product":{"price":24}}"#;
    let output = r#"{"price":24,"yen":{"amount":3900}}"#;
    let trace = visited(StateType::Task, input, Some((r#"{"amount":24}"#, Ok(r#"{"Payload":{"n":3900}}"#))), Some(output));
    let state = r#"{ "Type": "Task", "InputPath": "$.product", "Parameters": { "amount.$": "$.price" },
        "ResultSelector": { "amount.$": "$.Payload.n" }, "ResultPath": "$.product.yen", "OutputPath": "$.product", "Next": "B" }"#;
    assert_eq!(
        stages(&trace, state, false),
        [
            r#"State input [] End {"shop":"K","product":{"price":24}}"#,
            r#"InputPath [$.product] Changed {"price":24}"#,
            r#"Parameters [amount.$ ← $.price] Changed {"amount":24}"#,
            r#"Task result [] Changed {"Payload":{"n":3900}}"#,
            r#"ResultSelector [amount.$ ← $.Payload.n] Changed {"amount":3900}"#,
            r#"ResultPath [$.product.yen] Added {"product":{"price":24,"yen":{"amount":3900}}}"#,
            r#"OutputPath [$.product] Changed {"price":24,"yen":{"amount":3900}}"#,
            r#"State output [] End {"price":24,"yen":{"amount":3900}}"#,
        ]
    );
}

#[test]
fn what_is_not_set_says_so() {
    let trace = visited(StateType::Pass, r#"{"a":1}"#, None, Some(r#"{"a":1}"#));
    let state = r#"{ "Type": "Pass", "OutputPath": "$", "Next": "B" }"#;
    assert_eq!(
        stages(&trace, state, false),
        [
            r#"State input [] End {"a":1}"#,
            "InputPath [] Unset",
            "Parameters [] Unset",
            "ResultPath [] Unset",
            r#"OutputPath [$] Same {"a":1}"#,
            r#"State output [] End {"a":1}"#,
        ]
    );
}

#[test]
fn a_result_that_is_dropped_changes_nothing() {
    let trace = visited(StateType::Task, r#"{"a":1}"#, Some((r#"{"a":1}"#, Ok("2"))), Some(r#"{"a":1}"#));
    let told = stages(&trace, r#"{ "Type": "Task", "ResultPath": null, "Next": "B" }"#, false);
    assert_eq!(told[3..6], ["Task result [] Changed 2", "ResultSelector [] Unset", "ResultPath [null] Same"]);
}

#[test]
fn a_caught_error_is_put_into_the_input() {
    let output = r#"{"a":1,"problem":{"Error":"Broken","Cause":"because"}}"#;
    let trace = visited(StateType::Task, r#"{"a":1}"#, Some((r#"{"a":1}"#, Err("Broken"))), Some(output));
    let state = r#"{ "Type": "Task", "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.problem", "Next": "B" }] }"#;
    let told = stages(&trace, state, false);
    assert_eq!(told[3], "Task result [Broken] Failed");
    assert_eq!(told[4], r#"Catch, ResultPath [$.problem] Added {"problem":{"Error":"Broken","Cause":"because"}}"#);
    assert_eq!(told.len(), 6);
}

#[test]
fn a_path_that_leads_nowhere_ends_the_way() {
    let trace = visited(StateType::Pass, r#"{"a":1}"#, None, None);
    let told = stages(&trace, r#"{ "Type": "Pass", "InputPath": "$.b", "ResultPath": "$.c" }"#, false);
    assert!(told[1].starts_with("InputPath [") && told[1].ends_with("] Failed"), "{told:?}");
}

#[test]
fn jsonata_tells_what_the_history_has() {
    let trace = visited(StateType::Task, r#"{"a":1}"#, Some((r#"{"x":1}"#, Ok("[1,2]"))), Some("3"));
    let state = r#"{ "Type": "Task", "Arguments": { "x": "{% $states.input.a %}" }, "Output": "{% $sum($states.result) %}" }"#;
    assert_eq!(
        stages(&trace, state, true),
        [
            r#"State input [] End {"a":1}"#,
            r#"Arguments [x ← {% $states.input.a %}] Changed {"x":1}"#,
            "Task result [] Changed [1,2]",
            "Output [{% $sum($states.result) %}] Changed 3",
            "State output [] End 3",
        ]
    );
}
