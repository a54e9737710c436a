//! What needs a browser: the bridge, the sandbox and the panels. Runs by `cargo test --target wasm32-unknown-unknown --test web`.
#![cfg(target_arch = "wasm32")]

mod dom;
mod doubles;
mod letters;
mod monaco;
mod queries;
mod record;
mod sandbox;
mod storage;

/// What the page does by JavaScript, by the libraries of native code.
#[path = "../../src/host/native.rs"]
mod native;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The test page is served from the repository's root; what was built for the page stands in a folder of it.
fn use_built_files() {
    let document = web_sys::window().unwrap().document().unwrap();
    if document.query_selector("base").unwrap().is_none() {
        let base = document.create_element("base").unwrap();
        base.set_attribute("href", "/www/dist/").unwrap();
        document.head().unwrap().append_child(&base).unwrap();
    }
}
