//! Timestamps that are none.

use super::{Diagnostic, Machine};
use crate::json::Node;
use crate::spec::{self, Operand, QueryLanguage, Shape};
use crate::timestamp::Timestamp;

/// A time is written as RFC 3339 does; AWS's message is recorded.
pub(super) fn timestamp(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, object) in machine.objects.iter().enumerate() {
        for member in object.node.members() {
            let name = &*member.key.text;
            let field = spec::field(object.place, object.language, name).is_some_and(|field| field.shape == Shape::Timestamp);
            let compared = field || is_comparison(object.language, name) && object.node.get("Variable").is_some();
            if compared && is_wrong(object.language, &member.value) {
                let location = machine.aws_field(index, name);
                found.push(
                    Diagnostic::recorded(member.value.span, "String does not match RFC3339 timestamp", location)
                        .help("write it like `2030-01-31T09:00:00Z`"),
                );
            }
        }
    }
}

fn is_comparison(language: QueryLanguage, name: &str) -> bool {
    language == QueryLanguage::JsonPath && spec::operator(name).is_some_and(|operator| operator.operand == Operand::Timestamp)
}

fn is_wrong(language: QueryLanguage, value: &Node) -> bool {
    let worked_out = language == QueryLanguage::Jsonata && crate::check::queries::is_expression(value);
    value.as_str().is_some_and(|text| !worked_out && Timestamp::parse(text).is_none())
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_time_that_is_none() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Timestamp": "2016-12-05T25:29:29Z", "End": true } } }
                                                                //^^^^^^^^^^^^^^^^^^^^^^ error: String does not match RFC3339 timestamp
"#,
        );
    }
}
