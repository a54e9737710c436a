//! Members of `States` that are no states.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::rules::duplicate_key::member_with_comma;
use crate::json::Kind;
use crate::spec::{self, Place};
use crate::text::Span;

/// Each member of `States` is an object; a field of the machine that got in there belongs one level up.
pub(super) fn state_shape(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for scope in &machine.scopes {
        let Some(states) = scope.node.member("States") else { continue };
        for (index, member) in states.value.members().iter().enumerate() {
            let name = &*member.key.text;
            if matches!(member.value.kind, Kind::Object(_) | Kind::Broken) {
                continue;
            }
            let place = machine.objects[scope.object].place;
            if place == Place::Machine && spec::field(place, machine.language, name).is_some() && scope.node.get(name).is_none() {
                let written = member.span().of(machine.text);
                let edits = vec![
                    (Span::at(states.key.span.start), format!("{written},\n  ")),
                    (member_with_comma(machine.text, &states.value, index), String::new()),
                ];
                found.push(
                    Diagnostic::error("state-shape", member.key.span, format!("`{name}` stands inside `States`, not beside it"))
                        .help("inside `States` every name is that of a state")
                        .fix(Fix::new(format!("Move `{name}` before `States`"), edits).safe())
                        .runs_anyway(),
                );
            } else {
                let message = format!("state `{name}` must be an object, not {}", member.value.kind_name());
                found.push(Diagnostic::error("state-shape", member.value.span, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_field_one_level_too_deep() {
        let text = r#"
{ "StartAt": "A",
  "States": { "QueryLanguage": "JSONata", "A": { "Type": "Pass", "Output": {}, "End": true } } }
            //^^^^^^^^^^^^^^^ error: `QueryLanguage` stands inside `States`, not beside it
"#;
        let checked = check(text);
        let fixed = fixed(&checked, text, "Move `QueryLanguage` before `States`");
        assert!(
            fixed.contains(
                r#""QueryLanguage": "JSONata",
  "States": { "A": {"#
            ),
            "{fixed}"
        );
    }
}
