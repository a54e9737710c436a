//! The places of a drawing as a list of numbers: what takes long of a layout can be worked out in another thread and sent over. Each
//! side reads the definition itself.

use super::layered::{self, Graph, Placed, Size};
use super::{Drawing, Options, Point, nest, scopes};
use crate::json::Node;

/// From how many states on a definition may take longer than a frame.
const LARGE: usize = 200;

/// Whether laying so many states out, or drawing them, may take longer than a frame.
pub fn is_large(states: usize) -> bool {
    states > LARGE
}

/// The places of everything in a drawing, for [`drawing_from`].
pub fn places(definition: &Node, options: &Options) -> Vec<f64> {
    let mut numbers = Vec::new();
    nest::draw(scopes(definition, options), options, &mut |graph| {
        let placed = layered::place(graph);
        write(&placed, &mut numbers);
        placed
    });
    numbers
}

/// The drawing of a definition from its [`places`]; none where they are of another.
pub fn drawing_from(definition: &Node, options: &Options, places: &[f64]) -> Option<Drawing> {
    let mut numbers = places.iter().copied();
    let mut whole = true;
    let drawing = nest::draw(scopes(definition, options), options, &mut |graph| {
        let placed = read_placed(graph, &mut numbers);
        whole &= placed.is_some();
        placed.unwrap_or_else(|| nowhere(graph))
    });
    (whole && numbers.next().is_none()).then_some(drawing)
}

fn write(placed: &Placed, numbers: &mut Vec<f64>) {
    let point = |point: &Point, numbers: &mut Vec<f64>| numbers.extend([point.x, point.y]);
    numbers.extend([placed.size.w, placed.size.h]);
    placed.boxes.iter().for_each(|corner| point(corner, numbers));
    for (route, label) in placed.routes.iter().zip(&placed.labels) {
        numbers.push(route.len() as f64);
        route.iter().for_each(|bend| point(bend, numbers));
        point(&label.unwrap_or(NO_LABEL), numbers);
    }
}

/// Stands for a label that is not there.
const NO_LABEL: Point = Point { x: f64::NAN, y: f64::NAN };

fn read_placed(graph: &Graph, numbers: &mut impl ExactSizeIterator<Item = f64>) -> Option<Placed> {
    let size = read_point(numbers)?;
    let mut placed = nowhere(graph);
    placed.size = Size { w: size.x, h: size.y };
    for corner in &mut placed.boxes {
        *corner = read_point(numbers)?;
    }
    for (route, label) in placed.routes.iter_mut().zip(&mut placed.labels) {
        let bends = numbers.next()? as usize;
        for _ in 0..bends.min(numbers.len()) {
            route.push(read_point(numbers)?);
        }
        *label = read_point(numbers).map(|corner| (!corner.x.is_nan()).then_some(corner))?;
    }
    Some(placed)
}

fn read_point(numbers: &mut impl Iterator<Item = f64>) -> Option<Point> {
    Some(Point { x: numbers.next()?, y: numbers.next()? })
}

fn nowhere(graph: &Graph) -> Placed {
    Placed {
        boxes: vec![Point::default(); graph.boxes.len()],
        routes: vec![Vec::new(); graph.lines.len()],
        labels: vec![None; graph.lines.len()],
        size: Size::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Direction, layout_with};
    use crate::json::parse;

    const DEFINITION: &str = r#"{"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "Next": "Which", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Each"}],
            "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "Next": "Two"}, "Two": {"Type": "Succeed"}}}},
        "Which": {"Type": "Choice", "Default": "Which", "Choices": [{"Variable": "$.n", "IsNull": true, "Next": "Gone"}]}}}"#;

    #[test]
    fn a_drawing_is_the_same_from_its_places() {
        let definition = parse(DEFINITION).root;
        for direction in [Direction::Down, Direction::Right] {
            let options = Options { direction, ..Options::default() };
            let places = places(&definition, &options);
            assert_eq!(drawing_from(&definition, &options, &places), Some(layout_with(&definition, &options)));
        }
    }

    #[test]
    fn places_of_another_definition_are_refused() {
        let definition = parse(DEFINITION).root;
        let options = Options::default();
        let places = places(&definition, &options);
        for length in 0..places.len() {
            assert_eq!(drawing_from(&definition, &options, &places[..length]), None);
        }
        let other = parse(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#).root;
        assert_eq!(drawing_from(&other, &options, &places), None);
        assert_eq!(drawing_from(&definition, &options, &vec![1e300; places.len()]), None);
    }
}
