use crate::ui::prelude::*;
use leptos::{ev::KeyboardEvent, html};

use super::Graph;

/// Finds states by a part of their names; Enter goes from one to the next.
#[component]
pub(super) fn Find(graph: Graph, open: RwSignal<bool>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let current = RwSignal::new(0usize);
    Effect::new(move |_| {
        let wanted = letters::lower(words.get().trim());
        let found = graph.drawing.with(|drawing| {
            let fits = drawing.nodes.iter().filter(|node| node.kind.is_state() && letters::lower(&node.name).contains(&wanted));
            fits.map(|node| node.id.clone()).collect::<Vec<_>>()
        });
        graph.found.set(if wanted.is_empty() || !open.get() { Vec::new() } else { found });
    });
    let show = move |at: usize| {
        let found = graph.found.get_untracked();
        if found.is_empty() {
            return;
        }
        let at = at % found.len();
        current.set(at);
        graph.on_select.run(Some(found[at].clone()));
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.shift_key() => show(current.get_untracked() + graph.found.with_untracked(Vec::len).max(1) - 1),
        "Enter" => show(if graph.selected.get_untracked().is_some_and(|id| graph.found.get_untracked().contains(&id)) {
            current.get_untracked() + 1
        } else {
            0
        }),
        "Escape" => {
            event.stop_propagation();
            open.set(false);
        }
        _ => {}
    };
    let count = move || {
        graph.found.with(|found| match (words.get().is_empty(), found.len()) {
            (true, _) => String::new(),
            (_, 0) => "none".to_owned(),
            (_, len) => format!("{} of {len}", current.get().min(len - 1) + 1),
        })
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    view! {
        <Show when=move || open.get()>
            <div class="graph-find" role="search">
                <glyph name="search" />
                <input
                    node_ref=input
                    type="search"
                    placeholder="Find a state"
                    aria-label="Find a state"
                    bind:value=words
                    on:keydown=on_key
                />
                <span class="graph-find-count" role="status">{count}</span>
                <button type="button" class="icon-button" data-size="small" aria-label="Close" on:click=move |_| open.set(false)>
                    <glyph name="close" />
                </button>
            </div>
        </Show>
    }
}
