//! The signals of the page: few sources, all else derived. Knows no panel.

mod choices;
mod data;

use std::ops::Deref;
use std::sync::Arc;

use crate::ui::prelude::*;
use gloo_timers::callback::Timeout;
use send_wrapper::SendWrapper;

pub use choices::*;

use super::checkup::{DefinitionCheck, FunctionsCheck, InputCheck, MachineChecks, Problem, keys_of, placed};
use super::run::{Run, RunCore};
use crate::bridge::monaco::Monaco;
use crate::check::{self, Diagnostic};
use crate::engine::{Objects, Status, WorkflowType};
use crate::mocks;
use crate::order;
use crate::share::{Document, Machine, Machines, RunOptions, Speed};
use crate::text::{Position, Span};

/// How many runs can be looked at again.
const RUNS_KEPT: usize = 8;
/// How long a text rests before it is checked, in milliseconds, by its length in bytes: not at all what is checked within a frame.
const CHECK_DELAYS: [(usize, u32); 3] = [(40_000, 0), (400_000, 60), (usize::MAX, 400)];

/// Everything the panels share. Provided once; panels take it with `expect_context::<Workspace>()`. It lives as long as the page, so that
/// a handle of one word reaches it from every closure.
#[derive(Clone, Copy)]
pub struct Workspace(&'static Signals);

impl Deref for Workspace {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// What a [`Workspace`] is the handle of.
pub struct Signals {
    pub name: RwSignal<String>,
    pub workflow_type: RwSignal<WorkflowType>,
    pub definition: RwSignal<String>,
    pub functions: RwSignal<String>,
    pub input: RwSignal<String>,
    pub speed: RwSignal<Speed>,
    pub run_options: RwSignal<RunOptions>,
    pub objects: RwSignal<Objects>,
    pub machines: RwSignal<Machines>,
    /// How long one call of a function may take, in seconds.
    pub call_limit: RwSignal<f64>,

    /// What the check says of the definition; it follows the text after a short rest.
    pub checked: Memo<Arc<DefinitionCheck>>,
    /// The check of the machine whose run is shown.
    pub shown_check: Memo<Arc<DefinitionCheck>>,
    /// The same for the further machines.
    pub machine_checks: Memo<Arc<MachineChecks>>,
    /// The same for the input.
    pub input_check: Memo<Arc<InputCheck>>,
    /// What is known of the functions.
    pub functions_check: Memo<Arc<FunctionsCheck>>,
    /// What Monaco or the sandbox objects to in the functions.
    pub function_problems: RwSignal<Vec<Diagnostic>>,
    /// The problems of all texts, in the order the panel lists them.
    pub problems: Memo<Arc<Vec<Problem>>>,
    pub readiness: Memo<Readiness>,
    /// Whether Run was pressed in vain: the run bar then says why.
    pub refused: RwSignal<bool>,

    pub selection: RwSignal<Selection>,
    /// The state that the inspector tests, by its JSON pointer.
    pub testing: RwSignal<Option<String>>,
    pub reveal: RwSignal<Option<Reveal>>,
    pub editor_tab: RwSignal<EditorTab>,
    /// What is shown under Data.
    pub data: RwSignal<Option<DataItem>>,
    /// Where the caret is in the text that is shown.
    pub caret: RwSignal<Option<Position>>,
    /// Monaco, once it has come or can't be loaded; without it the texts are in plain text areas.
    pub monaco: RwSignal<Option<Result<SendWrapper<Monaco>, ()>>>,
    pub record_tab: RwSignal<RecordTab>,
    /// What the record's rows have to contain.
    pub filter: RwSignal<String>,
    pub panel: RwSignal<Panel>,
    pub dialog: RwSignal<Option<Dialog>>,

    pub sizes: Sizes,
    pub room: Memo<Room>,
    pub theme: RwSignal<Theme>,
    /// Whether the page is dark, by the theme or by the system.
    pub dark: Memo<bool>,

    /// The run that is shown: the last one, or an earlier one that was picked.
    pub run: RwSignal<Option<Run>>,
    /// The latest runs, oldest first.
    pub runs: RwSignal<Vec<Run>>,

    pub saved: RwSignal<Saved>,
    pub origin: RwSignal<Origin>,
    /// What went wrong outside of the workflow, until it is dismissed: a file that is no document.
    pub trouble: RwSignal<Option<String>>,
    /// What was done for the person without being asked, until it is dismissed or the document goes.
    pub note: RwSignal<Option<String>>,
    /// What the page's one `role="status"` says.
    pub announcement: RwSignal<String>,

    rested_texts: [RwSignal<String>; 3],
    around: Memo<check::Options>,
    owner: StoredValue<Owner>,
}

impl Workspace {
    /// An empty document with nothing run. Its signals belong to the current owner.
    pub fn new(room: Memo<Room>, system_dark: RwSignal<bool>, sizes: Sizes) -> Workspace {
        let [definition, functions, input] = [(); 3].map(|()| RwSignal::<String>::default());
        let rested_texts = [definition, functions, input].map(rested);
        let [rested_definition, rested_functions, rested_input] = rested_texts;
        let workflow_type = RwSignal::<WorkflowType>::default();
        let exports = Memo::new(move || rested_functions.with(|text| mocks::exports(text)));
        let function_problems = RwSignal::<Vec<Diagnostic>>::default();
        let functions_check =
            Memo::always(move || Arc::new(FunctionsCheck { exports: exports.get(), problems: function_problems.get() }));
        let (run_options, objects, machines) = Default::default();
        let name = RwSignal::<String>::default();
        let around = around(name, workflow_type, exports, machines, objects, run_options);
        let checked =
            Memo::always(move || Arc::new(rested_definition.with(|text| around.with(|around| DefinitionCheck::new(text, around)))));
        let machine_checks =
            Memo::always(move || Arc::new(around.with(|around| machines.with(|machines| check_all(machines, around)))));
        let input_check = Memo::always(move || Arc::new(rested_input.with(|text| InputCheck::new(text))));
        let problems = Memo::always(move || {
            let (checked, input) = (checked.get(), input_check.get());
            let mut problems = placed(EditorTab::Definition, &checked.text, &checked.checked.diagnostics);
            functions.with_untracked(|text| problems.extend(placed(EditorTab::Functions, text, &functions_check.get().problems)));
            problems.extend(placed(EditorTab::Input, &input.text, &input.problems));
            for (name, check) in machine_checks.get().iter() {
                let of_machine = placed(EditorTab::Data, &check.text, &check.checked.diagnostics);
                problems.extend(of_machine.into_iter().map(|problem| Problem { machine: Some(name.clone()), ..problem }));
            }
            order::sort_by_key(&mut problems, |problem| !problem.is_error());
            Arc::new(problems)
        });
        let readiness = Memo::new(move || {
            let (checked, machines, problems) = (checked.get(), machine_checks.get(), problems.get());
            run_options.with(|options| choices::readiness(&checked, &machines, options, &problems))
        });
        let run = RwSignal::<Option<Run>>::default();
        let shown_check = Memo::always(move || {
            let machine = run.get().and_then(|run| run.with_untracked(|core| core.machine_name().map(str::to_owned)));
            let further = machine.and_then(|name| machine_checks.with(|checks| checks.get(&name).cloned()));
            further.unwrap_or_else(|| checked.get())
        });
        let theme = RwSignal::<Theme>::default();
        let dark = Memo::new(move || match theme.get() {
            Theme::System => system_dark.get(),
            theme => theme == Theme::Dark,
        });
        let signals = Signals {
            name,
            workflow_type,
            definition,
            functions,
            input,
            speed: RwSignal::default(),
            run_options,
            objects,
            machines,
            call_limit: RwSignal::new(10.0),
            checked,
            shown_check,
            machine_checks,
            input_check,
            functions_check,
            function_problems,
            problems,
            readiness,
            refused: RwSignal::default(),
            selection: RwSignal::default(),
            testing: RwSignal::default(),
            reveal: RwSignal::default(),
            editor_tab: RwSignal::new(EditorTab::Definition),
            data: RwSignal::default(),
            caret: RwSignal::default(),
            monaco: RwSignal::default(),
            record_tab: RwSignal::new(RecordTab::Events),
            filter: RwSignal::default(),
            panel: RwSignal::new(Panel::Code),
            dialog: RwSignal::default(),
            sizes,
            room,
            theme,
            dark,
            run,
            runs: RwSignal::default(),
            saved: RwSignal::default(),
            origin: RwSignal::default(),
            trouble: RwSignal::default(),
            note: RwSignal::default(),
            announcement: RwSignal::default(),
            rested_texts,
            around,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        Workspace(Box::leak(Box::new(signals)))
    }

    /// The text behind a tab; under Data that of the item that is shown.
    pub fn text(&self, tab: EditorTab) -> String {
        match tab {
            EditorTab::Definition => self.definition.get(),
            EditorTab::Functions => self.functions.get(),
            EditorTab::Input => self.input.get(),
            EditorTab::Data => self.data.with(|item| item.as_ref().and_then(|item| self.data_text(item)).unwrap_or_default()),
        }
    }

    /// Puts a text in place of that.
    pub fn set_text(&self, tab: EditorTab, text: String) {
        let of_document = match tab {
            EditorTab::Definition => self.definition,
            EditorTab::Functions => self.functions,
            EditorTab::Input => self.input,
            EditorTab::Data => return self.set_data_text(text),
        };
        if of_document.with_untracked(|old| *old != text) {
            of_document.set(text);
        }
    }

    /// The document as it stands; whoever reads it here is told of every change.
    pub fn document(&self) -> Document {
        Document {
            name: self.name.get(),
            workflow_type: self.workflow_type.get(),
            definition: self.definition.get(),
            input: self.input.get(),
            functions: self.functions.get(),
            speed: self.speed.get(),
            run: self.run_options.get(),
            objects: self.objects.get(),
            machines: self.machines.get(),
        }
    }

    /// Makes whoever calls it follow every part of the document, without copying any.
    pub fn track(&self) {
        self.name.track();
        self.workflow_type.track();
        self.definition.track();
        self.input.track();
        self.functions.track();
        self.speed.track();
        self.run_options.track();
        self.objects.track();
        self.machines.track();
    }

    /// Whether the document as it stands is this one.
    pub fn is(&self, document: &Document) -> bool {
        self.name.with_untracked(|name| *name == document.name)
            && self.workflow_type.get_untracked() == document.workflow_type
            && self.definition.with_untracked(|text| *text == document.definition)
            && self.input.with_untracked(|text| *text == document.input)
            && self.functions.with_untracked(|text| *text == document.functions)
            && self.speed.get_untracked() == document.speed
            && self.run_options.with_untracked(|options| *options == document.run)
            && self.objects.with_untracked(|objects| *objects == document.objects)
            && self.machines.with_untracked(|machines| *machines == document.machines)
    }

    /// Puts another document in place of this one; its runs go with it.
    pub fn open(&self, document: Document) {
        super::runner::stop(*self);
        self.name.set(document.name);
        self.workflow_type.set(document.workflow_type);
        self.definition.set(document.definition);
        self.input.set(document.input);
        self.functions.set(document.functions);
        self.speed.set(document.speed);
        self.run_options.set(document.run);
        self.objects.set(document.objects);
        self.machines.set(document.machines);
        self.data.set(None);
        self.function_problems.set(Vec::new());
        self.settle();
        self.forget_runs();
        self.selection.set(Selection::None);
        self.refused.set(false);
        self.note.set(None);
        self.editor_tab.set(EditorTab::Definition);
        self.filter.set(String::new());
    }

    /// What the definition is checked against.
    pub fn check_options(&self) -> check::Options {
        self.around.get()
    }

    /// Checks the texts as they are, without waiting for them to rest.
    pub fn settle(&self) {
        for (text, rested) in [self.definition, self.functions, self.input].into_iter().zip(self.rested_texts) {
            if text.with_untracked(|text| rested.with_untracked(|rested| text != rested)) {
                rested.set(text.get_untracked());
            }
        }
    }

    /// Begins a run and shows it; the oldest of many is forgotten.
    pub fn begin_run(&self, core: RunCore) -> Run {
        let number = self.runs.with_untracked(|runs| runs.last().map_or(1, |run| run.number + 1));
        let run = self.new_run(number, core);
        self.close_inner();
        let forgotten = self.runs.try_update(|runs| {
            runs.push(run);
            (runs.len() > RUNS_KEPT).then(|| runs.remove(0))
        });
        self.refused.set(false);
        self.run.set(Some(run));
        if let Some(Some(old)) = forgotten {
            old.dispose();
        }
        run
    }

    /// A run whose handles live as long as the workspace.
    pub(super) fn new_run(&self, number: u32, core: RunCore) -> Run {
        self.owner.with_value(|owner| owner.with(|| Run::new(number, core)))
    }

    fn forget_runs(&self) {
        self.close_inner();
        self.run.set(None);
        let runs = self.runs.try_update(std::mem::take).unwrap_or_default();
        for run in runs {
            run.dispose();
        }
    }

    /// Whether a run is still going on: the latest, or an earlier one that was redriven.
    pub fn running(&self) -> bool {
        self.runs.with(|runs| runs.iter().any(|run| run.status.get() == Status::Running))
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

    /// Opens the definition of the machine whose run is shown at a place.
    pub fn go_to_state(&self, span: Span) {
        let machine = self.run.get_untracked().and_then(|run| run.with_untracked(|core| core.machine_name().map(str::to_owned)));
        match machine {
            Some(name) => {
                self.data.set(Some(DataItem::Machine(name)));
                self.go_to(EditorTab::Data, span);
            }
            None => self.go_to(EditorTab::Definition, span),
        }
    }

    /// Brings the inspector into view where it is a tab of the record.
    pub fn show_details(&self) {
        if matches!(self.room.get_untracked(), Room::Narrow | Room::Medium) {
            self.record_tab.set(RecordTab::Details);
        }
    }

    /// Opens a tab of the record, wherever the record is.
    pub fn show_record(&self, tab: RecordTab) {
        self.record_tab.set(tab);
        self.sizes.folded.set(false);
        if self.room.get_untracked() == Room::Phone {
            self.panel.set(Panel::Log);
        }
    }

    /// Says something to people who don't see the page.
    pub fn announce(&self, words: impl Into<String>) {
        self.announcement.set(words.into());
    }
}

/// What a definition is checked against; the contents of objects are not part of it, for they are typed.
fn around(
    name: RwSignal<String>,
    workflow_type: RwSignal<WorkflowType>,
    exports: Memo<Option<Vec<String>>>,
    machines: RwSignal<Machines>,
    objects: RwSignal<Objects>,
    options: RwSignal<RunOptions>,
) -> Memo<check::Options> {
    Memo::new(move || check::Options {
        workflow_type: workflow_type.get(),
        mock_functions: exports.get(),
        machines: machines.with(|machines| machines.keys().cloned().collect()),
        own_machine: name.with(|name| crate::spec::machine_name(name)),
        objects: Some(Arc::new(objects.with(keys_of))),
        long_names: options.with(|options| !options.quotas.names),
    })
}

fn check_all(machines: &Machines, around: &check::Options) -> MachineChecks {
    let check = |machine: &Machine| {
        let options = check::Options { workflow_type: machine.workflow_type, ..around.clone() };
        Arc::new(DefinitionCheck::new(&machine.definition, &options))
    };
    machines.iter().map(|(name, machine)| (name.clone(), check(machine))).collect()
}

/// A text that follows another after it has not changed for a moment.
fn rested(text: RwSignal<String>) -> RwSignal<String> {
    let rested = RwSignal::new(text.get_untracked());
    let timer = StoredValue::new(None::<Timeout>);
    Effect::new(move |_| {
        let length = text.with(String::len);
        let delay = CHECK_DELAYS.iter().find(|(most, _)| length <= *most).map_or(0, |(_, delay)| *delay);
        let settle = move || {
            if text.with_untracked(|text| rested.with_untracked(|rested| text != rested)) {
                rested.set(text.get_untracked());
            }
        };
        // Replacing the timer drops the last one, which cancels it.
        timer.set_value(Some(Timeout::new(delay, settle)));
    });
    rested
}
