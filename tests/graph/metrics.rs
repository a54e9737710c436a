//! Counts what a reader of a drawing trips over.

use asl_playground::graph::{Drawing, Edge, EdgeKind, Label, Node, Point};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Points where lines of different trunks cross, those within 12 px of an end they share left out.
    pub crossings: usize,
    /// Siblings that lie on each other.
    pub overlaps: usize,
    /// Lines that run through a box.
    pub lines_through_boxes: usize,
    /// Labels that lie on a box or on another label, or that an unrelated line runs through.
    pub labels_hit: usize,
    /// Lines without a common end that run on top of each other.
    pub lines_on_lines: usize,
    /// Children that stick out of their container, and anything that sticks out of the drawing.
    pub outside: usize,
    /// Lines that don't enter their target from above, but for those from a box to itself.
    pub not_from_above: usize,
    /// Forward lines of the kinds `start` and `next`, and those of them that are one straight piece.
    pub spine: usize,
    pub straight: usize,
    /// Ways of a Choice, and those of them out of the order of the rules.
    pub ways: usize,
    pub disordered: usize,
}

impl Metrics {
    pub fn add(&mut self, other: &Metrics) {
        self.crossings += other.crossings;
        self.overlaps += other.overlaps;
        self.lines_through_boxes += other.lines_through_boxes;
        self.labels_hit += other.labels_hit;
        self.lines_on_lines += other.lines_on_lines;
        self.outside += other.outside;
        self.not_from_above += other.not_from_above;
        self.spine += other.spine;
        self.straight += other.straight;
        self.ways += other.ways;
        self.disordered += other.disordered;
    }

    /// What must never be.
    pub fn faults(&self) -> [usize; 6] {
        [self.overlaps, self.lines_through_boxes, self.labels_hit, self.lines_on_lines, self.outside, self.not_from_above]
    }
}

pub fn measure(drawing: &Drawing) -> Metrics {
    let mut metrics = Metrics::default();
    let mut parents: Vec<Option<usize>> = drawing.nodes.iter().map(|node| node.parent).collect();
    parents.sort();
    parents.dedup();
    for parent in parents {
        measure_scope(drawing, parent, &mut metrics);
    }
    metrics.outside += outside(drawing);
    metrics
}

fn measure_scope(drawing: &Drawing, parent: Option<usize>, metrics: &mut Metrics) {
    let boxes: Vec<usize> = (0..drawing.nodes.len()).filter(|at| drawing.nodes[*at].parent == parent).collect();
    let edges: Vec<&Edge> = drawing.edges.iter().filter(|edge| drawing.nodes[edge.from].parent == parent).collect();
    let bounds: Vec<Rect> = edges.iter().map(|edge| Rect::around(&edge.points)).collect();
    for (at, first) in boxes.iter().enumerate() {
        let others = boxes[at + 1..].iter();
        let first = Rect::of(&drawing.nodes[*first]).inset(0.25);
        metrics.overlaps += others.filter(|second| first.overlaps(&Rect::of(&drawing.nodes[**second]).inset(0.25))).count();
    }
    let mut found: Vec<Point> = Vec::new();
    for (at, edge) in edges.iter().enumerate() {
        for other in at + 1..edges.len() {
            if bounds[at].touches(&bounds[other]) {
                metrics.crossings += new_crossings(edge, edges[other], &mut found);
                metrics.lines_on_lines += usize::from(unrelated(edge, edges[other]) && shared_length(edge, edges[other]) > 3.0);
            }
        }
        metrics.lines_through_boxes += boxes.iter().filter(|node| runs_through(edge, **node, drawing)).count();
        if let Some(label) = &edge.label {
            metrics.labels_hit += label_hits(at, label, &edges, &bounds, &boxes, drawing);
        }
        let [.., before, last] = &edge.points[..] else { continue };
        metrics.not_from_above += usize::from(edge.from != edge.to && !(before.x == last.x && before.y < last.y));
        let forward = drawing.nodes[edge.from].y < drawing.nodes[edge.to].y;
        if forward && matches!(edge.kind, EdgeKind::Start | EdgeKind::Next) {
            metrics.spine += 1;
            metrics.straight += usize::from(edge.points.len() == 2);
        }
    }
    for node in boxes {
        count_disorder(node, &edges, metrics);
    }
}

/// Ways that lead down, compared with the way before: left of it is out of order.
fn count_disorder(node: usize, edges: &[&Edge], metrics: &mut Metrics) {
    let ways = edges.iter().filter(|edge| edge.from == node && matches!(edge.kind, EdgeKind::Choice | EdgeKind::Default));
    let places: Vec<f64> = ways.filter_map(|edge| edge.label.as_ref()).map(|label| label.x + label.w / 2.0).collect();
    metrics.ways += places.len();
    metrics.disordered += places.windows(2).filter(|pair| pair[1] < pair[0]).count();
}

fn new_crossings(first: &Edge, second: &Edge, found: &mut Vec<Point>) -> usize {
    let mut here = Vec::new();
    for one in first.points.windows(2) {
        for other in second.points.windows(2) {
            if let Some(point) = crossing(one, other) {
                let known = found.iter().chain(&here).any(|known| distance(known, &point) < 3.0);
                if !known && !near_shared_end(first, second, &point) {
                    here.push(point);
                }
            }
        }
    }
    let count = here.len();
    found.extend(here);
    count
}

fn near_shared_end(first: &Edge, second: &Edge, point: &Point) -> bool {
    let near = |end: Option<&Point>| end.is_some_and(|end| distance(end, point) < 12.0);
    let start = near(first.points.first());
    let end = near(first.points.last());
    start && (first.from == second.from || first.from == second.to) || end && (first.to == second.to || first.to == second.from)
}

/// Where two pieces cross, neither of them at its end.
fn crossing(one: &[Point], other: &[Point]) -> Option<Point> {
    let (along, across) = (vector(&one[0], &one[1]), vector(&other[0], &other[1]));
    let area = along.x * across.y - along.y * across.x;
    if area.abs() < 1e-9 {
        return None;
    }
    let between = vector(&one[0], &other[0]);
    let on_one = (between.x * across.y - between.y * across.x) / area;
    let on_other = (between.x * along.y - between.y * along.x) / area;
    let inner = |part: f64| part > 1e-6 && part < 1.0 - 1e-6;
    (inner(on_one) && inner(on_other)).then(|| Point { x: one[0].x + on_one * along.x, y: one[0].y + on_one * along.y })
}

fn vector(from: &Point, to: &Point) -> Point {
    Point { x: to.x - from.x, y: to.y - from.y }
}

fn distance(one: &Point, other: &Point) -> f64 {
    (one.x - other.x).hypot(one.y - other.y)
}

fn unrelated(first: &Edge, second: &Edge) -> bool {
    first.from != second.from && first.to != second.to
}

/// How far two lines run on top of each other.
fn shared_length(first: &Edge, second: &Edge) -> f64 {
    let mut length = 0.0;
    for one in first.points.windows(2) {
        for other in second.points.windows(2) {
            let (one, other) = (Rect::around(one), Rect::around(other));
            let flat = one.h() < 0.5 && other.h() < 0.5 && (one.top - other.top).abs() < 1.5;
            let upright = one.w() < 0.5 && other.w() < 0.5 && (one.left - other.left).abs() < 1.5;
            if flat {
                length += (one.right.min(other.right) - one.left.max(other.left)).max(0.0);
            }
            if upright {
                length += (one.bottom.min(other.bottom) - one.top.max(other.top)).max(0.0);
            }
        }
    }
    length
}

fn runs_through(edge: &Edge, node: usize, drawing: &Drawing) -> bool {
    let inset = if edge.from == node || edge.to == node { 3.0 } else { 1.0 };
    let inner = Rect::of(&drawing.nodes[node]).inset(inset);
    edge.points.windows(2).any(|piece| Rect::around(piece).touches(&inner))
}

fn label_hits(at: usize, label: &Label, edges: &[&Edge], bounds: &[Rect], boxes: &[usize], drawing: &Drawing) -> usize {
    let plate = Rect::of_label(label).inset(1.0);
    let on_boxes = boxes.iter().filter(|node| plate.overlaps(&Rect::of(&drawing.nodes[**node]))).count();
    let mut hits = on_boxes;
    for (other, edge) in edges.iter().enumerate().filter(|(other, _)| *other != at) {
        let later = edge.label.as_ref().filter(|_| other > at);
        hits += usize::from(later.is_some_and(|label| plate.overlaps(&Rect::of_label(label))));
        let through = || edge.points.windows(2).any(|piece| Rect::around(piece).touches(&plate.inset(1.0)));
        let own_loop = edge.from == edge.to && edge.from == edges[at].from;
        hits += usize::from(!own_loop && bounds[other].touches(&plate) && through());
    }
    hits
}

fn outside(drawing: &Drawing) -> usize {
    let whole = Rect { left: 0.0, top: 0.0, right: drawing.w, bottom: drawing.h };
    let frame = |parent: Option<usize>| match parent {
        None => whole,
        Some(parent) => {
            let node = &drawing.nodes[parent];
            let mut frame = Rect::of(node);
            frame.top += node.header.unwrap_or(0.0);
            frame
        }
    };
    let nodes = drawing.nodes.iter().filter(|node| !frame(node.parent).holds(&Rect::of(node))).count();
    let edges = drawing.edges.iter().filter(|edge| {
        let frame = frame(drawing.nodes[edge.from].parent);
        let label_out = edge.label.as_ref().is_some_and(|label| !frame.holds(&Rect::of_label(label)));
        label_out || !frame.holds(&Rect::around(&edge.points))
    });
    nodes + edges.count()
}

#[derive(Clone, Copy, Debug)]
struct Rect {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Rect {
    fn of(node: &Node) -> Rect {
        Rect { left: node.x, top: node.y, right: node.x + node.w, bottom: node.y + node.h }
    }

    fn of_label(label: &Label) -> Rect {
        Rect { left: label.x, top: label.y, right: label.x + label.w, bottom: label.y + label.h }
    }

    fn around(points: &[Point]) -> Rect {
        let empty = Rect { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };
        points.iter().fold(empty, |rect, point| Rect {
            left: rect.left.min(point.x),
            top: rect.top.min(point.y),
            right: rect.right.max(point.x),
            bottom: rect.bottom.max(point.y),
        })
    }

    fn w(&self) -> f64 {
        self.right - self.left
    }

    fn h(&self) -> f64 {
        self.bottom - self.top
    }

    fn inset(&self, by: f64) -> Rect {
        Rect { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }

    fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn touches(&self, other: &Rect) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }

    fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }
}
