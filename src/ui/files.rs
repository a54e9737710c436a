//! Documents that come as files: chosen, or dropped on the page.

use crate::ui::prelude::*;
use leptos::html;
use leptos::task::spawn_local;

use super::commands;
use super::keeper::Keeper;
use super::workspace::Workspace;
use crate::bridge::clipboard;
use crate::share::{Document, from_file};

/// A button that opens a document from a file.
#[component]
pub fn OpenFile() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let field = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let file = field.files().and_then(|files| files.get(0));
        field.set_value("");
        if let Some(file) = file {
            open_file(workspace, keeper, file);
        }
    };
    view! {
        <button type="button" class="button" data-size="small" on:click=choose>
            <glyph name="list" size=14 />
            "Open file"
        </button>
        <input type="file" hidden accept=".json,.asl,.yaml,.yml,application/json" node_ref=field on:change=chosen />
    }
}

/// Opens a document or a definition that was chosen or dropped.
pub fn open_file(workspace: Workspace, keeper: Keeper, file: web_sys::File) {
    spawn_local(async move {
        let name = file.name();
        let opened = match clipboard::read(&file).await {
            Some(text) => from_file(&text)
                .map(|document| (document, crate::yaml::looks_like_definition(&text)))
                .map_err(|error| error.to_string()),
            None => Err("the file can't be read".to_owned()),
        };
        match opened {
            Ok((document, yaml)) => {
                let read = yaml && document.definition.starts_with('{');
                keeper.open_document(named(document, &name));
                workspace.note.set(read.then(|| commands::FROM_YAML.to_owned()));
                workspace.dialog.set(None);
                workspace.announce(format!("{name} opened"));
            }
            Err(error) => workspace.trouble.set(Some(format!("{name}: {error}"))),
        }
    });
}

/// A definition alone has no name but its file's.
fn named(document: Document, file: &str) -> Document {
    if !document.name.is_empty() {
        return document;
    }
    let name = [".json", ".yaml", ".yml"].iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    Document { name: name.strip_suffix(".asl").unwrap_or(name).to_owned(), ..document }
}

/// Lets a file be dropped anywhere on the page.
pub fn take_drops(workspace: Workspace, keeper: Keeper) {
    let over = window_event_listener(leptos::ev::dragover, |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            open_file(workspace, keeper, file);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}

fn has_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
