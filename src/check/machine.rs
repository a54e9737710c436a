//! A definition as the rules see it: every state of every depth, with the scope it stands in, over the parsed text.

use super::Options;
use super::queries::{self, Queries};
use crate::json::{Key, Member, Node};
use crate::order::Hashed;
use crate::spec::{self, Place, QueryLanguage, Shape, StateType};
use crate::text::Span;
use std::cell::OnceCell;

/// The definition with its states; what isn't there or has the wrong shape is simply left out.
pub struct Machine<'a> {
    pub text: &'a str,
    pub root: &'a Node,
    pub options: &'a Options,
    pub language: QueryLanguage,
    /// In the order of the text; the first is the machine itself.
    pub scopes: Vec<Scope<'a>>,
    /// In the order of their depth and of the text.
    pub states: Vec<State<'a>>,
    /// Every object that has fields of the language, the machine first.
    pub objects: Vec<Object<'a>>,
    /// The states each state leads to, of those that exist.
    pub transitions: Vec<Vec<usize>>,
    queries: OnceCell<Queries>,
}

/// An object whose fields the language defines.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    pub node: &'a Node,
    pub place: Place,
    pub language: QueryLanguage,
    /// What to point at when the object as a whole is meant: its key, or its opening bracket.
    pub label: Span,
    /// The field it stands in.
    pub field: Option<&'a Member>,
    pub parent: Option<Parent<'a>>,
    /// The state it is, or belongs to.
    pub state: Option<usize>,
    /// The scope whose states its fields name.
    pub scope: usize,
}

/// Where an object stands in another.
#[derive(Clone, Copy)]
pub struct Parent<'a> {
    pub object: usize,
    /// The field, or the name of a state.
    pub field: &'a str,
    /// The index in a list.
    pub element: Option<usize>,
}

/// A machine, a branch or the processor of a Map: what has `StartAt` and `States`.
pub struct Scope<'a> {
    pub node: &'a Node,
    /// The object it is.
    pub object: usize,
    /// The state it belongs to; none for the machine.
    pub owner: Option<usize>,
    /// The states in it, not those deeper down.
    pub states: Vec<usize>,
    pub names: Hashed<&'a str, usize>,
}

/// One state.
pub struct State<'a> {
    pub key: &'a Key,
    pub node: &'a Node,
    /// What its `Type` says; where that says nothing, what its fields look like.
    pub kind: StateType,
    /// Whether `Type` says it.
    pub typed: bool,
    pub language: QueryLanguage,
    pub scope: usize,
    /// The object it is.
    pub object: usize,
}

impl<'a> Object<'a> {
    /// What it is called in messages.
    pub fn what(&self) -> String {
        let what = match (self.place, self.field) {
            (Place::State(_), Some(member)) => return format!("state `{}`", member.key.text),
            (Place::Branch, _) => "this branch",
            (Place::ChoiceRule | Place::NestedRule, _) => "this rule",
            (Place::Retrier, _) => "this retrier",
            (Place::Catcher, _) => "this catcher",
            (_, Some(member)) => return format!("`{}`", member.key.text),
            (_, None) => "the definition",
        };
        what.to_owned()
    }
}

impl<'a> State<'a> {
    pub fn name(&self) -> &'a str {
        &self.key.text
    }

    pub fn get(&self, field: &str) -> Option<&'a Node> {
        self.node.get(field)
    }

    pub fn member(&self, field: &str) -> Option<&'a Member> {
        self.node.member(field)
    }

    pub fn is_jsonata(&self) -> bool {
        self.language == QueryLanguage::Jsonata
    }
}

impl<'a> Scope<'a> {
    /// The state it begins with, if that exists.
    pub fn start(&self) -> Option<usize> {
        self.names.get(self.node.text("StartAt")?).copied()
    }

    /// The names of its states, in the order of the text.
    pub fn state_names(&self, machine: &Machine<'a>) -> Vec<&'a str> {
        self.states.iter().map(|state| machine.states[*state].name()).collect()
    }
}

/// A place where the name of a state is written.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub value: &'a Node,
    /// The object it is written in, and the field.
    pub object: usize,
    pub field: &'static str,
    /// The scope whose states it may name.
    pub scope: usize,
}

impl<'a> Machine<'a> {
    pub fn new(text: &'a str, root: &'a Node, options: &'a Options) -> Machine<'a> {
        // Some write it one level too deep; that is told once, and the states are read as they are meant.
        let holder = if root.get("QueryLanguage").is_some() { Some(root) } else { root.get("States") };
        let language = holder.and_then(|holder| holder.text("QueryLanguage")).and_then(QueryLanguage::parse);
        let language = language.unwrap_or(QueryLanguage::JsonPath);
        let (scopes, states, objects) = (Vec::new(), Vec::new(), Vec::new());
        let mut machine =
            Machine { text, root, options, language, scopes, states, objects, transitions: Vec::new(), queries: OnceCell::new() };
        let label = Span::new(root.span.start, root.span.start + 1);
        machine.add(Object {
            node: root,
            place: Place::Machine,
            language,
            label,
            field: None,
            parent: None,
            state: None,
            scope: 0,
        });
        // Objects lead to further objects; a list instead of recursion, since users choose the depth.
        let mut next = 0;
        while next < machine.objects.len() {
            machine.add_fields(next);
            next += 1;
        }
        machine.transitions = machine.find_transitions();
        machine
    }

    /// Adds an object, and its scope where it has one.
    fn add(&mut self, mut object: Object<'a>) {
        if matches!(object.place, Place::Machine | Place::Branch | Place::Processor) {
            object.scope = self.scopes.len();
            let (states, names) = (Vec::new(), Hashed::new());
            self.scopes.push(Scope { node: object.node, object: self.objects.len(), owner: object.state, states, names });
        }
        self.objects.push(object);
    }

    /// Adds the objects that stand in the fields of one.
    fn add_fields(&mut self, index: usize) {
        let Object { node, place, language, state, scope, .. } = self.objects[index];
        for member in node.members() {
            let Some(field) = spec::field(place, language, &member.key.text) else { continue };
            let (name, value) = (&*member.key.text, &member.value);
            let child = |node: &'a Node, place, label, element| {
                let parent = Some(Parent { object: index, field: name, element });
                Object { node, place, language, label, field: Some(member), parent, state, scope }
            };
            match field.shape {
                Shape::States => self.add_states(index, value),
                Shape::Object(place) if value.is_object() => {
                    let language = if place == Place::Processor { self.language } else { language };
                    self.add(Object { language, ..child(value, place, member.key.span, None) });
                }
                Shape::List(place) => {
                    let language = if place == Place::Branch { self.language } else { language };
                    for (number, element) in value.elements().iter().enumerate().filter(|(_, element)| element.is_object()) {
                        let label = Span::new(element.span.start, element.span.start + 1);
                        self.add(Object { language, ..child(element, place, label, Some(number)) });
                    }
                }
                _ => {}
            }
        }
    }

    fn add_states(&mut self, parent: usize, states: &'a Node) {
        let scope = self.objects[parent].scope;
        for member in states.members().iter().filter(|member| member.value.is_object()) {
            let node = &member.value;
            let own = node.text("QueryLanguage").and_then(QueryLanguage::parse);
            let language = own.unwrap_or(self.language);
            let named = node.text("Type").and_then(StateType::parse);
            let (typed, kind) = (named.is_some(), named.unwrap_or_else(|| type_of_fields(node)));
            let index = self.states.len();
            self.states.push(State { key: &member.key, node, kind, typed, language, scope, object: self.objects.len() });
            self.scopes[scope].states.push(index);
            self.scopes[scope].names.insert(&member.key.text, index);
            let parent = Some(Parent { object: parent, field: &member.key.text, element: None });
            let place = Place::State(kind);
            let (label, field) = (member.key.span, Some(member));
            self.add(Object { node, place, language, label, field, parent, state: Some(index), scope });
        }
    }

    /// The queries in its fields; read when somebody asks first.
    pub fn queries(&self) -> &Queries {
        self.queries.get_or_init(|| queries::collect(self))
    }

    /// Where AWS's messages say an object stands: `/States/Pay/Choices[0]`, and `/` for the machine.
    pub fn aws_path(&self, object: usize) -> String {
        let mut path = String::new();
        let mut at = object;
        while let Some(parent) = &self.objects[at].parent {
            let states = if matches!(self.objects[at].place, Place::State(_)) { "/States" } else { "" };
            let element = parent.element.map(|number| format!("[{number}]")).unwrap_or_default();
            path = format!("{states}/{}{element}{path}", parent.field);
            at = parent.object;
        }
        if path.is_empty() { "/".to_owned() } else { path }
    }

    /// The same for a field of an object.
    pub fn aws_field(&self, object: usize, field: &str) -> String {
        format!("{}/{field}", self.aws_path(object).trim_end_matches('/'))
    }

    fn find_transitions(&self) -> Vec<Vec<usize>> {
        let mut transitions = vec![Vec::new(); self.states.len()];
        for target in self.targets() {
            if target.field == "StartAt" {
                continue;
            }
            let from = self.objects[target.object].state;
            let to = target.value.as_str().and_then(|name| self.scopes[target.scope].names.get(name));
            if let (Some(from), Some(to)) = (from, to) {
                transitions[from].push(*to);
            }
        }
        transitions
    }

    /// Which states are reached from `StartAt`.
    pub fn reached(&self) -> Vec<bool> {
        let (mut reached, mut open) = (vec![false; self.states.len()], self.starts());
        while let Some(state) = open.pop() {
            if !std::mem::replace(&mut reached[state], true) {
                open.extend(&self.transitions[state]);
            }
        }
        reached
    }

    /// The states with which the machine, its branches and iterations begin, of those that exist.
    pub fn starts(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        for scope in &self.scopes {
            starts.extend(scope.start());
        }
        starts
    }

    /// Every place where a state's name is written in a field that leads there.
    pub fn targets(&self) -> Vec<Target<'a>> {
        let mut targets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            for field in ["StartAt", "Next", "Default"] {
                let Some(value) = object.node.get(field) else { continue };
                let known = spec::field(object.place, object.language, field);
                if known.is_some_and(|known| matches!(known.shape, Shape::StateName)) {
                    targets.push(Target { value, object: index, field, scope: object.scope });
                }
            }
        }
        targets
    }
}

/// The type a state without one most likely has, by the fields that only one type has.
fn type_of_fields(node: &Node) -> StateType {
    let has = |field: &str| node.get(field).is_some();
    match () {
        () if has("Choices") => StateType::Choice,
        () if has("Resource") => StateType::Task,
        () if has("Branches") => StateType::Parallel,
        () if has("ItemProcessor") || has("Iterator") => StateType::Map,
        () if ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].into_iter().any(has) => StateType::Wait,
        () if has("Error") || has("Cause") => StateType::Fail,
        () => StateType::Pass,
    }
}
