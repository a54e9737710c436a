use std::fmt::Debug;

use crate::ui::prelude::*;
use leptos::html;
use web_sys::KeyboardEvent;

/// One tab of a [`Tabs`].
#[derive(Clone)]
pub struct Tab<T> {
    pub value: T,
    pub label: &'static str,
    pub count: Signal<Option<Count>>,
}

/// The number a tab carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub number: usize,
    /// Whether it counts what went wrong.
    pub bad: bool,
    /// What is counted, for people who only hear it: `errors`.
    pub of: &'static str,
}

impl<T> Tab<T> {
    pub fn new(value: T, label: &'static str) -> Tab<T> {
        Tab { value, label, count: Signal::stored(None) }
    }

    /// The same tab with a number.
    pub fn counting(self, count: impl Into<Signal<Option<Count>>>) -> Tab<T> {
        Tab { count: count.into(), ..self }
    }
}

/// The id of a tab's button.
pub fn tab_id(value: impl Debug) -> String {
    format!("tab-{value:?}").to_ascii_lowercase()
}

/// The id a tab's panel has to have.
pub fn panel_id(value: impl Debug) -> String {
    format!("panel-{value:?}").to_ascii_lowercase()
}

/// A strip of tabs; the arrow keys, Home and End move along it.
#[component]
pub fn Tabs<T>(
    label: &'static str,
    #[prop(into)] tabs: Signal<Vec<Tab<T>>>,
    selected: RwSignal<T>,
    /// What stands at the far end of the strip.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView
where
    T: Copy + Debug + PartialEq + Send + Sync + 'static,
{
    let strip = NodeRef::<html::Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let target = tabs.with(|tabs| {
            let at = tabs.iter().position(|tab| selected.with(|selected| tab.value == *selected)).unwrap_or(0);
            moved(&event.key(), at, tabs.len()).map(|to| tabs[to].value)
        });
        let Some(value) = target else { return };
        event.prevent_default();
        selected.set(value);
        focus_tab(strip, value);
    };
    view! {
        <div class="tabs">
            <div class="tabs-list" role="tablist" aria-label=label node_ref=strip on:keydown=on_key>
                <For each=move || tabs.get() key=|tab| tab_id(tab.value) let:tab>
                    <TabButton tab selected />
                </For>
            </div>
            {children.map(|children| view! { <div class="tabs-end">{children()}</div> })}
        </div>
    }
}

#[component]
fn TabButton<T>(tab: Tab<T>, selected: RwSignal<T>) -> impl IntoView
where
    T: Copy + Debug + PartialEq + Send + Sync + 'static,
{
    let value = tab.value;
    let is_selected = move || selected.with(|selected| *selected == value);
    let count = tab.count;
    view! {
        <button
            role="tab"
            type="button"
            id=tab_id(value)
            aria-controls=panel_id(value)
            aria-selected=move || is_selected().to_string()
            tabindex=move || if is_selected() { "0" } else { "-1" }
            on:click=move |_| selected.set(value)
        >
            {tab.label}
            {move || {
                count.get().map(|Count { number, bad, of }| {
                    view! { <span class="count" data-bad=bad.to_string()>{number}<span class="unseen">" "{of}</span></span> }
                })
            }}
        </button>
    }
}

/// Where a key leads from a tab, if anywhere.
fn moved(key: &str, at: usize, of: usize) -> Option<usize> {
    match key {
        _ if of == 0 => None,
        "ArrowRight" => Some((at + 1) % of),
        "ArrowLeft" => Some((at + of - 1) % of),
        "Home" => Some(0),
        "End" => Some(of - 1),
        _ => None,
    }
}

fn focus_tab<T: Debug>(strip: NodeRef<html::Div>, value: T) {
    let button = strip.get_untracked().and_then(|strip| strip.query_selector(&format!("#{}", tab_id(value))).ok().flatten());
    if let Some(button) = button.and_then(|button| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(button).ok()) {
        let _ = button.focus();
    }
}
