use crate::ui::prelude::*;

use super::attempts::Attempts;
use super::callback::CallbackPane;
use super::children::Children;
use super::error::ErrorPane;
use super::flow::FlowPane;
use super::pane::{MaybeValue, Titled};
use super::subject::{Subject, place_words};
use super::tabs::{Pane, PaneSubject, Panes, selected_pane};
use super::test::TestPanel;
use super::visits::VisitPicker;
use crate::json::Node;
use crate::trace::{Status, Visit, VisitId, seconds, variables};
use crate::ui::parts::{Icon, StatusPill, Tab, Tabs, panel_id, tab_id};
use crate::ui::record::EventDetails;
use crate::ui::run::Run;
use crate::ui::workspace::{Selection, Workspace};
use crate::value::Value;

/// What is known of the selected state, or of the state of the selected event.
#[component]
pub fn StateDetails() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let visit = Memo::new(move || {
        let (run, selection) = (workspace.run.get()?, workspace.selection.get());
        run.with(|core| core.selected_visit(&selection))
    });
    let pointer = Memo::new(move || match workspace.selection.get() {
        Selection::State { pointer, .. } => Some(pointer),
        _ => {
            let (run, visit) = (workspace.run.get()?, visit.get()?);
            run.with(|core| core.state_of(visit).map(|(pointer, _)| pointer))
        }
    });
    let subject = Memo::new(move || subject(&workspace.shown_check.get().checked.tree, pointer.get().as_deref()));
    let testing = Memo::new(move || workspace.testing.get().is_some_and(|tested| pointer.get() == Some(tested)));
    view! {
        <Head subject visit pointer />
        {move || {
            // What is typed for a test outlives the runs that begin meanwhile.
            if testing.get() {
                return view! { <TestPanel pointer visit /> };
            }
            match (workspace.run.get(), visit.get().is_some()) {
                (Some(run), true) => view! { <Visited run visit /> },
                (run, _) => view! { <NotVisited subject run=run.is_some() /> },
            }
        }}
    }
}

fn subject(root: &Node, pointer: Option<&str>) -> Subject {
    pointer.map(|pointer| Subject::new(root, pointer)).unwrap_or_default()
}

#[component]
fn Head(subject: Memo<Subject>, visit: Memo<Option<VisitId>>, pointer: Memo<Option<String>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let status = Memo::new(move || {
        let (run, visit) = (workspace.run.get()?, visit.get());
        Some(run.with(|core| visit.map_or(Status::NotEntered, |visit| core.trace.visit(visit).status)))
    });
    let place = Memo::new(move || {
        let (run, visit) = (workspace.run.get()?, visit.get()?);
        Some(run.with(|core| place_words(&core.trace, visit))).filter(|words| !words.is_empty())
    });
    let show = move |_| {
        if let Some(span) = subject.with_untracked(|subject| subject.span) {
            workspace.go_to_state(span);
        }
    };
    let testing = move || pointer.with(|pointer| pointer.is_some() && workspace.testing.with(|tested| tested == pointer));
    let caption = move || subject.with(|subject| subject.caption.clone());
    let glyph = move || view! { <Icon name=subject.with(|subject| format!("{}-20", subject.glyph)) size=20 /> };
    view! {
        <header class="inspector-head">
            <span class="inspector-tile">{glyph}</span>
            <div>
                <h2>
                    <button class="inspector-name" type="button" title="Show in the definition" on:click=show>
                        {move || subject.with(|subject| subject.name.clone())}
                    </button>
                </h2>
                <p title=caption>{move || place.get().unwrap_or_else(caption)}</p>
            </div>
            <div class="inspector-side">
                {move || status.get().map(|status| view! { <StatusPill status=status.attribute() words=status.words() /> })}
                <button
                    class="link"
                    type="button"
                    aria-pressed=move || testing().to_string()
                    on:click=move |_| workspace.testing.set(if testing() { None } else { pointer.get_untracked() })
                >
                    "Test state"
                </button>
            </div>
        </header>
    }
}

/// A state the run has not reached, or that was not run yet.
#[component]
fn NotVisited(subject: Memo<Subject>, run: bool) -> impl IntoView {
    let words = if run { "The run did not come here." } else { "Its input, output and data flow come here when it has run." };
    view! {
        <div class="inspector-pane">
            {move || subject.with(|subject| subject.comment.clone()).map(|comment| view! { <p class="inspector-lede">{comment}</p> })}
            <p class="inspector-note">{words}</p>
        </div>
    }
}

/// What makes a tab's content another one: it is drawn again when one of these changes.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    run: u32,
    visit: VisitId,
    last_event: u64,
    pane: Pane,
}

#[component]
fn Visited(run: Run, visit: Memo<Option<VisitId>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let event = Memo::new(move || match workspace.selection.get() {
        Selection::Event(event) => Some(event),
        _ => None,
    });
    let panes = Memo::new(move || match visit.get() {
        Some(visit) => {
            let children = run.started_by(visit).len();
            run.with(|core| Panes::of(&core.trace, core.trace.visit(visit), event.get().is_some(), children))
        }
        None => Panes::default(),
    });
    let list = Memo::new(move || panes.with(|panes| panes.panes.clone()));
    let subject =
        Memo::new(move || PaneSubject { run: run.key, visit: visit.get(), status: None, waits: false, event: event.get() });
    let selected = selected_pane(subject, list);
    let counts = [Pane::Attempts, Pane::Assigned, Pane::Children]
        .map(|pane| (pane, Signal::derive(move || panes.with(|panes| panes.count(pane)))));
    let tab = move |pane: Pane| {
        let tab = Tab::new(pane, pane.label());
        match counts.iter().find(|(of, _)| *of == pane) {
            Some((_, count)) => tab.counting(*count),
            None => tab,
        }
    };
    let tabs = move || list.get().into_iter().map(tab).collect::<Vec<_>>();
    let drawn = Memo::new(move || {
        let visit = visit.get()?;
        let last_event = run.with(|core| core.trace.visit(visit).last.event);
        Some(Drawn { run: run.key, visit, last_event, pane: selected.get() })
    });
    view! {
        <VisitPicker run visit />
        <Tabs label="What is known of the state" tabs=Signal::derive(tabs) selected />
        <div class="inspector-pane" role="tabpanel" id=move || panel_id(selected.get()) aria-labelledby=move || tab_id(selected.get())>
            {move || drawn.get().map(|Drawn { visit, pane, .. }| content(run, visit, pane, event))}
        </div>
    }
}

fn content(run: Run, visit: VisitId, pane: Pane, event: Memo<Option<u64>>) -> AnyView {
    match pane {
        Pane::Happened => view! { <EventDetails run=Signal::stored(Some(run)) event /> },
        Pane::Failure => view! { <ErrorPane run visit /> },
        Pane::Children => view! { <Children run visit /> },
        Pane::Callback => view! { <CallbackPane run visit /> },
        Pane::DataIn => {
            view! { <MaybeValue value=of(run, visit, |visit| Some(visit.input.value().clone())) otherwise="" /> }
        }
        Pane::Assigned => assigned(run, visit).into_any(),
        Pane::Flow => view! { <FlowPane run visit /> },
        Pane::Attempts => view! { <Attempts run visit /> },
        _ => {
            let words = run.with_untracked(|core| without_output(core.trace.visit(visit)));
            let output = of(run, visit, |visit| visit.output.as_ref().map(|output| output.value().clone()));
            view! { <MaybeValue value=output otherwise=words /> <Took run visit /> }
        }
    }
}

/// A part of a visit's data that is compared before it is shown again.
fn of(run: Run, visit: VisitId, read: fn(&Visit) -> Option<Value>) -> Memo<Option<Value>> {
    Memo::new(move || run.with(|core| read(core.trace.visit(visit))))
}

/// The variables a visit could see, and those it assigned.
fn assigned(run: Run, visit: VisitId) -> impl IntoView {
    let (before, assigned) = run.with_untracked(|core| {
        let visit = core.trace.visit(visit);
        let assigned = visit.assigned.as_ref().filter(|assigned| !assigned.is_empty());
        let assigned = assigned.map(|assigned| Value::object(assigned.iter().map(|(name, value)| (name.clone(), value.clone()))));
        (variables(&core.trace, visit), assigned)
    });
    let before = (!before.is_empty()).then_some(Value::Object(before));
    view! {
        {assigned.map(|value| view! { <Titled title="Assigned here" value /> })}
        {before.map(|value| view! { <Titled title="As it was entered" value /> })}
    }
}

/// Why a visit has no output.
fn without_output(visit: &Visit) -> &'static str {
    match visit.status {
        Status::Failed | Status::TimedOut => "It failed, so it has no output.",
        Status::Aborted => "It was ended from outside, so it has no output.",
        _ => "It has not been left yet.",
    }
}

#[component]
fn Took(run: Run, visit: VisitId) -> impl IntoView {
    let words = move || {
        run.with(|core| {
            let visit = core.trace.visit(visit);
            let left =
                visit.left.map_or_else(|| "so far".to_owned(), |left| format!("events {} to {}", visit.entered.event, left.event));
            format!("{}, {left}", seconds(visit.duration(core.trace.now())))
        })
    };
    view! { <p class="inspector-note">{words}</p> }
}
