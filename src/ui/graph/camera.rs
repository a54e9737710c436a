//! Pan and zoom: what pointer and wheel do to the [`View`].

use crate::ui::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};

use crate::graph::{Drawing, Node, Point, View};

/// Farther than this a press is a drag, in pixels.
const DRAG: f64 = 4.0;

/// The view on the drawing and who moved it last.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    pub view: RwSignal<View>,
    /// Width and height of the panel.
    pub panel: RwSignal<(f64, f64)>,
    /// The reader has panned or zoomed: nothing moves by itself any more.
    pub touched: RwSignal<bool>,
    /// The next change of the view travels instead of jumping.
    pub travels: RwSignal<bool>,
    /// The last view of a whole drawing, or of its start, that nobody asked for.
    first: StoredValue<View>,
    pressed: StoredValue<Vec<Press>>,
    dragging: RwSignal<bool>,
}

/// A pointer that is down: where it was pressed and where it is.
#[derive(Clone, Copy)]
struct Press {
    id: i32,
    start: Point,
    now: Point,
}

impl Camera {
    pub fn new() -> Camera {
        Camera {
            view: RwSignal::default(),
            panel: RwSignal::new((0.0, 0.0)),
            touched: RwSignal::new(false),
            travels: RwSignal::new(false),
            first: StoredValue::default(),
            pressed: StoredValue::default(),
            dragging: RwSignal::new(false),
        }
    }

    pub fn dragging(&self) -> bool {
        self.dragging.get()
    }

    /// Whether the press that ends now was a drag, so that its click means nothing.
    pub fn was_drag(&self) -> bool {
        self.dragging.get_untracked()
    }

    fn set(&self, view: View, travels: bool) {
        self.travels.set(travels);
        self.view.set(view);
    }

    /// The first look at a drawing. One that was only edited is looked at from where the reader is, or was led.
    pub fn begin(&self, drawing: &Drawing, is_other: bool) {
        if is_other {
            self.touched.set(false);
        }
        let is_first = !self.touched.get_untracked() && self.view.get_untracked() == self.first.get_value();
        if is_other || is_first {
            let first = View::first(drawing, self.panel.get_untracked());
            self.first.set_value(first);
            self.set(first, false);
        }
    }

    /// The next drawing is looked at from its start.
    pub fn forget(&self) {
        self.touched.set(false);
        self.first.set_value(self.view.get_untracked());
    }

    /// The whole drawing; from now on it may move by itself again.
    pub fn fit(&self, drawing: &Drawing) {
        let (fit, first) = (View::fit(drawing, self.panel.get_untracked()), View::first(drawing, self.panel.get_untracked()));
        self.first.set_value(first);
        self.touched.set(false);
        self.set(fit, true);
    }

    /// In or out around the middle of the panel.
    pub fn zoom(&self, factor: f64) {
        let (width, height) = self.panel.get_untracked();
        self.touched.set(true);
        self.set(self.view.get_untracked().zoomed(factor, Point { x: width / 2.0, y: height / 2.0 }), true);
    }

    /// Back to life size.
    pub fn natural(&self) {
        self.zoom(1.0 / self.view.get_untracked().scale);
    }

    pub fn centre(&self, on: Point) {
        self.touched.set(true);
        self.set(self.view.get_untracked().centred(on, self.panel.get_untracked()), false);
    }

    /// Brings a box into sight.
    pub fn show(&self, node: &Node) {
        let view = self.view.get_untracked();
        let shown = view.showing(node, self.panel.get_untracked());
        if shown != view {
            self.set(shown, true);
        }
    }

    pub fn on_wheel(&self, event: &WheelEvent) {
        event.prevent_default();
        let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 16.0 } else { 1.0 };
        // A pinch on a trackpad arrives as a wheel with Ctrl and small steps.
        let speed = if event.ctrl_key() { 0.01 } else { 0.0015 };
        let factor = js_sys::Math::exp((-event.delta_y() * lines * speed).clamp(-1.0, 1.0));
        self.touched.set(true);
        self.set(self.view.get_untracked().zoomed(factor, place(event)), false);
    }

    pub fn on_down(&self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let at = place(event);
        self.dragging.set(false);
        self.pressed.update_value(|pressed| {
            pressed.retain(|press| press.id != event.pointer_id());
            pressed.push(Press { id: event.pointer_id(), start: at, now: at });
        });
    }

    pub fn on_move(&self, event: &PointerEvent) {
        let before = self.pressed.get_value();
        let Some(own) = before.iter().find(|press| press.id == event.pointer_id()) else { return };
        let now = place(event);
        self.pressed.update_value(|pressed| {
            pressed.iter_mut().filter(|press| press.id == event.pointer_id()).for_each(|press| press.now = now);
        });
        if !self.dragging.get_untracked() {
            if distance(own.start, now) < DRAG {
                return;
            }
            self.dragging.set(true);
            if let Some(target) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
                let _ = target.set_pointer_capture(event.pointer_id());
            }
        }
        self.touched.set(true);
        let view = self.view.get_untracked();
        let moved = match before.iter().find(|press| press.id != event.pointer_id()) {
            // Two fingers: what was between them stays between them.
            Some(other) => {
                let factor = distance(now, other.now) / distance(own.now, other.now).max(1.0);
                let middle = |one: Point| Point { x: (one.x + other.now.x) / 2.0, y: (one.y + other.now.y) / 2.0 };
                let (old, new) = (middle(own.now), middle(now));
                view.zoomed(factor, old).moved(new.x - old.x, new.y - old.y)
            }
            None => view.moved(now.x - own.now.x, now.y - own.now.y),
        };
        self.set(moved, false);
    }

    pub fn on_up(&self, event: &PointerEvent) {
        self.pressed.update_value(|pressed| pressed.retain(|press| press.id != event.pointer_id()));
        // The click that follows still has to know; it is over a moment later.
        let dragging = self.dragging;
        set_timeout(move || dragging.set(false), std::time::Duration::ZERO);
    }
}

/// Where an event is in the panel.
fn place(event: &web_sys::MouseEvent) -> Point {
    let corner =
        event.current_target().and_then(|target| target.dyn_into::<Element>().ok()).map(|target| target.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |corner| (corner.left(), corner.top()));
    Point { x: f64::from(event.client_x()) - left, y: f64::from(event.client_y()) - top }
}

fn distance(one: Point, other: Point) -> f64 {
    ((one.x - other.x).powi(2) + (one.y - other.y).powi(2)).sqrt()
}
