//! What TestState refuses, in the service's words.

use super::request::{Exception, Request, Validation};
use super::{ALONE, shapes};
use crate::asl::kinds::{Kind, Task};
use crate::asl::{Pattern, Resource, State};
use crate::check;
use crate::engine::StatesError;
use crate::json::{self, Node};
use crate::spec::limits::{MAX_DEFINITION_BYTES, MAX_PAYLOAD_BYTES, MAX_STATE_NAME};
use crate::value::{Value, quoted};

/// The lengths that a request's texts may have, those of names in characters and of data in bytes: API reference, TestState.
fn lengths(request: &Request) -> Result<(), Exception> {
    let (mock, configuration) = (request.mock.as_ref(), &request.configuration);
    let names =
        [("stateName", &request.state_name), ("stateConfiguration.errorCausedByState", &configuration.error_caused_by_state)];
    for (field, name) in names {
        let Some(name) = name else { continue };
        if name.is_empty() || name.chars().nth(MAX_STATE_NAME).is_some() {
            return Err(Exception::validation(format!("{field} must have 1 to {MAX_STATE_NAME} characters")));
        }
    }
    let data = [
        ("definition", Some(&request.definition), MAX_DEFINITION_BYTES),
        ("input", request.input.as_ref(), MAX_PAYLOAD_BYTES),
        ("variables", request.variables.as_ref(), MAX_PAYLOAD_BYTES),
        ("context", request.context.as_ref(), MAX_PAYLOAD_BYTES),
        ("mock.result", mock.and_then(|mock| mock.result.as_ref()), MAX_PAYLOAD_BYTES),
        ("stateConfiguration.mapItemReaderData", configuration.map_item_reader_data.as_ref(), MAX_PAYLOAD_BYTES),
    ];
    for (field, text, most) in data {
        if text.is_some_and(|text| text.len() > most) {
            return Err(Exception::validation(format!("{field} is longer than {most} bytes")));
        }
    }
    match mock.and_then(|mock| mock.error_output.as_ref()).and_then(StatesError::too_long) {
        Some((part, most)) => Err(Exception::validation(format!("mock.errorOutput.{part} is longer than {most} characters"))),
        None => Ok(()),
    }
}

/// Holds a request against the rules that need no more than the definition's text.
pub(super) fn request(request: &Request) -> Result<(), Exception> {
    lengths(request)?;
    if let Some(mock) = &request.mock {
        if mock.result.is_some() && mock.error_output.is_some() {
            let message = "A test mock should have only one of the following fields: [result, errorOutput].";
            return Err(Exception::validation(message));
        }
        if request.reveal_secrets {
            return Err(Exception::validation("TestState does not support RevealSecrets when a mock is specified."));
        }
        if mock.error_output.as_ref().is_some_and(|failure| failure.error.is_none()) {
            return Err(Exception::validation("mock.errorOutput needs an error"));
        }
    } else if request.context.is_some() && !request.played {
        return Err(Exception::validation("a context object can be given only together with a mock"));
    }
    let parsed = json::parse(&request.definition);
    if let Some(error) = parsed.errors.first() {
        let message = format!("Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: {}'", error.message);
        return Err(Exception::definition(message));
    }
    // A definition without the name of a state is a state.
    let machine = request.state_name.is_some();
    definition(&request.definition, machine)?;
    let state = match &request.state_name {
        Some(name) => state_named(&parsed.root, name).ok_or_else(|| Exception::validation("State not found in definition"))?,
        None => &parsed.root,
    };
    mockable(request, state)
}

/// The state of this name, wherever in a machine it stands.
fn state_named<'a>(root: &'a Node, name: &str) -> Option<&'a Node> {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        let states = node.get("States").map_or(&[][..], Node::members);
        if let Some(state) = states.iter().find(|state| *state.key.text == *name) {
            return Some(&state.value);
        }
        states.iter().for_each(|state| open.extend(chains_of(&state.value)));
    }
    None
}

/// The chains of states inside a state.
fn chains_of(state: &Node) -> impl Iterator<Item = &Node> {
    let processors = ["Iterator", "ItemProcessor"].into_iter().filter_map(|field| state.get(field));
    processors.chain(state.list("Branches"))
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
fn mockable(request: &Request, state: &Node) -> Result<(), Exception> {
    let Some(state_type) = state.text("Type") else { return Ok(()) };
    let (chains, configuration) = (matches!(state_type, "Map" | "Parallel"), &request.configuration);
    if configuration.map_iteration_failure_count.is_some_and(|count| count < 0) {
        return Err(Exception::validation("stateConfiguration.mapIterationFailureCount must not be negative"));
    }
    if let Some(cause) = &configuration.error_caused_by_state
        && !chains_of(state).any(|chain| state_named(chain, cause).is_some())
    {
        let message = format!("stateConfiguration.errorCausedByState names '{cause}', which is no state inside the tested one");
        return Err(Exception::validation(message));
    }
    if request.mock.is_some() {
        if !chains && state_type != "Task" {
            return Err(Exception::validation(format!("State type '{state_type}' is not supported when a mock is specified")));
        }
        return Ok(());
    }
    if configuration.map_iteration_failure_count.is_some() {
        let message = "TestState does not support MapIterationFailureCount when a mock is not specified.";
        return Err(Exception::validation(message));
    }
    if chains {
        return Err(Exception::definition(
            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
        ));
    }
    if state_type != "Task" || request.played {
        return Ok(());
    }
    let resource = state.text("Resource").map(Resource::parse);
    if let Some(resource) = resource
        && (resource.pattern() != Pattern::RequestResponse || matches!(resource, Resource::Activity(_)))
    {
        let message = format!("'{}' can be tested only with a mock", resource.text());
        return Err(Exception::validation(message));
    }
    if request.role_arn.is_none() {
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
            // A writer without a `Resource` writes nothing: the result stays a list.
            let writer = map.distributed.as_ref().and_then(|distributed| distributed.writer.as_ref());
            let written = writer.is_some_and(|writer| writer.resource.is_some());
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
        // What comes back with a token is no answer of the service.
        Kind::Task(task) if mock.validation != Validation::None && task.resource.pattern() != Pattern::WaitForTaskToken => {
            let strict = mock.validation == Validation::Strict;
            if let Some((service, action)) = task.resource.service()
                && let Err(problem) = shapes::hold(service, polled(task, action), &result, strict)
            {
                return Err(Exception::validation(format!("Mock result schema validation error: {problem}")));
            }
        }
        _ => {}
    }
    Ok(Some(result))
}

/// The action whose answer a Task's result is: a job's comes from where it is polled.
fn polled<'a>(task: &Task, action: &'a str) -> &'a str {
    match (task.resource.pattern(), action) {
        (Pattern::Sync, "startExecution") => "describeExecution",
        (Pattern::Sync, _) => "",
        _ => action,
    }
}
