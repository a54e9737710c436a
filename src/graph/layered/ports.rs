//! Where lines meet a box: ordinary ones in the middle, catchers and loops a little to the side they come from or go to.

use super::net::{Net, Port};
use super::order::{Layers, positions};

/// How far a catcher leaves from the middle, and how far apart ports on top of a box are.
const CATCH_OFFSET: f64 = 44.0;
const ENTRY_GAP: f64 = 22.0;
const CORNER: f64 = 12.0;

/// Sets the offsets of all segments at boxes by the order of the layers.
pub fn choose(net: &mut Net, layers: &Layers) {
    let position = positions(net, layers);
    for segment in &mut net.segments {
        (segment.out_offset, segment.in_offset) = (0.0, 0.0);
    }
    for vertex in 0..net.boxes {
        choose_exits(net, vertex, &position);
        choose_entries(net, vertex, &position);
    }
}

fn choose_exits(net: &mut Net, vertex: usize, position: &[usize]) {
    let half = box_half(net, vertex);
    let (mut forward, mut has_main) = (Mean::default(), false);
    for segment in net.down[vertex].iter().map(|at| &net.segments[*at]) {
        if segment.out == Port::Main {
            has_main = true;
            if !net.is_turn(segment.lower) {
                forward.add(position[segment.lower]);
            }
        }
    }
    if !has_main {
        return;
    }
    let offset = CATCH_OFFSET.min(half * 0.56).floor();
    for at in net.down[vertex].clone() {
        let segment = &net.segments[at];
        if segment.out == Port::Main {
            continue;
        }
        let leftward = if net.is_turn(segment.lower) {
            turns_left(net, vertex, segment.lower, position)
        } else {
            (position[segment.lower] as f64) < forward.or(f64::NEG_INFINITY)
        };
        net.segments[at].out_offset = if leftward { -offset } else { offset };
    }
}

/// Whether catchers that turn round under the box leave left of its middle: on the side where they go up, unless an ordinary line
/// that turns too goes up between, which nests in theirs then.
fn turns_left(net: &Net, vertex: usize, turn: usize, position: &[usize]) -> bool {
    let sides = || net.up[turn].iter().map(|at| &net.segments[*at]).filter(|side| side.upper != vertex);
    let Some(goal) = sides().find(|side| side.into == Port::Catch).map(|side| position[side.upper]) else { return false };
    let own = position[vertex];
    let nests = sides().any(|side| {
        let between = position[side.upper];
        side.into != Port::Catch && (goal < between && between < own || own < between && between < goal)
    });
    (goal < own) != nests
}

fn choose_entries(net: &mut Net, vertex: usize, position: &[usize]) {
    let limit = (box_half(net, vertex) - CORNER).max(0.0).floor();
    let (mut left, mut right) = (0.0f64, 0.0f64);
    // Where those come from that enter in the middle: those of the first port that has any.
    let mut middle = None;
    for port in [Port::Main, Port::Catch, Port::Loop] {
        let (mut entries, mut from) = (Vec::new(), Mean::default());
        for &at in &net.up[vertex] {
            if net.segments[at].into == port {
                entries.push(at);
                from.add(position[net.segments[at].upper]);
            }
        }
        let Some(&first) = entries.first() else { continue };
        let from = from.or(0.0);
        let Some(middle) = middle else {
            middle = Some(from);
            continue;
        };
        let side = if port == Port::Loop { side_of_loop(net, vertex, first, position) } else { from - middle };
        let (taken, sign) = if side >= 0.0 { (&mut right, 1.0) } else { (&mut left, -1.0) };
        *taken += ENTRY_GAP;
        for at in entries {
            net.segments[at].in_offset = taken.min(limit) * sign;
        }
    }
}

/// On which side of its target the trunk of a loop goes up; negative for the left.
fn side_of_loop(net: &Net, vertex: usize, entry: usize, position: &[usize]) -> f64 {
    let turn = net.segments[entry].upper;
    let others = net.below[turn].iter().filter(|lower| **lower != vertex);
    others.map(|other| position[*other] as f64 - position[vertex] as f64).sum()
}

/// Half the width of the box itself: beside it there may be room for a loop.
fn box_half(net: &Net, vertex: usize) -> f64 {
    net.vertices[vertex].left
}

#[derive(Default)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add(&mut self, position: usize) {
        self.sum += position as f64;
        self.count += 1.0;
    }

    /// The mean; of nothing, what is given.
    fn or(&self, none: f64) -> f64 {
        if self.count > 0.0 { self.sum / self.count } else { none }
    }
}
