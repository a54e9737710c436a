//! Media queries.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MediaQueryListEvent;

/// Whether a media query holds now; `hear` is told whenever that changes, as long as the page lives.
pub fn matches(query: &str, hear: impl Fn(bool) + 'static) -> bool {
    let Some(list) = web_sys::window().and_then(|window| window.match_media(query).ok().flatten()) else { return false };
    let listen = Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| hear(event.matches()));
    let _ = list.add_event_listener_with_callback("change", listen.as_ref().unchecked_ref());
    let holds = list.matches();
    // The list has to stay alive to be heard, and the page asks for a handful of queries once.
    listen.forget();
    std::mem::forget(list);
    holds
}
