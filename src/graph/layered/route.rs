//! Rows get their y, lines their points: down, along a track, down again.

use super::net::{Around, Net, Path, Role};
use super::order::Layers;
use super::tracks::Tracks;
use super::{Graph, Placed, Size};
use crate::graph::Point;

/// How far a line from a box to itself reaches out.
pub const LOOP_WIDTH: f64 = 22.0;
const LOOP_LABEL_GAP: f64 = 4.0;

const TRACK_GAP: f64 = 10.0;

/// The least room between a box and the first line under it, over a box for an arrowhead, beside layers without boxes, and between
/// two rows of boxes.
const UNDER_BOX: f64 = 14.0;
const OVER_BOX: f64 = 18.0;
const OVER_LABEL: f64 = 7.0;
const BETWEEN_BOXES: f64 = 34.0;

/// Places a part whose columns are known, its left edge at `left`.
pub fn route(graph: &Graph, net: &Net, layers: &Layers, x: &[f64], left: f64) -> Placed {
    let tracks = Tracks::new(net, layers, x);
    let rows = Rows::new(net, layers, &tracks);
    let router = Router { graph, net, x, tracks: &tracks, rows: &rows };
    let mut placed = Placed { labels: vec![None; graph.lines.len()], ..Placed::default() };
    for at in 0..graph.boxes.len() {
        placed.boxes.push(router.corner(at));
    }
    for (line, path) in net.paths.iter().enumerate() {
        placed.routes.push(router.points(line, path));
    }
    for (at, vertex) in net.vertices.iter().enumerate() {
        if let Role::Label(line) = vertex.role {
            placed.labels[line] = Some(Point { x: x[at] - vertex.left, y: rows.top[vertex.layer] });
        }
    }
    for (line, path) in net.paths.iter().enumerate() {
        if let (Path::Beside(place), Some(label)) = (path, graph.lines[line].label) {
            let (corner, size) = (placed.boxes[graph.lines[line].from], graph.boxes[graph.lines[line].from]);
            let x = corner.x + size.w + LOOP_WIDTH + LOOP_LABEL_GAP;
            placed.labels[line] = Some(Point { x, y: corner.y + *place as f64 * (label.h + 2.0) });
        }
    }
    move_to_left(graph, &mut placed, left);
    placed
}

/// Where each layer begins and how high it is, and where the first track of the gap under it lies.
struct Rows {
    top: Vec<f64>,
    height: Vec<f64>,
    track: Vec<f64>,
}

impl Rows {
    fn new(net: &Net, layers: &Layers, tracks: &Tracks) -> Rows {
        let (mut height, mut boxes) = (vec![0.0f64; layers.len()], vec![false; layers.len() + 1]);
        for (at, layer) in layers.iter().enumerate() {
            for &vertex in layer {
                height[at] = height[at].max(net.vertices[vertex].height);
                boxes[at] |= net.is_box(vertex);
            }
        }
        let (mut top, mut track, mut y) = (Vec::new(), Vec::new(), 0.0);
        for at in 0..layers.len() {
            top.push(y);
            y += height[at];
            let below = boxes[at + 1];
            let before = if boxes[at] { UNDER_BOX } else { OVER_LABEL };
            let after = if below { OVER_BOX } else { OVER_LABEL };
            let body = tracks.gaps[at].tracks.saturating_sub(1) as f64 * TRACK_GAP;
            let least = if boxes[at] && below { BETWEEN_BOXES } else { 0.0 };
            let spare = (least - before - body - after).max(0.0);
            track.push(y + before + (spare / 2.0).floor());
            y += before + body + after + spare;
        }
        Rows { top, height, track }
    }

    fn bottom(&self, layer: usize) -> f64 {
        self.top[layer] + self.height[layer]
    }
}

struct Router<'a> {
    graph: &'a Graph,
    net: &'a Net,
    x: &'a [f64],
    tracks: &'a Tracks,
    rows: &'a Rows,
}

impl Router<'_> {
    /// A box stands at the top of its row; where words follow, at the bottom, so that they are near.
    fn corner(&self, at: usize) -> Point {
        let (layer, size) = (self.net.vertices[at].layer, self.graph.boxes[at]);
        let worded = self.net.down[at]
            .iter()
            .any(|segment| matches!(self.net.vertices[self.net.segments[*segment].lower].role, Role::Label(_)));
        let y = if worded { self.rows.bottom(layer) - size.h } else { self.rows.top[layer] };
        Point { x: self.x[at] - size.w / 2.0, y }
    }

    fn over(&self, vertex: usize) -> f64 {
        match self.net.vertices[vertex].role {
            Role::Box(at) => self.corner(at).y,
            _ => self.rows.top[self.net.vertices[vertex].layer],
        }
    }

    fn points(&self, line: usize, path: &Path) -> Vec<Point> {
        let mut trail = Trail::default();
        match path {
            Path::Down(segments) => self.go_down(segments, &mut trail),
            Path::Around(around) => self.go_around(around, &mut trail),
            Path::Beside(_) => self.go_beside(self.graph.lines[line].from, &mut trail),
        }
        trail.0
    }

    fn go_down(&self, segments: &[usize], trail: &mut Trail) {
        for &at in segments {
            let segment = &self.net.segments[at];
            let (top, bottom) = (self.x[segment.upper] + segment.out_offset, self.x[segment.lower] + segment.in_offset);
            trail.to(top, self.under(segment.upper));
            if top != bottom {
                trail.to(top, self.track_of(at));
                trail.to(bottom, self.track_of(at));
            }
            trail.to(bottom, self.over(segment.lower));
        }
    }

    fn go_around(&self, around: &Around, trail: &mut Trail) {
        let leave = &self.net.segments[around.leave];
        let start = self.x[leave.upper] + leave.out_offset;
        let beside = self.x[self.net.segments[around.side].upper];
        trail.to(start, self.under(leave.upper));
        trail.to(start, self.track_of(around.leave));
        trail.to(beside, self.track_of(around.leave));
        for &at in &around.climb {
            let segment = &self.net.segments[at];
            let (upper, lower) = (self.x[segment.upper], self.x[segment.lower]);
            trail.to(lower, self.rows.top[self.net.vertices[segment.lower].layer]);
            if upper != lower {
                trail.to(lower, self.track_of(at));
                trail.to(upper, self.track_of(at));
            }
            trail.to(upper, self.rows.bottom(self.net.vertices[segment.upper].layer));
        }
        let enter = &self.net.segments[around.enter];
        let end = self.x[enter.lower] + enter.in_offset;
        trail.to(self.x[self.net.segments[around.top].lower], self.track_of(around.top));
        trail.to(end, self.track_of(around.top));
        trail.to(end, self.over(enter.lower));
    }

    fn go_beside(&self, at: usize, trail: &mut Trail) {
        let (corner, size) = (self.corner(at), self.graph.boxes[at]);
        let (right, quarter) = (corner.x + size.w, (size.h / 4.0).floor());
        trail.to(right, corner.y + quarter);
        trail.to(right + LOOP_WIDTH, corner.y + quarter);
        trail.to(right + LOOP_WIDTH, corner.y + size.h - quarter);
        trail.to(right, corner.y + size.h - quarter);
    }

    /// Where a line leaves a vertex: at the bottom of its box, else of its layer.
    fn under(&self, vertex: usize) -> f64 {
        let layer = self.net.vertices[vertex].layer;
        match self.net.vertices[vertex].role {
            Role::Box(at) => self.corner(at).y + self.graph.boxes[at].h,
            _ => self.rows.bottom(layer),
        }
    }

    fn track_of(&self, segment: usize) -> f64 {
        let layer = self.net.vertices[self.net.segments[segment].upper].layer;
        let run = &self.tracks.gaps[layer].runs[self.tracks.run_of[segment]];
        self.rows.track[layer] + run.track as f64 * TRACK_GAP
    }
}

/// Points on the way of a line, without those it passes straight.
#[derive(Default)]
struct Trail(Vec<Point>);

impl Trail {
    fn to(&mut self, x: f64, y: f64) {
        let next = Point { x, y };
        if self.0.last() == Some(&next) {
            return;
        }
        while let [.., before, last] = self.0[..] {
            let straight = before.x == last.x && last.x == x || before.y == last.y && last.y == y;
            if !straight {
                break;
            }
            self.0.pop();
        }
        self.0.push(next);
    }
}

fn move_to_left(graph: &Graph, placed: &mut Placed, left: f64) {
    let (mut low, mut high) = (Point { x: f64::INFINITY, y: f64::INFINITY }, Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY });
    let mut cover = |corner: Point, size: Size| {
        low = Point { x: low.x.min(corner.x), y: low.y.min(corner.y) };
        high = Point { x: high.x.max(corner.x + size.w), y: high.y.max(corner.y + size.h) };
    };
    for (corner, size) in placed.boxes.iter().zip(&graph.boxes) {
        cover(*corner, *size);
    }
    for point in placed.routes.iter().flatten() {
        cover(*point, Size::default());
    }
    for (corner, line) in placed.labels.iter().zip(&graph.lines) {
        if let (Some(corner), Some(size)) = (corner, line.label) {
            cover(*corner, size);
        }
    }
    if !low.x.is_finite() {
        return;
    }
    placed.each_point(&mut |point| *point = Point { x: point.x - low.x + left, y: point.y - low.y });
    placed.size = Size { w: high.x - low.x, h: high.y - low.y };
}
