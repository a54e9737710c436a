use std::borrow::Cow;

use crate::ui::prelude::*;

use crate::ui::parts::ValueView;
use crate::ui::run::Run;
use crate::value::Value;

/// A value under a heading.
#[component]
pub fn Titled(#[prop(into)] title: Cow<'static, str>, value: Value) -> impl IntoView {
    view! {
        <h3>{title}</h3>
        <ValueView value=Signal::stored(value) />
    }
}

/// A value that may not be there, and the words for then.
#[component]
pub fn MaybeValue(value: Memo<Option<Value>>, otherwise: &'static str) -> impl IntoView {
    let there = Memo::new(move || value.with(Option::is_some));
    move || {
        if there.get() {
            view! { <ValueView value=Signal::derive(move || value.get().unwrap_or_default()) /> }
        } else {
            view! { <p class="inspector-note">{otherwise}</p> }
        }
    }
}

/// A link to a visit of the shown run.
#[component]
pub fn VisitLink(run: Run, visit: crate::trace::VisitId, #[prop(optional)] current: bool) -> impl IntoView {
    let workspace = expect_context::<crate::ui::workspace::Workspace>();
    let (name, iteration) =
        run.with_untracked(|core| (core.trace.visit(visit).name.to_string(), core.trace.iteration_words(visit)));
    let select = move |_| {
        if let Some((pointer, visit)) = run.with_untracked(|core| core.state_of(visit)) {
            workspace.select_state(pointer, Some(visit));
        }
    };
    let link = if current {
        view! { <b>{name}</b> }
    } else {
        view! { <button class="link" type="button" on:click=select>{name}</button> }
    };
    view! {
        {link}
        " "
        <span class="dim">{iteration}</span>
    }
}
