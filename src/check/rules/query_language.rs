//! Which query language a state may choose.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::spec::QueryLanguage;

/// In a machine of JSONata no state goes back to JSONPath; AWS's message is recorded.
pub(super) fn query_language(found: &mut Vec<Diagnostic>, machine: &Machine) {
    if machine.root.text("QueryLanguage") != Some(QueryLanguage::Jsonata.name()) {
        return;
    }
    for state in &machine.states {
        let Some(value) = state.get("QueryLanguage").filter(|value| value.as_str() == Some(QueryLanguage::JsonPath.name())) else {
            continue;
        };
        let message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
        found.push(
            Diagnostic::recorded(value.span, message, machine.aws_path(state.object))
                .help("set it to `JSONata`, or to `JSONPath` for the machine and to `JSONata` for the states that use it")
                .fix(Fix::replace("Change to `JSONata`", value.span, "\"JSONata\""))
                .runs_anyway(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn no_way_back_to_json_path() {
        check(
            r#"
{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Succeed", "QueryLanguage": "JSONPath" } } }
                                                                                                   //^^^^^^^^^^ error: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine
"#,
        );
    }
}
