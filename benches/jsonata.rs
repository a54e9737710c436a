//! How long JSONata takes, compiled once, on documents of 1 KB and 100 KB, and how long what has no end takes to be stopped.

use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Env, Expression};
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;
use serde_json::json;
use std::hint::black_box;
use std::time::{Duration, Instant};

const EXPRESSIONS: [&str; 7] = [
    "a + 1",
    "items[price > 50 and qty < 4]",
    "$sum(items.(qty * price))",
    "items^(>price, name).name",
    "$map(items, function($i) { {'id': $i.id, 'total': $i.qty * $i.price} })",
    "items{name: $sum(qty)}",
    "$replace(items[0].name, /[0-9]+/, 'n')",
];

const ENDLESS: [&str; 6] = [
    "($f := function(){$f()}; $f())",
    "($f := function($n){1 + $f($n + 1)}; $f(0))",
    "[1..10000000].{'a': $}",
    "$map([1..10000000], function($v){{'a': $v}})",
    "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /(a+)+$/)",
    "$count([1..10000000])",
];

fn document(items: usize) -> Value {
    let item = |at: usize| json!({"id": at, "name": format!("item {}", at * 7 % 100), "price": (at * 37 % 100) as f64 + 0.5, "qty": at % 7});
    Value::from(&json!({"a": 41, "items": (0..items).map(item).collect::<Vec<_>>()}))
}

fn run(expression: &Expression, data: &Value) -> bool {
    let (mut random, mut uuid) = (|| 0.5, String::new);
    let mut env = Env { now: Timestamp(0), random: &mut random, uuid: &mut uuid, budget: Budget::default() };
    expression.evaluate(Some(black_box(data)), &Bindings::new(), &mut env).is_ok()
}

/// Microseconds a run takes: the best of some rounds.
fn time(mut run: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..7 {
        let (started, mut runs) = (Instant::now(), 0);
        while started.elapsed() < Duration::from_millis(30) {
            run();
            runs += 1;
        }
        best = best.min(started.elapsed().as_secs_f64() * 1e6 / f64::from(runs));
    }
    best
}

fn main() {
    let (small, large) = (document(14), document(1370));
    println!("{:>10} {:>10}  expression, in microseconds on {} and {} bytes", "small", "large", small.size(), large.size());
    for text in EXPRESSIONS {
        let expression = Expression::compile(text, Dialect::Plain).expect("the expression is right");
        assert!(run(&expression, &large), "{text}");
        let times = [&small, &large].map(|data| time(|| _ = black_box(run(&expression, data))));
        println!("{:>10.2} {:>10.1}  {text}", times[0], times[1]);
    }
    println!("\n{:>10}  what has no end, in milliseconds", "ends after");
    for text in ENDLESS {
        let expression = Expression::compile(text, Dialect::Plain).expect("the expression is right");
        let started = Instant::now();
        let result = if run(&expression, &small) { "answers" } else { "is over budget" };
        println!("{:>10.1}  {text} {result}", started.elapsed().as_secs_f64() * 1e3);
    }
}
