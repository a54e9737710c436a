use crate::ui::prelude::*;
use leptos::html;

use crate::bridge::size::SizeObserver;
use crate::trace;

/// A list's place on the page: how far it is scrolled, how high it is. A handle that its panel keeps.
#[derive(Clone, Copy)]
pub struct List {
    pub count: Signal<usize>,
    /// The height of a row in pixels.
    pub row: Signal<f64>,
    /// Opened rows by index, ascending, with how much higher they are.
    pub opened: Signal<Vec<(usize, f64)>>,
    node: NodeRef<html::Div>,
    scrolled: RwSignal<f64>,
    window: RwSignal<f64>,
    /// Whether the list stays at its end while it grows.
    following: RwSignal<bool>,
}

impl List {
    /// A list that begins at its top; `follows` when it stays at its end until it is scrolled up.
    pub fn new(count: Signal<usize>, row: Signal<f64>, opened: Signal<Vec<(usize, f64)>>, follows: bool) -> List {
        List {
            count,
            row,
            opened,
            node: NodeRef::new(),
            scrolled: RwSignal::new(0.0),
            window: RwSignal::new(0.0),
            following: RwSignal::new(follows),
        }
    }

    /// Scrolls as far as needed to have a row in view.
    pub fn reveal(&self, index: usize) {
        let (Some(scrolled), Some(window)) = (self.scrolled.try_get_untracked(), self.window.try_get_untracked()) else { return };
        if let Some(to) = untrack(|| self.read(|rows| rows.reveal(index, scrolled, window))) {
            self.following.set(false);
            self.scroll_to(to);
        }
    }

    /// How many rows fit into the window; at least one.
    pub fn page(&self) -> usize {
        ((self.window.get_untracked() / self.row.get_untracked()) as usize).max(1)
    }

    fn read<T>(&self, read: impl FnOnce(trace::Rows) -> T) -> T {
        let (count, row) = (self.count.get(), self.row.get());
        self.opened.with(|opened| read(trace::Rows { count, row, opened }))
    }

    /// The element; none before the list is on the page, and none in the frame after it has left.
    fn element(&self) -> Option<web_sys::HtmlDivElement> {
        self.node.try_get_untracked().flatten()
    }

    fn scroll_to(&self, to: f64) {
        if let Some(node) = self.element() {
            node.set_scroll_top(to as i32);
        }
    }

    /// Reads where the person scrolled to. Only going up ends following: growing moves the end away too.
    fn on_scroll(&self) {
        let Some(node) = self.element() else { return };
        let (before, now) = (self.scrolled.get_untracked(), f64::from(node.scroll_top()));
        let at_end = node.scroll_top() + node.client_height() >= node.scroll_height() - 4;
        if at_end {
            self.following.set(true);
        } else if now < before {
            self.following.set(false);
        }
        self.scrolled.set(now);
    }

    fn follow_end(&self) {
        if let Some(node) = self.element().filter(|_| self.following.try_get_untracked() == Some(true)) {
            node.set_scroll_top(node.scroll_height());
        }
    }
}

/// Draws the row with an index, which reads what it shows by itself.
pub trait DrawRow: Send {
    fn draw(&self, index: usize) -> AnyView;
}

impl<F: Fn(usize) -> AnyView + Send> DrawRow for F {
    fn draw(&self, index: usize) -> AnyView {
        self(index)
    }
}

/// The rows of a list that are in view.
#[component]
pub fn Rows(list: List, row: Box<dyn DrawRow>) -> impl IntoView {
    let follows = list.following.get_untracked();
    let viewport = Memo::new(move || {
        let (scrolled, window) = (list.scrolled.get(), list.window.get());
        list.read(|rows| rows.viewport(scrolled, window))
    });
    let size = StoredValue::new(None);
    Effect::new(move |_| {
        if let Some(node) = list.node.get() {
            size.set_value(SizeObserver::new(&node, move |_, height| list.window.set(height)));
        }
    });
    Effect::new(move |_| {
        viewport.with(|viewport| viewport.height);
        if follows {
            request_animation_frame(move || list.follow_end());
        }
    });
    view! {
        <div class="rows" role="presentation" node_ref=list.node on:scroll=move |_| list.on_scroll()>
            <div class="rows-all" role="presentation" style:height=move || px(viewport.get().height)>
                <div class="rows-drawn" role="presentation" style:transform=move || format!("translateY({})", px(viewport.get().top))>
                    <For each=move || viewport.get().first..viewport.get().end key=|index| *index children=move |index| row.draw(index) />
                </div>
            </div>
        </div>
    }
}
