use crate::ui::prelude::*;
use leptos::html;
use leptos::task::spawn_local;

use crate::bridge::clipboard;
use crate::share::Machine;
use crate::trace::bytes;
use crate::ui::checkup::counted;
use crate::ui::parts::Icon;
use crate::ui::workspace::{DataItem, Workspace};

/// How many rows of one kind are listed.
const SHOWN: usize = 200;

/// What a new machine begins as.
const NEW_MACHINE: &str = r#"{
  "StartAt": "Begin",
  "States": {
    "Begin": {
      "Type": "Pass",
      "End": true
    }
  }
}
"#;

/// One line of a list.
#[derive(Clone, PartialEq)]
struct Row {
    item: DataItem,
    /// What stands before the name in grey: the bucket.
    before: String,
    name: String,
    about: String,
    /// Errors of a machine.
    bad: bool,
}

/// Objects, machines, and what the shown run has written.
#[component]
pub fn Lists() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let objects = Memo::new(move || objects(workspace));
    let machines = Memo::new(move || machines(workspace));
    let written = Memo::new(move || written(workspace));
    let from_run = move || workspace.run.get().map_or_else(String::new, |run| format!("Written by run {}", run.number));
    view! {
        <div class="data-lists">
            <section aria-label="S3 objects">
                <header>
                    <h3>"S3 objects"</h3>
                    <button type="button" class="button" data-size="small" on:click=move |_| add_object(workspace)>"Add object"</button>
                    <FromFile />
                </header>
                {rows(workspace, objects, "What an ItemReader reads; none yet.")}
            </section>
            <section aria-label="Further machines">
                <header>
                    <h3>"Further machines"</h3>
                    <button type="button" class="button" data-size="small" on:click=move |_| add_machine(workspace)>"Add machine"</button>
                </header>
                {rows(workspace, machines, "What states:startExecution starts; none yet.")}
            </section>
            <Show when=move || written.with(|written| !written.is_empty())>
                <section aria-label="Written objects">
                    <header>
                        <h3>{from_run}</h3>
                    </header>
                    {rows(workspace, written, "")}
                </section>
            </Show>
        </div>
    }
}

fn rows(workspace: Workspace, rows: Memo<Vec<Row>>, none: &'static str) -> impl IntoView {
    let line = move |row: Row| {
        let (item, chosen) = (row.item.clone(), row.item);
        let spoken = format!("{}{}, {}", row.before, row.name, row.about);
        let current = move || workspace.data.with(|shown| shown.as_ref() == Some(&item)).then_some("true");
        let glyph = if matches!(chosen, DataItem::Machine(_)) { "service-workflow" } else { "service-bucket" };
        view! {
            <li>
                <button type="button" class="data-row" aria-label=spoken aria-current=current on:click=move |_| workspace.data.set(Some(chosen.clone()))>
                    <Icon name=glyph />
                    <span class="data-name"><span class="dim">{row.before}</span><span>{row.name}</span></span>
                    <span class="data-about" data-bad=row.bad.to_string()>{row.about}</span>
                </button>
            </li>
        }
    };
    move || {
        let rows = rows.get();
        let more = rows.len().saturating_sub(SHOWN);
        if rows.is_empty() {
            return view! { <p class="data-none">{none}</p> };
        }
        let lines: Vec<AnyView> = rows.into_iter().take(SHOWN).map(line).collect();
        view! { <ul>{lines}</ul> {(more > 0).then(|| view! { <p class="data-none">{format!("and {more} more")}</p> })} }
    }
}

fn object_row(item: DataItem, bucket: &str, key: &str, text: &str) -> Row {
    // The last part of a key tells most: it stays in view where the line is too long.
    let (folder, name) = key.rfind('/').map_or(("", key), |at| key.split_at(at + 1));
    Row { item, before: format!("{bucket}/{folder}"), name: name.to_owned(), about: bytes(text.len()), bad: false }
}

fn objects(workspace: Workspace) -> Vec<Row> {
    workspace.objects.with(|objects| {
        let all = objects.iter().flat_map(|(bucket, keys)| keys.iter().map(move |(key, text)| (bucket, key, text)));
        all.map(|(bucket, key, text)| object_row(DataItem::Object { bucket: bucket.clone(), key: key.clone() }, bucket, key, text))
            .collect()
    })
}

fn machines(workspace: Workspace) -> Vec<Row> {
    let checks = workspace.machine_checks.get();
    workspace.machines.with(|machines| {
        let row = |(name, machine): (&String, &Machine)| {
            let errors = checks.get(name).map_or(0, |check| check.errors());
            let kind = machine.workflow_type.title().to_owned();
            let about = if errors > 0 { counted(errors, "error") } else { kind };
            Row { item: DataItem::Machine(name.clone()), before: String::new(), name: name.clone(), about, bad: errors > 0 }
        };
        machines.iter().map(row).collect()
    })
}

fn written(workspace: Workspace) -> Vec<Row> {
    let Some((run, _)) = workspace.run.get().map(|run| run.origin()) else { return Vec::new() };
    run.with(|core| {
        let row = |(bucket, key, text): (&str, &str, &std::sync::Arc<str>)| {
            object_row(DataItem::Written { bucket: bucket.to_owned(), key: key.to_owned() }, bucket, key, text)
        };
        core.written().into_iter().map(row).collect()
    })
}

/// Adds an object under the first name that is free, in the bucket that was looked at last.
fn add_object(workspace: Workspace) {
    let bucket = bucket(workspace);
    let free = |number: usize| {
        let key = if number == 1 { "items.json".to_owned() } else { format!("items-{number}.json") };
        let item = DataItem::Object { bucket: bucket.clone(), key: key.clone() };
        untrack(|| workspace.data_text(&item)).is_none().then_some((item, key))
    };
    let Some((item, key)) = (1..).find_map(free) else { return };
    workspace.put_object(&bucket, &key, "[]\n".to_owned());
    workspace.data.set(Some(item));
}

/// The bucket of the object that is shown, else of any, else a new one.
fn bucket(workspace: Workspace) -> String {
    match workspace.data.get_untracked() {
        Some(DataItem::Object { bucket, .. }) => bucket,
        _ => workspace.objects.with_untracked(|objects| objects.keys().next().cloned()).unwrap_or_else(|| "my-bucket".to_owned()),
    }
}

fn add_machine(workspace: Workspace) {
    let taken = |name: &String| workspace.machines.with_untracked(|machines| machines.contains_key(name));
    let names = (1..).map(|number| if number == 1 { "ChildMachine".to_owned() } else { format!("ChildMachine{number}") });
    if let Some(name) = names.into_iter().find(|name| !taken(name)) {
        workspace.add_machine(name, Machine { definition: NEW_MACHINE.to_owned(), ..Machine::default() });
    }
}

/// Takes files as objects, each under its own name.
#[component]
fn FromFile() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let field = NodeRef::<html::Input>::new();
    let choose = move |_| field.get_untracked().iter().for_each(|field| field.click());
    let chosen = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let files: Vec<_> =
            field.files().map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default();
        field.set_value("");
        let bucket = bucket(workspace);
        spawn_local(async move {
            for file in files {
                let key = file.name();
                match clipboard::read(&file).await {
                    Some(text) => {
                        workspace.put_object(&bucket, &key, text);
                        workspace.data.set(Some(DataItem::Object { bucket: bucket.clone(), key }));
                    }
                    None => workspace.trouble.set(Some(format!("{key}: the file can't be read"))),
                }
            }
        });
    };
    view! {
        <button type="button" class="button" data-size="small" on:click=choose>"From file"</button>
        <input type="file" hidden multiple node_ref=field on:change=chosen />
    }
}
