//! Any text as a JSONata expression: parsed for an editor, compiled in both dialects, and evaluated within a small budget.
#![no_main]

use asl_playground::json::value_of;
use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Env, Expression};
use asl_playground::timestamp::Timestamp;
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &str = r#"{"a":{"b":[{"c":1},{"c":"2"},null]},"n":[3,-1,2.5,"7",null],"s":"text","e":{},"l":[],"items":[[1,2],[3]]}"#;

fuzz_target!(|text: &str| {
    let document = value_of(DOCUMENT).expect("the document is JSON");
    let (_, errors) = Expression::parse_all(text, Dialect::Aws);
    for error in errors {
        assert!(text.get(error.span.start..error.span.end).is_some(), "{error:?}");
    }
    let Ok(expression) = Expression::compile(text, Dialect::Plain) else { return };
    let (mut random, mut uuid) = (|| 0.5, || "uuid".to_owned());
    let budget = Budget { steps: 50_000, depth: 500, bytes: 8 << 20 };
    let mut env = Env { now: Timestamp(0), random: &mut random, uuid: &mut uuid, budget };
    for input in [None, Some(&document)] {
        if let Err(error) = expression.evaluate(input, &Bindings::new(), &mut env) {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{error:?}");
            assert!(!error.message().is_empty());
        }
    }
});
