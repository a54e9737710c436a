//! The size of an element, whenever it changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Follows an element's size until it is dropped.
pub struct SizeObserver {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut()>,
}

impl SizeObserver {
    /// Tells width and height, in pixels without scroll bars, before the next picture and at every change; none where the browser can't.
    /// Nothing is measured before, while the page is still being put together.
    pub fn new(element: &Element, mut on_change: impl FnMut(f64, f64) + 'static) -> Option<SizeObserver> {
        let measured: HtmlElement = element.clone().dyn_into().ok()?;
        let on_change =
            Closure::<dyn FnMut()>::new(move || on_change(measured.client_width().into(), measured.client_height().into()));
        let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(SizeObserver { observer, _on_change: on_change })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
