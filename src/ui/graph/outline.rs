use std::sync::Arc;

use crate::ui::prelude::*;

use super::Graph;
use crate::graph::{Drawing, EdgeKind, Node};

/// The drawing as a table for who can't see it: each state with its type, its status and where it leads.
#[component]
pub(super) fn Outline(graph: Graph) -> impl IntoView {
    let exits = Memo::new(move || graph.drawing.with(|drawing| Arc::new(exits(drawing))));
    let rows = move || {
        let drawing = graph.drawing.get();
        let row = |(node, exits): (&Node, &String)| {
            let status = graph.run(&node.id).map_or("Not run".to_owned(), |run| run.words());
            view! {
                <tr>
                    <th scope="row">{node.name.clone()}</th>
                    <td>{node.caption.clone()}</td>
                    <td>{status}</td>
                    <td>{exits.clone()}</td>
                </tr>
            }
        };
        exits.with(|exits| {
            drawing.nodes.iter().zip(exits.iter()).filter(|(node, _)| node.kind.is_state()).map(row).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="unseen graph-outline">
            <table>
                <caption>"States of the workflow"</caption>
                <thead><tr><th>"State"</th><th>"Type"</th><th>"Status"</th><th>"Leads to"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Where each box leads: `Pay if $.total > 10, Refuse by default, Alert on Catch #1: States.ALL`.
fn exits(drawing: &Drawing) -> Vec<String> {
    let mut exits = vec![String::new(); drawing.nodes.len()];
    for edge in &drawing.edges {
        let name = &drawing.nodes[edge.to].name;
        let rule = edge.label.as_ref().map_or("", |label| &label.full);
        let words = &mut exits[edge.from];
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(name);
        match edge.kind {
            EdgeKind::Choice => words.extend([" if ", rule]),
            EdgeKind::Default => words.push_str(" by default"),
            EdgeKind::Catch => words.extend([" on ", rule]),
            _ => {}
        }
    }
    exits
}
