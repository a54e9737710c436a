//! `States.Format`: texts with `{}` to be filled.

use super::error::CallErrorKind;
use super::function::Called;
use crate::value::Value;

/// A template in parts.
#[derive(Debug)]
pub(super) struct Template {
    /// The text before each `{}`, and what comes after the last.
    texts: Vec<String>,
    /// What is wrong with it, to be told when it is filled.
    broken: Option<&'static str>,
}

impl Template {
    /// Takes a template apart; `\{` and its kin stand for themselves.
    pub fn parse(raw: &str) -> Template {
        let mut template = Template { texts: vec![String::new()], broken: None };
        let mut text = String::new();
        let mut rest = raw.chars().peekable();
        while let Some(character) = rest.next() {
            match character {
                '\\' if rest.peek().is_some_and(is_escapable) => text.extend(rest.next()),
                '{' if rest.peek() == Some(&'}') => {
                    rest.next();
                    let after = template.texts.last_mut();
                    after.into_iter().for_each(|last| *last = std::mem::take(&mut text));
                    template.texts.push(String::new());
                }
                '{' => {
                    template.broken = Some("matching '}' not found for '{'");
                    text.push('{');
                }
                '}' => {
                    template.broken = Some("matching '{' not found for '}'");
                    text.push('}');
                }
                other => text.push(other),
            }
        }
        template.texts.last_mut().into_iter().for_each(|last| *last = std::mem::take(&mut text));
        template
    }

    /// The text with each `{}` replaced.
    pub fn fill(&self, values: &[Value]) -> Called {
        if let Some(detail) = self.broken {
            return Err(Box::new(CallErrorKind::Template(detail)));
        }
        if values.len() + 1 != self.texts.len() {
            let detail = "number of arguments do not match the occurrences of {}".to_owned();
            return Err(Box::new(CallErrorKind::Value { function: "States.Format", detail }));
        }
        let mut filled = String::new();
        for (at, text) in self.texts.iter().enumerate() {
            filled.push_str(text);
            match values.get(at) {
                Some(Value::String(value)) => filled.push_str(value),
                Some(value) => filled.push_str(&value.to_string()),
                None => {}
            }
        }
        Ok(Value::from(filled))
    }
}

/// A literal text without its backslashes.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' if rest.peek().is_some_and(is_escapable) => text.extend(rest.next()),
            other => text.push(other),
        }
    }
    text
}

fn is_escapable(character: &char) -> bool {
    matches!(character, '\'' | '{' | '}' | '\\')
}
