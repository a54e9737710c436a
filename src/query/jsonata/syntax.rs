//! The nodes of an expression, in one list: the parser makes them, `tree` gives them their meaning, `compile` reads them.
//!
//! Nodes name each other by their place in the list, so that a long chain of operators is neither walked nor dropped recursively.

use super::signature::Signature;
use crate::query::regex::Regex;
use crate::text::Span;
use crate::value::{Key, Value};
use std::sync::Arc;

/// A node's place in its [`Tree`].
pub type Id = usize;

/// A parent's place in [`Tree::slots`].
pub type SlotId = usize;

/// All nodes of an expression.
#[derive(Debug, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// What each `%` refers to.
    pub slots: Vec<Slot>,
}

/// What a `%` refers to: so many levels up, carried along the path as a variable of this number.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub label: usize,
    /// Below 0 of one that was counted down after it was found: the reference does so too.
    pub level: i32,
}

/// A node with its place and with what paths say about it.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    /// All of its text.
    pub span: Span,
    /// The token errors point at: an operator, or the first one.
    pub at: Span,
    /// How deep a walk over it recurses: chains of operators are walked in a loop.
    pub height: usize,
    /// `[]` stands after it: a single result stays an array.
    pub keep_array: bool,
    /// An array constructor at an end of a path, whose result isn't flattened.
    pub cons_array: bool,
    /// A step that carries bindings along with its results, or a path whose results do.
    pub tuple: bool,
    /// The variable of `@`.
    pub focus: Option<Key>,
    /// The variable of `#`.
    pub index: Option<Key>,
    pub ancestor: Option<SlotId>,
    /// Filters on the result of the node.
    pub predicates: Vec<Stage>,
    /// Filters and index bindings on the results of a step of a path.
    pub stages: Vec<Stage>,
    pub group: Option<Group>,
    /// Parents that are not found within the node.
    pub seeking: Vec<SlotId>,
}

#[derive(Clone, Debug)]
pub enum Stage {
    Filter(Id),
    Index(Key),
}

/// Key and value expressions of `{...}`.
#[derive(Clone, Debug)]
pub struct Group {
    pub pairs: Vec<(Id, Id)>,
    pub at: Span,
}

/// One criterion of an order-by.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    pub expr: Id,
    pub descending: bool,
}

#[derive(Debug)]
pub enum Kind {
    Name(Key),
    String(Arc<str>),
    Number(f64),
    Bool(bool),
    Null,
    Variable(Key),
    Regex(Arc<Regex>),
    Wildcard,
    Descendants,
    Parent(SlotId),
    /// `and`, `or` or `in` where an operand stands.
    Keyword(&'static str),
    /// The `?` of a partial application.
    Placeholder,
    /// The text ends where an operand should be.
    End,
    /// What was said to be wrong already.
    Error,
    Binary(&'static str, Id, Id),
    GroupBy(Id, Vec<(Id, Id)>),
    OrderBy(Id, Vec<Term>),
    Negate(Id),
    Array(Vec<Id>),
    Object(Vec<(Id, Id)>),
    Call(Id, Vec<Id>),
    Partial(Id, Vec<Id>),
    Lambda(Lambda),
    Condition(Id, Id, Option<Id>),
    Block(Vec<Id>),
    Transform(Id, Id, Option<Id>),
    // From here on: what `tree` makes.
    Path(Path),
    /// The order-by step of a path.
    Sort(Vec<Term>),
}

#[derive(Debug)]
pub struct Lambda {
    pub params: Vec<Id>,
    pub signature: Option<Arc<Signature>>,
    pub body: Id,
}

#[derive(Debug)]
pub struct Path {
    pub steps: Vec<Id>,
    /// A step says `[]`: a single result stays an array.
    pub keep_singleton: bool,
}

impl Node {
    pub fn new(kind: Kind, span: Span, at: Span) -> Node {
        Node {
            kind,
            span,
            at,
            height: 1,
            keep_array: false,
            cons_array: false,
            tuple: false,
            focus: None,
            index: None,
            ancestor: None,
            predicates: Vec::new(),
            stages: Vec::new(),
            group: None,
            seeking: Vec::new(),
        }
    }
}

impl Kind {
    /// The scalar that is written down.
    pub fn constant(&self) -> Option<Value> {
        Some(match self {
            Kind::String(text) => Value::String(text.clone()),
            Kind::Number(value) => Value::number(*value),
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Null => Value::Null,
            _ => return None,
        })
    }

    /// The operand it begins with, where it is one that follows an operand.
    pub fn left(&mut self) -> Option<&mut Id> {
        match self {
            Kind::Binary(_, left, _)
            | Kind::GroupBy(left, _)
            | Kind::OrderBy(left, _)
            | Kind::Call(left, _)
            | Kind::Partial(left, _)
            | Kind::Condition(left, _, _) => Some(left),
            _ => None,
        }
    }

    /// Visits the other nodes that the parser put within it, in the order of the text.
    pub fn each(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        match self {
            Kind::Binary(_, _, inner) | Kind::Negate(inner) => visit(inner),
            Kind::Lambda(lambda) => visit(&mut lambda.body),
            Kind::OrderBy(_, terms) => terms.iter_mut().for_each(|term| visit(&mut term.expr)),
            Kind::Array(ids) | Kind::Block(ids) | Kind::Call(_, ids) | Kind::Partial(_, ids) => ids.iter_mut().for_each(visit),
            Kind::GroupBy(_, pairs) | Kind::Object(pairs) => {
                for (key, value) in pairs {
                    visit(key);
                    visit(value);
                }
            }
            Kind::Condition(_, first, last) => {
                visit(first);
                last.iter_mut().for_each(visit);
            }
            Kind::Transform(pattern, update, delete) => {
                visit(pattern);
                visit(update);
                delete.iter_mut().for_each(visit);
            }
            _ => {}
        }
    }
}

impl Tree {
    pub fn add(&mut self, mut kind: Kind, span: Span, at: Span) -> Id {
        let height = self.height(&mut kind);
        self.nodes.push(Node { height, ..Node::new(kind, span, at) });
        self.nodes.len() - 1
    }

    fn height(&self, kind: &mut Kind) -> usize {
        let left = kind.left().map_or(0, |left| self.nodes[*left].height);
        let mut inner = 0;
        kind.each(&mut |id| inner = self.nodes[*id].height.max(inner));
        match kind {
            Kind::Binary(..) | Kind::GroupBy(..) | Kind::OrderBy(..) => left.max(1 + inner),
            _ => 1 + left.max(inner),
        }
    }

    /// The steps of a path; none of anything else.
    pub fn steps(&self, id: Id) -> &[Id] {
        match &self.nodes[id].kind {
            Kind::Path(path) => &path.steps,
            _ => &[],
        }
    }

    /// What the reference calls the kind of a node.
    pub fn type_name(&self, id: Id) -> &'static str {
        match &self.nodes[id].kind {
            Kind::Name(_) | Kind::Keyword(_) => "name",
            Kind::String(_) => "string",
            Kind::Number(_) => "number",
            Kind::Bool(_) | Kind::Null => "value",
            Kind::Variable(_) => "variable",
            Kind::Regex(_) => "regex",
            Kind::Wildcard => "wildcard",
            Kind::Descendants => "descendant",
            Kind::Parent(_) => "parent",
            Kind::Placeholder => "operator",
            Kind::End => "(end)",
            Kind::Error => "error",
            Kind::Binary(":=", ..) => "bind",
            Kind::Binary("~>", ..) => "apply",
            Kind::Binary(..) | Kind::GroupBy(..) | Kind::OrderBy(..) => "binary",
            Kind::Negate(_) | Kind::Array(_) | Kind::Object(_) => "unary",
            Kind::Call(..) => "function",
            Kind::Partial(..) => "partial",
            Kind::Lambda(_) => "lambda",
            Kind::Condition(..) => "condition",
            Kind::Block(_) => "block",
            Kind::Transform(..) => "transform",
            Kind::Path(_) => "path",
            Kind::Sort(_) => "sort",
        }
    }
}

impl std::ops::Index<Id> for Tree {
    type Output = Node;

    fn index(&self, id: Id) -> &Node {
        &self.nodes[id]
    }
}

impl std::ops::IndexMut<Id> for Tree {
    fn index_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id]
    }
}
