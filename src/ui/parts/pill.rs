use crate::ui::prelude::*;

use super::StatusIcon;

/// A status as a glyph with its word, on the status's tint.
#[component]
pub fn StatusPill(
    /// The value of `data-status`; the glyph is `status-` and this.
    status: &'static str,
    words: &'static str,
) -> impl IntoView {
    view! {
        <span class="pill" data-status=status>
            <StatusIcon status />
            {words}
        </span>
    }
}
