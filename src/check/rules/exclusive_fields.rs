//! Fields that shut one another out, and groups of which one is needed.

use super::{Diagnostic, Machine};
use crate::check::rules::duplicate_key::member_with_comma;
use crate::check::{Fix, listed};
use crate::spec;

/// Of some groups of fields at most one, of others exactly one may stand in an object (the table `spec::EXCLUSIVE`).
pub(super) fn exclusive_fields(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for object in &machine.objects {
        for group in spec::EXCLUSIVE.iter().filter(|group| group.on == object.place) {
            let mut present = Vec::new();
            for (index, member) in object.node.members().iter().enumerate() {
                if group.fields.contains(&&*member.key.text) {
                    present.push(index);
                }
            }
            let Some((first, others)) = present.split_first() else {
                if group.needed {
                    let mut fields = group.fields.to_vec();
                    fields.retain(|field| spec::is_field(object.place, object.language, field));
                    let message = format!("{} has none of {}", object.what(), listed(&fields, ", "));
                    found.push(Diagnostic::error("missing-field", object.label, message).help("it needs exactly one of them"));
                }
                continue;
            };
            let first = &object.node.members()[*first].key.text;
            for index in others {
                let member = &object.node.members()[*index];
                // The same name twice is told by the rule for that.
                if member.key.text == *first {
                    continue;
                }
                let message = format!("`{}` can't stand beside `{first}`", member.key.text);
                let fix = Fix::replace("Remove this one", member_with_comma(machine.text, object.node, *index), "");
                found.push(Diagnostic::error("exclusive-fields", member.key.span, message).help("keep one of them").fix(fix));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_wait_for_two_things() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 1, "SecondsPath": "$.a", "End": true } } }
                                                                 //^^^^^^^^^^^^^ error: `SecondsPath` can't stand beside `Seconds`
"#,
        );
    }

    #[test]
    fn a_wait_for_nothing() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Wait", "End": true } } }
                            //^^^ error: state `A` has none of `Seconds`, `SecondsPath`, `Timestamp`, `TimestampPath`
"#,
        );
    }
}
