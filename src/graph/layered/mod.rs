//! A layered layout of one scope: boxes in rows, lines from row to row. Knows sizes and kinds of lines, and nothing of states.
//!
//! The steps: turn back edges round ([`cycles`]), rank ([`ranks`]), make every line a chain of segments from layer to layer ([`net`]),
//! order the layers so that little crosses ([`order`]), choose ports ([`ports`]), find columns ([`columns`], [`align`]), and route
//! ([`tracks`], [`route`]). Parts that don't hang together are laid out on their own, side by side.

mod align;
mod columns;
mod cycles;
mod net;
mod order;
mod ports;
mod ranks;
mod reinsert;
mod route;
mod simplex;
mod tracks;

use super::{EdgeKind, Point};
use net::{Net, Sharing};

/// Sizes in px, to be placed.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub boxes: Vec<Size>,
    pub lines: Vec<Line>,
    /// The box that is entered first.
    pub start: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    pub w: f64,
    pub h: f64,
}

#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub kind: EdgeKind,
    /// The plate of its words.
    pub label: Option<Size>,
}

/// Where everything of a [`Graph`] lies, by the same indices; boxes and labels by their top left corner.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    pub boxes: Vec<Point>,
    pub routes: Vec<Vec<Point>>,
    pub labels: Vec<Option<Point>>,
    pub size: Size,
}

impl Placed {
    /// Changes all points alike.
    pub fn each_point(&mut self, change: &mut dyn FnMut(&mut Point)) {
        self.boxes.iter_mut().for_each(&mut *change);
        self.routes.iter_mut().flatten().for_each(&mut *change);
        self.labels.iter_mut().flatten().for_each(change);
    }
}

/// The least gap between boxes side by side, between lines, and between parts that don't hang together.
const BOX_GAP: f64 = 24.0;
const LINE_GAP: f64 = 14.0;
const PART_GAP: f64 = 40.0;

/// Places a graph of any shape.
pub fn place(graph: &Graph) -> Placed {
    let mut placed = Placed {
        boxes: vec![Point::default(); graph.boxes.len()],
        routes: vec![Vec::new(); graph.lines.len()],
        labels: vec![None; graph.lines.len()],
        size: Size::default(),
    };
    for part in parts(graph) {
        let x = if placed.size.w > 0.0 { placed.size.w + PART_GAP } else { 0.0 };
        let inner = place_part(&part.graph, x);
        for (at, corner) in part.boxes.iter().zip(&inner.boxes) {
            placed.boxes[*at] = *corner;
        }
        for (&at, (route, label)) in part.lines.iter().zip(inner.routes.into_iter().zip(inner.labels)) {
            (placed.routes[at], placed.labels[at]) = (route, label);
        }
        placed.size = Size { w: x + inner.size.w, h: placed.size.h.max(inner.size.h) };
    }
    placed
}

/// What hangs together, with the indices its boxes and lines have in the whole.
struct Part {
    graph: Graph,
    boxes: Vec<usize>,
    lines: Vec<usize>,
}

/// The parts of a graph, that with the start first, then by their first box.
fn parts(graph: &Graph) -> Vec<Part> {
    let mut neighbours = vec![Vec::new(); graph.boxes.len()];
    for line in &graph.lines {
        neighbours[line.from].push(line.to);
        neighbours[line.to].push(line.from);
    }
    let mut part_of = vec![usize::MAX; graph.boxes.len()];
    let mut count = 0;
    for seed in graph.start.into_iter().chain(0..graph.boxes.len()) {
        if part_of[seed] != usize::MAX {
            continue;
        }
        part_of[seed] = count;
        let mut open = vec![seed];
        while let Some(at) = open.pop() {
            for &neighbour in &neighbours[at] {
                if part_of[neighbour] == usize::MAX {
                    part_of[neighbour] = count;
                    open.push(neighbour);
                }
            }
        }
        count += 1;
    }
    let mut parts: Vec<Part> = (0..count).map(|_| Part { graph: Graph::default(), boxes: Vec::new(), lines: Vec::new() }).collect();
    let mut index_in_part = vec![0; graph.boxes.len()];
    for (at, size) in graph.boxes.iter().enumerate() {
        let part = &mut parts[part_of[at]];
        index_in_part[at] = part.boxes.len();
        part.boxes.push(at);
        part.graph.boxes.push(*size);
        if graph.start == Some(at) {
            part.graph.start = Some(index_in_part[at]);
        }
    }
    for (at, line) in graph.lines.iter().enumerate() {
        let part = &mut parts[part_of[line.from]];
        part.lines.push(at);
        part.graph.lines.push(Line { from: index_in_part[line.from], to: index_in_part[line.to], ..*line });
    }
    parts
}

/// Places a part, its left edge at `x`.
fn place_part(graph: &Graph, x: f64) -> Placed {
    let back = cycles::back_lines(graph);
    let ranks = ranks::of(graph, &back);
    let shared = Net::new(graph, &back, &ranks, Sharing::All);
    let mut drafts = Vec::new();
    for (disorder, layers) in order::candidates(&shared, graph.start) {
        drafts.push(Draft { net: 0, layers, disorder });
    }
    let steps: usize = shared.paths.iter().map(|path| path.segments().len()).sum();
    let mut nets = vec![shared];
    if steps < MOST_APART {
        let apart = Net::new(graph, &back, &ranks, Sharing::Back);
        if apart.vertices.len() > nets[0].vertices.len() {
            for (_, layers) in order::candidates(&apart, graph.start) {
                let (net, layers) = apart.joined(graph, &back, &ranks, &layers);
                drafts.push(Draft { net: nets.len(), disorder: order::rate(&net, graph.start, &layers), layers });
                nets.push(net);
            }
            crate::order::sort_by_key(&mut drafts, |draft| draft.disorder);
            drafts.truncate(MOST_DRAFTS);
        }
    }
    let mut best: Option<(Rate, &Draft, Vec<f64>)> = None;
    for draft in &drafts {
        let net = &mut nets[draft.net];
        ports::choose(net, &draft.layers);
        let columns = columns::of(net, &draft.layers);
        let (collisions, crossings) = tracks::Tracks::new(net, &draft.layers, &columns).faults();
        let cost = columns::bent_weight(net, &columns) + ODDITY * draft.disorder.oddities as i64;
        let rate = (collisions, crossings, draft.disorder.ways, cost);
        if best.as_ref().is_none_or(|(best, ..)| rate < *best) {
            best = Some((rate, draft, columns));
        }
    }
    let Some((_, Draft { net, layers, .. }, columns)) = best else { return Placed::default() };
    let net = &mut nets[*net];
    ports::choose(net, layers);
    route::route(graph, net, layers, &columns, x)
}

/// An order of the layers, and by its index the net they are of: the first is that in which all lines to a target share a trunk.
struct Draft {
    net: usize,
    layers: order::Layers,
    disorder: order::Disorder,
}

/// What is wrong with a drawing: lines on top of each other, crossings, ways of a Choice out of order; last how much should be straight
/// but is not, and what stands where one would not expect it.
type Rate = (usize, usize, u64, i64);

/// What one oddity weighs beside lines that are not straight.
const ODDITY: i64 = 8;

/// How many orders get columns, by which they are told apart.
const MOST_DRAFTS: usize = 3;

/// Only where lines have fewer segments than this it is tried to let them share a trunk only where they come to stand side by side.
const MOST_APART: usize = 400;
