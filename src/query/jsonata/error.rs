//! What can go wrong with an expression, as data; the text is made when somebody reads it.

use super::messages::{MESSAGES, help};
use crate::text::Span;
use crate::value::{Value, quoted};
use std::ops::{Deref, DerefMut};

/// Where and how an expression is wrong, or went wrong. It is one word, as nearly everything may give one.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Details>);

/// What an error tells; the parts only its text needs are told by methods of [`Error`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// As the reference implementation numbers them: `S` syntax, `T` types, `D` values, `U` the budget.
    pub code: &'static str,
    /// In the expression's text.
    pub span: Span,
    token: Option<Box<str>>,
    value: Option<Value>,
    value2: Option<Value>,
    index: Option<usize>,
    text: Option<Box<str>>,
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

/// The code for an expression whose result is a function, which no JSON can hold.
const FUNCTION_RESULT: &str = "U1002";

/// The code for an evaluation that went over its budget.
const OVER_BUDGET: &str = "U1001";

impl Error {
    #[inline(never)]
    pub(super) fn new(code: &'static str, span: Span) -> Error {
        Error(Box::new(Details { code, span, ..Details::default() }))
    }

    pub(super) fn with_token(mut self, token: &str) -> Error {
        self.token = Some(token.into());
        self
    }

    pub(super) fn with_value(mut self, value: Value) -> Error {
        self.value = Some(value);
        self
    }

    pub(super) fn with_value2(mut self, value: Value) -> Error {
        self.value2 = Some(value);
        self
    }

    pub(super) fn with_index(mut self, index: usize) -> Error {
        self.index = Some(index);
        self
    }

    pub(super) fn with_text(mut self, text: &str) -> Error {
        self.text = Some(text.into());
        self
    }

    /// The result is a function: AWS calls that an unsupported result type.
    pub fn is_function_result(&self) -> bool {
        self.code == FUNCTION_RESULT
    }

    /// The evaluation used more than the caller allows.
    pub fn is_over_budget(&self) -> bool {
        self.code == OVER_BUDGET
    }

    /// The operator, function or other part of the text the error is about.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The value that doesn't fit.
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// The error in words, worded as the reference implementation does, without its code.
    pub fn message(&self) -> String {
        let template = MESSAGES.iter().find(|(code, _)| *code == self.code).map_or("", |(_, template)| *template);
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&self.insert(place));
            rest = after;
        }
        text + rest
    }

    /// What stands at a place of the text.
    fn insert(&self, place: &str) -> String {
        let token = self.token.as_deref().unwrap_or_default();
        match place {
            "token" => quoted(token),
            "name" => token.to_owned(),
            "value" => self.value.as_ref().map(shortened).unwrap_or_default(),
            "value2" => self.value2.as_ref().map(shortened).unwrap_or_default(),
            "index" => self.index.map(|index| index.to_string()).unwrap_or_default(),
            _ => self.text.as_deref().unwrap_or_default().to_owned(),
        }
    }

    /// What to do about it, where the text alone doesn't tell.
    pub fn help(&self) -> Option<&'static str> {
        help(self.code)
    }
}

/// A value in a message: all of it, unless it is very long.
fn shortened(value: &Value) -> String {
    const MOST: usize = 1000;
    let mut text = value.to_string();
    if text.len() > MOST {
        text.truncate(text.floor_char_boundary(MOST));
        text.push_str("...");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_holds_what_the_error_is_about() {
        let error = Error::new("T2009", Span::at(0)).with_token("<").with_value("{token}".into()).with_value2(Value::from(2));
        assert_eq!(error.message(), r#"The values "{token}" and 2 either side of operator "<" must be of the same data type"#);
        assert_eq!(
            Error::new("T1005", Span::at(0)).with_token("sum").message(),
            "Attempted to invoke a non-function. Did you mean $sum?"
        );
    }

    #[test]
    fn every_message_stands_once() {
        for (code, _) in MESSAGES {
            assert_eq!(MESSAGES.iter().filter(|(other, _)| other == code).count(), 1, "{code}");
        }
    }
}
