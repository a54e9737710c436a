//! Handlers of events, and who wants to know an element.

use std::marker::PhantomData;

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::{event_target_checked, event_target_value};
use leptos::tachys::html::node_ref::NodeRefContainer;
use leptos::web_sys::Event;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::{Hear, Kind, View};
use crate::ui::signals::RwSignal;

/// What an event of a kind does.
pub fn on<E: EventDescriptor<EventType: JsCast + 'static>>(_event: E, handle: impl FnMut(E::EventType) + 'static) -> View {
    handler(Box::new(On(handle, PhantomData::<E::EventType>)))
}

/// Keeps in a signal what is typed.
pub fn on_text(text: RwSignal<String>) -> View {
    on(leptos::ev::input, move |event| text.set(event_target_value(&event)))
}

/// Keeps in a signal whether a box is ticked.
pub fn on_tick(ticked: RwSignal<bool>) -> View {
    on(leptos::ev::change, move |event| ticked.set(event_target_checked(&event)))
}

/// What an event of a type does.
struct On<F, E>(F, PhantomData<E>);

impl<F: FnMut(E), E: JsCast> Hear for On<F, E> {
    fn hear(&mut self, event: Event) {
        (self.0)(event.unchecked_into());
    }
}

fn handler(handle: Box<dyn Hear>) -> View {
    Kind::Handler(SendWrapper::new(handle)).into()
}

/// Tells an element to who wants to know it.
pub fn reference<E: ElementType>(container: impl NodeRefContainer<E>) -> View {
    Kind::Reference(Box::new(move |element| container.load(element))).into()
}
