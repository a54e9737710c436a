//! The right half of the page: run bar, graph, inspector, record. Which of them are to be seen is the style sheet's matter.

use crate::ui::prelude::*;

use super::app::window_size;
use super::graph::GraphPanel;
use super::inspector::Inspector;
use super::parts::{Axis, Count, EitherIcon, Splitter, Tab, Tabs, panel_id, tab_id};
use super::peek::Peek;
use super::problems::Problems;
use super::record::{Console, Events, Timeline};
use super::run_bar::RunBar;
use super::settings::first_sizes;
use super::teach::Teach;
use super::workspace::{Panel, RecordTab, Room, Workspace};

/// The execution of the document and all that is known of it.
#[component]
pub fn ExecutionPanels() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let room = workspace.room;
    let beside = Memo::new(move || room.get() == Room::Wide);
    let alone = Memo::new(move || matches!(room.get(), Room::Wide | Room::Phone));
    // A tab that is not there any more gives way to the first that is.
    Effect::new(move |_| match (alone.get(), workspace.record_tab.get_untracked()) {
        (true, RecordTab::Details) => workspace.record_tab.set(RecordTab::Events),
        (false, RecordTab::Events) => workspace.record_tab.set(RecordTab::Details),
        _ => {}
    });
    view! {
        <section class="execution" aria-label="Execution">
            <RunBar />
            <PlaceSwitch />
            <section class="graph-panel" aria-label="Graph" tabindex="-1">
                <GraphPanel />
                <Peek />
            </section>
            <Show when=move || beside.get()>
                <InspectorSplitter />
            </Show>
            <Show when=move || alone.get()>
                <aside class="inspector" aria-label="Inspector" tabindex="-1">
                    <Inspector><Teach /></Inspector>
                </aside>
            </Show>
            <Show when=move || room.get() != Room::Phone && !workspace.sizes.folded.get()>
                <RecordSplitter />
            </Show>
            <Record details=Signal::derive(move || !alone.get()) />
        </section>
    }
}

/// Code or graph, where there is room for one of them.
#[component]
fn PlaceSwitch() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let tabs = vec![Tab::new(Panel::Code, "Code"), Tab::new(Panel::Graph, "Graph")];
    view! {
        <div class="place-switch">
            <Tabs label="Code or graph" tabs=Signal::stored(tabs) selected=workspace.panel />
        </div>
    }
}

#[component]
fn InspectorSplitter() -> impl IntoView {
    let sizes = expect_context::<Workspace>().sizes;
    let [width, height] = window_size();
    let most = move || window_size()[0] - sizes.editor.get() - 200.0;
    view! {
        <Splitter
            label="Width of the inspector"
            axis=Axis::Width
            size=sizes.inspector
            after=true
            home=first_sizes(width, height)[1]
            least=280.0
            most=Signal::derive(most)
        />
    }
}

#[component]
fn RecordSplitter() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let sizes = workspace.sizes;
    let [width, height] = window_size();
    let most = Signal::derive(move || window_size()[1] - 260.0);
    move || {
        let (size, home) = match workspace.room.get() {
            Room::Wide => (sizes.record, first_sizes(width, height)[2]),
            _ => (sizes.record_with_details, first_sizes(width, height)[3]),
        };
        view! { <Splitter label="Height of the record" axis=Axis::Height size after=true home least=120.0 most /> }
    }
}

/// What happened: events, timeline, console, problems.
#[component]
fn Record(details: Signal<bool>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = workspace.record_tab;
    let folded = workspace.sizes.folded;
    let problems = Memo::new(move || {
        workspace.problems.with(|problems| {
            let bad = problems.iter().any(|problem| problem.is_error());
            (!problems.is_empty()).then_some(Count { number: problems.len(), bad, of: ["problem", "problems"] })
        })
    });
    let of_run = move |count: fn(&super::run::RunCore) -> usize, of: [&'static str; 2]| {
        Memo::new(move || {
            let number = workspace.run.get().map_or(0, |run| run.with(count));
            (number > 0).then_some(Count { number, bad: false, of })
        })
    };
    let events = of_run(|run| run.events().len(), ["event", "events"]);
    let console = of_run(|run| run.console.len(), ["line", "lines"]);
    let tabs = move || {
        let own = [
            Tab::new(RecordTab::Events, "Events").counting(events),
            Tab::new(RecordTab::Timeline, "Timeline"),
            Tab::new(RecordTab::Console, "Console").counting(console),
            Tab::new(RecordTab::Problems, "Problems").counting(problems),
        ];
        details.get().then(|| Tab::new(RecordTab::Details, "Details")).into_iter().chain(own).collect::<Vec<_>>()
    };
    Effect::new(move |before: Option<RecordTab>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            folded.set(false);
        }
        now
    });
    let panel = move || match shown.get() {
        RecordTab::Details => view! { <div class="inspector"><Inspector><Teach /></Inspector></div> },
        RecordTab::Events => view! { <Events filter=workspace.filter /> },
        RecordTab::Timeline => view! { <Timeline filter=workspace.filter /> },
        RecordTab::Console => view! { <Console filter=workspace.filter /> },
        RecordTab::Problems => view! { <Problems /> },
    };
    view! {
        <section class="record" aria-label="Record" tabindex="-1" data-folded=move || folded.get().to_string()>
            <Tabs label="Record" tabs=Signal::derive(tabs) selected=shown>
                <RecordTools />
            </Tabs>
            <Show when=move || !folded.get()>
                <div class="record-panel" role="tabpanel" id=move || panel_id(shown.get()) aria-labelledby=move || tab_id(shown.get())>
                    {panel}
                </div>
            </Show>
        </section>
    }
}

/// The filter and the fold at the end of the record's tabs.
#[component]
fn RecordTools() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let folded = workspace.sizes.folded;
    let filters = move || workspace.record_tab.get() != RecordTab::Details && !folded.get();
    view! {
        <Show when=filters>
            <label class="record-filter">
                <glyph name="search" size=14 />
                <input aria-label="Filter the record" placeholder="Filter" bind:value=workspace.filter />
            </label>
        </Show>
        <button
            class="icon-button"
            data-size="small"
            type="button"
            aria-label=move || if folded.get() { "Open the record" } else { "Fold the record" }
            aria-expanded=move || (!folded.get()).to_string()
            on:click=move |_| folded.update(|folded| *folded = !*folded)
        >
            <EitherIcon when=folded names=["chevron-up", "chevron-down"] />
        </button>
    }
}
