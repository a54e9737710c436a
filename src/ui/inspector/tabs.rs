//! The tabs of the inspector, and which of them there are.

use crate::ui::prelude::*;

use crate::engine;
use crate::trace::{Status, Trace, Visit, VisitId, visible};
use crate::ui::parts::{Choice, Count};

/// One tab of the inspector. The names make the tabs' ids, so they differ from those of other strips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    Happened,
    Failure,
    Callback,
    Waiting,
    DataIn,
    DataOut,
    Flow,
    Assigned,
    Attempts,
    Children,
    Facts,
}

impl Choice for Pane {
    const ALL: &'static [Pane] = &[
        Pane::Happened,
        Pane::Failure,
        Pane::Callback,
        Pane::Waiting,
        Pane::DataIn,
        Pane::DataOut,
        Pane::Flow,
        Pane::Assigned,
        Pane::Attempts,
        Pane::Children,
        Pane::Facts,
    ];
}

impl Pane {
    pub fn label(self) -> &'static str {
        match self {
            Pane::Happened => "Event",
            Pane::Failure => "Error",
            Pane::Callback => "Callback",
            Pane::Waiting => "Waiting",
            Pane::DataIn => "Input",
            Pane::DataOut => "Output",
            Pane::Flow => "Data flow",
            Pane::Assigned => "Variables",
            Pane::Attempts => "Attempts",
            Pane::Children => "Executions",
            Pane::Facts => "Details",
        }
    }
}

/// What there is to tell of a visit, in order of need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panes {
    pub panes: Vec<Pane>,
    pub attempts: usize,
    pub assigned: usize,
    /// The executions that the visit has started.
    pub children: usize,
    /// Whether the last attempt failed.
    pub failed: bool,
}

impl Panes {
    /// Those of a visit; `event` when an event of it is selected, and how many executions it has started.
    pub fn of(trace: &Trace, visit: &Visit, event: bool, children: usize) -> Panes {
        let assigned = visible(trace, visit).len();
        let failed = matches!(visit.status, Status::Failed | Status::TimedOut | Status::Caught);
        let tasks = visit.attempts.iter().filter(|attempt| attempt.task.is_some()).count();
        let attempts = if tasks > 0 || visit.attempts.len() > 1 { visit.attempts.len() } else { 0 };
        let panes = [
            (Pane::Happened, event),
            (Pane::Failure, failed),
            (Pane::Callback, visit.status == Status::Waiting),
            (Pane::Children, children > 0),
            (Pane::Flow, visit.status == Status::Succeeded),
            (Pane::DataIn, true),
            (Pane::DataOut, true),
            (Pane::Flow, visit.status != Status::Succeeded),
            (Pane::Assigned, assigned > 0),
            (Pane::Attempts, attempts > 0),
        ];
        let panes = there(&panes);
        let failed = visit.attempts.last().is_some_and(|attempt| attempt.failure.is_some());
        Panes { panes, attempts, assigned, children, failed }
    }

    /// The number on a pane's tab.
    pub fn count(&self, pane: Pane) -> Option<Count> {
        Some(match pane {
            Pane::Attempts => Count { number: self.attempts, bad: self.failed, of: ["attempt", "attempts"] },
            Pane::Assigned => Count { number: self.assigned, bad: false, of: ["variable", "variables"] },
            Pane::Children => Count { number: self.children, bad: false, of: ["execution", "executions"] },
            _ => return None,
        })
    }
}

/// Those of the tabs that are there.
pub fn there(panes: &[(Pane, bool)]) -> Vec<Pane> {
    panes.iter().filter(|(_, there)| *there).map(|(pane, _)| *pane).collect()
}

/// What tabs tell of: a run by its key, a visit of it or its own status and whether tasks wait, and the event that is selected.
#[derive(Clone, Copy, PartialEq)]
pub struct PaneSubject {
    pub run: u32,
    pub visit: Option<VisitId>,
    pub status: Option<engine::Status>,
    pub waits: bool,
    pub event: Option<u64>,
}

/// The selected tab: what it was while that is there, else the first; first again for another subject that has something to say first.
pub fn selected_pane(subject: Memo<PaneSubject>, panes: Memo<Vec<Pane>>) -> RwSignal<Pane> {
    let selected = RwSignal::new(panes.get_untracked().first().copied().unwrap_or(Pane::DataIn));
    Effect::new(move |before: Option<PaneSubject>| {
        let (now, panes) = (subject.get(), panes.get());
        let first = panes.first().copied().unwrap_or(Pane::DataIn);
        let urgent = matches!(first, Pane::Happened | Pane::Failure | Pane::Callback | Pane::Waiting);
        let another = before.as_ref() != Some(&now);
        if !panes.contains(&selected.get_untracked()) || another && urgent {
            selected.set(first);
        }
        now
    });
    selected
}
