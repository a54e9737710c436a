use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

/// How far one press of an arrow key moves a splitter, in pixels.
const STEP: f64 = 16.0;

/// Which way a splitter moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Left and right: it sets a width.
    Width,
    /// Up and down: it sets a height.
    Height,
}

/// A line between two regions that sets the size of one of them, by pointer or by keys; Home brings the first size back.
#[component]
pub fn Splitter(
    label: &'static str,
    axis: Axis,
    /// The size it sets, in pixels.
    size: RwSignal<f64>,
    /// Whether the region it sizes comes after it.
    #[prop(default = false)]
    after: bool,
    home: f64,
    #[prop(into)] least: Signal<f64>,
    #[prop(into)] most: Signal<f64>,
) -> impl IntoView {
    let grip = StoredValue::new(None::<(f64, f64)>);
    let at = move |event: &PointerEvent| f64::from(if axis == Axis::Width { event.client_x() } else { event.client_y() });
    let set = move |wanted: f64| size.set(wanted.min(most.get_untracked()).max(least.get_untracked()).round());
    let towards = if after { -1.0 } else { 1.0 };

    let on_down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(line) = event.current_target().and_then(|line| line.dyn_into::<Element>().ok()) {
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        grip.set_value(Some((at(&event), size.get_untracked())));
    };
    let on_move = move |event: PointerEvent| {
        if let Some((from, first)) = grip.get_value() {
            set(first + towards * (at(&event) - from));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let now = size.get_untracked();
        let wanted = match (event.key().as_str(), axis) {
            ("ArrowRight", Axis::Width) | ("ArrowDown", Axis::Height) => now + towards * STEP,
            ("ArrowLeft", Axis::Width) | ("ArrowUp", Axis::Height) => now - towards * STEP,
            ("Home", _) => home,
            _ => return,
        };
        event.prevent_default();
        set(wanted);
    };
    view! {
        <div
            class="splitter"
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=if axis == Axis::Width { "vertical" } else { "horizontal" }
            aria-valuenow=move || Short(size.get()).to_string()
            aria-valuemin=move || Short(least.get()).to_string()
            aria-valuemax=move || Short(most.get()).to_string()
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=move |_| grip.set_value(None)
            on:pointercancel=move |_| grip.set_value(None)
            on:dblclick=move |_| set(home)
            on:keydown=on_key
        ></div>
    }
}
