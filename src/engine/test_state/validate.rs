//! What TestState refuses, in the service's words.

use super::request::{Exception, Request, Validation};
use super::{ALONE, shapes};
use crate::asl::State;
use crate::asl::kinds::Kind;
use crate::check;
use crate::json::{self, Node};
use crate::value::{Value, quoted};

/// Holds a request against the rules that need no more than the definition's text.
pub(super) fn request(request: &Request) -> Result<(), Exception> {
    if let Some(mock) = &request.mock {
        if mock.result.is_some() && mock.error_output.is_some() {
            let message = "A test mock should have only one of the following fields: [result, errorOutput].";
            return Err(Exception::validation(message));
        }
        if request.reveal_secrets {
            return Err(Exception::validation("TestState does not support RevealSecrets when a mock is specified."));
        }
    }
    let parsed = json::parse(&request.definition);
    if let Some(error) = parsed.errors.first() {
        let message = format!("Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: {}'", error.message);
        return Err(Exception::definition(message));
    }
    let machine = parsed.root.get("States").is_some();
    if machine && request.state_name.as_deref().is_some_and(|name| !names(&parsed.root, name)) {
        return Err(Exception::validation("State not found in definition"));
    }
    definition(&request.definition, machine)?;
    mockable(request, &parsed.root, machine)
}

/// Whether a state of this name stands anywhere in a machine.
fn names(root: &Node, name: &str) -> bool {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let states = node.get("States").map_or(&[][..], Node::members);
        if states.iter().any(|state| *state.key.text == *name) {
            return true;
        }
        for state in states {
            open.extend(["Iterator", "ItemProcessor"].iter().filter_map(|field| state.value.get(field)));
            open.extend(state.value.get("Branches").map_or(&[][..], Node::elements));
        }
    }
    false
}

/// What the service would not accept as a definition. Of a state that stands alone, the states it leads to are unknown.
fn definition(text: &str, machine: bool) -> Result<(), Exception> {
    let wrapped = match machine {
        true => text.to_owned(),
        false => format!(r#"{{"StartAt":{0},"States":{{{0}:{text}}}}}"#, quoted(ALONE)),
    };
    let checked = check::check(&wrapped, &check::Options::default());
    let schema = checked.diagnostics.iter().filter_map(|diagnostic| diagnostic.aws.as_ref());
    match schema.into_iter().find(|answer| answer.code == "SCHEMA_VALIDATION_FAILED") {
        None => Ok(()),
        Some(answer) => {
            let place = answer.location.as_ref().map_or_else(String::new, |place| format!(" at {place}"));
            let message = format!("Invalid State Machine Definition: '{}: {}{place}'", answer.code, answer.message);
            Err(Exception::definition(message))
        }
    }
}

/// Whether the state's type and the mock go together.
fn mockable(request: &Request, root: &Node, machine: bool) -> Result<(), Exception> {
    let state = match (&request.state_name, machine) {
        (Some(name), true) => root.get("States").and_then(|states| states.get(name)),
        _ => Some(root),
    };
    let Some(state_type) = state.and_then(|state| state.get("Type")).and_then(Node::as_str) else { return Ok(()) };
    let chains = matches!(state_type, "Map" | "Parallel");
    if request.mock.is_some() {
        if !chains && state_type != "Task" {
            return Err(Exception::validation(format!("State type '{state_type}' is not supported when a mock is specified")));
        }
        return Ok(());
    }
    if request.configuration.map_iteration_failure_count.is_some() {
        let message = "TestState does not support MapIterationFailureCount when a mock is not specified.";
        return Err(Exception::validation(message));
    }
    if chains {
        return Err(Exception::definition(
            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
        ));
    }
    if state_type == "Task" && request.role_arn.is_none() {
        return Err(Exception::validation("RoleArn must be specified when testing a Task state"));
    }
    Ok(())
}

/// A JSON object that a request brings as text.
pub(super) fn object(text: Option<&str>, message: &str) -> Result<Option<Value>, Exception> {
    let Some(text) = text else { return Ok(None) };
    match json::value_of(text) {
        Ok(value @ Value::Object(_)) => Ok(Some(value)),
        _ => Err(Exception::validation(message)),
    }
}

/// The members that a context object may have, with those of its parts; `Input` may be anything, the rest is text or a number.
const CONTEXT: [(&str, &[&str]); 4] = [
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("State", &["EnteredTime", "Name", "RetryCount"]),
    ("StateMachine", &["Id", "Name"]),
    ("Task", &["Token"]),
];

/// Holds a context object against [`CONTEXT`].
pub(super) fn context(context: &Value) -> Result<(), Exception> {
    let refuse = |what: String| Err(Exception::validation(format!("Invalid Context object provided: {what}")));
    let Value::Object(members) = context else { return Ok(()) };
    for (name, part) in members.iter() {
        if **name == *"Map" {
            return refuse("'Map' field is not supported when mocking a Context object".to_owned());
        }
        let Some((_, known)) = CONTEXT.iter().find(|(known, _)| **known == **name) else {
            return refuse(format!("Field '{name}' is not allowed"));
        };
        let Value::Object(part) = part else { return refuse(format!("{name} must be an object")) };
        for (field, value) in part.iter() {
            if !known.contains(&&**field) {
                return refuse(format!("Field '{field}' is not allowed"));
            }
            let (fits, wanted) = match &**field {
                "Input" => (true, ""),
                "RetryCount" | "RedriveCount" => (value.as_f64().is_some(), "a number"),
                _ => (value.as_str().is_some(), "a string"),
            };
            if !fits {
                return refuse(format!("{name}.{field} must be {wanted}"));
            }
        }
    }
    Ok(())
}

/// The mocked result, held against what the state and its service give.
pub(super) fn mock(request: &Request, state: &State) -> Result<Option<Value>, Exception> {
    let Some(mock) = &request.mock else { return Ok(None) };
    let Some(text) = &mock.result else { return Ok(None) };
    let result = json::value_of(text).map_err(|_| Exception::validation("Mocked result must be valid JSON."))?;
    match &state.kind {
        Kind::Map(map) => {
            let written = map.distributed.as_ref().is_some_and(|distributed| distributed.writer.is_some());
            let Some(results) = result.as_array().filter(|_| !written) else {
                return match (written, &result) {
                    (true, Value::Object(_)) => Ok(Some(result)),
                    (true, _) => Err(Exception::validation("Mocked result must be a JSON object.")),
                    (false, _) => Err(Exception::validation("Mocked result must be an array.")),
                };
            };
            if request.configuration.map_iteration_failure_count.is_some_and(|failed| failed > results.len() as i64) {
                let message = "Map iteration failure count must be less than or equal to the number of Map iterations";
                return Err(Exception::validation(message));
            }
        }
        Kind::Parallel { branches, .. } => {
            let Some(results) = result.as_array() else {
                return Err(Exception::validation("Mocked result must be an array."));
            };
            if results.len() != branches.len() {
                let message = "Mocked result must contain the same number of items as number of Parallel branches.";
                return Err(Exception::validation(message));
            }
        }
        Kind::Task(task) if mock.validation != Validation::None => {
            let strict = mock.validation == Validation::Strict;
            if let Some((service, action)) = task.resource.service()
                && let Err(problem) = shapes::hold(service, action, &result, strict)
            {
                return Err(Exception::validation(format!("Mock result schema validation error: {problem}")));
            }
        }
        _ => {}
    }
    Ok(Some(result))
}
