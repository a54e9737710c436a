use crate::ui::prelude::*;

use crate::json::{Node, node_at};
use crate::trace::{Effect, Stage, VisitId, bytes, flow};
use crate::ui::parts::ValueView;
use crate::ui::run::Run;
use crate::ui::workspace::Workspace;

/// The stages the data passed on its way through a state, as a rail.
#[component]
pub fn FlowPane(run: Run, visit: VisitId) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let check = workspace.shown_check.get_untracked();
    let root = &check.checked.tree;
    let stages = run.with_untracked(|core| {
        let (pointer, _) = core.state_of(visit)?;
        let state = node_at(root, &pointer)?;
        Some(flow(&core.trace, visit, state, is_jsonata(root, state)))
    });
    match stages {
        Some(stages) => view! { <ol class="flow">{stages.into_iter().map(stage).collect_view()}</ol> },
        None => {
            view! { <p class="inspector-note">"The definition has changed since this run. Run it again to see the data flow."</p> }
        }
    }
}

/// The language of a state: its own, else the machine's.
fn is_jsonata(root: &Node, state: &Node) -> bool {
    let language = |node: &Node| node.text("QueryLanguage").map(|name| name == "JSONata");
    language(state).or_else(|| language(root)).unwrap_or(false)
}

fn stage(stage: Stage) -> impl IntoView {
    let (state, words) = match stage.effect {
        Effect::End => ("end", None),
        Effect::Changed | Effect::Added => ("changed", None),
        Effect::Same => ("same", Some("changes nothing")),
        Effect::Unset => ("unset", Some("not set")),
        Effect::Failed => ("failed", None),
    };
    let size = stage.value.as_ref().filter(|_| stage.effect != Effect::Added).map(|value| bytes(value.size()));
    let value = stage.value.filter(|_| stage.effect != Effect::Same);
    // What came in and went out is told by its outline: what the stages between did is what matters here.
    let lines = if stage.effect == Effect::End { 1 } else { 9 };
    view! {
        <li class="stage" data-state=state>
            <div class="stage-head">
                <span class="stage-name">{stage.name}</span>
                <code class="stage-expression" title=stage.expression.clone()>{stage.expression.clone()}</code>
                <span class="stage-size">{words.map(str::to_owned).or(size)}</span>
            </div>
            {value
                .map(|value| {
                    view! {
                        <div class:stage-added=stage.effect == Effect::Added>
                            <ValueView value=Signal::stored(value) lines />
                        </div>
                    }
                })}
        </li>
    }
}
