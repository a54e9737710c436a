//! What stands at an offset: the object, whether a name or a value, and what has been written of it.

use crate::json::{Kind, Node};
use crate::spec::{self, Place, QueryLanguage, Shape, StateType};
use crate::text::Span;

/// A place in a definition, seen from the language.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    /// The objects and lists around it, the whole definition first.
    pub around: Vec<Level<'a>>,
    pub slot: Slot<'a>,
}

/// An object or list around the cursor.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    pub node: &'a Node,
    pub meaning: Meaning,
    pub language: QueryLanguage,
    /// The JSON pointer.
    pub pointer: String,
}

/// What an object or list is to the language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// An object with the fields of this kind.
    Object(Place),
    /// A list of such objects.
    List(Place),
    /// An object of states.
    States,
    /// The value of a field of this shape, or a part of one.
    Data(Shape),
    Unknown,
}

/// What can be written at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot<'a> {
    /// The name of a member; `followed` where a colon stands behind it already.
    Key { span: Span, written: String, followed: bool },
    /// A value of this member, or an element of the list that it holds. For a text, `text` is what it says up to the cursor.
    Value { key: &'a str, shape: Shape, span: Span, text: Option<String> },
}

impl<'a> Cursor<'a> {
    /// The innermost object or list.
    pub fn level(&self) -> &Level<'a> {
        self.around.last().expect("the definition is around everything")
    }

    /// The innermost object of states, with the name of the state that the cursor is in.
    pub fn scope(&self) -> Option<(&'a Node, Option<&'a str>)> {
        let at = self.around.iter().rposition(|level| level.meaning == Meaning::States)?;
        let states = self.around[at].node;
        let inner = self.around.get(at + 1).map(|level| level.node);
        let state = inner.and_then(|inner| states.members().iter().find(|member| std::ptr::eq(&member.value, inner)));
        Some((states, state.map(|member| &*member.key.text)))
    }

    /// The way from the innermost state down to the cursor: `Catch`, `0`, `Assign`.
    pub fn way(&self) -> Vec<&str> {
        let state = self.state().map_or("", |(_, _, pointer)| pointer);
        let inside = self.level().pointer.strip_prefix(state).unwrap_or_default();
        let key = match &self.slot {
            Slot::Value { key, .. } => Some(*key),
            Slot::Key { .. } => None,
        };
        inside.split('/').chain(key).filter(|step| !step.is_empty()).collect()
    }

    /// The innermost state's node, type and pointer.
    pub fn state(&self) -> Option<(&'a Node, Option<StateType>, &str)> {
        self.around.iter().rev().find_map(|level| match level.meaning {
            Meaning::Object(Place::State(_)) => Some((level.node, kind_of(level.node), level.pointer.as_str())),
            _ => None,
        })
    }
}

/// The type a state says it has.
pub fn kind_of(state: &Node) -> Option<StateType> {
    state.text("Type").and_then(StateType::parse)
}

/// Finds what stands at an offset; none outside of any object.
pub fn locate<'a>(text: &str, root: &'a Node, offset: usize) -> Option<Cursor<'a>> {
    let machine_language = language_of(root).unwrap_or(QueryLanguage::JsonPath);
    let whole = Level { node: root, meaning: Meaning::Object(Place::Machine), language: machine_language, pointer: String::new() };
    let mut around = vec![whole];
    loop {
        let level = around.last()?;
        let slot = match &level.node.kind {
            Kind::Object(_) => match in_object(text, level, offset) {
                Step::Into(next) => Err(next),
                Step::Here(slot) => Ok(slot),
            },
            Kind::Array(elements) => match elements.iter().enumerate().find(|(_, element)| holds(element, offset)) {
                Some((index, element)) => Err(element_level(level, index, element)),
                None => Ok(element_slot(text, level, offset)),
            },
            _ => return None,
        };
        match slot {
            Ok(slot) => return Some(Cursor { around, slot }),
            Err(mut next) => {
                if matches!(next.meaning, Meaning::Object(Place::Branch | Place::Processor)) {
                    next.language = machine_language;
                }
                around.push(next);
            }
        }
    }
}

enum Step<'a> {
    Into(Level<'a>),
    Here(Slot<'a>),
}

/// Whether the cursor is inside the brackets of a node.
fn holds(node: &Node, offset: usize) -> bool {
    let brackets = matches!(node.kind, Kind::Object(_) | Kind::Array(_));
    brackets && node.span.start < offset && offset < node.span.end
}

fn in_object<'a>(text: &str, level: &Level<'a>, offset: usize) -> Step<'a> {
    for member in level.node.members() {
        let (key, value) = (&member.key, &member.value);
        if key.span.start < offset && offset <= key.span.end && !key.span.is_empty() {
            let followed = text[key.span.end..].trim_start().starts_with(':');
            let written = before_cursor(text, key.span, offset);
            return Step::Here(Slot::Key { span: key.span, written, followed });
        }
        let (shape, meaning) = member_meaning(level, &key.text, value);
        if holds(value, offset) {
            let language = language_of(value).unwrap_or(level.language);
            let pointer = format!("{}/{}", level.pointer, key.text.replace('~', "~0").replace('/', "~1"));
            return Step::Into(Level { node: value, meaning, language, pointer });
        }
        let in_value =
            !value.span.is_empty() && value.span.touches(offset) && !matches!(value.kind, Kind::Object(_) | Kind::Array(_));
        if in_value {
            return Step::Here(value_slot(text, &key.text, shape, value.span, offset));
        }
        // Behind the colon, with nothing there yet.
        let gap = text.get(key.span.end..offset).unwrap_or_default().trim();
        if gap == ":" && (value.span.is_empty() || offset < value.span.start) {
            return Step::Here(Slot::Value { key: &key.text, shape, span: Span::at(offset), text: None });
        }
    }
    Step::Here(Slot::Key { span: Span::at(offset), written: String::new(), followed: false })
}

fn element_level<'a>(list: &Level<'a>, index: usize, element: &'a Node) -> Level<'a> {
    let meaning = match list.meaning {
        Meaning::List(place) => Meaning::Object(place),
        other => other,
    };
    Level { node: element, meaning, language: list.language, pointer: format!("{}/{index}", list.pointer) }
}

fn element_slot<'a>(text: &str, list: &Level<'a>, offset: usize) -> Slot<'a> {
    let shape = match list.meaning {
        Meaning::Data(shape) => shape,
        _ => Shape::Any,
    };
    let element = list.node.elements().iter().find(|element| element.span.touches(offset));
    match element {
        Some(element) => value_slot(text, "", shape, element.span, offset),
        None => Slot::Value { key: "", shape, span: Span::at(offset), text: None },
    }
}

fn value_slot<'a>(text: &str, key: &'a str, shape: Shape, span: Span, offset: usize) -> Slot<'a> {
    let quoted = span.of(text).starts_with('"');
    Slot::Value { key, shape, span, text: quoted.then(|| before_cursor(text, span, offset)) }
}

/// What stands between the opening quote and the cursor.
fn before_cursor(text: &str, span: Span, offset: usize) -> String {
    text.get(span.start..offset).unwrap_or_default().trim_start_matches('"').to_owned()
}

/// The shape of a member's value, and what an object or list there would be.
fn member_meaning(level: &Level, key: &str, value: &Node) -> (Shape, Meaning) {
    match level.meaning {
        Meaning::States => (Shape::Any, Meaning::Object(Place::State(kind_of(value).unwrap_or(StateType::Task)))),
        Meaning::Object(place) => {
            let shape = spec::field(place, level.language, key).map_or(Shape::Any, |field| field.shape);
            let meaning = match shape {
                Shape::States => Meaning::States,
                Shape::Object(place) => Meaning::Object(place),
                Shape::List(place) => Meaning::List(place),
                Shape::Any => Meaning::Unknown,
                shape => Meaning::Data(shape),
            };
            (shape, meaning)
        }
        // Templates nest: what holds of the field holds of its parts.
        Meaning::Data(shape) => (shape, Meaning::Data(shape)),
        Meaning::List(_) | Meaning::Unknown => (Shape::Any, Meaning::Unknown),
    }
}

fn language_of(node: &Node) -> Option<QueryLanguage> {
    node.text("QueryLanguage").and_then(QueryLanguage::parse)
}
