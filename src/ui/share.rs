//! The share dialog: the link, what is in it, and the other ways to hand a document on.

use crate::ui::prelude::*;
use leptos::html;
use leptos::task::spawn_local;

use super::commands::{self, grouped};
use super::files::OpenFile;
use super::keeper::Keeper;
use super::parts::{EitherIcon, Message, Popover, Tone};
use super::top_bar::{closer, is_open};
use super::workspace::{Dialog, Workspace};
use crate::bridge::clipboard;
use crate::share::{LONG_LINK, weights};

/// The dialog under the Share button.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Popover open=is_open(workspace, Dialog::Share) on_close=closer(workspace) label="Share" class="share">
            <Share />
        </Popover>
    }
}

#[component]
fn Share() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let [functions, input, data] = [(); 3].map(|()| RwSignal::new(true));
    let shared = Memo::new(move || {
        let mut document = workspace.document();
        if !functions.get() {
            document.functions.clear();
        }
        if !input.get() {
            document.input.clear();
        }
        if !data.get() {
            document.clear_data();
        }
        document
    });
    let link = Memo::new(move || shared.with(|document| keeper.link(document)));
    let length = Memo::new(move || link.with(String::len));
    let heavy = move || length.get() > LONG_LINK;
    view! {
        <h2>"Share a link"</h2>
        <LinkRow link=link />
        <div class="share-meter" data-long=move || heavy().to_string()>
            <div class="share-meter-fill" style:width=move || format!("{}%", Short((length.get() as f64 / LONG_LINK as f64 * 50.0).min(100.0)))></div>
            <div class="share-meter-mark"></div>
        </div>
        <p class="share-meter-words">
            <span>{move || format!("{} characters", grouped(length.get()))}</span>
            <span>{grouped(LONG_LINK)}</span>
        </p>
        <Show when=heavy>
            <Message tone=Tone::Warning title="Long link">
                <p>"Some chat and mail apps cut long links, and a cut link can't be opened. Leave something out, or send the file."</p>
            </Message>
        </Show>
        <Contents functions input data />
        <Files />
        <p class="share-note">
            "The link is the document: nothing is uploaded. Functions in it run only after its reader presses Run."
        </p>
    }
}

#[component]
fn LinkRow(link: Memo<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = link.get_untracked();
        spawn_local(async move {
            if clipboard::copy(&text).await {
                copied.set(true);
                workspace.announce(format!("Link copied · {} characters", grouped(text.len())));
            } else if let Some(field) = field.get_untracked() {
                field.select();
                workspace.announce("The browser did not let the link be copied. It is selected: copy it with Ctrl+C.");
            }
        });
    };
    // What was copied is not this link any more.
    let fresh = Memo::new(move || link.with(String::len));
    Effect::new(move |_| {
        fresh.track();
        copied.set(false);
    });
    view! {
        <div class="share-row">
            <input
                class="text-field"
                node_ref=field
                readonly
                aria-label="Link"
                prop:value=link
                on:focus=move |_| field.get_untracked().iter().for_each(|field| field.select())
            />
            <button type="button" class="button" data-look="primary" on:click=copy>
                <EitherIcon when=copied names=["check", "copy"] />
                {move || if copied.get() { "Link copied" } else { "Copy link" }}
            </button>
        </div>
    }
}

/// What the link carries, each with its share of the link's length.
#[component]
fn Contents(functions: RwSignal<bool>, input: RwSignal<bool>, data: RwSignal<bool>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let weights = Memo::new(move || weights(&workspace.document()).map(|(_, weight)| weight));
    let weight = move |index: usize| move || grouped(weights.get()[index]);
    view! {
        <fieldset>
            <legend>"In the link"</legend>
            <label>
                <input type="checkbox" checked disabled />
                "Definition"
                <span>{weight(0)}</span>
            </label>
            <label>
                <input type="checkbox" bind:checked=functions />
                "Functions"
                <span>{weight(1)}</span>
            </label>
            <label>
                <input type="checkbox" bind:checked=input />
                "Input"
                <span>{weight(2)}</span>
            </label>
            <label>
                <input type="checkbox" bind:checked=data />
                "Data"
                <span>{weight(3)}</span>
            </label>
        </fieldset>
    }
}

/// The document as a file, out and in, and as a frame of another page.
#[component]
fn Files() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let embed = move |_| {
        let link = keeper.link(&untrack(|| workspace.document()));
        let code = format!("<iframe src=\"{link}\" title=\"ASL Playground\" width=\"100%\" height=\"640\"></iframe>");
        spawn_local(async move {
            let copied = clipboard::copy(&code).await;
            workspace.announce(if copied { "Embed code copied" } else { "The browser did not let the code be copied." });
        });
    };
    view! {
        <div class="share-foot">
            <button type="button" class="button" data-size="small" on:click=move |_| commands::download(workspace)>
                <glyph name="download" size=14 />
                "Download file"
            </button>
            <OpenFile />
            <button type="button" class="button" data-size="small" on:click=embed>
                <glyph name="code" size=14 />
                "Embed code"
            </button>
        </div>
    }
}
