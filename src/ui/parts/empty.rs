use crate::ui::prelude::*;

/// What stands where a result will be: a title and a sentence that teaches.
#[component]
pub fn Empty(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{children()}</p>
        </div>
    }
}
