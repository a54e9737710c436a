//! Paths into data that no state before makes.

use super::{Diagnostic, Machine};
use crate::check::machine::{Object, State};
use crate::check::queries::{InputRead, VariableRead};
use crate::check::{listed, nearest};
use crate::json::{Kind, Node};
use crate::order::Set;
use crate::query::path::{ReferencePath, Root, Step};
use crate::spec::{Place, StateType};
use crate::text::Span;
use std::rc::Rc;

/// What is known of the data that a state gets: an object with no other members than these, or nothing at all.
type Data = Option<Rc<Set<String>>>;

/// Where states before make all of the data, as Pass states do, a path to what they don't make finds nothing. The input of the
/// execution and the results of tasks are not known here, and nothing is said of them.
pub(super) fn unknown_input(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let inputs = inputs(machine);
    let mut missing = |state: usize, member: &str, span: Span| {
        let Some(Some(members)) = &inputs[state] else { return };
        if members.contains(member) {
            return;
        }
        let problem = Diagnostic::warning("unknown-input", span, format!("no state before makes `{member}`"));
        found.push(match nearest(member, members.iter().map(String::as_str)) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None if members.is_empty() => problem.help("the state gets an empty object"),
            None => problem.help(format!("the state gets {}", list(members))),
        });
    };
    for read in &machine.queries().inputs {
        let object = &machine.objects[read.object];
        if let Some(state) = object.state.filter(|_| reads_input(machine, object, read)) {
            missing(state, &read.member, read.span);
        }
    }
    for read in machine.queries().reads.iter().filter(|read| read.name == "states") {
        if let Some((member, span)) = member_of_input(machine, read) {
            missing(read.state, member, span);
        }
    }
}

/// The member of `$states.input` that an expression reads; none where it asks whether there is one.
fn member_of_input<'a>(machine: &Machine, read: &'a VariableRead) -> Option<(&'a str, Span)> {
    const INPUT: &str = ".input.";
    let member = read.rest.strip_prefix(INPUT)?.split('.').next().filter(|member| !member.is_empty())?;
    let field = machine.objects[read.object].node.get(&read.field)?.span.of(machine.text);
    let start = read.span.end + INPUT.len();
    (!field.contains("$exists")).then(|| (member, Span::new(start, start + member.len())))
}

fn list(members: &Set<String>) -> String {
    let shown: Vec<&str> = members.iter().take(6).map(String::as_str).collect();
    let more = if members.len() > shown.len() { ", …" } else { "" };
    listed(&shown, ", ") + more
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
        let Some(start) = scope.start() else { continue };
        inputs[start] = Some(scope.owner.and_then(|owner| given(&machine.states[owner], inputs[owner].as_ref())));
        let mut open = vec![start];
        while let Some(state) = open.pop() {
            let input = inputs[state].clone().expect("it was set before it was opened");
            for (name, data) in outputs(&machine.states[state], &input) {
                let Some(next) = scope.names.get(name).copied() else { continue };
                let joined = match &inputs[next] {
                    None => data,
                    Some(known) => join(known, &data),
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

/// What the branches or iterations of a state get.
fn given(owner: &State, input: Option<&Data>) -> Data {
    let shaped = ["Parameters", "Arguments", "ItemSelector"].iter().find_map(|field| owner.get(field));
    match (shaped, owner.kind) {
        // Of batches each iteration gets a list.
        _ if owner.get("ItemBatcher").is_some() => None,
        (Some(shaped), _) => members_of(shaped),
        (None, StateType::Parallel) if is_whole(owner.get("InputPath")) => input.cloned().flatten(),
        (None, _) => None,
    }
}

/// Either may have come.
fn join(one: &Data, other: &Data) -> Data {
    let (one, other) = (one.as_ref()?, other.as_ref()?);
    let mut members = Set::clone(other);
    members.extend(one.iter().cloned());
    Some(Rc::new(members))
}

/// The states a state leads to, by name, with what they get from it.
fn outputs<'a>(state: &State<'a>, input: &Data) -> Vec<(&'a str, Data)> {
    let mut outputs = Vec::new();
    for catcher in state.node.list("Catch") {
        let error = Some(Rc::new(["Error", "Cause"].map(str::to_owned).into()));
        let data = match (state.is_jsonata(), catcher.get("Output")) {
            (true, Some(output)) => expressed(output, input),
            (true, None) => error,
            (false, _) => placed(input, error, catcher.get("ResultPath")),
        };
        add(&mut outputs, catcher, "Next", &data);
    }
    let output = output(state, input);
    for rule in state.node.list("Choices") {
        add(&mut outputs, rule, "Next", &output);
    }
    for field in ["Next", "Default"] {
        add(&mut outputs, state.node, field, &output);
    }
    outputs
}

fn add<'a>(outputs: &mut Vec<(&'a str, Data)>, holder: &'a Node, field: &str, data: &Data) {
    if let Some(next) = holder.text(field) {
        outputs.push((next, data.clone()));
    }
}

fn output(state: &State, input: &Data) -> Data {
    if state.is_jsonata() {
        return match state.get("Output") {
            Some(output) => expressed(output, input),
            None if matches!(state.kind, StateType::Pass | StateType::Choice | StateType::Wait) => input.clone(),
            None => None,
        };
    }
    if !is_whole(state.get("OutputPath")) {
        return None;
    }
    let effective = if is_whole(state.get("InputPath")) { input.clone() } else { None };
    let result = match state.kind {
        StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail => return effective,
        StateType::Pass => match (state.get("Result"), state.get("Parameters")) {
            (Some(result), _) => members_of(result),
            (None, Some(parameters)) => members_of(parameters),
            (None, None) => effective,
        },
        StateType::Task | StateType::Parallel | StateType::Map => state.get("ResultSelector").and_then(members_of),
    };
    placed(input, result, state.get("ResultPath"))
}

/// What an `Output` in JSONata gives.
fn expressed(output: &Node, input: &Data) -> Data {
    let is_input =
        |text: &str| text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}")).map(str::trim) == Some("$states.input");
    match &output.kind {
        Kind::Object(_) => names_of(output, ""),
        Kind::String(text) if is_input(text) => input.clone(),
        _ => None,
    }
}

/// The members of an object as written; of a template without its `.$`.
fn members_of(node: &Node) -> Data {
    if node.is_object() { names_of(node, ".$") } else { None }
}

/// The names of an object's members without this ending.
fn names_of(object: &Node, ending: &str) -> Data {
    let mut names = Set::default();
    for member in object.members() {
        let name = &*member.key.text;
        names.insert(name.strip_suffix(ending).unwrap_or(name).to_owned());
    }
    Some(Rc::new(names))
}

/// What `ResultPath` makes of input and result.
fn placed(input: &Data, result: Data, path: Option<&Node>) -> Data {
    let Some(path) = path else { return result };
    if matches!(path.kind, Kind::Null) {
        return input.clone();
    }
    let path = ReferencePath::parse(path.as_str()?).ok()?;
    let first = path.path().steps().next().map(|(_, step)| step);
    match (input, first, path.path().root()) {
        (_, None, Root::Input) => result,
        (Some(members), Some(Step::Name(name)), Root::Input) => {
            let mut members = Set::clone(members);
            members.insert(name.to_owned());
            Some(Rc::new(members))
        }
        _ => None,
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
    fn an_expression_reads_what_nobody_makes() {
        check(
            r#"
{ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    "A": { "Type": "Pass", "Output": { "items": [1], "total": 3 }, "Next": "B" },
    "B": { "Type": "Choice", "Choices": [ { "Condition": "{% $states.input.totl > 2 %}", "Next": "C" },
                                                                         //^^^^ warning: no state before makes `totl`
      { "Condition": "{% $exists($states.input.other) %}", "Next": "C" } ], "Default": "C" },
    "C": { "Type": "Map", "Items": "{% $states.input.items %}", "ItemSelector": { "item": "{% $states.context.Map.Item.Value %}" }, "End": true,
      "ItemProcessor": { "StartAt": "D", "States": { "D": { "Type": "Pass", "Output": "{% $states.input.itm %}", "End": true } } } } } }
                                                                                                      //^^^ warning: no state before makes `itm`
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
