use crate::ui::prelude::*;
use leptos::html;

use super::Graph;
use super::menu::Menu;
use crate::float;
use crate::ui::parts::Icon;

/// Zoom, fit, find, and a menu with the rest.
#[component]
pub(super) fn Tools(graph: Graph, host: NodeRef<html::Div>, finding: RwSignal<bool>) -> impl IntoView {
    let camera = graph.camera;
    let percent = move || format!("{}%", float::fixed(camera.view.get().scale * 100.0, 0));
    let fit = move || graph.drawing.with_untracked(|drawing| camera.fit(drawing));
    view! {
        <div class="graph-tools" role="toolbar" aria-label="Graph">
            <Tool name="zoom-out" label="Zoom out (-)" on_press=move || camera.zoom(0.8) />
            <button type="button" class="graph-percent" title="100%" aria-label="Zoom to 100%" on:click=move |_| camera.natural()>
                {percent}
            </button>
            <Tool name="zoom-in" label="Zoom in (+)" on_press=move || camera.zoom(1.25) />
            <span class="graph-tools-rule"></span>
            <Tool name="fit" label="Fit (0)" on_press=fit />
            <Tool name="search" label="Find a state (/)" on_press=move || finding.set(true) />
            <Menu graph host />
        </div>
    }
}

#[component]
fn Tool(name: &'static str, label: &'static str, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" data-size="small" title=label aria-label=label on:click=move |_| on_press()>
            <Icon name />
        </button>
    }
}
