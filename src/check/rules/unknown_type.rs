//! A `Type` that is no kind of state.

use super::{Diagnostic, Machine};
use crate::check::SCHEMA_VALIDATION_FAILED;
use crate::spec::StateType;

/// The service's words, with the types in its order.
const ONE_OF: &str = "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";

/// `Type` names one of the eight kinds of state.
pub(super) fn unknown_type(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for state in machine.states.iter().filter(|state| !state.typed) {
        // What isn't a string is told by its shape.
        let Some((value, written)) = state.node.with_text("Type") else { continue };
        let names = StateType::ALL.map(StateType::name);
        found.push(
            Diagnostic::error("unknown-type", value.span, format!("there is no state type `{written}`"))
                .help(format!("the types are {}", names.join(", ")))
                .did_you_mean(written, names)
                .aws(SCHEMA_VALIDATION_FAILED, ONE_OF, machine.aws_field(state.object, "Type")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_type_is_misspelt() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pas", "End": true } } }
                                           //^^^^^ error: there is no state type `Pas`
"#,
        );
    }
}
