//! The clipboard, and texts as files.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

#[wasm_bindgen(module = "/www/export.js")]
extern "C" {
    /// Hands the person a text as a file of a media type.
    #[wasm_bindgen(js_name = saveText, catch)]
    pub fn download_as(name: &str, text: &str, media_type: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = copyText, catch)]
    async fn copy_text(text: &str) -> Result<JsValue, JsValue>;
}

/// Puts a text on the clipboard; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    copy_text(text).await.is_ok_and(|copied| copied.is_truthy())
}

/// Hands the person a file of JSON.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    download_as(name, text, "application/json")
}

/// The text of a file that was chosen or dropped.
pub async fn read(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}
