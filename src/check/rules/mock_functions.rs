//! Whether each Task has a mock function, and each mock function a Task.

use super::{Diagnostic, Machine};
use crate::asl::Resource;
use crate::check::{Fix, nearest};
use crate::json::Node;
use crate::mocks;
use crate::order::Hashed;
use crate::spec::StateType;
use crate::text::Span;

/// Said only where the functions are known: a Task without one stops the run, a function that no Task finds is most likely misspelt.
pub(super) fn mock_functions(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let Some(functions) = &machine.options.mock_functions else { return };
    let mut used: Hashed<&str, ()> = Hashed::new();
    let mut missing = Vec::new();
    for state in machine.states.iter().filter(|state| state.kind == StateType::Task) {
        let Some((value, text)) = state.node.with_text("Resource") else { continue };
        let arguments = state.get("Parameters").or(state.get("Arguments")).map(Node::to_value).unwrap_or_default();
        let resource = Resource::parse(text);
        let names = mocks::names(&resource, state.name(), &arguments);
        let started = resource.started_machine(&arguments);
        if started.is_some_and(|name| machine.options.starts(name)) {
            continue;
        }
        match functions.iter().find(|function| names.contains(function)) {
            // Several may stand ready for one Task: none of them is superfluous.
            Some(_) => {
                for function in functions.iter().filter(|function| names.contains(function)) {
                    used.insert(&**function, ());
                }
            }
            // Its token can come back by hand.
            None if resource.awaits_token() => {}
            None => missing.push(match (started, state.get("Parameters").or(state.get("Arguments")).and_then(arn_node)) {
                (Some(started), Some(arn)) => without_machine(arn, started, machine),
                _ => without_function(value, &mocks::best_name(&resource, &arguments)),
            }),
        }
    }
    found.append(&mut missing);
    if !machine.options.machines.is_empty() {
        // The Tasks of the other machines call the same functions.
        return;
    }
    let unused =
        functions.iter().filter(|function| !used.contains_key(&***function) && !matches!(&***function, "handler" | "default"));
    for function in unused {
        let span = Span::new(machine.root.span.start, machine.root.span.start + 1);
        let problem = Diagnostic::warning("unused-mock", span, format!("no Task calls the function `{function}`"));
        found.push(problem.help("a function is found by the state's name, the ARN, its short name or `service:action`"));
    }
}

fn without_function(resource: &Node, name: &str) -> Diagnostic {
    Diagnostic::warning("missing-mock", resource.span, format!("no function named `{name}`"))
        .help("write one in Functions: a Task without a function stops the run")
        .fix(Fix::write_function(name))
}

fn arn_node(arguments: &Node) -> Option<&Node> {
    arguments.get("StateMachineArn")
}

fn without_machine(arn: &Node, started: &str, machine: &Machine) -> Diagnostic {
    let message = format!("no machine named `{started}`, and no function in its place");
    let help = match nearest(started, machine.options.machines.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "add the machine in Data, or a function `states:startExecution`".to_owned(),
    };
    Diagnostic::warning("missing-mock", arn.span, message).help(help)
}

#[cfg(test)]
mod tests {
    use crate::check::Options;
    use crate::check::testing::check_with;

    #[test]
    fn a_machine_that_is_known_needs_no_function() {
        let options = Options { mock_functions: Some(Vec::new()), machines: vec!["Child".to_owned()], ..Options::default() };
        check_with(
            &options,
            r#"
{ "StartAt": "A", "States": {
  "A": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Next": "B",
         "Parameters": { "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:Child" } },
  "B": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "End": true,
         "Parameters": { "StateMachineArn": "Chld" } } } }
                                          //^^^^^^ warning: no machine named `Chld`, and no function in its place
"#,
        );
    }

    #[test]
    fn a_function_for_each_task() {
        let names = ["pay", "ship"].map(str::to_owned).to_vec();
        let options = Options { mock_functions: Some(names), ..Options::default() };
        let checked = check_with(
            &options,
            r#"
  { "StartAt": "A", "States": {
//^ warning: no Task calls the function `ship`
    "A": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:pay", "Next": "B" },
    "B": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Next": "C" },
                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: no function named `sns:publish`
    "C": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true } } }
"#,
        );
        let stub = checked.diagnostics.iter().find_map(|problem| problem.fixes.first()?.function.as_deref());
        assert_eq!(stub, Some("sns:publish"));
    }
}
