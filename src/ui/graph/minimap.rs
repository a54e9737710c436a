use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::Graph;
use crate::graph::{Alive, Drawing, Kind, Point};
use crate::trace::Status;

/// The most room the small map takes, and the least that still can be pointed into.
const WIDTH: f64 = 112.0;
const HEIGHT: f64 = 104.0;
const LEAST: f64 = 16.0;

/// With more states than this the small map is there also while all of them are in sight.
const MANY: usize = 40;

/// The whole drawing in small with what is in sight, where not all of it is.
#[component]
pub(super) fn Minimap(graph: Graph) -> impl IntoView {
    let camera = graph.camera;
    let needed = Memo::new(move || {
        graph.drawing.with(|drawing| {
            let in_sight = drawing.nodes.len() <= MANY && camera.view.get().holds(drawing, camera.panel.get());
            !drawing.nodes.is_empty() && camera.panel.get().0 > 420.0 && !in_sight
        })
    });
    view! { <Show when=move || needed.get()><Map graph /></Show> }
}

#[component]
fn Map(graph: Graph) -> impl IntoView {
    let camera = graph.camera;
    let size = Memo::new(move || graph.drawing.with(|drawing| (drawing.w.max(1.0), drawing.h.max(1.0))));
    // What is much longer than wide is drawn wider than it is.
    let room = move || {
        let (w, h) = size.get();
        let scale = (WIDTH / w).min(HEIGHT / h);
        ((w * scale).max(LEAST), (h * scale).max(LEAST))
    };
    let go = move |event: &PointerEvent| {
        let Some(map) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let corner = map.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top());
        let ((w, h), (width, height)) = (size.get_untracked(), untrack(room));
        camera.centre(Point { x: x * w / width, y: y * h / height });
    };
    let on_down = move |event: PointerEvent| {
        if let Some(map) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = map.set_pointer_capture(event.pointer_id());
        }
        go(&event);
    };
    let boxes = move || {
        let shapes = graph.drawing.with(|drawing| graph.alive.with(|alive| shapes(drawing, alive)));
        let shape = |(class, status, path): (&'static str, Option<Status>, String)| {
            view! { <path class=class d=path data-status=status.map(|status| status.attribute())></path> }
        };
        shapes.into_iter().map(shape).collect::<Vec<_>>()
    };
    let sight = move || {
        let (view, (width, height)) = (camera.view.get(), camera.panel.get());
        let (start, end) = (view.to_drawing(Point { x: 0.0, y: 0.0 }), view.to_drawing(Point { x: width, y: height }));
        let (w, h) = size.get();
        let (left, top) = (start.x.clamp(0.0, w), start.y.clamp(0.0, h));
        (left, top, end.x.clamp(left, w) - left, end.y.clamp(top, h) - top)
    };
    view! {
        <div class="graph-minimap" aria-hidden="true">
            <svg
                width=move || room().0
                height=move || room().1
                preserveAspectRatio="none"
                viewBox=move || format!("0 0 {} {}", Short(size.get().0), Short(size.get().1))
                on:pointerdown=on_down
                on:pointermove=move |event| if event.buttons() & 1 == 1 { go(&event) }
            >
                {boxes}
                <rect
                    class="graph-mini-sight"
                    x=move || sight().0
                    y=move || sight().1
                    width=move || sight().2
                    height=move || sight().3
                    stroke-width="1.5"
                    vector-effect="non-scaling-stroke"
                ></rect>
            </svg>
        </div>
    }
}

/// All boxes in few shapes: one for the containers, then one for the cards of each status.
fn shapes(drawing: &Drawing, alive: &Alive) -> Vec<(&'static str, Option<Status>, String)> {
    let mut shapes = vec![("graph-mini-container", None, String::new())];
    for (at, node) in drawing.nodes.iter().enumerate().filter(|(_, node)| !matches!(node.kind, Kind::Start | Kind::End)) {
        let status = alive.nodes.get(at).map(|run| run.status).filter(|_| node.header.is_none());
        let class = if node.header.is_some() { "graph-mini-container" } else { "graph-mini-box" };
        let known = shapes.iter().position(|shape| (shape.0, shape.1) == (class, status));
        let place = known.unwrap_or_else(|| {
            shapes.push((class, status, String::new()));
            shapes.len() - 1
        });
        let [x, y, w, h] = [node.x, node.y, node.w, node.h].map(Short);
        shapes[place].2.push_str(&format!("M{x} {y}h{w}v{h}h-{w}z"));
    }
    shapes
}
