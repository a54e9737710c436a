//! On a phone the graph has the page for itself: what was tapped is told in a few words, with a way to the details.

use crate::ui::prelude::*;

use super::parts::StatusPill;
use super::workspace::{Panel, Room, Selection, Workspace};
use crate::trace::{Status, seconds};

/// The selected state in two lines, over the foot of the graph.
#[component]
pub fn Peek() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let selected = Memo::new(move || match workspace.selection.get() {
        Selection::State { pointer, .. } if workspace.room.get() == Room::Phone => Some(pointer),
        _ => None,
    });
    let body = move || selected.get().map(|pointer| view! { <Card pointer /> });
    view! { {body} }
}

#[component]
fn Card(pointer: String) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let name = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let standing = Memo::new(move || {
        let run = workspace.run.get()?;
        run.with(|core| {
            let visit = core.trace.visit(core.selected_visit(&workspace.selection.get())?);
            Some((visit.status, seconds(visit.duration(core.trace.now()))))
        })
    });
    view! {
        <div class="peek">
            <div class="peek-words">
                <h2>{name}</h2>
                <p>
                    {move || {
                        let (status, took) = standing.get().unwrap_or((Status::NotEntered, String::new()));
                        view! { <StatusPill status=status.attribute() words=status.words() /> {took} }
                    }}
                </p>
            </div>
            <button type="button" class="button" on:click=move |_| workspace.panel.set(Panel::Details)>
                "Details"
                <glyph name="chevron-right" />
            </button>
        </div>
    }
}
