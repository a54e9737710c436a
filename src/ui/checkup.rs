//! What is known of the three texts without running anything: their problems, and what they hold.

use std::sync::Arc;

use crate::asl::Resource;
use crate::check::{self, Checked, Diagnostic, Machine, Severity, State};
use crate::engine::{Bucket, Objects};
use crate::json;
use crate::letters;
use crate::mocks;
use crate::order::Map;
use crate::spec::StateType;
use crate::text::{LineIndex, Position, Span};

use super::workspace::EditorTab;

/// One thing wrong with one of the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub tab: EditorTab,
    /// The further machine in whose definition it is; none of the document's own texts.
    pub machine: Option<String>,
    /// Where the diagnostic's span begins, as people count.
    pub position: Position,
    pub diagnostic: Diagnostic,
}

impl Problem {
    pub fn is_error(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }

    /// Whether what is said of it has a text, which is in lower case.
    pub fn has(&self, text: &str) -> bool {
        let severity = if self.is_error() { "error" } else { "warning" };
        let help = self.diagnostic.help.as_deref().unwrap_or_default();
        let said = [severity, self.diagnostic.code, &self.diagnostic.message, help, &self.place()].join("\n");
        letters::lower(&said).contains(text)
    }

    /// `Definition 18:15`
    pub fn place(&self) -> String {
        format!("{} {}:{}", self.machine.as_deref().unwrap_or(self.tab.label()), self.position.line, self.position.column)
    }
}

/// A Task state and the functions that may serve it.
pub struct Called {
    pub state: String,
    /// The first of these that is exported is taken.
    pub names: Vec<String>,
    /// What a function for it would best be called.
    pub best_name: String,
    /// Whether the run stops without one: where a token is awaited, it can come back by hand.
    pub needed: bool,
}

/// The check of the definition's text as it was at one moment.
pub struct DefinitionCheck {
    pub text: Arc<str>,
    pub checked: Checked,
    /// States of every depth.
    pub states: usize,
    /// What the Task states among them call.
    pub tasks: Vec<Called>,
    pub jsonata: bool,
}

/// The checks of the further machines, by name.
pub type MachineChecks = Map<String, Arc<DefinitionCheck>>;

/// The names of objects, with nothing in them.
pub fn keys_of(objects: &Objects) -> Objects {
    let empty: Arc<str> = "".into();
    let keys = |keys: &Bucket| keys.keys().map(|key| (key.clone(), empty.clone())).collect();
    objects.iter().map(|(bucket, objects)| (bucket.clone(), keys(objects))).collect()
}

impl DefinitionCheck {
    pub fn new(text: &str, options: &check::Options) -> DefinitionCheck {
        let checked = check::check(text, options);
        let machine = Machine::new(text, &checked.tree, options);
        let states = machine.states.len();
        let tasks = machine.states.iter().filter_map(|state| called(state, options)).collect();
        let jsonata = machine.states.iter().any(|state| state.is_jsonata());
        DefinitionCheck { text: text.into(), checked, states, tasks, jsonata }
    }

    /// How many errors it has.
    pub fn errors(&self) -> usize {
        self.checked.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// The Tasks that none of these functions serves.
    pub fn unserved<'a>(&'a self, exports: &'a [String]) -> impl Iterator<Item = &'a Called> {
        self.tasks.iter().filter(|task| task.needed && !task.names.iter().any(|name| exports.contains(name)))
    }

    /// The text a JSON pointer stands for: of a member from its key to the end of its value.
    pub fn span_of(&self, pointer: &str) -> Option<Span> {
        let mut node = &self.checked.tree;
        let mut span = node.span;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            match node.member(&token) {
                Some(member) => (node, span) = (&member.value, member.span()),
                None => {
                    node = node.elements().get(token.parse::<usize>().ok()?)?;
                    span = node.span;
                }
            }
        }
        Some(span)
    }
}

fn called(state: &State, options: &check::Options) -> Option<Called> {
    let resource = Resource::parse(state.get("Resource").filter(|_| state.kind == StateType::Task)?.as_str()?);
    let arguments =
        ["Parameters", "Arguments"].iter().find_map(|field| state.get(field)).map(|node| node.to_value()).unwrap_or_default();
    if resource.started_machine(&arguments).is_some_and(|name| options.starts(name)) {
        return None;
    }
    // Which function is called is worked out while the state runs.
    if arguments.get("FunctionName.$").is_some() {
        return None;
    }
    Some(Called {
        needed: !resource.awaits_token(),
        state: state.name().to_owned(),
        names: mocks::names(&resource, state.name(), &arguments),
        best_name: mocks::best_name(&resource, &arguments),
    })
}

/// The check of the input's text.
#[derive(Default)]
pub struct InputCheck {
    pub text: Arc<str>,
    pub problems: Vec<Diagnostic>,
    /// What it holds, in words: `3 fields`.
    pub words: String,
}

impl InputCheck {
    /// Checks an input; one of nothing but white space is `{}`.
    pub fn new(text: &str) -> InputCheck {
        if text.trim().is_empty() {
            return InputCheck { text: text.into(), problems: Vec::new(), words: "empty, taken as {}".to_owned() };
        }
        let root = json::parse(text).root;
        let words = match &root.kind {
            json::Kind::Object(members) => counted(members.len(), "field"),
            json::Kind::Array(elements) => format!("a list of {}", counted(elements.len(), "item")),
            _ => root.kind_name().to_owned(),
        };
        InputCheck { text: text.into(), problems: check::check_json(text), words }
    }
}

/// What is known of the functions' text without running it.
#[derive(Default)]
pub struct FunctionsCheck {
    /// The names that are exported, where they can be told from the text.
    pub exports: Option<Vec<String>>,
    pub problems: Vec<Diagnostic>,
}

/// Places the problems of one text.
pub fn placed(tab: EditorTab, text: &str, diagnostics: &[Diagnostic]) -> Vec<Problem> {
    if diagnostics.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let place = |diagnostic: &Diagnostic| Problem {
        tab,
        machine: None,
        position: lines.position(text, diagnostic.span.start),
        diagnostic: diagnostic.clone(),
    };
    diagnostics.iter().map(place).collect()
}

/// `1 state`, `2 states`
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
