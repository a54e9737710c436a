//! What a person set once for the page, not for a document: theme, sizes, the limit of a call.

use crate::json::value_of;
use crate::ui::prelude::*;
use crate::value::{Value, json};
use gloo_timers::callback::Timeout;
use leptos::ev;

use super::keeper::Keeper;
use super::workspace::{Sizes, Theme, Workspace};

/// How long a setting rests before it is written, in milliseconds.
const DELAY: u32 = 300;

/// The sizes a page begins with, by the width of the window in pixels.
pub fn first_sizes(width: f64, height: f64) -> [f64; 4] {
    let with_details = (height * 0.4).round();
    if width >= 1680.0 { [560.0, 400.0, 267.0, with_details] } else { [488.0, 352.0, 215.0, with_details] }
}

impl Sizes {
    pub fn new([editor, inspector, record, record_with_details]: [f64; 4]) -> Sizes {
        Sizes {
            editor: RwSignal::new(editor),
            inspector: RwSignal::new(inspector),
            record: RwSignal::new(record),
            record_with_details: RwSignal::new(record_with_details),
            folded: RwSignal::new(false),
        }
    }
}

/// Brings the settings of the last visit back, and keeps them from then on.
pub fn follow(workspace: Workspace, keeper: Keeper) {
    if let Some(settings) = keeper.settings().and_then(|text| value_of(&text).ok()) {
        restore(workspace, &settings);
    }
    let timer = StoredValue::new(None::<Timeout>);
    Effect::new(move |first: Option<()>| {
        let settings = collect(workspace);
        if first.is_some() {
            timer.set_value(Some(Timeout::new(DELAY, move || keeper.keep_settings(&settings.to_string()))));
        }
    });
    // What was set a moment ago survives a reload too.
    let hidden = window_event_listener(ev::pagehide, move |_| {
        if timer.try_update_value(Option::take).flatten().is_some() {
            keeper.keep_settings(&untrack(|| collect(workspace)).to_string());
        }
    });
    on_cleanup(move || hidden.remove());
}

fn collect(workspace: Workspace) -> Value {
    let sizes = workspace.sizes;
    let theme = match workspace.theme.get() {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    json!({
        "theme": theme,
        "callLimit": (Value::number(workspace.call_limit.get())),
        "editor": (Value::number(sizes.editor.get())),
        "inspector": (Value::number(sizes.inspector.get())),
        "record": (Value::number(sizes.record.get())),
        "recordWithDetails": (Value::number(sizes.record_with_details.get())),
        "folded": (sizes.folded.get()),
    })
}

fn restore(workspace: Workspace, settings: &Value) {
    let sizes = workspace.sizes;
    workspace.theme.set(match settings.get("theme").and_then(Value::as_str) {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    });
    let number = |name: &str, least: f64, signal: RwSignal<f64>| {
        if let Some(number) = settings.get(name).and_then(Value::as_f64).filter(|number| *number >= least) {
            signal.set(number);
        }
    };
    number("callLimit", 0.1, workspace.call_limit);
    number("editor", 320.0, sizes.editor);
    number("inspector", 280.0, sizes.inspector);
    number("record", 120.0, sizes.record);
    number("recordWithDetails", 120.0, sizes.record_with_details);
    sizes.folded.set(settings.get("folded").and_then(Value::as_bool).unwrap_or(false));
}
