//! What the JSON parser objects to, as problems of the definition.

use super::{Diagnostic, Fix};
use crate::json::SyntaxError;

/// The code of them all.
pub(super) const CODE: &str = "json-syntax";

pub(super) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let title = match error.fix.as_slice() {
        [] => None,
        [(_, text)] if text.is_empty() => Some("Remove it".to_owned()),
        [(span, text)] if span.is_empty() => Some(format!("Insert `{text}`")),
        [(_, text)] => Some(format!("Replace by `{text}`")),
        edits => Some(format!("Insert {}", edits.iter().map(|(_, text)| format!("`{text}`")).collect::<Vec<_>>().join(" and "))),
    };
    let fix = title.map(|title| Fix::new(title, error.fix.clone()).safe());
    let mut diagnostic = Diagnostic::error(CODE, error.span, error.message.clone()).fix_if(fix);
    diagnostic.help.clone_from(&error.help);
    diagnostic
}
