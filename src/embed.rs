//! A run as other programs read it: the names of DescribeExecution and GetExecutionHistory, data as JSON text, times as ISO-8601 text.

use crate::engine::{Run, Status};
use serde_json::{Map, Value, json};

/// A run with its history; one that is not over counts as aborted, with what has happened so far. `input` is the text it was given.
pub fn described(run: &Run, input: &str) -> Value {
    let mut described = Map::new();
    let outcome = run.outcome.as_ref();
    let status = outcome.map_or(Status::Aborted, |outcome| outcome.status);
    described.insert("status".into(), status.name().into());
    described.insert("name".into(), (*run.name).into());
    described.insert("input".into(), input.into());
    let first = run.events.first().map(|event| event.timestamp);
    let last = run.events.last().map(|event| event.timestamp);
    let start = outcome.map(|outcome| outcome.start).or(first);
    let stop = outcome.map(|outcome| outcome.stop).or(last);
    let output = outcome.and_then(|outcome| outcome.output.as_ref()).map(|output| output.text().into_owned());
    let failure = outcome.map(|outcome| &outcome.failure);
    let members = [
        ("output", output),
        ("error", failure.and_then(|failure| failure.error.as_deref().map(str::to_owned))),
        ("cause", failure.and_then(|failure| failure.cause.as_deref().map(str::to_owned))),
        ("startDate", start.map(|time| time.to_string())),
        ("stopDate", stop.map(|time| time.to_string())),
    ];
    described.extend(members.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
    described.insert("events".into(), run.events.iter().map(|event| json!(event.to_value())).collect());
    Value::Object(described)
}

/// A run that could not be followed to its end.
pub fn lost() -> Value {
    json!({ "status": Status::Aborted.name(), "events": [] })
}
