//! `ErrorEquals` of retriers and catchers: which errors they answer, and whether they ever can.

use super::{Diagnostic, Machine};
use crate::check::machine::State;
use crate::json::Node;
use crate::order::Hashed;
use crate::spec;
use crate::spec::{Place, Raised, StateType};

/// `States.ALL` must stand alone in its list, and its list must be the last (Amazon States Language, "Errors").
///
/// What comes after an entry for the same error is never asked: AWS accepts that, but it is hardly meant.
pub(super) fn error_names(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let own: Hashed<&str, ()> = machine.states.iter().filter_map(|state| Some((state.node.text("Error")?, ()))).collect();
    for state in &machine.states {
        for (field, place) in [("Retry", Place::Retrier), ("Catch", Place::Catcher)] {
            if spec::field(Place::State(state.kind), state.language, field).is_some() {
                entries(found, state, state.node.list(field), place, &own);
            }
        }
    }
}

fn entries(found: &mut Vec<Diagnostic>, state: &State, entries: &[Node], place: Place, own: &Hashed<&str, ()>) {
    let what = if place == Place::Retrier { "retrier" } else { "catcher" };
    let mut seen: Hashed<&str, usize> = Hashed::new();
    for (index, entry) in entries.iter().enumerate() {
        let names = entry.list("ErrorEquals");
        for name in names {
            let Some(text) = name.as_str() else { continue };
            if text == spec::ALL && names.len() > 1 {
                let message = "`States.ALL` must stand alone in `ErrorEquals`";
                found.push(
                    Diagnostic::error("error-names", name.span, message)
                        .help("it stands for the other names too: remove those")
                        .runs_anyway(),
                );
            }
            if text == spec::ALL && index + 1 < entries.len() {
                let message = format!("the {what} of `States.ALL` must be the last");
                found.push(
                    Diagnostic::error("error-names", name.span, message).help("what comes after it is never asked").runs_anyway(),
                );
            }
            if let Some(earlier) = seen.insert(text, index).filter(|_| text != spec::ALL) {
                let message = if earlier == index {
                    format!("`{text}` stands twice")
                } else {
                    format!("an earlier {what} answers `{text}` already")
                };
                found.push(
                    Diagnostic::warning("error-never-matches", name.span, message).help("the first entry for an error counts"),
                );
            }
            let wild = seen.get(spec::TASK_FAILED).filter(|earlier| **earlier < index && !text.starts_with("States."));
            if wild.is_some() && state.kind == StateType::Task {
                let message = format!("the {what} of `{}` before it answers `{text}`", spec::TASK_FAILED);
                let [timeout, heartbeat] = spec::TIMEOUTS;
                let help = format!("it stands for every error but `{timeout}` and `{heartbeat}`: put it last");
                found.push(Diagnostic::warning("error-never-matches", name.span, message).help(help));
            }
            // A Fail state may raise an error of any name.
            found.extend(reserved(text, name, what, state).filter(|_| !own.contains_key(text)));
        }
    }
}

/// Names that begin with `States.` are AWS's own.
fn reserved(text: &str, name: &Node, what: &str, state: &State) -> Option<Diagnostic> {
    let known = || spec::ERRORS.iter().map(|error| error.name);
    let never = |message| Diagnostic::warning("error-never-matches", name.span, message);
    if !text.starts_with("States.") {
        let near = known().any(|known| known != text && known.eq_ignore_ascii_case(text));
        return near.then(|| never(format!("no error is called `{text}`")).did_you_mean(text, known()));
    }
    let Some(error) = spec::error(text) else {
        let problem = never(format!("AWS has no error `{text}`")).help("names that begin with `States.` are AWS's own");
        return Some(problem.did_you_mean(text, known()));
    };
    if !error.catchable {
        let problem = never(format!("`{text}` ends the execution: no {what} is asked"));
        return Some(problem.help("mend what causes it, for example a path that names nothing"));
    }
    if state.kind != StateType::Task {
        return None;
    }
    let message = match error.raised {
        Raised::NotByTasks => format!("no Task raises `{text}`"),
        Raised::InJsonPath if state.is_jsonata() => format!("`{text}` comes from JSONPath, but this state has JSONata"),
        Raised::InJsonata if !state.is_jsonata() => format!("`{text}` comes from JSONata, but this state has JSONPath"),
        _ => return None,
    };
    Some(never(message).help(meaning(error.doc)))
}

/// A sentence of the table as a remedy is written.
fn meaning(doc: &str) -> String {
    format!("it means: {}", doc.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn all_stands_alone_and_last() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
    "Retry": [ { "ErrorEquals": [ "States.ALL", "X" ] } ],
                                //^^^^^^^^^^^^ error: `States.ALL` must stand alone in `ErrorEquals`
    "Catch": [ { "ErrorEquals": [ "States.ALL" ], "Next": "B" }, { "ErrorEquals": [ "Y" ], "Next": "B" } ] },
                                //^^^^^^^^^^^^ error: the catcher of `States.ALL` must be the last
  "B": { "Type": "Succeed" } } }
"#,
        );
    }

    #[test]
    fn errors_that_never_come_there() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
    "Retry": [ { "ErrorEquals": [ "States.TaskFailed" ] }, { "ErrorEquals": [ "States.Timeout", "Busy" ] } ],
                                                                                              //^^^^^^ warning: the retrier of `States.TaskFailed` before it answers `Busy`
    "Catch": [ { "ErrorEquals": [ "States.BranchFailed", "States.QueryEvaluationError" ], "Next": "B" } ] },
                                //^^^^^^^^^^^^^^^^^^^^^ warning: no Task raises `States.BranchFailed`
                                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `States.QueryEvaluationError` comes from JSONata, but this state has JSONPath
  "B": { "Type": "Succeed" } } }
"#,
        );
    }

    #[test]
    fn entries_that_never_answer() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
    "Catch": [
      { "ErrorEquals": [ "X", "States.Runtime" ], "Next": "B" },
                            //^^^^^^^^^^^^^^^^ warning: `States.Runtime` ends the execution: no catcher is asked
      { "ErrorEquals": [ "X" ], "Next": "B" },
                       //^^^ warning: an earlier catcher answers `X` already
      { "ErrorEquals": [ "States.TimeOut" ], "Next": "B" } ] },
                       //^^^^^^^^^^^^^^^^ warning: AWS has no error `States.TimeOut`
  "B": { "Type": "Succeed" } } }
"#,
        );
    }
}
