//! In which row each box stands: short lines first, the ways of a Choice before all.

use super::{Graph, simplex};
use crate::graph::EdgeKind;
use simplex::Constraint;
use std::collections::BTreeMap;

const MOST_PIVOTS: usize = 20_000;

/// The row of each box, from 0. `back` tells which lines lead upwards.
pub fn of(graph: &Graph, back: &[bool]) -> Vec<usize> {
    let mut weights: BTreeMap<(u32, u32), i32> = BTreeMap::new();
    for (line, back) in graph.lines.iter().zip(back).filter(|(line, _)| line.from != line.to) {
        let (from, to) = if *back { (line.to, line.from) } else { (line.from, line.to) };
        *weights.entry((from as u32, to as u32)).or_default() += if *back { 2 } else { weight(line.kind) };
    }
    let constraints: Vec<Constraint> =
        weights.into_iter().map(|((from, to), weight)| Constraint { from, to, length: 1, weight }).collect();
    simplex::solve(graph.boxes.len(), &constraints, MOST_PIVOTS).into_iter().map(|rank| rank as usize).collect()
}

fn weight(kind: EdgeKind) -> i32 {
    match kind {
        EdgeKind::Choice | EdgeKind::Default => 8,
        EdgeKind::Start | EdgeKind::Next => 4,
        EdgeKind::Catch => 2,
        EdgeKind::End => 1,
    }
}
