//! The inspector: everything known of what is selected, a state, an event or, with nothing selected, the execution.

mod answer;
mod attempts;
mod callback;
mod children;
mod error;
mod execution;
mod flow;
mod pane;
mod state;
mod subject;
mod tabs;
mod test;
mod tested;
mod visits;
mod waiting;

use crate::ui::prelude::*;

use super::workspace::{Selection, Workspace};
use execution::ExecutionDetails;
use state::StateDetails;

/// What there is to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// No run and no state: what stands here otherwise.
    Otherwise,
    Execution,
    State,
}

/// What is known of the selection; the children while there is nothing to look at, or a problem is selected.
#[component]
pub fn Inspector(children: ChildrenFn) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = Memo::new(move || {
        let run = workspace.run.get();
        let of_state = |event: u64| run.is_some_and(|run| run.with(|core| core.trace.visit_of_event(event).is_some()));
        match workspace.selection.get() {
            Selection::Problem(_) => Shown::Otherwise,
            Selection::State { .. } => Shown::State,
            Selection::Event(event) if of_state(event) => Shown::State,
            _ if run.is_some() => Shown::Execution,
            _ => Shown::Otherwise,
        }
    });
    move || match shown.get() {
        Shown::Otherwise => children.make().into_any(),
        Shown::Execution => view! { <ExecutionDetails /> },
        Shown::State => view! { <StateDetails /> },
    }
}
