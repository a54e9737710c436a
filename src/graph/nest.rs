//! Lays scopes out from the innermost: a container is a box of the size of what it holds, and takes it along to its place.

use super::layered::{Graph, Line, Placed, Size};
use super::measure::{self, Font};
use super::read::{Scope, State, Transition};
use super::{Direction, Drawing, Edge, EdgeKind, Kind, Label, Node, Options, Point};

/// A card: what its height is, and what stands beside its text (design of the page: tile, gaps, status glyph).
const CARD_HEIGHT: f64 = 42.0;
const CARD_BESIDE_TEXT: f64 = 71.0;
const MARK: Size = Size { w: 52.0, h: 20.0 };
const GHOST_BESIDE_TEXT: f64 = 28.0;

/// A container's header: its rows, and what stands beside the texts.
const HEADER_ROW: f64 = 34.0;
const HEADER_SECOND_ROW: f64 = 22.0;
const HEADER_BESIDE_TEXT: f64 = 82.0;
const DETAIL_BESIDE_TEXT: f64 = 20.0;
/// The second row of a Map holds the iteration picker and how the iterations stand, by three counts.
const MAP_WIDTH: f64 = 280.0;

/// Free room in a container, between branches, and round the whole.
const PADDING: f64 = 18.0;
const BRANCH_GAP: f64 = 32.0;
const MARGIN: f64 = 16.0;

const LABEL_HEIGHT: f64 = 16.0;
const LABEL_BESIDE_TEXT: f64 = 12.0;

/// From how many characters on labels are cut.
const LONGEST_LABEL: usize = 30;

/// Draws the scopes of a definition; `place` places each of them, the innermost first.
pub fn draw(scopes: Vec<Scope>, options: &Options, place: &mut dyn FnMut(&Graph) -> Placed) -> Drawing {
    let mut laid: Vec<Laid> = Vec::with_capacity(scopes.len());
    // From the end: a scope's index is less than those of the scopes inside it.
    for scope in scopes.iter().rev() {
        let size = |index: usize| laid[scopes.len() - 1 - index].placed.size;
        let next = Laid::new(scope, &size, options, place);
        laid.push(next);
    }
    laid.reverse();
    assemble(scopes, laid, options)
}

/// A scope that is laid out, its corner at the origin.
struct Laid {
    placed: Placed,
    shapes: Vec<Shape>,
    labels: Vec<Option<(Size, String)>>,
}

/// A state as a box.
struct Shape {
    size: Size,
    /// The inner scopes' corners, seen from the box's own.
    inside: Vec<Point>,
    header: Option<f64>,
    dividers: Vec<f64>,
    collapsed: bool,
}

impl Laid {
    /// `inner` tells the sizes of the scopes inside.
    fn new(scope: &Scope, inner: &dyn Fn(usize) -> Size, options: &Options, place: &mut dyn FnMut(&Graph) -> Placed) -> Laid {
        let (mut shapes, mut labels) = (Vec::new(), Vec::new());
        let mut graph = Graph { start: scope.start, ..Graph::default() };
        for state in &scope.states {
            let sizes: Vec<Size> = state.inside.iter().map(|index| inner(*index)).collect();
            let shape = shape(state, &sizes, options);
            graph.boxes.push(turned(shape.size, options.direction));
            shapes.push(shape);
        }
        for transition in &scope.transitions {
            let label = label(transition);
            graph.lines.push(line(transition, &label, options));
            labels.push(label);
        }
        let mut placed = place(&graph);
        if options.direction == Direction::Right {
            turn(&mut placed);
        }
        Laid { placed, shapes, labels }
    }
}

fn line(transition: &Transition, label: &Option<(Size, String)>, options: &Options) -> Line {
    let label = label.as_ref().map(|(size, _)| turned(*size, options.direction));
    Line { from: transition.from, to: transition.to, kind: transition.kind, label }
}

/// The layout runs from top to bottom: for the other direction sizes go in and places come out with their sides swapped.
fn turned(size: Size, direction: Direction) -> Size {
    match direction {
        Direction::Down => size,
        Direction::Right => Size { w: size.h, h: size.w },
    }
}

fn turn(placed: &mut Placed) {
    placed.each_point(&mut |point| *point = Point { x: point.y, y: point.x });
    placed.size = turned(placed.size, Direction::Right);
}

fn label(transition: &Transition) -> Option<(Size, String)> {
    let text = match transition.kind {
        EdgeKind::Catch => transition.words.split(':').next().unwrap_or_default().to_owned(),
        _ => measure::cut_end(&transition.words, LONGEST_LABEL),
    };
    let w = even(measure::width(&text, Font::Caption) + LABEL_BESIDE_TEXT);
    (!text.is_empty()).then_some((Size { w, h: LABEL_HEIGHT }, text))
}

fn shape(state: &State, inner: &[Size], options: &Options) -> Shape {
    let filled = inner.iter().any(|size| size.w > 0.0);
    let collapsed = filled && options.collapsed.contains(&state.id);
    if filled && !collapsed {
        return container(state, inner, options.direction);
    }
    let title = measure::width(&state.title, Font::Name).max(measure::width(&state.caption, Font::Caption));
    let size = match state.kind {
        Kind::Start | Kind::End => MARK,
        Kind::Missing => Size { w: even(title + GHOST_BESIDE_TEXT), h: CARD_HEIGHT },
        _ => Size { w: even(title + CARD_BESIDE_TEXT), h: CARD_HEIGHT },
    };
    Shape { size, inside: vec![Point::default(); inner.len()], header: None, dividers: Vec::new(), collapsed }
}

/// Branches stand side by side under the header, or below each other where the drawing runs left to right.
fn container(state: &State, inner: &[Size], direction: Direction) -> Shape {
    let header = HEADER_ROW + if state.detail.is_some() { HEADER_SECOND_ROW } else { 0.0 };
    let across = |size: &Size| turned(*size, direction).w;
    let along = |size: &Size| turned(*size, direction).h;
    let (mut needed, mut longest) = (-BRANCH_GAP, 0.0f64);
    for size in inner.iter().filter(|size| size.w > 0.0) {
        needed += across(size) + BRANCH_GAP;
        longest = longest.max(along(size));
    }
    let content = turned(Size { w: needed, h: longest }, direction);
    let size = Size { w: even((content.w + 2.0 * PADDING).max(header_width(state))), h: header + content.h + 2.0 * PADDING };

    let room = turned(Size { w: size.w - 2.0 * PADDING, h: content.h }, direction);
    let corner = Point { x: PADDING, y: header + PADDING };
    let mut at = ((room.w - needed) / 2.0).floor();
    let (mut inside, mut dividers) = (Vec::new(), Vec::new());
    for branch in inner {
        let offset = if branch.w > 0.0 { at } else { 0.0 };
        inside.push(match direction {
            Direction::Down => Point { x: corner.x + offset, y: corner.y },
            Direction::Right => Point { x: corner.x, y: corner.y + offset },
        });
        if branch.w > 0.0 {
            at += across(branch) + BRANCH_GAP;
            dividers.push(at - BRANCH_GAP / 2.0 + if direction == Direction::Down { corner.x } else { corner.y });
        }
    }
    dividers.pop();
    Shape { size, inside, header: Some(header), dividers, collapsed: false }
}

fn header_width(state: &State) -> f64 {
    let first = measure::width(&state.title, Font::Name) + measure::width(&state.caption, Font::Caption) + HEADER_BESIDE_TEXT;
    match &state.detail {
        Some(detail) => first.max(MAP_WIDTH).max(measure::width(detail, Font::Caption) + DETAIL_BESIDE_TEXT),
        None => first,
    }
}

/// Even widths keep the middle, and so the lines, on whole pixels.
fn even(width: f64) -> f64 {
    (width / 2.0).ceil() * 2.0
}

/// Puts the scopes where their containers are.
fn assemble(mut scopes: Vec<Scope>, mut laid: Vec<Laid>, options: &Options) -> Drawing {
    let whole = laid[0].placed.size;
    let mut drawing = Drawing { w: whole.w + 2.0 * MARGIN, h: whole.h + 2.0 * MARGIN, ..Drawing::default() };
    let mut open = vec![(0, None, Point { x: MARGIN, y: MARGIN })];
    while let Some((index, parent, corner)) = open.pop() {
        let (scope, laid) = (std::mem::take(&mut scopes[index]), &mut laid[index]);
        laid.placed.each_point(&mut |point| *point = moved(*point, corner));
        let first = drawing.nodes.len();
        for (at, state) in scope.states.into_iter().enumerate() {
            let (shape, corner) = (&laid.shapes[at], laid.placed.boxes[at]);
            if shape.header.is_some() {
                let own = Some(drawing.nodes.len());
                for (index, offset) in state.inside.iter().zip(&shape.inside).rev() {
                    open.push((*index, own, moved(*offset, corner)));
                }
            }
            drawing.nodes.push(node(state, shape, parent, corner, options));
        }
        for (at, transition) in scope.transitions.into_iter().enumerate() {
            let Transition { from, to, kind, way, words } = transition;
            let points = std::mem::take(&mut laid.placed.routes[at]);
            let plate = laid.labels[at].take().zip(laid.placed.labels[at]);
            let label = plate.map(|((Size { w, h }, text), Point { x, y })| Label { x, y, w, h, text, full: words });
            drawing.edges.push(Edge { from: first + from, to: first + to, kind, way, points, label });
        }
    }
    drawing
}

fn node(state: State, shape: &Shape, parent: Option<usize>, at: Point, options: &Options) -> Node {
    let edge = if options.direction == Direction::Down { at.x } else { at.y };
    Node {
        id: state.id,
        parent,
        x: at.x,
        y: at.y,
        w: shape.size.w,
        h: shape.size.h,
        kind: state.kind,
        name: state.name,
        title: state.title,
        caption: state.caption,
        glyph: state.glyph,
        detail: state.detail,
        header: shape.header,
        dividers: shape.dividers.iter().map(|divider| edge + divider).collect(),
        collapsed: shape.collapsed,
        unreachable: state.unreachable,
    }
}

fn moved(point: Point, by: Point) -> Point {
    Point { x: point.x + by.x, y: point.y + by.y }
}
