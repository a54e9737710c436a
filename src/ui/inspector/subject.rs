//! What the inspector's head says of a state.

use crate::asl::StateType;
use crate::graph;
use crate::json::{Node, node_at};
use crate::text::Span;
use crate::trace::{Trace, VisitId};

/// A state as the definition's text has it now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    pub name: String,
    /// `Task · Lambda invoke`
    pub caption: String,
    pub glyph: String,
    /// Where its object stands in the text; none where the text has no such state any more.
    pub span: Option<Span>,
    pub comment: Option<String>,
}

impl Subject {
    /// The state at a JSON pointer.
    pub fn new(root: &Node, pointer: &str) -> Subject {
        let name = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        let Some(node) = node_at(root, pointer) else {
            return Subject {
                name,
                caption: "not in the definition any more".to_owned(),
                glyph: "state-task".to_owned(),
                ..Subject::default()
            };
        };
        let (caption, glyph) = graph::caption_and_glyph(node);
        let kind = node.text("Type").unwrap_or_default();
        let comment = node.text("Comment").map(str::to_owned);
        let caption = if kind.is_empty() || caption.starts_with(kind) { caption } else { format!("{kind} · {caption}") };
        Subject { name, caption, glyph: glyph.to_owned(), span: Some(node.span), comment }
    }
}

/// Where a visit happened: `RecordSightings #1`; empty in the machine's own chain.
pub fn place_words(trace: &Trace, visit: VisitId) -> String {
    let mut words: Vec<String> = trace
        .ancestors(visit)
        .map(|(owner, index)| {
            let owner = trace.visit(owner);
            match owner.state_type {
                StateType::Map => format!("{} #{index}", owner.name),
                _ => format!("{} branch {}", owner.name, index + 1),
            }
        })
        .collect();
    words.reverse();
    words.join(", ")
}
