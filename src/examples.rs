//! The bundled examples: whole documents to open, run and take apart. What the menu says of them stands here; their documents are the
//! files under `www/examples`, which the page has as one file beside it, [`FILE`], and fetches when they are wanted.

use crate::json::value_of;
use crate::share::{Document, from_json};
use crate::value::Value;

/// One example as the menu shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The folder's name, by which it is also found in [`FILE`].
    pub slug: &'static str,
    pub title: &'static str,
    /// What it shows, in one line.
    pub shows: &'static str,
}

/// Examples that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    pub title: &'static str,
    pub examples: &'static [Example],
}

const fn example(slug: &'static str, title: &'static str, shows: &'static str) -> Example {
    Example { slug, title, shows }
}

/// What a first visit opens: it is there without being fetched.
pub const FIRST: Example = example("hello-world", "Hello, world", "A choice, a wait and two branches, without a single Task");

/// All examples as the menu shows them.
pub const GROUPS: &[Group] = &[
    Group {
        title: "Start here",
        examples: &[
            FIRST,
            example("greet-by-name", "Greet by name", "A Lambda handler with a callback, and a choice on its text"),
            example("dragon-registry", "Dragon registry", "Tasks, a Retry, a Map, a callback and two kinds of failure"),
        ],
    },
    Group {
        title: "When things fail",
        examples: &[
            example("check-an-application", "Check an application", "A busy service: Retry with back-off, then Catch"),
            example("undo-a-booking", "Undo a booking", "Catch, compensate step by step, then fail with the cause"),
        ],
    },
    Group {
        title: "Many at once",
        examples: &[
            example("level-complete", "Level complete", "Parallel work with a condition in one branch, and a metric at the end"),
            example("price-an-order", "Price an order", "A Map over a list, two items at a time"),
            example("import-orders", "Import orders", "A distributed Map over a CSV object, its results written to a bucket"),
            example("score-tickets", "Score tickets", "A distributed Map in batches that tolerates failures"),
        ],
    },
    Group {
        title: "Loops and waiting",
        examples: &[
            example("water-the-garden", "Water the garden", "A loop made of a Choice and a Wait, with a counter"),
            example("transcribe-a-call", "Transcribe a call", "Starts a job and polls until it is done"),
            example("ask-for-approval", "Ask for approval", "Waits for a task token, with a timeout"),
            example("charge-and-ship", "Charge and ship", "A machine that starts another one and goes on with its output"),
        ],
    },
    Group {
        title: "Data",
        examples: &[
            example("every-stage", "Every stage of JSONPath", "InputPath to OutputPath, one field at a time"),
            example("quote-a-shipment", "Quote a shipment", "JSONata with variables: Arguments, Assign and Output"),
        ],
    },
];

/// All examples in the menu's order.
pub fn all() -> impl Iterator<Item = &'static Example> {
    GROUPS.iter().flat_map(|group| group.examples)
}

/// The example of a folder's name.
pub fn find(slug: &str) -> Option<&'static Example> {
    all().find(|example| example.slug == slug)
}

/// The document of [`FIRST`].
pub fn first() -> Document {
    Document {
        name: FIRST.title.to_owned(),
        definition: include_str!("../www/examples/hello-world/definition.json").to_owned(),
        functions: include_str!("../www/examples/hello-world/functions.js").to_owned(),
        input: include_str!("../www/examples/hello-world/input.json").to_owned(),
        ..Document::default()
    }
}

/// The file beside the page that holds the documents of all examples: an object of them by slug, each as [`from_json`] reads it.
pub const FILE: &str = "examples.json";

/// The documents of all examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Documents(Vec<(&'static str, Document)>);

impl Documents {
    /// Reads the text of [`FILE`]; none where an example is missing, or it is no such file at all.
    pub fn read(text: &str) -> Option<Documents> {
        let file = value_of(text).ok()?;
        let mut documents = Vec::new();
        for example in all() {
            documents.push((example.slug, document(&file, example)?));
        }
        Some(Documents(documents))
    }

    /// The document of an example, by its slug.
    pub fn of(&self, slug: &str) -> Option<&Document> {
        self.0.iter().find(|(name, _)| *name == slug).map(|(_, document)| document)
    }
}

fn document(file: &Value, example: &Example) -> Option<Document> {
    let document = from_json(file.get(example.slug)?).ok()?;
    Some(Document { name: example.title.to_owned(), ..document })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_example_has_its_own_name() {
        let slugs: HashSet<&str> = all().map(|example| example.slug).collect();
        assert_eq!(slugs.len(), all().count());
        for example in all() {
            assert_eq!(find(example.slug), Some(example));
            assert!(!example.shows.ends_with('.') && example.shows.len() < 80, "{}", example.slug);
        }
        assert_eq!(all().next(), Some(&FIRST));
    }

    #[test]
    fn the_file_is_read_whole_or_not_at_all() {
        let one = |example: &Example| format!("{:?}: {{\"definition\": {:?}}}", example.slug, example.slug);
        let texts: Vec<String> = all().map(one).collect();
        let documents = Documents::read(&format!("{{{}}}", texts.join(","))).unwrap();
        for example in all() {
            let document = documents.of(example.slug).unwrap();
            assert_eq!((&*document.name, &*document.definition), (example.title, example.slug));
        }
        assert_eq!(documents.of("no-such-example"), None);
        for broken in ["", "{}", "<!DOCTYPE html>", &format!("{{{}}}", texts[1..].join(",")), &texts.join(",")] {
            assert_eq!(Documents::read(broken), None, "{broken}");
        }
    }
}
