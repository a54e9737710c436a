//! Views on the page. Each has a node at least, so its place is never lost.

use std::borrow::Cow;

use leptos::prelude::document;
use leptos::web_sys::{Element, Node, Text};
use wasm_bindgen::JsCast;

use super::filled::Filled;
use super::keyed::KeyedList;
use super::list;
use super::live::Live;
use super::{Kind, View};

/// A view on the page, or on its way there. Dropping it ends its effects and its handlers; its nodes stay until they are removed.
pub enum Built {
    /// Holds the place of a view without nodes.
    Nothing(Node),
    Text(Text, Cow<'static, str>),
    /// Never empty.
    List(Vec<Built>),
    Filled(Filled),
    Live(Live),
    Keyed(KeyedList),
}

impl Built {
    /// Builds a view as the last child of a node.
    pub fn new(view: View, into: &Node) -> Built {
        match view.kind() {
            Kind::Text(text) => {
                let node = document().create_text_node(&text);
                append(into, &node);
                Built::Text(node, text)
            }
            Kind::Live(make) => Built::Live(Live::new(make, into)),
            Kind::List(views) if !views.is_empty() => Built::List(views.into_iter().map(|view| Built::new(view, into)).collect()),
            Kind::Filled(template, holes) => Built::Filled(Filled::new(template, holes, into)),
            Kind::Keyed(keyed) => Built::Keyed(KeyedList::new(*keyed, into)),
            Kind::Nothing | Kind::Set | Kind::List(_) | Kind::Handler(_) | Kind::Reference(_) => {
                let node = document().create_comment("");
                append(into, &node);
                Built::Nothing(node.into())
            }
        }
    }

    /// Builds a view that stands nowhere yet.
    pub fn aside(view: View) -> (Built, Node) {
        let fragment = fragment();
        (Built::new(view, &fragment), fragment)
    }

    /// Makes what is there show another view: in place where it is alike.
    pub fn rebuild(&mut self, view: View) {
        match (&mut *self, view.kind()) {
            (Built::Nothing(_), Kind::Nothing) => {}
            (Built::Text(node, old), Kind::Text(new)) => {
                if *old != new {
                    node.set_data(&new);
                    *old = new;
                }
            }
            (Built::Live(live), Kind::Live(make)) => live.restart(make),
            (Built::List(built), Kind::List(views)) if !views.is_empty() => list::rebuild(built, views),
            (Built::Filled(filled), Kind::Filled(template, holes)) if filled.is_of(template) => filled.refill(holes),
            (_, view) => {
                let (new, fragment) = Built::aside(view.into());
                insert_before(&self.first(), &fragment);
                self.remove();
                *self = new;
            }
        }
    }

    /// Does something with each node that stands in the view's place, in their order.
    pub fn each_node(&self, act: &mut dyn FnMut(&Node)) {
        match self {
            Built::Nothing(node) => act(node),
            Built::Text(node, _) => act(node),
            Built::List(built) => built.iter().for_each(|built| built.each_node(act)),
            Built::Filled(filled) => filled.each_node(act),
            Built::Live(live) => live.each_node(act),
            Built::Keyed(keyed) => keyed.each_node(act),
        }
    }

    /// The first node of the view.
    pub fn first(&self) -> Node {
        let mut first = None;
        self.each_node(&mut |node| {
            first.get_or_insert_with(|| node.clone());
        });
        first.expect("a view has a node")
    }

    /// The last node of the view.
    pub fn last(&self) -> Node {
        let mut last = None;
        self.each_node(&mut |node| last = Some(node.clone()));
        last.expect("a view has a node")
    }

    /// Takes the view's nodes out of the page.
    pub fn remove(&self) {
        // `remove` is of every node that can be a child.
        self.each_node(&mut |node| node.unchecked_ref::<Element>().remove());
    }

    /// Moves the view's nodes to before another.
    pub fn move_before(&self, before: &Node) {
        self.each_node(&mut |node| insert_before(before, node));
    }
}

pub fn fragment() -> Node {
    document().create_document_fragment().into()
}

/// None of these can fail: the nodes are our own, and none holds another's parent.
pub fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

/// Puts a node, or all that a fragment holds, before another.
pub fn insert_before(before: &Node, node: &Node) {
    if let Some(parent) = before.parent_node() {
        let _ = parent.insert_before(node, Some(before));
    }
}
