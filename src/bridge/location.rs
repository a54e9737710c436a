//! The page's address.

use wasm_bindgen::JsValue;

/// The folder and file of the page, without host, query and fragment.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// What stands behind `#`, with it; empty when there is nothing.
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address without its fragment.
pub fn base() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split_once('#').map_or(href.clone(), |(base, _)| base.to_owned())
}

/// Takes the fragment out of the address, without a new entry in the history.
pub fn clear_fragment() {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    if !fragment().is_empty() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&base()));
    }
}
