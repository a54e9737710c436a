//! A transition to a state that isn't there.

use super::{Diagnostic, Machine};
use crate::check::{Fix, suggest};
use crate::text::Span;

/// For so many missing names one is looked for that may be meant: where more are missing, the names are not just misspelt.
const MOST_MISSPELT: usize = 20;

/// `StartAt`, `Next` and `Default` name a state of the same `States` object (Amazon States Language, "Transitions").
pub(super) fn unknown_target(found: &mut Vec<Diagnostic>, machine: &Machine) {
    // Of each missing name of a scope the one that may be meant: many transitions can lead to the same one.
    let mut meant: Vec<(usize, &str, Option<&str>)> = Vec::new();
    for target in machine.targets() {
        let scope = &machine.scopes[target.scope];
        let Some(name) = target.value.as_str() else { continue };
        // Without any state there is nothing to compare with: that is another problem.
        if scope.names.contains_key(name) || scope.names.is_empty() {
            continue;
        }
        let elsewhere = machine.scopes.iter().any(|scope| scope.names.contains_key(name));
        let known = meant.iter().find(|known| (known.0, known.1) == (target.scope, name)).map(|known| known.2);
        let near = known.unwrap_or_else(|| {
            let looked_for = meant.len() < MOST_MISSPELT;
            let near = looked_for.then(|| suggest::nearest(name, scope.state_names(machine))).flatten();
            if looked_for {
                meant.push((target.scope, name, near));
            }
            near
        });
        let mut problem =
            Diagnostic::error("unknown-target", target.value.span, format!("no state named `{name}` here")).meaning(near);
        if elsewhere {
            problem = problem.help(format!(
                "`{name}` stands in another `States` object: a transition can't enter or leave a branch or an iteration"
            ));
        }
        problem = problem.fix_if(add_state(machine, target.scope, name));
        let location = machine.aws_field(target.object, target.field);
        found.push(problem.aws("MISSING_TRANSITION_TARGET", format!("Missing 'Next' target: {name}"), location));
    }
}

/// Adds a Pass state of that name behind the last state, laid out as that one is.
fn add_state(machine: &Machine, scope: usize, name: &str) -> Option<Fix> {
    let states = machine.scopes[scope].node.get("States")?;
    let last = states.members().last()?;
    let start = last.key.span.start;
    let blank = &machine.text[machine.text[..start].trim_end().len()..start];
    let state = format!(",{blank}{}: {{ \"Type\": \"Pass\", \"End\": true }}", crate::value::quoted(name));
    Some(Fix::replace(format!("Add a state `{name}`"), Span::at(last.value.span.end), state))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn next_names_a_missing_state() {
        let text = r#"
{ "StartAt": "Pay", "States": { "Pay": { "Type": "Pass", "Next": "Shipp" },
                                                               //^^^^^^^ error: no state named `Shipp` here
    "Ship": { "Type": "Succeed" } } }
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `Ship`").contains(r#""Next": "Ship" }"#));
        let added = fixed(&checked, text, "Add a state `Shipp`");
        assert!(
            added.contains(
                r#""Ship": { "Type": "Succeed" },
    "Shipp": { "Type": "Pass", "End": true } } }"#
            ),
            "{added}"
        );
    }
}
