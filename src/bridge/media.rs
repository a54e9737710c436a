//! Media queries as signals.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MediaQueryListEvent;

/// Whether a media query holds, now and as long as the page lives.
pub fn matches(query: &str) -> ReadSignal<bool> {
    let list = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    let (holds, set_holds) = signal(list.as_ref().is_some_and(|list| list.matches()));
    if let Some(list) = list {
        let listen = Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| set_holds.set(event.matches()));
        let _ = list.add_event_listener_with_callback("change", listen.as_ref().unchecked_ref());
        // The list has to stay alive to be heard, and the page asks for a handful of queries once.
        listen.forget();
        std::mem::forget(list);
    }
    holds
}
