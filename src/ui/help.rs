//! The dialog of keys and of what the signs mean.

use crate::ui::prelude::*;

use super::keys::{KEYS, is_mac};
use super::parts::{Popover, StatusIcon};
use super::top_bar::{closer, is_open};
use super::workspace::{Dialog, Workspace};
use crate::float;

/// The statuses a state can have, in words.
const LEGEND: [(&str, &str); 7] = [
    ("running", "In progress"),
    ("waiting", "Waiting for callback"),
    ("succeeded", "Succeeded"),
    ("caught", "Caught error"),
    ("failed", "Failed or timed out"),
    ("aborted", "Aborted"),
    ("idle", "Not entered"),
];

/// The dialog under the question mark.
#[component]
pub fn HelpDialog() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Popover open=is_open(workspace, Dialog::Help) on_close=closer(workspace) label="Help" class="help">
            <Help />
        </Popover>
    }
}

#[component]
fn Help() -> impl IntoView {
    view! {
        <h2 tabindex="-1" data-first>"Keys"</h2>
        <div class="help-columns">
            {KEYS.iter().map(|(title, keys)| view! { <section><h3>{*title}</h3><ul>{keys.iter().map(|(key, does)| key_line(key, does)).collect_view()}</ul></section> }).collect_view()}
        </div>
        <h3>"Signs in the graph"</h3>
        <ul class="help-legend">
            {LEGEND.map(|(status, words)| view! { <li data-status=status><StatusIcon status />{words}</li> }).into_iter().collect_view()}
        </ul>
        <CallLimit />
        <p class="help-note">
            "Everything runs in this page: workflows on its own clock, functions in a sandbox without network. Your work is saved in this browser; a link holds all of it. For other editors there is a "
            <a href="asl.schema.json" download>"JSON schema"</a>
            " of the language."
        </p>
    }
}

fn key_line(key: &'static str, does: &'static str) -> impl IntoView {
    let caps = key.split(' ').map(|cap| view! { <kbd>{if is_mac() && cap == "Ctrl" { "Cmd" } else { cap }}</kbd> }).collect_view();
    view! { <li class="help-key"><span>{does}</span><span>{caps}</span></li> }
}

/// How long one call of a function may take.
#[component]
fn CallLimit() -> impl IntoView {
    let limit = expect_context::<Workspace>().call_limit;
    let set = move |event| {
        if let Some(seconds) = float::parse(event_target_value(&event).trim()) {
            limit.set(seconds.clamp(0.1, 900.0));
        }
    };
    view! {
        <label class="help-limit">
            "A function may take "
            <input class="text-field" type="number" min="0.1" max="900" step="any" prop:value=move || float::shortest(limit.get()) on:change=set />
            " seconds; then it times out as a Lambda function does."
        </label>
    }
}
