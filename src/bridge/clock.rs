//! The time, and coming back to the page's event loop.

use crate::timestamp::Timestamp;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

#[wasm_bindgen(inline_js = r#"
const { port1, port2 } = new MessageChannel();
const waiting = [];
port1.onmessage = () => waiting.shift()();
export const nextTask = () => new Promise((resolve) => { waiting.push(resolve); port2.postMessage(null); });
export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
"#)]
extern "C" {
    #[wasm_bindgen(js_name = nextTask)]
    fn next_task() -> js_sys::Promise;
    #[wasm_bindgen(js_name = nextFrame)]
    fn frame() -> js_sys::Promise;
}

/// The time by the calendar.
pub fn today() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// Milliseconds since the page was opened: never goes back.
pub fn now() -> f64 {
    window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// A number that differs from run to run.
pub fn seed() -> u64 {
    (js_sys::Math::random() * 2f64.powi(53)) as u64
}

/// Lets the page do what is due, input and painting included, and comes back without the delay that timers have.
pub async fn yield_to_page() {
    // A promise of a message can't be rejected.
    let _ = JsFuture::from(next_task()).await;
}

/// Waits until the page is about to be painted.
pub async fn next_frame() {
    let _ = JsFuture::from(frame()).await;
}

/// Waits until a time by [`now`]; not at all where that has passed.
pub async fn sleep_until(time: f64) {
    let left = time - now();
    if left > 0.0 {
        sleep(left).await;
    }
}

/// Waits for so many milliseconds.
pub async fn sleep(millis: f64) {
    gloo_timers::future::TimeoutFuture::new(millis.clamp(0.0, f64::from(i32::MAX)).ceil() as u32).await;
}
