use std::sync::Arc;

use crate::ui::prelude::*;

use super::Graph;
use crate::graph::{Alive, Edge, Kind};
use crate::picture::geometry;

/// The transitions; over them those that were taken, so that none lies half under another.
#[component]
pub(super) fn Lines(graph: Graph) -> impl IntoView {
    let lines = move || {
        let drawing = graph.drawing.get();
        let part = graph.part.get();
        let missing = |edge: &Edge| drawing.nodes[edge.to].kind == Kind::Missing;
        drawing
            .edges
            .iter()
            .filter(|edge| part.has_edge(edge))
            .map(|edge| view! { <Line edge missing=missing(edge) taken=false /> })
            .collect::<Vec<_>>()
    };
    let all_taken = Memo::new(move || {
        let taken = |alive: &Arc<Alive>| (0..alive.taken.len()).filter(|at| alive.taken[*at] > 0).collect::<Vec<_>>();
        graph.alive.with(taken)
    });
    let taken = move || {
        let (drawing, part) = (graph.drawing.get(), graph.part.get());
        let seen = |at: &usize| drawing.edges.get(*at).filter(|edge| part.has_edge(edge));
        let line = |at: &usize| seen(at).map(|edge| view! { <Line edge missing=false taken=true /> });
        all_taken.with(|taken| taken.iter().map(line).collect::<Vec<_>>())
    };
    (lines, taken)
}

#[component]
fn Line<'a>(edge: &'a Edge, missing: bool, taken: bool) -> impl IntoView {
    view! {
        <g
            class="graph-edge"
            data-kind=edge.kind.name()
            data-missing=missing.then_some("")
            data-taken=taken.then_some("")
        >
            <path class="graph-line" d=geometry::edge(edge)></path>
            <path class="graph-head" d=geometry::head(&edge.points)></path>
        </g>
    }
}

/// The words on the transitions; the whole rule shows where the pointer rests.
#[component]
pub(super) fn Labels(graph: Graph) -> impl IntoView {
    move || {
        let drawing = graph.drawing.get();
        let label = |edge: &Edge| {
            let label = edge.label.clone()?;
            Some(view! {
                <g class="graph-label">
                    <title>{label.full}</title>
                    <rect x=label.x y=label.y width=label.w height=label.h></rect>
                    <text x=label.x + label.w / 2.0 y=label.y + 12.0>{label.text}</text>
                </g>
            })
        };
        let part = graph.part.get();
        drawing.edges.iter().filter(|edge| part.has_edge(edge)).filter_map(label).collect::<Vec<_>>()
    }
}
