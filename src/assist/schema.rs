//! The JSON schema of the States Language, for editors that know nothing better. Made from the tables of [`crate::spec`].
//!
//! It is wider than [`crate::check`]: it takes the fields of both query languages everywhere, and knows nothing of names and paths.

use crate::spec::{FIELDS, Field, OPERATORS, Operand, Place, Shape, StateType};
use serde_json::{Map, Value, json};

/// The schema of a whole definition (JSON Schema, draft 7).
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for place in PLACES {
        definitions.insert(name_of(*place), object(*place));
    }
    for kind in StateType::ALL {
        definitions.insert(name_of(Place::State(kind)), object(Place::State(kind)));
    }
    definitions.insert("State".to_owned(), any_state());
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Amazon States Language",
        "allOf": [reference(Place::Machine)],
        "definitions": definitions,
    })
}

/// The kinds of object besides states.
const PLACES: &[Place] = &[
    Place::Machine,
    Place::Branch,
    Place::Processor,
    Place::ProcessorConfig,
    Place::ChoiceRule,
    Place::NestedRule,
    Place::Retrier,
    Place::Catcher,
    Place::ItemReader,
    Place::ReaderConfig,
    Place::ItemBatcher,
    Place::ResultWriter,
    Place::WriterConfig,
    Place::Credentials,
];

fn name_of(place: Place) -> String {
    match place {
        Place::State(kind) => format!("{}State", kind.name()),
        other => other.name().to_owned(),
    }
}

fn reference(place: Place) -> Value {
    json!({"$ref": format!("#/definitions/{}", name_of(place))})
}

/// A state by what its `Type` says.
fn any_state() -> Value {
    let branches: Vec<Value> = StateType::ALL
        .into_iter()
        .map(|kind| {
            json!({
                "if": {"properties": {"Type": {"const": kind.name()}}, "required": ["Type"]},
                "then": reference(Place::State(kind)),
            })
        })
        .collect();
    let kinds: Vec<&str> = StateType::ALL.into_iter().map(StateType::name).collect();
    json!({"type": "object", "properties": {"Type": {"enum": kinds}}, "required": ["Type"], "allOf": branches})
}

/// The fields of one kind of object; a field with a row for each language takes what either takes.
fn object(place: Place) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for field in FIELDS.iter().filter(|field| field.on.contains(&place)) {
        let mut taken = alternatives(field);
        if let Some(Value::Object(known)) = properties.remove(field.name) {
            let other = known.get("anyOf").and_then(Value::as_array).cloned().unwrap_or_default();
            taken.extend(other.into_iter().filter(|shape| !taken.contains(shape)).collect::<Vec<_>>());
        }
        let mut property = Map::new();
        property.insert("description".to_owned(), field.doc.into());
        if let Some(default) = field.default.and_then(|default| serde_json::from_str::<Value>(default).ok()) {
            property.insert("default".to_owned(), default);
        }
        property.insert("anyOf".to_owned(), taken.into());
        properties.insert(field.name.to_owned(), property.into());
        if field.required && !required.contains(&field.name) {
            required.push(field.name);
        }
    }
    if matches!(place, Place::ChoiceRule | Place::NestedRule) {
        properties.extend(OPERATORS.iter().map(|operator| (operator.name.to_owned(), operand(operator.operand))));
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// What the value of a field may be.
fn alternatives(field: &Field) -> Vec<Value> {
    let mut taken = vec![shape(field.shape)];
    if field.expression {
        taken.push(expression());
    }
    taken
}

fn expression() -> Value {
    json!({"type": "string", "pattern": "^\\{%[\\s\\S]*%\\}$"})
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Any | Shape::AnyTemplate => json!({}),
        Shape::Template | Shape::Assign => json!({"anyOf": [{"type": "object"}, expression()]}),
        Shape::Items => json!({"anyOf": [{"type": "array"}, {"type": "object"}, expression()]}),
        Shape::Text
        | Shape::Timestamp
        | Shape::Arn
        | Shape::Path
        | Shape::ReferencePath
        | Shape::PathOrIntrinsic
        | Shape::StateName => {
            json!({"type": "string"})
        }
        Shape::TextUpTo(most) => json!({"type": "string", "maxLength": most}),
        Shape::PathOrNull | Shape::ReferencePathOrNull => json!({"type": ["string", "null"]}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Integer(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Shape::Percentage => json!({"type": "number", "minimum": 0, "maximum": 100}),
        Shape::AtLeast(least) => json!({"type": "number", "minimum": least}),
        Shape::OneOf(options) => json!({"enum": options}),
        Shape::Condition => json!({"anyOf": [{"type": "boolean"}, expression()]}),
        Shape::ErrorNames | Shape::Texts => json!({"type": "array", "items": {"type": "string"}, "minItems": 1}),
        Shape::States => json!({"type": "object", "additionalProperties": {"$ref": "#/definitions/State"}, "minProperties": 1}),
        Shape::Object(place) => reference(place),
        Shape::List(place) => json!({"type": "array", "items": reference(place)}),
    }
}

fn operand(operand: Operand) -> Value {
    match operand {
        Operand::Number => json!({"type": "number"}),
        Operand::Bool | Operand::Kind => json!({"type": "boolean"}),
        _ => json!({"type": "string"}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let schema = schema();
        let (mut open, mut references) = (vec![&schema], 0);
        while let Some(value) = open.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                assert!(schema.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
                references += 1;
            }
            open.extend(value.as_object().into_iter().flat_map(|object| object.values()));
            open.extend(value.as_array().into_iter().flatten());
        }
        assert!(references > 20);
    }

    #[test]
    fn every_field_is_there() {
        let schema = schema();
        for field in FIELDS {
            for place in field.on {
                let pointer = format!("/definitions/{}/properties/{}/description", name_of(*place), field.name);
                assert!(schema.pointer(&pointer).is_some(), "{pointer}");
            }
        }
    }
}
