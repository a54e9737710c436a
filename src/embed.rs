//! A run as other programs read it: the names of DescribeExecution and GetExecutionHistory, data as JSON text, times as ISO-8601 text.

use crate::engine::{Event, Run, Status};
use crate::value::{Key, Value};

/// A run without its events; one that is not over counts as aborted. `input` is the text it was given.
pub fn described(run: &Run, input: &str) -> Value {
    let outcome = run.outcome.as_ref();
    let status = outcome.map_or(Status::Aborted, |outcome| outcome.status);
    let start = outcome.map(|outcome| outcome.start).or(run.events.first().map(|event| event.timestamp));
    let stop = outcome.map(|outcome| outcome.stop).or(run.events.last().map(|event| event.timestamp));
    let output = outcome.and_then(|outcome| outcome.output.as_ref()).map(|output| output.text().into_owned());
    let failure = outcome.map(|outcome| &outcome.failure);
    let members = [
        ("status", Some(status.name().to_owned())),
        ("name", Some(run.name.to_string())),
        ("input", Some(input.to_owned())),
        ("output", output),
        ("error", failure.and_then(|failure| failure.error.as_deref().map(str::to_owned))),
        ("cause", failure.and_then(|failure| failure.cause.as_deref().map(str::to_owned))),
        ("startDate", start.map(|time| time.to_string())),
        ("stopDate", stop.map(|time| time.to_string())),
    ];
    Value::object(members.into_iter().filter_map(|(name, text)| Some((Key::from(name), Value::from(text?)))))
}

/// A run that could not be followed to its end.
pub fn lost() -> Value {
    Value::of(&[("status", Status::Aborted.name().into())])
}

/// Events as the text of a JSON array.
pub fn events_text(events: &[Event]) -> String {
    let texts: Vec<String> = events.iter().map(|event| event.to_value().to_string()).collect();
    format!("[{}]", texts.join(","))
}

#[cfg(test)]
mod tests {
    use super::{Run, events_text};
    use crate::asl;
    use crate::engine::{Data, Execution, Next, Options, StatesError};
    use crate::timestamp::Timestamp;
    use serde_json::{Value, json};

    fn execution(definition: &str, input: &str) -> Execution {
        let (definition, problems) = asl::lower(&crate::json::parse(definition).root);
        assert_eq!(problems, []);
        let options = Options { name: "e".into(), ..Options::default() };
        Execution::start(definition.into(), Data::given(input).unwrap(), options)
    }

    fn described(run: &Run, input: &str) -> Value {
        serde_json::from_str(&super::described(run, input).to_string()).unwrap()
    }

    #[test]
    fn a_run_is_described_by_the_names_of_the_service() {
        let mut execution = execution(r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"b":1},"End":true}}}"#, "{ }");
        assert!(matches!(execution.poll(100), Next::Done(_)));
        let run = &execution.runs()[0];
        let epoch = "1970-01-01T00:00:00.000Z";
        let expected = json!({
            "status": "SUCCEEDED", "name": "e", "input": "{ }", "output": r#"{"b":1}"#, "startDate": epoch, "stopDate": epoch,
        });
        assert_eq!(described(run, "{ }"), expected);
        let events: Vec<Value> = serde_json::from_str(&events_text(&run.events)).unwrap();
        let types: Vec<_> = events.iter().map(|event| event["type"].clone()).collect();
        assert_eq!(types, ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]);
    }

    #[test]
    fn a_run_that_was_stopped_or_failed_has_no_output() {
        let wait = r#"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}}"#;
        let mut stopped = execution(wait, "{}");
        assert!(matches!(stopped.poll(100), Next::Wait { .. }));
        assert_eq!(described(&stopped.runs()[0], "{}")["status"], "ABORTED", "not over yet");
        stopped.handle_stop(StatesError::default(), Timestamp(500));
        let shown = described(&stopped.runs()[0], "{}");
        assert_eq!((&shown["status"], shown.get("output"), shown.get("error")), (&json!("ABORTED"), None, None));
        assert_eq!(shown["stopDate"], "1970-01-01T00:00:00.500Z");

        let mut failed = execution(r#"{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"c"}}}"#, "{}");
        assert!(matches!(failed.poll(100), Next::Done(_)));
        let shown = described(&failed.runs()[0], "{}");
        assert_eq!((&shown["status"], &shown["error"], &shown["cause"]), (&json!("FAILED"), &json!("E"), &json!("c")));
    }
}
