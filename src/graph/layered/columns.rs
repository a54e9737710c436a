//! Where everything stands from left to right: as many lines straight as can be, the more important ones first.

use super::net::{Net, Port, Role, Segment};
use super::order::{Layers, positions};
use super::{align, simplex};
use crate::order;
use simplex::Constraint;

/// Above this many vertices the network simplex takes too long, and columns are found by aligning.
const MOST_VERTICES: usize = 2_500;
const MOST_PIVOTS: usize = 100_000;

/// A bend this small can be taken out, mostly.
const NEARLY_STRAIGHT: f64 = 20.0;

/// The helper of a segment stands this far left of both its ends, more than any offset.
const REACH: i32 = 10_000;

/// The x of the middle of each vertex.
pub fn of(net: &Net, layers: &Layers) -> Vec<f64> {
    if net.vertices.len() > MOST_VERTICES {
        return align::columns(net, layers);
    }
    let weight = |at: usize| net.segments[at].weight;
    let first = by_simplex(net, layers, weight);
    // Whether a line that is bent anyway is longer matters little; that one which is nearly straight becomes so does.
    let bent = |at: usize| slant(&net.segments[at], &first).abs() > NEARLY_STRAIGHT;
    let mut x = by_simplex(net, layers, |at| if bent(at) { (weight(at) / 8).max(1) } else { weight(at) });
    centre(net, layers, &mut x);
    x
}

fn by_simplex(net: &Net, layers: &Layers, weight: impl Fn(usize) -> i32) -> Vec<f64> {
    let count = net.vertices.len();
    let mut constraints = Vec::new();
    for pair in layers.iter().flat_map(|layer| layer.windows(2)) {
        let length = net.separation(pair[0], pair[1]).ceil() as i32;
        constraints.push(Constraint { from: pair[0] as u32, to: pair[1] as u32, length, weight: 0 });
    }
    // A segment's bend costs the way its ends lie apart: the distance of both from a helper that stands left of them.
    for (at, segment) in net.segments.iter().enumerate() {
        for (end, offset) in [(segment.upper, segment.out_offset), (segment.lower, segment.in_offset)] {
            let length = REACH - offset.round() as i32;
            constraints.push(Constraint { from: (count + at) as u32, to: end as u32, length, weight: weight(at) });
        }
    }
    let places = simplex::solve(count + net.segments.len(), &constraints, MOST_PIVOTS);
    places[..count].iter().map(|place| f64::from(*place)).collect()
}

/// Moves what is straight among itself to the middle of where it costs nothing: the simplex leaves it at one end of that.
fn centre(net: &Net, layers: &Layers, x: &mut [f64]) {
    let position = positions(net, layers);
    for _ in 0..4 {
        let mut moved = false;
        for block in blocks(net, x) {
            moved |= block.centre(net, layers, &position, x);
        }
        if !moved {
            return;
        }
    }
}

/// Vertices that straight segments join, and the segments that leave them, each with the block's end first.
struct Block {
    vertices: Vec<usize>,
    leaving: Vec<(usize, bool)>,
}

fn blocks(net: &Net, x: &[f64]) -> Vec<Block> {
    let mut parent: Vec<usize> = (0..x.len()).collect();
    for segment in &net.segments {
        if slant(segment, x).abs() < 0.5 && !is_way(net, segment) {
            let (upper, lower) = (find(&mut parent, segment.upper), find(&mut parent, segment.lower));
            parent[upper.max(lower)] = upper.min(lower);
        }
    }
    let mut index = vec![usize::MAX; x.len()];
    let mut blocks: Vec<Block> = Vec::new();
    for vertex in 0..x.len() {
        let root = find(&mut parent, vertex);
        if index[root] == usize::MAX {
            index[root] = blocks.len();
            blocks.push(Block { vertices: Vec::new(), leaving: Vec::new() });
        }
        blocks[index[root]].vertices.push(vertex);
    }
    for (at, segment) in net.segments.iter().enumerate() {
        let (upper, lower) = (index[find(&mut parent, segment.upper)], index[find(&mut parent, segment.lower)]);
        if upper != lower {
            blocks[upper].leaving.push((at, true));
            blocks[lower].leaving.push((at, false));
        }
    }
    blocks
}

impl Block {
    fn centre(&self, net: &Net, layers: &Layers, position: &[usize], x: &mut [f64]) -> bool {
        let Some((mut low, mut high)) = self.free_range(net, x) else { return false };
        for &vertex in &self.vertices {
            let (layer, at) = (&layers[net.vertices[vertex].layer], position[vertex]);
            if let Some(&left) = at.checked_sub(1).and_then(|at| layer.get(at)) {
                low = low.max(x[left] + net.separation(left, vertex) - x[vertex]);
            }
            if let Some(&right) = layer.get(at + 1) {
                high = high.min(x[right] - net.separation(vertex, right) - x[vertex]);
            }
        }
        let middle = ((low + high) / 2.0).round();
        let shift = self.straight_shift(net, x, low, high).unwrap_or(middle);
        if high < low || shift.abs() < 1.0 {
            return false;
        }
        for &vertex in &self.vertices {
            x[vertex] += shift;
        }
        true
    }

    /// A shift in the range that makes a line straight: anywhere in it where no box is moved, near its middle where one is.
    fn straight_shift(&self, net: &Net, x: &[f64], low: f64, high: f64) -> Option<f64> {
        let has_box = self.vertices.iter().any(|vertex| net.is_box(*vertex));
        let middle = (low + high) / 2.0;
        let mut best: Option<(i32, i64, f64)> = None;
        for leaving in &self.leaving {
            let (end, weight) = self.end(net, x, leaving);
            let aside = (end - middle).abs();
            let fits = low <= end && end <= high && (!has_box || aside < NEARLY_STRAIGHT);
            // The last of those as good.
            if fits && best.is_none_or(|(most, least, _)| (weight, -(aside as i64)) >= (most, -least)) {
                best = Some((weight, aside as i64, end));
            }
        }
        best.map(|(.., end)| end)
    }

    /// How far the block would have to move to make a segment that leaves it straight, and the segment's weight.
    fn end(&self, net: &Net, x: &[f64], (at, is_upper): &(usize, bool)) -> (f64, i32) {
        let segment = &net.segments[*at];
        (if *is_upper { -slant(segment, x) } else { slant(segment, x) }, segment.weight)
    }

    /// How far the block may move without making its lines longer in sum: between the two middle ones of their weighted ends.
    fn free_range(&self, net: &Net, x: &[f64]) -> Option<(f64, f64)> {
        let (mut ends, mut total) = (Vec::new(), 0);
        for leaving in &self.leaving {
            ends.push(self.end(net, x, leaving));
            total += net.segments[leaving.0].weight;
        }
        order::sort_by(&mut ends, |left, right| left.0.total_cmp(&right.0));
        let mut sum = 0;
        for (at, (end, weight)) in ends.iter().enumerate() {
            sum += weight;
            if 2 * sum >= total {
                let next = ends.get(at + 1).filter(|_| 2 * sum == total).map_or(*end, |next| next.0);
                return (*end <= 0.01 && next >= -0.01).then_some((*end, next));
            }
        }
        None
    }
}

/// The weights of all segments that are not straight.
pub fn bent_weight(net: &Net, x: &[f64]) -> i64 {
    net.segments.iter().filter(|segment| slant(segment, x) != 0.0).map(|segment| i64::from(segment.weight)).sum()
}

/// Whether it is one of the ways of a Choice: the box above is better in the middle of them than over one.
fn is_way(net: &Net, segment: &Segment) -> bool {
    matches!(net.vertices[segment.lower].role, Role::Label(_))
        && net.down[segment.upper].iter().filter(|at| net.segments[**at].out == Port::Main).count() > 1
}

/// How far left of its upper end the lower end of a segment lies.
fn slant(segment: &Segment, x: &[f64]) -> f64 {
    x[segment.upper] + segment.out_offset - x[segment.lower] - segment.in_offset
}

fn find(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
