//! What is known of the three texts without running anything: their problems, and what they hold.

use std::sync::Arc;

use crate::check::{self, Checked, Diagnostic, Machine, Severity};
use crate::json;
use crate::spec::{StateType, WorkflowType};
use crate::text::{LineIndex, Position, Span};

use super::workspace::EditorTab;

/// One thing wrong with one of the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub tab: EditorTab,
    /// Where the diagnostic's span begins, as people count.
    pub position: Position,
    pub diagnostic: Diagnostic,
}

impl Problem {
    pub fn is_error(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }

    /// `Definition 18:15`
    pub fn place(&self) -> String {
        format!("{} {}:{}", self.tab.label(), self.position.line, self.position.column)
    }
}

/// The check of the definition's text as it was at one moment.
pub struct DefinitionCheck {
    pub text: Arc<str>,
    pub checked: Checked,
    /// States of every depth.
    pub states: usize,
    /// Task states among them.
    pub tasks: usize,
    pub jsonata: bool,
}

impl DefinitionCheck {
    /// Checks a definition; `functions` are the names that answer Tasks, where they are known.
    pub fn new(text: &str, workflow_type: WorkflowType, functions: Option<Vec<String>>) -> DefinitionCheck {
        let options = check::Options { workflow_type, mock_functions: functions };
        let checked = check::check(text, &options);
        let machine = Machine::new(text, &checked.tree, &options);
        let states = machine.states.len();
        let tasks = machine.states.iter().filter(|state| state.kind == StateType::Task).count();
        let jsonata = machine.states.iter().any(|state| state.is_jsonata());
        DefinitionCheck { text: text.into(), checked, states, tasks, jsonata }
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
#[derive(Clone, Debug, Default, PartialEq)]
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
        position: lines.position(text, diagnostic.span.start),
        diagnostic: diagnostic.clone(),
    };
    diagnostics.iter().map(place).collect()
}

/// `1 state`, `2 states`
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
