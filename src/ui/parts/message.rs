use std::borrow::Cow;

use crate::ui::prelude::*;

use super::Words;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Error,
    Warning,
    Info,
}

impl Tone {
    fn attribute(self) -> &'static str {
        match self {
            Tone::Error => "error",
            Tone::Warning => "warning",
            Tone::Info => "info",
        }
    }
}

/// Something that happened and what can be done about it: a title (code between backticks), words, and buttons in an element of class `message-acts`.
#[component]
pub fn Message(tone: Tone, #[prop(into)] title: Cow<'static, str>, children: Children) -> impl IntoView {
    view! {
        <div class="message" data-tone=tone.attribute()>
            <p class="message-title"><Words text=title /></p>
            {children()}
        </div>
    }
}
