//! How long paths, intrinsics and templates take, compiled once, on a small document and on one of 100 KB.

use asl_playground::json;
use asl_playground::query::intrinsics::Call;
use asl_playground::query::path::{Path, ReferencePath};
use asl_playground::query::template::Template;
use asl_playground::query::{Env, Scope};
use asl_playground::timestamp::Timestamp;
use asl_playground::value::{Object, Value};
use std::hint::black_box;
use std::time::{Duration, Instant};

const PATHS: [&str; 9] = [
    "$.a.b[0].c",
    "$.a.b[-1]",
    "$['a','total']",
    "$.items[*].price",
    "$..price",
    "$.items[?(@.price > 50)].name",
    "$.items[?(@.name =~ /item 1.*/)].price",
    "$.items[1:10]",
    "$.items.length()",
];

const CALLS: [&str; 4] = [
    "States.Format('Order {} of {}', $.a.b[0].c, $.total)",
    "States.MathAdd($.a.b[0].c, 1)",
    "States.ArrayLength($.items)",
    "States.ArrayGetItem(States.StringSplit('a,b,c', ','), 1)",
];

const TEMPLATE: &str = r#"{"id.$":"$.a.b[0].c","fixed":{"list":[1,2,3],"text":"x"},"all":[{"total.$":"$.total"},"y"],"text.$":"States.Format('{}', $.total)"}"#;

fn main() {
    for count in [8, 1_600] {
        let document = document(count);
        println!("{} bytes", document.size());
        let scope = Scope::of(&document);
        for text in PATHS {
            let path = Path::parse(text).expect("the path is one");
            report(text, || black_box(path.read(&scope)).is_ok());
        }
        let mut env = Env::new(Timestamp(0), 1);
        for text in CALLS {
            let call = Call::parse(text).expect("the call is one");
            report(text, || {
                env.budget = Default::default();
                black_box(call.evaluate(&scope, &mut env)).is_ok()
            });
        }
        let (template, _) = Template::compile(&json::parse(TEMPLATE).root);
        report("a template of four fields", || {
            env.budget = Default::default();
            black_box(template.evaluate(&scope, &mut env)).is_ok()
        });
        let place = ReferencePath::parse("$.a.result").expect("the path is one");
        report("a result put at $.a.result", || black_box(place.write(&document, Value::Null)).is_ok());
    }
    report("parse $.items[?(@.price > 50)].name", || black_box(Path::parse("$.items[?(@.price > 50)].name")).is_ok());
}

fn document(count: usize) -> Value {
    let items = (0..count).map(|at| {
        let members = [
            ("name".into(), Value::from(format!("item {at}"))),
            ("price".into(), Value::from((at * 7 % 100) as i64)),
            ("tags".into(), Value::array(vec![Value::from("new"), Value::from(at % 2 == 0)])),
        ];
        Value::Object(Object::of_distinct(members.into()))
    });
    let inner = Value::object([("c".into(), Value::from(42))]);
    Value::object([
        ("a".into(), Value::object([("b".into(), Value::array(vec![inner]))])),
        ("items".into(), Value::array(items.collect())),
        ("total".into(), Value::from(count as i64)),
    ])
}

/// The best of several rounds, each long enough to tell.
fn report(name: &str, mut run: impl FnMut() -> bool) {
    assert!(run(), "{name} has a value");
    let mut rounds = 1_u32;
    let mut best = Duration::MAX;
    for _ in 0..12 {
        let started = Instant::now();
        for _ in 0..rounds {
            run();
        }
        let spent = started.elapsed();
        best = best.min(spent / rounds);
        if spent < Duration::from_millis(10) {
            rounds = rounds.saturating_mul(4);
            best = Duration::MAX;
        }
    }
    println!("  {name:56} {best:>10.1?}");
}
