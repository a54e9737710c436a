//! Answers for Tasks of which nothing is known: data that satisfies what later states read, or errors that they catch.

use asl_playground::asl::Definition;
use asl_playground::asl::kinds::Kind;
use asl_playground::engine::{Answer, StatesError, TaskCall};
use asl_playground::query::random::Random;
use asl_playground::value::Value;

/// What mocks give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mood {
    /// Each Task returns something that fits most readers.
    Returns,
    /// Each Task fails now and then with an error that it catches or retries, or with another.
    Fails,
}

/// An answer to a call.
pub fn answer(call: &TaskCall, machine: &Definition, mood: Mood, random: &mut Random) -> Answer {
    if mood == Mood::Fails && random.next_f64() < 0.4 {
        return Answer::Failed(StatesError::new(&error(call, machine, random), "a made error"));
    }
    Answer::Succeeded(result(call, random))
}

fn error(call: &TaskCall, machine: &Definition, random: &mut Random) -> String {
    let handlers = match &machine.state(call.state).kind {
        Kind::Task(task) => &task.handlers,
        _ => return "Made.Error".to_owned(),
    };
    let retried = handlers.retry.iter().flat_map(|retrier| &retrier.errors);
    let caught = handlers.catch.iter().flat_map(|catcher| &catcher.errors);
    let known: Vec<&str> = retried.chain(caught).map(|error| &**error).filter(|error| *error != "States.ALL").collect();
    match known.is_empty() {
        true => "Made.Error".to_owned(),
        false => known[(random.next_f64() * known.len() as f64) as usize % known.len()].to_owned(),
    }
}

/// An object with the members that services' answers have most often.
fn result(call: &TaskCall, random: &mut Random) -> Value {
    let statuses = ["SUCCEEDED", "RUNNING", "FAILED", "COMPLETED"];
    let status = statuses[(random.next_f64() * 4.0) as usize % 4];
    let text = |text: &str| Value::from(text);
    let payload = Value::object([
        ("statusCode".into(), Value::from(200)),
        ("status".into(), text(status)),
        ("body".into(), text("{}")),
        ("items".into(), Value::array(vec![Value::from(1), Value::from(2)])),
        ("input".into(), call.arguments.clone()),
    ]);
    Value::object([
        ("Payload".into(), payload.clone()),
        ("StatusCode".into(), Value::from(200)),
        ("Status".into(), text(status)),
        ("Items".into(), Value::array(vec![payload.clone()])),
        ("Item".into(), payload),
    ])
}
