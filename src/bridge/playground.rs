//! `window.playground`, by which other pages and scripts use this one. What its functions do is told from outside; here they become
//! JavaScript's.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/playground.js")]
extern "C" {
    fn install(ask: &JsValue, run: &JsValue);
}

/// An error that JavaScript sees: the message, and members of its own.
pub struct Failure {
    pub message: String,
    pub more: Value,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), more: json!({}) }
    }
}

/// How the answer to a run is given, once.
pub type Answer = Box<dyn FnOnce(Result<Value, Failure>)>;

/// Puts the object in place for as long as the page lives: `ask` answers a function by its name and argument, `run` starts a run.
pub fn provide(ask: impl Fn(&str, Value) -> Result<Value, Failure> + 'static, run: impl Fn(Value, Answer) + 'static) {
    let ask = Closure::<dyn Fn(String, String) -> String>::new(move |name: String, argument: String| {
        written(ask(&name, read(&argument)))
    });
    let run = Closure::<dyn Fn(String, js_sys::Function)>::new(move |options: String, resolve: js_sys::Function| {
        run(read(&options), Box::new(move |answer| drop(resolve.call1(&JsValue::NULL, &written(answer).into()))));
    });
    install(ask.as_ref(), run.as_ref());
    ask.forget();
    run.forget();
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn written(answer: Result<Value, Failure>) -> String {
    match answer {
        Ok(value) => json!({ "ok": value }).to_string(),
        Err(failure) => {
            let mut error = failure.more;
            error["error"] = failure.message.into();
            error.to_string()
        }
    }
}
