//! Any text as a path on a document with something of everything: no panic, and never more steps than allowed.
#![no_main]

use asl_playground::json::value_of;
use asl_playground::query::path::{Path, ReferencePath};
use asl_playground::query::{Budget, Scope};
use asl_playground::value::Value;
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &str = r#"{"a":{"b":[{"c":1},{"c":"2"},null]},"n":[3,-1,2.5,"7",null],"s":"text","e":{},"l":[],"nested":[[1,2],[3]]}"#;

fuzz_target!(|text: &str| {
    let document = value_of(DOCUMENT).expect("the document is JSON");
    for path in [Path::parse(text), Path::parse_jayway(text)] {
        match path {
            Ok(path) => {
                _ = path.read_within(&Scope::of(&document), &mut Budget::new(100_000)).map_err(|error| error.to_string());
            }
            Err(error) => assert!(text.get(error.span.start..error.span.end).is_some(), "{:?}", error.span),
        }
    }
    if let Ok(path) = ReferencePath::parse(text) {
        _ = path.write(&document, Value::Null).map_err(|error| error.to_string());
    }
});
