//! The rules of Choice states: one test each.

use super::{Diagnostic, Machine};
use crate::check::machine::Object;
use crate::check::nearest;
use crate::check::words::must_be;
use crate::json::{Member, Node};
use crate::spec::{self, Operand, Place, QueryLanguage};

/// A rule in JSONPath is a comparison (`Variable` with one operator), or one of `And`, `Or` and `Not`; in JSONata it has a `Condition`
/// (Amazon States Language, "Choice State").
pub(super) fn choice_rule(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for object in machine.objects.iter().filter(|object| matches!(object.place, Place::ChoiceRule | Place::NestedRule)) {
        match object.language {
            QueryLanguage::Jsonata if object.node.get("Condition").is_none() => {
                found.push(Diagnostic::error("choice-rule", object.label, "this rule has no `Condition`"));
            }
            QueryLanguage::Jsonata => {}
            QueryLanguage::JsonPath => json_path_rule(found, object),
        }
    }
}

fn json_path_rule(found: &mut Vec<Diagnostic>, object: &Object) {
    let is_test =
        |member: &&Member| matches!(&*member.key.text, "And" | "Or" | "Not") || spec::operator(&member.key.text).is_some();
    let tests: Vec<&Member> = object.node.members().iter().filter(is_test).collect();
    let variable = object.node.get("Variable");
    let Some((first, others)) = tests.split_first() else {
        // A misspelt operator says enough.
        let operators = spec::OPERATORS.iter().map(|operator| operator.name);
        let misspelt = (object.node.members().iter()).any(|member| nearest(&member.key.text, operators.clone()).is_some());
        if !misspelt {
            let what = if variable.is_some() { "no comparison operator" } else { "no test" };
            let help = "a rule has `Variable` with an operator such as `StringEquals`, or one of `And`, `Or` and `Not`";
            found.push(Diagnostic::error("choice-rule", object.label, format!("this rule has {what}")).help(help));
        }
        return;
    };
    for other in others {
        let (one, other) = (&first.key.text, other);
        if *one != other.key.text {
            let message = format!("`{}` can't stand beside `{one}`: a rule has one test", other.key.text);
            found.push(Diagnostic::error("choice-rule", other.key.span, message).help("join two tests with `And`"));
        }
    }
    match (spec::operator(&first.key.text), variable) {
        (Some(_), None) => {
            let message = format!("`{}` has no `Variable` to compare", first.key.text);
            found.push(Diagnostic::error("choice-rule", first.key.span, message).help("add `Variable` with the path of the value"));
        }
        (None, Some(variable)) => {
            let message = format!("`Variable` has no meaning beside `{}`", first.key.text);
            found.push(Diagnostic::error("choice-rule", variable.span, message).help("put it into the rules inside"));
        }
        _ => {}
    }
    for test in tests {
        if let Some(operator) = spec::operator(&test.key.text) {
            found.extend(operand(operator.operand, &test.key.text, &test.value));
        }
    }
}

/// What an operator compares with must be of its kind.
fn operand(wanted: Operand, name: &str, value: &Node) -> Option<Diagnostic> {
    let (fits, what) = match wanted {
        Operand::Text | Operand::Pattern => (value.as_str().is_some(), "a string"),
        Operand::Number => (value.as_number().is_some(), "a number"),
        Operand::Bool | Operand::Kind => (value.as_bool().is_some(), "`true` or `false`"),
        Operand::Timestamp => (value.as_str().is_some(), "a string with a timestamp"),
        Operand::Path => (value.as_str().is_some(), "a string with a path"),
    };
    if fits {
        return None;
    }
    let problem = must_be(name, what, value);
    Some(match operator_for(value).filter(|_| wanted != Operand::Kind && wanted != Operand::Path) {
        Some(other) => problem.help(format!("to compare with {} use `{other}`", value.kind_name())),
        None => problem,
    })
}

fn operator_for(value: &Node) -> Option<&'static str> {
    match value.kind_name() {
        "a string" => Some("StringEquals"),
        "a number" => Some("NumericEquals"),
        "a boolean" => Some("BooleanEquals"),
        "null" => Some("IsNull"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_rule_has_one_test() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Choice", "Choices": [
    { "Variable": "$.a", "Next": "B" },
  //^ error: this rule has no comparison operator
    { "Variable": "$.a", "NumericEquals": 1, "IsPresent": true, "Next": "B" },
                                           //^^^^^^^^^^^ error: `IsPresent` can't stand beside `NumericEquals`: a rule has one test
    { "NumericEquals": "1", "Next": "B" },
    //^^^^^^^^^^^^^^^ error: `NumericEquals` has no `Variable` to compare
                     //^^^ error: `NumericEquals` must be a number, not a string
    { "And": [ { "Variable": "$.a", "IsNull": true, "Next": "B" } ], "Next": "B" }
                                                  //^^^^^^ error: a nested rule has no field `Next`
  ] }, "B": { "Type": "Succeed" } } }
"#,
        );
    }

    #[test]
    fn an_operator_is_misspelt() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Choice", "Choices": [
    { "Variable": "$.a", "NumericEqual": 1, "Next": "B" } ] },
                       //^^^^^^^^^^^^^^ error: a Choice rule has no field `NumericEqual`
  "B": { "Type": "Succeed" } } }
"#,
        );
    }
}
