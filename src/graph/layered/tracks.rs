//! The horizontal runs in the gap under each layer, and on which track of the gap each lies.
//!
//! Lines out of one port run together as a bus, lines into one port join: they are one run. Runs side by side share a track; of two
//! that overlap, the one goes above that makes the stubs up and down cross less.

use super::net::{Net, PORTS, Segment};
use super::order::Layers;
use super::ranks::downwards;
use crate::order;

/// Runs nearer than this to each other can't share a track.
const CLEAR: f64 = 6.0;

/// Above this many overlaps in a gap the order of tracks is left to chance.
const MOST_OVERLAPS: usize = 4_000;

#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Where stubs meet it from above and from below, from left to right.
    tops: Vec<f64>,
    bottoms: Vec<f64>,
    low: f64,
    high: f64,
    pub track: usize,
}

impl Run {
    /// Makes it as long as to where a stub meets it.
    fn reach(&mut self, stub: f64) {
        self.low = self.low.min(stub);
        self.high = self.high.max(stub);
    }

    /// Whether it is more than a straight line down.
    pub fn is_bent(&self) -> bool {
        self.high - self.low > 0.5
    }

    /// How many stubs of another run cross this one.
    fn crossed_by(&self, other: &Run) -> usize {
        let inside = |stubs: &[f64]| stubs.iter().filter(|at| self.low < **at && **at < self.high).count();
        let from_above = !other.is_bent() || self.track < other.track;
        inside(if from_above { &other.tops } else { &other.bottoms })
    }

    /// Whether a stub down from this run and a stub up from another lie on each other.
    fn collides_above(&self, other: &Run) -> bool {
        let on_each_other = |bottom: &f64| other.tops.iter().any(|top| (bottom - top).abs() < 2.0);
        other.is_bent() && self.track < other.track && self.bottoms.iter().any(on_each_other)
    }
}

#[derive(Default)]
pub struct Gap {
    pub runs: Vec<Run>,
    pub tracks: usize,
}

pub struct Tracks {
    /// By the layer above.
    pub gaps: Vec<Gap>,
    /// The run of each segment, in the gap under its upper end.
    pub run_of: Vec<usize>,
}

impl Tracks {
    pub fn new(net: &Net, layers: &Layers, x: &[f64]) -> Tracks {
        let (mut gaps, mut run_of) = (Vec::new(), vec![0; net.segments.len()]);
        for layer in layers {
            let mut runs = collect(net, layer, x, &mut run_of);
            let tracks = assign(&mut runs);
            gaps.push(Gap { runs, tracks });
        }
        Tracks { gaps, run_of }
    }

    /// How often a stub up and a stub down lie on each other, and how often a stub crosses a run.
    pub fn faults(&self) -> (usize, usize) {
        let (mut collisions, mut crossings) = (0, 0);
        for runs in self.gaps.iter().map(|gap| &gap.runs) {
            for (at, run) in runs.iter().enumerate().filter(|(_, run)| run.is_bent()) {
                for (_, other) in runs.iter().enumerate().filter(|(other, _)| *other != at) {
                    collisions += usize::from(run.collides_above(other));
                    crossings += run.crossed_by(other);
                }
            }
        }
        (collisions, crossings)
    }
}

/// What segments of one run have in common: the way they leave a box, the way they enter one, or a turn. The vertex, and which of them.
type Shared = (usize, usize);

/// The way segments leave a box: by a port, on a side of it, for catchers may leave on both.
fn exit(segment: &Segment) -> usize {
    segment.out as usize * 2 + usize::from(segment.out_offset < 0.0)
}

fn entry(segment: &Segment) -> usize {
    EXITS + segment.into as usize
}

/// More than [`exit`] gives, and more than [`entry`] does.
const EXITS: usize = PORTS * 2;
const TURN: usize = EXITS + PORTS;

fn collect(net: &Net, layer: &[usize], x: &[f64], run_of: &mut [usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut known = order::Map::new();
    for &at in layer.iter().flat_map(|vertex| &net.down[*vertex]) {
        let segment = &net.segments[at];
        let index = *known.get_or_insert_with(shared(net, at), || {
            runs.push(Run { low: f64::INFINITY, high: f64::NEG_INFINITY, ..Run::default() });
            runs.len() - 1
        });
        run_of[at] = index;
        let run = &mut runs[index];
        if !net.is_turn(segment.upper) {
            let top = x[segment.upper] + segment.out_offset;
            run.reach(top);
            run.tops.push(top);
        }
        if !net.is_turn(segment.lower) {
            let bottom = x[segment.lower] + segment.in_offset;
            run.reach(bottom);
            run.bottoms.push(bottom);
        }
    }
    for run in &mut runs {
        settle(&mut run.tops);
        settle(&mut run.bottoms);
    }
    runs
}

/// From left to right, each once.
fn settle(stubs: &mut Vec<f64>) {
    order::sort_by(stubs, f64::total_cmp);
    stubs.dedup_by(|left, right| (*left - *right).abs() < 0.01);
}

fn shared(net: &Net, at: usize) -> Shared {
    let segment = &net.segments[at];
    if net.is_turn(segment.upper) {
        return (segment.upper, TURN);
    }
    if net.is_turn(segment.lower) {
        // The way out to the turn belongs to the box it leaves, the way up from the turn with it.
        let port = if net.is_box(segment.upper) { segment.out } else { segment.into };
        for leave in net.up[segment.lower].iter().map(|at| &net.segments[*at]) {
            if net.is_box(leave.upper) && leave.out == port {
                return (leave.upper, exit(leave));
            }
        }
        return (segment.lower, TURN);
    }
    let exits = net.down[segment.upper].iter().filter(|other| exit(&net.segments[**other]) == exit(segment));
    if exits.count() > 1 { (segment.upper, exit(segment)) } else { (segment.lower, entry(segment)) }
}

/// Gives every bent run a track, and tells how many there are.
fn assign(runs: &mut [Run]) -> usize {
    let mut bent: Vec<usize> = (0..runs.len()).filter(|at| runs[*at].is_bent()).collect();
    order::sort_by(&mut bent, |left, right| runs[*left].low.total_cmp(&runs[*right].low).then(left.cmp(right)));
    let overlaps = overlaps(runs, &bent);
    let above = preferences(runs, &bent, &overlaps);
    let mut beside = vec![Vec::new(); bent.len()];
    for &(left, right) in &overlaps {
        beside[left].push(right);
        beside[right].push(left);
    }
    let (mut track, mut least, mut count) = (vec![NONE; bent.len()], vec![0usize; bent.len()], 0);
    for run in downwards(&above) {
        // Of so many tracks more than are beside it, one must be free.
        let mut taken = vec![false; beside[run].len() + 1];
        for &other in &beside[run] {
            if let Some(taken) = track[other].checked_sub(least[run]).and_then(|track| taken.get_mut(track)) {
                *taken = true;
            }
        }
        let free = least[run] + taken.iter().position(|taken| !taken).unwrap_or_default();
        track[run] = free;
        runs[bent[run]].track = free;
        count = count.max(free + 1);
        for &lower in &above[run] {
            least[lower] = least[lower].max(free + 1);
        }
    }
    count
}

/// The track of a run that has none yet.
const NONE: usize = usize::MAX;

/// The pairs of bent runs that can't share a track, as places in `bent`, which is sorted from left to right.
fn overlaps(runs: &[Run], bent: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, run) in bent.iter().enumerate() {
        open.retain(|other| runs[bent[*other]].high + CLEAR >= runs[*run].low);
        pairs.extend(open.iter().map(|other| (*other, at)));
        open.push(at);
    }
    pairs
}

/// Which runs each run should lie above of, without a circle; the pairs that matter most come first.
fn preferences(runs: &[Run], bent: &[usize], overlaps: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut wishes: Vec<(i32, usize, usize)> = Vec::new();
    let counted = if overlaps.len() > MOST_OVERLAPS { &[] } else { overlaps };
    for &(left, right) in counted {
        let (one, other) = (&runs[bent[left]], &runs[bent[right]]);
        let gain = cost_above(one, other) - cost_above(other, one);
        if gain != 0 {
            wishes.push(if gain < 0 { (-gain, left, right) } else { (gain, right, left) });
        }
    }
    order::sort_by_key(&mut wishes, |(gain, upper, lower)| (-gain, *upper, *lower));
    let mut above = vec![Vec::new(); bent.len()];
    for (_, upper, lower) in wishes {
        if !reaches(&above, lower, upper) {
            above[upper].push(lower);
        }
    }
    above
}

/// How many stubs cross when one run lies above another; stubs that would lie on each other count most.
fn cost_above(upper: &Run, lower: &Run) -> i32 {
    let inside = |stubs: &[f64], run: &Run| stubs.iter().filter(|at| **at > run.low - 4.0 && **at < run.high + 4.0).count() as i32;
    let on_each_other = upper.bottoms.iter().any(|bottom| lower.tops.iter().any(|top| (bottom - top).abs() < 2.0));
    inside(&upper.bottoms, lower) + inside(&lower.tops, upper) + if on_each_other { 50 } else { 0 }
}

fn reaches(above: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; above.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&above[at]);
        }
    }
    false
}
