//! Paths into data that no state before makes.

use super::{Diagnostic, Machine};
use crate::check::machine::{Object, State};
use crate::check::nearest;
use crate::check::queries::InputRead;
use crate::json::{Kind, Node};
use crate::query::path::{ReferencePath, Root, Step};
use crate::spec::{Place, StateType};
use std::collections::BTreeSet;

/// What is known of the data that a state gets.
#[derive(Clone, Debug, PartialEq)]
enum Data {
    Unknown,
    /// An object with no other members than these.
    Members(BTreeSet<String>),
}

/// Where states before make all of the data, as Pass states do, a path to what they don't make finds nothing. The input of the
/// execution and the results of tasks are not known here, and nothing is said of them.
pub(super) fn unknown_input(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let inputs = inputs(machine);
    for read in &machine.queries().inputs {
        let object = &machine.objects[read.object];
        let Some(state) = object.state.filter(|_| reads_input(machine, object, read)) else { continue };
        let Some(Data::Members(members)) = &inputs[state] else { continue };
        if members.contains(&read.member) {
            continue;
        }
        let message = format!("no state before makes `{}`", read.member);
        let problem = Diagnostic::warning("unknown-input", read.span, message);
        found.push(match nearest(&read.member, members.iter().map(String::as_str)) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None if members.is_empty() => problem.help("the state gets an empty object"),
            None => problem.help(format!("the state gets {}", list(members))),
        });
    }
}

fn list(members: &BTreeSet<String>) -> String {
    let shown: Vec<String> = members.iter().take(6).map(|member| format!("`{member}`")).collect();
    let more = if members.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Whether `$` stands for the state's input as a whole where the path is written, and the path must find something.
fn reads_input(machine: &Machine, object: &Object, read: &InputRead) -> bool {
    let state = &machine.states[object.state.expect("asked for before")];
    let whole = read.field == "InputPath" || is_whole(state.get("InputPath"));
    match (object.place, &*read.field) {
        (_, "OutputPath" | "ResultSelector" | "ResultPath" | "Assign") => false,
        // A rule may ask whether there is a value; then the others that name it are guarded by that.
        (Place::ChoiceRule | Place::NestedRule, _) => whole && !asks_for_presence(state.node),
        (Place::State(kind), _) => {
            // What a task is called with replaces what the other fields of these states read.
            whole && (read.field == "Parameters" || kind != StateType::Parallel || state.get("Parameters").is_none())
        }
        (Place::ItemReader | Place::ItemBatcher | Place::ReaderConfig | Place::Credentials, _) => whole,
        _ => false,
    }
}

fn asks_for_presence(choice: &Node) -> bool {
    let mut open = vec![choice];
    while let Some(node) = open.pop() {
        if node.get("IsPresent").is_some() {
            return true;
        }
        open.extend(node.members().iter().map(|member| &member.value));
        open.extend(node.elements());
    }
    false
}

/// Whether a path is absent or `$`.
fn is_whole(path: Option<&Node>) -> bool {
    path.is_none_or(|path| path.as_str() == Some("$"))
}

/// What each state may get; nothing for those that aren't reached.
fn inputs(machine: &Machine) -> Vec<Option<Data>> {
    let mut inputs: Vec<Option<Data>> = vec![None; machine.states.len()];
    // A scope comes after the one around it.
    for scope in &machine.scopes {
        let start = scope.node.get("StartAt").and_then(Node::as_str).and_then(|name| scope.names.get(name));
        let Some(start) = start.copied() else { continue };
        let given = scope.owner.filter(|owner| passes_input_on(&machine.states[*owner])).and_then(|owner| inputs[owner].clone());
        inputs[start] = Some(given.unwrap_or(Data::Unknown));
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            let input = inputs[state].clone().expect("it was set before it was opened");
            for (name, data) in outputs(&machine.states[state], &input) {
                let Some(next) = scope.names.get(name).copied() else { continue };
                let joined = match &inputs[next] {
                    None => data,
                    Some(known) => join(known, data),
                };
                if inputs[next].as_ref() != Some(&joined) {
                    inputs[next] = Some(joined);
                    open.push(next);
                }
            }
        }
    }
    inputs
}

/// Whether the branches of a state get its own input.
fn passes_input_on(state: &State) -> bool {
    state.kind == StateType::Parallel
        && is_whole(state.get("InputPath"))
        && state.get("Parameters").is_none()
        && state.get("Arguments").is_none()
}

/// Either may have come.
fn join(one: &Data, other: Data) -> Data {
    match (one, other) {
        (Data::Members(one), Data::Members(mut other)) => {
            other.extend(one.iter().cloned());
            Data::Members(other)
        }
        _ => Data::Unknown,
    }
}

/// The states a state leads to, by name, with what they get from it.
fn outputs<'a>(state: &State<'a>, input: &Data) -> Vec<(&'a str, Data)> {
    let target = |node: &'a Node, field: &str| node.get(field).and_then(Node::as_str);
    let mut outputs = Vec::new();
    for catcher in state.get("Catch").map_or(&[][..], Node::elements) {
        let error = Data::Members(["Error", "Cause"].map(str::to_owned).into());
        let data = if state.is_jsonata() { Data::Unknown } else { placed(input, error, catcher.get("ResultPath")) };
        outputs.extend(target(catcher, "Next").map(|next| (next, data)));
    }
    let output = output(state, input);
    for rule in state.get("Choices").map_or(&[][..], Node::elements) {
        outputs.extend(target(rule, "Next").map(|next| (next, output.clone())));
    }
    for field in ["Next", "Default"] {
        outputs.extend(target(state.node, field).map(|next| (next, output.clone())));
    }
    outputs
}

fn output(state: &State, input: &Data) -> Data {
    if state.is_jsonata() {
        let passes = matches!(state.kind, StateType::Pass | StateType::Choice | StateType::Wait) && state.get("Output").is_none();
        return if passes { input.clone() } else { Data::Unknown };
    }
    if !is_whole(state.get("OutputPath")) {
        return Data::Unknown;
    }
    let effective = if is_whole(state.get("InputPath")) { input.clone() } else { Data::Unknown };
    let result = match state.kind {
        StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail => return effective,
        StateType::Pass => match (state.get("Result"), state.get("Parameters")) {
            (Some(result), _) => members_of(result),
            (None, Some(parameters)) => members_of(parameters),
            (None, None) => effective,
        },
        StateType::Task | StateType::Parallel | StateType::Map => state.get("ResultSelector").map_or(Data::Unknown, members_of),
    };
    placed(input, result, state.get("ResultPath"))
}

/// The members of an object as written; of a template without its `.$`.
fn members_of(node: &Node) -> Data {
    match &node.kind {
        Kind::Object(members) => {
            let name = |text: &str| text.strip_suffix(".$").unwrap_or(text).to_owned();
            Data::Members(members.iter().map(|member| name(&member.key.text)).collect())
        }
        _ => Data::Unknown,
    }
}

/// What `ResultPath` makes of input and result.
fn placed(input: &Data, result: Data, path: Option<&Node>) -> Data {
    let Some(path) = path else { return result };
    if path.kind == Kind::Null {
        return input.clone();
    }
    let Some(path) = path.as_str().and_then(|text| ReferencePath::parse(text).ok()) else { return Data::Unknown };
    let first = path.path().steps().next().map(|(_, step)| step);
    match (input, first, path.path().root()) {
        (_, None, Root::Input) => result,
        (Data::Members(members), Some(Step::Name(name)), Root::Input) => {
            let mut members = members.clone();
            members.insert(name.to_owned());
            Data::Members(members)
        }
        _ => Data::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_path_to_what_nobody_makes() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Pass", "Result": { "count": 3 }, "Next": "B" },
    "B": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": { "m.$": "$.text" }, "ResultPath": "$.sent", "Next": "C" },
                                                                                               //^^^^ warning: no state before makes `text`
    "C": { "Type": "Choice", "Choices": [ { "Variable": "$.sent.id", "StringEquals": "x", "Next": "D" },
      { "Variable": "$.cuont", "NumericEquals": 3, "Next": "D" } ], "Default": "D" },
                     //^^^^^ warning: no state before makes `cuont`
    "D": { "Type": "Succeed" } } }
"#,
        );
    }

    #[test]
    fn the_input_is_not_known() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Choice", "Choices": [ { "Variable": "$.x", "BooleanEquals": true, "Next": "B" } ], "Default": "C" },
    "B": { "Type": "Pass", "Result": { "y": 1 }, "Next": "C" },
    "C": { "Type": "Pass", "InputPath": "$.z", "End": true } } }
"#,
        );
    }
}
