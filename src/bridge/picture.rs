//! Pictures as files and on the clipboard, and elements as large as the screen.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/www/export.js")]
extern "C" {
    /// Hands the person an SVG as PNG of this size in pixels.
    #[wasm_bindgen(js_name = savePng, catch)]
    pub async fn save_png(name: &str, svg: &str, width: f64, height: f64) -> Result<(), JsValue>;

    /// Puts an SVG on the clipboard, as PNG of this size in pixels.
    #[wasm_bindgen(js_name = copyPng, catch)]
    pub async fn copy_png(svg: &str, width: f64, height: f64) -> Result<(), JsValue>;

    /// The rules that set the page's tokens, those of the dark theme last.
    pub fn tokens() -> String;

    /// The symbols of the page.
    pub fn icons() -> String;

    /// Makes an element as large as the screen, or as it was.
    #[wasm_bindgen(js_name = toggleFullScreen)]
    pub fn toggle_full_screen(element: Option<HtmlElement>);
}
