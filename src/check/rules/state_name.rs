//! Names of states: their length, and that each stands once in the whole machine.

use super::{Diagnostic, Machine};
use crate::order::Hashed;
use crate::spec::limits;

/// A name has 1 to 80 characters and is unique in the whole machine, inner scopes included (Step Functions Developer Guide, "State
/// machine structure"; the API's code is `DUPLICATE_STATE_NAME`).
pub(super) fn state_name(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let mut scopes: Hashed<&str, usize> = Hashed::new();
    for state in &machine.states {
        let name = state.name();
        let length = name.chars().count();
        if length == 0 {
            found.push(
                Diagnostic::error("state-name", state.key.span, "a state without a name")
                    .help("give it a name of 1 to 80 characters"),
            );
        } else if length > limits::MAX_STATE_NAME && !machine.options.long_names {
            let message = format!("the name of this state has {length} characters");
            let problem = Diagnostic::error("state-name", state.key.span, message);
            found.push(problem.help(format!("a name has at most {}", limits::MAX_STATE_NAME)).runs_anyway());
        }
        // Twice in one `States` object is a name that stands twice like any other.
        if scopes.insert(name, state.scope).is_some_and(|scope| scope != state.scope) {
            let message = format!("another state is called `{name}`, in another `States` object");
            let problem = Diagnostic::error("state-name", state.key.span, message);
            found.push(problem.help("a name stands once in the whole machine, branches and iterations included").runs_anyway());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::Options;
    use crate::check::testing::{check, check_with};

    #[test]
    fn a_name_stands_in_two_branches() {
        check(
            r#"
{ "StartAt": "P", "States": { "P": { "Type": "Parallel", "End": true, "Branches": [
    { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } },
    { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } } ] } } }
                                //^^^ error: another state is called `A`, in another `States` object
"#,
        );
    }

    #[test]
    fn a_long_name_may_be_allowed() {
        let name = "x".repeat(81);
        let text = format!(r#"{{"StartAt": "{name}", "States": {{"{name}": {{"Type": "Succeed"}}}}}}"#);
        check_with(&Options { long_names: true, ..Options::default() }, &text);
    }

    #[test]
    fn a_name_is_too_long() {
        let name = "x".repeat(81);
        let text = format!(
            r#"
{{ "StartAt": "{name}", "States": {{
  "{name}": {{ "Type": "Succeed" }} }} }}
//{} error: the name of this state has 81 characters
"#,
            "^".repeat(83)
        );
        check(&text.replace("//^", "  //^").replace("\n  \"x", "\n    \"x"));
    }
}
