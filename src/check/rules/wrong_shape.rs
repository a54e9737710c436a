//! Values that are not of the kind their field asks for.

use super::{Diagnostic, Machine};
use crate::check::machine::Object;
use crate::check::queries::is_expression;
use crate::check::words::must_be;
use crate::check::{Fix, SCHEMA_VALIDATION_FAILED, listed};
use crate::float::Short;
use crate::json::{Kind, Member, Node};
use crate::spec::{self, Field, QueryLanguage, Shape};

/// Each field holds what the table says of it.
pub(super) fn wrong_shape(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, object) in machine.objects.iter().enumerate() {
        for member in object.node.members() {
            let Some(field) = spec::field(object.place, object.language, &member.key.text) else { continue };
            if matches!(member.value.kind, Kind::Broken) {
                continue;
            }
            if let Some(mut problem) = problem(machine, object, field, member) {
                if matches!((field.shape, &member.value.kind), (Shape::List(_), Kind::Array(elements)) if elements.is_empty()) {
                    let location = machine.aws_field(index, field.name);
                    problem = problem.aws(SCHEMA_VALIDATION_FAILED, "Value cannot be empty", location);
                }
                found.push(placeholder(&member.value).unwrap_or(problem));
            }
        }
    }
}

fn problem(machine: &Machine, object: &Object, field: &Field, member: &Member) -> Option<Diagnostic> {
    let value = &member.value;
    if object.language == QueryLanguage::Jsonata && field.expression && is_expression(value) {
        return None;
    }
    let name = field.name;
    let is_text = value.as_str().is_some();
    let (fits, wanted) = match field.shape {
        Shape::Any | Shape::AnyTemplate => return None,
        Shape::Template | Shape::Object(_) | Shape::Assign => (value.is_object(), "an object"),
        Shape::States => return states(machine, value),
        Shape::Items => {
            let list = matches!(value.kind, Kind::Array(_) | Kind::Object(_)) || is_expression(value);
            (list, "a list, or a string `{% … %}` that gives one")
        }
        Shape::Bool => (value.as_bool().is_some(), "`true` or `false`"),
        Shape::Text
        | Shape::TextUpTo(_)
        | Shape::Path
        | Shape::ReferencePath
        | Shape::PathOrIntrinsic
        | Shape::Timestamp
        | Shape::Arn => (is_text, "a string"),
        Shape::StateName => (is_text, "the name of a state, as a string"),
        Shape::PathOrNull | Shape::ReferencePathOrNull => {
            (is_text || matches!(value.kind, Kind::Null), "a string with a path, or `null`")
        }
        Shape::Condition => (value.as_bool().is_some() || is_expression(value), "a string `{% … %}`, `true` or `false`"),
        Shape::Integer(least, most) => return integer(name, value, least, most),
        Shape::AtLeast(least) => return within(name, value, least, f64::INFINITY),
        Shape::Percentage => return within(name, value, 0.0, 100.0),
        Shape::OneOf(choices) => return one_of(name, value, choices),
        Shape::ErrorNames => return texts(name, value, "a list of names of errors"),
        Shape::Texts => return texts(name, value, "a list of strings"),
        Shape::List(_) => return list(name, value),
    };
    if fits {
        return None;
    }
    let problem = must_be(name, wanted, value);
    Some(problem.fix_if(unquoted(value, wanted)).fix_if(quoted(machine.text, value, wanted)))
}

/// What a template of CloudFormation or the like is still to fill in.
fn placeholder(value: &Node) -> Option<Diagnostic> {
    let text = value.as_str().filter(|text| text.starts_with("${") && text.ends_with('}'))?;
    let mut problem = Diagnostic::warning("placeholder-value", value.span, format!("`{text}` is a placeholder"))
        .help("fill it in: as it stands, this value is of the wrong kind");
    problem.blocks_run = true;
    Some(problem)
}

/// A boolean that was written as a string.
fn unquoted(value: &Node, wanted: &str) -> Option<Fix> {
    let text = value.as_str().filter(|text| matches!(*text, "true" | "false") && wanted.starts_with("`true`"))?;
    Some(Fix::replace("Remove the quotes", value.span, text).safe())
}

/// A string that was written without quotes.
fn quoted(text: &str, value: &Node, wanted: &str) -> Option<Fix> {
    let scalar = matches!(value.kind, Kind::Number(_) | Kind::Bool(_)) && wanted == "a string";
    scalar.then(|| Fix::replace("Put it in quotes", value.span, format!("\"{}\"", value.span.of(text))))
}

fn states(machine: &Machine, value: &Node) -> Option<Diagnostic> {
    if value.is_object() {
        let empty = value.members().is_empty();
        return empty.then(|| {
            Diagnostic::error("wrong-shape", value.span, "there is no state in `States`").help("a machine has at least one")
        });
    }
    let problem = must_be("States", "an object", value)
        .help("each state stands under its name: `\"States\": { \"First\": { … }, \"Second\": { … } }`");
    Some(problem.fix_if(states_of_list(machine.text, value)))
}

/// `[ { "A": {…} }, { "B": {…} } ]` as `{ "A": {…}, "B": {…} }`.
fn states_of_list(text: &str, value: &Node) -> Option<Fix> {
    let elements = value.elements();
    let named = |element: &Node| element.members().iter().all(|member| member.value.is_object()) && !element.members().is_empty();
    if elements.is_empty() || !elements.iter().all(named) {
        return None;
    }
    let mut members = Vec::new();
    for element in elements {
        for member in element.members() {
            members.push(member.span().of(text));
        }
    }
    Some(Fix::replace("Make it an object", value.span, format!("{{ {} }}", members.join(", "))).safe())
}

fn integer(name: &str, value: &Node, least: u64, most: u64) -> Option<Diagnostic> {
    let range = match (least, most) {
        (0, u64::MAX) => "a whole number".to_owned(),
        (least, u64::MAX) => format!("a whole number of at least {least}"),
        (least, most) => format!("a whole number from {least} to {most}"),
    };
    let Some(number) = value.as_number() else {
        let problem = must_be(name, &range, value);
        let digits = value.as_str().filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        return Some(problem.fix_if(digits.map(|digits| Fix::replace("Remove the quotes", value.span, digits).safe())));
    };
    let written = number.as_f64();
    let fits = written.fract() == 0.0 && written >= least as f64 && written <= most as f64;
    (!fits).then(|| Diagnostic::error("out-of-range", value.span, format!("`{name}` must be {range}")))
}

fn within(name: &str, value: &Node, least: f64, most: f64) -> Option<Diagnostic> {
    match value.as_number() {
        None => Some(must_be(name, "a number", value)),
        Some(number) if (least..=most).contains(&number.as_f64()) => None,
        Some(_) => {
            let range = match most.is_finite() {
                true => format!("a number from {} to {}", Short(least), Short(most)),
                false => format!("at least {}", Short(least)),
            };
            Some(Diagnostic::error("out-of-range", value.span, format!("`{name}` must be {range}")))
        }
    }
}

fn one_of(name: &str, value: &Node, choices: &[&'static str]) -> Option<Diagnostic> {
    let list = listed(choices, ", ");
    match value.as_str() {
        Some(text) if choices.contains(&text) => None,
        // A wrong type has a rule of its own.
        Some(_) if name == "Type" => None,
        Some(text) => Some(
            Diagnostic::error("wrong-shape", value.span, format!("`{name}` can't be `{text}`"))
                .help(format!("it is one of {list}"))
                .did_you_mean(text, choices.iter().copied()),
        ),
        None => Some(must_be(name, "a string", value).help(format!("it is one of {list}"))),
    }
}

fn texts(name: &str, value: &Node, wanted: &str) -> Option<Diagnostic> {
    if !matches!(value.kind, Kind::Array(_)) {
        let problem = must_be(name, wanted, value);
        let Some(text) = value.as_str() else { return Some(problem) };
        return Some(problem.fix(Fix::replace("Make it a list", value.span, format!("[{}]", crate::value::quoted(text))).safe()));
    }
    if value.elements().is_empty() && name == "ErrorEquals" {
        let problem = Diagnostic::error("wrong-shape", value.span, format!("`{name}` is empty"));
        return Some(problem.help("name at least one error; `States.ALL` stands for all"));
    }
    let other = value.elements().iter().find(|element| !matches!(element.kind, Kind::String(_) | Kind::Broken))?;
    Some(Diagnostic::error("wrong-shape", other.span, format!("`{name}` must hold strings, not {}", other.kind_name())))
}

fn list(name: &str, value: &Node) -> Option<Diagnostic> {
    if !matches!(value.kind, Kind::Array(_)) {
        let problem = must_be(name, "a list", value);
        let brackets = vec![
            (crate::text::Span::at(value.span.start), "[".to_owned()),
            (crate::text::Span::at(value.span.end), "]".to_owned()),
        ];
        return Some(problem.fix_if(value.is_object().then(|| Fix::new("Make it a list", brackets).safe())));
    }
    if value.elements().is_empty() && matches!(name, "Choices" | "And" | "Or" | "Branches") {
        return Some(
            Diagnostic::error("wrong-shape", value.span, format!("`{name}` is empty")).help("it needs at least one element"),
        );
    }
    let other = value.elements().iter().find(|element| !matches!(element.kind, Kind::Object(_) | Kind::Broken))?;
    Some(Diagnostic::error("wrong-shape", other.span, format!("`{name}` must hold objects, not {}", other.kind_name())))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn states_as_a_list() {
        let text = r#"
{ "StartAt": "A", "States": [ { "A": { "Type": "Succeed" } } ] }
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `States` must be an object, not an array
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Make it an object").contains(r#""States": { "A": { "Type": "Succeed" } } }"#));
    }

    #[test]
    fn values_of_the_wrong_kind() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Wait", "Seconds": "3", "Next": "B" },
                                    //^^^ error: `Seconds` must be a whole number from 0 to 99999999, not a string
    "B": { "Type": "Pass", "End": "true", "Comment": 1 },
                                //^^^^^^ error: `End` must be `true` or `false`, not a string
                                                   //^ error: `Comment` must be a string, not a number
    "C": 1 } }
       //^ error: state `C` must be an object, not a number
"#,
        );
    }

    #[test]
    fn numbers_out_of_range() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true,
    "Retry": [ { "ErrorEquals": [ "States.ALL" ], "BackoffRate": 0.5, "IntervalSeconds": 1.5 } ],
                                                               //^^^ error: `BackoffRate` must be at least 1
                                                                                       //^^^ error: `IntervalSeconds` must be a whole number from 1 to 99999999
    "Catch": { "ErrorEquals": "X", "Next": "A" } } } }
           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Catch` must be a list, not an object
"#,
        );
    }

    #[test]
    fn a_percentage_may_have_decimals() {
        let map = |percentage: &str| {
            format!(
                r#"{{ "StartAt": "A", "States": {{ "A": {{ "Type": "Map", "End": true, "ToleratedFailurePercentage": {percentage},
    "ItemProcessor": {{ "ProcessorConfig": {{ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }}, "StartAt": "B", "States": {{ "B": {{ "Type": "Succeed" }} }} }} }} }} }}"#
            )
        };
        let said = |percentage: &str| {
            let checked = crate::check::check(&map(percentage), &Default::default());
            checked.diagnostics.first().map(|problem| problem.message.clone())
        };
        assert_eq!(said("33.5"), None);
        assert_eq!(said("100.5").as_deref(), Some("`ToleratedFailurePercentage` must be a number from 0 to 100"));
    }

    #[test]
    fn a_placeholder_is_no_mistake() {
        let checked = check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": "${Delay}", "End": true } } }
                                                              //^^^^^^^^^^ warning: `${Delay}` is a placeholder
"#,
        );
        assert!(checked.runnable() && !checked.runs_anyway());
    }

    #[test]
    fn one_of_some_words() {
        let text = r#"
{ "StartAt": "A", "QueryLanguage": "JsonPath", "States": { "A": { "Type": "Succeed" } } }
                                 //^^^^^^^^^^ error: `QueryLanguage` can't be `JsonPath`
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `JSONPath`").contains(r#": "JSONPath""#));
    }
}
