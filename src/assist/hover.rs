//! What stands at the cursor, explained.

use super::cursor::{self, Cursor, Meaning, Slot, kind_of};
use super::{Known, paths};
use crate::json::Node;
use crate::spec::{self, Field, Function, Place, QueryLanguage, Shape, StateType};
use crate::text::Span;
use crate::value::{Value, write_pretty};

/// An explanation of a piece of the text, in Markdown.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    pub markdown: String,
    pub span: Span,
}

/// More of a value than this is not shown.
const MOST_CHARACTERS: usize = 1_000;

/// What stands at an offset; none where there is nothing to say.
pub fn hover(text: &str, offset: usize, known: &Known) -> Option<Hover> {
    let parsed = crate::json::parse(text);
    let cursor = cursor::locate(text, &parsed.root, offset)?;
    match &cursor.slot {
        Slot::Key { span, .. } => {
            let member = cursor.level().node.members().iter().find(|member| member.key.span == *span)?;
            let markdown = of_key(&cursor, &member.key.text, &member.value)?;
            Some(Hover { markdown, span: *span })
        }
        Slot::Value { key, shape, span, .. } => {
            let value = span.of(text).trim_matches('"');
            of_part(&cursor, text, *span, offset, known)
                .or_else(|| Some(Hover { markdown: of_value(&cursor, key, *shape, value)?, span: *span }))
        }
    }
}

fn of_key(cursor: &Cursor, key: &str, value: &Node) -> Option<String> {
    let level = cursor.level();
    match level.meaning {
        Meaning::States => state_doc(key, value),
        Meaning::Object(place) => match spec::field(place, level.language, key) {
            Some(field) => Some(format!("**{key}**\n\n{}", field_doc(field))),
            None => spec::operator(key).filter(|_| place_compares(place)).map(|operator| format!("**{key}**\n\n{}", operator.doc)),
        },
        _ => None,
    }
}

fn place_compares(place: Place) -> bool {
    matches!(place, Place::ChoiceRule | Place::NestedRule)
}

fn state_doc(name: &str, state: &Node) -> Option<String> {
    let kind = kind_of(state)?;
    let comment = state.get("Comment").and_then(Node::as_str).map(|comment| format!("\n\n{comment}")).unwrap_or_default();
    Some(format!("**{name}**: {} state\n\n{}{comment}", kind.name(), kind.doc()))
}

fn of_value(cursor: &Cursor, key: &str, shape: Shape, value: &str) -> Option<String> {
    match shape {
        Shape::StateName => {
            let states = match cursor.level().node.get("States").filter(|_| key == "StartAt") {
                Some(states) => states,
                None => cursor.scope()?.0,
            };
            state_doc(value, states.get(value)?)
        }
        Shape::ErrorNames => spec::error(value).map(|error| format!("**{value}**\n\n{}\n\n*{}*", error.doc, error.source)),
        Shape::Arn => {
            let call = value.strip_prefix("arn:aws:states:::")?.split('.').next()?;
            spec::integration(call).map(|integration| format!("**{}**: `{value}`", integration.title))
        }
        _ if key == "Type" => StateType::parse(value).map(|kind| format!("**{value}**\n\n{}", kind.doc())),
        _ => None,
    }
}

/// Inside a text that is worked out: the function or path under the cursor.
fn of_part(cursor: &Cursor, text: &str, span: Span, offset: usize, known: &Known) -> Option<Hover> {
    let content = span.of(text);
    let at = offset.checked_sub(span.start)?;
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '.' | '[' | ']' | '*');
    let start =
        content.get(..at)?.char_indices().rev().take_while(|(_, character)| is_part(*character)).last().map_or(at, |(at, _)| at);
    let end = at + content.get(at..)?.find(|character| !is_part(character)).unwrap_or(content.len() - at);
    let word = content.get(start..end)?;
    let here = Span::new(span.start + start, span.start + end);
    let function = spec::intrinsic(word).or_else(|| spec::jsonata_function(word));
    if let Some(function) = function {
        return Some(Hover { markdown: function_doc(function), span: here });
    }
    // A path: what it led to in the last run.
    let (_, _, pointer) = cursor.state()?;
    let path = word.strip_prefix("$states.input").map(|rest| format!("${rest}")).or_else(|| {
        let plain = cursor.level().language == QueryLanguage::JsonPath && word.starts_with('$') && !word.starts_with("$$");
        plain.then(|| word.to_owned())
    })?;
    let data = (known.input_of)(pointer)?;
    let value = paths::follow(&data, &path)?;
    Some(Hover { markdown: format!("`{word}` in the last run\n\n```json\n{}\n```", shortened(value)), span: here })
}

fn shortened(value: &Value) -> String {
    let text = write_pretty(value);
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => format!("{}\n…", &text[..at]),
        None => text,
    }
}

/// What a field is for, what it may hold, and where that can be read.
pub(super) fn field_doc(field: &Field) -> String {
    let mut doc = field.doc.to_owned();
    let mut facts = Vec::new();
    facts.extend(shape_words(field.shape));
    facts.extend(field.default.map(|default| format!("Default: `{default}`.")));
    if field.expression {
        facts.push("May be worked out by a JSONata expression `{% … %}`.".to_owned());
    }
    facts.extend(field.language.map(|language| format!("Only in {}.", language.name())));
    if !facts.is_empty() {
        doc.push_str(&format!("\n\n{}", facts.join(" ")));
    }
    format!("{doc}\n\n*{}*", field.source)
}

fn shape_words(shape: Shape) -> Option<String> {
    Some(match shape {
        Shape::Integer(least, most) if most >= u64::from(u32::MAX) => format!("A whole number from {least}."),
        Shape::Integer(least, most) => format!("A whole number from {least} to {most}."),
        Shape::AtLeast(least) => format!("A number of at least {least}."),
        Shape::OneOf(options) => {
            format!("One of {}.", options.iter().map(|option| format!("`{option}`")).collect::<Vec<_>>().join(", "))
        }
        Shape::Path => "A JSONPath.".to_owned(),
        Shape::PathOrNull => "A JSONPath or `null`.".to_owned(),
        Shape::ReferencePath => "A reference path: a JSONPath that names one place.".to_owned(),
        Shape::ReferencePathOrNull => "A reference path (a JSONPath that names one place) or `null`.".to_owned(),
        Shape::TextUpTo(most) => format!("At most {most} characters."),
        _ => return None,
    })
}

/// A function with its parameters and what it gives.
pub(super) fn function_doc(function: &Function) -> String {
    format!("`{}({})`\n\n{}", function.name, function.parameters, function.doc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, needle: &str) -> Option<(String, String)> {
        let input = crate::json::value_of(r#"{"a":{"b":7}}"#).unwrap();
        let input_of = |_: &str| Some(input.clone());
        let offset = text.find(needle).unwrap() + 1;
        hover(text, offset, &Known { input_of: &input_of }).map(|hover| (hover.span.of(text).to_owned(), hover.markdown))
    }

    #[test]
    fn explains_what_stands_there() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Comment":"first","Parameters":{"x.$":"States.Format('{}', $.a.b)"},"Next":"B"},"B":{"Type":"Task","Catch":[{"ErrorEquals":["States.ALL"],"Next":"A"}]}}}"#;
        let says = |needle: &str, words: &str| {
            let (_, markdown) = at(text, needle).unwrap();
            assert!(markdown.contains(words), "{needle}: {markdown}");
        };
        says("StartAt", "The name of the state to begin with");
        says("\"A\",", "first");
        says("Pass\"", "Passes its input on");
        says("States.Format", "replaced by the next value");
        says("$.a.b", "7");
        says("States.ALL", "every error");
        assert_eq!(at(text, "$.a.b").unwrap().0, "$.a.b");
        assert!(at(text, "first").is_none());
    }
}
