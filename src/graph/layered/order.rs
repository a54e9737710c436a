//! The order in each layer, so that little crosses: from several starts, sweeps down and up that sort a layer by its neighbours, and
//! swaps of two that stand side by side. Of orders that cross as little, the one that keeps the rules of a Choice in their order.

use super::net::{Net, Path, Port, Role};
use super::reinsert;
use crate::order;
use std::cmp::Ordering;

/// The vertices of each layer from left to right.
pub type Layers = Vec<Vec<usize>>;

/// An order and what is wrong with it.
type Rated = (Disorder, Layers);

/// Crossings first, then ways of a Choice out of the order of its rules. With those equal decides what is not as one would expect, so
/// that a small edit does not turn the drawing round: boxes out of the order in which lines reach them, and what stands between a box
/// and the line that leads up beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disorder {
    crossings: u64,
    pub ways: u64,
    pub oddities: u64,
}

/// Swapping is left out where it would take too long.
const WIDEST_SWAPPED: usize = 400;
const MOST_PAIRS: usize = 4_000;

/// Only nets with fewer vertices get more than a few tries.
const SMALL: usize = 400;
const ROUNDS_OF_REINSERTING: usize = 6;

/// The best orders found, the best first, each with how many ways of a Choice are out of order; one alone where the net is large.
pub fn candidates(net: &Net, start: Option<usize>) -> Vec<(Disorder, Layers)> {
    let size = net.vertices.len();
    let (starts, sweeps, kept) = match size {
        0..100 => (12, 24, 8),
        100..200 => (8, 24, 6),
        200..SMALL => (3, 24, 3),
        SMALL..1500 => (2, 16, 1),
        1500..6000 => (1, 12, 1),
        6000..30_000 => (1, 6, 1),
        _ => (1, 3, 1),
    };
    let mut search = Search::new(net, start);
    let mut found: Vec<Rated> = Vec::new();
    'search: for attempt in 0..starts {
        for mirrored in [false, true] {
            let rated = search.improve(initial(net, start, attempt), sweeps, mirrored);
            let perfect = rated.0 == Disorder::default();
            if !found.contains(&rated) {
                found.push(rated);
            }
            if perfect || starts == 1 {
                break 'search;
            }
        }
    }
    order::sort_by_key(&mut found, |(rate, _)| *rate);
    found.truncate(kept);
    if size < SMALL {
        found.iter_mut().for_each(|rated| search.reinsert(rated));
    }
    found
}

/// What is wrong with an order.
pub fn rate(net: &Net, start: Option<usize>, layers: &Layers) -> Disorder {
    let mut search = Search::new(net, start);
    search.position = positions(net, layers);
    search.rate(layers)
}

/// The order in which a search from the start comes upon the vertices. Attempts differ in where it begins and which way it goes first.
fn initial(net: &Net, start: Option<usize>, attempt: usize) -> Layers {
    let mut layers = vec![Vec::new(); net.layers];
    for vertex in walk(net, start, attempt) {
        layers[net.vertices[vertex].layer].push(vertex);
    }
    layers
}

/// Where each vertex stands in its layer.
pub fn positions(net: &Net, layers: &Layers) -> Vec<usize> {
    let mut position = vec![0; net.vertices.len()];
    layers.iter().for_each(|layer| take_positions(&mut position, layer));
    position
}

fn take_positions(position: &mut [usize], layer: &[usize]) {
    for (at, vertex) in layer.iter().enumerate() {
        position[*vertex] = at;
    }
}

/// When a search comes upon each vertex.
fn reached(net: &Net, start: Option<usize>) -> Vec<usize> {
    let mut reached = vec![0; net.vertices.len()];
    for (at, vertex) in walk(net, start, 0).into_iter().enumerate() {
        reached[vertex] = at;
    }
    reached
}

fn walk(net: &Net, start: Option<usize>, attempt: usize) -> Vec<usize> {
    let count = net.vertices.len();
    let (mut order, mut open, mut seen) = (Vec::with_capacity(count), Vec::new(), vec![false; count]);
    // Turns that nothing leads to where the attempt is odd, the start, whatever nothing leads to, and what is left.
    for (pass, seed) in (0..4).flat_map(|pass| (0..count).map(move |seed| (pass, seed))) {
        let is_seed = match pass {
            0 => attempt % 2 == 1 && net.is_turn(seed) && net.up[seed].is_empty(),
            1 => start == Some(seed),
            2 => net.up[seed].is_empty(),
            _ => true,
        };
        if is_seed {
            open.push(seed);
        }
        while let Some(vertex) = open.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            order.push(vertex);
            let behind = open.len();
            open.extend_from_slice(&net.below[vertex]);
            let below = &mut open[behind..];
            match attempt {
                0 | 1 => below.reverse(),
                2 | 3 => {}
                _ => shuffle(below, attempt as u64, vertex as u64),
            }
        }
    }
    order
}

/// Mixes a list in a way that is the same every time.
fn shuffle(list: &mut [usize], attempt: u64, vertex: u64) {
    let mut state = attempt.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ vertex.wrapping_mul(0xD1B5_4A32_D192_ED03) | 1;
    for at in (1..list.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        list.swap(at, (state % (at as u64 + 1)) as usize);
    }
}

struct Search<'a> {
    net: &'a Net,
    position: Vec<usize>,
    counts: Vec<u32>,
    /// When a search from the start, the first way first, comes upon each vertex.
    reached: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(net: &'a Net, start: Option<usize>) -> Search<'a> {
        Search { net, position: vec![0; net.vertices.len()], counts: Vec::new(), reached: reached(net, start) }
    }

    fn improve(&mut self, mut layers: Layers, sweeps: usize, mirrored: bool) -> Rated {
        self.position = positions(self.net, &layers);
        let mut best = (self.rate(&layers), layers.clone());
        let mut stale = 0;
        for sweep in 0..sweeps {
            if best.0 == Disorder::default() || stale > 6 {
                break;
            }
            let downward = sweep % 2 == 0;
            for step in 1..layers.len() {
                let at = if downward { step } else { layers.len() - 1 - step };
                self.sort(&mut layers[at], downward, sweep / 2 % 2 == 0, mirrored && sweep % 4 >= 2);
            }
            self.swap_neighbours(&mut layers);
            let rate = self.rate(&layers);
            if rate < best.0 {
                best = (rate, layers.clone());
                stale = 0;
            } else {
                stale += 1;
            }
        }
        best
    }

    /// Moves whole lines while that helps.
    fn reinsert(&mut self, best: &mut Rated) {
        for _ in 0..ROUNDS_OF_REINSERTING {
            let mut layers = best.1.clone();
            if !reinsert::lines(self.net, &mut layers) {
                break;
            }
            self.position = positions(self.net, &layers);
            self.swap_neighbours(&mut layers);
            let rate = self.rate(&layers);
            if rate >= best.0 {
                break;
            }
            *best = (rate, layers);
        }
    }

    /// Sorts a layer by where the neighbours in the layer before stand; what has none keeps its place.
    fn sort(&mut self, layer: &mut Vec<usize>, downward: bool, by_mean: bool, mirrored: bool) {
        let (mut sorted, mut kept) = (Vec::with_capacity(layer.len()), Vec::new());
        for (at, &vertex) in layer.iter().enumerate() {
            let neighbours = if downward { &self.net.above[vertex] } else { &self.net.below[vertex] };
            let mut positions: Vec<usize> = neighbours.iter().map(|neighbour| self.position[*neighbour]).collect();
            if positions.is_empty() {
                kept.push((at, vertex));
                continue;
            }
            order::sort(&mut positions);
            sorted.push((if by_mean { mean(&positions) } else { median(&positions) }, vertex));
        }
        if mirrored {
            sorted.reverse();
        }
        order::sort_by(&mut sorted, |(left, _), (right, _)| left.partial_cmp(right).unwrap_or(Ordering::Equal));
        layer.clear();
        layer.extend(sorted.into_iter().map(|(_, vertex)| vertex));
        for (at, vertex) in kept {
            layer.insert(at.min(layer.len()), vertex);
        }
        take_positions(&mut self.position, layer);
    }

    fn swap_neighbours(&mut self, layers: &mut Layers) {
        for _ in 0..6 {
            let mut improved = false;
            for layer in layers.iter_mut().filter(|layer| layer.len() <= WIDEST_SWAPPED) {
                for at in 1..layer.len() {
                    let (left, right) = (layer[at - 1], layer[at]);
                    let gain = self.gain_of_swap(left, right);
                    if gain > 0 || gain == 0 && self.out_of_order(left, right) {
                        layer.swap(at - 1, at);
                        self.position[left] = at;
                        self.position[right] = at - 1;
                        improved = true;
                    }
                }
            }
            if !improved {
                return;
            }
        }
    }

    /// How many crossings fewer there are when two neighbours change places.
    fn gain_of_swap(&self, left: usize, right: usize) -> i64 {
        let mut gain = 0;
        for side in [&self.net.above, &self.net.below] {
            let (of_left, of_right) = (&side[left], &side[right]);
            if of_left.len() * of_right.len() > MOST_PAIRS {
                return -1;
            }
            for left in of_left {
                for right in of_right {
                    gain += match self.position[*left].cmp(&self.position[*right]) {
                        Ordering::Greater => 1,
                        Ordering::Equal => 0,
                        Ordering::Less => -1,
                    };
                }
            }
        }
        gain
    }

    /// Whether two are ways of the same Choice, the later one first, or boxes, the later reached first.
    fn out_of_order(&self, left: usize, right: usize) -> bool {
        match (self.way(left), self.way(right)) {
            (Some((first_box, first)), Some((second_box, second))) => first_box == second_box && first > second,
            _ => self.net.is_box(left) && self.net.is_box(right) && self.reached[left] > self.reached[right],
        }
    }

    /// The box and the line of a label under a box; none for a catcher's.
    fn way(&self, vertex: usize) -> Option<(usize, usize)> {
        let Role::Label(line) = self.net.vertices[vertex].role else { return None };
        let segment = &self.net.segments[*self.net.up[vertex].first()?];
        (segment.out == Port::Main && self.net.is_box(segment.upper)).then_some((segment.upper, line))
    }

    fn rate(&mut self, layers: &Layers) -> Disorder {
        let mut found = Disorder::default();
        for layer in layers {
            found.crossings += self.crossings_below(layer);
            if layer.len() <= WIDEST_SWAPPED {
                let (mut ways, mut boxes) = (Vec::new(), Vec::new());
                for &vertex in layer {
                    ways.extend(self.way(vertex));
                    if self.net.is_box(vertex) {
                        boxes.push((0, self.reached[vertex]));
                    }
                }
                found.ways += out_of_order(&ways);
                found.oddities += out_of_order(&boxes);
            }
        }
        for path in &self.net.paths {
            found.oddities += self.passed_by(path);
        }
        found
    }

    /// How much stands between a box and the line that leads back from it, where that line begins to lead up.
    fn passed_by(&self, path: &Path) -> u64 {
        let Path::Around(around) = path else { return 0 };
        let place = |segment: usize| self.position[self.net.segments[segment].upper];
        place(around.leave).abs_diff(place(around.side)).saturating_sub(1) as u64
    }

    /// Crossings between a layer and the next, counted with a Fenwick tree over the next one's positions.
    fn crossings_below(&mut self, layer: &[usize]) -> u64 {
        let net = self.net;
        let ends = layer.iter().flat_map(|vertex| &net.below[*vertex]);
        let width = ends.map(|below| self.position[*below] + 1).max().unwrap_or(0);
        self.counts.clear();
        self.counts.resize(width + 1, 0);
        let (mut crossings, mut total) = (0u64, 0u64);
        for vertex in layer {
            let below = &net.below[*vertex];
            for &end in below {
                crossings += total - self.count_to(self.position[end] + 1);
            }
            for &end in below {
                self.count_in(self.position[end] + 1);
                total += 1;
            }
        }
        crossings
    }

    fn count_to(&self, mut at: usize) -> u64 {
        let mut sum = 0;
        while at > 0 {
            sum += u64::from(self.counts[at]);
            at &= at - 1;
        }
        sum
    }

    fn count_in(&mut self, mut at: usize) {
        while at < self.counts.len() {
            self.counts[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
}

/// Of ways of a Choice, by its box and their number, or of boxes, by none and when they are reached: pairs of which the later stands
/// first.
fn out_of_order(list: &[(usize, usize)]) -> u64 {
    let mut pairs = 0;
    for (at, first) in list.iter().enumerate() {
        pairs += list[at + 1..].iter().filter(|second| second.0 == first.0 && second.1 < first.1).count();
    }
    pairs as u64
}

fn mean(sorted: &[usize]) -> f64 {
    sorted.iter().sum::<usize>() as f64 / sorted.len() as f64
}

/// The median, between two the one nearer to the closer half.
fn median(sorted: &[usize]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        return sorted[middle] as f64;
    }
    let (low, high) = (sorted[middle - 1] as f64, sorted[middle] as f64);
    let (below, above) = (low - sorted[0] as f64, sorted[sorted.len() - 1] as f64 - high);
    if below + above == 0.0 { (low + high) / 2.0 } else { (low * above + high * below) / (below + above) }
}
