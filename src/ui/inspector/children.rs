use crate::ui::prelude::*;

use crate::engine::{self, Execution, RunId, Status};
use crate::trace::{VisitId, elapsed, seconds};
use crate::ui::inner::count;
use crate::ui::parts::StatusIcon;
use crate::ui::record::{List, Rows};
use crate::ui::run::{Run, status_attribute, status_words};
use crate::ui::workspace::{Room, Workspace};

/// How a child can stand, what people look for first.
const STATUSES: [Status; 5] = [Status::Failed, Status::TimedOut, Status::Running, Status::Aborted, Status::Succeeded];

/// The executions that a visit has started: how many stand how, and a line for each, which opens it.
#[component]
pub fn Children(run: Run, visit: VisitId) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let (top, _) = run.origin();
    let all = Memo::new(move || run.started_by(visit));
    let wanted = RwSignal::new(None::<Status>);
    let shown = Memo::new(move || {
        let wanted = wanted.get();
        all.with(|all| {
            top.with(|core| {
                all.iter()
                    .copied()
                    .filter(|id| wanted.is_none_or(|status| stands(core.execution.as_ref(), *id) == status))
                    .collect::<Vec<_>>()
            })
        })
    });
    let counts = Memo::new(move || all.with(|all| STATUSES.map(|status| count(top, all, status))));
    let rows = Signal::derive(move || shown.with(Vec::len));
    let height = Signal::derive(move || if workspace.room.get() == Room::Phone { 44.0 } else { 28.0 });
    let list = List::new(rows, height, Signal::stored(Vec::new()), false);
    let arn = run.with_untracked(|core| core.trace.visit(visit).map_run.clone());
    let choice = move |status: Option<Status>, number: usize| {
        let words = status.map_or("All", status_words);
        let glyph = status.map(|status| view! { <StatusIcon status=status_attribute(status) size=14 /> });
        view! {
            <button
                type="button"
                class="children-choice"
                data-status=status.map(status_attribute)
                aria-pressed=move || (wanted.get() == status).to_string()
                on:click=move |_| wanted.set(status)
            >
                {glyph}
                {words}
                <span>{number}</span>
            </button>
        }
    };
    let choices = move || {
        let mut choices = vec![choice(None, all.with(Vec::len))];
        for (at, count) in counts.get().into_iter().enumerate().filter(|(_, count)| *count > 0) {
            choices.push(choice(Some(STATUSES[at]), count));
        }
        choices
    };
    view! {
        <div class="children">
            <div class="children-choices" role="group" aria-label="Show">{choices}</div>
            <div class="children-list" role="list" aria-label="Executions">
                <Rows list row=Box::new(move |index| line(workspace, top, all, shown, index)) />
            </div>
            {arn.map(|arn| view! { <p class="inspector-note children-arn" title=arn.to_string()>"Map Run " <code>{map_run_id(&arn)}</code></p> })}
        </div>
    }
}

fn stands(execution: Option<&Execution>, id: RunId) -> Status {
    of(execution, id).map_or(Status::Running, engine::Run::status)
}

fn of(execution: Option<&Execution>, id: RunId) -> Option<&engine::Run> {
    execution?.runs().get(id.0 as usize)
}

/// What a line says, compared before it is drawn again.
#[derive(PartialEq)]
struct Told {
    id: RunId,
    number: usize,
    status: Status,
    name: String,
    started: String,
    took: String,
}

fn line(workspace: Workspace, top: Run, all: Memo<Vec<RunId>>, shown: Memo<Vec<RunId>>, index: usize) -> AnyView {
    let told = Memo::new(move || {
        let id = shown.with(|shown| shown.get(index).copied())?;
        let number = all.with(|all| all.binary_search(&id).unwrap_or_default());
        top.with(|core| {
            let run = of(core.execution.as_ref(), id)?;
            let stop = run.outcome.as_ref().map_or(core.trace.now(), |outcome| outcome.stop);
            Some(Told {
                id,
                number,
                status: run.status(),
                name: run.name.to_string(),
                started: elapsed(run.start.millis_since(core.trace.start())),
                took: seconds(stop.millis_since(run.start)),
            })
        })
    });
    let row = move |told: &Told| {
        let Told { id, number, status, name, started, took } = told;
        let (id, status) = (*id, *status);
        let spoken = format!("#{number}, {}, started at {started}, took {took}", status_words(status));
        let title = format!("{name}\n{}, started at {started}", status_words(status));
        view! {
            <button type="button" class="children-row" data-status=status_attribute(status) aria-label=spoken title=title on:click=move |_| workspace.open_inner(top, id)>
                <StatusIcon status=status_attribute(status) />
                <span class="children-number">{format!("#{number}")}</span>
                <span class="children-name">{name.clone()}</span>
                <span class="children-time">{started.clone()}</span>
                <span class="children-time">{took.clone()}</span>
                <glyph name="chevron-right" size=12 />
            </button>
        }
    };
    view! { <div role="listitem">{move || told.with(|told| told.as_ref().map(row))}</div> }
}

/// `ScoreAll:2e0c…` of a Map Run's ARN.
fn map_run_id(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}
