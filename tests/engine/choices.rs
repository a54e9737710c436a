//! `Choice`.

use crate::workflow::{Workflow, run};
use serde_json::{Value, json};

fn choice(rule: Value) -> Workflow {
    let mut rule = rule;
    rule.as_object_mut().expect("a rule").insert("Next".to_owned(), json!("Yes"));
    run(json!({
        "StartAt": "C",
        "States": {
            "C": { "Type": "Choice", "Choices": [rule], "Default": "No" },
            "Yes": { "Type": "Pass", "Result": true, "End": true },
            "No": { "Type": "Pass", "Result": false, "End": true }
        }
    }))
}

fn chooses(rule: Value, value: Value) -> bool {
    let ran = choice(rule).input(json!({ "v": value, "o": 5, "s": "m", "t": "2020-01-01T00:00:00Z" })).go();
    ran.outcome.output.expect("it succeeds").value().as_bool().expect("true or false")
}

#[test]
fn operators_compare_their_own_type() {
    let rows = [
        (json!({ "NumericEquals": 1 }), json!(1.0), true),
        (json!({ "NumericEquals": 1 }), json!("1"), false),
        (json!({ "NumericLessThan": 1 }), json!(0.5), true),
        (json!({ "NumericGreaterThanEqualsPath": "$.o" }), json!(5), true),
        (json!({ "StringEquals": "a" }), json!("a"), true),
        (json!({ "StringEquals": "1" }), json!(1), false),
        (json!({ "StringLessThanPath": "$.s" }), json!("l"), true),
        (json!({ "StringGreaterThan": "B" }), json!("a"), true),
        (json!({ "StringMatches": "log-*.txt" }), json!("log-1.txt"), true),
        (json!({ "BooleanEquals": true }), json!(true), true),
        (json!({ "BooleanEquals": true }), json!("true"), false),
        (json!({ "TimestampEquals": "2020-01-01T01:00:00+01:00" }), json!("2020-01-01T00:00:00Z"), true),
        (json!({ "TimestampLessThanPath": "$.t" }), json!("2019-12-31T23:59:59Z"), true),
        (json!({ "TimestampLessThan": "2020-01-01T00:00:00Z" }), json!("yesterday"), false),
        (json!({ "IsNull": true }), json!(null), true),
        (json!({ "IsNull": false }), json!(1), true),
        (json!({ "IsString": true }), json!("x"), true),
        (json!({ "IsNumeric": true }), json!("1"), false),
        (json!({ "IsBoolean": true }), json!(false), true),
        (json!({ "IsTimestamp": true }), json!("2020-01-01T00:00:00Z"), true),
        (json!({ "IsTimestamp": true }), json!("2020-01-01"), false),
        (json!({ "IsPresent": true }), json!(null), true),
    ];
    for (test, value, expected) in rows {
        let mut rule = test.clone();
        rule.as_object_mut().expect("a rule").insert("Variable".to_owned(), json!("$.v"));
        assert_eq!(chooses(rule, value.clone()), expected, "{test} of {value}");
    }
}

#[test]
fn rules_combine() {
    let small = json!({ "Variable": "$.v", "NumericLessThan": 10 });
    let large = json!({ "Variable": "$.v", "NumericGreaterThan": 3 });
    assert!(chooses(json!({ "And": [small, large] }), json!(5)));
    assert!(!chooses(json!({ "And": [small, large] }), json!(1)));
    assert!(chooses(json!({ "Or": [small, { "Not": large }] }), json!(1)));
    assert!(!chooses(json!({ "Not": small }), json!(1)));
}

#[test]
fn a_missing_variable_is_an_error_but_for_is_present() {
    assert!(!chooses(json!({ "Variable": "$.missing", "IsPresent": true }), json!(1)));
    assert!(chooses(json!({ "Variable": "$.missing", "IsPresent": false }), json!(1)));
    choice(json!({ "Variable": "$.missing", "NumericEquals": 1 }))
        .expect_error("States.Runtime", "Invalid path '$.missing': The choice state's condition path references an invalid value.");
}

#[test]
fn nothing_that_applies_and_no_default_is_an_error() {
    run(json!({
        "StartAt": "C",
        "States": {
            "C": { "Type": "Choice", "Choices": [{ "Variable": "$.v", "IsPresent": true, "Next": "P" }] },
            "P": { "Type": "Pass", "End": true }
        }
    }))
    .expect_error(
        "States.Runtime",
        "(entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    )
    .expect_events(&["ExecutionStarted", "ChoiceStateEntered C <0", "ExecutionFailed"]);
}

#[test]
fn a_rule_assigns_in_the_states_place() {
    run(json!({
        "StartAt": "C",
        "States": {
            "C": {
                "Type": "Choice", "Choices": [{ "Variable": "$.v", "NumericEquals": 1, "Next": "P", "Assign": { "by": "rule" } }],
                "Assign": { "by": "default" }, "Default": "P"
            },
            "P": { "Type": "Pass", "Parameters": { "by.$": "$by" }, "End": true }
        }
    }))
    .input(json!({ "v": 1 }))
    .expect_output(json!({ "by": "rule" }));
}
