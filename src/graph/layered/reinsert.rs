//! Takes a line out of an order and puts it back where it crosses least.
//!
//! Sweeps move one layer at a time, so a long line stays on the wrong side of what it passes: to get over, all of it has to move at
//! once. Where it crosses least is found layer by layer: for each place in a layer, the best place in the layer above.

use super::net::{Net, Path};
use super::order::Layers;
use crate::order;

/// Moves every line of a net once to where it crosses least, and tells whether one crosses less than before.
pub fn lines(net: &Net, layers: &mut Layers) -> bool {
    let mut improved = false;
    let mut moved = vec![false; net.vertices.len()];
    for path in &net.paths {
        let mut chain = chain(net, path);
        // What lines share moves once, with the first of them; what is left of the others hangs together still.
        chain.retain(|vertex| !std::mem::replace(&mut moved[*vertex], true));
        if !chain.is_empty() {
            improved |= Insertion::new(net, layers, &chain).run(layers);
        }
    }
    improved
}

/// The vertices of a line that are no boxes, from the top down.
fn chain(net: &Net, path: &Path) -> Vec<usize> {
    let mut vertices = Vec::new();
    for at in path.segments() {
        let segment = &net.segments[at];
        vertices.extend([segment.upper, segment.lower].into_iter().filter(|vertex| !net.is_box(*vertex)));
    }
    order::sort_by_key(&mut vertices, |vertex| (net.vertices[*vertex].layer, *vertex));
    vertices.dedup();
    vertices
}

struct Insertion<'a> {
    net: &'a Net,
    chain: &'a [usize],
    first: usize,
    /// Where each vertex stands in its layer without the chain.
    position: Vec<usize>,
    in_chain: Vec<bool>,
    /// The layers of the chain and their neighbours without the chain, from one above its first.
    others: Vec<Vec<usize>>,
    old: Vec<usize>,
}

impl<'a> Insertion<'a> {
    fn new(net: &'a Net, layers: &Layers, chain: &'a [usize]) -> Insertion<'a> {
        let mut in_chain = vec![false; net.vertices.len()];
        chain.iter().for_each(|vertex| in_chain[*vertex] = true);
        let first = net.vertices[chain[0]].layer;
        let mut position = vec![0; net.vertices.len()];
        let mut others = Vec::new();
        for step in 0..chain.len() + 2 {
            let layer = (first + step).checked_sub(1).and_then(|layer| layers.get(layer)).map_or(&[][..], Vec::as_slice);
            let mut kept = Vec::with_capacity(layer.len());
            for &vertex in layer {
                // The chain's vertex stood where the next of the others stands now.
                position[vertex] = kept.len();
                if !in_chain[vertex] {
                    kept.push(vertex);
                }
            }
            others.push(kept);
        }
        let old = chain.iter().map(|vertex| position[*vertex]).collect();
        Insertion { net, chain, first, position, in_chain, others, old }
    }

    /// Puts the chain back, and tells whether it crosses less.
    fn run(&self, layers: &mut Layers) -> bool {
        let mut gaps = Vec::new();
        for step in 0..self.chain.len() + 1 {
            gaps.push(self.crossings(step));
        }
        let costs = self.costs(&gaps);
        let (Some(last), Some(&old)) = (costs.last(), self.old.last()) else { return false };
        let best = last.iter().enumerate().min_by_key(|(place, way)| (way.cost, place.abs_diff(old)));
        let Some((mut place, way)) = best.filter(|(_, way)| way.cost < self.old_cost(&gaps)) else { return false };
        let mut from = way.from;
        for step in (0..self.chain.len()).rev() {
            let mut layer = self.others[step + 1].clone();
            layer.insert(place, self.chain[step]);
            layers[self.first + step] = layer;
            if step > 0 {
                place = from;
                from = costs[step - 1][place].from;
            }
        }
        true
    }

    /// For each layer of the chain and each place in it, what the chain crosses at least down to there.
    fn costs(&self, gaps: &[Crossings]) -> Vec<Vec<Way>> {
        let mut costs: Vec<Vec<Way>> = Vec::with_capacity(self.chain.len());
        for (step, gap) in gaps.iter().enumerate().take(self.chain.len()) {
            let mut row = Vec::new();
            for place in 0..self.others[step + 1].len() + 1 {
                // Of places as good, that nearest to where the line was.
                let mut best: Option<(u32, usize, usize)> = None;
                for (from, above) in costs.last().map_or(&[][..], Vec::as_slice).iter().enumerate() {
                    let way = (above.cost + gap.between(from, place), from.abs_diff(self.old[step - 1]), from);
                    if best.is_none_or(|best| way < best) {
                        best = Some(way);
                    }
                }
                let (cost, _, from) = best.unwrap_or_default();
                row.push(Way { cost: cost + self.fixed_cost(step, place, gaps), from });
            }
            costs.push(row);
        }
        costs
    }

    fn old_cost(&self, gaps: &[Crossings]) -> u32 {
        let mut cost = 0;
        for (step, &place) in self.old.iter().enumerate() {
            cost += self.fixed_cost(step, place, gaps);
            if step > 0 {
                cost += gaps[step].between(self.old[step - 1], place);
            }
        }
        cost
    }

    /// The segments that don't touch the chain, in the gap over its vertex `step`.
    fn crossings(&self, step: usize) -> Crossings {
        let (upper, lower) = (&self.others[step], &self.others[step + 1]);
        let mut counts = Crossings::new(upper.len(), lower.len());
        for &vertex in upper {
            for &lower in &self.net.below[vertex] {
                if !self.in_chain[lower] {
                    counts.add(self.position[vertex], self.position[lower]);
                }
            }
        }
        counts.sum_up();
        counts
    }

    /// What the segments between a vertex of the chain and others cross.
    fn fixed_cost(&self, step: usize, place: usize, gaps: &[Crossings]) -> u32 {
        let vertex = self.chain[step];
        let mut cost = 0;
        for &end in self.net.above[vertex].iter().filter(|end| !self.in_chain[**end]) {
            cost += gaps[step].at_upper(self.position[end], place);
        }
        for &end in self.net.below[vertex].iter().filter(|end| !self.in_chain[**end]) {
            cost += gaps[step + 1].at_lower(place, self.position[end]);
        }
        cost
    }
}

/// What a chain crosses down to a place, and the place before on the way.
#[derive(Clone, Copy, Default)]
struct Way {
    cost: u32,
    from: usize,
}

/// How many segments of a gap another one would cross, by sums over all that begin and end left of a place.
struct Crossings {
    columns: usize,
    sums: Vec<u32>,
}

impl Crossings {
    fn new(upper: usize, lower: usize) -> Crossings {
        Crossings { columns: lower + 1, sums: vec![0; (upper + 1) * (lower + 1)] }
    }

    fn add(&mut self, upper: usize, lower: usize) {
        self.sums[(upper + 1) * self.columns + lower + 1] += 1;
    }

    fn sum_up(&mut self) {
        for at in 0..self.sums.len() {
            let (row, column) = (at / self.columns, at % self.columns);
            let left = if column > 0 { self.sums[at - 1] } else { 0 };
            let above = if row > 0 { self.sums[at - self.columns] } else { 0 };
            let both = if row > 0 && column > 0 { self.sums[at - self.columns - 1] } else { 0 };
            self.sums[at] += left + above - both;
        }
    }

    /// Segments that begin left of `upper` and end left of `lower`.
    fn left(&self, upper: usize, lower: usize) -> u32 {
        self.sums[upper * self.columns + lower]
    }

    fn rows(&self) -> usize {
        self.sums.len() / self.columns - 1
    }

    /// Between two places among the vertices.
    fn between(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) + self.left(self.rows(), lower) - 2 * self.left(upper, lower)
    }

    /// From the vertex at `upper` to a place: what begins at the same vertex doesn't cross.
    fn at_upper(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) - self.left(upper, lower) + self.left(self.rows(), lower) - self.left(upper + 1, lower)
    }

    /// From a place to the vertex at `lower`.
    fn at_lower(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) - self.left(upper, lower + 1) + self.left(self.rows(), lower) - self.left(upper, lower)
    }
}
