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
    let value = match field.shape {
        Shape::Integer(least, _) => return format!("${{1:{}}}", least.max(1)),
        Shape::AtLeast(least) => return format!("${{1:{}}}", Short(least)),
        Shape::OneOf(options) => return format!("\"${{1|{}|}}\"", options.join(",")),
        Shape::Bool => "true",
        Shape::Percentage => "${1:0}",
        Shape::Object(_) | Shape::Template | Shape::AnyTemplate | Shape::Assign | Shape::States => "{\n\t$1\n}",
        Shape::List(_) => "[\n\t{\n\t\t$1\n\t}\n]",
        Shape::ErrorNames | Shape::Texts => "[\"$1\"]",
        Shape::Items | Shape::Condition => "\"{% $1 %}\"",
        Shape::Path | Shape::PathOrNull | Shape::ReferencePath | Shape::ReferencePathOrNull | Shape::PathOrIntrinsic => {
            "\"\\$.$1\""
        }
        Shape::Any => "$1",
        Shape::Text | Shape::TextUpTo(_) | Shape::StateName | Shape::Timestamp | Shape::Arn => "\"$1\"",
    };
    value.to_owned()
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
    let name = match place {
        Place::State(kind) => return format!("{} state", kind.name()),
        Place::Machine => "the machine",
        Place::Branch => "a branch",
        Place::Processor => "the item processor",
        Place::ChoiceRule | Place::NestedRule => "a Choice rule",
        Place::Retrier => "a retrier",
        Place::Catcher => "a catcher",
        named => named.name(),
    };
    name.to_owned()
}
