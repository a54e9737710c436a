//! What is wrong with a definition: everything for which AWS refuses to create the machine, and what it doesn't find but a person
//! wants to know.
//!
//! [`check`] reads a text and gives its tree and the problems, each with its place and, where there is one, a fix. A rule is one file
//! of `rules`; it sees the definition as a [`machine::Machine`] and reads AWS's facts from [`crate::spec`]. One mistake is one message.

pub mod aws;
mod diagnostic;
mod fix_all;
mod fragment;
mod input;
mod machine;
mod mend;
mod other;
mod paste;
pub mod queries;
mod rules;
mod suggest;
mod syntax;
#[cfg(test)]
mod testing;
mod variables;
mod words;

pub use diagnostic::{AwsAnswer, Diagnostic, Fix, SCHEMA_VALIDATION_FAILED, Severity};
pub use fix_all::{fix_all, safe_fixes};
pub use machine::{Machine, Object, Scope, State, Target};
pub use suggest::nearest;
pub use words::listed;

use crate::engine::Objects;
use crate::json::{Kind, Node, Parsed};
use crate::order;
use crate::spec::WorkflowType;
use crate::text::Span;
use std::sync::Arc;

/// What a definition is checked against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    pub workflow_type: WorkflowType,
    /// The names of the mock functions; none where they aren't known, and nothing is said of them.
    pub mock_functions: Option<Vec<String>>,
    /// The names of the machines that a Task can start; what else is started needs a function.
    pub machines: Vec<String>,
    /// The machine's own name: it can start itself too. Empty where it isn't known.
    pub own_machine: String,
    /// The objects an `ItemReader` can read; none where they aren't known, and nothing is said of them.
    pub objects: Option<Arc<Objects>>,
    /// Whether names may be longer than AWS allows.
    pub long_names: bool,
}

impl Options {
    /// Whether a Task starts a machine of this name without a function.
    pub fn starts(&self, machine: &str) -> bool {
        self.own_machine == machine || self.machines.iter().any(|known| known == machine)
    }
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The definition with its places, as far as it could be read.
    pub tree: Node,
    /// Errors before warnings, each in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether AWS would accept the definition.
    pub fn runnable(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
    }

    /// Whether the interpreter can run it, be it that AWS would not.
    pub fn runs_anyway(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| !diagnostic.blocks_run)
    }
}

/// What keeps a text from being JSON at all, whatever it is for.
pub fn check_json(text: &str) -> Vec<Diagnostic> {
    crate::json::parse(text).errors.iter().map(syntax::diagnostic).collect()
}

/// The variables each state of a definition reads, in the order of their names; states that read none are left out.
///
/// What DescribeStateMachine answers as `variableReferences`.
pub fn variable_references(text: &str) -> Vec<(String, Vec<String>)> {
    let parsed = crate::json::parse(text);
    variables::references(&Machine::new(text, &parsed.root, &Options::default()))
}

/// Checks the text of a definition.
pub fn check(text: &str, options: &Options) -> Checked {
    let parsed = crate::json::parse(text);
    // In what is JSON nothing stands that doesn't belong there.
    let is_json = parsed.errors.is_empty();
    let pasted = if is_json { None } else { paste::clean(text) };
    let (cleaned, top) = match pasted {
        Some(pasted) => (std::borrow::Cow::Owned(pasted.text), Some(pasted.diagnostic)),
        None => (text.into(), None),
    };
    let other = if is_json { None } else { other::format(&cleaned) };
    let mut checked = match other {
        Some(diagnostic) => {
            let span = Span::new(0, text.len());
            Checked { tree: Node { span, kind: Kind::Broken }, diagnostics: vec![diagnostic] }
        }
        None if top.is_some() => check_definition(&cleaned, crate::json::parse(&cleaned), options),
        None => check_definition(text, parsed, options),
    };
    // What isn't JSON comes first: it may be why the rest is wrong.
    order::sort_by_key(&mut checked.diagnostics, |problem| (problem.severity, problem.code != syntax::CODE, problem.span));
    if let Some(top) = top {
        checked.diagnostics.insert(0, top);
    }
    if !is_json && let Some(message) = input::jackson_message(text) {
        for problem in &mut checked.diagnostics {
            if matches!(problem.code, syntax::CODE | "pasted-text" | "not-json") {
                problem.set_aws_without_place(aws::INVALID_JSON, message.clone());
            }
        }
    }
    checked
}

fn check_definition(text: &str, parsed: Parsed, options: &Options) -> Checked {
    let mut diagnostics: Vec<Diagnostic> = parsed.errors.iter().map(syntax::diagnostic).collect();
    // What is open and has no value is told as open.
    diagnostics.dedup_by_key(|diagnostic| diagnostic.span);
    let fragment = fragment::wrap(text, &parsed.root);
    let root = fragment.as_ref().map_or(&parsed.root, |(machine, _)| machine);
    if let Some((_, told)) = &fragment {
        // That its brackets are missing is part of the same.
        diagnostics.retain(|diagnostic| !diagnostic.span.is_empty() || diagnostic.span.start != parsed.root.span.start);
        diagnostics.push(told.clone());
    }
    match &root.kind {
        Kind::Object(_) => {
            let mut found = rules(text, root, options);
            found.retain(|problem| fragment.is_none() || !fragment::is_of_the_rest(problem));
            diagnostics.append(&mut found);
        }
        // What is no object and no JSON either has been told.
        kind if *kind != Kind::Broken && parsed.errors.is_empty() => {
            let message = format!("a definition must be an object, not {}", root.kind_name());
            diagnostics.push(Diagnostic::error("wrong-shape", root.span, message));
        }
        _ => {}
    }
    for diagnostic in &mut diagnostics {
        if diagnostic.location.is_empty() {
            diagnostic.location = crate::json::pointer_to(&parsed.root, diagnostic.span.start);
        }
    }
    Checked { tree: parsed.root, diagnostics }
}

fn rules(text: &str, root: &Node, options: &Options) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let meant = mend::names(text, root, options, &mut diagnostics);
    let machine = Machine::new(text, meant.as_ref().unwrap_or(root), options);
    for rule in rules::RULES {
        rule(&mut diagnostics, &machine);
    }
    diagnostics
}
