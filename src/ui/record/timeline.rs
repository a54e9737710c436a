use std::sync::Arc;

use crate::ui::prelude::*;

use super::rows::{List, Rows};
use crate::asl::StateType;
use crate::float;
use crate::timestamp::Timestamp;
use crate::trace::{self, Row, Segment, SegmentKind, Status, Trace, VisitId, seconds, ticks};
use crate::ui::parts::Empty;
use crate::ui::run::RunCore;
use crate::ui::workspace::{Room, Workspace};

/// How many marks the scale has at most, by room.
const MARKS: usize = 6;

/// When each step of the shown run began and how long it took.
#[component]
pub fn Timeline(#[prop(into)] filter: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let rows = Memo::new(move || {
        let Some(run) = workspace.run.get() else { return Vec::new() };
        let text = filter.with(|text| letters::lower(text.trim()));
        run.with(|core| filtered(&core.trace, &text))
    });
    let any = Memo::new(move || workspace.run.get().is_some_and(|run| run.with(|run| !run.trace.visits().is_empty())));
    let span = Memo::new(move || workspace.run.get().map(|run| run.with(extent)).unwrap_or_default());
    move || {
        if any.get() {
            view! { <Chart rows span /> }
        } else {
            view! { <Empty title="Nothing to draw yet">"A run draws a bar here for each step, with its retries and iterations."</Empty> }
        }
    }
}

/// The rows whose words have the text, which is in lower case.
fn filtered(trace: &Trace, text: &str) -> Vec<Row> {
    let has = |row: &Row| {
        let words = format!("{} {}", trace.row_iteration(*row), trace.row_words(*row));
        letters::lower(&words).contains(text)
    };
    trace.rows().into_iter().filter(|row| text.is_empty() || has(row)).collect()
}

/// From when to when the scale goes.
fn extent(core: &RunCore) -> (Timestamp, Timestamp) {
    let start = core.trace.start();
    (start, core.trace.now().max(start.plus_millis(1)))
}

#[component]
fn Chart(rows: Memo<Vec<Row>>, span: Memo<(Timestamp, Timestamp)>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let phone = move || workspace.room.get() == Room::Phone;
    let count = Signal::derive(move || rows.with(Vec::len));
    let row_height = Signal::derive(move || if phone() { 36.0 } else { 20.0 });
    let list = List::new(count, row_height, Signal::stored(Vec::new()), false);
    let scale = move || {
        let (start, end) = span.get();
        let total = end.millis_since(start).max(1);
        let marks = ticks(total, if phone() { MARKS / 2 } else { MARKS });
        let mark = |(at, words): (i64, String)| {
            let left = 100.0 * at as f64 / total as f64;
            view! { <span class="lane-mark" style:left=format!("{}%", float::fixed(left, 3))>{words}</span> }
        };
        marks.into_iter().map(mark).collect_view()
    };
    let selected = Memo::new(move || {
        let (run, selection) = (workspace.run.get()?, workspace.selection.get());
        run.with(|core| core.selected_visit(&selection))
    });
    Effect::new(move |_| {
        let Some(visit) = selected.get() else { return };
        let at =
            rows.with_untracked(|rows| rows.iter().position(|row| matches!(row, Row::Visit { visit: of, .. } if *of == visit)));
        if let Some(at) = at {
            list.reveal(at);
        }
    });
    view! {
        <div class="timeline" role="table" aria-label="Timeline" aria-rowcount=move || count.get() + 1>
            <div class="lane lane-head" role="row">
                <span role="columnheader" class="lane-name">"Step"</span>
                <span role="columnheader" class="lane-track">
                    <span class="unseen">"Time since the start"</span>
                    <span aria-hidden="true">{scale}</span>
                </span>
                <span role="columnheader" class="lane-duration">"Duration"</span>
            </div>
            <Rows list row=Box::new(move |index| view! { <Lane rows span selected index /> }) />
            <Show when=move || count.get() == 0>
                <p class="record-nothing">"No step has this text."</p>
            </Show>
        </div>
    }
}

/// What one row shows, worked out at once.
#[derive(PartialEq)]
struct LaneData {
    iteration: String,
    words: String,
    depth: u32,
    duration: String,
    bars: Vec<Bar>,
    visit: Option<VisitId>,
    /// The visits in the row.
    visits: Vec<VisitId>,
}

/// A bar in percent of the track.
#[derive(PartialEq)]
struct Bar {
    left: f64,
    width: f64,
    kind: &'static str,
    title: String,
    visit: VisitId,
}

#[component]
fn Lane(rows: Memo<Vec<Row>>, span: Memo<(Timestamp, Timestamp)>, selected: Memo<Option<VisitId>>, index: usize) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let data = Memo::new(move || {
        let row = rows.with(|rows| rows.get(index).copied())?;
        let (run, span) = (workspace.run.get()?, span.get());
        Some(Arc::new(run.with(|core| lane_data(&core.trace, row, span))))
    });
    let current = move || {
        let visit = selected.get();
        visit.is_some_and(|visit| data.with(|data| data.as_ref().is_some_and(|data| data.visits.contains(&visit))))
    };
    let select = move |visit: VisitId| {
        if let Some(run) = workspace.run.get_untracked() {
            let state = run.with_untracked(|core| core.state_of(visit));
            if let Some((pointer, visit)) = state {
                workspace.select_state(pointer, Some(visit));
            }
        }
    };
    let select_row = move |_| {
        if let Some(visit) = data.with_untracked(|data| data.as_ref().and_then(|data| data.visit)) {
            select(visit);
        }
    };
    let bar = move |bar: &Bar| {
        let visit = bar.visit;
        view! {
            <span
                class="lane-bar"
                data-kind=bar.kind
                title=bar.title.clone()
                style:left=format!("{}%", float::fixed(bar.left, 3))
                style:width=format!("{}%", float::fixed(bar.width, 3))
                on:click=move |event| {
                    event.stop_propagation();
                    select(visit);
                }
            ></span>
        }
    };
    let cells = move || {
        data.get().map(|data| {
            let indent = format!("{}px", 12 + 16 * data.depth.min(8));
            view! {
                <span role="cell" class="lane-name" style:padding-left=indent title=data.words.clone()>
                    <button class="lane-select" type="button" on:click=select_row>
                        <span class="dim">{data.iteration.clone()}</span>
                        " "
                        {data.words.clone()}
                    </button>
                </span>
                <span role="cell" class="lane-track">{data.bars.iter().map(bar).collect_view()}</span>
                <span role="cell" class="lane-duration">{data.duration.clone()}</span>
            }
        })
    };
    view! {
        <div class="lane" role="row" aria-rowindex=index + 2 aria-current=move || current().then_some("true") on:click=select_row>
            {cells}
        </div>
    }
}

fn lane_data(trace: &Trace, row: Row, (start, end): (Timestamp, Timestamp)) -> LaneData {
    let total = end.millis_since(start).max(1) as f64;
    let percent = |at: Timestamp| 100.0 * at.millis_since(start) as f64 / total;
    let bar = |segment: Segment| Bar {
        left: percent(segment.from),
        width: percent(segment.to) - percent(segment.from),
        kind: bar_kind(trace, segment),
        title: bar_title(trace, segment),
        visit: segment.visit,
    };
    let duration = trace.extent(row).map_or(0, |(from, to)| to.millis_since(from));
    let (depth, visits) = match row {
        Row::Visit { visit, depth } => (depth, vec![visit]),
        Row::Chain { chain, depth } => (depth, trace.visits_in(chain).map(|visit| visit.id).collect()),
    };
    LaneData {
        iteration: trace.row_iteration(row),
        words: trace.row_words(row),
        depth,
        duration: seconds(duration),
        bars: trace.segments(row).into_iter().map(bar).collect(),
        visit: trace.row_visit(row),
        visits,
    }
}

/// The value of `data-kind`, which names the colour.
fn bar_kind(trace: &Trace, segment: Segment) -> &'static str {
    match segment.kind {
        SegmentKind::Callback => "waiting",
        SegmentKind::BackOff => "backoff",
        SegmentKind::Work(Status::Succeeded | Status::Running) if trace.visit(segment.visit).state_type == StateType::Wait => {
            "wait"
        }
        SegmentKind::Work(status) => status.attribute(),
    }
}

fn bar_title(trace: &Trace, segment: Segment) -> String {
    let what = match segment.kind {
        SegmentKind::Callback => "waiting for a callback",
        SegmentKind::BackOff => "waiting to try again",
        SegmentKind::Work(status) => status.words(),
    };
    let since_start = |at: Timestamp| trace::elapsed(at.millis_since(trace.start()));
    let took = seconds(segment.to.millis_since(segment.from));
    format!("{}: {what}, {took}, from {}", trace.visit(segment.visit).name, since_start(segment.from))
}
