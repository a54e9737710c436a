//! A worker in the sandboxed frame that runs the user's functions.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/mocks.js")]
extern "C" {
    type Started;
    #[wasm_bindgen(js_name = startWorker)]
    fn start_worker(hear: &Closure<dyn FnMut(String)>) -> Started;
    #[wasm_bindgen(method)]
    fn post(this: &Started, text: &str);
    #[wasm_bindgen(method)]
    fn kill(this: &Started);
}

/// One worker; killed when it is dropped.
pub struct Worker {
    started: Started,
    _hear: Closure<dyn FnMut(String)>,
}

impl Worker {
    /// Starts a worker; `hear` gets each text it sends, never during a call of a method of this.
    pub fn start(hear: impl FnMut(String) + 'static) -> Worker {
        let hear = Closure::new(hear);
        Worker { started: start_worker(&hear), _hear: hear }
    }

    /// Sends a text; one sent before the worker has started waits for it.
    pub fn post(&self, text: &str) {
        self.started.post(text);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.started.kill();
    }
}
