//! What is put in for a field or a state: the text with the places to fill in.

use crate::float::Short;
use crate::spec::{Field, Place, QueryLanguage, Shape, StateType};
use crate::value::quoted;

/// A text of the user's or of AWS's, so that no character of it is taken for a place to fill in.
pub fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// A name in quotes, as a snippet.
pub fn quoted_literal(name: &str) -> String {
    literal(&quoted(name))
}

/// `"Name": ` with a value to fill in.
pub fn field(field: &Field) -> String {
    format!("{}: {}", quoted_literal(field.name), value(field))
}

fn value(field: &Field) -> String {
    if let Some(default) = field.default {
        return format!("${{1:{}}}", literal(default));
    }
    match field.shape {
        Shape::Bool => "true".to_owned(),
        Shape::Integer(least, _) => format!("${{1:{}}}", least.max(1)),
        Shape::Percentage => "${1:0}".to_owned(),
        Shape::AtLeast(least) => format!("${{1:{}}}", Short(least)),
        Shape::OneOf(options) => format!("\"${{1|{}|}}\"", options.join(",")),
        Shape::Object(_) | Shape::Template | Shape::Assign | Shape::States => "{\n\t$1\n}".to_owned(),
        Shape::AnyTemplate => "{\n\t$1\n}".to_owned(),
        Shape::List(_) => "[\n\t{\n\t\t$1\n\t}\n]".to_owned(),
        Shape::ErrorNames | Shape::Texts => "[\"$1\"]".to_owned(),
        Shape::Items => "\"{% $1 %}\"".to_owned(),
        Shape::Condition => "\"{% $1 %}\"".to_owned(),
        Shape::Path | Shape::PathOrNull | Shape::ReferencePath | Shape::ReferencePathOrNull | Shape::PathOrIntrinsic => {
            "\"\\$.$1\"".to_owned()
        }
        Shape::Any => "$1".to_owned(),
        Shape::Text | Shape::TextUpTo(_) | Shape::StateName | Shape::Timestamp | Shape::Arn => "\"$1\"".to_owned(),
    }
}

/// The fields of a new state of this type, between its brackets.
pub fn state_body(kind: StateType, language: QueryLanguage) -> String {
    let jsonata = language == QueryLanguage::Jsonata;
    let rest = match kind {
        StateType::Pass | StateType::Map | StateType::Parallel | StateType::Task | StateType::Wait => ",\n\t\"End\": true",
        StateType::Choice | StateType::Succeed | StateType::Fail => "",
    };
    let own = match kind {
        StateType::Pass | StateType::Succeed => "",
        StateType::Task => ",\n\t\"Resource\": \"${2:arn:aws:states:::lambda:invoke}\"",
        StateType::Choice if jsonata => {
            ",\n\t\"Choices\": [\n\t\t{\n\t\t\t\"Condition\": \"{% $2 %}\",\n\t\t\t\"Next\": \"$3\"\n\t\t}\n\t],\n\t\"Default\": \"$4\""
        }
        StateType::Choice => {
            ",\n\t\"Choices\": [\n\t\t{\n\t\t\t\"Variable\": \"\\$.$2\",\n\t\t\t\"StringEquals\": \"$3\",\n\t\t\t\"Next\": \"$4\"\n\t\t}\n\t],\n\t\"Default\": \"$5\""
        }
        StateType::Wait => ",\n\t\"Seconds\": ${2:10}",
        StateType::Fail => ",\n\t\"Error\": \"$2\",\n\t\"Cause\": \"$3\"",
        StateType::Parallel => {
            ",\n\t\"Branches\": [\n\t\t{\n\t\t\t\"StartAt\": \"${2:First}\",\n\t\t\t\"States\": {\n\t\t\t\t\"${2:First}\": {\n\t\t\t\t\t\"Type\": \"Pass\",\n\t\t\t\t\t\"End\": true\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t]"
        }
        StateType::Map => {
            ",\n\t\"ItemProcessor\": {\n\t\t\"ProcessorConfig\": { \"Mode\": \"INLINE\" },\n\t\t\"StartAt\": \"${2:Each}\",\n\t\t\"States\": {\n\t\t\t\"${2:Each}\": {\n\t\t\t\t\"Type\": \"Pass\",\n\t\t\t\t\"End\": true\n\t\t\t}\n\t\t}\n\t}"
        }
    };
    format!("\"Type\": \"{}\"{own}{rest}", kind.name())
}

/// What an object with these fields is called beside a completion.
pub fn place_name(place: Place) -> String {
    match place {
        Place::Machine => "the machine".to_owned(),
        Place::Branch => "a branch".to_owned(),
        Place::Processor => "the item processor".to_owned(),
        Place::State(kind) => format!("{} state", kind.name()),
        Place::ChoiceRule | Place::NestedRule => "a Choice rule".to_owned(),
        Place::Retrier => "a retrier".to_owned(),
        Place::Catcher => "a catcher".to_owned(),
        other => format!("{other:?}"),
    }
}
