//! The code editor behind the bridge.

use crate::use_built_files;
use asl_playground::bridge::clock;
use asl_playground::bridge::monaco::{Answer, Asked, Editor, Language, Monaco};
use asl_playground::check::Diagnostic;
use asl_playground::text::{Position, Span};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// All that an editor has told and asked.
type Heard = Rc<RefCell<Vec<Asked>>>;

async fn mounted(text: &str) -> (HtmlElement, Editor, Heard) {
    use_built_files();
    let document = web_sys::window().unwrap().document().unwrap();
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    host.set_attribute("style", "width: 600px; height: 400px").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let monaco = Monaco::load().await.unwrap();
    monaco.use_theme(false);
    let heard = Heard::default();
    let answer = {
        let heard = heard.clone();
        move |_: &str, asked| {
            heard.borrow_mut().push(asked);
            Answer::Nothing
        }
    };
    let editor = monaco.mount(&host, ["test.json", "Definition"], Language::Definition, text, answer);
    (host, editor, heard)
}

/// Waits until the page shows something.
async fn shown(host: &HtmlElement, selector: &str) {
    while host.query_selector(selector).unwrap().is_none() {
        clock::sleep(10.0).await;
    }
}

#[wasm_bindgen_test]
async fn text_goes_both_ways() {
    let (_host, editor, heard) = mounted("{\"a\": 1}").await;
    editor.set_text("{\"a\": \"😀\"}");
    editor.set_text("{\"a\": \"😀\"}");
    assert_eq!(editor.text(), "{\"a\": \"😀\"}");
    let texts = heard.borrow().iter().filter(|asked| matches!(asked, Asked::Text(_))).cloned().collect::<Vec<_>>();
    assert_eq!(texts, [Asked::Text("{\"a\": \"😀\"}".to_owned())]);
}

#[wasm_bindgen_test]
async fn ends_of_lines_are_made_alike() {
    let (_host, editor, _) = mounted("{\r\n\"a\": 1\n}").await;
    let text = editor.text();
    assert!(text == "{\n\"a\": 1\n}" || text == "{\r\n\"a\": 1\r\n}", "{text:?}");
}

#[wasm_bindgen_test]
async fn problems_are_underlined_at_their_bytes() {
    let text = "{\"é😀\": 1,\n \"b\": 2}";
    let (host, editor, heard) = mounted(text).await;
    let at = text.find('2').unwrap();
    editor.set_problems(&[Diagnostic::error("test", Span::new(at, at + 1), "no")]);
    shown(&host, ".squiggly-error").await;
    editor.reveal(Span::new(at, at + 1));
    let caret = heard.borrow().iter().rfind(|asked| matches!(asked, Asked::Caret(_))).cloned();
    assert_eq!(caret, Some(Asked::Caret(Position { line: 2, column: 8 })));
    editor.set_problems(&[]);
    while host.query_selector(".squiggly-error").unwrap().is_some() {
        clock::sleep(10.0).await;
    }
}

#[wasm_bindgen_test]
async fn a_dropped_editor_leaves_nothing() {
    let (host, editor, _) = mounted("{}").await;
    shown(&host, ".monaco-editor").await;
    drop(editor);
    assert!(host.query_selector(".monaco-editor").unwrap().is_none());
}
