use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::RenderEffect;
use leptos::web_sys::Node;

use super::Make;
use super::built::Built;

/// A view that follows what it reads.
pub struct Live {
    built: Rc<RefCell<Option<Built>>>,
    effect: RenderEffect<()>,
}

impl Live {
    pub fn new(make: Box<dyn Make>, into: &Node) -> Live {
        let built = Rc::default();
        let effect = follow(make, &built, Some(into.clone()));
        Live { built, effect }
    }

    /// Follows something else from now on, in the same place.
    pub fn restart(&mut self, make: Box<dyn Make>) {
        self.effect = follow(make, &self.built, None);
    }

    pub fn each_node(&self, act: &mut dyn FnMut(&Node)) {
        if let Some(built) = &*self.built.borrow() {
            built.each_node(act);
        }
    }
}

impl Drop for Live {
    /// The effect ends a moment later; what it built ends now.
    fn drop(&mut self) {
        self.built.take();
    }
}

fn follow(mut make: Box<dyn Make>, built: &Rc<RefCell<Option<Built>>>, mut into: Option<Node>) -> RenderEffect<()> {
    let built = built.clone();
    RenderEffect::new(move |_| {
        let view = make.make();
        let mut built = built.borrow_mut();
        match (&mut *built, into.take()) {
            (Some(built), _) => built.rebuild(view),
            (empty, Some(into)) => *empty = Some(Built::new(view, &into)),
            // It has left the page.
            (None, None) => {}
        }
    })
}
