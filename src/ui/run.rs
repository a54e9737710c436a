//! One run as the panels read it: a handle of signals over data that is never copied.

use leptos::prelude::*;

/// Where a run stands, in the words of DescribeExecution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStatus {
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl RunStatus {
    /// The value of `data-status`, and the tail of the glyph's name.
    pub fn attribute(self) -> &'static str {
        match self {
            RunStatus::Running => "running",
            RunStatus::Succeeded => "succeeded",
            RunStatus::Failed | RunStatus::TimedOut => "failed",
            RunStatus::Aborted => "aborted",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            RunStatus::Running => "In progress",
            RunStatus::Succeeded => "Succeeded",
            RunStatus::Failed => "Failed",
            RunStatus::TimedOut => "Timed out",
            RunStatus::Aborted => "Aborted",
        }
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

/// A handle to one run. Its data grows while it goes on; `revision` moves at most once a frame when it did.
#[derive(Clone, Copy)]
pub struct Run {
    pub number: u32,
    pub status: RwSignal<RunStatus>,
    pub revision: RwSignal<u32>,
    core: StoredValue<RunCore, LocalStorage>,
}

/// All that is known of a run.
#[derive(Default)]
pub struct RunCore {
    /// Workflow time from start to now or to the end, in milliseconds.
    pub duration: f64,
    /// Real time it took, in milliseconds.
    pub computed_in: f64,
    pub console: Vec<ConsoleLine>,
    /// The output as JSON text, when it succeeded.
    pub output: Option<String>,
    pub error: Option<String>,
    pub cause: Option<String>,
}

impl Run {
    /// A run that has just begun; its handles belong to the current owner.
    pub fn new(number: u32, core: RunCore) -> Run {
        Run { number, status: RwSignal::new(RunStatus::Running), revision: RwSignal::new(0), core: StoredValue::new_local(core) }
    }

    /// Reads the run, and reads it again whenever it has moved on.
    pub fn with<T>(&self, read: impl FnOnce(&RunCore) -> T) -> T {
        self.revision.track();
        self.core.with_value(read)
    }

    /// Reads the run as it stands now.
    pub fn with_untracked<T>(&self, read: impl FnOnce(&RunCore) -> T) -> T {
        self.core.with_value(read)
    }

    /// Changes the run's data; nobody looks before [`Run::show`].
    pub fn update(&self, change: impl FnOnce(&mut RunCore)) {
        self.core.update_value(change);
    }

    /// Lets everyone who reads the run look again.
    pub fn show(&self) {
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
    }

    /// Gives back the memory of a run no panel shows any more.
    pub fn dispose(self) {
        self.core.dispose();
        self.status.dispose();
        self.revision.dispose();
    }
}
