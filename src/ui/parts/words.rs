use std::borrow::Cow;

use crate::ui::prelude::*;

/// Words in which what stands between backticks is code.
#[component]
pub fn Words(#[prop(into)] text: Cow<'static, str>) -> impl IntoView {
    let mut views = Vec::new();
    for (index, piece) in text.split('`').enumerate() {
        let piece = piece.to_owned().into_any();
        views.push(if index % 2 == 1 {
            view! { <code>{piece}</code> }
        } else {
            piece
        });
    }
    views
}
