//! What a run finds outside of the workflow, as a tab of the editor: S3 objects, further machines, and what a run has written.

mod item;
mod list;

use crate::ui::prelude::*;

use super::checkup::counted;
use super::parts::{Empty, panel_id, tab_id};
use super::workspace::{DataItem, EditorTab, Workspace};
use crate::trace::bytes;
use item::Item;
use list::Lists;

/// The lists, and below them what is chosen.
#[component]
pub fn DataPanel() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let tab = EditorTab::Data;
    let shown = Memo::new(move || workspace.editor_tab.get() == tab);
    // What is gone is not shown any more; a text that changes is no other item.
    let item = Memo::new(move || workspace.data.get().filter(|item| workspace.data_text(item).is_some()));
    let below = move || match item.get() {
        Some(item) => view! { <Item item /> },
        None => nothing_chosen(workspace).into_any(),
    };
    view! {
        <div class="editor-panel data" role="tabpanel" id=panel_id(tab) aria-labelledby=tab_id(tab) data-shown=move || shown.get().to_string()>
            <Show when=move || shown.get()>
                <Lists />
                <div class="data-item">{below}</div>
            </Show>
        </div>
    }
}

fn nothing_chosen(workspace: Workspace) -> impl IntoView {
    move || {
        if workspace.objects.with(|objects| objects.is_empty()) && workspace.machines.with(|machines| machines.is_empty()) {
            view! {
                <Empty title="No data yet">
                    "A run finds here what it would find on AWS: the objects that an " <code>"ItemReader"</code>
                    " reads, and the machines that " <code>"states:startExecution"</code> " starts. Both belong to the document and its link."
                </Empty>
            }
        } else {
            view! { <Empty title="Nothing chosen">"Choose an object or a machine to see and change what it holds."</Empty> }
        }
    }
}

/// What stands at the foot of the editor.
pub fn about(workspace: Workspace) -> String {
    match workspace.data.get() {
        Some(DataItem::Machine(name)) => {
            let states = workspace.machine_checks.with(|checks| checks.get(&name).map_or(0, |check| check.states));
            format!("Machine, {}", counted(states, "state"))
        }
        Some(item) => match workspace.data_text(&item) {
            Some(text) => format!("Object, {}", bytes(text.len())),
            None => String::new(),
        },
        None => String::new(),
    }
}
