use std::borrow::Cow;

use crate::ui::prelude::*;

/// A glyph of the page's sprite; what it means must also stand in words next to it. One whose name is known
/// when the page is built is a `<glyph>` of `view!`.
#[component]
pub fn Icon(
    #[prop(into)] name: Cow<'static, str>,
    /// Width and height in pixels.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="icon" width=size height=size aria-hidden="true">
            <use href=format!("#{name}")></use>
        </svg>
    }
}

/// The glyph of a status, by the value of `data-status`.
#[component]
pub fn StatusIcon(status: &'static str, #[prop(default = 16)] size: u32) -> impl IntoView {
    view! { <Icon name=format!("status-{status}") size /> }
}

/// One of two glyphs: the first while something holds.
#[component]
pub fn EitherIcon(#[prop(into)] when: Signal<bool>, names: [&'static str; 2], #[prop(default = 16)] size: u32) -> impl IntoView {
    move || view! { <Icon name=names[usize::from(!when.get())] size /> }
}
