//! Where lines meet a box: ordinary ones in the middle, catchers and loops a little to the side they come from or go to.

use super::net::{Net, Port};
use super::order::Layers;

/// How far a catcher leaves from the middle, and how far apart ports on top of a box are.
const CATCH_OFFSET: f64 = 44.0;
const ENTRY_GAP: f64 = 22.0;
const CORNER: f64 = 12.0;

/// Sets the offsets of all segments at boxes by the order of the layers.
pub fn choose(net: &mut Net, layers: &Layers) {
    let mut position = vec![0usize; net.vertices.len()];
    for layer in layers {
        for (at, vertex) in layer.iter().enumerate() {
            position[*vertex] = at;
        }
    }
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
    let (main, catch): (Vec<usize>, Vec<usize>) =
        net.down[vertex].iter().copied().partition(|segment| net.segments[*segment].out == Port::Main);
    let forward = main.iter().filter(|segment| !net.is_turn(net.segments[**segment].lower));
    let middle = mean(forward.map(|segment| position[net.segments[*segment].lower] as f64));
    let offset = CATCH_OFFSET.min(half * 0.56).floor();
    for at in catch {
        let segment = &net.segments[at];
        let leftward = if net.is_turn(segment.lower) {
            turns_left(net, vertex, segment.lower, position)
        } else {
            middle.is_some_and(|middle| (position[segment.lower] as f64) < middle)
        };
        if !main.is_empty() {
            net.segments[at].out_offset = if leftward { -offset } else { offset };
        }
    }
}

/// Whether catchers that turn round under the box leave left of its middle: on the side where they go up, unless an ordinary line
/// that turns too goes up between, which nests in theirs then.
fn turns_left(net: &Net, vertex: usize, turn: usize, position: &[usize]) -> bool {
    let sides = net.up[turn].iter().map(|at| &net.segments[*at]).filter(|side| side.upper != vertex);
    let (catch, main): (Vec<_>, Vec<_>) = sides.partition(|side| side.into == Port::Catch);
    let Some(goal) = catch.first().map(|side| position[side.upper]) else { return false };
    let own = position[vertex];
    let nests = main.iter().any(|side| {
        let between = position[side.upper];
        goal < between && between < own || own < between && between < goal
    });
    (goal < own) != nests
}

fn choose_entries(net: &mut Net, vertex: usize, position: &[usize]) {
    let entries = |port: Port| -> Vec<usize> {
        net.up[vertex].iter().copied().filter(|segment| net.segments[*segment].into == port).collect()
    };
    let mut groups =
        [Port::Main, Port::Catch, Port::Loop].map(|port| (port, entries(port))).into_iter().filter(|(_, group)| !group.is_empty());
    let Some((_, first)) = groups.next() else { return };
    let mean_position =
        |group: &[usize]| mean(group.iter().map(|segment| position[net.segments[*segment].upper] as f64)).unwrap_or(0.0);
    let middle = mean_position(&first);
    let limit = (box_half(net, vertex) - CORNER).max(0.0).floor();
    let (mut left, mut right) = (0.0f64, 0.0f64);
    let mut offsets = Vec::new();
    for (port, group) in groups {
        let side = if port == Port::Loop { side_of_loop(net, vertex, group[0], position) } else { mean_position(&group) - middle };
        let taken = if side >= 0.0 { &mut right } else { &mut left };
        *taken += ENTRY_GAP;
        let offset = taken.min(limit) * if side >= 0.0 { 1.0 } else { -1.0 };
        offsets.extend(group.into_iter().map(|segment| (segment, offset)));
    }
    for (segment, offset) in offsets {
        net.segments[segment].in_offset = offset;
    }
}

/// On which side of its target the trunk of a loop goes up; negative for the left.
fn side_of_loop(net: &Net, vertex: usize, entry: usize, position: &[usize]) -> f64 {
    let turn = net.segments[entry].upper;
    let others = net.down[turn].iter().map(|segment| net.segments[*segment].lower).filter(|lower| *lower != vertex);
    others.map(|other| position[other] as f64 - position[vertex] as f64).sum()
}

/// Half the width of the box itself: beside it there may be room for a loop.
fn box_half(net: &Net, vertex: usize) -> f64 {
    net.vertices[vertex].left
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
