//! JSON that remembers where everything was.
//!
//! [`parse`] reads any text and always gives a tree and the list of what is wrong with the text, never only an error. It knows nothing
//! of the Amazon States Language.

mod format;
mod parse;
mod place;

pub use format::format;
pub use parse::{MAX_DEPTH, Parsed, SyntaxError, parse};
pub use place::{node_at, pointer_to, source_offset, source_span};

use crate::text::Span;
use crate::value::{Number, Value};

/// A value and the text it was written as.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    /// The text without its quotes and escapes; [`source_span`] finds a part of it in the source.
    String(Box<str>),
    Array(Vec<Node>),
    /// Every member in the order of the text, duplicates too.
    Object(Vec<Member>),
    /// Something that is no JSON, or nothing where a value has to be; [`parse`] has said so.
    Broken,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub key: Key,
    pub value: Node,
}

/// The name of a member; its span includes the quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub span: Span,
    pub text: Box<str>,
}

impl Member {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        self.key.span.to(self.value.span)
    }
}

impl Node {
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The members of an object, none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of an array, none of anything else.
    pub fn elements(&self) -> &[Node] {
        match &self.kind {
            Kind::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The member of an object by its key; the last one where a key stands twice, as AWS takes it.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| &*member.key.text == key)
    }

    /// The value of a member of an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.value)
    }

    /// The text that a member holds.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The elements of a member; none where it is no list.
    pub fn list(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], Node::elements)
    }

    /// A member that holds a text, with the text.
    pub fn with_text(&self, key: &str) -> Option<(&Node, &str)> {
        let value = self.get(key)?;
        Some((value, value.as_str()?))
    }

    /// A member that holds a number, with the number.
    pub fn with_number(&self, key: &str) -> Option<(&Node, f64)> {
        let value = self.get(key)?;
        Some((value, value.as_number()?.as_f64()))
    }

    pub fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }

    /// What the JSON value is called in messages: `an object`, `a string`, ...
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
            Kind::Broken => "nothing",
        }
    }

    /// The same value without places; what is broken is null.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null | Kind::Broken => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::String(text) => Value::from(&**text),
            Kind::Array(elements) => Value::array(elements.iter().map(Node::to_value).collect()),
            Kind::Object(members) => {
                Value::object(members.iter().map(|member| ((&*member.key.text).into(), member.value.to_value())))
            }
        }
    }
}

/// The value of a JSON text, or the first thing that is wrong with it.
pub fn value_of(text: &str) -> Result<Value, SyntaxError> {
    let parsed = parse(text);
    match parsed.errors.into_iter().next() {
        None => Ok(parsed.root.to_value()),
        Some(error) => Err(error),
    }
}
