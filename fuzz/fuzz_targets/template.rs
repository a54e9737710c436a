//! Any text as a payload template.
#![no_main]

use asl_playground::json::{parse, value_of};
use asl_playground::query::template::Template;
use asl_playground::query::{Budget, Env, Scope};
use asl_playground::timestamp::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let input = value_of(r#"{"a":[1,"x",null,{"b":2.5}],"s":"a,b"}"#).expect("the input is JSON");
    let mut env = Env::new(Timestamp(0), 1);
    env.budget = Budget::new(100_000);
    let (template, _) = Template::compile(&parse(text).root);
    _ = template.evaluate(&Scope::of(&input), &mut env).map_err(|error| error.to_string());
});
