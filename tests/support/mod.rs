//! What the tests of whole runs share: a driver with a clock that jumps, and tasks that answer from a table.

use asl_playground::asl::lower;
use asl_playground::engine::{Answer, Data, Execution, KnownMachine, Next, Options, Outcome, StatesError, TaskCall};
use asl_playground::examples::{self, Documents, Example};
use asl_playground::json::parse;
use asl_playground::share::{Document, Machine};
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// More polls than any of the tests' runs needs.
const MOST_POLLS: usize = 100_000;

/// All examples with their documents, read as the page reads the file that is put together from their folders.
pub fn examples() -> Vec<(&'static Example, Document)> {
    let file = Json::Object(examples::all().map(|example| (example.slug.to_string(), as_filed(example))).collect());
    let documents = Documents::read(&file.to_string()).expect("every example is in the file");
    examples::all().map(|example| (example, documents.of(example.slug).unwrap().clone())).collect()
}

fn as_filed(example: &Example) -> Json {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/examples").join(example.slug);
    let text =
        |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{}/{name}: {error}", example.slug));
    let data = if folder.join("data.json").exists() { text("data.json") } else { "{}".to_string() };
    let mut document: Json = serde_json::from_str(&data).unwrap();
    for (field, name) in [("definition", "definition.json"), ("mocks", "functions.js"), ("input", "input.json")] {
        document[field] = text(name).into();
    }
    document
}

/// Answers by the name of the state, in their order; the last one is given again and again.
pub struct Answers {
    table: Json,
    given: HashMap<String, usize>,
}

impl Answers {
    /// A table `{"State": [{"result": …}, {"error": "Busy", "cause": "…"}]}`.
    pub fn new(table: &Json) -> Answers {
        Answers { table: table.clone(), given: HashMap::new() }
    }

    fn next(&mut self, call: &TaskCall) -> Answer {
        let answers = self.table[&*call.state_name].as_array().cloned().unwrap_or_default();
        let given = self.given.entry(call.state_name.to_string()).or_default();
        let answer = answers.get(*given).or(answers.last());
        *given += 1;
        match answer {
            None => Answer::Refused(StatesError::new("Unanswered", format!("nothing answers `{}`", call.state_name))),
            Some(answer) => match answer.get("error").and_then(Json::as_str) {
                Some(error) => Answer::Failed(StatesError::new(error, answer["cause"].as_str().unwrap_or_default())),
                None => Answer::Succeeded(Value::from(&answer["result"])),
            },
        }
    }
}

/// Runs a document to its end, with its objects and further machines; waits pass at once.
pub fn run(document: &Document, input: &str, answers: &Json) -> (Execution, Outcome) {
    let mut answers = Answers::new(answers);
    let lowered = |definition: &str| Arc::new(lower(&parse(definition).root).0);
    let known = |machine: &Machine| KnownMachine { definition: lowered(&machine.definition), workflow_type: machine.workflow_type };
    let machines = document.machines.iter().map(|(name, machine)| (name.clone(), known(machine))).collect();
    let input = Data::given(input).expect("the input is JSON");
    let options = Options {
        start: Timestamp(1_778_500_000_000),
        objects: Arc::new(document.objects.clone()),
        machines: Arc::new(machines),
        ..Options::default()
    };
    let mut execution = Execution::start(lowered(&document.definition), input, options);
    for _ in 0..MOST_POLLS {
        match execution.poll(1_000) {
            Next::Done(outcome) => return (execution, outcome),
            Next::Working => {}
            Next::Wait { start, wake_at } => {
                let now = execution.now();
                for call in &start {
                    let answer = answers.next(call);
                    execution.handle_answer(call.id, answer, now);
                }
                match wake_at {
                    Some(at) if start.is_empty() => execution.handle_time(at),
                    _ => assert!(!start.is_empty(), "nothing wakes the execution"),
                }
            }
        }
    }
    panic!("the execution doesn't end");
}
