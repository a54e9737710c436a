//! States that nothing leads to.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::rules::duplicate_key::member_with_comma;

/// Every state must be the target of `StartAt`, `Next` or `Default`, starting from the first: AWS refuses the definition otherwise
/// (`MISSING_TRANSITION_TARGET`, as reported by users of CreateStateMachine).
pub(super) fn unreachable(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let mut leads = vec![Vec::new(); machine.states.len()];
    let mut open = Vec::new();
    let mut started = vec![false; machine.scopes.len()];
    for target in machine.targets() {
        let Some(name) = target.value.as_str() else { continue };
        let Some(state) = machine.scopes[target.scope].names.get(name) else { continue };
        match machine.objects[target.object].state.filter(|_| target.field != "StartAt") {
            Some(from) => leads[from].push(*state),
            None => {
                started[target.scope] = true;
                open.push(*state);
            }
        }
    }
    let mut reached = vec![false; machine.states.len()];
    while let Some(state) = open.pop() {
        if !std::mem::replace(&mut reached[state], true) {
            open.extend(&leads[state]);
        }
    }
    for (index, state) in machine.states.iter().enumerate() {
        // Where nothing starts, that is the problem, and not that nothing is reached.
        if reached[index] || !started[state.scope] {
            continue;
        }
        let states = machine.scopes[state.scope].node.get("States").expect("it holds the state");
        let position = states.members().iter().position(|member| member.key.span == state.key.span).expect("it holds the state");
        found.push(
            Diagnostic::error("unreachable-state", state.key.span, format!("nothing leads to state `{}`", state.name()))
                .help("lead to it with `Next`, or remove it")
                .fix(Fix::replace("Remove the state", member_with_comma(machine.text, states, position), ""))
                .runs_anyway()
                .aws(
                    "MISSING_TRANSITION_TARGET",
                    format!("State \"{}\" is not reachable.", state.name()),
                    machine.aws_path(state.object),
                ),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_state_is_left_over() {
        let text = r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Pass", "End": true },
    "B": { "Type": "Pass", "Next": "A" } } }
  //^^^ error: nothing leads to state `B`
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Remove the state").contains(r#""End": true } } }"#));
    }

    #[test]
    fn a_loop_that_nothing_enters() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Succeed" },
    "B": { "Type": "Pass", "Next": "C" },
  //^^^ error: nothing leads to state `B`
    "C": { "Type": "Pass", "Next": "B" } } }
  //^^^ error: nothing leads to state `C`
"#,
        );
    }
}
