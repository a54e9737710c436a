use std::sync::Arc;

use crate::ui::prelude::*;

use super::Graph;
use crate::graph::{MapRun, Node, name_width};
use crate::trace::Status;

/// The header of a container: what it is, and of a Map which iteration is shown and how all of them stand.
#[component]
pub(super) fn Header<'a>(graph: Graph, node: &'a Node, map: Option<&'a MapRun>) -> impl IntoView {
    let header = node.header.unwrap_or_default();
    let rule = format!("M0.5 {}H{}", Short(header + 0.5), Short(node.w - 0.5));
    let dividers: Vec<_> = node
        .dividers
        .iter()
        .map(|x| view! { <path class="graph-divider" d=format!("M{} {}V{}", Short(x - node.x), Short(header + 0.5), Short(node.h - 0.5))></path> })
        .collect();
    let width = node.w;
    let second = match (map, &node.detail) {
        (Some(map), _) if map.children => view! { <Children map width /> },
        (Some(map), _) if map.total > 0 => view! { <Picker graph id=node.id.as_str().into() map width /> },
        (_, Some(detail)) => view! { <text class="graph-caption" x="10" y="46">{detail.clone()}</text> },
        _ => ().into_any(),
    };
    view! {
        <path class="graph-rule" d=rule></path>
        {dividers}
        <use class="graph-glyph" href=format!("#{}", node.glyph) x="10" y="9" width="16" height="16"></use>
        <text class="graph-name" x="34" y="21.5">{node.title.clone()}</text>
        <text class="graph-caption" x=38.0 + name_width(&node.title) y="21.5">{node.caption.clone()}</text>
        {second}
    }
}

/// Which iteration is shown, and how all of them stand.
#[component]
fn Picker<'a>(graph: Graph, id: Arc<str>, map: &'a MapRun, width: f64) -> impl IntoView {
    let step = |forward: bool| {
        let id = id.clone();
        move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            graph.step_iteration(&id, forward);
        }
    };
    let of = format!("of {}", map.total);
    view! {
        <g class="graph-picker">
            <text class="graph-caption" x="10" y="46">"Iteration"</text>
            <rect class="graph-picker-box" x="60.5" y="32.5" width="76" height="19" rx="5"></rect>
            <g class="graph-picker-step" on:click=step(false)>
                <rect x="61" y="33" width="20" height="18"></rect>
                <use href="#chevron-left" x="65" y="36" width="12" height="12"></use>
            </g>
            <text class="graph-picker-value" x="98.5" y="46">{format!("#{}", map.shown)}</text>
            <g class="graph-picker-step" on:click=step(true)>
                <rect x="116" y="33" width="20" height="18"></rect>
                <use href="#chevron-right" x="120" y="36" width="12" height="12"></use>
            </g>
            <text class="graph-caption" x="144" y="46">{of}</text>
            <Summary graph id map width />
        </g>
    }
}

/// How the executions stand that the items of a distributed Map run as.
#[component]
fn Children<'a>(map: &'a MapRun, width: f64) -> impl IntoView {
    let words = if map.total == 1 { "1 execution".to_owned() } else { format!("{} executions", map.total) };
    let taken = 16.0 + name_width(&words);
    view! {
        <text class="graph-caption" x="10" y="46">{words}</text>
        {counts(map, width, taken)}
    }
}

/// A cell for each iteration where there is room, else how many stand so.
#[component]
fn Summary<'a>(graph: Graph, id: Arc<str>, map: &'a MapRun, width: f64) -> impl IntoView {
    let room = width - 196.0;
    if !map.cells.is_empty() && 20.0 * map.cells.len() as f64 <= room {
        let left = width - 10.0 - 20.0 * map.cells.len() as f64 + 4.0;
        let cells = map.cells.iter().enumerate().map(|(at, status)| {
            let id = id.clone();
            let pick = move |event: web_sys::MouseEvent| {
                event.stop_propagation();
                graph.pick(id.to_string(), at as u32);
            };
            let glyph = format!("#status-{}", status.attribute());
            let words = format!("#{at}, {}", status.words());
            view! {
                <g class="graph-cell" data-status=status.attribute() data-shown=(at as u32 == map.shown).then_some("") on:click=pick>
                    <title>{words}</title>
                    <rect x=left + 20.0 * at as f64 - 2.0 y="32" width="20" height="20" rx="5"></rect>
                    <use href=glyph x=left + 20.0 * at as f64 y="34" width="16" height="16"></use>
                </g>
            }
        });
        return cells.collect::<Vec<_>>().into_any();
    }
    // What "of 40" takes.
    counts(map, width, 162.0 + 6.5 * map.total.to_string().len() as f64)
}

/// How many stand how, as far as there is room right of what is taken.
fn counts(map: &MapRun, width: f64, taken: f64) -> AnyView {
    // The most telling first, as many as there is room for.
    let room = width - 10.0 - taken;
    let size = |count: u32| 22.0 + 7.0 * count.to_string().len() as f64;
    let mut used = 0.0;
    let fits = |(_, count): &&(Status, u32)| {
        used += size(*count);
        used <= room
    };
    let counts: Vec<(Status, u32)> = map.counts.iter().take_while(fits).copied().collect();
    let mut left = width - 10.0 - counts.iter().map(|(_, count)| size(*count)).sum::<f64>();
    let counts = counts.into_iter().map(|(status, count)| {
        let text = count.to_string();
        let words = format!("{count} {}", status.words().to_ascii_lowercase());
        let at = left + 4.0;
        left += size(count);
        view! {
            <g class="graph-cell" data-status=status.attribute()>
                <title>{words}</title>
                <use href=format!("#status-{}", status.attribute()) x=at y="36" width="12" height="12"></use>
                <text x=at + 16.0 y="46">{text}</text>
            </g>
        }
    });
    counts.collect::<Vec<_>>().into_any()
}
