use std::sync::Arc;

use crate::ui::prelude::*;

use super::header::Header;
use super::standing::{Cell, Standing};
use super::{Graph, ProblemMark};
use crate::graph::{Kind, Node, NodeRun, Part};
use crate::trace::Status;

/// The containers, or all other boxes, of the drawing.
#[component]
pub(super) fn Boxes(graph: Graph, containers: bool) -> impl IntoView {
    let shown = move || {
        // The keyboard keeps its place wherever the view goes.
        let part = graph.part.get();
        let stop = (part != Part::ALL).then(|| graph.stop()).flatten();
        let is_shown =
            |node: &&Node| node.header.is_some() == containers && (part.has_node(node) || stop.as_ref() == Some(&node.id));
        graph.drawing.with(|drawing| drawing.nodes.iter().filter(is_shown).cloned().collect::<Vec<_>>())
    };
    // A box stays the same element while its words stay: then it can travel to its new place.
    let key = |node: &Node| format!("{} {} {} {} {}", node.id, node.caption, Short(node.w), Short(node.h), node.unreachable);
    view! {
        <For each=shown key=key let(node)>
            <Box graph node />
        </For>
    }
}

#[component]
fn Box(graph: Graph, node: Node) -> impl IntoView {
    let Cell { place, standing } = graph.cells.of(graph, &node);
    let transform = move || {
        let (x, y) = place.get();
        format!("translate({}, {})", px(x), px(y))
    };
    let inner = match node.kind {
        Kind::Start | Kind::End => view! { <Mark node /> },
        Kind::Missing => view! { <Ghost node /> },
        _ => (move || standing.with(|standing| view! { <State graph node=&node standing /> })).into_any(),
    };
    view! { <g class="graph-box" style:transform=transform>{inner}</g> }
}

/// Where the execution starts or ends.
#[component]
fn Mark(node: Node) -> impl IntoView {
    view! {
        <g class="graph-mark">
            <rect width=node.w height=node.h rx=node.h / 2.0></rect>
            <text x=node.w / 2.0 y="14">{node.name}</text>
        </g>
    }
}

/// The target of a transition that names no state.
#[component]
fn Ghost(node: Node) -> impl IntoView {
    view! {
        <g class="graph-ghost">
            <rect width=node.w height=node.h rx="8"></rect>
            <text class="graph-caption" x=node.w / 2.0 y="16.5">{node.caption}</text>
            <text class="graph-name" x=node.w / 2.0 y="32">{node.title}</text>
        </g>
    }
}

/// A state: a card, or a container with a header. A button that selects it.
#[component]
fn State<'a>(graph: Graph, node: &'a Node, standing: &'a Standing) -> impl IntoView {
    let Standing { run, mark, selected, found, stop } = standing;
    let (run, mark) = (run.as_ref(), mark.as_ref());
    let status = run.map_or(String::new(), |run| format!(", {}", run.words()));
    let problem = mark.map_or(String::new(), |mark| format!(", {}", mark.message));
    let spoken = format!("{}, {}{status}{problem}", node.name, node.caption);
    let id = Arc::<str>::from(&*node.id);
    let (clicked, opened, focused) = (id.clone(), id.clone(), id);
    let on_click = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        if !graph.camera.was_drag() {
            graph.select(&clicked);
        }
    };
    let container = node.header.is_some();
    let (width, height, radius) = (node.w, node.h, if container { 10 } else { 8 });
    let (sign_x, sign_y) = if container { (width - 26.0, 9.0) } else { (width - 24.0, 13.0) };
    view! {
        <g
            class="graph-node"
            class:graph-container=container
            role="button"
            tabindex=if *stop { "0" } else { "-1" }
            aria-label=spoken
            aria-pressed=if *selected { "true" } else { "false" }
            data-id=node.id.clone()
            data-status=run.map(|run| run.status.attribute())
            data-problem=mark.map(|mark| if mark.error { "error" } else { "warning" })
            data-unreachable=node.unreachable.then_some("")
            data-selected=selected.then_some("")
            data-found=found.then_some("")
            on:click=on_click
            on:dblclick=move |_| graph.toggle(&opened)
            on:focus=move |_| graph.at.set(Some(focused.to_string()))
        >
            <title>{node.name.clone()}</title>
            <rect class="graph-ring" x="-2" y="-2" width=width + 4.0 height=height + 4.0 rx=radius + 2></rect>
            <rect class="graph-card" width=width height=height rx=radius></rect>
            {if container { view! { <Header graph node map=run.and_then(|run| run.map.as_ref()) /> } } else { view! { <Face node /> } }}
            {sign(run, mark).map(|glyph| view! { <use class="graph-sign" href=glyph x=sign_x y=sign_y width="16" height="16"></use> })}
            {run.map(|run| view! { <Badge x=width y=height run /> })}
        </g>
    }
}

/// What stands on a card.
#[component]
fn Face<'a>(node: &'a Node) -> impl IntoView {
    // Glyphs of types and services are drawn in two sizes.
    let glyph = if node.glyph.contains('-') { format!("#{}-20", node.glyph) } else { format!("#{}", node.glyph) };
    view! {
        <rect class="graph-tile" x="7" y="7" width="28" height="28" rx="6"></rect>
        <use class="graph-glyph" href=glyph x="11" y="11" width="20" height="20"></use>
        <text class="graph-caption" x="43" y="16.5">{node.caption.clone()}</text>
        <text class="graph-name" x="43" y="32">{node.title.clone()}</text>
    }
}

/// The glyph of the status, or of a problem while nothing has run.
fn sign(run: Option<&NodeRun>, mark: Option<&ProblemMark>) -> Option<String> {
    match (run, mark) {
        (Some(NodeRun { status: Status::NotEntered, .. }), _) => None,
        (Some(run), _) => Some(format!("#status-{}", run.status.attribute())),
        (None, mark) => mark.map(|mark| if mark.error { "#error" } else { "#warning" }.to_owned()),
    }
}

/// How many attempts the last visit took, and how often a loop came by.
#[component]
fn Badge<'a>(x: f64, y: f64, run: &'a NodeRun) -> impl IntoView {
    let visits = if run.map.is_some() { 0 } else { run.visits };
    let retried = (run.attempts > 1).then(|| (Some("#retry"), run.attempts.to_string()));
    let looped = (visits > 1).then(|| (None, format!("{visits}×")));
    let mut right = x - 8.0;
    [looped, retried]
        .into_iter()
        .flatten()
        .map(|(glyph, text)| {
            let width = 14.0 + 7.0 * text.chars().count() as f64 + if glyph.is_some() { 13.0 } else { 0.0 };
            right -= width;
            let left = right;
            right -= 4.0;
            view! {
                <g class="graph-badge">
                    <rect x=left y=y - 8.0 width=width height="16" rx="8"></rect>
                    {glyph.map(|glyph| view! { <use href=glyph x=left + 6.0 y=y - 5.0 width="10" height="10"></use> })}
                    <text x=left + width - 7.0 y=y + 4.0>{text}</text>
                </g>
            }
        })
        .collect::<Vec<_>>()
}
