//! The page's own files beside it, fetched when they are wanted.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// The host is always asked whether its file is still the same: a copy kept from an older page may not fit this one.
#[wasm_bindgen(inline_js = "export async function textBeside(file) {
  const answer = await fetch(new URL(file, document.baseURI), { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer.text();
}")]
extern "C" {
    #[wasm_bindgen(js_name = textBeside)]
    fn text_beside(file: &str) -> js_sys::Promise;
}

/// The text of a file; none where it can't be fetched.
pub async fn text(file: &str) -> Option<String> {
    JsFuture::from(text_beside(file)).await.ok()?.as_string()
}
