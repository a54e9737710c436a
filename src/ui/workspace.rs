//! The signals of the page: few sources, all else derived. Knows no panel.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::run::{Run, RunCore};
use crate::engine::{Status, WorkflowType};
use crate::share::Speed;
use crate::text::Span;

/// How many runs can be looked at again.
const RUNS_KEPT: usize = 8;
/// How long the definition rests before it is checked, in milliseconds.
const CHECK_DELAY: u32 = 120;

/// The three texts of a document, each a tab of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditorTab {
    Definition,
    Functions,
    Input,
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

/// The one panel a narrow page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    Code,
    Graph,
    Details,
    Log,
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
    BadLink { title: String, message: String },
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

/// One thing wrong with one of the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub tab: EditorTab,
    pub error: bool,
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

/// A wish that an editor shows a place; each wish has its own number, so that the same place can be asked for twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reveal {
    pub tab: EditorTab,
    pub span: Span,
    pub number: u32,
}

/// What has been found out about the definition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    pub problems: Vec<Problem>,
    pub states: usize,
}

/// Everything the panels share. Provided once; panels take it with `expect_context::<Workspace>()`.
#[derive(Clone, Copy)]
pub struct Workspace {
    pub name: RwSignal<String>,
    pub workflow_type: RwSignal<WorkflowType>,
    pub definition: RwSignal<String>,
    pub functions: RwSignal<String>,
    pub input: RwSignal<String>,
    pub speed: RwSignal<Speed>,
    /// How long one call of a function may take, in seconds.
    pub call_limit: RwSignal<f64>,

    /// What the check says of the definition; it follows the text after a short rest.
    pub checked: Memo<Arc<Checked>>,
    /// The problems of all three texts, in the order the panel lists them.
    pub problems: Memo<Arc<Vec<Problem>>>,

    pub selection: RwSignal<Selection>,
    pub reveal: RwSignal<Option<Reveal>>,
    pub editor_tab: RwSignal<EditorTab>,
    pub record_tab: RwSignal<RecordTab>,
    pub panel: RwSignal<Panel>,

    /// Widths and heights the splitters set, in pixels.
    pub editor_width: RwSignal<f64>,
    pub inspector_width: RwSignal<f64>,
    pub record_height: RwSignal<f64>,
    pub room: RwSignal<Room>,
    pub theme: RwSignal<Theme>,

    /// The run that is shown: the last one, or an earlier one that was picked.
    pub run: RwSignal<Option<Run>>,
    /// The latest runs, oldest first.
    pub runs: RwSignal<Vec<Run>>,

    pub saved: RwSignal<Saved>,
    pub origin: RwSignal<Origin>,
    /// What the page's one `role="status"` says.
    pub announcement: RwSignal<String>,

    owner: StoredValue<Owner>,
}

impl Workspace {
    /// An empty document with nothing run. Its signals belong to the current owner.
    pub fn new() -> Workspace {
        let definition = RwSignal::new(String::new());
        let checked = Memo::new({
            let rested = rested(definition);
            move |_| Arc::new(rested.with(|text| check(text)))
        });
        let problems = Memo::new(move |_| Arc::new(checked.get().problems.clone()));
        Workspace {
            name: RwSignal::new("Untitled".to_owned()),
            workflow_type: RwSignal::default(),
            definition,
            functions: RwSignal::default(),
            input: RwSignal::new("{}".to_owned()),
            speed: RwSignal::default(),
            call_limit: RwSignal::new(10.0),
            checked,
            problems,
            selection: RwSignal::default(),
            reveal: RwSignal::new(None),
            editor_tab: RwSignal::new(EditorTab::Definition),
            record_tab: RwSignal::new(RecordTab::Events),
            panel: RwSignal::new(Panel::Code),
            editor_width: RwSignal::new(488.0),
            inspector_width: RwSignal::new(352.0),
            record_height: RwSignal::new(215.0),
            room: RwSignal::new(Room::Wide),
            theme: RwSignal::default(),
            run: RwSignal::new(None),
            runs: RwSignal::default(),
            saved: RwSignal::default(),
            origin: RwSignal::default(),
            announcement: RwSignal::default(),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The text behind a tab.
    pub fn text(&self, tab: EditorTab) -> RwSignal<String> {
        match tab {
            EditorTab::Definition => self.definition,
            EditorTab::Functions => self.functions,
            EditorTab::Input => self.input,
        }
    }

    /// Begins a run and shows it; the oldest of many is forgotten.
    pub fn begin_run(&self, core: RunCore) -> Run {
        let number = self.runs.with_untracked(|runs| runs.last().map_or(1, |run| run.number + 1));
        let run = self.owner.with_value(|owner| owner.with(|| Run::new(number, core)));
        let forgotten = self.runs.try_update(|runs| {
            runs.push(run);
            (runs.len() > RUNS_KEPT).then(|| runs.remove(0))
        });
        self.run.set(Some(run));
        if let Some(Some(old)) = forgotten {
            old.dispose();
        }
        run
    }

    /// Whether the latest run is still going on.
    pub fn running(&self) -> bool {
        self.runs.with(|runs| runs.last().is_some_and(|run| run.status.get() == Status::Running))
    }

    /// Selects a state, by its JSON pointer.
    pub fn select_state(&self, pointer: impl Into<String>, visit: Option<usize>) {
        self.selection.set(Selection::State { pointer: pointer.into(), visit });
    }

    /// Opens a tab of the editor at a place.
    pub fn go_to(&self, tab: EditorTab, span: Span) {
        self.editor_tab.set(tab);
        if self.room.get_untracked() <= Room::Narrow {
            self.panel.set(Panel::Code);
        }
        self.reveal.update(|reveal| {
            let number = reveal.map_or(0, |last| last.number.wrapping_add(1));
            *reveal = Some(Reveal { tab, span, number });
        });
    }

    /// Says something to people who don't see the page.
    pub fn announce(&self, words: impl Into<String>) {
        self.announcement.set(words.into());
    }
}

impl Default for Workspace {
    fn default() -> Workspace {
        Workspace::new()
    }
}

/// A text that follows another after it has not changed for a moment.
fn rested(text: RwSignal<String>) -> ReadSignal<String> {
    let (rested, set_rested) = signal(text.get_untracked());
    let timer = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |_| {
        text.track();
        let settle = move || set_rested.set(text.get_untracked());
        // Replacing the timer drops the last one, which cancels it.
        timer.set_value(Some(Timeout::new(CHECK_DELAY, settle)));
    });
    rested
}

fn check(text: &str) -> Checked {
    let parsed = crate::json::parse(text);
    let problems = parsed
        .errors
        .iter()
        .map(|error| Problem {
            tab: EditorTab::Definition,
            error: true,
            span: error.span,
            message: error.message.to_string(),
            help: None,
        })
        .collect();
    let states = parsed.root.get("States").map_or(0, |states| states.members().len());
    Checked { problems, states }
}
