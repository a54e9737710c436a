//! The drawing as a Mermaid flowchart, for places that render one from text.

use crate::graph::{Drawing, EdgeKind, Kind, Node};
use std::fmt::Write;

/// The flowchart of a drawing; containers are subgraphs.
pub fn mermaid(drawing: &Drawing) -> String {
    let mut children = vec![Vec::new(); drawing.nodes.len()];
    let mut top = Vec::new();
    for (at, node) in drawing.nodes.iter().enumerate() {
        node.parent.map_or(&mut top, |parent| &mut children[parent]).push(at);
    }
    let mut text = String::from("flowchart TD\n");
    let mut open: Vec<Step> = top.into_iter().rev().map(Step::Enter).collect();
    while let Some(step) = open.pop() {
        match step {
            Step::Leave => text.push_str("  end\n"),
            Step::Enter(at) if children[at].is_empty() => {
                let _ = writeln!(text, "  n{at}{}", shape(&drawing.nodes[at]));
            }
            Step::Enter(at) => {
                let _ = writeln!(text, "  subgraph n{at}[\"{}\"]", quoted(&drawing.nodes[at].name));
                open.push(Step::Leave);
                open.extend(children[at].iter().rev().map(|child| Step::Enter(*child)));
            }
        }
    }
    for edge in &drawing.edges {
        let arrow = if edge.kind == EdgeKind::Catch { "-.->" } else { "-->" };
        let label = edge.label.as_ref().map_or(String::new(), |label| format!("|\"{}\"|", quoted(&label.full)));
        let _ = writeln!(text, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    text
}

enum Step {
    Enter(usize),
    Leave,
}

fn shape(node: &Node) -> String {
    let name = quoted(&node.name);
    match node.kind {
        Kind::Start | Kind::End => format!("([\"{name}\"])"),
        Kind::Choice => format!("{{\"{name}\"}}"),
        _ => format!("[\"{name}\"]"),
    }
}

/// Mermaid reads entities with `#` in quoted text.
fn quoted(text: &str) -> String {
    let printable = text.chars().filter(|character| !character.is_control());
    printable.collect::<String>().replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph;

    #[test]
    fn a_definition_as_flowchart() {
        let drawing = graph::layout(
            r#"{"StartAt": "Is it \"new\"?", "States": {
                "Is it \"new\"?": {"Type": "Choice", "Default": "Done", "Choices": [{"Variable": "$.n", "NumericLessThan": 1, "Next": "Each"}]},
                "Each": {"Type": "Map", "Next": "Done", "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}},
                "Done": {"Type": "Succeed"}}}"#,
        );
        let expected = [
            "flowchart TD",
            "  n0([\"Start\"])",
            "  n1{\"Is it #quot;new#quot;?\"}",
            "  subgraph n2[\"Each\"]",
            "  n5[\"One\"]",
            "  end",
            "  n3[\"Done\"]",
            "  n4([\"End\"])",
            "  n0 --> n1",
            "  n1 -->|\"$.n #lt; 1\"| n2",
            "  n1 -->|\"Default\"| n3",
            "  n2 --> n3",
            "  n3 --> n4",
            "",
        ];
        assert_eq!(mermaid(&drawing), expected.join("\n"));
    }
}
