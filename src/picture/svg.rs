//! The drawing as an SVG file that needs nothing else: colours as values, glyphs inside.

use super::geometry;
use super::palette::{Look, mixed};
use crate::float::Short;
use crate::graph::{Alive, Drawing, Edge, EdgeKind, Kind, Node};
use crate::order::Set;
use crate::trace::Status;
use std::borrow::Cow;
use std::fmt::Write;

const FONT: &str = "Inter, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// The picture of a drawing, with the run's status where one is given.
pub fn svg(drawing: &Drawing, alive: &Alive, look: &Look) -> String {
    let mut picture = Picture { text: String::new(), drawing, alive, look, glyphs: Set::default() };
    for (at, node) in drawing.nodes.iter().enumerate().filter(|(_, node)| node.header.is_some()) {
        picture.container(at, node);
    }
    // Those that were taken come last, so that none lies half under another.
    for taken in [false, true] {
        for (at, edge) in drawing.edges.iter().enumerate() {
            if picture.is_taken(at) == taken {
                picture.edge(at, edge);
            }
        }
    }
    for edge in &drawing.edges {
        picture.label(edge);
    }
    for (at, node) in drawing.nodes.iter().enumerate().filter(|(_, node)| node.header.is_none()) {
        picture.card(at, node);
    }
    let (w, h, canvas) = (Short(drawing.w), Short(drawing.h), look.colour("surface-canvas"));
    let mut file = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" font-family=\"{FONT}\" \
         font-size=\"13\"><rect width=\"{w}\" height=\"{h}\" fill=\"{canvas}\"/>"
    );
    picture.glyphs.iter().for_each(|glyph| file.push_str(look.symbol(glyph)));
    file.push_str(&picture.text);
    file.push_str("</svg>\n");
    file
}

struct Picture<'a> {
    text: String,
    drawing: &'a Drawing,
    alive: &'a Alive,
    look: &'a Look,
    glyphs: Set<String>,
}

/// How a box is painted.
struct Paint<'a> {
    fill: Cow<'a, str>,
    stroke: Cow<'a, str>,
    width: f64,
    dashes: &'static str,
    tile: Cow<'a, str>,
    ink: &'a str,
    name: &'a str,
    caption: &'a str,
}

impl<'a> Picture<'a> {
    fn colour(&self, token: &str) -> &'a str {
        self.look.colour(token)
    }

    fn add(&mut self, text: std::fmt::Arguments) {
        // Writing to a `String` can't fail.
        let _ = self.text.write_fmt(text);
    }

    fn status(&self, at: usize) -> Option<Status> {
        self.alive.nodes.get(at).map(|node| node.status)
    }

    fn paint(&self, at: usize, node: &Node) -> Paint<'a> {
        let mut paint = Paint {
            fill: self.colour("surface-raised").into(),
            stroke: self.colour("border-2").into(),
            width: 1.0,
            dashes: "",
            tile: self.colour("surface-sunken").into(),
            ink: self.colour("text-2"),
            name: self.colour("text-1"),
            caption: self.colour("text-3"),
        };
        match self.status(at) {
            None if node.unreachable => {
                paint.stroke = self.colour("caught-solid").into();
                paint.dashes = "3 3";
            }
            None => {}
            Some(Status::NotEntered) => {
                paint.fill = self.colour("surface-canvas").into();
                paint.stroke = self.colour("border-3").into();
                paint.dashes = "3 3";
                paint.tile = "none".into();
                (paint.ink, paint.name) = (paint.caption, paint.caption);
            }
            Some(status) => self.paint_status(status, &mut paint),
        }
        paint
    }

    fn paint_status(&self, status: Status, paint: &mut Paint<'a>) {
        let token = |part: &str| self.colour(&format!("{}-{part}", status.attribute()));
        let (solid, tint) = (token("solid"), token("tint"));
        let soft = matches!(status, Status::Succeeded | Status::Aborted);
        paint.fill = tint.into();
        paint.stroke = if soft { mixed(55, solid, tint).into() } else { solid.into() };
        paint.width = if soft { 1.0 } else { 1.5 };
        paint.dashes = if status == Status::Waiting { "5 3" } else { "" };
        paint.tile = mixed(14, solid, tint).into();
        paint.ink = token("text");
        paint.caption = self.colour("text-2");
    }

    fn glyph(&mut self, name: &str, (x, y): (f64, f64), size: f64, ink: &str) {
        self.glyphs.insert(name.to_owned());
        let mark = self.colour("on-status");
        let [x, y, size] = [x, y, size].map(Short);
        self.add(format_args!(
            "<use href=\"#{name}\" x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" color=\"{ink}\" style=\"--on-status:{mark}\"/>"
        ));
    }

    fn words(&mut self, text: &str, (x, y): (f64, f64), size: f64, weight: u32, ink: &str, anchor: &str) {
        let text = escaped(text);
        let [x, y, size] = [x, y, size].map(Short);
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{ink}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    fn frame(&mut self, node: &Node, radius: f64, paint: &Paint) {
        let Paint { fill, stroke, dashes, .. } = paint;
        let [x, y, w, h, radius, width] = [node.x, node.y, node.w, node.h, radius, paint.width].map(Short);
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{radius}\" fill=\"{fill}\" stroke=\"{stroke}\" \
             stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"/>"
        ));
    }

    fn container(&mut self, at: usize, node: &Node) {
        let mut paint = self.paint(at, node);
        paint.fill = match self.status(at) {
            None => self.colour("surface-sunken").into(),
            Some(_) => mixed(55, &paint.fill, self.colour("surface-canvas")).into(),
        };
        self.frame(node, 10.0, &paint);
        let (x, y, header) = (node.x, node.y, node.header.unwrap_or_default());
        self.glyph(node.glyph, (x + 10.0, y + 9.0), 16.0, paint.ink);
        self.words(&node.title, (x + 34.0, y + 21.5), 13.0, 500, paint.name, "start");
        let end = x + 34.0 + crate::graph::name_width(&node.title) + 4.0;
        self.words(&node.caption, (end, y + 21.5), 11.0, 400, paint.caption, "start");
        if let Some(detail) = &node.detail {
            self.words(detail, (x + 10.0, y + 45.5), 11.0, 400, paint.caption, "start");
        }
        let rule = self.colour("border-1");
        let [left, right, bottom, foot] = [x + 0.5, x + node.w - 0.5, y + header + 0.5, y + node.h - 0.5].map(Short);
        self.add(format_args!("<path d=\"M{left} {bottom}H{right}\" stroke=\"{rule}\"/>"));
        for divider in node.dividers.iter().copied().map(Short) {
            self.add(format_args!("<path d=\"M{divider} {bottom}V{foot}\" stroke=\"{rule}\" stroke-dasharray=\"2 3\"/>"));
        }
        self.status_glyph(at, (x + node.w - 26.0, y + 9.0));
    }

    fn status_glyph(&mut self, at: usize, place: (f64, f64)) {
        if let Some(status) = self.status(at).filter(|status| *status != Status::NotEntered) {
            let ink = self.colour(&format!("{}-solid", status.attribute()));
            self.glyph(&format!("status-{}", status.attribute()), place, 16.0, ink);
        }
    }

    fn card(&mut self, at: usize, node: &Node) {
        let (x, y) = (node.x, node.y);
        match node.kind {
            Kind::Start | Kind::End => {
                let paint = self.paint(usize::MAX, node);
                self.frame(node, 10.0, &paint);
                self.words(&node.name, (x + node.w / 2.0, y + 14.0), 11.0, 400, paint.ink, "middle");
            }
            Kind::Missing => self.ghost(node),
            _ => {
                let paint = self.paint(at, node);
                self.frame(node, 8.0, &paint);
                let tile = &paint.tile;
                self.add(format_args!(
                    "<rect x=\"{}\" y=\"{}\" width=\"28\" height=\"28\" rx=\"6\" fill=\"{tile}\"/>",
                    Short(x + 7.0),
                    Short(y + 7.0)
                ));
                let large = if node.glyph.contains('-') { format!("{}-20", node.glyph) } else { node.glyph.to_owned() };
                self.glyph(&large, (x + 11.0, y + 11.0), 20.0, paint.ink);
                self.words(&node.caption, (x + 43.0, y + 16.5), 11.0, 400, paint.caption, "start");
                self.words(&node.title, (x + 43.0, y + 32.0), 13.0, 500, paint.name, "start");
                self.status_glyph(at, (x + node.w - 24.0, y + 13.0));
            }
        }
    }

    fn ghost(&mut self, node: &Node) {
        let ink = self.colour("failed-text");
        let mut paint = self.paint(usize::MAX, node);
        paint.fill = self.colour("failed-tint").into();
        paint.stroke = self.colour("failed-solid").into();
        paint.dashes = "4 3";
        self.frame(node, 8.0, &paint);
        let middle = node.x + node.w / 2.0;
        self.words(&node.caption, (middle, node.y + 16.5), 11.0, 400, ink, "middle");
        self.words(&node.title, (middle, node.y + 32.0), 13.0, 500, ink, "middle");
    }

    fn is_taken(&self, at: usize) -> bool {
        self.alive.taken.get(at).is_some_and(|count| *count > 0)
    }

    fn edge(&mut self, at: usize, edge: &Edge) {
        let taken = self.is_taken(at);
        let missing = self.drawing.nodes[edge.to].kind == Kind::Missing;
        let token = match (missing, taken, edge.kind) {
            (true, ..) => "failed-solid",
            (_, true, EdgeKind::Catch) => "caught-solid",
            (_, true, _) => "text-2",
            _ => "border-3",
        };
        let (ink, width) = (self.colour(token), if taken { "2" } else { "1.25" });
        let dashes = if missing || edge.kind == EdgeKind::Catch { "4 3" } else { "" };
        let (line, head) = (geometry::edge(edge), geometry::head(&edge.points));
        self.add(format_args!(
            "<path d=\"{line}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"/>\
             <path d=\"{head}\" fill=\"{ink}\"/>"
        ));
    }

    fn label(&mut self, edge: &Edge) {
        let Some(label) = &edge.label else { return };
        let ink = self.colour("text-2");
        self.words(&label.text, (label.x + label.w / 2.0, label.y + 12.0), 11.0, 400, ink, "middle");
    }
}

fn escaped(text: &str) -> String {
    let printable = text.chars().filter(|character| !character.is_control());
    printable.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
