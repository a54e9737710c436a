//! Pictures as files, and elements as large as the screen.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, Url};

/// Hands the person an SVG as PNG of this size in pixels.
pub async fn save_png(name: &str, svg: &str, width: f64, height: f64) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&svg.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into().map_err(|_| "no canvas")?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context =
        canvas.get_context("2d")?.ok_or("no context")?.dyn_into::<CanvasRenderingContext2d>().map_err(|_| "no context")?;
    let drawn = context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height);
    Url::revoke_object_url(&url)?;
    decoded?;
    drawn?;
    super::clipboard::save(name, &canvas.to_data_url()?)
}

/// Makes an element as large as the screen, or as it was.
pub fn toggle_full_screen(element: Option<impl AsRef<Element>>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(element) = element {
        let _ = element.as_ref().request_fullscreen();
    }
}
