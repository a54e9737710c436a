//! One JSONata case: an expression with its data, answered as the suite of the reference implementation tells results.

use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Env, Error, Expression};
use asl_playground::query::random::Random;
use asl_playground::timestamp::Timestamp;
use serde_json::{Value, json};

/// Steps that stand for a millisecond of the time a case allows.
const STEPS_PER_MILLISECOND: u64 = 20_000;

pub fn answer(case: &Value) -> Value {
    match run(case) {
        Ok(Some(result)) => json!({ "result": result }),
        Ok(None) => json!({"undefined": true}),
        Err(error) if error.is_function_result() => json!({"undefined": true}),
        Err(error) => json!({"code": error.code, "message": error.message(), "position": error.span.start}),
    }
}

fn run(case: &Value) -> Result<Option<asl_playground::value::Value>, Error> {
    let expression = Expression::compile(case["expr"].as_str().unwrap_or_default(), Dialect::Plain)?;
    let undefined = case["undefined_input"].as_bool().unwrap_or_default();
    let input = (!undefined).then(|| asl_playground::value::Value::from(&case["data"]));
    let mut bindings = Bindings::new();
    for (name, value) in case["bindings"].as_object().into_iter().flatten() {
        bindings.set(name.as_str(), value.into());
    }
    let mut budget = Budget { steps: 20_000_000, depth: 100_000, bytes: 1 << 30 };
    if let Some(depth) = case["depth"].as_u64() {
        budget.depth = depth.try_into().unwrap_or(u32::MAX);
    }
    if let Some(millis) = case["timelimit"].as_u64() {
        budget.steps = millis.saturating_mul(STEPS_PER_MILLISECOND);
    }
    let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    // Whoever needs the same numbers twice gives `$random` a seed.
    let seed = started.as_nanos() as i64;
    let (mut numbers, mut uuids) = (Random::new(seed), Random::new(!seed));
    let (mut random, mut uuid) = (|| numbers.next_f64(), || uuids.uuid());
    let now = Timestamp(started.as_millis() as i64);
    expression.evaluate(input.as_ref(), &bindings, &mut Env { now, random: &mut random, uuid: &mut uuid, budget })
}
