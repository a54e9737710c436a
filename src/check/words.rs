//! Words that many messages have.

use super::Diagnostic;
use crate::json::Node;

/// Names as a message lists them: each between backticks.
pub fn listed(names: &[&str], between: &str) -> String {
    let mut list = String::new();
    for name in names {
        if !list.is_empty() {
            list.push_str(between);
        }
        list.push('`');
        list.push_str(name);
        list.push('`');
    }
    list
}

/// That a value is of another kind than its field asks for.
pub(super) fn must_be(name: &str, wanted: &str, value: &Node) -> Diagnostic {
    Diagnostic::error("wrong-shape", value.span, format!("`{name}` must be {wanted}, not {}", value.kind_name()))
}
