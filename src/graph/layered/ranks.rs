//! In which row each box stands: right under the lowest that leads to it. So what is inserted moves down what follows it, and nothing
//! else; rows that make lines shortest in sum would pull other branches along.

use super::Graph;
use crate::graph::EdgeKind;

/// The row of each box, from 0. `back` tells which lines lead upwards.
pub fn of(graph: &Graph, back: &[bool]) -> Vec<usize> {
    let count = graph.boxes.len();
    let mut below = vec![Vec::new(); count];
    for (line, back) in graph.lines.iter().zip(back).filter(|(line, _)| line.from != line.to) {
        let (from, to) = if *back { (line.to, line.from) } else { (line.from, line.to) };
        below[from].push(to);
    }
    let mut rank = vec![0; count];
    for at in downwards(&below) {
        for &lower in &below[at] {
            rank[lower] = rank[lower].max(rank[at] + 1);
        }
    }
    // What nothing leads to stands right over what it leads to.
    for at in (0..count).filter(|at| graph.start != Some(*at)) {
        if rank[at] == 0 {
            rank[at] = below[at].iter().map(|lower| rank[*lower] - 1).min().unwrap_or(0);
        }
    }
    // The end stands under all.
    if let Some(end) = graph.lines.iter().find(|line| line.kind == EdgeKind::End).map(|line| line.to) {
        let lowest = (0..count).filter(|at| *at != end).map(|at| rank[at]).max();
        rank[end] = lowest.map_or(0, |lowest| lowest + 1);
    }
    rank
}

/// All things, each behind what leads to it. `below` tells what each leads to, never in a circle.
pub fn downwards(below: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting = vec![0usize; below.len()];
    for &lower in below.iter().flatten() {
        waiting[lower] += 1;
    }
    let mut order: Vec<usize> = (0..below.len()).filter(|at| waiting[*at] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for &lower in &below[order[next]] {
            waiting[lower] -= 1;
            if waiting[lower] == 0 {
                order.push(lower);
            }
        }
        next += 1;
    }
    order
}
