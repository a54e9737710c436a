use crate::ui::dom::IntoValue;
use crate::ui::prelude::*;

/// A label over a text of several lines, in the type of code; `keep` is told what is typed.
pub fn text_area(
    label: &'static str,
    rows: &'static str,
    hint: &'static str,
    text: impl IntoValue,
    keep: impl FnMut(web_sys::Event) + 'static,
) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <textarea
                class="text-field"
                rows=rows
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder=hint
                prop:value=text
                on:input=keep
            ></textarea>
        </label>
    }
}
