//! Any text as a call of an intrinsic function.
#![no_main]

use asl_playground::json::value_of;
use asl_playground::query::intrinsics::Call;
use asl_playground::query::{Budget, Env, Scope};
use asl_playground::timestamp::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let input = value_of(r#"{"a":[1,"x",null,{"b":2.5}],"s":"a,b","o":{"c":1}}"#).expect("the input is JSON");
    let mut env = Env::new(Timestamp(0), 1);
    env.budget = Budget::new(100_000);
    match Call::parse(text) {
        Ok(call) => _ = call.evaluate(&Scope::of(&input), &mut env).map_err(|error| error.to_string()),
        Err(problem) => assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem.span),
    }
});
