//! Reads the fields of one object and collects what is wrong with them.

use crate::asl::definition::{QueryLanguage, StateId, Transition};
use crate::asl::flow::{Assign, Place, ResultPlace};
use crate::asl::kinds::Source;
use crate::asl::query::{Expression, Holder, PathQuery, Query, QueryError};
use crate::json::{Kind as JsonKind, Node};
use crate::order::Hashed;
use crate::query::path::ReferencePath;
use crate::query::template::Template;
use crate::text::Span;
use std::sync::Arc;

/// The fields of a state, or of an object inside one.
pub(super) struct Fields<'n, 'a> {
    pub(super) node: &'n Node,
    pub(super) language: QueryLanguage,
    names: &'a Hashed<&'a str, StateId>,
    pub(super) problems: Vec<(Span, String)>,
}

impl<'n, 'a> Fields<'n, 'a> {
    pub(super) fn new(node: &'n Node, language: QueryLanguage, names: &'a Hashed<&'a str, StateId>) -> Fields<'n, 'a> {
        Fields { node, language, names, problems: Vec::new() }
    }

    /// Reads an object inside this one; what is wrong in it counts here.
    pub(super) fn within<T>(&mut self, node: &'n Node, read: impl FnOnce(&mut Fields<'n, 'a>) -> T) -> T {
        let mut inner = Fields::new(node, self.language, self.names);
        let found = read(&mut inner);
        self.problems.append(&mut inner.problems);
        found
    }

    pub(super) fn problem(&mut self, span: Span, message: String) {
        self.problems.push((span, message));
    }

    pub(super) fn jsonata(&self) -> bool {
        self.language == QueryLanguage::Jsonata
    }

    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        self.node.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'n str> {
        self.get(name)?.as_str()
    }

    fn kept<T>(&mut self, compiled: Result<T, Box<QueryError>>) -> Option<T> {
        compiled.map_err(|error| self.problem(error.span, error.message)).ok()
    }

    /// A path in a field of its own.
    pub(super) fn path(&mut self, name: &str) -> Option<Box<PathQuery>> {
        let node = self.get(name)?;
        let Some(text) = node.as_str() else {
            self.problem(node.span, format!("`{name}` is a path in a string, not {}", node.kind_name()));
            return None;
        };
        let compiled = PathQuery::compile(text, node.span);
        self.kept(compiled)
    }

    /// JSON with queries in it.
    pub(super) fn holder(&mut self, name: &str) -> Option<Holder> {
        let node = self.get(name)?;
        let compiled = Holder::compile(node, self.language);
        self.kept(compiled)
    }

    pub(super) fn assign(&mut self) -> Option<Assign> {
        let node = self.get("Assign")?;
        if !node.is_object() {
            self.problem(node.span, format!("`Assign` is an object, not {}", node.kind_name()));
            return None;
        }
        self.holder("Assign").map(Assign)
    }

    /// `InputPath` or `OutputPath`.
    pub(super) fn place(&mut self, name: &str) -> Place {
        match self.get(name).map(|node| &node.kind) {
            None => Place::Whole,
            Some(JsonKind::Null) => Place::Nothing,
            Some(JsonKind::String(text)) if &**text == "$" => Place::Whole,
            Some(_) => self.path(name).map_or(Place::Whole, Place::Path),
        }
    }

    /// `ResultPath`.
    pub(super) fn result_place(&mut self) -> ResultPlace {
        let Some(node) = self.get("ResultPath") else { return ResultPlace::Whole };
        match &node.kind {
            JsonKind::Null => ResultPlace::Nothing,
            JsonKind::String(text) if &**text == "$" => ResultPlace::Whole,
            JsonKind::String(text) => match ReferencePath::parse(text) {
                Ok(path) => ResultPlace::At(path),
                Err(error) => {
                    self.problem(node.span, error.to_string());
                    ResultPlace::Whole
                }
            },
            _ => {
                self.problem(node.span, format!("`ResultPath` is a path in a string, not {}", node.kind_name()));
                ResultPlace::Whole
            }
        }
    }

    /// `Seconds` with its `SecondsPath`, or with an expression: a whole number.
    pub(super) fn integer(&mut self, name: &str) -> Option<Source<i64>> {
        self.source(name, "a whole number", |node| node.as_number()?.as_i64())
    }

    pub(super) fn decimal(&mut self, name: &str) -> Option<Source<f64>> {
        self.source(name, "a number", |node| Some(node.as_number()?.as_f64()))
    }

    pub(super) fn timestamp(&mut self) -> Option<Source<Arc<str>>> {
        self.source("Timestamp", "a timestamp in a string", |node| node.as_str().map(Arc::from))
    }

    fn source<T>(&mut self, name: &str, wanted: &str, literal: impl Fn(&Node) -> Option<T>) -> Option<Source<T>> {
        let by_path = format!("{name}Path");
        if !self.jsonata() && self.get(&by_path).is_some() {
            return self.path(&by_path).map(Source::Path);
        }
        let node = self.get(name)?;
        if self.jsonata()
            && let Some(compiled) = node.as_str().and_then(|text| Expression::compile(text, node.span))
        {
            return self.kept(compiled).map(Source::Expression);
        }
        let found = literal(node);
        if found.is_none() {
            self.problem(node.span, format!("`{name}` is {wanted}, not {}", node.kind_name()));
        }
        found.map(Source::Literal)
    }

    /// `Error` with its `ErrorPath`, or with an expression.
    pub(super) fn query(&mut self, name: &str) -> Option<Query> {
        let by_path = format!("{name}Path");
        if !self.jsonata()
            && let Some(node) = self.get(&by_path)
        {
            return match node.as_str() {
                Some(text) if !text.starts_with('$') => self.dynamic(&by_path),
                _ => self.path(&by_path).map(Query::Path),
            };
        }
        let node = self.get(name)?;
        let Some(text) = node.as_str() else {
            self.problem(node.span, format!("`{name}` is a string, not {}", node.kind_name()));
            return None;
        };
        if self.jsonata()
            && let Some(compiled) = Expression::compile(text, node.span)
        {
            return self.kept(compiled).map(Query::Expression);
        }
        Some(Query::Literal(text.into()))
    }

    /// A path or the call of an intrinsic function, as `….$` fields hold it.
    pub(super) fn dynamic(&mut self, name: &str) -> Option<Query> {
        let node = self.get(name)?;
        let Some(text) = node.as_str() else {
            self.problem(node.span, format!("`{name}` is a path or a call in a string, not {}", node.kind_name()));
            return None;
        };
        match Template::compile_query(name, text, node.span) {
            Ok(query) => Some(Query::Template(query)),
            Err(error) => {
                self.problem(node.span, error.to_string());
                None
            }
        }
    }

    /// The state that a field names.
    pub(super) fn target(&mut self, name: &str) -> Option<StateId> {
        let node = self.get(name)?;
        let target = node.as_str().and_then(|text| self.names.get(text).copied());
        if target.is_none() {
            self.problem(node.span, format!("`{name}` names no state here"));
        }
        target
    }

    /// `Next`, or else `End`.
    pub(super) fn transition(&mut self) -> Transition {
        match self.target("Next") {
            Some(next) => Transition::Next(next),
            None if self.get("End").and_then(Node::as_bool) == Some(true) => Transition::End,
            None => Transition::Nowhere,
        }
    }

    /// The strings of a list such as `ErrorEquals`.
    pub(super) fn texts(&mut self, name: &str) -> Vec<Arc<str>> {
        let Some(node) = self.get(name) else { return Vec::new() };
        node.elements().iter().filter_map(Node::as_str).map(Arc::from).collect()
    }
}
