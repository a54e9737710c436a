//! Fields without which an object of the language means nothing.

use super::{Diagnostic, Machine};
use crate::check::{Fix, SCHEMA_VALIDATION_FAILED, listed};
use crate::spec::{self, Place};
use crate::text::Span;

/// Every field the table marks as required must be there.
///
/// AWS names all that are absent at once; the form of its message is recorded for the machine (`These fields are required: …`).
pub(super) fn missing_field(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, object) in machine.objects.iter().enumerate() {
        let mut absent = Vec::new();
        for field in spec::required_of(object.place, object.language) {
            if object.node.get(field.name).is_none() {
                absent.push(field.name);
            }
        }
        if absent.is_empty() {
            continue;
        }
        found.push(match object.place {
            Place::Machine => required_of_machine(machine, &absent),
            _ => {
                let list = listed(&absent, " and ");
                Diagnostic::error("missing-field", object.label, format!("{} has no {list}", object.what())).aws(
                    SCHEMA_VALIDATION_FAILED,
                    format!("These fields are required: [{}]", absent.join(", ")),
                    machine.aws_path(index),
                )
            }
        });
    }
}

/// Recorded on AWS: `These fields are required: [States, StartAt]` at `/`.
fn required_of_machine(machine: &Machine, absent: &[&str]) -> Diagnostic {
    let mut order = vec!["States", "StartAt"];
    order.retain(|name| absent.contains(name));
    let message = format!("These fields are required: [{}]", order.join(", "));
    let start = machine.root.span.start;
    let diagnostic = Diagnostic::recorded(Span::new(start, start + 1), message, "/");
    let first = machine.root.get("States").and_then(|states| states.members().first());
    match (order.as_slice(), first) {
        (["StartAt"], Some(first)) => {
            let name = crate::value::quoted(&first.key.text);
            diagnostic.help("name the state to begin with in `StartAt`").fix(Fix::replace(
                format!("Start at {name}"),
                Span::at(start + 1),
                format!("\n  \"StartAt\": {name},"),
            ))
        }
        _ => diagnostic
            .help("a definition is an object with `StartAt`, the name of the first state, and `States`, the states by name"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_machine_needs_states_and_a_start() {
        check(
            r#"
  {}
//^ error: These fields are required: [States, StartAt]
"#,
        );
        check(
            r#"
  { "States": { "A": { "Type": "Pass", "End": true } } }
//^ error: These fields are required: [StartAt]
"#,
        );
    }
}
