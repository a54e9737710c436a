//! JSONata expressions: strings of the form `{% … %}`.

use super::{Diagnostic, Machine};
use crate::json::Node;

/// Whether a value is a string that is worked out as JSONata.
pub(in crate::check) fn is_expression(value: &Node) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("{%") && text.ends_with("%}") && text.len() >= 4)
}

/// An expression must be one JSONata can parse, with AWS's restrictions.
pub(super) fn expression(_found: &mut Vec<Diagnostic>, _machine: &Machine) {}
