//! States in JSONata, and machines in both languages.

use crate::workflow::{Workflow, fails, returns, run};
use serde_json::{Value, json};

fn machine(states: Value) -> Workflow {
    let start = states.as_object().and_then(|states| states.keys().next()).expect("a state").clone();
    run(json!({ "QueryLanguage": "JSONata", "StartAt": start, "States": states }))
}

fn pass(fields: Value) -> Workflow {
    let mut state = json!({ "Type": "Pass", "End": true });
    state.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    machine(json!({ "P": state })).input(json!({ "a": 1, "list": [3, 4] }))
}

#[test]
fn output_says_what_goes_on() {
    let rows = [
        (json!({}), json!({ "a": 1, "list": [3, 4] })),
        (json!({ "Output": "{% $states.input.a + 1 %}" }), json!(2)),
        (
            json!({ "Output": { "sum": "{% $sum($states.input.list) %}", "text": "as it is", "all": ["{% 1 %}", 2] } }),
            json!({ "sum": 7, "text": "as it is", "all": [1, 2] }),
        ),
        (json!({ "Output": "{% $states.context.State.Name %}" }), json!("P")),
        (json!({ "Output": " {% 1 %}" }), json!(" {% 1 %}")),
    ];
    for (fields, output) in rows {
        pass(fields).expect_output(output);
    }
}

#[test]
fn what_an_expression_does_wrong_has_an_event() {
    pass(json!({ "Output": { "x": "{% $nothing %}" } }))
        .expect_error(
            "States.QueryEvaluationError",
            "An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$nothing' specified for the field 'Output/x' returned nothing (undefined).",
        )
        .expect_events(&["ExecutionStarted", "PassStateEntered P <0", "EvaluationFailed <0", "ExecutionFailed"]);
    pass(json!({ "Output": "{% function($x) { $x } %}" }))
        .expect_error("States.QueryEvaluationError", "returned an unsupported result type.");
}

#[test]
fn variables_are_seen_by_later_states() {
    machine(json!({
        "A": { "Type": "Pass", "Assign": { "x": "{% $states.input.a %}", "y": 2 }, "Next": "B" },
        "B": { "Type": "Pass", "Assign": { "x": "{% $x + $y %}", "y": "{% $x %}" }, "Next": "C" },
        "C": { "Type": "Pass", "Output": "{% [$x, $y] %}", "End": true }
    }))
    .input(json!({ "a": 1 }))
    .expect_output(json!([3, 1]));
}

#[test]
fn conditions_choose() {
    let states = json!({
        "C": {
            "Type": "Choice",
            "Choices": [{ "Condition": "{% $states.input.n > 3 %}", "Next": "Big", "Output": { "by": "rule" }, "Assign": { "v": 1 } }],
            "Default": "Small", "Output": { "by": "default" }
        },
        "Big": { "Type": "Pass", "Output": "{% $merge([$states.input, {'v': $v}]) %}", "End": true },
        "Small": { "Type": "Pass", "End": true }
    });
    machine(states.clone()).input(json!({ "n": 4 })).expect_output(json!({ "by": "rule", "v": 1 }));
    machine(states.clone()).input(json!({ "n": 3 })).expect_output(json!({ "by": "default" }));
    let mut wrong = states;
    wrong["C"]["Choices"][0]["Condition"] = json!("{% 1 %}");
    machine(wrong)
        .input(json!({ "n": 3 }))
        .expect_error("States.QueryEvaluationError", "Expected 'boolean', but was 'number' for value: 1");
}

#[test]
fn a_task_is_called_with_arguments() {
    let task = json!({
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": { "Body": "{% $states.input.a %}" },
        "Output": "{% {'got': $states.result, 'had': $states.input.a} %}", "End": true,
        "Catch": [{ "ErrorEquals": ["Bad"], "Output": "{% $states.errorOutput.Error %}", "Assign": { "e": "{% $states.errorOutput %}" }, "Next": "Caught" }]
    });
    let workflow =
        machine(json!({ "T": task, "Caught": { "Type": "Pass", "Output": "{% [$states.input, $e.Cause] %}", "End": true } }))
            .input(json!({ "a": 1 }));
    workflow
        .clone()
        .mock("T", [returns(json!("r"))])
        .expect_output(json!({ "got": "r", "had": 1 }))
        .expect_calls(&[("T", json!({ "Body": 1 }))]);
    workflow.mock("T", [fails("Bad")]).expect_output(json!(["Bad", "the cause"]));
}

#[test]
fn a_map_goes_over_items() {
    let processor =
        json!({ "StartAt": "P", "States": { "P": { "Type": "Pass", "Output": "{% $states.input.v * 2 %}", "End": true } } });
    let map = json!({
        "Type": "Map", "Items": "{% $states.input.list %}", "ItemSelector": { "v": "{% $states.context.Map.Item.Value %}" },
        "ItemProcessor": processor, "Output": "{% $sum($states.result) %}", "End": true
    });
    machine(json!({ "M": map.clone() })).input(json!({ "list": [3, 4] })).expect_output(json!(14));
    machine(json!({ "M": map }))
        .input(json!({ "list": { "a": 1 } }))
        .expect_error("States.QueryEvaluationError", "Expected 'array', but was 'object' for value: {\"a\":1}")
        .expect_events(&["ExecutionStarted", "MapStateEntered M <0", "EvaluationFailed <0", "MapStateFailed", "ExecutionFailed"]);
}

#[test]
fn waits_and_failures_are_worked_out() {
    machine(json!({ "W": { "Type": "Wait", "Seconds": "{% $states.input.s * 2 %}", "End": true } }))
        .input(json!({ "s": 4 }))
        .go()
        .expect_waits([8]);
    machine(json!({ "F": { "Type": "Fail", "Error": "{% $states.input.e %}", "Cause": "{% 'because ' & $states.input.e %}" } }))
        .input(json!({ "e": "E" }))
        .expect_error("E", "because E");
}

#[test]
fn a_parallel_gives_arguments_to_its_branches() {
    let branch =
        |expression: &str| json!({ "StartAt": "S", "States": { "S": { "Type": "Pass", "Output": expression, "End": true } } });
    let state = json!({ "Type": "Parallel", "Arguments": { "n": "{% $states.input.a %}" }, "Branches": [branch("{% $states.input.n %}"), branch("{% $states.input %}")], "End": true });
    machine(json!({ "B": state })).input(json!({ "a": 5 })).expect_output(json!([5, { "n": 5 }]));
}

#[test]
fn the_languages_share_data_and_variables() {
    run(json!({
        "StartAt": "A",
        "States": {
            "A": { "Type": "Pass", "Assign": { "x.$": "$.a" }, "Next": "B" },
            "B": { "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "y": "{% $x + 1 %}" }, "Next": "C" },
            "C": { "Type": "Pass", "Parameters": { "z.$": "$.y" }, "End": true }
        }
    }))
    .input(json!({ "a": 1 }))
    .expect_output(json!({ "z": 2 }));
}

#[test]
fn an_expression_that_throws_tells_its_code() {
    pass(json!({ "Output": "{% 'a' + 1 %}" })).expect_error(
        "States.QueryEvaluationError",
        "The JSONata expression ''a' + 1' specified for the field 'Output' threw an error during evaluation. T2001: ",
    );
}
