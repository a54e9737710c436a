//! One editor.

use super::plain::Content;
use super::{Answer, Asked, Decoration, Language, Monaco};
use crate::check::Diagnostic;
use crate::text::Span;
use crate::value::Value;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// `Mounted` of `www/monaco.js`.
    pub(super) type Mounted;
    #[wasm_bindgen(method)]
    fn text(this: &Mounted) -> String;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Mounted, text: &str);
    #[wasm_bindgen(method, js_name = setMarkers)]
    fn set_markers(this: &Mounted, markers: &JsValue);
    #[wasm_bindgen(method, js_name = setDecorations)]
    fn set_decorations(this: &Mounted, decorations: &JsValue);
    #[wasm_bindgen(method)]
    fn reveal(this: &Mounted, place: &JsValue);
    #[wasm_bindgen(method)]
    fn show(this: &Mounted, place: &JsValue);
    #[wasm_bindgen(method)]
    fn dispose(this: &Mounted);
}

/// What Monaco calls: what it is about by its name, a place in UTF-16 units, and words.
type Ask = Closure<dyn Fn(String, usize, usize, String) -> JsValue>;

/// An editor over one text; disposed of with all it made when it is dropped.
pub struct Editor {
    mounted: Mounted,
    content: Latest,
    _ask: Ask,
}

/// The text as Monaco has it: all ends of lines are the same there. An answer may change it while it is looked at.
type Latest = Rc<RefCell<Rc<Content>>>;

impl Monaco {
    /// Puts an editor into an element. `name` tells editors of one page apart; `label` is for people who don't see it; `answer` is told
    /// and asked all there is, with the text as it is then.
    pub fn mount(
        &self,
        host: &HtmlElement,
        [name, label]: [&str; 2],
        language: Language,
        text: &str,
        answer: impl Fn(&str, Asked) -> Answer + 'static,
    ) -> Editor {
        let content = Latest::new(RefCell::new(Rc::new(Content::new(text.to_owned()))));
        let latest = content.clone();
        let ask = Ask::new(move |what: String, start, end, words| {
            let Some(asked) = latest.borrow().asked(&what, [start, end], words) else { return JsValue::NULL };
            if let Asked::Text(text) = &asked {
                latest.replace(Rc::new(Content::new(text.clone())));
            }
            let content = latest.borrow().clone();
            to_js(&content.answer(answer(&content.text, asked)))
        });
        let mounted = self.0.mount(host, name, language.id(), label, text, ask.as_ref());
        content.replace(Rc::new(Content::new(mounted.text())));
        Editor { mounted, content, _ask: ask }
    }
}

impl Editor {
    pub fn text(&self) -> String {
        self.content().text.clone()
    }

    /// Changes the text where it differs; the person can undo it.
    pub fn set_text(&self, text: &str) {
        if self.content().text != text {
            self.mounted.set_text(text);
        }
    }

    /// Underlines problems.
    pub fn set_problems(&self, problems: &[Diagnostic]) {
        self.mounted.set_markers(&to_js(&self.content().problems(problems)));
    }

    /// Replaces all decorations.
    pub fn decorate(&self, decorations: &[Decoration]) {
        self.mounted.set_decorations(&to_js(&self.content().decorations(decorations)));
    }

    /// Selects a place, brings it into view and takes the focus.
    pub fn reveal(&self, span: Span) {
        self.mounted.reveal(&to_js(&self.content().place(span)));
    }

    /// Brings a place into view, leaving caret and focus alone.
    pub fn show(&self, span: Span) {
        self.mounted.show(&to_js(&self.content().place(span)));
    }

    fn content(&self) -> Rc<Content> {
        self.content.borrow().clone()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.mounted.dispose();
    }
}

/// Plain data as plain JavaScript objects.
fn to_js(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
