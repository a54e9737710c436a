//! Fields that shut one another out, and groups of which one is needed.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::rules::duplicate_key::member_with_comma;
use crate::spec;

/// Of some groups of fields at most one, of others exactly one may stand in an object (the table `spec::EXCLUSIVE`).
pub(super) fn exclusive_fields(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for object in &machine.objects {
        for group in spec::EXCLUSIVE.iter().filter(|group| group.on == object.place) {
            let present: Vec<usize> = (0..object.node.members().len())
                .filter(|index| group.fields.contains(&&*object.node.members()[*index].key.text))
                .collect();
            let Some((first, others)) = present.split_first() else {
                if group.needed {
                    let fields: Vec<String> = (group.fields.iter())
                        .filter(|field| spec::is_field(object.place, object.language, field))
                        .map(|field| format!("`{field}`"))
                        .collect();
                    let list = fields.join(", ");
                    let message = format!("{} has none of {list}", object.what());
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
