//! The drawing of a definition as numbers: placed boxes and routed lines, with no SVG in it.
//!
//! [`layout`] is a pure function of the definition: the same text gives the same numbers in every run, natively and in wasm, and the
//! order of the keys of `States` moves nothing. It draws whatever can be drawn of a definition with errors.

mod alive;
mod caption;
mod layered;
mod measure;
mod nest;
mod places;
mod read;
mod view;
mod words;

pub use alive::{Alive, MOST_CELLS, MapRun, NodeRun, Picks};
pub use places::{drawing_from, is_large, places};
pub use view::{Part, Step, View, neighbour};

use crate::json;
use crate::order::Set;

/// A definition as boxes and lines, in px; the origin is the top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// A container stands before what it contains, siblings stand in reading order.
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub w: f64,
    pub h: f64,
}

/// A box: a state, or one of the marks `Start`, `End` and a missing target.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The JSON pointer of the state (`/States/X/Branches/0/States/Y`), that a missing target would have, or `start` or `end`.
    pub id: String,
    /// The index in [`Drawing::nodes`] of the container around it.
    pub parent: Option<usize>,
    /// Top left corner.
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    pub kind: Kind,
    /// The state's name, whole.
    pub name: String,
    /// The name as it fits the box: cut in the middle when it is long.
    pub title: String,
    /// What kind of state it is, in small: `Lambda invoke`, `SQS · wait for callback`, `Choice`.
    pub caption: String,
    /// The name of the symbol in `icons.svg`, without its size.
    pub glyph: &'static str,
    /// What stands in the second row of a Map's header before a run: `$.items, at most 2 at once`.
    pub detail: Option<String>,
    /// How high the header of a container is; `None` for a card.
    pub header: Option<f64>,
    /// Where lines part the branches of a Parallel: x from the left edge of the drawing, or y from its top when it runs left to right.
    pub dividers: Vec<f64>,
    /// A container drawn as a card because the reader closed it.
    pub collapsed: bool,
    /// No way leads here from `StartAt`.
    pub unreachable: bool,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Start,
    End,
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
    /// A state whose `Type` is missing or unknown.
    Unknown,
    /// The target of a transition that names no state.
    Missing,
}

/// A transition as a line of horizontal and vertical pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Indices in [`Drawing::nodes`].
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    /// Which of the rules of a Choice or of the catchers it is, from 0.
    pub way: Option<u32>,
    /// From the border of one box to the border of the other.
    pub points: Vec<Point>,
    pub label: Option<Label>,
}

/// Which field of a definition makes a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    Start,
    Next,
    Choice,
    Default,
    Catch,
    End,
}

/// The words on an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Top left corner of its plate.
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    /// As drawn, cut when long.
    pub text: String,
    /// The whole rule, or the errors a catcher answers.
    pub full: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Which way the transitions lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Down,
    Right,
}

/// What the reader chose about the drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    pub direction: Direction,
    /// The ids of the containers that are drawn closed.
    pub collapsed: Set<String>,
    /// The JSON pointer of the branch or processor that is drawn alone; empty for the whole.
    pub scope: String,
}

/// Draws the text of a definition, as far as it can be read.
pub fn layout(text: &str) -> Drawing {
    layout_node(&json::parse(text).root)
}

/// Draws a definition that is parsed already.
pub fn layout_node(definition: &json::Node) -> Drawing {
    layout_with(definition, &Options::default())
}

/// What the card of a state says in small, and its glyph.
pub fn caption_and_glyph(state: &json::Node) -> (String, &'static str) {
    caption::of(read::kind_of(state), state)
}

/// Draws a definition as the reader wants it.
pub fn layout_with(definition: &json::Node, options: &Options) -> Drawing {
    nest::draw(scopes(definition, options), options, &mut layered::place)
}

/// What is drawn of a definition.
fn scopes(definition: &json::Node, options: &Options) -> Vec<read::Scope> {
    let alone = json::node_at(definition, &options.scope).filter(|_| !options.scope.is_empty());
    match alone {
        Some(machine) => read::read(machine, &options.scope),
        None => read::read(definition, ""),
    }
}

/// The width in px that the drawing keeps for a name.
pub fn name_width(name: &str) -> f64 {
    measure::width(name, measure::Font::Name)
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Start => "Start",
            Kind::End => "End",
            Kind::Task => "Task",
            Kind::Pass => "Pass",
            Kind::Choice => "Choice",
            Kind::Wait => "Wait",
            Kind::Succeed => "Succeed",
            Kind::Fail => "Fail",
            Kind::Parallel => "Parallel",
            Kind::Map => "Map",
            Kind::Unknown => "Unknown",
            Kind::Missing => "Missing",
        }
    }

    /// Whether it stands for a state of the definition.
    pub fn is_state(self) -> bool {
        !matches!(self, Kind::Start | Kind::End | Kind::Missing)
    }
}

impl EdgeKind {
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Start => "start",
            EdgeKind::Next => "next",
            EdgeKind::Choice => "choice",
            EdgeKind::Default => "default",
            EdgeKind::Catch => "catch",
            EdgeKind::End => "end",
        }
    }
}
