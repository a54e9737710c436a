//! The line under the top bar: what has to be known before anything else is done.

use crate::ui::prelude::*;

use super::commands;
use super::keeper::Keeper;
use super::parts::Icon;
use super::workspace::{Origin, Saved, Workspace};

/// Where the document came from, and that it is not saved, while there is something to say.
#[component]
pub fn Notices() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let seen = RwSignal::new(None::<String>);
    let not_saved = Memo::new(move || match workspace.saved.get() {
        Saved::No(reason) if seen.get().as_ref() != Some(&reason) => Some(reason),
        _ => None,
    });
    let notice = move || match (workspace.origin.get(), not_saved.get()) {
        (Origin::Link, _) => view! { <FromLink /> },
        (Origin::BadLink { title, message }, _) => view! { <BadLink title message /> },
        (Origin::Own, Some(reason)) => view! { <NotSaved reason seen /> },
        (Origin::Own, None) => ().into_any(),
    };
    let said = move |from: RwSignal<Option<String>>, tone| move || from.get().map(|words| view! { <Said words tone from /> });
    view! { <div class="notices">{notice}{said(workspace.trouble, "error")}{said(workspace.note, "info")}</div> }
}

#[component]
fn FromLink() -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    view! {
        <div class="notice" role="region" aria-label="Opened from a link">
            <glyph name="link" />
            <p class="notice-words">
                <b>"Opened from a link."</b>
                " Its functions run only when you press Run. Your own work is untouched."
            </p>
            <div class="notice-acts">
                <button type="button" class="button" data-size="small" on:click=move |_| keeper.keep_this()>"Keep this"</button>
                <button type="button" class="button" data-size="small" on:click=move |_| keeper.keep_mine()>"Keep mine"</button>
            </div>
        </div>
    }
}

#[component]
fn BadLink(title: &'static str, message: &'static str) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let pasting = RwSignal::new(false);
    let refused = RwSignal::new(String::new());
    let paste = move |event| {
        let text = event_target_value(&event);
        refused.set(match keeper.open_link(&text) {
            _ if text.trim().is_empty() => String::new(),
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        });
    };
    view! {
        <div class="notice" data-tone="error" role="alert">
            <glyph name="error" />
            <p class="notice-words">
                <b>{title}</b>
                " "
                {message}
            </p>
            <Show when=move || pasting.get()>
                <input class="text-field" aria-label="The whole link" placeholder="Paste the whole link here" autofocus on:input=paste />
                <span class="tone-error">{refused}</span>
            </Show>
            <div class="notice-acts">
                <Show when=move || !pasting.get()>
                    <button type="button" class="button" data-size="small" on:click=move |_| pasting.set(true)>"Paste the whole link"</button>
                </Show>
                <button type="button" class="button" data-size="small" on:click=move |_| keeper.leave_link()>"Dismiss"</button>
            </div>
        </div>
    }
}

/// A sentence until it is dismissed.
#[component]
fn Said(words: String, tone: &'static str, from: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div class="notice" data-tone=tone role="alert">
            <Icon name=tone />
            <p class="notice-words">{words}</p>
            <div class="notice-acts">
                <button type="button" class="button" data-size="small" on:click=move |_| from.set(None)>"Dismiss"</button>
            </div>
        </div>
    }
}

#[component]
fn NotSaved(reason: String, seen: RwSignal<Option<String>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let words = format!(" {reason} A link or a file keeps it.");
    view! {
        <div class="notice" data-tone="warning" role="alert">
            <glyph name="warning" />
            <p class="notice-words">
                <b>"Not saved."</b>
                {words}
            </p>
            <div class="notice-acts">
                <button type="button" class="button" data-size="small" on:click=move |_| commands::download(workspace)>"Download file"</button>
                <button type="button" class="button" data-size="small" on:click=move |_| seen.set(Some(reason.clone()))>"Dismiss"</button>
            </div>
        </div>
    }
}
