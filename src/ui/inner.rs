//! Runs inside of a run, shown as runs of their own: the children of a distributed Map, the executions that a Task started.

use crate::ui::prelude::*;

use super::parts::Icon;
use super::run::{Run, RunCore};
use super::workspace::{Selection, Workspace};
use crate::asl::StateType;
use crate::engine::{self, Execution, RunId, Status, WaitingTask};
use crate::trace::VisitId;

/// What makes a run one inside of another. It is a copy, so that it can be looked at like any other.
pub struct Inner {
    /// The outermost run.
    pub top: Run,
    pub id: RunId,
    /// What is told of it so far.
    pub told: engine::Run,
    /// The further machine it is of; none of the document's own.
    pub machine: Option<String>,
    /// The runs around it, outermost first, then itself; each but the first with the state and the number of the child.
    pub trail: Vec<(RunId, String)>,
}

impl Inner {
    fn new(top: Run, execution: &Execution, id: RunId) -> Option<Inner> {
        let told = execution.runs().get(id.0 as usize)?.told();
        let machine = execution.machine_name(id).map(str::to_owned);
        let mut trail = Vec::new();
        let mut at = Some(id);
        while let Some(run) = at {
            trail.push((run, words(execution, run)));
            at = execution.runs().get(run.0 as usize)?.parent.map(|parent| parent.run);
        }
        trail.reverse();
        Some(Inner { top, id, told, machine, trail })
    }
}

/// `ScoreAll #12` of a Map's child, `Charge` of what a Task started.
fn words(execution: &Execution, id: RunId) -> String {
    let runs = execution.runs();
    let Some(parent) = runs.get(id.0 as usize).and_then(|run| run.parent) else { return String::new() };
    let Some(around) = runs.get(parent.run.0 as usize) else { return String::new() };
    let state = around.machine.state(parent.state);
    if state.state_type != StateType::Map {
        return state.name.to_string();
    }
    let before = runs[..id.0 as usize].iter().filter(|run| run.is_started_by(parent.run, parent.entered_event)).count();
    format!("{} #{before}", state.name)
}

impl Run {
    /// The outermost run, and which of its runs this is.
    pub fn origin(&self) -> (Run, RunId) {
        self.with_untracked(|core| core.inner.as_ref().map_or((*self, RunId(0)), |inner| (inner.top, inner.id)))
    }

    /// The runs that a visit has started, in their order.
    pub fn started_by(&self, visit: VisitId) -> Vec<RunId> {
        let (top, id) = self.origin();
        let entered = self.with_untracked(|core| core.trace.visit(visit).entered.event);
        top.with(|core| {
            let runs = core.execution.iter().flat_map(Execution::runs).enumerate();
            runs.filter(|(_, run)| run.is_started_by(id, entered)).map(|(at, _)| RunId(at as u32)).collect()
        })
    }

    /// The same for one that is shown already: those beside it, itself included.
    fn siblings(&self) -> Vec<RunId> {
        let (top, id) = self.origin();
        top.with_untracked(|core| {
            let runs = core.execution.as_ref().map_or(&[][..], Execution::runs);
            let Some(parent) = runs.get(id.0 as usize).and_then(|run| run.parent) else { return Vec::new() };
            let beside = runs.iter().enumerate().filter(|(_, run)| run.is_started_by(parent.run, parent.entered_event));
            beside.map(|(at, _)| RunId(at as u32)).collect()
        })
    }

    /// The tasks that wait for their tokens: of the outermost run all, of one inside of it its own.
    pub fn waiting(&self) -> Vec<WaitingTask> {
        let (top, id) = self.origin();
        let mut waiting = top.with(RunCore::waiting);
        waiting.retain(|task| id == RunId(0) || task.run == id);
        waiting
    }

    /// Takes over what has become of a run inside of another.
    pub fn catch_up(&self, top: Run) {
        let status = top.with_untracked(|outer| {
            self.change(|core| {
                let inner = core.inner.as_mut()?;
                inner.told.catch_up(outer.execution.as_ref()?.runs().get(inner.id.0 as usize)?);
                Some(inner.told.status())
            })
        });
        if let Some(status) = status.flatten() {
            self.status.set(status);
            self.show();
        }
    }
}

impl Workspace {
    /// Shows a run; what was open inside of another is closed.
    pub fn show_run(&self, run: Run) {
        let inside = self.run.get_untracked().is_some_and(|run| run.with_untracked(|core| core.inner.is_some()));
        if inside {
            // What is selected there is not known here.
            self.selection.set(Selection::None);
        }
        self.close_inner();
        self.run.set(Some(run));
    }

    /// Shows one of the runs inside of a run as a run of its own; the outermost one is shown as it is.
    pub fn open_inner(&self, top: Run, id: RunId) {
        if id == RunId(0) {
            return self.show_run(top);
        }
        let inner = top.with_untracked(|core| Inner::new(top, core.execution.as_ref()?, id));
        let Some(inner) = inner else { return };
        self.selection.set(Selection::None);
        self.close_inner();
        let run = self.new_run(top.number, RunCore { inner: Some(inner), ..RunCore::default() });
        top.change(|core| core.opened = Some(run));
        run.catch_up(top);
        self.run.set(Some(run));
    }

    /// Gives back the memory of what was open inside of the shown run.
    pub(super) fn close_inner(&self) {
        let Some((top, _)) = self.run.get_untracked().map(|run| run.origin()) else { return };
        if let Some(opened) = top.change(|core| core.opened.take()).flatten() {
            opened.dispose();
        }
    }
}

/// Where the shown run is, where it is inside of another: the way back, and to the ones beside it.
#[component]
pub fn Trail() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    move || {
        let run = workspace.run.get()?;
        let steps = run.with_untracked(|core| core.inner.as_ref().map(|inner| steps(workspace, run, inner)))?;
        Some(view! { <nav class="trail" aria-label="Where this run is">{steps} {beside(workspace, run)}</nav> })
    }
}

fn steps(workspace: Workspace, run: Run, inner: &Inner) -> Vec<AnyView> {
    let (top, mut steps) = (inner.top, Vec::new());
    for (at, words) in &inner.trail {
        let at = *at;
        let words = if at == RunId(0) { format!("Run {}", run.number) } else { words.clone() };
        if at == inner.id {
            steps.push(view! { <b aria-current="page">{words}</b> });
            continue;
        }
        let glyph = (at == RunId(0)).then(|| view! { <glyph name="chevron-left" size=12 /> });
        steps.push(view! {
            <button class="link" type="button" on:click=move |_| workspace.open_inner(top, at)>{glyph}{words}</button>
            <span aria-hidden="true">"/"</span>
        });
    }
    steps
}

/// The children before and after.
fn beside(workspace: Workspace, run: Run) -> Option<AnyView> {
    let siblings = run.siblings();
    let (top, id) = run.origin();
    let at = siblings.binary_search(&id).ok().filter(|_| siblings.len() > 1)?;
    let button = |to: Option<RunId>, glyph: &'static str, label: &'static str| {
        let go = move |_| to.into_iter().for_each(|to| workspace.open_inner(top, to));
        view! {
            <button class="icon-button" data-size="small" type="button" aria-label=label title=label disabled=to.is_none() on:click=go>
                <Icon name=glyph size=12 />
            </button>
        }
    };
    let before = at.checked_sub(1).map(|at| siblings[at]);
    let buttons = vec![
        button(before, "chevron-left", "Execution before"),
        button(siblings.get(at + 1).copied(), "chevron-right", "Next execution"),
    ];
    Some(view! { <span class="trail-beside">{buttons}</span> })
}

/// How many of some runs stand so.
pub fn count(top: Run, runs: &[RunId], status: Status) -> usize {
    top.with(|core| {
        let all = core.execution.as_ref().map_or(&[][..], Execution::runs);
        runs.iter().filter(|id| all.get(id.0 as usize).is_some_and(|run| run.status() == status)).count()
    })
}
