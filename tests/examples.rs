//! Every bundled example is a definition the service would take.

use asl_playground::check::{Options, check};
use asl_playground::examples;

#[test]
fn every_example_checks_clean() {
    for example in examples::all() {
        let found = check(example.definition, &Options::default()).diagnostics;
        let messages: Vec<&str> = found.iter().map(|diagnostic| &*diagnostic.message).collect();
        assert!(messages.is_empty(), "{}: {messages:?}", example.slug);
    }
}
