//! An operand's value as filters see it.

use super::Pattern;
use crate::query::path::java::{decimal, decimal_text, equals};
use crate::value::{Number, Value};

/// An operand that was evaluated: borrowed from the document where that can be.
pub(super) enum Node<'a> {
    Item(Item<'a>),
    Found(Value),
}

impl Node<'_> {
    pub fn item(&self) -> Item<'_> {
        match self {
            Node::Item(item) => *item,
            Node::Found(value) => Item::of(value),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Undefined,
    Null,
    Bool(bool),
    Text(&'a str),
    Number(&'a Number),
    /// An array or object, with its text where it stands in the path.
    Json(&'a Value, Option<&'a str>),
    Pattern(&'a Pattern),
    /// An element of a list that looks like JSON, which makes it unlike any text.
    Quoted(&'a str),
    /// An element of a list that looks like a path, which makes it unlike anything.
    Foreign,
}

impl<'a> Item<'a> {
    /// A value of the document.
    pub fn of(value: &'a Value) -> Item<'a> {
        match value {
            Value::Null => Item::Null,
            Value::Bool(value) => Item::Bool(*value),
            Value::String(text) => Item::Text(text),
            Value::Number(number) => Item::Number(number),
            Value::Array(_) | Value::Object(_) => Item::Json(value, None),
        }
    }

    /// An element of a list that values are looked up in.
    pub fn element(value: &'a Value) -> Item<'a> {
        let Value::String(text) = value else { return Item::of(value) };
        let trimmed = text.trim_matches(|character: char| character <= ' ');
        if trimmed.starts_with(['$', '@']) && super::super::Path::parse_jayway(trimmed).is_ok() {
            return Item::Foreign;
        }
        let bracketed = trimmed.len() > 1
            && (trimmed.starts_with('[') && trimmed.ends_with(']') || trimmed.starts_with('{') && trimmed.ends_with('}'));
        if bracketed && super::super::literal::lenient_json(trimmed).is_some() {
            return Item::Quoted(text);
        }
        Item::Text(unquoted(text))
    }

    /// `equals` of Jayway's nodes. Between a text and a number it depends on which of the two comes first.
    pub fn equals(&self, other: &Item) -> bool {
        match (self, other) {
            (Item::Null, Item::Null) => true,
            (Item::Bool(left), Item::Bool(right)) => left == right,
            (Item::Text(left), Item::Text(right)) | (Item::Quoted(left), Item::Quoted(right)) => left == right,
            (Item::Text(left), Item::Number(right)) => **left == *decimal_text(right),
            (Item::Number(left), Item::Text(right)) => decimal(right).is_some_and(|right| **left == right),
            (Item::Number(left), Item::Number(right)) => left == right,
            (Item::Json(left, None), Item::Json(right, None)) => equals(left, right),
            (Item::Json(_, Some(left)), Item::Json(_, Some(right))) => left == right,
            _ => false,
        }
    }

    /// Whether two are of one of Jayway's kinds of nodes.
    pub fn same_kind(&self, other: &Item) -> bool {
        let json = |item: &Item| matches!(item, Item::Json(..) | Item::Quoted(_));
        json(self) && json(other) || std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// What a pattern is matched with.
    pub fn pattern_input(&self) -> String {
        match self {
            Item::Text(text) => (*text).to_owned(),
            Item::Number(number) => decimal_text(number),
            Item::Bool(value) => value.to_string(),
            _ => String::new(),
        }
    }
}

/// A text from a list without the quotes around it.
fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if text.len() < 2 { text } else { inner('\'').or_else(|| inner('"')).unwrap_or(text) }
}
