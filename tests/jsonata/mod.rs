//! What the tests of JSONata share: one way to evaluate, and when two results are the same.

#![allow(dead_code, reason = "each test uses a part")]

pub mod generate;

use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Env, Error, Expression};
use asl_playground::query::random::Random;
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;
use serde_json::Value as Json;

/// The value of an expression in the plain dialect, at a fixed time and with fixed random numbers.
pub fn evaluate(expr: &str, data: Option<&Value>, bindings: &Bindings, budget: Budget) -> Result<Option<Value>, Error> {
    let (mut numbers, mut uuids) = (Random::new(1), Random::new(2));
    let (mut random, mut uuid) = (|| numbers.next_f64(), || uuids.uuid());
    let mut env = Env { now: Timestamp(1_700_000_000_000), random: &mut random, uuid: &mut uuid, budget };
    Expression::compile(expr, Dialect::Plain)?.evaluate(data, bindings, &mut env)
}

/// Variables from an object of them.
pub fn bindings(variables: &Json) -> Bindings {
    let mut bindings = Bindings::new();
    for (name, value) in variables.as_object().into_iter().flatten() {
        bindings.set(name.as_str(), Value::from(value));
    }
    bindings
}

/// Equal as JSON, numbers to 14 digits: the suite's were written with 15, and powers differ in the last.
pub fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
            a == b || (a - b).abs() <= a.abs() * 1e-14
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        _ => a == b,
    }
}
