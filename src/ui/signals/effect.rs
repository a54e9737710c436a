//! Effects, all run by one code.

/// What is done to the world outside whenever what it reads has changed.
pub struct Effect;

impl Effect {
    /// Does something a moment from now, and again after each change; it is given what it gave the last time.
    pub fn new<T: 'static>(act: impl FnMut(Option<T>) -> T + 'static) -> Effect {
        start(Box::new(Acting { act, last: None }));
        Effect
    }
}

/// An effect, whatever it gives. See [`Make`](crate::ui::dom::Make) for why it is no `dyn FnMut`.
trait Act {
    fn act(&mut self);
}

struct Acting<F, T> {
    act: F,
    last: Option<T>,
}

impl<F: FnMut(Option<T>) -> T, T> Act for Acting<F, T> {
    fn act(&mut self) {
        let last = self.last.take();
        self.last = Some((self.act)(last));
    }
}

fn start(mut act: Box<dyn Act>) {
    leptos::prelude::Effect::new(move |_: Option<()>| act.act());
}
