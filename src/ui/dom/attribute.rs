use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::RenderEffect;
use leptos::web_sys::{Element, Event, HtmlElement};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::template::Hole;
use super::{Hear, Kind, View};

/// Something of an element that was filled.
pub struct Attribute {
    target: Rc<Target>,
    /// Follows what its value reads.
    effect: Option<RenderEffect<()>>,
    /// What hears the event.
    heard: Option<Heard>,
}

/// A listener, which stays the same when it is to do something else.
struct Heard {
    closure: Closure<dyn FnMut(Event)>,
    handle: Rc<Cell<Option<Handle>>>,
}

type Handle = Box<dyn Hear>;

impl Heard {
    fn new(handle: Handle) -> Heard {
        let handle = Rc::new(Cell::new(Some(handle)));
        let kept = handle.clone();
        let closure = Closure::new(move |event: Event| {
            // It is out while it works: an event that it brings about itself finds nobody.
            let Some(mut act) = kept.take() else { return };
            act.hear(event);
            // Unless it was replaced meanwhile.
            let newer = kept.take();
            kept.set(newer.or(Some(act)));
        });
        Heard { closure, handle }
    }
}

/// What is filled, and with what it was last.
struct Target {
    element: Element,
    hole: Hole,
    name: &'static str,
    value: RefCell<View>,
}

impl Attribute {
    pub fn new(element: &Element, hole: Hole, name: &'static str, view: View) -> Attribute {
        let target = Target { element: element.clone(), hole, name, value: RefCell::new(View::NOTHING) };
        let mut attribute = Attribute { target: Rc::new(target), effect: None, heard: None };
        attribute.refill(view);
        attribute
    }

    pub fn refill(&mut self, view: View) {
        // What was followed until now has nothing to say any more.
        self.effect = None;
        if matches!(view.as_kind(), Kind::Nothing | Kind::Set | Kind::Text(_)) {
            // A person may have typed something else meanwhile.
            return self.target.set(view, true);
        }
        match view.kind() {
            Kind::Live(mut make) => {
                let (target, mut again) = (self.target.clone(), false);
                self.effect = Some(RenderEffect::new(move |_| {
                    target.set(make.make(), again);
                    again = true;
                }));
            }
            Kind::Handler(handle) => match &self.heard {
                Some(heard) => heard.handle.set(Some(handle.take())),
                None => {
                    let heard = Heard::new(handle.take());
                    let _ = self
                        .target
                        .element
                        .add_event_listener_with_callback(self.target.name, heard.closure.as_ref().unchecked_ref());
                    self.heard = Some(heard);
                }
            },
            Kind::Reference(tell) => tell(&self.target.element),
            _ => {}
        }
    }
}

impl Drop for Attribute {
    fn drop(&mut self) {
        if let Some(heard) = self.heard.take() {
            let _ =
                self.target.element.remove_event_listener_with_callback(self.target.name, heard.closure.as_ref().unchecked_ref());
        }
    }
}

impl Target {
    /// Gives the element a value, if it is another than it was given. A property is given it `again` in any case: meanwhile a person may
    /// have typed something else.
    fn set(&self, value: View, again: bool) {
        if again && self.hole == Hole::Property || !same(&self.value.borrow(), &value) {
            self.write(&value);
            self.value.replace(value);
        }
    }

    fn write(&self, value: &View) {
        let Target { element, name, .. } = self;
        let text = match value.as_kind() {
            Kind::Text(text) => Some(&**text),
            Kind::Set => Some(""),
            _ => None,
        };
        // None of these can fail: `view!` has read the names.
        match (self.hole, text) {
            (Hole::Attribute, Some(text)) => drop(element.set_attribute(name, text)),
            (Hole::Attribute, None) => drop(element.remove_attribute(name)),
            (Hole::Class, Some(_)) => drop(element.class_list().add_1(name)),
            (Hole::Class, None) => drop(element.class_list().remove_1(name)),
            (Hole::Style, text) => drop(style(element).set_property(name, text.unwrap_or_default())),
            (Hole::Property, _) => {
                let value = match value.as_kind() {
                    Kind::Text(text) => JsValue::from_str(text),
                    value => JsValue::from_bool(matches!(value, Kind::Set)),
                };
                drop(Reflect::set(element, &JsValue::from_str(name), &value));
            }
            (Hole::Handler | Hole::Reference, _) => {}
        }
    }
}

/// SVG's elements have a style as HTML's have.
fn style(element: &Element) -> leptos::web_sys::CssStyleDeclaration {
    element.unchecked_ref::<HtmlElement>().style()
}

fn same(one: &View, other: &View) -> bool {
    match (one.as_kind(), other.as_kind()) {
        (Kind::Nothing, Kind::Nothing) | (Kind::Set, Kind::Set) => true,
        (Kind::Text(one), Kind::Text(other)) => one == other,
        _ => false,
    }
}
