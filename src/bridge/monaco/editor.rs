//! One editor.

use super::places::{Content, Range};
use super::to_js;
use crate::assist::{Completion, CompletionKind, Hover, Symbol};
use crate::check::{Diagnostic, Fix, Severity};
use crate::json::value_of;
use crate::text::{Span, with_marks};
use crate::value::{Value, json};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `Mounted` of `www/monaco.js`.
    #[derive(Clone)]
    pub(super) type Mounted;
    #[wasm_bindgen(method)]
    fn text(this: &Mounted) -> String;
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &Mounted, text: &str);
    #[wasm_bindgen(method, js_name = onText)]
    fn on_text(this: &Mounted, hear: &JsValue);
    #[wasm_bindgen(method, js_name = onCaret)]
    fn on_caret(this: &Mounted, hear: &JsValue);
    #[wasm_bindgen(method, js_name = setMarkers)]
    fn set_markers(this: &Mounted, markers: &JsValue);
    #[wasm_bindgen(method, js_name = onMarkers)]
    fn on_markers(this: &Mounted, hear: &JsValue);
    #[wasm_bindgen(method, js_name = setDecorations)]
    fn set_decorations(this: &Mounted, decorations: &JsValue);
    #[wasm_bindgen(method)]
    fn reveal(this: &Mounted, range: &JsValue);
    #[wasm_bindgen(method)]
    fn show(this: &Mounted, range: &JsValue);
    #[wasm_bindgen(method)]
    fn focus(this: &Mounted);
    #[wasm_bindgen(method)]
    fn run(this: &Mounted, action: &str);
    #[wasm_bindgen(method, js_name = provideHover)]
    fn provide_hover(this: &Mounted, ask: &JsValue);
    #[wasm_bindgen(method, js_name = provideCompletions)]
    fn provide_completions(this: &Mounted, triggers: Vec<String>, ask: &JsValue);
    #[wasm_bindgen(method, js_name = provideFixes)]
    fn provide_fixes(this: &Mounted, ask: &JsValue, act: &JsValue);
    #[wasm_bindgen(method, js_name = provideRename)]
    fn provide_rename(this: &Mounted, range_at: &JsValue, ask: &JsValue);
    #[wasm_bindgen(method, js_name = provideUses)]
    fn provide_uses(this: &Mounted, ask: &JsValue);
    #[wasm_bindgen(method, js_name = provideOutline)]
    fn provide_outline(this: &Mounted, ask: &JsValue);
    #[wasm_bindgen(method, js_name = provideFolds)]
    fn provide_folds(this: &Mounted, ask: &JsValue);
    #[wasm_bindgen(method, js_name = onPaste)]
    fn on_paste(this: &Mounted, hear: &JsValue);
    #[wasm_bindgen(method)]
    fn dispose(this: &Mounted);
}

/// An editor over one text; disposed of with all it made when it is dropped.
pub struct Editor {
    mounted: Mounted,
    content: Rc<Shared>,
    /// The closures that Monaco calls.
    held: RefCell<Vec<Box<dyn Any>>>,
}

/// The editor's text with its lines, read again only when it has changed.
struct Shared {
    mounted: Mounted,
    read: RefCell<Option<Rc<Content>>>,
}

/// Something to be seen at a place of the text; class names are the page's.
#[derive(Clone, Debug, PartialEq)]
pub enum Decoration {
    /// Whole lines behind the text.
    Lines { span: Span, class: String },
    /// A sign in the gutter, with words on hovering.
    Glyph { span: Span, class: String, words: String },
    /// Words behind the end of a span that are no part of the text.
    After { span: Span, class: String, words: String },
    /// A piece of the text.
    Inline { span: Span, class: String },
}

/// Something that another than the page found, such as the syntax check of functions.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub error: bool,
    pub message: String,
    pub span: Span,
}

impl Editor {
    pub(super) fn new(mounted: Mounted) -> Editor {
        let content = Rc::new(Shared { mounted: mounted.clone(), read: RefCell::default() });
        let forget = {
            let content = content.clone();
            Closure::<dyn Fn()>::new(move || drop(content.read.take()))
        };
        mounted.on_text(forget.as_ref());
        Editor { mounted, content, held: RefCell::new(vec![Box::new(forget)]) }
    }

    /// The text as Monaco has it: all ends of lines are the same there.
    pub fn text(&self) -> String {
        self.content.get().text.clone()
    }

    /// Changes the text where it differs; the person can undo it.
    pub fn set_text(&self, text: &str) {
        if self.content.get().text != text {
            self.mounted.set_text(text);
        }
    }

    /// Hears each change of the text.
    pub fn on_change(&self, hear: impl Fn(String) + 'static) {
        let content = self.content.clone();
        let hear = Closure::<dyn Fn()>::new(move || {
            let text = content.get().text.clone();
            hear(text);
        });
        self.mounted.on_text(hear.as_ref());
        self.hold(hear);
    }

    /// Hears that something was pasted, when the text has it.
    pub fn on_paste(&self, hear: impl Fn() + 'static) {
        let hear = Closure::<dyn Fn()>::new(hear);
        self.mounted.on_paste(hear.as_ref());
        self.hold(hear);
    }

    /// Hears where the caret is, when it moves and when the editor gets the focus.
    pub fn on_caret(&self, hear: impl Fn(usize) + 'static) {
        let hear = self.at_place(move |_, offset| {
            hear(offset);
            JsValue::UNDEFINED
        });
        self.mounted.on_caret(hear.as_ref());
        self.hold(hear);
    }

    /// Underlines problems.
    pub fn set_problems(&self, problems: &[Diagnostic]) {
        let content = self.content.get();
        let marker = |problem: &Diagnostic| {
            let message = match &problem.help {
                Some(help) => format!("{}\n{help}", problem.message),
                None => problem.message.clone(),
            };
            // Monaco shows the words as they stand.
            let message = with_marks(&message, ['“', '”']);
            let marker = json!({ "severity": (severity(problem.severity)), "message": message, "code": (problem.code) });
            // Of a marker the range's members are its own.
            let range = content.range(problem.span).to_value();
            let members = [marker, range].into_iter().filter_map(|part| part.as_object().cloned());
            Value::object(members.flat_map(|part| part.iter().map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()))
        };
        self.mounted.set_markers(&to_js(&Value::array(problems.iter().map(marker).collect())));
    }

    /// Hears what Monaco's own services find wrong, whenever that changes.
    pub fn on_found(&self, hear: impl Fn(Vec<Found>) + 'static) {
        let content = self.content.clone();
        let hear = Closure::<dyn Fn(JsValue)>::new(move |markers: JsValue| {
            let text = js_sys::JSON::stringify(&markers).map(String::from).unwrap_or_default();
            let markers = value_of(&text).unwrap_or_default();
            let content = content.get();
            let found = |marker: &Value| {
                let span = content.span(Range::from_value(marker.get("range")?)?);
                let error = marker.get("severity")?.as_i64()? >= ERROR;
                Some(Found { error, message: marker.get("message")?.as_str()?.to_owned(), span })
            };
            hear(markers.as_array().map_or(&[][..], |markers| markers).iter().filter_map(found).collect());
        });
        self.mounted.on_markers(hear.as_ref());
        self.hold(hear);
    }

    /// Replaces all decorations.
    pub fn decorate(&self, decorations: &[Decoration]) {
        let content = self.content.get();
        let decorations: Vec<_> = decorations.iter().map(|decoration| decoration.to_json(&content)).collect();
        self.mounted.set_decorations(&to_js(&Value::array(decorations)));
    }

    /// Selects a place, brings it into view and takes the focus.
    pub fn reveal(&self, span: Span) {
        self.mounted.reveal(&to_js(&self.content.get().range(span).to_value()));
    }

    /// Brings a place into view, leaving caret and focus alone.
    pub fn show(&self, span: Span) {
        self.mounted.show(&to_js(&self.content.get().range(span).to_value()));
    }

    pub fn focus(&self) {
        self.mounted.focus();
    }

    /// Runs one of Monaco's own actions, such as `actions.find` or `editor.foldAll`.
    pub fn run(&self, action: &str) {
        self.mounted.run(action);
    }

    /// Says what stands at an offset when the person points at it.
    pub fn provide_hover(&self, ask: impl Fn(&str, usize) -> Option<Hover> + 'static) {
        let ask = self.at_place(move |content, offset| match ask(&content.text, offset) {
            Some(hover) => to_js(&json!({ "range": (content.range(hover.span).to_value()), "markdown": (hover.markdown) })),
            None => JsValue::UNDEFINED,
        });
        self.mounted.provide_hover(ask.as_ref());
        self.hold(ask);
    }

    /// Offers ways to go on at an offset, in their order; asked for after any of `triggers` too.
    pub fn provide_completions(&self, triggers: &[&str], ask: impl Fn(&str, usize) -> Vec<Completion> + 'static) {
        let ask = self.at_place(move |content, offset| {
            to_js(&Value::array(ask(&content.text, offset).into_iter().map(|completion| item(content, completion)).collect()))
        });
        self.mounted.provide_completions(triggers.iter().map(|trigger| trigger.to_string()).collect(), ask.as_ref());
        self.hold(ask);
    }

    /// Offers fixes for what touches a span; those that change something else than this text are handed to `act` when they are chosen.
    pub fn provide_fixes(&self, ask: impl Fn(Span) -> Vec<Fix> + 'static, act: impl Fn(&Fix) + 'static) {
        let content = self.content.clone();
        let offered = Rc::new(RefCell::new(Vec::<Fix>::new()));
        let chosen = offered.clone();
        let ask = Closure::<dyn Fn(u32, u32, u32, u32) -> JsValue>::new(move |line, column, end_line, end_column| {
            let content = content.get();
            let span = content.span(Range::new(line, column, end_line, end_column));
            let fixes = ask(span);
            // Titles are shown as they stand.
            let fix = |fix: &Fix| json!({ "title": (fix.title.replace('`', "")), "preferred": (fix.safe), "edits": (edits(&content, &fix.edits)) });
            let actions = to_js(&Value::array(fixes.iter().map(fix).collect()));
            offered.replace(fixes);
            actions
        });
        let act = Closure::<dyn Fn(usize)>::new(move |index: usize| {
            let fix = chosen.borrow().get(index).cloned();
            if let Some(fix) = fix {
                act(&fix);
            }
        });
        self.mounted.provide_fixes(ask.as_ref(), act.as_ref());
        self.hold((ask, act));
    }

    /// Finds the other places of what stands at an offset, and renames it in all of them.
    pub fn provide_rename(
        &self,
        uses: impl Fn(&str, usize) -> Vec<Span> + Clone + 'static,
        rename: impl Fn(&str, usize, &str) -> Result<Vec<(Span, String)>, String> + 'static,
    ) {
        let touched = uses.clone();
        let range_at = self.at_place(move |content, offset| {
            match touched(&content.text, offset).into_iter().find(|span| span.touches(offset)) {
                Some(span) => to_js(&content.range(within_quotes(&content.text, span)).to_value()),
                None => JsValue::UNDEFINED,
            }
        });
        let content = self.content.clone();
        let ask = Closure::<dyn Fn(u32, u32, String) -> JsValue>::new(move |line, column, name: String| {
            let content = content.get();
            match rename(&content.text, content.offset(line, column), &name) {
                Ok(changes) => to_js(&json!({ "edits": (edits(&content, &changes)) })),
                Err(error) => to_js(&json!({ "error": error })),
            }
        });
        self.mounted.provide_rename(range_at.as_ref(), ask.as_ref());
        let all = self.at_place(move |content, offset| to_js(&ranges(content, uses(&content.text, offset))));
        self.mounted.provide_uses(all.as_ref());
        self.hold((range_at, ask, all));
    }

    /// Lists what the text holds, for going there by name.
    pub fn provide_outline(&self, ask: impl Fn(&str) -> Vec<Symbol> + 'static) {
        let content = self.content.clone();
        let ask = Closure::<dyn Fn() -> JsValue>::new(move || {
            let content = content.get();
            to_js(&nested(&content, &ask(&content.text)))
        });
        self.mounted.provide_outline(ask.as_ref());
        self.hold(ask);
    }

    /// Says what can be folded.
    pub fn provide_folds(&self, ask: impl Fn(&str) -> Vec<Span> + 'static) {
        let content = self.content.clone();
        let ask = Closure::<dyn Fn() -> JsValue>::new(move || {
            let content = content.get();
            to_js(&ranges(&content, ask(&content.text)))
        });
        self.mounted.provide_folds(ask.as_ref());
        self.hold(ask);
    }

    /// A closure over a place, as Monaco gives it.
    fn at_place(&self, ask: impl Fn(&Content, usize) -> JsValue + 'static) -> Closure<dyn Fn(u32, u32) -> JsValue> {
        let content = self.content.clone();
        Closure::new(move |line, column| {
            let content = content.get();
            let offset = content.offset(line, column);
            ask(&content, offset)
        })
    }

    fn hold(&self, held: impl Any) {
        self.held.borrow_mut().push(Box::new(held));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.mounted.dispose();
    }
}

impl Shared {
    fn get(&self) -> Rc<Content> {
        self.read.borrow_mut().get_or_insert_with(|| Rc::new(Content::new(self.mounted.text()))).clone()
    }
}

impl Decoration {
    fn to_json(&self, content: &Content) -> Value {
        let (span, options) = match self {
            Decoration::Lines { span, class } => (*span, json!({ "isWholeLine": true, "className": class })),
            Decoration::Glyph { span, class, words } => {
                (Span::at(span.start), json!({ "glyphMarginClassName": class, "glyphMarginHoverMessage": { "value": words } }))
            }
            Decoration::After { span, class, words } => {
                (*span, json!({ "after": { "content": words, "inlineClassName": class }, "showIfCollapsed": true }))
            }
            Decoration::Inline { span, class } => (*span, json!({ "inlineClassName": class })),
        };
        json!({ "range": (content.range(span).to_value()), "options": options })
    }
}

/// Monaco's `MarkerSeverity`.
const ERROR: i64 = 8;

fn severity(severity: Severity) -> i64 {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => 4,
    }
}

fn item(content: &Content, completion: Completion) -> Value {
    json!({
        "label": (completion.label),
        "kind": (kind(completion.kind)),
        "detail": (completion.detail),
        "doc": (completion.doc),
        "insert": (completion.insert),
        "range": (content.range(completion.span).to_value()),
        "also": (edits(content, completion.also.as_slice())),
    })
}

/// Names of Monaco's `CompletionItemKind`.
fn kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Field => "Property",
        CompletionKind::State => "Reference",
        CompletionKind::Value => "Value",
        CompletionKind::Function => "Function",
        CompletionKind::Variable => "Variable",
        CompletionKind::Snippet => "Snippet",
    }
}

fn edits(content: &Content, edits: &[(Span, String)]) -> Value {
    Value::array(edits.iter().map(|(span, text)| json!({ "range": (content.range(*span).to_value()), "text": text })).collect())
}

fn ranges(content: &Content, spans: Vec<Span>) -> Value {
    Value::array(spans.into_iter().map(|span| content.range(span).to_value()).collect())
}

/// The name alone, where a span holds its quotes too.
fn within_quotes(text: &str, span: Span) -> Span {
    let quoted = span.of(text);
    match quoted.len() >= 2 && quoted.starts_with('"') && quoted.ends_with('"') {
        true => Span::new(span.start + 1, span.end - 1),
        false => span,
    }
}

/// Symbols in the order of the text, each under the nearest one before it that is less deep.
fn nested(content: &Content, symbols: &[Symbol]) -> Value {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(symbol) = symbols.get(at) {
        let below = symbols[at + 1..].iter().take_while(|other| other.depth > symbol.depth).count();
        items.push(json!({
            "name": (&symbol.name),
            "detail": (symbol.kind.map_or("", |kind| kind.name())),
            "range": (content.range(symbol.span).to_value()),
            "nameRange": (content.range(symbol.name_span).to_value()),
            "children": (nested(content, &symbols[at + 1..at + 1 + below])),
        }));
        at += 1 + below;
    }
    Value::array(items)
}
