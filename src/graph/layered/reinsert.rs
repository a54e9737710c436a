//! Takes a line out of an order and puts it back where it crosses least.
//!
//! Sweeps move one layer at a time, so a long line stays on the wrong side of what it passes: to get over, all of it has to move at
//! once. Where it crosses least is found layer by layer: for each place in a layer, the best place in the layer above.

use super::net::{Net, Path};
use super::order::Layers;

/// Moves every line of a net once to where it crosses least, and tells whether one crosses less than before.
pub fn lines(net: &Net, layers: &mut Layers) -> bool {
    let mut improved = false;
    for path in &net.paths {
        let chain = chain(net, path);
        if !chain.is_empty() {
            improved |= Insertion::new(net, layers, &chain).run(layers);
        }
    }
    improved
}

/// The vertices of a line that are no boxes, from the top down.
fn chain(net: &Net, path: &Path) -> Vec<usize> {
    let segments: Vec<usize> = match path {
        Path::Down(segments) => segments.clone(),
        Path::Around(around) => [around.leave, around.side, around.top].into_iter().chain(around.climb.iter().copied()).collect(),
        Path::Beside(_) => Vec::new(),
    };
    let ends = segments.iter().flat_map(|at| [net.segments[*at].upper, net.segments[*at].lower]);
    let mut vertices: Vec<usize> = ends.filter(|vertex| !net.is_box(*vertex)).collect();
    vertices.sort_by_key(|vertex| (net.vertices[*vertex].layer, *vertex));
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
            let kept: Vec<usize> = layer.iter().copied().filter(|vertex| !in_chain[*vertex]).collect();
            kept.iter().enumerate().for_each(|(at, vertex)| position[*vertex] = at);
            others.push(kept);
        }
        let place = |vertex: &usize| {
            let layer = &layers[net.vertices[*vertex].layer];
            layer.iter().take_while(|other| *other != vertex).filter(|other| !in_chain[**other]).count()
        };
        let old = chain.iter().map(place).collect();
        Insertion { net, chain, first, position, in_chain, others, old }
    }

    /// Puts the chain back, and tells whether it crosses less.
    fn run(&self, layers: &mut Layers) -> bool {
        let count = self.chain.len();
        let gaps: Vec<Crossings> = (0..=count).map(|step| self.crossings(step)).collect();
        let fixed = |step: usize, place: usize| self.fixed_cost(step, place, &gaps);
        let mut costs: Vec<Vec<(u32, usize)>> = Vec::with_capacity(count);
        for step in 0..count {
            let row = (0..=self.others[step + 1].len()).map(|place| {
                let above = costs.last().map_or((0, 0), |row: &Vec<(u32, usize)>| {
                    let ways = row.iter().enumerate().map(|(from, (cost, _))| (cost + gaps[step].of(from, place), from));
                    // Of places as good, that nearest to where the line was.
                    ways.min_by_key(|(cost, from)| (*cost, from.abs_diff(self.old[step - 1]))).unwrap_or((0, 0))
                });
                (above.0 + fixed(step, place), above.1)
            });
            let row = row.collect();
            costs.push(row);
        }
        let old_cost: u32 = (0..count).map(|step| fixed(step, self.old[step])).sum::<u32>()
            + (1..count).map(|step| gaps[step].of(self.old[step - 1], self.old[step])).sum::<u32>();
        let last =
            costs[count - 1].iter().enumerate().min_by_key(|(place, (cost, _))| (*cost, place.abs_diff(self.old[count - 1])));
        let Some((mut place, &(cost, _))) = last else { return false };
        if cost >= old_cost {
            return false;
        }
        for step in (0..count).rev() {
            let mut layer = self.others[step + 1].clone();
            layer.insert(place, self.chain[step]);
            layers[self.first + step] = layer;
            place = costs[step][place].1;
        }
        true
    }

    /// The segments that don't touch the chain, in the gap over its vertex `step`.
    fn crossings(&self, step: usize) -> Crossings {
        let (upper, lower) = (&self.others[step], &self.others[step + 1]);
        let mut counts = Crossings::new(upper.len(), lower.len());
        for &vertex in upper {
            for &segment in &self.net.down[vertex] {
                let lower = self.net.segments[segment].lower;
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
        let up = self.net.up[vertex].iter().map(|segment| self.net.segments[*segment].upper);
        let down = self.net.down[vertex].iter().map(|segment| self.net.segments[*segment].lower);
        let above = up.filter(|end| !self.in_chain[*end]).map(|end| gaps[step].from_upper(self.position[end], place));
        let below = down.filter(|end| !self.in_chain[*end]).map(|end| gaps[step + 1].from_lower(place, self.position[end]));
        above.chain(below).sum()
    }
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
    fn of(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) + self.left(self.rows(), lower) - 2 * self.left(upper, lower)
    }

    /// From the vertex at `upper` to a place: what begins at the same vertex doesn't cross.
    fn from_upper(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) - self.left(upper, lower) + self.left(self.rows(), lower) - self.left(upper + 1, lower)
    }

    /// From a place to the vertex at `lower`.
    fn from_lower(&self, upper: usize, lower: usize) -> u32 {
        self.left(upper, self.columns - 1) - self.left(upper, lower + 1) + self.left(self.rows(), lower) - self.left(upper, lower)
    }
}
