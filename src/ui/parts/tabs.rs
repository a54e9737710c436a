use std::fmt::Debug;
use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::html;
use web_sys::KeyboardEvent;

/// What a strip of tabs chooses among; the names make the tabs' ids.
pub trait Choice: Copy + Debug + PartialEq + Send + Sync + 'static {
    const ALL: &'static [Self];

    /// Its place among all.
    fn number(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }
}

/// One tab of a [`Tabs`].
#[derive(Clone)]
pub struct Tab {
    /// The place of what it stands for among all there is to choose.
    number: usize,
    /// The tail of its ids.
    name: String,
    label: &'static str,
    count: Option<Signal<Option<Count>>>,
}

/// The number a tab carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub number: usize,
    /// Whether it counts what went wrong.
    pub bad: bool,
    /// What is counted, for people who only hear it, when it is one and when it is more: `error`, `errors`.
    pub of: [&'static str; 2],
}

impl Tab {
    pub fn new<T: Choice>(value: T, label: &'static str) -> Tab {
        Tab { number: value.number(), name: name(&value), label, count: None }
    }

    /// The same tab with a number.
    pub fn counting(self, count: impl Into<Signal<Option<Count>>>) -> Tab {
        Tab { count: Some(count.into()), ..self }
    }
}

/// The id of a tab's button.
pub fn tab_id(value: impl Debug) -> String {
    format!("tab-{}", name(&value))
}

/// The id a tab's panel has to have.
pub fn panel_id(value: impl Debug) -> String {
    format!("panel-{}", name(&value))
}

fn name(value: &dyn Debug) -> String {
    format!("{value:?}").to_ascii_lowercase()
}

/// Which tab is selected, whatever the tabs stand for.
trait Selected: Send + Sync {
    fn number(&self) -> usize;
    fn select(&self, number: usize);
}

impl<T: Choice> Selected for RwSignal<T> {
    fn number(&self) -> usize {
        self.get().number()
    }

    fn select(&self, number: usize) {
        T::ALL.get(number).into_iter().for_each(|value| self.set(*value));
    }
}

/// A strip of tabs; the arrow keys, Home and End move along it.
#[component]
pub fn Tabs<T: Choice>(
    label: &'static str,
    #[prop(into)] tabs: Signal<Vec<Tab>>,
    selected: RwSignal<T>,
    /// What stands at the far end of the strip.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    strip(label, tabs, Arc::new(selected), children)
}

fn strip(label: &'static str, tabs: Signal<Vec<Tab>>, selected: Arc<dyn Selected>, children: Option<Children>) -> AnyView {
    let strip = NodeRef::<html::Div>::new();
    let chosen = selected.clone();
    let on_key = move |event: KeyboardEvent| {
        let target = tabs.with(|tabs| {
            let at = tabs.iter().position(|tab| tab.number == chosen.number()).unwrap_or(0);
            moved(&event.key(), at, tabs.len()).map(|to| tabs[to].clone())
        });
        let Some(tab) = target else { return };
        event.prevent_default();
        chosen.select(tab.number);
        focus_tab(strip, &tab.name);
    };
    view! {
        <div class="tabs">
            <div class="tabs-list" role="tablist" aria-label=label node_ref=strip on:keydown=on_key>
                <For each=move || tabs.get() key=|tab| tab.number children=move |tab| button(tab, selected.clone()) />
            </div>
            {children.map(|children| view! { <div class="tabs-end">{children()}</div> })}
        </div>
    }
}

fn button(tab: Tab, selected: Arc<dyn Selected>) -> AnyView {
    let Tab { number, name, label, count } = tab;
    let (read, choose) = (selected.clone(), selected);
    let is_selected = Memo::new(move || read.number() == number);
    view! {
        <button
            role="tab"
            type="button"
            id=format!("tab-{name}")
            aria-controls=format!("panel-{name}")
            aria-selected=move || is_selected.get().to_string()
            tabindex=move || if is_selected.get() { "0" } else { "-1" }
            on:click=move |_| choose.select(number)
        >
            {label}
            {move || {
                count.and_then(|count| count.get()).map(|Count { number, bad, of }| {
                    let [one, more] = of;
                    let of = if number == 1 { one } else { more };
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

fn focus_tab(strip: NodeRef<html::Div>, name: &str) {
    let button = strip.get_untracked().and_then(|strip| strip.query_selector(&format!("#tab-{name}")).ok().flatten());
    if let Some(button) = button.and_then(|button| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(button).ok()) {
        let _ = button.focus();
    }
}
