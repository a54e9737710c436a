use std::sync::Arc;

use gloo_timers::callback::Timeout;

use crate::ui::prelude::*;

use super::drawn::drawing;
use super::{GraphView, ProblemMark, ProblemMarks};
use crate::check::Severity;
use crate::engine;
use crate::graph::{Alive, Drawing, Kind, MapRun, NodeRun, Options, Picks, is_large};
use crate::json;
use crate::text::{Span, behind_last};
use crate::trace::Status;
use crate::ui::checkup::DefinitionCheck;
use crate::ui::commands;
use crate::ui::inner;
use crate::ui::run::{Run, RunCore};
use crate::ui::workspace::{Selection, Workspace};

/// The graph of the document, with how the run that is shown stands.
#[component]
pub fn GraphPanel() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let (picks, options) = (RwSignal::new(Picks::default()), RwSignal::new(Options::default()));
    // Of a Map's child only what runs in it is drawn.
    let scope = Memo::new(move || workspace.run.get().map_or_else(String::new, |run| run.with_untracked(scope_of)));
    let drawn = after_a_frame(workspace);
    let wanted = Memo::new(move || options.with(|options| Options { scope: scope.get(), ..options.clone() }));
    let drawing = drawing(drawn, wanted);
    let alive = Memo::new(move || {
        let Some(run) = workspace.run.get() else { return Arc::default() };
        run.with(|core| {
            let Some(of) = core.run() else { return Arc::default() };
            let mut alive = drawing.with(|drawing| picks.with(|picks| Alive::of(drawing, &of.machine, &core.trace, picks)));
            drawing.with(|drawing| children(run, core, drawing, &mut alive));
            Arc::new(alive)
        })
    });
    let marks = Memo::new(move || {
        let check = drawn.get();
        drawing.with(|drawing| Arc::new(problems(drawing, &check)))
    });
    let selected = Memo::new(move || match workspace.selection.get() {
        Selection::State { pointer, .. } => Some(pointer),
        Selection::Event(_) => workspace
            .run
            .get()
            .and_then(|run| run.with(|core| core.selected_visit(&workspace.selection.get()).and_then(|visit| core.state_of(visit))))
            .map(|(pointer, _)| pointer),
        Selection::None | Selection::Problem(_) => None,
    });
    // Wherever a visit is selected, the drawing shows the iteration it lies in.
    Effect::new(move |_| {
        let chosen = match workspace.selection.get() {
            chosen @ (Selection::State { visit: Some(_), .. } | Selection::Event(_)) => chosen,
            _ => return,
        };
        let Some(run) = workspace.run.get_untracked() else { return };
        let around = run.with_untracked(|core| {
            let machine = &core.run()?.machine;
            Some(Alive::picks_of(machine, &core.trace, core.selected_visit(&chosen)?))
        });
        let around = around.unwrap_or_default();
        if picks.with_untracked(|picks| around.iter().any(|(map, index)| picks.get(map) != Some(index))) {
            picks.update(|picks| picks.extend(around));
        }
    });
    // Of a state in a Map the visit in the iteration that is shown.
    let visit_shown = move |id: &str| {
        let visit = drawing.with_untracked(|drawing| {
            let at = drawing.nodes.iter().position(|node| node.id == id)?;
            alive.with_untracked(|alive| alive.nodes.get(at)?.visit)
        })?;
        workspace.run.get_untracked()?.with_untracked(|core| {
            let in_map = !core.trace.iteration_words(visit).is_empty();
            core.state_of(visit).filter(|_| in_map).map(|(_, at)| at)
        })
    };
    let on_select = move |id: Option<String>| match id {
        Some(id) => {
            let visit = visit_shown(&id);
            workspace.select_state(id, visit);
            workspace.show_details();
        }
        None => workspace.selection.set(Selection::None),
    };
    let on_open = move |id: String| {
        let check = workspace.shown_check.get_untracked();
        // To its name, with nothing selected: the next key must not replace the state.
        if let Some(span) = check.span_of(&id) {
            workspace.go_to_state(Span::at(span.start));
        }
    };
    let on_test = move |id: String| commands::test_state(workspace, id);
    view! { <GraphView drawing alive marks selected picks options on_select on_open on_test /> }
}

/// The check that is drawn. A large one is drawn a frame later, so that the drawing never holds up the problems in the text.
fn after_a_frame(workspace: Workspace) -> RwSignal<Arc<DefinitionCheck>> {
    let drawn = RwSignal::new(workspace.shown_check.get_untracked());
    let timer = StoredValue::new(None::<Timeout>);
    Effect::new(move |_| {
        let check = workspace.shown_check.get();
        if Arc::ptr_eq(&check, &drawn.get_untracked()) {
            return;
        }
        // Replacing the timer drops the last one, which cancels it.
        timer.set_value(None);
        if is_large(check.states) {
            timer.set_value(Some(Timeout::new(FRAME, move || drawn.set(check))));
        } else {
            drawn.set(check);
        }
    });
    drawn
}

/// Time for what changed before to be seen, in milliseconds.
const FRAME: u32 = 20;

/// What stands between the pointer of a machine and the name of a state.
const STATES: &str = "/States/";

/// The JSON pointer of the machine, branch or processor that a run is of.
fn scope_of(core: &RunCore) -> String {
    let first = core.run().and_then(|run| run.machine.scope(run.scope).start.map(|start| run.machine.state(start).pointer.clone()));
    let scope = first.and_then(|pointer| {
        let name = behind_last(&pointer, STATES)?;
        Some(pointer[..pointer.len() - name.len() - STATES.len()].to_owned())
    });
    scope.unwrap_or_default()
}

/// How many children of each distributed Map stand how.
fn children(run: Run, core: &RunCore, drawing: &Drawing, alive: &mut Alive) {
    let (Some(of), (top, _)) = (core.run(), run.origin()) else { return };
    for (at, node) in drawing.nodes.iter().enumerate() {
        // A container stands before what it contains.
        let inside = node.parent.is_some_and(|map| alive.nodes.get(map).is_some_and(told_elsewhere));
        let Some(standing) = alive.nodes.get_mut(at) else { return };
        standing.elsewhere = inside;
        if inside || node.kind != Kind::Map {
            continue;
        }
        let visit = of.machine.state_at(&node.id).and_then(|state| core.trace.visits_of(state).last().copied());
        let is_run = visit.is_some_and(|visit| core.trace.is_map_run(visit));
        let Some(visit) = visit.filter(|_| is_run) else { continue };
        let started = run.started_by(visit);
        let count = |(status, shown)| (shown, inner::count(top, &started, status) as u32);
        let counts = COUNTED.map(count).into_iter().filter(|(_, count)| *count > 0).collect();
        standing.map = Some(MapRun { children: true, total: started.len() as u32, counts, ..MapRun::default() });
    }
}

fn told_elsewhere(node: &NodeRun) -> bool {
    node.elsewhere || node.map.as_ref().is_some_and(|map| map.children)
}

/// How a child can stand, and how the drawing says so.
const COUNTED: [(engine::Status, Status); 5] = [
    (engine::Status::Failed, Status::Failed),
    (engine::Status::TimedOut, Status::TimedOut),
    (engine::Status::Running, Status::Running),
    (engine::Status::Aborted, Status::Aborted),
    (engine::Status::Succeeded, Status::Succeeded),
];

/// The first problem of each state that has any; errors come first.
fn problems(drawing: &Drawing, check: &DefinitionCheck) -> ProblemMarks {
    let mut marks = ProblemMarks::new();
    for diagnostic in &check.checked.diagnostics {
        let pointer = json::pointer_to(&check.checked.tree, diagnostic.span.start);
        let holds = |id: &str| pointer.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let innermost =
            drawing.nodes.iter().filter(|node| node.kind.is_state() && holds(&node.id)).max_by_key(|node| node.id.len());
        if let Some(node) = innermost {
            let error = diagnostic.severity == Severity::Error;
            marks.get_or_insert_with(node.id.clone(), || ProblemMark { error, message: diagnostic.message.to_string() });
        }
    }
    marks
}
