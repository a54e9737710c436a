use crate::ui::prelude::*;

/// A label over a text of several lines, in the type of code.
#[component]
pub fn TextArea(label: &'static str, text: RwSignal<String>, rows: u32, #[prop(optional)] hint: &'static str) -> impl IntoView {
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
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
        </label>
    }
}
