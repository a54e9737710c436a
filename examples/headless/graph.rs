//! `{"kind":"graph","definition":...}`: the definition as boxes and lines. `definition` is a text or an object.

use asl_playground::graph::{self, Drawing, Edge, Node};
use serde_json::{Value, json};

pub fn answer(case: &Value) -> Value {
    let drawing = match &case["definition"] {
        Value::String(text) => graph::layout(text),
        definition => graph::layout(&definition.to_string()),
    };
    json!({
        "nodes": drawing.nodes.iter().map(|node| node_to_json(&drawing, node)).collect::<Vec<_>>(),
        "edges": drawing.edges.iter().map(|edge| edge_to_json(&drawing, edge)).collect::<Vec<_>>(),
        "w": drawing.w,
        "h": drawing.h,
    })
}

fn node_to_json(drawing: &Drawing, node: &Node) -> Value {
    let parent = node.parent.map(|parent| &drawing.nodes[parent].id);
    json!({"id": node.id, "parent": parent, "x": node.x, "y": node.y, "w": node.w, "h": node.h, "kind": node.kind.name()})
}

fn edge_to_json(drawing: &Drawing, edge: &Edge) -> Value {
    let points: Vec<_> = edge.points.iter().map(|point| [point.x, point.y]).collect();
    let label =
        edge.label.as_ref().map(|label| json!({"x": label.x, "y": label.y, "w": label.w, "h": label.h, "text": label.text}));
    json!({
        "from": drawing.nodes[edge.from].id,
        "to": drawing.nodes[edge.to].id,
        "kind": edge.kind.name(),
        "points": points,
        "label": label,
    })
}
