//! What needs a browser: the bridge and the sandbox. Runs by `cargo test --target wasm32-unknown-unknown --test web`.
#![cfg(target_arch = "wasm32")]

mod sandbox;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
