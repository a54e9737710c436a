//! One run as the panels read it: a handle of signals over data that is never copied.

use std::cell::{Ref, RefCell, RefMut};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::ui::prelude::*;
use send_wrapper::SendWrapper;

use crate::engine::{self, Event, Execution, NotRedrivable, Status, WaitingTask};
use crate::mocks::{Broken, Tally};
use crate::timestamp::Timestamp;
use crate::trace::{Trace, VisitId};
pub use crate::ui::inner::Inner;
use crate::ui::workspace::Selection;

/// The value of `data-status` for a run, and the tail of its glyph's name.
pub fn status_attribute(status: Status) -> &'static str {
    match status {
        Status::Running => "running",
        Status::Succeeded => "succeeded",
        Status::Failed | Status::TimedOut => "failed",
        Status::Aborted => "aborted",
    }
}

/// What people read of a run's status.
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Running => "In progress",
        Status::Succeeded => "Succeeded",
        Status::Failed => "Failed",
        Status::TimedOut => "Timed out",
        Status::Aborted => "Aborted",
    }
}

/// What one function wrote with `console.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsoleLine {
    /// Workflow time since the start of the run, in milliseconds.
    pub at: f64,
    pub state: String,
    pub function: String,
    pub level: ConsoleLevel,
    /// The arguments, each as text: a string as it is, anything else as JSON.
    pub values: Vec<String>,
}

/// How loud a console line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleLevel {
    Debug,
    Log,
    Info,
    Warn,
    Error,
}

/// A handle to one run, one word wide. What stands behind it stays for as long as the page, as anyone may hold it still; its data goes
/// with [`Run::dispose`].
#[derive(Clone, Copy)]
pub struct Run(&'static Handles);

/// What every holder of a run shares. Its data grows while it goes on; `revision` moves at most once a frame when it did.
pub struct Handles {
    /// From 1, for people; a run inside a run has the number of the outermost.
    pub number: u32,
    /// Tells it from every other.
    pub key: u32,
    pub status: RwSignal<Status>,
    pub revision: RwSignal<u32>,
    /// Workflow time since the start, in milliseconds, as the clock was last looked at.
    elapsed: RwSignal<i64>,
    /// None when the run has been forgotten.
    core: SendWrapper<RefCell<Option<Box<RunCore>>>>,
}

impl Deref for Run {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        self.0
    }
}

/// All that is known of a run. The runner alone changes it.
#[derive(Default)]
pub struct RunCore {
    /// The machine with its events; none when the run could not even begin.
    pub execution: Option<Execution>,
    /// What its events amount to, as far as they were shown.
    pub trace: Trace,
    /// The input as text, as the run was given it.
    pub input: String,
    pub console: Vec<ConsoleLine>,
    /// How often each function was called.
    pub tally: Tally,
    /// Real time it took so far, in milliseconds.
    pub computed_in: f64,
    /// Why it stopped, when that is no matter of the workflow: a function that is missing, a press of Stop.
    pub halt: Option<Halt>,
    /// Why the functions could not be loaded, and where.
    pub broken: Option<Broken>,
    /// What it is, where it is a run inside of another.
    pub inner: Option<Inner>,
    /// The run inside of it that is shown.
    pub opened: Option<Run>,
}

/// Why a run ended that AWS would not have ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// The person pressed Stop.
    Stopped,
    /// No function answers a task.
    NoFunction {
        /// The state's name.
        state: String,
        /// What the function would best be called.
        function: String,
        /// The names that exist.
        exports: Vec<String>,
    },
    /// The functions can't be loaded at all, in a sentence.
    Functions(String),
    /// Its history outgrew the memory that a page may take.
    Memory,
}

/// How a run ended, to be heard.
pub fn outcome_words(core: &RunCore, status: Status) -> String {
    match (&core.halt, core.trace.end().and_then(|end| end.failure.as_ref()).and_then(|failure| failure.error.as_deref())) {
        (Some(Halt::Stopped), _) => "Stopped".to_owned(),
        (Some(Halt::Memory), _) => "Stopped: out of memory".to_owned(),
        (Some(Halt::NoFunction { state, function, .. }), _) => format!("No function for a task. {state} calls {function}."),
        (_, Some(error)) => format!("{}: {error}", status_words(status)),
        _ => status_words(status).to_owned(),
    }
}

impl RunCore {
    /// The run itself.
    pub fn run(&self) -> Option<&engine::Run> {
        let own = || self.execution.as_ref().and_then(|execution| execution.runs().first());
        self.inner.as_ref().map(|inner| &inner.told).or_else(own)
    }

    /// The run's history.
    pub fn events(&self) -> &[Event] {
        self.run().map_or(&[], |run| &run.events)
    }

    /// The name of the further machine whose run it is; none of the document's own.
    pub fn machine_name(&self) -> Option<&str> {
        self.inner.as_ref()?.machine.as_deref()
    }

    /// The objects that the run has written: bucket, key, text.
    pub fn written(&self) -> Vec<(&str, &str, &Arc<str>)> {
        self.execution.as_ref().map_or_else(Vec::new, Execution::written)
    }

    /// The visit that a selection stands for: of a state the visit that was picked or the last one, of an event the one it belongs to.
    pub fn selected_visit(&self, selection: &Selection) -> Option<VisitId> {
        match selection {
            Selection::State { pointer, visit } => {
                let machine = &self.run()?.machine;
                let visits = self.trace.visits_of(machine.state_at(pointer)?);
                visit.and_then(|visit| visits.get(visit)).or(visits.last()).copied()
            }
            Selection::Event(event) => self.trace.visit_of_event(*event),
            Selection::None | Selection::Problem(_) => None,
        }
    }

    /// The state of a visit by its JSON pointer, and which of the state's visits it is.
    pub fn state_of(&self, visit: VisitId) -> Option<(String, usize)> {
        let state = self.trace.visit(visit).state;
        let machine = &self.run()?.machine;
        let at = self.trace.visits_of(state).binary_search(&visit).ok()?;
        Some((machine.state(state).pointer.to_string(), at))
    }

    /// The tasks that wait for their tokens.
    pub fn waiting(&self) -> Vec<WaitingTask> {
        let mut waiting = self.execution.as_ref().map(Execution::waiting).unwrap_or_default();
        waiting.retain(|task| task.submitted);
        waiting
    }

    /// Whether the run could be redriven now.
    pub fn redrivable(&self) -> Option<Result<(), NotRedrivable>> {
        let execution = self.execution.as_ref()?;
        Some(execution.runs().first()?.redrivable(execution.now()))
    }

    /// Workflow time from the start to now, or to the end, in milliseconds.
    pub fn duration(&self) -> i64 {
        self.trace.now().millis_since(self.trace.start())
    }

    /// Reads the events that came since the last time.
    fn follow(&mut self) {
        let own = || self.execution.as_ref().and_then(|execution| execution.runs().first());
        if let Some(run) = self.inner.as_ref().map(|inner| &inner.told).or_else(own) {
            self.trace.follow(run);
        }
    }
}

impl Run {
    /// A run that has just begun; its signals belong to the current owner.
    pub fn new(number: u32, core: RunCore) -> Run {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        Run(Box::leak(Box::new(Handles {
            number,
            key: RUNS.fetch_add(1, Ordering::Relaxed),
            status: RwSignal::new(Status::Running),
            revision: RwSignal::new(0),
            elapsed: RwSignal::new(0),
            core: SendWrapper::new(RefCell::new(Some(Box::new(core)))),
        })))
    }

    /// Reads the run, and reads it again whenever it has moved on.
    pub fn with<T>(&self, read: impl FnOnce(&RunCore) -> T) -> T {
        read(&self.followed())
    }

    /// Reads the run as it stands now.
    pub fn with_untracked<T>(&self, read: impl FnOnce(&RunCore) -> T) -> T {
        read(&self.core())
    }

    /// Changes the run's data; nobody looks before [`Run::show`]. None when the run has been forgotten.
    pub fn change<T>(&self, change: impl FnOnce(&mut RunCore) -> T) -> Option<T> {
        Some(change(&mut *self.kept()?))
    }

    /// An empty one when the run has been forgotten.
    #[inline(never)]
    fn core(self) -> Ref<'static, RunCore> {
        thread_local! {
            static EMPTY: &'static RunCore = Box::leak(Box::default());
        }
        Ref::map(self.0.core.borrow(), |core| core.as_deref().unwrap_or_else(|| EMPTY.with(|empty| *empty)))
    }

    #[inline(never)]
    fn followed(self) -> Ref<'static, RunCore> {
        self.revision.track();
        self.core()
    }

    /// None when the run has been forgotten.
    #[inline(never)]
    fn kept(self) -> Option<RefMut<'static, RunCore>> {
        self.revision.try_get_untracked()?;
        RefMut::filter_map(self.0.core.borrow_mut(), Option::as_deref_mut).ok()
    }

    /// Workflow time from the start to the last event, or to now while nothing happens, in milliseconds.
    pub fn duration(&self) -> i64 {
        let told = self.with(RunCore::duration);
        if self.status.get() == Status::Running { told.max(self.elapsed.get()) } else { told }
    }

    /// Workflow time by its clock.
    pub fn now(&self) -> Timestamp {
        self.with(|core| core.trace.start()).plus_millis(self.duration())
    }

    /// Tells the workflow's time while nothing else happens.
    pub fn tell_time(&self, now: Timestamp) {
        if let Some(start) = self.change(|core| core.trace.start()) {
            self.elapsed.set(now.millis_since(start));
        }
    }

    /// Lets everyone who reads the run look again.
    pub fn show(&self) {
        if self.change(RunCore::follow).is_some() {
            self.revision.update(|revision| *revision = revision.wrapping_add(1));
        }
        if let Some(opened) = self.change(|core| core.opened).flatten() {
            opened.catch_up(*self);
        }
    }

    /// Gives back the memory of a run that is shown no more, once the panels that still hold it are gone from the page.
    pub fn dispose(self) {
        let dispose = move || {
            drop(self.0.core.replace(None));
            self.status.dispose();
            self.revision.dispose();
            self.elapsed.dispose();
        };
        set_timeout(dispose, std::time::Duration::from_secs(1));
    }
}
