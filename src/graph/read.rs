//! Reads a definition as scopes of states and transitions. Takes whatever is there: nothing here objects to anything.
//!
//! States are numbered in the order in which transitions reach them, what none reaches by name: so the order of the keys of `States`
//! decides nothing.

use super::{EdgeKind, Kind, caption, measure, words};
use crate::json::Node;
use crate::order::Hashed;
use crate::order::{Map, Set};

/// From how many characters on names and details are cut.
const LONGEST_NAME: usize = 30;
const LONGEST_DETAIL: usize = 60;

/// A state machine with the states of one `States` object; the whole definition, a branch, or the processor of a Map.
#[derive(Debug, Default)]
pub struct Scope {
    pub states: Vec<State>,
    pub transitions: Vec<Transition>,
    /// The state, or the start mark, that is entered first.
    pub start: Option<usize>,
}

#[derive(Debug)]
pub struct State {
    /// As in [`super::Node::id`].
    pub id: String,
    pub kind: Kind,
    pub name: String,
    /// As in [`super::Node::title`].
    pub title: String,
    pub caption: String,
    pub glyph: &'static str,
    /// As in [`super::Node::detail`].
    pub detail: Option<String>,
    pub unreachable: bool,
    /// The scopes inside, as indices of [`read`]'s list; all of them are greater than the scope's own.
    pub inside: Vec<usize>,
}

/// From one state to another of the same scope.
#[derive(Debug)]
pub struct Transition {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    /// As in [`super::Edge::way`].
    pub way: Option<u32>,
    /// The words on it, whole; empty for none.
    pub words: String,
}

/// The scopes of a definition, an outer one before those inside it; the first is the whole. `pointer` is where it stands itself.
pub fn read(definition: &Node, pointer: &str) -> Vec<Scope> {
    let mut scopes = vec![Scope::default()];
    let mut open = vec![(0, definition, pointer.to_owned())];
    while let Some((scope, machine, pointer)) = open.pop() {
        let (read, machines) = Reader::new(machine, scope == 0).read(&pointer);
        scopes[scope] = read;
        for (state, machine, pointer) in machines {
            let index = scopes.len();
            scopes[scope].states[state].inside.push(index);
            open.push((index, machine, pointer));
            scopes.push(Scope::default());
        }
    }
    scopes
}

/// A machine inside a state: the state's index, the machine and its pointer.
type Inner<'a> = (usize, &'a Node, String);

struct Exit<'a> {
    kind: EdgeKind,
    /// The name of the state it leads to; none where it ends the machine.
    target: Option<&'a str>,
    way: Option<u32>,
    words: String,
}

struct Reader<'a> {
    /// By name, so that nothing depends on the order of the text; the last where a name stands twice. Each with its transitions until it
    /// is numbered.
    members: Map<&'a str, (&'a Node, Vec<Exit<'a>>)>,
    start_at: Option<&'a str>,
    /// Whether the marks `Start` and `End` are drawn.
    marked: bool,
    numbers: Hashed<&'a str, usize>,
    names: Vec<&'a str>,
    exits: Vec<Vec<Exit<'a>>>,
    reached: usize,
}

impl<'a> Reader<'a> {
    fn new(machine: &'a Node, marked: bool) -> Reader<'a> {
        let members = machine.get("States").map_or(&[][..], Node::members);
        Reader {
            members: members.iter().map(|member| (&*member.key.text, (&member.value, exits_of(&member.value)))).collect(),
            start_at: machine.text("StartAt"),
            marked,
            numbers: Hashed::new(),
            names: Vec::new(),
            exits: Vec::new(),
            reached: 0,
        }
    }

    fn read(mut self, pointer: &str) -> (Scope, Vec<Inner<'a>>) {
        self.number_states();
        let first = usize::from(self.marked && self.start_at.is_some());
        let mut scope = Scope { start: self.start_at.map(|_| 0), ..Scope::default() };
        if first == 1 {
            scope.states.push(mark("start", Kind::Start));
            scope.transitions.push(Transition { from: 0, to: 1, kind: EdgeKind::Start, way: None, words: String::new() });
        }
        let mut machines = Vec::new();
        for (number, name) in self.names.iter().enumerate() {
            let id = format!("{pointer}/States/{}", name.replace('~', "~0").replace('/', "~1"));
            let node = self.members.get(name).map(|(node, _)| *node);
            for (pointer, machine) in node.map_or(Vec::new(), |node| machines_of(&id, node)) {
                machines.push((number + first, machine, pointer));
            }
            let unreachable = self.start_at.is_some() && number >= self.reached;
            scope.states.push(state(id, name, node, unreachable));
        }
        let end = scope.states.len();
        for (number, exits) in self.exits.into_iter().enumerate() {
            for exit in exits {
                let to = match exit.target {
                    Some(name) => self.numbers[name] + first,
                    None if self.marked => end,
                    None => continue,
                };
                let Exit { kind, way, words, .. } = exit;
                scope.transitions.push(Transition { from: number + first, to, kind, way, words });
            }
        }
        if scope.transitions.iter().any(|transition| transition.to == end) {
            scope.states.push(mark("end", Kind::End));
        }
        (scope, machines)
    }

    /// Numbers what `StartAt` reaches, then what else begins something, then what is left: rings that nothing enters.
    fn number_states(&mut self) {
        if let Some(start) = self.start_at {
            self.number_from(start);
        }
        self.reached = self.names.len();
        let names: Vec<&str> = self.members.keys().copied().collect();
        let mut entered = Vec::new();
        for name in &names {
            for target in self.members[name].1.iter().filter_map(|exit| exit.target) {
                if target != *name {
                    entered.push(target);
                }
            }
        }
        let entered: Set<&str> = entered.into_iter().collect();
        for name in names.iter().filter(|name| !entered.contains(*name)) {
            self.number_from(name);
        }
        for name in names {
            self.number_from(name);
        }
    }

    /// Numbers a state and what it leads to, depth first, each state's own transitions in their order.
    fn number_from(&mut self, name: &'a str) {
        let mut ahead = vec![name];
        while let Some(name) = ahead.pop() {
            if self.numbers.contains_key(name) {
                continue;
            }
            self.numbers.insert(name, self.names.len());
            self.names.push(name);
            let exits = self.members.get_mut(name).map_or(Vec::new(), |(_, exits)| std::mem::take(exits));
            ahead.extend(exits.iter().rev().filter_map(|exit| exit.target));
            self.exits.push(exits);
        }
    }
}

/// The transitions of a state in their order, catchers last.
fn exits_of(state: &Node) -> Vec<Exit<'_>> {
    let mut exits = Vec::new();
    let end = Exit { kind: EdgeKind::End, target: None, way: None, words: String::new() };
    match kind_of(state) {
        Kind::Choice => {
            for (at, rule) in state.list("Choices").iter().enumerate() {
                push_exit(&mut exits, rule, "Next", EdgeKind::Choice, Some(at), words::rule(rule));
            }
            push_exit(&mut exits, state, "Default", EdgeKind::Default, None, "Default".to_owned());
        }
        Kind::Succeed | Kind::Fail => exits.push(end),
        _ => {
            push_exit(&mut exits, state, "Next", EdgeKind::Next, None, String::new());
            if state.get("End").and_then(Node::as_bool) == Some(true) {
                exits.push(end);
            }
        }
    }
    for (at, catcher) in state.list("Catch").iter().enumerate() {
        let words = format!("Catch #{}: {}", at + 1, words::errors(catcher));
        push_exit(&mut exits, catcher, "Next", EdgeKind::Catch, Some(at), words);
    }
    exits
}

fn push_exit<'a>(exits: &mut Vec<Exit<'a>>, node: &'a Node, field: &str, kind: EdgeKind, way: Option<usize>, words: String) {
    if let Some(target) = node.text(field) {
        exits.push(Exit { kind, target: Some(target), way: way.map(|way| way as u32), words });
    }
}

/// The machines a state runs, each with its pointer; `id` is the state's.
fn machines_of<'a>(id: &str, state: &'a Node) -> Vec<(String, &'a Node)> {
    let mut machines = Vec::new();
    match kind_of(state) {
        Kind::Parallel => {
            for (at, branch) in state.list("Branches").iter().enumerate() {
                machines.push((format!("{id}/Branches/{at}"), branch));
            }
        }
        Kind::Map => {
            // `Iterator` is the field's older name.
            for field in ["ItemProcessor", "Iterator"] {
                if let Some(machine) = state.get(field).filter(|_| machines.is_empty()) {
                    machines.push((format!("{id}/{field}"), machine));
                }
            }
        }
        _ => {}
    }
    machines
}

/// What a state is by its `Type`.
pub fn kind_of(state: &Node) -> Kind {
    match state.text("Type") {
        Some("Task") => Kind::Task,
        Some("Pass") => Kind::Pass,
        Some("Choice") => Kind::Choice,
        Some("Wait") => Kind::Wait,
        Some("Succeed") => Kind::Succeed,
        Some("Fail") => Kind::Fail,
        Some("Parallel") => Kind::Parallel,
        Some("Map") => Kind::Map,
        _ => Kind::Unknown,
    }
}

fn state(id: String, name: &str, node: Option<&Node>, unreachable: bool) -> State {
    let kind = node.map_or(Kind::Missing, kind_of);
    let mut state = of_kind(id, name, kind);
    match node {
        Some(node) => {
            (state.caption, state.glyph) = caption::of(kind, node);
            state.detail = (kind == Kind::Map).then(|| measure::cut_end(&caption::map_detail(node), LONGEST_DETAIL));
            state.unreachable = unreachable;
        }
        None => (state.caption, state.glyph) = ("no such state".to_owned(), "error"),
    }
    state
}

fn mark(id: &str, kind: Kind) -> State {
    of_kind(id.to_owned(), kind.name(), kind)
}

fn of_kind(id: String, name: &str, kind: Kind) -> State {
    State {
        id,
        kind,
        name: name.to_owned(),
        title: measure::cut_middle(name, LONGEST_NAME),
        caption: String::new(),
        glyph: "",
        detail: None,
        unreachable: false,
        inside: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    /// The first scope's states and transitions, a word each.
    fn read_text(text: &str) -> String {
        let scopes = read(&parse(text).root, "");
        let scope = &scopes[0];
        let name = |at: usize| &scope.states[at].name;
        let transitions = scope.transitions.iter().map(|to| format!("{}>{}:{}", name(to.from), name(to.to), to.kind.name()));
        transitions.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn transitions_keep_their_order_and_catchers_come_last() {
        let text = r#"{"StartAt": "A", "States": {
            "D": {"Type": "Succeed"},
            "A": {"Catch": [{"ErrorEquals": ["X"], "Next": "B"}], "Type": "Task", "Next": "C"},
            "B": {"Type": "Fail"},
            "C": {"Type": "Choice", "Default": "B", "Choices": [{"Next": "D"}, {"Next": "Gone"}]}}}"#;
        let expected = "Start>A:start A>C:next A>B:catch C>D:choice C>Gone:choice C>B:default D>End:end B>End:end";
        assert_eq!(read_text(text), expected);
    }

    #[test]
    fn a_part_keeps_its_pointers() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#;
        let ids: Vec<String> =
            read(&parse(text).root, "/States/M/ItemProcessor")[0].states.iter().map(|state| state.id.clone()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).filter(|id| id.starts_with('/')).collect();
        assert_eq!(ids, ["/States/M/ItemProcessor/States/A", "/States/M/ItemProcessor/States/B"]);
    }

    #[test]
    fn what_is_no_definition_is_drawn_as_far_as_it_goes() {
        for text in ["", "[]", "{", r#"{"States": 5}"#, r#"{"States": []}"#, r#"{"States": {}}"#] {
            assert_eq!(read_text(text), "", "{text}");
        }
        assert_eq!(read_text(r#"{"StartAt": "A"}"#), "Start>A:start");
        assert_eq!(read_text(r#"{"States": {"A": 1, "B": {"Next": "A"}}}"#), "B>A:next");
    }

    #[test]
    fn pointers_are_escaped() {
        let text = r#"{"States": {"a/b~c": {"Type": "Parallel", "Branches": [{}, {"States": {"X": {}}}]}}}"#;
        let scopes = read(&parse(text).root, "");
        assert_eq!(scopes[0].states[0].id, "/States/a~1b~0c");
        assert_eq!(scopes[2].states[0].id, "/States/a~1b~0c/Branches/1/States/X");
    }
}
