//! The recorded answers of a case's tasks.

use asl_playground::engine::{Answer, StatesError};
use asl_playground::json;
use asl_playground::value::Value;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What a call is answered.
pub struct Given {
    pub submitted: Option<Value>,
    /// None where nobody answers: the call times out, or waits on.
    pub answer: Option<Answer>,
}

/// By state name, in the order they are to be given.
pub struct Answers {
    by_state: BTreeMap<String, Vec<Json>>,
    /// Texts that stand for others.
    placeholders: Vec<String>,
}

impl Answers {
    pub fn of(case: &Json) -> Answers {
        let tasks = case["tasks"].as_object().into_iter().flatten();
        let by_state = tasks.map(|(state, answers)| (state.clone(), answers.as_array().cloned().unwrap_or_default())).collect();
        let placeholders = case["placeholders"].as_object().into_iter().flatten().map(|(text, _)| text.clone()).collect();
        Answers { by_state, placeholders }
    }

    /// The next answer for a state: of several the first that was recorded for these arguments.
    pub fn next(&mut self, state: &str, arguments: &Value, service: bool) -> Option<Given> {
        let answers = self.by_state.get_mut(state)?;
        let placeholders = &self.placeholders;
        let fits = |answer: &Json| answer.get("for").is_none_or(|wanted| alike(&Value::from(wanted), arguments, placeholders));
        let at = answers.iter().position(fits).unwrap_or(0);
        let repeats = answers.get(at)?["repeat"] == true;
        let answer = if repeats { answers[at].clone() } else { answers.remove(at) };
        Some(given(&answer, arguments, service))
    }
}

fn given(answer: &Json, arguments: &Value, service: bool) -> Given {
    let result = if let Some(result) = answer.get("return") {
        Some(Answer::Succeeded(value_of(result)))
    } else if let Some(thrown) = answer.get("throw") {
        let text = |name: &str| thrown[name].as_str().map(Into::into);
        Some(Answer::Failed(StatesError { error: text("error"), cause: text("cause") }))
    } else if answer["echo"] == true {
        Some(Answer::Succeeded(echo(arguments, service)))
    } else {
        None
    };
    Given { submitted: answer.get("submit").map(value_of), answer: result }
}

/// What a function gives back that returns its input; `lambda:invoke` wraps it.
fn echo(arguments: &Value, service: bool) -> Value {
    if !service {
        return arguments.clone();
    }
    let payload = arguments.get("Payload").cloned().unwrap_or_else(Value::empty_object);
    Value::object([("Payload".into(), payload), ("StatusCode".into(), Value::from(200))])
}

fn value_of(recorded: &Json) -> Value {
    Value::from(recorded)
}

/// Whether arguments are those an answer was recorded for; placeholders stand for any text.
fn alike(wanted: &Value, found: &Value, placeholders: &[String]) -> bool {
    match (wanted, found) {
        (Value::String(wanted), Value::String(found)) => {
            wanted == found || stands_for_text(wanted, placeholders) || json::value_of(wanted).ok() == json::value_of(found).ok()
        }
        (Value::String(wanted), found) => {
            stands_for_text(wanted, placeholders) || json::value_of(wanted).is_ok_and(|wanted| wanted == *found)
        }
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len() && wanted.iter().zip(found.iter()).all(|(wanted, found)| alike(wanted, found, placeholders))
        }
        (Value::Object(wanted), Value::Object(found)) => {
            let member = |(key, wanted): (&asl_playground::value::Key, &Value)| {
                found.get(key).is_some_and(|found| alike(wanted, found, placeholders))
            };
            wanted.len() == found.len() && wanted.iter().all(member)
        }
        (wanted, Value::String(found)) => json::value_of(found).is_ok_and(|found| alike(wanted, &found, placeholders)),
        (wanted, found) => wanted == found,
    }
}

fn stands_for_text(text: &str, placeholders: &[String]) -> bool {
    text.contains('<') || text == "date" || placeholders.iter().any(|placeholder| text.contains(&**placeholder))
}
