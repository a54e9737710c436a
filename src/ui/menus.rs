//! The small menus of the top bar: the theme, and what has no room on a phone.

use crate::ui::prelude::*;

use super::commands;
use super::keeper::Keeper;
use super::parts::Popover;
use super::speed::SpeedPicker;
use super::top_bar::{closer, is_open};
use super::workspace::{Dialog, Theme, Workspace};

/// System, light or dark.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Popover open=is_open(workspace, Dialog::Theme) on_close=closer(workspace) label="Theme" class="theme-menu">
            <ThemeChoices />
        </Popover>
    }
}

#[component]
fn ThemeChoices() -> impl IntoView {
    let theme = expect_context::<Workspace>().theme;
    let choice = move |value: Theme, words: &'static str| {
        view! {
            <label class="menu-item">
                <input type="radio" name="theme" prop:checked=move || theme.get() == value on:change=move |_| theme.set(value) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend class="unseen">"Theme"</legend>
            {choice(Theme::System, "As the system")}
            {choice(Theme::Light, "Light")}
            {choice(Theme::Dark, "Dark")}
        </fieldset>
    }
}

/// What has no room in the bar of a phone.
#[component]
pub fn MoreMenu() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let open = move |dialog| move |_| workspace.dialog.set(Some(dialog));
    view! {
        <Popover open=is_open(workspace, Dialog::More) on_close=closer(workspace) label="More" class="more-menu">
            <button type="button" class="menu-item" on:click=open(Dialog::Examples)>
                <glyph name="list" />
                <span>"Examples and recent work"</span>
            </button>
            <button
                type="button"
                class="menu-item"
                on:click=move |_| {
                    commands::copy_link(workspace, keeper);
                    workspace.dialog.set(None);
                }
            >
                <glyph name="link" />
                <span>"Copy link"</span>
            </button>
            <button type="button" class="menu-item" on:click=open(Dialog::RunOptions)>
                <glyph name="run" />
                <span>"Run options"</span>
            </button>
            <button type="button" class="menu-item" on:click=open(Dialog::Help)>
                <glyph name="help" />
                <span>"Help and keys"</span>
            </button>
            <hr class="menu-rule" />
            <div class="menu-item">
                <glyph name="clock" />
                <SpeedPicker />
            </div>
            <hr class="menu-rule" />
            <ThemeChoices />
        </Popover>
    }
}
