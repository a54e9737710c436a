//! Machines and states from which no end can be reached.

use super::{Diagnostic, Machine};
use crate::check::machine::{Scope, State};
use crate::json::Kind;

/// A machine, branch or iteration needs a state that ends it; AWS refuses one without (`MISSING_END_STATE`, as measured with
/// ValidateStateMachineDefinition by others). A state from which none is reached loops for ever: AWS accepts that.
pub(super) fn no_end(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let reached = machine.reached();
    for scope in &machine.scopes {
        if scope.states.is_empty() {
            continue;
        }
        // A state that leads nowhere is told as such, and might be meant to end.
        let ends: Vec<usize> = (scope.states.iter().copied())
            .filter(|state| is_end(&machine.states[*state]) || machine.transitions[*state].is_empty())
            .collect();
        if ends.is_empty() {
            let label = scope.node.member("States").map_or(scope.node.span, |states| states.key.span);
            let mut problem = Diagnostic::error("no-end", label, "no state ends this workflow")
                .help("end one with `\"End\": true`, `Succeed` or `Fail`")
                .runs_anyway();
            problem.set_aws_without_place("MISSING_END_STATE", "Workflow has no terminal state");
            found.push(problem);
        } else {
            loops(found, machine, scope, &reached, ends);
        }
    }
}

fn is_end(state: &State) -> bool {
    state.kind.is_terminal() || state.get("End").is_some_and(|end| end.kind == Kind::Bool(true))
}

/// States of the scope from which no end is reached.
fn loops(found: &mut Vec<Diagnostic>, machine: &Machine, scope: &Scope, reached: &[bool], ends: Vec<usize>) {
    let transitions = &machine.transitions;
    let mut ending = vec![false; machine.states.len()];
    let mut open = ends;
    let mut from = vec![Vec::new(); machine.states.len()];
    for state in &scope.states {
        for target in &transitions[*state] {
            from[*target].push(*state);
        }
    }
    while let Some(state) = open.pop() {
        if !std::mem::replace(&mut ending[state], true) {
            open.extend(&from[state]);
        }
    }
    let first = scope.states.iter().find(|state| reached[**state] && !ending[**state] && !transitions[**state].is_empty());
    if let Some(state) = first {
        let state = &machine.states[*state];
        let message = format!("no end is reached from state `{}`", state.name());
        let help = "it loops until the execution times out: lead out of the loop, for example with a Choice state";
        found.push(Diagnostic::warning("endless-loop", state.key.span, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_loop_is_all() {
        check(
            r#"
{ "StartAt": "A",
    "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } } }
  //^^^^^^^^ error: no state ends this workflow
"#,
        );
    }

    #[test]
    fn a_loop_without_a_way_out() {
        check(
            r#"
{ "StartAt": "C", "States": {
    "C": { "Type": "Choice", "Choices": [ { "Variable": "$.a", "IsPresent": true, "Next": "A" } ], "Default": "Z" },
    "A": { "Type": "Pass", "Next": "B" },
  //^^^ warning: no end is reached from state `A`
    "B": { "Type": "Pass", "Next": "A" },
    "Z": { "Type": "Succeed" } } }
"#,
        );
    }
}
