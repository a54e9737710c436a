use std::vec;

use leptos::prelude::document;
use leptos::web_sys::{Element, Node};

use super::View;
use super::attribute::Attribute;
use super::built::{Built, append};
use super::template::{Piece, Template};

/// A template on the page.
pub struct Filled {
    template: &'static Template,
    /// The nodes of the template that are inside no other, and the holes between them.
    roots: Vec<Root>,
    holes: Vec<Hole>,
}

enum Root {
    Node(Node),
    /// The hole with this index.
    Hole(usize),
}

enum Hole {
    Child(Built),
    Attribute(Attribute),
}

impl Filled {
    pub fn new(template: &'static Template, views: Box<[View]>, into: &Node) -> Filled {
        let mut building = Building {
            into,
            open: Vec::new(),
            views: views.into_vec().into_iter(),
            filled: Filled { template, roots: Vec::new(), holes: Vec::new() },
        };
        template.pieces().for_each(|piece| building.add(piece));
        building.filled
    }

    pub fn is_of(&self, template: &'static Template) -> bool {
        std::ptr::eq(self.template.0, template.0)
    }

    /// Fills the holes anew.
    pub fn refill(&mut self, views: Box<[View]>) {
        for (hole, view) in self.holes.iter_mut().zip(views) {
            match hole {
                Hole::Child(built) => built.rebuild(view),
                Hole::Attribute(attribute) => attribute.refill(view),
            }
        }
    }

    pub fn each_node(&self, act: &mut dyn FnMut(&Node)) {
        for root in &self.roots {
            match root {
                Root::Node(node) => act(node),
                Root::Hole(at) => {
                    if let Some(Hole::Child(built)) = self.holes.get(*at) {
                        built.each_node(act);
                    }
                }
            }
        }
    }
}

struct Building<'a> {
    into: &'a Node,
    /// The elements that have begun and not ended.
    open: Vec<Element>,
    views: vec::IntoIter<View>,
    filled: Filled,
}

impl Building<'_> {
    fn add(&mut self, piece: Piece) {
        match piece {
            Piece::Open { name, svg } => self.open.push(element(name, svg)),
            Piece::Close => {
                if let Some(element) = self.open.pop() {
                    self.place(element.into());
                }
            }
            Piece::Text(text) => self.place(document().create_text_node(text).into()),
            Piece::Attribute(name, value) => {
                if let Some(element) = self.open.last() {
                    let _ = element.set_attribute(name, value);
                }
            }
            Piece::Child => {
                let view = self.views.next().unwrap_or(View::NOTHING);
                let into = self.open.last().map_or(self.into, |element| element);
                let built = Built::new(view, into);
                if self.open.is_empty() {
                    self.filled.roots.push(Root::Hole(self.filled.holes.len()));
                }
                self.filled.holes.push(Hole::Child(built));
            }
            Piece::Hole(hole, name) => {
                if let (Some(element), Some(view)) = (self.open.last(), self.views.next()) {
                    self.filled.holes.push(Hole::Attribute(Attribute::new(element, hole, name, view)));
                }
            }
        }
    }

    /// Puts a node where it belongs.
    fn place(&mut self, node: Node) {
        match self.open.last() {
            Some(parent) => append(parent, &node),
            None => {
                append(self.into, &node);
                self.filled.roots.push(Root::Node(node));
            }
        }
    }
}

fn element(name: &str, svg: bool) -> Element {
    let document = document();
    let made =
        if svg { document.create_element_ns(Some("http://www.w3.org/2000/svg"), name) } else { document.create_element(name) };
    made.expect("`view!` has read the name")
}
