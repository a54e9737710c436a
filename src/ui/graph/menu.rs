use crate::ui::prelude::*;
use leptos::{html, task::spawn_local};

use super::Graph;
use crate::bridge::{clipboard, picture};
use crate::graph::{Alive, Direction};
use crate::picture::{Look, Theme, mermaid, svg};
use crate::ui::parts::Popover;

/// How the drawing lies, what of it is open, and how it leaves the page.
#[component]
pub(super) fn Menu(graph: Graph, host: NodeRef<html::Div>) -> impl IntoView {
    let open = RwSignal::new(false);
    let with_run = RwSignal::new(true);
    let dark = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let text = move || {
        let theme = if dark.get_untracked() { Theme::Dark } else { Theme::Light };
        let alive = if with_run.get_untracked() { graph.alive.get_untracked() } else { Default::default() };
        let look = Look { theme, tokens: picture::tokens(), icons: picture::icons() };
        graph.drawing.with_untracked(|drawing| svg(drawing, &alive, &look))
    };
    let save_svg = move || drop(clipboard::download_as("workflow.svg", &text(), "image/svg+xml"));
    let size = move |scale: f64| graph.drawing.with_untracked(|drawing| (drawing.w * scale, drawing.h * scale));
    let save_png = move |scale: f64| {
        let (width, height) = size(scale);
        spawn_local(async move {
            if picture::save_png("workflow.png", &text(), width, height).await.is_err() {
                words.set("This browser can't make a picture that large. Take the SVG.".to_owned());
            }
        });
    };
    let say_copied = move |copied| words.set(if copied { "Copied" } else { "The browser did not let it be copied." }.to_owned());
    let copy_png = move || {
        let (width, height) = size(2.0);
        spawn_local(async move { say_copied(picture::copy_png(&text(), width, height).await.is_ok()) });
    };
    let copy = move |text: String| {
        spawn_local(async move { say_copied(clipboard::copy(&text).await) });
    };
    let direction = move || graph.options.with(|options| options.direction);
    let turn = move || {
        graph.camera.forget();
        graph.options.update(|options| {
            options.direction = if options.direction == Direction::Down { Direction::Right } else { Direction::Down };
        });
    };
    let close_all = move || {
        let drawing = graph.drawing.get_untracked();
        let containers = drawing.nodes.iter().filter(|node| node.header.is_some() && node.parent.is_none());
        let ids: Vec<String> = containers.map(|node| node.id.clone()).collect();
        graph.options.update(|options| options.collapsed.extend(ids));
    };
    let has_run = move || graph.alive.with(|alive: &std::sync::Arc<Alive>| !alive.is_empty());
    view! {
        <button
            type="button"
            class="icon-button"
            data-size="small"
            title="More"
            aria-label="More about the graph"
            aria-haspopup="dialog"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <glyph name="more" />
        </button>
        <Popover open on_close=move |()| open.set(false) label="More about the graph" class="graph-menu">
            {item(move || if direction() == Direction::Down { "Draw left to right" } else { "Draw top to bottom" }, turn)}
            {item("Close all containers", close_all)}
            {item("Open all containers", move || graph.options.update(|options| options.collapsed.clear()))}
            {item("Full screen", move || picture::toggle_full_screen(host.get_untracked().map(Into::into)))}
            <hr />
            <label class="graph-menu-check"><input type="checkbox" bind:checked=dark />"Dark picture"</label>
            <Show when=has_run>
                <label class="graph-menu-check"><input type="checkbox" bind:checked=with_run />"With the run's status"</label>
            </Show>
            {item("Save SVG", save_svg)}
            <div class="graph-menu-row">
                <span>"Save PNG"</span>
                {[("1×", 1.0), ("2×", 2.0), ("3×", 3.0), ("4×", 4.0)].map(|(label, scale)| item(label, move || save_png(scale)))}
            </div>
            {item("Copy PNG", copy_png)}
            {item("Copy SVG", move || copy(text()))}
            {item("Copy Mermaid", move || copy(graph.drawing.with_untracked(|drawing| mermaid(drawing))))}
            <p class="graph-menu-words" role="status">{move || words.get()}</p>
        </Popover>
    }
}

/// An item of the menu.
fn item(label: impl IntoView, on_press: impl Fn() + 'static) -> AnyView {
    button(label.into_view(), Box::new(on_press))
}

fn button(label: AnyView, on_press: Box<dyn Fn()>) -> AnyView {
    view! {
        <button type="button" class="button" data-look="quiet" data-size="small" on:click=move |_| on_press()>
            {label}
        </button>
    }
}
