//! `window.playground`, by which other pages and scripts use this one. What its functions do is told from outside; here they become
//! JavaScript's.

use crate::json::value_of;
use crate::value::{Value, json};
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
        Failure { message: message.into(), more: Value::empty_object() }
    }
}

/// How a run is answered.
pub struct Answer {
    add: js_sys::Function,
    resolve: js_sys::Function,
}

impl Answer {
    /// Adds events, as the text of a JSON array: a long history must not be handed over in one piece.
    pub fn add(&self, events: &str) {
        let _ = self.add.call1(&JsValue::NULL, &events.into());
    }

    /// Gives all the rest.
    pub fn finish(&self, rest: Result<Value, Failure>) {
        let _ = self.resolve.call1(&JsValue::NULL, &written(rest).into());
    }
}

/// Puts the object in place for as long as the page lives: `ask` answers a function by its name and argument, `run` starts a run.
pub fn provide(ask: impl Fn(&str, Value) -> Result<Value, Failure> + 'static, run: impl Fn(Value, Answer) + 'static) {
    let ask = Closure::<dyn Fn(String, String) -> String>::new(move |name: String, argument: String| {
        written(ask(&name, read(&argument)))
    });
    let run = Closure::<dyn Fn(String, js_sys::Function, js_sys::Function)>::new(move |options: String, add, resolve| {
        run(read(&options), Answer { add, resolve });
    });
    install(ask.as_ref(), run.as_ref());
    ask.forget();
    run.forget();
}

fn read(text: &str) -> Value {
    value_of(text).unwrap_or_default()
}

fn written(answer: Result<Value, Failure>) -> String {
    let answer = match answer {
        Ok(value) => json!({ "ok": value }),
        Err(Failure { message, more }) => json!({ "error": message, "more": more }),
    };
    answer.to_string()
}
