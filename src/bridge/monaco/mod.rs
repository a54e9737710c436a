//! Monaco, the code editor: loaded when it is wanted, and spoken to in bytes of the text. An [`Editor`] disposes of everything it made
//! when it is dropped.

mod editor;
mod language;
mod places;

pub use editor::{Decoration, Editor, Found};
pub use language::Language;

use crate::value::Value;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen(inline_js = "export const importBeside = (file) => import(new URL(file, document.baseURI));")]
extern "C" {
    #[wasm_bindgen(js_name = importBeside)]
    fn import_beside(file: &str) -> js_sys::Promise;
}

#[wasm_bindgen]
extern "C" {
    /// The exports of `www/monaco.js`.
    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method, getter)]
    fn ready(this: &Module) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = addLanguage)]
    fn add_language(this: &Module, id: &str, tokenizer: &JsValue, configuration: &JsValue);
    #[wasm_bindgen(method, js_name = setTheme)]
    fn set_theme(this: &Module, dark: bool);
    #[wasm_bindgen(method)]
    fn mount(this: &Module, host: &HtmlElement, uri: &str, language: &str, label: &str, text: &str) -> editor::Mounted;
}

/// The loaded editor's code.
#[derive(Clone)]
pub struct Monaco(Module);

impl Monaco {
    /// Fetches the code, once per page; the error is a sentence.
    pub async fn load() -> Result<Monaco, String> {
        let load = async {
            let module: Module = JsFuture::from(import_beside("monaco/monaco.js")).await?.unchecked_into();
            JsFuture::from(module.ready()).await?;
            Ok(Monaco(module))
        };
        let monaco: Monaco = load.await.map_err(|thrown: JsValue| message_of(&thrown))?;
        language::add(&monaco.0);
        Ok(monaco)
    }

    /// Takes the colours of the page as they are now, for all editors.
    pub fn use_theme(&self, dark: bool) {
        self.0.set_theme(dark);
    }

    /// Puts an editor into an element. `name` tells editors of one page apart; `label` is for people who don't see it.
    pub fn mount(&self, host: &HtmlElement, name: &str, language: Language, label: &str, text: &str) -> Editor {
        Editor::new(self.0.mount(host, &format!("page:///{name}"), language.id(), label, text))
    }
}

/// Plain data as plain JavaScript objects.
fn to_js(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

fn message_of(thrown: &JsValue) -> String {
    let message = js_sys::Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| format!("{thrown:?}"))
}
