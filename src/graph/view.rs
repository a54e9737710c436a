//! The window on a drawing: pan and zoom, and the way of the arrow keys.

use super::{Drawing, Edge, Node, Point};

/// Where the drawing lies in its panel: a point of the drawing times the scale, plus `x` and `y`, is a point of the panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub x: f64,
    pub y: f64,
    pub scale: f64,
}

/// Width and height of the panel.
pub type Panel = (f64, f64);

const LEAST_SCALE: f64 = 0.05;
const MOST_SCALE: f64 = 3.0;
/// Names can't be read below this: the first look is at the start instead of at everything.
const READABLE: f64 = 0.6;
/// Room at the edges, and under the tools where a card would lie under them.
const EDGE: f64 = 12.0;
const TOOLS: (f64, f64) = (200.0, 48.0);

impl Default for View {
    fn default() -> View {
        View { x: 0.0, y: 0.0, scale: 1.0 }
    }
}

impl View {
    /// The whole drawing in the middle, never larger than life, with no card under the tools in the corner.
    pub fn fit(drawing: &Drawing, panel: Panel) -> View {
        let whole = View::fit_under(drawing, panel, EDGE);
        let covered = drawing.nodes.iter().any(|node| {
            let corner = whole.to_panel(Point { x: node.x, y: node.y });
            corner.x < TOOLS.0 && corner.y < TOOLS.1
        });
        if covered { View::fit_under(drawing, panel, TOOLS.1) } else { whole }
    }

    fn fit_under(drawing: &Drawing, (width, height): Panel, top: f64) -> View {
        let across = (width - 2.0 * EDGE) / drawing.w.max(1.0);
        let down = (height - top - EDGE) / drawing.h.max(1.0);
        let scale = across.min(down).clamp(LEAST_SCALE, 1.0);
        let room = height - top - EDGE - drawing.h * scale;
        View { x: (width - drawing.w * scale) / 2.0, y: top + room.max(0.0).min(room / 2.0), scale }
    }

    /// The first look: everything if it can be read, else the start at a size that can.
    pub fn first(drawing: &Drawing, panel: Panel) -> View {
        let fit = View::fit(drawing, panel);
        let Some(start) = drawing.nodes.first().filter(|_| fit.scale < READABLE) else { return fit };
        let across = (panel.0 - 2.0 * EDGE) / drawing.w.max(1.0);
        let scale = across.clamp(READABLE, 1.0);
        let fits_across = across >= scale;
        let middle = if fits_across { drawing.w / 2.0 } else { start.x + start.w / 2.0 };
        View { x: panel.0 / 2.0 - middle * scale, y: TOOLS.1 - start.y * scale, scale }
    }

    /// Larger or smaller, with one point of the panel staying where it is.
    pub fn zoomed(self, factor: f64, at: Point) -> View {
        let scale = (self.scale * factor).clamp(LEAST_SCALE, MOST_SCALE);
        let ratio = scale / self.scale;
        View { x: at.x - (at.x - self.x) * ratio, y: at.y - (at.y - self.y) * ratio, scale }
    }

    pub fn moved(self, x: f64, y: f64) -> View {
        View { x: self.x + x, y: self.y + y, ..self }
    }

    /// With a point of the drawing in the middle.
    pub fn centred(self, on: Point, panel: Panel) -> View {
        View { x: panel.0 / 2.0 - on.x * self.scale, y: panel.1 / 2.0 - on.y * self.scale, ..self }
    }

    /// Moved no further than needed to show a box; the same where it is shown already.
    pub fn showing(self, node: &Node, panel: Panel) -> View {
        let corner = self.to_panel(Point { x: node.x, y: node.y });
        let shift = |start: f64, length: f64, room: f64| {
            let (least, most) = (EDGE, room - EDGE - length);
            if start < least || most < least { least - start } else { most.min(start) - start }
        };
        // Of a container taller than the panel the header matters.
        let height = node.header.unwrap_or(node.h) * self.scale;
        self.moved(shift(corner.x, node.w * self.scale, panel.0), shift(corner.y, height, panel.1))
    }

    pub fn to_panel(self, point: Point) -> Point {
        Point { x: point.x * self.scale + self.x, y: point.y * self.scale + self.y }
    }

    pub fn to_drawing(self, point: Point) -> Point {
        Point { x: (point.x - self.x) / self.scale, y: (point.y - self.y) / self.scale }
    }

    /// Whether the whole drawing lies in the panel.
    pub fn holds(self, drawing: &Drawing, panel: Panel) -> bool {
        let end = self.to_panel(Point { x: drawing.w, y: drawing.h });
        self.x >= -1.0 && self.y >= -1.0 && end.x <= panel.0 + 1.0 && end.y <= panel.1 + 1.0
    }
}

/// A rectangle of a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    start: Point,
    end: Point,
}

impl Part {
    /// Everything.
    pub const ALL: Part =
        Part { start: Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY }, end: Point { x: f64::INFINITY, y: f64::INFINITY } };

    /// What a view shows, and around it as much again as lets moving on a little change nothing: it grows and moves in steps.
    pub fn around(view: View, panel: Panel) -> Part {
        let mut step = 256.0;
        while step < panel.0.max(panel.1) / view.scale {
            step *= 2.0;
        }
        let (start, end) = (view.to_drawing(Point { x: 0.0, y: 0.0 }), view.to_drawing(Point { x: panel.0, y: panel.1 }));
        let before = |at: f64| ((at / step).floor() - 0.5) * step;
        let behind = |at: f64| ((at / step).ceil() + 0.5) * step;
        Part { start: Point { x: before(start.x), y: before(start.y) }, end: Point { x: behind(end.x), y: behind(end.y) } }
    }

    pub fn has_node(&self, node: &Node) -> bool {
        self.meets(Point { x: node.x, y: node.y }, Point { x: node.x + node.w, y: node.y + node.h })
    }

    /// Whether a line, which runs straight between its points, may be seen in it.
    pub fn has_edge(&self, edge: &Edge) -> bool {
        let far = |pick: fn(f64, f64) -> f64, from: f64| {
            let of = |at: fn(&Point) -> f64| edge.points.iter().map(at).fold(from, pick);
            Point { x: of(|point| point.x), y: of(|point| point.y) }
        };
        let labelled = edge.label.as_ref().is_some_and(|label| {
            self.meets(Point { x: label.x, y: label.y }, Point { x: label.x + label.w, y: label.y + label.h })
        });
        labelled || self.meets(far(f64::min, f64::INFINITY), far(f64::max, f64::NEG_INFINITY))
    }

    fn meets(&self, start: Point, end: Point) -> bool {
        start.x <= self.end.x && start.y <= self.end.y && end.x >= self.start.x && end.y >= self.start.y
    }
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
}

/// The state an arrow key leads to: along a line where one leads that way, else the nearest that way.
pub fn neighbour(drawing: &Drawing, from: usize, step: Step) -> Option<usize> {
    let here = drawing.nodes.get(from)?;
    let along = drawing.edges.iter().filter_map(|edge| match step {
        Step::Down | Step::Right if edge.from == from => Some(edge.to),
        Step::Up | Step::Left if edge.to == from => Some(edge.from),
        _ => None,
    });
    let ahead = |other: &usize| *other != from && drawing.nodes[*other].kind.is_state() && lies(step, here, &drawing.nodes[*other]);
    let near = |other: &usize| (distance(step, here, &drawing.nodes[*other]) * 4.0) as i64;
    along.filter(ahead).min_by_key(near).or_else(|| (0..drawing.nodes.len()).filter(ahead).min_by_key(near))
}

fn lies(step: Step, here: &Node, there: &Node) -> bool {
    match step {
        Step::Up => top(there) < top(here),
        Step::Down => top(there) > top(here),
        // Beside: within reach up and down.
        Step::Left => middle(there) < middle(here) && (top(there) - top(here)).abs() < 60.0,
        Step::Right => middle(there) > middle(here) && (top(there) - top(here)).abs() < 60.0,
    }
}

fn distance(step: Step, here: &Node, there: &Node) -> f64 {
    let (across, down) = ((middle(there) - middle(here)).abs(), (top(there) - top(here)).abs());
    match step {
        Step::Up | Step::Down => down + 2.0 * across,
        Step::Left | Step::Right => across + 2.0 * down,
    }
}

fn top(node: &Node) -> f64 {
    node.y + node.header.unwrap_or(node.h).min(node.h) / 2.0
}

fn middle(node: &Node) -> f64 {
    node.x + node.w / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::layout;

    const CHOICE: &str = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
        "B": {"Type": "Pass", "End": true}, "C": {"Type": "Pass", "End": true}}}"#;

    #[test]
    fn fitting_shows_everything_and_keeps_the_corner_clear() {
        let drawing = layout(CHOICE);
        for panel in [(600.0, 600.0), (300.0, 200.0), (1200.0, 300.0)] {
            let view = View::fit(&drawing, panel);
            assert!(view.holds(&drawing, panel), "{panel:?} {view:?}");
            let covers = |node: &Node| {
                let corner = view.to_panel(Point { x: node.x, y: node.y });
                corner.x < TOOLS.0 && corner.y < TOOLS.1
            };
            assert!(!drawing.nodes.iter().any(covers), "{panel:?} {view:?}");
        }
        assert_eq!(View::fit(&drawing, (2000.0, 2000.0)).scale, 1.0);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let view = View { x: 10.0, y: 20.0, scale: 1.0 };
        let at = Point { x: 100.0, y: 50.0 };
        let before = view.to_drawing(at);
        let after = view.zoomed(2.0, at).to_drawing(at);
        assert!((before.x - after.x).abs() < 1e-9 && (before.y - after.y).abs() < 1e-9);
        assert_eq!(view.zoomed(1e9, at).scale, MOST_SCALE);
    }

    #[test]
    fn a_box_out_of_sight_is_brought_in() {
        let drawing = layout(CHOICE);
        let view = View { x: -5000.0, y: 300.0, scale: 1.0 };
        let node = &drawing.nodes[2];
        let shown = view.showing(node, (400.0, 300.0));
        let corner = shown.to_panel(Point { x: node.x, y: node.y });
        assert!(corner.x >= EDGE && corner.y >= EDGE && corner.x + node.w <= 400.0 && corner.y + node.h <= 300.0);
        assert_eq!(shown.showing(node, (400.0, 300.0)), shown);
    }

    #[test]
    fn arrows_follow_the_lines() {
        let drawing = layout(CHOICE);
        let named = |name: &str| drawing.nodes.iter().position(|node| node.name == name).unwrap();
        let to = |from: &str, step| neighbour(&drawing, named(from), step).map(|at| drawing.nodes[at].name.as_str());
        assert_eq!(to("B", Step::Right), Some("C"));
        assert_eq!(to("C", Step::Left), Some("B"));
        assert_eq!(to("C", Step::Up), Some("A"));
        assert!(matches!(to("A", Step::Down), Some("B" | "C")));
        assert_eq!(to("A", Step::Up), None);
    }

    #[test]
    fn what_is_in_sight_is_part_of_what_is_drawn_and_moving_a_little_draws_nothing_new() {
        let drawing = layout(CHOICE);
        let panel = (500.0, 400.0);
        let view = View { x: -40.0, y: -30.0, scale: 1.0 };
        let part = Part::around(view, panel);
        assert!(drawing.nodes.iter().all(|node| part.has_node(node)));
        assert!(drawing.edges.iter().all(|edge| part.has_edge(edge)));
        let again = Part::around(view.moved(-50.0, -50.0), panel);
        assert_eq!(part, again);
        let away = Part::around(view.moved(-10_000.0, 0.0), panel);
        assert!(!drawing.nodes.iter().any(|node| away.has_node(node)));
        assert!(!drawing.edges.iter().any(|edge| away.has_edge(edge)));
        assert!(drawing.nodes.iter().all(|node| Part::ALL.has_node(node)));
    }
}
