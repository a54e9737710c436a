use crate::ui::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, Node};

/// What can take the focus inside a popover, best first.
const FIRST: &str = "[data-first], input, select, textarea, button, a[href], [tabindex]";

/// A dialog over the page that doesn't block it: the focus goes in, Esc and a press outside close it, Esc returns the focus.
#[component]
pub fn Popover(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    label: &'static str,
    /// Joined to `popover`.
    #[prop(optional)]
    class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || open.get()>
            <Opened on_close label class children=children.clone() />
        </Show>
    }
}

#[component]
fn Opened(on_close: Callback<()>, label: &'static str, class: &'static str, children: ChildrenFn) -> impl IntoView {
    let dialog = NodeRef::<html::Div>::new();
    let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let before = StoredValue::new(before);

    // The world outside: the focus, and presses beside the dialog.
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        let first = dialog.query_selector(FIRST).ok().flatten().and_then(|first| first.dyn_into::<HtmlElement>().ok());
        let _ = first.unwrap_or_else(|| dialog.into()).focus();
    });
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let Some(pressed) = event.target().and_then(|target| target.dyn_into::<Node>().ok()) else { return };
        let inside = dialog.get_untracked().is_some_and(|dialog| dialog.contains(Some(&pressed)));
        // The button that opened it closes it by itself.
        let opener = before.with_value(|before| before.as_ref().is_some_and(|opener| opener.contains(Some(&pressed))));
        if !inside && !opener {
            on_close.run(());
        }
    });
    on_cleanup(move || outside.remove());

    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_close.run(());
            if let Some(opener) = before.get_value() {
                let _ = opener.focus();
            }
        }
    };
    view! {
        <div class=format!("popover {class}") role="dialog" aria-label=label tabindex="-1" node_ref=dialog on:keydown=on_key>
            {children.make()}
        </div>
    }
}
