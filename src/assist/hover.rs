//! What stands at the cursor, explained.

use super::Known;
use super::cursor::{self, Cursor, Meaning, Slot, kind_of};
use super::sight::Sight;
use crate::check::listed;
use crate::float::Short;
use crate::json::Node;
use crate::letters;
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
    let comment = state.text("Comment").map(|comment| format!("\n\n{comment}")).unwrap_or_default();
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

/// Inside a text that is worked out: the function or path under the cursor, and what it gave in the last run.
fn of_part(cursor: &Cursor, text: &str, span: Span, offset: usize, known: &Known) -> Option<Hover> {
    let content = span.of(text);
    let at = offset.checked_sub(span.start)?;
    let is_part =
        |character: char| letters::is_letter_or_digit(character) || matches!(character, '_' | '$' | '.' | '[' | ']' | '*');
    let start =
        content.get(..at)?.char_indices().rev().take_while(|(_, character)| is_part(*character)).last().map_or(at, |(at, _)| at);
    let end = at + content.get(at..)?.find(|character| !is_part(character)).unwrap_or(content.len() - at);
    let word = content.get(start..end)?;
    let here = Span::new(span.start + start, span.start + end);
    let sight = Sight::at(cursor, known);
    let whole = || Some((span, whole_value(cursor, content, sight.as_ref()?)?));
    if let Some(function) = spec::intrinsic(word).or_else(|| spec::jsonata_function(word)) {
        let value = whole().map(|(_, value)| format!("\n\n{}", shown("The whole text", &value))).unwrap_or_default();
        return Some(Hover { markdown: format!("{}{value}", function_doc(function)), span: here });
    }
    let path = || {
        let value = match cursor.level().language {
            QueryLanguage::JsonPath => sight.as_ref()?.path(word)?,
            QueryLanguage::Jsonata => sight.as_ref()?.expression(word)?,
        };
        Some((here, value))
    };
    let (span, value) = path().filter(|_| word.starts_with('$')).or_else(whole)?;
    let name = if span == here { format!("`{word}`") } else { "This text".to_owned() };
    Some(Hover { markdown: shown(&name, &value), span })
}

/// What the text as a whole gave, where it is an expression or a call.
fn whole_value(cursor: &Cursor, content: &str, sight: &Sight) -> Option<Value> {
    let text = crate::json::value_of(content).ok()?;
    let text = text.as_str()?;
    match cursor.level().language {
        QueryLanguage::JsonPath => sight.call(text),
        QueryLanguage::Jsonata => sight.expression(text.strip_prefix("{%")?.strip_suffix("%}")?),
    }
}

fn shown(what: &str, value: &Value) -> String {
    format!("{what} in the last run\n\n```json\n{}\n```", shortened(value))
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
        facts.push("In JSONata it may be an expression `{% … %}`.".to_owned());
    }
    facts.extend(field.language.map(|language| format!("Only in {}.", language.name())));
    if !facts.is_empty() {
        doc.push_str(&format!("\n\n{}", facts.join(" ")));
    }
    format!("{doc}\n\n*{}*", field.source)
}

fn shape_words(shape: Shape) -> Option<String> {
    let words = match shape {
        Shape::Integer(least, most) if most >= u64::from(u32::MAX) => return Some(format!("A whole number from {least}.")),
        Shape::Integer(least, most) => return Some(format!("A whole number from {least} to {most}.")),
        Shape::AtLeast(least) => return Some(format!("A number of at least {}.", Short(least))),
        Shape::OneOf(options) => return Some(format!("One of {}.", listed(options, ", "))),
        Shape::TextUpTo(most) => return Some(format!("At most {most} characters.")),
        Shape::Percentage => "A number from 0 to 100.",
        Shape::Path => "A JSONPath.",
        Shape::PathOrNull => "A JSONPath or `null`.",
        Shape::ReferencePath => "A reference path: a JSONPath that names one place.",
        Shape::ReferencePathOrNull => "A reference path (a JSONPath that names one place) or `null`.",
        _ => return None,
    };
    Some(words.to_owned())
}

/// A function with its parameters and what it gives.
pub(super) fn function_doc(function: &Function) -> String {
    format!("`{}({})`\n\n{}", function.name, function.parameters, function.doc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Seen;

    fn at(text: &str, needle: &str) -> Option<(String, String)> {
        let value = |text: &str| crate::json::value_of(text).unwrap();
        let variables = value(r#"{"total": 5}"#).as_object().unwrap().clone();
        let (input, result) = (value(r#"{"a":{"b":7}}"#), value(r#"{"id":"x9"}"#));
        let context = value(r#"{"Execution":{"Id":"run 1"}}"#);
        let all = Seen { input, result: Some(result), error: None, context, variables };
        let seen = |_: &str| Some(all.clone());
        let offset = text.find(needle).unwrap() + 1;
        hover(text, offset, &Known { seen: &seen }).map(|hover| (hover.span.of(text).to_owned(), hover.markdown))
    }

    #[test]
    fn tells_what_a_query_gave() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Task","InputPath":"$.a","Parameters":{"p.$":"$.b","q.$":"$$.Execution.Id",
            "r.$":"States.Format('<{}>', $total)"},"ResultSelector":{"s.$":"$.id"},"ResultPath":"$.r","OutputPath":"$.r.s","Next":"B"},
            "B":{"Type":"Task","QueryLanguage":"JSONata","Arguments":"{% $states.input.a.b + $total %}","Output":"{% $states.result.id %}","End":true}}}"#;
        let gave = |needle: &str, span: &str, value: &str| {
            let (here, markdown) = at(text, needle).unwrap();
            assert_eq!(here, span);
            assert!(markdown.contains(&format!("```json\n{value}\n```")), "{needle}: {markdown}");
        };
        gave("$.b\"", "$.b", "7");
        gave("$$.Exec", "$$.Execution.Id", "\"run 1\"");
        gave("$total)", "$total", "5");
        gave("$.id", "$.id", "\"x9\"");
        gave("$.r.s", "$.r.s", "\"x9\"");
        gave("$states.input.a", "$states.input.a.b", "7");
        gave(" + ", "\"{% $states.input.a.b + $total %}\"", "12");
        gave("$states.result", "$states.result.id", "\"x9\"");
        assert!(at(text, "States.Format").unwrap().1.contains("<5>"));
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
