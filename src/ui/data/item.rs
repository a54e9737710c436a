use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::bridge::clipboard;
use crate::bridge::monaco::Language;
use crate::spec::WorkflowType;
use crate::ui::editor::CodeEditor;
use crate::ui::workspace::{DataItem, EditorTab, Workspace};

/// What one object or machine is called, and what it holds.
#[component]
pub fn Item(item: DataItem) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let wrong = RwSignal::new("");
    let head = match &item {
        DataItem::Object { bucket, key } => view! {
            {name_field(workspace, wrong, &item, "Bucket", bucket, in_bucket)}
            {name_field(workspace, wrong, &item, "Key", key, under_key)}
            {delete(workspace, item.clone())}
        },
        DataItem::Machine(name) => view! {
            {name_field(workspace, wrong, &item, "Name", name, |_, name| DataItem::Machine(name))}
            {machine_type(workspace, name.clone())}
            {delete(workspace, item.clone())}
        },
        DataItem::Written { bucket, key } => view! { <Written bucket=bucket.clone() key=key.clone() /> },
    };
    let body = match &item {
        DataItem::Written { .. } => {
            let text = workspace.data_text(&item).unwrap_or_default();
            view! { <textarea class="data-text" readonly aria-label="Content" prop:value=text></textarea> }
        }
        _ => view! { <Content item /> },
    };
    view! {
        <div class="data-head">{head}</div>
        <p class="data-wrong" role="alert">{wrong}</p>
        <div class="data-content">{body}</div>
    }
}

/// The same object in another bucket.
fn in_bucket(item: &DataItem, bucket: String) -> DataItem {
    match item {
        DataItem::Object { key, .. } => DataItem::Object { bucket, key: key.clone() },
        other => other.clone(),
    }
}

/// The same object under another key.
fn under_key(item: &DataItem, key: String) -> DataItem {
    match item {
        DataItem::Object { bucket, .. } => DataItem::Object { bucket: bucket.clone(), key },
        other => other.clone(),
    }
}

/// A part of an item's name, which is taken when the field is left; what is wrong with it is told to `wrong`.
fn name_field(
    workspace: Workspace,
    wrong: RwSignal<&'static str>,
    item: &DataItem,
    label: &'static str,
    value: &str,
    renamed: fn(&DataItem, String) -> DataItem,
) -> AnyView {
    let item = item.clone();
    let rename = move |event| {
        let to = renamed(&item, event_target_value(&event));
        wrong.set(workspace.rename_data(&item, to).err().unwrap_or_default());
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input class="text-field" spellcheck="false" autocomplete="off" prop:value=value.to_owned() on:change=rename />
        </label>
    }
}

fn delete(workspace: Workspace, item: DataItem) -> impl IntoView {
    view! {
        <button type="button" class="button" data-size="small" on:click=move |_| workspace.delete_data(&item)>"Delete"</button>
    }
}

/// Standard or Express.
fn machine_type(workspace: Workspace, name: String) -> impl IntoView {
    let of = name.clone();
    let is_express = Signal::derive(move || {
        workspace.machines.with(|machines| machines.get(&of).is_some_and(|machine| machine.workflow_type == WorkflowType::Express))
    });
    let pick = move |event| {
        let workflow_type = if event_target_value(&event) == "Express" { WorkflowType::Express } else { WorkflowType::Standard };
        workspace
            .machines
            .update(|machines| machines.get_mut(&name).into_iter().for_each(|machine| machine.workflow_type = workflow_type));
    };
    view! {
        <label class="field">
            <span>"Type"</span>
            <span class="select">
                <select on:change=pick>
                    <option prop:selected=move || !is_express.get()>"Standard"</option>
                    <option prop:selected=is_express>"Express"</option>
                </select>
                <glyph name="chevron-down" size=12 />
            </span>
        </label>
    }
}

/// The text in an editor.
#[component]
fn Content(item: DataItem) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let machine = match &item {
        DataItem::Machine(name) => Some(name.clone()),
        _ => None,
    };
    let language = match &item {
        DataItem::Machine(_) => Language::Definition,
        DataItem::Object { key, .. } if key.ends_with(".json") => Language::Json,
        _ => Language::Plain,
    };
    let problems = Signal::derive(move || {
        let Some(name) = &machine else { return Vec::new() };
        let check = workspace.machine_checks.with(|checks| checks.get(name).cloned());
        check.map(|check| check.checked.diagnostics.clone()).unwrap_or_default()
    });
    view! { <CodeEditor tab=EditorTab::Data language problems /> }
}

/// An object that a run has written: to be read, copied, saved.
#[component]
fn Written(bucket: String, key: String) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let item = StoredValue::new(DataItem::Written { bucket: bucket.clone(), key: key.clone() });
    let text = move || item.with_value(|item| untrack(|| workspace.data_text(item))).unwrap_or_default();
    let copy = move |_| {
        let text = text();
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            workspace.announce(if copied { "Object copied" } else { "The browser did not let it be copied." });
        });
    };
    let name = key.rsplit('/').next().unwrap_or_default().to_owned();
    let save = move |_| {
        if clipboard::download_as(&name, &text(), "text/plain").is_err() {
            workspace.announce("The browser did not let the file be saved.");
        }
    };
    view! {
        <p class="data-path"><span class="dim">{format!("{bucket}/")}</span>{key}</p>
        <button type="button" class="button" data-size="small" on:click=copy>
            <glyph name="copy" size=14 />
            "Copy"
        </button>
        <button type="button" class="button" data-size="small" on:click=save>
            <glyph name="download" size=14 />
            "Download"
        </button>
    }
}
