//! Every bundled example is a definition the service would take, and ends as its table in `tests/examples` says.

mod support;

use asl_playground::check::{Options, check};
use asl_playground::examples::{FIRST, first};
use asl_playground::json::parse;
use asl_playground::share::link_of;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

#[test]
fn every_definition_and_input_is_json_in_the_documents_style() {
    for (example, document) in support::examples() {
        for text in [&document.definition, &document.input] {
            let parsed = parse(text);
            assert!(parsed.errors.is_empty(), "{}: {:?}", example.slug, parsed.errors);
            assert!(text.ends_with("}\n") && !text.contains('\t'), "{}", example.slug);
        }
    }
}

#[test]
fn the_first_example_is_the_same_before_its_file_is_here() {
    let (example, document) = &support::examples()[0];
    assert_eq!((**example, document), (FIRST, &first()));
}

#[test]
fn an_example_brings_its_data() {
    let examples = support::examples();
    let document = |slug| &examples.iter().find(|(example, _)| example.slug == slug).unwrap().1;
    assert!(document("import-orders").objects["tea-shop"]["incoming/orders.csv"].starts_with("order,tea,tins,gift\n"));
    assert!(document("charge-and-ship").machines["ChargeCard"].definition.contains("AskTheBank"));
}

#[test]
fn every_example_fits_a_short_link() {
    for (example, document) in support::examples() {
        let length = link_of(&document).len();
        assert!(length < 4_000, "{}: {length}", example.slug);
    }
}

#[test]
fn every_example_checks_clean() {
    for (example, document) in support::examples() {
        let options = Options {
            machines: document.machines.keys().cloned().collect(),
            objects: Some(Arc::new(document.objects.clone())),
            ..Options::default()
        };
        let definitions = document.machines.values().map(|machine| &machine.definition).chain([&document.definition]);
        for definition in definitions {
            let found = check(definition, &options).diagnostics;
            let messages: Vec<&str> = found.iter().map(|diagnostic| &*diagnostic.message).collect();
            assert!(messages.is_empty(), "{}: {messages:?}", example.slug);
        }
    }
}

/// The cases of an example: an input where it isn't the example's own, what each Task answers, and how the run ends.
fn cases(slug: &str) -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/examples").join(format!("{slug}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_example_ends_as_its_table_says() {
    for (example, document) in support::examples() {
        let cases = cases(example.slug);
        assert!(!cases.is_empty());
        for (number, case) in cases.iter().enumerate() {
            let input = case.get("input").map_or_else(|| document.input.clone(), Value::to_string);
            let (_, outcome) = support::run(&document, &input, &case["answers"]);
            let seconds = outcome.stop.millis_since(outcome.start) / 1000;
            let told = serde_json::json!({
                "status": outcome.status.name(),
                "output": outcome.output.map(|output| serde_json::to_value(output.value()).unwrap()),
                "error": outcome.failure.error.as_deref(),
                "cause": outcome.failure.cause.as_deref(),
                "seconds": seconds,
            });
            for (name, expected) in case.as_object().unwrap() {
                if !matches!(&**name, "input" | "answers") {
                    assert_eq!(&told[name], expected, "{} case {number}: `{name}` of {told}", example.slug);
                }
            }
        }
    }
}
