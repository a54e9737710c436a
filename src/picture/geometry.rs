//! Lines with round corners and arrowheads, as SVG path data. The page and the exported picture draw the same.

use crate::float::Short;
use crate::graph::{Edge, Label, Point};
use std::fmt::Write;

const CORNER: f64 = 8.0;
const HEAD_LENGTH: f64 = 7.0;
const HEAD_HALF: f64 = 4.0;

/// The line of an edge; where its label stands it is open, so that the words need no plate.
pub fn edge(edge: &Edge) -> String {
    let Some(label) = &edge.label else { return line(&edge.points) };
    let Some(at) = edge.points.windows(2).position(|pair| runs_through(label, &pair[0], &pair[1])) else {
        return line(&edge.points);
    };
    let (from, to) = (edge.points[at], edge.points[at + 1]);
    let ends = |low: f64, length: f64, forward: bool| if forward { (low, low + length) } else { (low + length, low) };
    let (first, second) = if from.x == to.x {
        let (first, second) = ends(label.y, label.h, from.y < to.y);
        (Point { x: from.x, y: first }, Point { x: from.x, y: second })
    } else {
        let (first, second) = ends(label.x, label.w, from.x < to.x);
        (Point { x: first, y: from.y }, Point { x: second, y: from.y })
    };
    let before: Vec<Point> = edge.points[..=at].iter().copied().chain([first]).collect();
    let after: Vec<Point> = [second].into_iter().chain(edge.points[at + 1..].iter().copied()).collect();
    format!("{}{}", path(&before, false), path(&after, true))
}

/// Whether a piece passes from one side of a label to the other.
fn runs_through(label: &Label, from: &Point, to: &Point) -> bool {
    let across = |place: f64, low: f64, length: f64| low < place && place < low + length;
    let along = |one: f64, other: f64, low: f64, length: f64| one.min(other) < low + length && low < one.max(other);
    if from.x == to.x {
        across(from.x, label.x, label.w) && along(from.y, to.y, label.y, label.h)
    } else {
        across(from.y, label.y, label.h) && along(from.x, to.x, label.x, label.w)
    }
}

/// A line through the points, its corners round, ending where its arrowhead begins.
pub fn line(points: &[Point]) -> String {
    path(points, true)
}

fn path(points: &[Point], has_head: bool) -> String {
    let mut data = String::new();
    let Some(first) = points.first() else { return data };
    let _ = write!(data, "M{} {}", Short(first.x), Short(first.y));
    for triple in points.windows(3) {
        let [before, corner, after] = triple else { continue };
        // The first and last pieces have a corner at one end only, those between have one at both.
        let radius = CORNER.min(length(before, corner) / 2.0).min(length(corner, after) / 2.0);
        let (start, end) = (towards(corner, before, radius), towards(corner, after, radius));
        let [x, y] = [Short(corner.x), Short(corner.y)];
        let _ = write!(data, "L{} {}Q{x} {y} {} {}", Short(start.x), Short(start.y), Short(end.x), Short(end.y));
    }
    if let [.., before, last] = points {
        let head = if has_head { HEAD_LENGTH } else { 0.0 };
        let end = towards(last, before, head.min(length(before, last)));
        let _ = write!(data, "L{} {}", Short(end.x), Short(end.y));
    }
    data
}

/// The arrowhead at the end of a line.
pub fn head(points: &[Point]) -> String {
    let [.., before, tip] = points else { return String::new() };
    let (x, y) = (tip.x, tip.y);
    let (back_x, back_y) = (x + (before.x - x).signum() * HEAD_LENGTH, y + (before.y - y).signum() * HEAD_LENGTH);
    let (left, right) = match before.x == x {
        true => ((x - HEAD_HALF, back_y), (x + HEAD_HALF, back_y)),
        false => ((back_x, y - HEAD_HALF), (back_x, y + HEAD_HALF)),
    };
    let [left_x, left_y, x, y, right_x, right_y] = [left.0, left.1, x, y, right.0, right.1].map(Short);
    format!("M{left_x} {left_y}L{x} {y}L{right_x} {right_y}z")
}

fn length(from: &Point, to: &Point) -> f64 {
    (from.x - to.x).abs() + (from.y - to.y).abs()
}

/// The point at a distance from one on the way to another, along a horizontal or vertical piece.
fn towards(from: &Point, to: &Point, distance: f64) -> Point {
    let step = |from: f64, to: f64| if from == to { from } else { from + (to - from).signum() * distance };
    Point { x: step(from.x, to.x), y: step(from.y, to.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(coordinates: &[(f64, f64)]) -> Vec<Point> {
        coordinates.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    #[test]
    fn lines_turn_round_corners() {
        assert_eq!(line(&points(&[(10.0, 0.0), (10.0, 40.0)])), "M10 0L10 33");
        let bent = line(&points(&[(10.0, 0.0), (10.0, 20.0), (50.0, 20.0), (50.0, 60.0)]));
        assert_eq!(bent, "M10 0L10 12Q10 20 18 20L42 20Q50 20 50 28L50 53");
        assert_eq!(line(&[]), "");
    }

    #[test]
    fn heads_point_along_the_last_piece() {
        assert_eq!(head(&points(&[(10.0, 0.0), (10.0, 40.0)])), "M6 33L10 40L14 33z");
        assert_eq!(head(&points(&[(0.0, 10.0), (40.0, 10.0)])), "M33 6L40 10L33 14z");
        assert_eq!(head(&points(&[(40.0, 10.0), (0.0, 10.0)])), "M7 6L0 10L7 14z");
    }
}
