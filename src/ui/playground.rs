//! What `window.playground` does.

use super::keeper::Keeper;
use super::run::RunCore;
use super::runner::{self, Follower};
use super::workspace::{Readiness, Workspace};
use crate::bridge::playground::{Answer, Failure, provide};
use crate::check::Diagnostic;
use crate::embed;
use crate::share::{Speed, from_json, to_json};
use crate::text::LineIndex;
use crate::ui::prelude::*;
use crate::value::{Value, json};
use std::rc::Rc;

/// Puts `window.playground` in place.
pub fn install(workspace: Workspace, keeper: Keeper) {
    provide(move |name, argument| ask(workspace, keeper, name, argument), move |options, answer| run(workspace, &options, answer));
}

fn ask(workspace: Workspace, keeper: Keeper, name: &str, argument: Value) -> Result<Value, Failure> {
    let document = || untrack(|| workspace.document());
    match name {
        "load" => {
            let document = from_json(&argument).map_err(|error| Failure::new(error.to_string()))?;
            runner::stop(workspace);
            keeper.open_document(document);
            Ok(Value::Null)
        }
        "stop" => {
            runner::stop(workspace);
            Ok(Value::Null)
        }
        "document" => Ok(to_json(&document())),
        "link" => Ok(keeper.link(&document()).into()),
        "diagnostics" => Ok(definition_diagnostics(workspace)),
        _ => Err(Failure::new(format!("`playground.{name}` is not known"))),
    }
}

/// Runs the document; what can't run at all is an error with its diagnostics.
fn run(workspace: Workspace, options: &Value, answer: Answer) {
    let asked = || {
        let (speed, memory) = (speed(workspace, options)?, memory(options)?);
        runnable(workspace).map(|()| (speed, memory))
    };
    match asked() {
        Err(failure) => answer.finish(Err(failure)),
        Ok((speed, memory)) => runner::start_with(workspace, speed, memory, Some(follower(answer))),
    }
}

/// The memory that the page may take, given in MiB, in bytes.
fn memory(options: &Value) -> Result<Option<usize>, Failure> {
    match options.get("memory") {
        None | Some(Value::Null) => Ok(None),
        Some(given) => match given.as_f64().filter(|mebibytes| *mebibytes > 0.0) {
            Some(mebibytes) => Ok(Some((mebibytes * 1_048_576.0) as usize)),
            None => Err(Failure::new("`memory` must be a positive number of MiB")),
        },
    }
}

fn follower(answer: Answer) -> Follower {
    let answer = Rc::new(answer);
    let events = answer.clone();
    Follower {
        events: Box::new(move |new| {
            if !new.is_empty() {
                events.add(&embed::events_text(new));
            }
        }),
        done: Box::new(move |core| answer.finish(Ok(core.map_or_else(embed::lost, described)))),
    }
}

fn speed(workspace: Workspace, options: &Value) -> Result<Speed, Failure> {
    match options.get("speed") {
        None | Some(Value::Null) => Ok(workspace.speed.get_untracked()),
        Some(speed) => {
            Speed::from_json(speed).ok_or_else(|| Failure::new("`speed` must be `instant`, `watch`, `real` or a positive number"))
        }
    }
}

fn runnable(workspace: Workspace) -> Result<(), Failure> {
    workspace.settle();
    let refused = |message: String, diagnostics: Value| Err(Failure { message, more: json!({ "diagnostics": diagnostics }) });
    match workspace.readiness.get_untracked() {
        Readiness::Definition { anyway: false, .. } => {
            refused("the definition can't run".to_owned(), definition_diagnostics(workspace))
        }
        Readiness::Input(message) => {
            let check = workspace.input_check.get_untracked();
            refused(format!("the input is not valid JSON: {message}"), shaped(&check.text, &check.problems))
        }
        Readiness::Options(message) => Err(Failure::new(message)),
        Readiness::Machine { name, anyway: false, .. } => {
            let check = workspace.machine_checks.with_untracked(|checks| checks.get(&name).cloned());
            let diagnostics = check.map_or(Value::Null, |check| shaped(&check.text, &check.checked.diagnostics));
            refused(format!("the machine `{name}` can't run"), diagnostics)
        }
        Readiness::Ready | Readiness::Machine { .. } | Readiness::Definition { .. } | Readiness::Functions(_) => Ok(()),
    }
}

fn definition_diagnostics(workspace: Workspace) -> Value {
    workspace.settle();
    let check = workspace.checked.get_untracked();
    shaped(&check.text, &check.checked.diagnostics)
}

fn shaped(text: &str, diagnostics: &[Diagnostic]) -> Value {
    let lines = LineIndex::new(text);
    Value::array(diagnostics.iter().map(|diagnostic| diagnostic.to_json(text, &lines)).collect())
}

fn described(core: &RunCore) -> Value {
    let run = core.execution.as_ref().and_then(|execution| execution.runs().first());
    run.map_or_else(embed::lost, |run| embed::described(run, &core.input))
}
