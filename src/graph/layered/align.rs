//! Columns for very large scopes, in time that grows with their size: Brandes and Köpf, "Fast and Simple Horizontal Coordinate
//! Assignment" (2001), with the blocks placed as their erratum of 2020 asks: along the whole graph of blocks, class by class.

use super::net::Net;
use super::order::{Layers, positions};
use super::ranks::downwards;
use crate::order;

/// The x of the middle of each vertex.
pub fn columns(net: &Net, layers: &Layers) -> Vec<f64> {
    let position = positions(net, layers);
    let crossed = crossed_segments(net, layers, &position);
    let mut found = Vec::new();
    for (upward, leftward) in [(false, false), (false, true), (true, false), (true, true)] {
        let alignment = Alignment { net, crossed: &crossed, upward, leftward };
        found.push(alignment.columns(layers, &position));
    }
    balance(net, &mut found);
    let mut x = vec![0.0; net.vertices.len()];
    for (vertex, x) in x.iter_mut().enumerate() {
        let mut values = [0, 1, 2, 3].map(|way: usize| found[way][vertex]);
        order::sort_by(&mut values, f64::total_cmp);
        *x = (values[1] + values[2]) / 2.0;
    }
    // The mean of two placements that keep the distances keeps them too, but for rounding.
    for pair in layers.iter().flat_map(|layer| layer.windows(2)) {
        x[pair[1]] = x[pair[1]].max(x[pair[0]] + net.separation(pair[0], pair[1]));
    }
    x
}

/// The segments that cross one between two vertices without a box: those stay straight.
fn crossed_segments(net: &Net, layers: &Layers, position: &[usize]) -> Vec<bool> {
    let mut crossed = vec![false; net.segments.len()];
    for pair in layers.windows(2) {
        let (upper, lower) = (&pair[0], &pair[1]);
        let (mut from, mut next) = (0, 0);
        for (at, &vertex) in lower.iter().enumerate() {
            let inner = net.up[vertex]
                .iter()
                .find(|segment| is_inner(net, **segment))
                .map(|segment| position[net.segments[*segment].upper]);
            if inner.is_none() && at + 1 < lower.len() {
                continue;
            }
            let to = inner.unwrap_or(upper.len().saturating_sub(1));
            for &vertex in &lower[next..=at] {
                for &segment in &net.up[vertex] {
                    let above = position[net.segments[segment].upper];
                    crossed[segment] |= (above < from || above > to) && !is_inner(net, segment);
                }
            }
            (from, next) = (to, at + 1);
        }
    }
    crossed
}

fn is_inner(net: &Net, segment: usize) -> bool {
    !net.is_box(net.segments[segment].upper) && !net.is_box(net.segments[segment].lower)
}

/// One of the four ways: layers from the top or the bottom, neighbours from the left or the right.
struct Alignment<'a> {
    net: &'a Net,
    crossed: &'a [bool],
    upward: bool,
    leftward: bool,
}

impl Alignment<'_> {
    fn columns(&self, layers: &Layers, position: &[usize]) -> Vec<f64> {
        let mut layers = layers.clone();
        if self.upward {
            layers.reverse();
        }
        if self.leftward {
            layers.iter_mut().for_each(|layer| layer.reverse());
        }
        let roots = self.blocks(&layers, position);
        let x = self.compact(&layers, &roots);
        let sign = if self.leftward { -1.0 } else { 1.0 };
        roots.iter().map(|root| sign * x[*root]).collect()
    }

    /// The topmost vertex of the block each vertex is aligned in.
    fn blocks(&self, layers: &Layers, position: &[usize]) -> Vec<usize> {
        let mut root: Vec<usize> = (0..position.len()).collect();
        let mut taken = vec![false; position.len()];
        for layer in layers {
            let mut last = -1i64;
            for &vertex in layer {
                for segment in self.candidates(vertex, position) {
                    let neighbour = self.far_end(segment);
                    let place = if self.leftward { -(position[neighbour] as i64) } else { position[neighbour] as i64 };
                    let place = place + if self.leftward { i64::from(u32::MAX) } else { 0 };
                    if !self.crossed[segment] && last < place && !taken[neighbour] {
                        taken[neighbour] = true;
                        root[vertex] = root[neighbour];
                        last = place;
                        break;
                    }
                }
            }
        }
        root
    }

    fn far_end(&self, segment: usize) -> usize {
        if self.upward { self.net.segments[segment].lower } else { self.net.segments[segment].upper }
    }

    /// The segments a vertex may be aligned along: the heaviest where it outweighs all others, else those in the middle.
    fn candidates(&self, vertex: usize, position: &[usize]) -> Vec<usize> {
        let list = if self.upward { &self.net.down[vertex] } else { &self.net.up[vertex] };
        let weight = |segment: usize| self.net.segments[segment].weight;
        let total: i32 = list.iter().map(|segment| weight(*segment)).sum();
        if let Some(&heavy) = list.iter().find(|segment| 2 * weight(**segment) > total) {
            return vec![heavy];
        }
        let mut list = list.clone();
        order::sort_by_key(&mut list, |segment| (position[self.far_end(*segment)], *segment));
        if self.leftward {
            list.reverse();
        }
        match list.len() {
            0 => list,
            count if count % 2 == 1 => vec![list[count / 2]],
            count => vec![list[count / 2 - 1], list[count / 2]],
        }
    }

    /// Places blocks as far left as they go, then each as near to the next as it can stand.
    fn compact(&self, layers: &Layers, roots: &[usize]) -> Vec<f64> {
        let (mut after, mut distances) = (vec![Vec::new(); roots.len()], vec![Vec::new(); roots.len()]);
        for pair in layers.iter().flat_map(|layer| layer.windows(2)) {
            let (left, right) = if self.leftward { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            after[roots[pair[0]]].push(roots[pair[1]]);
            distances[roots[pair[0]]].push(self.net.separation(left, right));
        }
        let mut x = vec![0.0f64; roots.len()];
        let order = downwards(&after);
        for &block in &order {
            for (&next, distance) in after[block].iter().zip(&distances[block]) {
                x[next] = x[next].max(x[block] + distance);
            }
        }
        for &block in order.iter().rev() {
            let mut room = f64::INFINITY;
            for (&next, distance) in after[block].iter().zip(&distances[block]) {
                room = room.min(x[next] - distance);
            }
            if room.is_finite() {
                x[block] = x[block].max(room);
            }
        }
        x
    }
}

/// Moves the four placements so that they meet the narrowest at its left or right edge.
fn balance(net: &Net, found: &mut [Vec<f64>]) {
    let mut extents = Vec::new();
    for x in found.iter() {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for (vertex, x) in net.vertices.iter().zip(x) {
            low = low.min(x - vertex.left);
            high = high.max(x + vertex.right);
        }
        extents.push((low, high));
    }
    let width = |at: usize| extents[at].1 - extents[at].0;
    let narrowest = (0..4).min_by(|left, right| width(*left).total_cmp(&width(*right))).unwrap_or(0);
    for (at, x) in found.iter_mut().enumerate() {
        let from_left = at % 2 == 0;
        let shift = if from_left { extents[narrowest].0 - extents[at].0 } else { extents[narrowest].1 - extents[at].1 };
        x.iter_mut().for_each(|x| *x += shift);
    }
}
