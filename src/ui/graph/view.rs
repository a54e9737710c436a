use crate::order::Hashed;
use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, SvgElement};

use super::boxes::Boxes;
use super::camera::Camera;
use super::find::Find;
use super::lines::{Labels, Lines};
use super::minimap::Minimap;
use super::outline::Outline;
use super::standing::Cells;
use super::tools::Tools;
use super::{Graph, ProblemMarks};
use crate::bridge::size::SizeObserver;
use crate::graph::{Alive, Drawing, Options, Part, Picks, Step, is_large, neighbour};

/// Of a large drawing this far away nothing can be read: only boxes and lines are shown.
const FAR: f64 = 0.25;

/// A drawing to look at and move about in, with how a run of it stands.
#[component]
pub fn GraphView(
    #[prop(into)] drawing: Signal<Arc<Drawing>>,
    /// Empty while nothing has run.
    #[prop(into)]
    alive: Signal<Arc<Alive>>,
    #[prop(into)] marks: Signal<Arc<ProblemMarks>>,
    /// The id of the state that is selected, here or elsewhere on the page.
    #[prop(into)]
    selected: Signal<Option<String>>,
    picks: RwSignal<Picks>,
    options: RwSignal<Options>,
    #[prop(into)] on_select: Callback<Option<String>>,
    /// Enter on a state: to where it is written.
    #[prop(into)]
    on_open: Callback<String>,
    /// T on a state: to its test.
    #[prop(into)]
    on_test: Callback<String>,
) -> impl IntoView {
    let places = Memo::new(move || {
        let index = |drawing: &Arc<Drawing>| {
            drawing.nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect::<Hashed<_, _>>()
        };
        Arc::new(drawing.with(index))
    });
    let (at, found) = (RwSignal::new(None), RwSignal::default());
    let camera = Camera::new();
    let part = Memo::new(move || {
        let is_large = drawing.with(|drawing| is_large(drawing.nodes.len()));
        if is_large { Part::around(camera.view.get(), camera.panel.get()) } else { Part::ALL }
    });
    let cells = Cells::new();
    let graph = Graph {
        drawing,
        places,
        alive,
        marks,
        selected,
        at,
        found,
        picks,
        options,
        camera,
        part,
        cells,
        on_select,
        on_open,
        on_test,
    };
    cells.follow(graph);
    let host = NodeRef::<html::Div>::new();
    let finding = RwSignal::new(false);
    follow(graph, host);

    let on_key = move |event: KeyboardEvent| on_key(graph, host, finding, &event);
    let transform = move || {
        let view = camera.view.get();
        format!("translate({}, {}) scale({})", px(view.x), px(view.y), Short(view.scale))
    };
    view! {
        <div class="graph" node_ref=host on:keydown=on_key data-dragging=move || camera.dragging().then_some("")>
            <svg
                class="graph-canvas"
                role="group"
                data-far=move || (part.get() != Part::ALL && camera.view.get().scale < FAR).then_some("")
                aria-label=move || format!("Workflow graph, {} states", drawing.with(|drawing| states(drawing)))
                on:wheel=move |event| camera.on_wheel(&event)
                on:pointerdown=move |event| camera.on_down(&event)
                on:pointermove=move |event| camera.on_move(&event)
                on:pointerup=move |event| camera.on_up(&event)
                on:pointercancel=move |event| camera.on_up(&event)
                on:click=move |_| if !camera.was_drag() { on_select.run(None) }
            >
                <g class="graph-world" data-travels=move || camera.travels.get().then_some("") style:transform=transform>
                    <Boxes graph containers=true />
                    <Lines graph />
                    <Labels graph />
                    <Boxes graph containers=false />
                </g>
            </svg>
            <Tools graph host finding />
            <Find graph open=finding />
            <Minimap graph />
            <Outline graph />
        </div>
    }
}

fn states(drawing: &Drawing) -> usize {
    drawing.nodes.iter().filter(|node| node.kind.is_state()).count()
}

/// What the drawing does by itself: it fits itself into the panel until the reader moves it, shows what is selected elsewhere, and
/// keeps what runs in sight.
fn follow(graph: Graph, host: NodeRef<html::Div>) {
    let Graph { drawing, alive, selected, camera, .. } = graph;
    let observer = StoredValue::new(None::<SizeObserver>);
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        observer.set_value(SizeObserver::new(&host, move |width, height| camera.panel.set((width, height))));
    });
    Effect::new(move |before: Option<Option<Arc<Drawing>>>| {
        let (panel, drawing, before) = (camera.panel.get(), drawing.get(), before.flatten());
        if panel.0 <= 0.0 {
            return before;
        }
        let kept = |before: &Arc<Drawing>| before.nodes.iter().filter(|node| untrack(|| graph.place(&node.id)).is_some()).count();
        camera.begin(&drawing, before.is_none_or(|before| 2 * kept(&before) < before.nodes.len()));
        Some(drawing)
    });
    Effect::new(move |_| {
        let Some(id) = selected.get() else { return };
        let node = untrack(|| graph.node(&id, Clone::clone));
        if let Some(node) = node {
            camera.show(&node);
        }
        graph.at.set(Some(id));
    });
    Effect::new(move |_| {
        let running = alive.with(|alive| alive.nodes.iter().rposition(|node| node.status.is_open()));
        if let (Some(at), false) = (running, camera.touched.get_untracked()) {
            drawing.with_untracked(|drawing| {
                if let Some(node) = drawing.nodes.get(at) {
                    camera.show(node);
                }
            });
        }
    });
}

/// Arrows along the lines, Enter to the text, Space opens and closes, brackets step through iterations, the rest moves the view.
fn on_key(graph: Graph, host: NodeRef<html::Div>, finding: RwSignal<bool>, event: &KeyboardEvent) {
    let typing = event.target().is_some_and(|target| target.dyn_into::<web_sys::HtmlInputElement>().is_ok());
    if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let drawing = graph.drawing.get_untracked();
    let at = graph.at.get_untracked().or_else(|| graph.selected.get_untracked());
    let place = at.as_deref().and_then(|id| untrack(|| graph.place(id)));
    let step = |step: Step| go(graph, host, &drawing, place.and_then(|place| neighbour(&drawing, place, step)));
    let is_state = |at: &usize| drawing.nodes[*at].kind.is_state();
    match event.key().as_str() {
        "ArrowUp" => step(Step::Up),
        "ArrowDown" => step(Step::Down),
        "ArrowLeft" => step(Step::Left),
        "ArrowRight" => step(Step::Right),
        "Home" => go(graph, host, &drawing, (0..drawing.nodes.len()).find(is_state)),
        "End" => go(graph, host, &drawing, (0..drawing.nodes.len()).rev().find(is_state)),
        "+" | "=" => graph.camera.zoom(1.25),
        "-" => graph.camera.zoom(0.8),
        "0" => graph.camera.fit(&drawing),
        "/" => finding.set(true),
        key => match (key, at) {
            ("Enter", Some(id)) => {
                graph.select(&id);
                graph.on_open.run(id);
            }
            ("t" | "T", Some(id)) => graph.on_test.run(id),
            (" ", Some(id)) => {
                graph.select(&id);
                graph.toggle(&id);
                // Open and closed it is not the same element.
                set_timeout(move || focus(host, id), std::time::Duration::ZERO);
            }
            ("[", Some(id)) => graph.step_iteration(&id, false),
            ("]", Some(id)) => graph.step_iteration(&id, true),
            _ => return,
        },
    }
    event.prevent_default();
}

/// Moves the focus and the selection to a box.
fn go(graph: Graph, host: NodeRef<html::Div>, drawing: &Drawing, to: Option<usize>) {
    let Some(node) = to.and_then(|to| drawing.nodes.get(to)) else { return };
    graph.select(&node.id);
    graph.camera.show(node);
    focus(host, node.id.clone());
}

/// Puts the focus on a box, which may have to be drawn first.
fn focus(host: NodeRef<html::Div>, id: String) {
    if !try_focus(host, &id) {
        let again = move || {
            try_focus(host, &id);
        };
        set_timeout(again, std::time::Duration::ZERO);
    }
}

fn try_focus(host: NodeRef<html::Div>, id: &str) -> bool {
    let selector = format!("[data-id=\"{}\"]", id.replace('\\', "\\\\").replace('"', "\\\""));
    let element = host.get_untracked().and_then(|host| host.query_selector(&selector).ok().flatten());
    element.and_then(|element| element.dyn_into::<SvgElement>().ok()).is_some_and(|element| element.focus().is_ok())
}
