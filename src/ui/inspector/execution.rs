use crate::ui::prelude::*;

use super::error::{failure, story};
use super::pane::MaybeValue;
use super::tabs::{Pane, PaneSubject, selected_pane, there};
use super::waiting::WaitingPane;
use crate::engine::{Details, Status, WorkflowType};
use crate::float;
use crate::trace::seconds;
use crate::ui::commands;
use crate::ui::parts::{Count, Tab, Tabs, panel_id, tab_id};
use crate::ui::record::EventDetails;
use crate::ui::run::{Run, RunCore};
use crate::ui::run_bar::RunStatus;
use crate::ui::workspace::{Selection, Workspace};
use crate::value::Value;

/// The shown run as a whole: its output or error, its input, and what DescribeExecution would say.
#[component]
pub fn ExecutionDetails() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    move || workspace.run.get().map(|run| view! { <RunDetails run /> })
}

#[component]
fn RunDetails(run: Run) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let failed = Memo::new(move || matches!(run.status.get(), Status::Failed | Status::TimedOut | Status::Aborted));
    let event = Memo::new(move || match workspace.selection.get() {
        Selection::Event(event) => Some(event),
        _ => None,
    });
    let waiting = Memo::new(move || run.waiting().len());
    let panes = Memo::new(move || {
        let first = if failed.get() { Pane::Failure } else { Pane::DataOut };
        let panes = [
            (Pane::Happened, event.get().is_some()),
            (Pane::Waiting, waiting.get() > 0),
            (first, true),
            (Pane::DataIn, true),
            (Pane::Facts, true),
        ];
        there(&panes)
    });
    let subject = Memo::new(move || PaneSubject {
        run: run.key,
        visit: None,
        status: Some(run.status.get()),
        waits: waiting.get() > 0,
        event: event.get(),
    });
    let selected = selected_pane(subject, panes);
    let count = Signal::derive(move || Some(Count { number: waiting.get(), bad: false, of: ["task", "tasks"] }));
    let tab = move |pane: Pane| {
        let tab = Tab::new(pane, pane.label());
        if pane == Pane::Waiting { tab.counting(count) } else { tab }
    };
    let tabs = move || panes.get().into_iter().map(tab).collect::<Vec<_>>();
    let (title, about) = run.with_untracked(|core| {
        let kind = core.run().map_or("", |run| run.workflow_type.title());
        match core.inner.as_ref().and_then(|inner| inner.trail.last()) {
            Some((_, words)) => ("Child execution", format!("{words} · {kind}")),
            None => ("Execution", format!("Run {} · {kind}", run.number)),
        }
    });
    view! {
        <header class="inspector-head">
            <span class="inspector-tile"><glyph name="service-workflow-20" size=20 /></span>
            <div>
                <h2>{title}</h2>
                <p>{about}</p>
            </div>
            <RunStatus run />
        </header>
        <Tabs label="Execution" tabs=Signal::derive(tabs) selected />
        <div class="inspector-pane" role="tabpanel" id=move || panel_id(selected.get()) aria-labelledby=move || tab_id(selected.get())>
            {move || match selected.get() {
                Pane::Happened => view! { <EventDetails run=Signal::stored(Some(run)) event /> },
                Pane::Waiting => view! { <WaitingPane run /> },
                Pane::Failure => view! { <RunFailure run /> },
                Pane::DataIn => view! { <MaybeValue value=data(run, input) otherwise="The run could not begin." /> },
                Pane::Facts => view! { <Facts run /> },
                _ => view! { <Output run /> },
            }}
        </div>
    }
}

/// A part of a run's data that is compared before it is shown again.
fn data(run: Run, read: fn(&RunCore) -> Option<Value>) -> Memo<Option<Value>> {
    Memo::new(move || run.with(read))
}

fn input(core: &RunCore) -> Option<Value> {
    match &*core.events().first()?.details {
        Details::ExecutionStarted { input, .. } => Some(input.value().clone()),
        _ => None,
    }
}

fn output(core: &RunCore) -> Option<Value> {
    core.trace.end()?.output.as_ref().map(|output| output.value().clone())
}

#[component]
fn Output(run: Run) -> impl IntoView {
    view! {
        <MaybeValue value=data(run, output) otherwise="The output comes here when the run has succeeded." />
        <p class="inspector-note">"Select a state for its own input, output and data flow."</p>
    }
}

/// Why the run failed, and the way there.
#[component]
fn RunFailure(run: Run) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let redrivable = run.with_untracked(RunCore::redrivable);
    let (error, visit) = run.with_untracked(|core| {
        let end = core.trace.end().and_then(|end| end.failure.clone());
        (end.unwrap_or_default(), core.trace.failed_visit())
    });
    let aborted = run.status.get_untracked() == Status::Aborted;
    let why = if error.error.is_none() && aborted {
        view! { <p class="inspector-note">"The run was stopped. What happened until then is kept."</p> }
    } else {
        failure(&error, false, AnyView::NOTHING)
    };
    view! {
        {why}
        {visit
            .map(|visit| {
                view! {
                    <p class="verdict" data-status="failed">
                        <glyph name="error" />
                        <span>"It failed in " <super::pane::VisitLink run visit /></span>
                    </p>
                    {story(run, visit)}
                }
            })}
        {redrivable
            .map(|redrivable| match redrivable {
                Ok(()) => {
                    view! {
                        <p class="redrive">
                            <button class="button" data-size="small" type="button" on:click=move |_| commands::redrive(workspace, run)>
                                <glyph name="retry" />
                                "Redrive"
                            </button>
                            <span>"Goes on from what failed, with the functions as they are now. What succeeded isn't run again."</span>
                        </p>
                    }
                }
                Err(why) => view! { <p class="inspector-note">{format!("No redrive: {}.", why.0)}</p> },
            })}
    }
}

/// What DescribeExecution says.
#[component]
fn Facts(run: Run) -> impl IntoView {
    view! { <dl class="facts">{move || run.with(facts)}</dl> }
}

fn facts(core: &RunCore) -> Vec<AnyView> {
    let mut facts = Vec::new();
    let Some(of) = core.run() else { return facts };
    let mut tell = |name: &'static str, words: String| {
        if !words.is_empty() {
            facts.push(view! { <dt>{name}</dt> <dd>{words}</dd> });
        }
    };
    let trace = &core.trace;
    let stop = trace.end().map(|end| end.mark.at);
    let status = of.outcome.as_ref().map_or(Status::Running, |outcome| outcome.status);
    tell("Name", of.name.to_string());
    tell("Status", status.name().to_owned());
    tell("Start", trace.start().to_string());
    tell("Stop", stop.map_or_else(|| "–".to_owned(), |stop| stop.to_string()));
    tell("Duration", seconds(stop.unwrap_or(trace.now()).millis_since(trace.start())));
    if core.inner.is_none() {
        tell("Computed in", format!("{} ms", float::fixed(core.computed_in, 0)));
    }
    tell("Events", core.events().len().to_string());
    tell("ARN", of.arn.to_string());
    if of.workflow_type == WorkflowType::Standard {
        tell("Redrives", of.redrive_count.to_string());
        let status = match core.redrivable() {
            Some(Err(why)) => format!("NOT_REDRIVABLE: {}", why.0),
            _ => "REDRIVABLE".to_owned(),
        };
        tell("Redrive status", status);
    }
    facts
}
