//! Fields that an object of the language doesn't have.

use super::{Diagnostic, Machine};
use crate::check::machine::Object;
use crate::check::rules::duplicate_key::member_with_comma;
use crate::check::{Fix, SCHEMA_VALIDATION_FAILED, nearest};
use crate::json::{Kind, Member, Node};
use crate::spec::{self, Place, QueryLanguage, Shape, StateType};

/// A field must be one the table has for its place and query language; AWS refuses all others.
pub(super) fn unknown_field(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, object) in machine.objects.iter().enumerate() {
        // Of a state without a type it isn't known what it may have, but its type may be what is misspelt.
        let untyped = matches!(object.place, Place::State(_)) && object.state.is_some_and(|state| !machine.states[state].typed);
        for (number, member) in object.node.members().iter().enumerate() {
            let name = &*member.key.text;
            // What has no value yet is told as such.
            if member.value.kind == Kind::Broken && member.value.span.is_empty() {
                continue;
            }
            if untyped && (object.node.get("Type").is_some() || nearest(name, ["Type"]).is_none()) {
                continue;
            }
            if !spec::is_field(object.place, object.language, name) {
                let fix = Fix::replace("Remove the field", member_with_comma(machine.text, object.node, number), "");
                let problem = problem(object, member).fix_if(as_jsonata(machine, object, member)).fix(fix);
                let location = machine.aws_path(index);
                // Both messages as measured with ValidateStateMachineDefinition by others.
                let message = match problem.code {
                    "wrong-query-language" => {
                        let (own, other) = (object.language, other(object.language));
                        let (own, other) = (own.name(), other.name());
                        format!(
                            "The QueryLanguage is set to '{own}', but field '{name}' is only supported for the '{other}' QueryLanguage"
                        )
                    }
                    _ => format!("Field '{name}' is not supported"),
                };
                found.push(problem.aws(SCHEMA_VALIDATION_FAILED, message, location));
            }
        }
    }
}

fn other(language: QueryLanguage) -> QueryLanguage {
    match language {
        QueryLanguage::JsonPath => QueryLanguage::Jsonata,
        QueryLanguage::Jsonata => QueryLanguage::JsonPath,
    }
}

fn problem(object: &Object, member: &Member) -> Diagnostic {
    let (name, span) = (&*member.key.text, member.key.span);
    let other = other(object.language);
    if spec::is_field(object.place, other, name) {
        let (own, other) = (object.language.name(), other.name());
        return Diagnostic::error(
            "wrong-query-language",
            span,
            format!("`{name}` belongs to {other}, but the query language here is {own}"),
        )
        .help(counterpart(name));
    }
    let problem = Diagnostic::error("unknown-field", span, format!("{} has no field `{name}`", kind_of(object))).runs_anyway();
    let mut names: Vec<&str> = spec::fields_of(object.place, object.language).map(|field| field.name).collect();
    if matches!(object.place, Place::ChoiceRule | Place::NestedRule) && object.language == QueryLanguage::JsonPath {
        names.extend(spec::OPERATORS.iter().map(|operator| operator.name));
    }
    names.retain(|known| object.node.get(known).is_none() && may_be(object, known, &member.value));
    let elsewhere = states_with(name, object.language);
    match (elsewhere.is_empty(), object.place) {
        (_, Place::NestedRule) if name == "Next" => problem.help("`Next` stands in the outermost rule alone"),
        (false, Place::State(_)) => problem.help(format!("`{name}` is a field of {}", elsewhere.join(", "))),
        _ => problem.did_you_mean(name, names),
    }
}

/// Makes JSONata the language of a state that has no field of JSONPath.
fn as_jsonata(machine: &Machine, object: &Object, member: &Member) -> Option<Fix> {
    let of = |name: &str, language| spec::field(object.place, language, name).is_some();
    let only = |name: &str, language| of(name, language) && !of(name, other(language));
    let fits = matches!(object.place, Place::State(_))
        && object.language == QueryLanguage::JsonPath
        && only(&member.key.text, QueryLanguage::Jsonata)
        && !object
            .node
            .members()
            .iter()
            .any(|member| only(&member.key.text, QueryLanguage::JsonPath) || &*member.key.text == "QueryLanguage");
    let first = object.node.members().first().filter(|_| fits)?.key.span.start;
    let blank = &machine.text[object.node.span.start + 1..first];
    let field = format!("\"QueryLanguage\": \"JSONata\",{}", if blank.is_empty() { " " } else { blank });
    Some(Fix::replace("Make the state's language JSONata", crate::text::Span::at(first), field))
}

/// Whether the value could be that of another field: what is an object was hardly meant to be the name of a state.
fn may_be(object: &Object, field: &str, value: &Node) -> bool {
    let shape = spec::field(object.place, object.language, field).map(|field| field.shape);
    match shape {
        Some(Shape::Any | Shape::AnyTemplate | Shape::Items) | None => true,
        Some(Shape::Template | Shape::Assign | Shape::States | Shape::Object(_)) => {
            !matches!(value.kind, Kind::String(_) | Kind::Number(_))
        }
        Some(Shape::List(_) | Shape::ErrorNames | Shape::Texts) => !matches!(value.kind, Kind::Number(_) | Kind::Bool(_)),
        Some(_) => !matches!(value.kind, Kind::Object(_) | Kind::Array(_)),
    }
}

/// `a Pass state`, `a retrier`, ...
fn kind_of(object: &Object) -> String {
    let kind = match object.place {
        Place::State(kind) => return format!("a {} state", kind.name()),
        Place::ChoiceRule => "a Choice rule",
        Place::NestedRule => "a nested rule",
        Place::Branch => "a branch",
        Place::Retrier => "a retrier",
        Place::Catcher => "a catcher",
        Place::Machine => "a state machine",
        _ => return object.what(),
    };
    kind.to_owned()
}

/// The types of state that have the field.
fn states_with(name: &str, language: QueryLanguage) -> Vec<&'static str> {
    let mut states = Vec::new();
    for kind in StateType::ALL {
        if spec::field(Place::State(kind), language, name).is_some() {
            states.push(kind.name());
        }
    }
    states
}

/// What the other query language has in place of some fields.
const COUNTERPARTS: &[(&[&str], &str)] = &[
    (&["Parameters", "InputPath"], "JSONata has `Arguments` (in a Pass state `Output`)"),
    (&["ResultSelector", "ResultPath", "OutputPath", "Result"], "JSONata has `Output`"),
    (&["ItemsPath"], "JSONata has `Items`"),
    (&["Arguments"], "JSONPath has `Parameters`"),
    (&["Output"], "JSONPath has `ResultSelector`, `ResultPath` and `OutputPath`"),
    (&["Items"], "JSONPath has `ItemsPath`"),
    (&["Condition"], "JSONPath has `Variable` with an operator"),
    (&["Variable", "And", "Or", "Not"], "JSONata has `Condition`"),
];

/// The same of any field, in words.
fn counterpart(name: &str) -> String {
    if let Some((_, words)) = COUNTERPARTS.iter().find(|(fields, _)| fields.contains(&name)) {
        return (*words).to_owned();
    }
    if let Some(plain) = name.strip_suffix("Path") {
        return format!("JSONata has `{plain}` with a `{{% … %}}` string");
    }
    "set `QueryLanguage`, or use the field's counterpart".to_owned()
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_field_is_misspelt() {
        let text = r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "parameters": {}, "End": true } } }
                                                   //^^^^^^^^^^^^ error: a Pass state has no field `parameters`
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `Parameters`").contains(r#""Parameters": {}"#));
    }

    #[test]
    fn a_field_of_another_type() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "TimeoutSeconds": 3, "End": true } } }
                                                   //^^^^^^^^^^^^^^^^ error: a Pass state has no field `TimeoutSeconds`
"#,
        );
    }

    #[test]
    fn a_field_of_the_other_language() {
        let text = r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Output": {}, "End": true } } }
                                                   //^^^^^^^^ error: `Output` belongs to JSONata, but the query language here is JSONPath
"#;
        let checked = check(text);
        let fixed = fixed(&checked, text, "Make the state's language JSONata");
        assert!(fixed.contains(r#"{ "QueryLanguage": "JSONata", "Type": "Pass", "Output": {},"#), "{fixed}");
    }

    #[test]
    fn a_name_without_a_value_is_one_message() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "" } } }
                                                                //^^ error: `` has no value
"#,
        );
    }
}
