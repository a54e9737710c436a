//! What the JSON parser objects to, as problems of the definition.

use super::{Diagnostic, Fix};
use crate::json::SyntaxError;

pub(super) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let fix = error.fix.as_ref().map(|text| {
        let title = match (text.as_str(), error.span.is_empty()) {
            ("", _) => "Remove it".to_owned(),
            (text, true) => format!("Insert `{text}`"),
            (text, false) => format!("Replace by `{text}`"),
        };
        Fix::replace(title, error.span, text.clone()).safe()
    });
    let mut diagnostic = Diagnostic::error("json-syntax", error.span, error.message.clone()).fix_if(fix);
    diagnostic.help.clone_from(&error.help);
    diagnostic
}
