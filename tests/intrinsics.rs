//! Intrinsic functions by cases that are data, and what holds of all of them.

use asl_playground::json::value_of;
use asl_playground::query::intrinsics::{Call, MAX_NESTING};
use asl_playground::query::{Budget, Env, Scope};
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;

const CASES: &str = include_str!("intrinsics/cases.json");

fn env() -> Env {
    Env::new(Timestamp(0), 1)
}

#[test]
fn answers_each_case() {
    let file = value_of(CASES).expect("the file is JSON");
    let input = file.get("input").expect("the file has an input");
    let cases = file.get("cases").and_then(Value::as_array).expect("the file has cases");
    let mut wrong = Vec::new();
    for case in cases.iter() {
        let text = case.get("call").and_then(Value::as_str).expect("a case has a call");
        let found = answer(text, input);
        for (key, expected) in case.as_object().expect("a case is an object").iter().filter(|(key, _)| &***key != "call") {
            // A whole decimal must stay one: compare what is written.
            if found.get(key).map(Value::to_string) != Some(expected.to_string()) {
                wrong.push(format!("{text}\n  expected {key}: {expected}\n  found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn answer(text: &str, input: &Value) -> Value {
    let call = match Call::parse(text) {
        Ok(call) => call,
        Err(problem) => {
            let at = Value::array(vec![Value::from(problem.span.start as i64), Value::from(problem.span.end as i64)]);
            return Value::object([("problem".into(), Value::from(problem.to_string())), ("at".into(), at)]);
        }
    };
    match call.evaluate(&Scope::of(input), &mut env()) {
        Ok(value) => Value::object([("value".into(), value)]),
        Err(error) => {
            Value::object([("error".into(), Value::from(error.name())), ("cause".into(), Value::from(error.to_string()))])
        }
    }
}

#[test]
fn calls_nest_as_deep_as_aws_lets_them() {
    let nested = |depth: usize| format!("{}1{}", "States.Array(".repeat(depth), ")".repeat(depth));
    assert_eq!(answer(&nested(MAX_NESTING), &Value::Null).get("value").map(Value::depth), Some(10));
    let problem = answer(&nested(MAX_NESTING + 1), &Value::Null);
    assert_eq!(problem.get("problem").and_then(Value::as_str), Some("more than 10 calls inside one another"));
    answer(&nested(100_000), &Value::Null);
}

#[test]
fn random_numbers_come_from_the_seed_alone() {
    let draw = |text: &str, seed: u64| {
        let call = Call::parse(text).unwrap();
        call.evaluate(&Scope::of(&Value::Null), &mut Env::new(Timestamp(0), seed)).unwrap().to_string()
    };
    for text in ["States.MathRandom(0, 1000000)", "States.UUID()", "States.MathRandom(-9000000000000000000, 9000000000000000000)"] {
        assert_eq!(draw(text, 1), draw(text, 1), "{text}");
        assert_ne!(draw(text, 1), draw(text, 2), "{text}");
    }
    // A seed of its own leaves the run's source alone.
    let call = Call::parse("States.MathRandom(0, 1000000, 7)").unwrap();
    let mut env = env();
    let first = call.evaluate(&Scope::of(&Value::Null), &mut env).unwrap();
    assert_eq!(first, call.evaluate(&Scope::of(&Value::Null), &mut env).unwrap());
}

#[test]
fn random_numbers_stay_between_their_bounds() {
    let mut env = env();
    for (start, end) in [(-3, 3), (0, 1), (9999, 99999), (i64::MIN + 1, i64::MAX), (-5_000_000_000, 5_000_000_000)] {
        let call = Call::parse(&format!("States.MathRandom({start}, {end})")).unwrap();
        for _ in 0..1000 {
            let drawn = call.evaluate(&Scope::of(&Value::Null), &mut env).unwrap().as_i64().unwrap();
            assert!((start..end).contains(&drawn), "{drawn} of {start} to {end}");
        }
    }
}

#[test]
fn a_list_without_repetitions_is_found_in_one_go() {
    let list: Vec<Value> = (0..60_000).map(|at| Value::from(at % 30_000)).collect();
    let input = Value::object([("list".into(), Value::array(list))]);
    let call = Call::parse("States.ArrayLength(States.ArrayUnique($.list))").unwrap();
    let mut env = env();
    assert_eq!(call.evaluate(&Scope::of(&input), &mut env).unwrap().as_i64(), Some(30_000));
    env.budget = Budget::new(1_000);
    let error = call.evaluate(&Scope::of(&input), &mut env).unwrap_err();
    assert!(error.to_string().ends_with("It takes too many steps."), "{error}");
}

#[test]
fn no_text_makes_it_panic() {
    const PARTS: [&str; 24] = [
        "States.",
        "Array",
        "Format",
        "(",
        ")",
        ",",
        "'",
        "\\",
        "{}",
        "{",
        "}",
        "$",
        ".a",
        "[0]",
        "[?(@",
        "1",
        "-",
        "é",
        "😀",
        " ",
        "true",
        "States.Array(",
        "$.x",
        "null",
    ];
    let mut state = 1_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    for _ in 0..50_000 {
        let text: String = (0..next(12)).map(|_| PARTS[next(PARTS.len())]).collect();
        if let Err(problem) = Call::parse(&text) {
            assert!(text.get(problem.span.start..problem.span.end).is_some(), "{text:?} {:?}", problem.span);
        }
        answer(&text, &Value::Null);
    }
}
