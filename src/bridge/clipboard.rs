//! The clipboard, and texts as files.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlTextAreaElement, Url};

/// Puts a text on the clipboard; whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // There is no clipboard where the page isn't served securely.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).unwrap_or(JsValue::UNDEFINED);
    if !clipboard.is_undefined() && JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok() {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// The way of browsers without a clipboard object: a text that is selected for a moment.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let focused = document.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("unseen");
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let command = js_sys::Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    let copied = command.call1(&document, &"copy".into()).ok()?.is_truthy();
    area.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    Some(copied)
}

/// Hands the person a file of JSON.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    download_as(name, text, "application/json")
}

/// Hands the person a text as a file of a media type.
pub fn download_as(name: &str, text: &str, media_type: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    save(name, &url)?;
    // The browser has taken its own hold of the blob by then.
    gloo_timers::callback::Timeout::new(1_000, move || drop(Url::revoke_object_url(&url))).forget();
    Ok(())
}

/// Saves what an address stands for as a file.
fn save(name: &str, address: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(|_| "no anchor")?;
    anchor.set_href(address);
    anchor.set_download(name);
    anchor.click();
    Ok(())
}

/// The text of a file that was chosen or dropped.
pub async fn read(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}
