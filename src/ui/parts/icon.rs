use crate::ui::prelude::*;

/// A glyph of the page's sprite; what it means must also stand in words next to it. One whose name is known
/// when the page is built is a `<glyph>` of `view!`.
#[component]
pub fn Icon(
    #[prop(into)] name: Signal<String>,
    /// Width and height in pixels.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="icon" width=size height=size aria-hidden="true">
            <use href=move || format!("#{}", name.get())></use>
        </svg>
    }
}
