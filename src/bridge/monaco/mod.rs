//! Monaco, the code editor: loaded when it is wanted, and spoken to in bytes of the text. An [`Editor`] disposes of everything it made
//! when it is dropped. What Monaco wants in shapes of its own gets them in `www/monaco.js`; what goes there and comes from there is plain.

mod editor;
mod plain;

pub use editor::Editor;

use crate::assist::{Completion, Hover, Symbol};
use crate::check::Fix;
use crate::text::{Position, Span};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(inline_js = "export const importBeside = (file) => import(new URL(file, document.baseURI));")]
extern "C" {
    #[wasm_bindgen(js_name = importBeside, catch)]
    async fn import_beside(file: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The exports of `www/monaco.js`.
    #[derive(Clone)]
    type Module;
    #[wasm_bindgen(method, js_name = setTheme)]
    fn set_theme(this: &Module, dark: bool);
    #[wasm_bindgen(method)]
    fn mount(
        this: &Module,
        host: &HtmlElement,
        name: &str,
        language: &str,
        label: &str,
        text: &str,
        ask: &JsValue,
    ) -> editor::Mounted;
}

/// The loaded editor's code.
#[derive(Clone)]
pub struct Monaco(Module);

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JSON whose strings may hold paths, intrinsic functions and expressions.
    Definition,
    Json,
    JavaScript,
    /// Nothing known: CSV, lines of JSON.
    Plain,
}

/// What an editor tells, and what it asks of its text. Of a definition it asks everything, of other texts for fixes alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// The text is this, another than before.
    Text(String),
    /// Something was pasted, and the text has it.
    Paste,
    /// The caret has moved, or the editor has got the focus.
    Caret(Position),
    /// What Monaco's own services find wrong in JavaScript, whenever that changes.
    Errors(Vec<(Span, String)>),
    /// What stands at a place that is pointed at.
    Hover(usize),
    /// Ways to go on.
    Completions(usize),
    /// What mends what touches a span.
    Fixes(Span),
    /// A fix was chosen that writes a function.
    WriteFunction(String),
    /// A fix was chosen that changes neither this text nor a function: all there are.
    FixAll,
    /// Every place of what stands at one.
    Uses(usize),
    /// The edits that rename it.
    Rename(usize, String),
    /// What the text holds, for going there by name.
    Outline,
    /// What can be folded.
    Folds,
}

/// What an editor is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Nothing,
    Hover(Hover),
    /// In their order.
    Completions(Vec<Completion>),
    Fixes(Vec<Fix>),
    Spans(Vec<Span>),
    Edits(Vec<(Span, String)>),
    /// Why it can't be done.
    Refused(String),
    /// In the order of the text.
    Symbols(Vec<Symbol>),
}

/// Something to be seen at a place of the text; class names are the page's.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoration {
    pub kind: DecorationKind,
    pub span: Span,
    pub class: String,
    /// What it says, where it says something.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecorationKind {
    /// Whole lines behind the text.
    Lines,
    /// A sign in the gutter, with words on hovering.
    Glyph,
    /// Words behind the end of the span that are no part of the text.
    After,
}

impl Monaco {
    /// Fetches the code, once per page; the error is what was thrown.
    pub async fn load() -> Result<Monaco, JsValue> {
        Ok(Monaco(import_beside("monaco/monaco.js").await?.unchecked_into()))
    }

    /// Takes the colours of the page as they are now, for all editors.
    pub fn use_theme(&self, dark: bool) {
        self.0.set_theme(dark);
    }
}

impl Language {
    fn id(self) -> &'static str {
        match self {
            Language::Definition => "definition",
            Language::Json => "plain-json",
            Language::JavaScript => "javascript",
            Language::Plain => "plaintext",
        }
    }
}
