//! States that nothing leads to.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::rules::duplicate_key::member_with_comma;

/// Every state must be the target of `StartAt`, `Next` or `Default`, starting from the first: AWS refuses the definition otherwise
/// (`MISSING_TRANSITION_TARGET`, as reported by users of CreateStateMachine).
pub(super) fn unreachable(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let reached = machine.reached();
    let mut started = vec![false; machine.scopes.len()];
    for state in machine.starts() {
        started[machine.states[state].scope] = true;
    }
    for (index, state) in machine.states.iter().enumerate() {
        // Where nothing starts, that is the problem, and not that nothing is reached.
        if reached[index] || !started[state.scope] {
            continue;
        }
        // Of states inside an unreachable one it is not told again.
        if machine.scopes[state.scope].owner.is_some_and(|owner| !reached[owner]) {
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
