//! What a person can choose, select and be told, as plain types.

use crate::ui::prelude::RwSignal;

use crate::share::RunOptions;
use crate::text::Span;
use crate::ui::checkup::{DefinitionCheck, MachineChecks, Problem, counted};
use crate::ui::parts::Choice;

/// What a document consists of, each a tab of the editor: three texts, and what a run finds outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditorTab {
    Definition,
    Functions,
    Input,
    /// S3 objects and further machines.
    Data,
}

impl Choice for EditorTab {
    const ALL: &'static [EditorTab] = &[EditorTab::Definition, EditorTab::Functions, EditorTab::Input, EditorTab::Data];
}

impl EditorTab {
    pub fn label(self) -> &'static str {
        match self {
            EditorTab::Definition => "Definition",
            EditorTab::Functions => "Functions",
            EditorTab::Input => "Input",
            EditorTab::Data => "Data",
        }
    }
}

/// The tabs under the graph. `Details` is one of them only where the inspector has no place of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordTab {
    Details,
    Events,
    Timeline,
    Console,
    Problems,
}

impl Choice for RecordTab {
    const ALL: &'static [RecordTab] =
        &[RecordTab::Details, RecordTab::Events, RecordTab::Timeline, RecordTab::Console, RecordTab::Problems];
}

/// The one panel a narrow page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    Code,
    Graph,
    Details,
    Log,
}

impl Choice for Panel {
    const ALL: &'static [Panel] = &[Panel::Code, Panel::Graph, Panel::Details, Panel::Log];
}

/// What floats over the page; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Examples,
    Share,
    Theme,
    Help,
    More,
    RunOptions,
}

/// One of the things under Data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DataItem {
    Object {
        bucket: String,
        key: String,
    },
    Machine(String),
    /// An object that the shown run has written.
    Written {
        bucket: String,
        key: String,
    },
}

/// What the graph, the inspector, the record and the text point out together.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Selection {
    #[default]
    None,
    /// A state by its JSON pointer in the definition, and which of its visits of the shown run (none: the last one).
    State { pointer: String, visit: Option<usize> },
    /// An event of the shown run by its id.
    Event(u64),
    /// A problem by its place in [`Workspace::problems`].
    Problem(usize),
}

/// Which colours the page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Whether a reload would bring everything back.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saved {
    #[default]
    Yes,
    /// Typed a moment ago, written in the next one.
    Soon,
    /// Why not, as a sentence.
    No(String),
}

/// Where the document came from, as far as the page still has to say it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Origin {
    #[default]
    Own,
    /// Opened from a link and not decided yet: "keep mine" or "keep this".
    Link,
    /// The address holds a link that could not be opened; the message says why and what to do.
    BadLink { title: &'static str, message: &'static str },
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// To 720 px: one panel at a time, tabs at the foot.
    Phone,
    /// Under 900 px: code and graph share one place.
    Narrow,
    /// Under 1240 px: the inspector is a tab of the record.
    Medium,
    Wide,
}

/// Whether Run can run, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// The input is not JSON; with the place and the message.
    Input(String),
    /// The definition has so many errors, with the place and message of the first; `anyway` when it can be run nevertheless.
    Definition {
        errors: usize,
        anyway: bool,
        first: String,
    },
    /// The functions don't parse; the same.
    Functions(String),
    /// A further machine has so many errors; the same.
    Machine {
        name: String,
        errors: usize,
        anyway: bool,
    },
    /// The run options can't be meant so.
    Options(String),
}

/// A wish that an editor shows a place; each wish has its own number, so that the same place can be asked for twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reveal {
    pub tab: EditorTab,
    pub span: Span,
    pub number: u32,
}

/// Widths and heights that the splitters set, in pixels.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub editor: RwSignal<f64>,
    pub inspector: RwSignal<f64>,
    pub record: RwSignal<f64>,
    /// The record's height where the inspector is one of its tabs.
    pub record_with_details: RwSignal<f64>,
    /// Whether only the record's tabs are to be seen.
    pub folded: RwSignal<bool>,
}

impl Readiness {
    /// Why not, in a line; empty when ready.
    pub fn words(&self) -> String {
        match self {
            Readiness::Ready => String::new(),
            Readiness::Input(why) => format!("The input is not valid JSON, {why}."),
            Readiness::Machine { name, errors, .. } => format!("{} in the machine {name}.", counted(*errors, "error")),
            Readiness::Options(why) => format!("Run options: {why}."),
            Readiness::Functions(why) => format!("The functions are not valid JavaScript, {why}."),
            Readiness::Definition { errors: 1, first, .. } => format!("1 error in the definition, {first}."),
            Readiness::Definition { errors, first, .. } => format!("{errors} errors in the definition. The first, {first}."),
        }
    }
}

/// Whether a document can run, by what is known of its definition and by the problems of all three texts.
pub(super) fn readiness(
    definition: &DefinitionCheck,
    machines: &MachineChecks,
    options: &RunOptions,
    problems: &[Problem],
) -> Readiness {
    let first = |tab| {
        let error = problems.iter().find(|problem| problem.tab == tab && problem.is_error())?;
        Some(format!("line {}: {}", error.position.line, error.diagnostic.message))
    };
    if !definition.checked.runnable() {
        let errors = definition.errors();
        let first = first(EditorTab::Definition).unwrap_or_default();
        return Readiness::Definition { errors, anyway: definition.checked.runs_anyway(), first };
    }
    match (first(EditorTab::Functions), first(EditorTab::Input)) {
        (Some(why), _) => Readiness::Functions(why),
        (None, Some(why)) => Readiness::Input(why),
        (None, None) => others(machines, options),
    }
}

fn others(machines: &MachineChecks, options: &RunOptions) -> Readiness {
    let faulty = machines.iter().find(|(_, check)| !check.checked.runnable());
    match (faulty, options.problem()) {
        (Some((name, check)), _) => {
            Readiness::Machine { name: name.clone(), errors: check.errors(), anyway: check.checked.runs_anyway() }
        }
        (None, Some(why)) => Readiness::Options(why),
        (None, None) => Readiness::Ready,
    }
}
