//! From a definition's tree to a [`Definition`], with the list of what makes running impossible.
//!
//! Lenient: fields that no state knows are passed over, and a state that can't run is kept as [`Kind::Broken`], so that the rest runs.
//! What else the service would object to is the checker's to say.

mod fields;
mod kinds;

use super::definition::{Definition, QueryLanguage, Scope, ScopeId, State, StateId, StateType, Transition};
use super::flow::Flow;
use super::kinds::Kind;
use crate::json::{Member, Node};
use crate::order::Hashed;
use crate::text::{Span, with_marks};
use fields::Fields;
use std::collections::VecDeque;
use std::sync::Arc;

/// Something that makes running impossible.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub span: Span,
    /// JSON pointer of the object it is in.
    pub pointer: String,
    pub message: String,
}

/// Most states a definition may have here: far beyond what its megabyte allows on AWS.
const MAX_STATES: usize = 100_000;

/// Lowers a definition; it runs as it should where there are no problems.
pub fn lower(root: &Node) -> (Definition, Vec<Problem>) {
    Lowering::default().run(root)
}

/// Lowers a single state, as TestState takes it: the definition holds it alone, under the name `name`, and its transitions
/// lead to states of which nothing is known but the names.
pub fn lower_state(state: &Node, name: &str, language: Option<QueryLanguage>) -> (Definition, Vec<Problem>) {
    let mut lowering = Lowering { machine: language.unwrap_or_default(), ..Lowering::default() };
    lowering.scopes.push(Scope { pointer: "".into(), within: None, start: Some(StateId(0)) });
    let targets = kinds::targets(state);
    let names = targets.iter().enumerate().map(|(at, name)| (*name, StateId(at as u32 + 1))).collect();
    let place = Place { scope: ScopeId(0), language: lowering.machine, names: &names };
    lowering.state(name, state.span, state, String::new(), &place);
    for target in targets {
        lowering.states.push(State::unknown(target));
    }
    lowering.deeper_scopes();
    lowering.finish(None, None)
}

/// A scope whose states are still to be lowered.
struct Pending<'a> {
    node: &'a Node,
    scope: ScopeId,
    language: QueryLanguage,
}

/// What a state needs to know of where it stands.
struct Place<'a> {
    scope: ScopeId,
    language: QueryLanguage,
    names: &'a Hashed<&'a str, StateId>,
}

#[derive(Default)]
struct Lowering<'a> {
    machine: QueryLanguage,
    states: Vec<State>,
    scopes: Vec<Scope>,
    /// Scopes in the order they were found: a queue instead of recursion, since definitions nest as deep as their author likes.
    pending: VecDeque<Pending<'a>>,
    problems: Vec<Problem>,
}

impl<'a> Lowering<'a> {
    fn run(mut self, root: &'a Node) -> (Definition, Vec<Problem>) {
        if !root.is_object() {
            self.problem(root.span, "", format!("a definition is an object, not {}", root.kind_name()));
        }
        let language = language_of(root, QueryLanguage::default());
        self.machine = language;
        self.scopes.push(Scope { pointer: "".into(), within: None, start: None });
        self.pending.push_back(Pending { node: root, scope: ScopeId(0), language });
        self.deeper_scopes();
        let timeout = root.get("TimeoutSeconds").and_then(Node::as_number).and_then(|seconds| seconds.as_i64());
        self.finish(root.text("Comment"), timeout.filter(|seconds| *seconds > 0))
    }

    fn finish(self, comment: Option<&str>, timeout_seconds: Option<i64>) -> (Definition, Vec<Problem>) {
        let definition = Definition { comment: comment.map(Arc::from), timeout_seconds, states: self.states, scopes: self.scopes };
        (definition, self.problems)
    }

    fn deeper_scopes(&mut self) {
        while let Some(pending) = self.pending.pop_front() {
            self.scope(pending);
        }
    }

    fn scope(&mut self, Pending { node, scope, language }: Pending<'a>) {
        let pointer = self.scopes[scope.0 as usize].pointer.clone();
        let Some(states) = node.get("States").filter(|states| states.is_object()) else {
            return self.problem(node.span, &pointer, "no `States` object here".to_owned());
        };
        let members = distinct(states);
        if self.states.len() + members.len() > MAX_STATES {
            return self.problem(states.span, &pointer, format!("more than {MAX_STATES} states"));
        }
        let first = self.states.len() as u32;
        let names: Hashed<&str, StateId> =
            members.iter().enumerate().map(|(at, member)| (&*member.key.text, StateId(first + at as u32))).collect();
        let start = node.text("StartAt").and_then(|name| names.get(name).copied());
        if start.is_none() {
            let (span, message) = match node.get("StartAt") {
                Some(named) => (named.span, "`StartAt` names no state here"),
                None => (node.span, "no `StartAt` here"),
            };
            self.problem(span, &pointer, message.to_owned());
        }
        self.scopes[scope.0 as usize].start = start;
        for member in members {
            let place = Place { scope, language, names: &names };
            let pointer = format!("{pointer}/States/{}", escaped(&member.key.text));
            self.state(&member.key.text, member.key.span, &member.value, pointer, &place);
        }
    }

    fn state(&mut self, name: &str, span: Span, node: &'a Node, pointer: String, place: &Place) {
        let id = StateId(self.states.len() as u32);
        let language = language_of(node, place.language);
        let state_type = node.text("Type").and_then(StateType::parse);
        let pointer: Arc<str> = pointer.into();
        let mut fields = Fields::new(node, language, place.names);
        let (mut kind, flow, next) = match state_type {
            Some(state_type) => {
                let mut scopes = kinds::Scopes { first: self.scopes.len() as u32, found: Vec::new() };
                let kind = kinds::kind(state_type, &mut fields, &mut scopes);
                self.remember(scopes, id, &pointer);
                (kind, kinds::flow(state_type, &mut fields), kinds::transition(state_type, &mut fields))
            }
            None => {
                let span = node.get("Type").map_or(span, |written| written.span);
                fields.problem(span, "no `Type` that states have here".to_owned());
                (Kind::Succeed, Flow::through(), Transition::End)
            }
        };
        if let Some((_, message)) = fields.problems.first() {
            kind = Kind::Broken(with_marks(message, ['\'', '\'']).into());
        }
        let found = fields.problems.into_iter();
        self.problems.extend(found.map(|(span, message)| Problem { span, pointer: pointer.to_string(), message }));
        self.states.push(State {
            name: name.into(),
            pointer,
            span,
            scope: place.scope,
            state_type: state_type.unwrap_or(StateType::Pass),
            language,
            next,
            flow,
            kind,
            reads_context: kinds::reads_context(node, language),
        });
    }

    /// Takes down the branches or the processor of a state, to be lowered after the states beside it.
    fn remember(&mut self, scopes: kinds::Scopes<'a>, within: StateId, pointer: &str) {
        for (node, place) in scopes.found {
            let scope = ScopeId(self.scopes.len() as u32);
            self.scopes.push(Scope { pointer: format!("{pointer}{place}").into(), within: Some(within), start: None });
            // A state's own query language isn't inherited by the states inside it: the machine's is.
            let language = language_of(node, self.machine);
            self.pending.push_back(Pending { node, scope, language });
        }
    }

    fn problem(&mut self, span: Span, pointer: &str, message: String) {
        self.problems.push(Problem { span, pointer: pointer.to_owned(), message });
    }
}

/// The language that an object names, or else the one around it.
fn language_of(node: &Node, around: QueryLanguage) -> QueryLanguage {
    match node.text("QueryLanguage") {
        Some("JSONata") => QueryLanguage::Jsonata,
        Some("JSONPath") => QueryLanguage::JsonPath,
        _ => around,
    }
}

/// Members by their keys: of a key that stands twice the last one, in the first one's place.
fn distinct(node: &Node) -> Vec<&Member> {
    let mut at: Hashed<&str, usize> = Hashed::new();
    let mut members: Vec<&Member> = Vec::new();
    for member in node.members() {
        match at.get(&*member.key.text) {
            Some(known) => members[*known] = member,
            None => {
                at.insert(&member.key.text, members.len());
                members.push(member);
            }
        }
    }
    members
}

/// A part of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
