//! `Wait`, in its forms.

use crate::workflow::{START, run};
use serde_json::{Value, json};

fn wait(fields: Value) -> crate::workflow::Workflow {
    let mut state = json!({ "Type": "Wait", "End": true });
    state.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    run(json!({ "StartAt": "W", "States": { "W": state } }))
}

#[test]
fn by_seconds() {
    wait(json!({ "Seconds": 60 })).input(json!({ "n": 1 })).expect_output(json!({ "n": 1 })).expect_waits([60]);
    wait(json!({ "SecondsPath": "$.s" })).input(json!({ "s": 5 })).expect_output(json!({ "s": 5 })).expect_waits([5]);
    wait(json!({ "Seconds": 0 })).expect_output(json!({})).expect_waits([0; 0]);
}

#[test]
fn by_timestamp() {
    wait(json!({ "Timestamp": "2026-01-01T01:00:00Z" })).expect_output(json!({})).expect_waits([3600]);
    wait(json!({ "TimestampPath": "$.t" })).input(json!({ "t": "2026-01-01T02:00:00+01:00" })).go().expect_waits([3600]);
    wait(json!({ "Timestamp": "2020-01-01T00:00:00Z" })).expect_output(json!({})).expect_waits([0; 0]);
}

#[test]
fn what_is_no_time_is_an_error() {
    let rows = [
        (json!({ "SecondsPath": "$.x" }), "The SecondsPath parameter does not reference an input value: $.x"),
        (json!({ "SecondsPath": "$.bad" }), "The SecondsPath parameter cannot be parsed as a long value: $.bad == 1.5"),
        (
            json!({ "TimestampPath": "$.text" }),
            "does not reference a valid ISO-8601 extended offset date-time format string: $.text == soon",
        ),
        (json!({ "TimestampPath": "$.far" }), "Wait state delay is too long."),
    ];
    for (fields, cause) in rows {
        wait(fields)
            .input(json!({ "bad": 1.5, "text": "soon", "far": "2999-01-01T00:00:00Z" }))
            .expect_error("States.Runtime", cause);
    }
}

#[test]
fn the_machines_own_time_ends_without_an_error() {
    let ran =
        run(json!({ "TimeoutSeconds": 5, "StartAt": "W", "States": { "W": { "Type": "Wait", "Seconds": 60, "End": true } } })).go();
    assert_eq!(ran.outcome.status.name(), "TIMED_OUT");
    assert_eq!((ran.outcome.failure.error.clone(), ran.outcome.failure.cause.clone()), (None, None));
    assert_eq!(ran.outcome.stop, START.plus_seconds(5.0));
    ran.expect_events(&["ExecutionStarted", "WaitStateEntered W <0", "ExecutionTimedOut"]);
}
