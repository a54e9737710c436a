//! The browser's streams as Rust's and back: what Leptos names of the crate `wasm-streams`. The page streams nothing; but of the crate
//! itself every class is exported to JavaScript, and what is exported stays in the wasm.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::{Stream, StreamExt, stream};
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{ReadableStream as Raw, ReadableStreamDefaultController as Controller, ReadableStreamDefaultReader as Reader};

/// A stream that can be read.
pub struct ReadableStream(Raw);

impl ReadableStream {
    pub fn from_raw(raw: Raw) -> ReadableStream {
        ReadableStream(raw)
    }

    pub fn into_raw(self) -> Raw {
        self.0
    }

    /// The chunks of a stream of the browser's.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        let reader: Reader = self.0.get_reader().unchecked_into();
        stream::unfold(reader, |reader| async {
            let read = async {
                let result = JsFuture::from(reader.read()).await?;
                let done = Reflect::get(&result, &"done".into())?.is_truthy();
                if done { Ok(None) } else { Reflect::get(&result, &"value".into()).map(Some) }
            };
            let chunk: Result<Option<JsValue>, JsValue> = read.await;
            Some((chunk.transpose()?, reader))
        })
    }

    /// A stream for the browser, which asks for each chunk.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> ReadableStream {
        let stream = Rc::new(RefCell::new(Box::pin(stream)));
        let pull = Closure::<dyn Fn(Controller) -> js_sys::Promise>::new(move |controller: Controller| {
            let stream = stream.clone();
            future_to_promise(async move {
                // The browser asks for one chunk at a time.
                let next = stream.borrow_mut().next().await;
                match next {
                    Some(chunk) => controller.enqueue_with_chunk(&chunk?)?,
                    None => controller.close()?,
                }
                Ok(JsValue::UNDEFINED)
            })
        });
        let source = js_sys::Object::new();
        let _ = Reflect::set(&source, &"pull".into(), &pull.into_js_value());
        ReadableStream(Raw::new_with_underlying_source(&source).expect_throw("a source with `pull` is one"))
    }
}
