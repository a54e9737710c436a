use crate::ui::prelude::*;
use web_sys::KeyboardEvent;

use super::event_details::EventDetails;
use super::rows::{List, Rows};
use crate::order::Map;
use crate::trace::{EventRow, Filtered, Status, VisitId};
use crate::ui::commands::grouped;
use crate::ui::parts::{EitherIcon, Empty};
use crate::ui::run::{Run, RunCore};
use crate::ui::workspace::{Room, Selection, Workspace};

/// How high the details of an opened event are, in pixels.
const DETAILS: f64 = 200.0;

/// The events of the shown run as a table.
#[component]
pub fn Events(#[prop(into)] filter: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let any = Memo::new(move || workspace.run.get().is_some_and(|run| run.with(|run| !run.trace.is_empty())));
    move || {
        if any.get() {
            view! { <Table filter /> }
        } else {
            view! {
                <Empty title="No events yet">
                    "A run writes one line here for each thing that happens, in the words of the service's own execution history: "
                    <code>"ExecutionStarted"</code>
                    ", "
                    <code>"TaskStateEntered"</code>
                    ", "
                    <code>"TaskScheduled"</code>
                    " … Select a line to go to its state."
                </Empty>
            }
        }
    }
}

/// What the rows of the table share.
#[derive(Clone, Copy)]
struct Shown {
    workspace: Workspace,
    filter: Signal<String>,
    /// Which events the filter lets through, of the run with this key.
    filtered: StoredValue<(u32, Filtered)>,
    count: Memo<usize>,
    /// The opened events with the height of their details.
    opened: RwSignal<Map<u64, f64>>,
    /// The visit whose rows belong to the selected state.
    selected_visit: Memo<Option<VisitId>>,
}

impl Shown {
    fn new(workspace: Workspace, filter: Signal<String>) -> Shown {
        let filtered = StoredValue::new((0, Filtered::default()));
        let count = Memo::new(move || {
            let Some(run) = workspace.run.get() else { return 0 };
            filter.with(|text| run.with(|core| update(filtered, run, text, core)))
        });
        let selected_visit = Memo::new(move || {
            let (run, selection) = (workspace.run.get()?, workspace.selection.get());
            run.with(|core| core.selected_visit(&selection))
        });
        Shown { workspace, filter, filtered, count, opened: RwSignal::default(), selected_visit }
    }

    /// The event in a row.
    fn row(&self, index: usize) -> Option<EventRow> {
        // Brings `filtered` up to date before it is read.
        self.count.track();
        self.filter.track();
        let run = self.workspace.run.get()?;
        let at = self.filtered.with_value(|(_, filtered)| filtered.event_at(index))?;
        run.with(|core| core.events().get(at).map(|event| EventRow::new(event, &core.trace)))
    }

    /// The row of an event, if the filter lets it through.
    fn row_of(&self, event: u64) -> Option<usize> {
        self.filtered.with_value(|(_, filtered)| filtered.row_of(usize::try_from(event).ok()?.checked_sub(1)?))
    }

    fn is_open(&self, event: u64) -> bool {
        self.opened.with(|opened| opened.contains_key(&event))
    }

    fn open(&self, event: u64, open: bool) {
        self.opened.update(|opened| {
            if open {
                opened.insert(event, DETAILS)
            } else {
                opened.remove(&event)
            };
        });
    }

    fn select(&self, event: u64) {
        self.workspace.selection.set(Selection::Event(event));
    }

    fn selected(&self) -> Option<u64> {
        self.workspace.selection.with(|selection| match selection {
            Selection::Event(event) => Some(*event),
            _ => None,
        })
    }
}

fn update(filtered: StoredValue<(u32, Filtered)>, run: Run, text: &str, core: &RunCore) -> usize {
    filtered.update_value(|(number, filtered)| {
        if *number != run.key {
            (*number, *filtered) = (run.key, Filtered::default());
        }
        filtered.update(text, &core.events()[..core.trace.len()], &core.trace);
    });
    filtered.with_value(|(_, filtered)| filtered.len())
}

#[component]
fn Table(filter: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = Shown::new(workspace, filter);
    let row_height = Signal::derive(move || if workspace.room.get() == Room::Phone { 40.0 } else { 26.0 });
    let opened = Memo::new(move || {
        shown.count.track();
        filter.track();
        let at = |(event, extra): (&u64, &f64)| Some((shown.row_of(*event)?, *extra));
        shown.opened.with(|opened| opened.iter().filter_map(at).collect::<Vec<_>>())
    });
    let list = List::new(shown.count.into(), row_height, opened.into(), true);
    // What is selected elsewhere comes into view here.
    Effect::new(move |_| {
        let event = shown.selected().or_else(|| {
            let (run, visit) = (workspace.run.get_untracked()?, shown.selected_visit.get()?);
            run.with_untracked(|core| Some(core.trace.visit(visit).entered.event))
        });
        if let Some(row) = event.and_then(|event| shown.row_of(event)) {
            list.reveal(row);
        }
    });
    let active = move || shown.selected().map(row_id);
    view! {
        <div
            class="events"
            role="grid"
            tabindex="0"
            aria-label="Events"
            aria-rowcount=move || shown.count.get() + 1
            aria-activedescendant=active
            on:keydown=move |event| on_key(shown, list, &event)
        >
            <div class="event event-head" role="row">
                <span role="columnheader" class="event-id">"ID"</span>
                <span role="columnheader" class="event-type">"Type"</span>
                <span role="columnheader" class="event-step">"Step"</span>
                <span role="columnheader" class="event-resource">"Resource"</span>
                <span role="columnheader" class="event-elapsed">"Elapsed (ms)"</span>
            </div>
            <Rows list row=Box::new(move |index| view! { <Row shown index /> }) />
            <Show when=move || shown.count.get() == 0>
                <p class="record-nothing">"No event has this text."</p>
            </Show>
        </div>
    }
}

fn row_id(event: u64) -> String {
    format!("event-{event}")
}

fn on_key(shown: Shown, list: List, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let (count, selected) = (shown.count.get_untracked(), untrack(|| shown.selected()));
    let at = selected.and_then(|event| shown.row_of(event));
    let last = count.saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => at.map_or(0, |at| (at + 1).min(last)),
        "ArrowUp" => at.map_or(last, |at| at.saturating_sub(1)),
        "PageDown" => at.map_or(0, |at| (at + list.page()).min(last)),
        "PageUp" => at.map_or(last, |at| at.saturating_sub(list.page())),
        "Home" => 0,
        "End" => last,
        "Enter" | " " | "ArrowRight" | "ArrowLeft" => {
            if let Some(selected) = selected {
                let open = match event.key().as_str() {
                    "ArrowRight" => true,
                    "ArrowLeft" => false,
                    _ => !untrack(|| shown.is_open(selected)),
                };
                shown.open(selected, open);
                event.prevent_default();
                // The details are there one frame later.
                if let Some(at) = at {
                    request_animation_frame(move || list.reveal(at));
                }
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(row) = untrack(|| shown.row(to)) {
        shown.select(row.id);
        list.reveal(to);
    }
}

/// One event, and its details below when it is opened.
#[component]
fn Row(shown: Shown, index: usize) -> impl IntoView {
    let row = Memo::new(move || shown.row(index));
    let id = Memo::new(move || row.with(|row| row.as_ref().map(|row| row.id)));
    let tone = move || row.with(|row| row.as_ref().and_then(|row| row.tone).map(Status::attribute));
    let selected = move || id.get().is_some() && id.get() == shown.selected();
    let related = move || {
        let visit = shown.selected_visit.get();
        let of_row = || shown.workspace.run.get()?.with(|core| core.trace.visit_of_event(id.get()?));
        visit.is_some() && visit == of_row()
    };
    let open = Memo::new(move || id.get().is_some_and(|id| shown.is_open(id)));
    let toggle = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        if let Some(id) = id.get_untracked() {
            shown.open(id, !open.get_untracked());
        }
    };
    let select = move |_| {
        if let Some(id) = id.get_untracked() {
            shown.select(id);
        }
    };
    let cells = move || {
        row.with(|row| {
            row.as_ref().map(|row| {
                let kind = row.kind;
                view! {
                    <span role="gridcell" class="event-id">{row.id}</span>
                    <span role="gridcell" class="event-type">
                        <button
                            class="event-open"
                            type="button"
                            tabindex="-1"
                            aria-label=format!("Details of {kind}")
                            aria-expanded=move || open.get().to_string()
                            on:click=toggle
                        >
                            <EitherIcon when=open names=["chevron-down", "chevron-right"] size=12 />
                        </button>
                        <span class="event-kind" title=kind>{kind}</span>
                    </span>
                    <span role="gridcell" class="event-step" title=row.step.to_string()>
                        <span class="event-name">{row.step.to_string()}</span>
                        " "
                        <span class="dim">{row.iteration.clone()}</span>
                    </span>
                    <span role="gridcell" class="event-resource">
                        {row.resource.clone()}
                        " "
                        {row.error.as_ref().map(|error| view! { <code class="event-error">{error.to_string()}</code> })}
                    </span>
                    <span role="gridcell" class="event-elapsed">{grouped(usize::try_from(row.elapsed).unwrap_or(0))}</span>
                }
            })
        })
    };
    view! {
        <div
            class="event"
            role="row"
            id=move || id.get().map(row_id)
            aria-rowindex=index + 2
            aria-selected=move || selected().to_string()
            data-related=move || related().to_string()
            data-status=tone
            on:click=select
            on:dblclick=toggle
        >
            {cells}
        </div>
        <Show when=move || open.get()>
            <div class="event-details" role="row" style:height=px(DETAILS)>
                <div role="gridcell">
                    <EventDetails run=shown.workspace.run event=id />
                </div>
            </div>
        </Show>
    }
}
