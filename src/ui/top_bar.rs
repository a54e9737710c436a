//! The bar over everything: whose document it is, the run, and what concerns the whole page.

use crate::ui::prelude::*;

use super::commands;
use super::keys;
use super::speed::SpeedPicker;
use super::workspace::{Dialog, Readiness, Saved, Workspace};

/// Name, examples, Run, Stop, speed, share, theme, help.
#[component]
pub fn TopBar() -> impl IntoView {
    view! {
        <header class="top-bar">
            <div class="top-bar-document">
                <h1 class="top-bar-brand">
                    <glyph name="mark" size=20 />
                    <span>"ASL Playground"</span>
                </h1>
                <span class="top-bar-rule"></span>
                <Name />
                <SavedState />
                <DialogButton dialog=Dialog::Examples class="button top-bar-examples" look="quiet">
                    "Examples"
                    <glyph name="chevron-down" size=12 />
                </DialogButton>
            </div>
            <div class="top-bar-run">
                <RunButton class="top-bar-go" />
                <StopButton />
                <SpeedPicker />
            </div>
            <div class="top-bar-end">
                <DialogButton dialog=Dialog::Share class="button top-bar-share" look="" label="Share">
                    <glyph name="share" />
                    <span>"Share"</span>
                </DialogButton>
                <DialogButton dialog=Dialog::Theme class="icon-button top-bar-theme" look="" label="Theme">
                    <glyph name="theme" />
                </DialogButton>
                <DialogButton dialog=Dialog::Help class="icon-button top-bar-help" look="" label="Help and keyboard shortcuts">
                    <glyph name="help" />
                </DialogButton>
                <DialogButton dialog=Dialog::More class="icon-button top-bar-more" look="" label="More">
                    <glyph name="more" />
                </DialogButton>
            </div>
        </header>
    }
}

/// The document's name, edited in place.
#[component]
fn Name() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <input
            class="top-bar-name"
            aria-label="Name of the document"
            placeholder="Untitled"
            spellcheck="false"
            autocomplete="off"
            maxlength="80"
            bind:value=workspace.name
        />
    }
}

#[component]
fn SavedState() -> impl IntoView {
    let saved = expect_context::<Workspace>().saved;
    let kind = move || saved.with(|saved| if matches!(saved, Saved::No(_)) { "no" } else { "yes" });
    let words = move || {
        saved.with(|saved| match saved {
            Saved::Yes => "Saved",
            Saved::Soon => "Saving",
            Saved::No(_) => "Not saved",
        })
    };
    let title =
        move || saved.with(|saved| if let Saved::No(reason) = saved { reason.clone() } else { "In this browser".to_owned() });
    view! {
        <span class="top-bar-saved" data-saved=kind title=title>
            {words}
        </span>
    }
}

/// A button that opens and closes a dialog.
#[component]
fn DialogButton(
    dialog: Dialog,
    class: &'static str,
    look: &'static str,
    /// The name, where the button has no words.
    #[prop(optional)]
    label: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let open = expect_context::<Workspace>().dialog;
    let toggle = move |_| open.update(|open| *open = if *open == Some(dialog) { None } else { Some(dialog) });
    view! {
        <button
            type="button"
            class=class
            data-look=look
            aria-label=label
            title=label
            aria-haspopup="dialog"
            aria-expanded=move || (open.get() == Some(dialog)).to_string()
            on:click=toggle
        >
            {children()}
        </button>
    }
}

/// Run; with errors it stays in reach and says why not.
#[component]
pub fn RunButton(class: &'static str) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let running = Memo::new(move || workspace.running());
    let blocked = move || running.get() || workspace.readiness.get() != Readiness::Ready;
    let title = move || match (running.get(), workspace.readiness.get()) {
        (true, _) => "A run is in progress".to_owned(),
        (false, Readiness::Ready) => "Run the workflow".to_owned(),
        (false, why) => format!("Can't run. {}", why.words()),
    };
    view! {
        <button
            type="button"
            class=format!("button {class}")
            data-look="primary"
            aria-disabled=move || blocked().to_string()
            title=title
            on:click=move |_| if !running.get_untracked() { commands::run(workspace) }
        >
            <glyph name="run" />
            <span>"Run"</span>
            <kbd>{if keys::is_mac() { "⌘ ↵" } else { "Ctrl ↵" }}</kbd>
        </button>
    }
}

#[component]
pub fn StopButton() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <button
            type="button"
            class="button top-bar-stop"
            title="Stop the run (Ctrl+.)"
            disabled=move || !workspace.running()
            on:click=move |_| commands::stop(workspace)
        >
            <glyph name="stop" />
            <span>"Stop"</span>
        </button>
    }
}

/// Closes whatever dialog is open.
pub fn closer(workspace: Workspace) -> impl Fn(()) + Copy + Send + Sync + 'static {
    move |()| workspace.dialog.set(None)
}

/// Whether a dialog is open.
pub fn is_open(workspace: Workspace, dialog: Dialog) -> Signal<bool> {
    Signal::derive(move || workspace.dialog.get() == Some(dialog))
}
