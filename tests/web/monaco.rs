//! The code editor behind the bridge.

use crate::use_built_files;
use asl_playground::bridge::clock;
use asl_playground::bridge::monaco::{Editor, Language, Monaco};
use asl_playground::check::Diagnostic;
use asl_playground::text::Span;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

async fn mounted(text: &str) -> (HtmlElement, Editor) {
    use_built_files();
    let document = web_sys::window().unwrap().document().unwrap();
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    host.set_attribute("style", "width: 600px; height: 400px").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let monaco = Monaco::load().await.unwrap();
    monaco.use_theme(false);
    let editor = monaco.mount(&host, "test.json", Language::Definition, "Definition", text);
    (host, editor)
}

/// Waits until the page shows something.
async fn shown(host: &HtmlElement, selector: &str) {
    while host.query_selector(selector).unwrap().is_none() {
        clock::sleep(10.0).await;
    }
}

#[wasm_bindgen_test]
async fn text_goes_both_ways() {
    let (_host, editor) = mounted("{\"a\": 1}").await;
    let heard = Rc::new(RefCell::new(Vec::new()));
    editor.on_change({
        let heard = heard.clone();
        move |text| heard.borrow_mut().push(text)
    });
    editor.set_text("{\"a\": \"😀\"}");
    editor.set_text("{\"a\": \"😀\"}");
    assert_eq!(editor.text(), "{\"a\": \"😀\"}");
    assert_eq!(*heard.borrow(), ["{\"a\": \"😀\"}"]);
}

#[wasm_bindgen_test]
async fn ends_of_lines_are_made_alike() {
    let (_host, editor) = mounted("{\r\n\"a\": 1\n}").await;
    let text = editor.text();
    assert!(text == "{\n\"a\": 1\n}" || text == "{\r\n\"a\": 1\r\n}", "{text:?}");
}

#[wasm_bindgen_test]
async fn problems_are_underlined_at_their_bytes() {
    let text = "{\"é😀\": 1,\n \"b\": 2}";
    let (host, editor) = mounted(text).await;
    let at = text.find('2').unwrap();
    let carets = Rc::new(RefCell::new(Vec::new()));
    editor.on_caret({
        let carets = carets.clone();
        move |offset| carets.borrow_mut().push(offset)
    });
    editor.set_problems(&[Diagnostic::error("test", Span::new(at, at + 1), "no")]);
    shown(&host, ".squiggly-error").await;
    editor.reveal(Span::new(at, at + 1));
    assert_eq!(carets.borrow().last(), Some(&(at + 1)));
    editor.set_problems(&[]);
    while host.query_selector(".squiggly-error").unwrap().is_some() {
        clock::sleep(10.0).await;
    }
}

#[wasm_bindgen_test]
async fn a_dropped_editor_leaves_nothing() {
    let (host, editor) = mounted("{}").await;
    shown(&host, ".monaco-editor").await;
    drop(editor);
    assert!(host.query_selector(".monaco-editor").unwrap().is_none());
}
