use crate::ui::prelude::*;

use crate::trace::VisitId;
use crate::ui::run::Run;
use crate::ui::workspace::{Selection, Workspace};

/// Steps from one visit of a state to the next, where it was visited more than once.
#[component]
pub fn VisitPicker(run: Run, visit: Memo<Option<VisitId>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let place = Memo::new(move || {
        let visit = visit.get()?;
        run.with(|core| {
            let visits = core.trace.visits_of(core.trace.visit(visit).state);
            let at = visits.binary_search(&visit).ok()?;
            let words = core.trace.iteration_words(visit);
            (visits.len() > 1).then_some((at, visits.len(), words))
        })
    });
    let go = move |to: usize| {
        let pointer = visit.get_untracked().and_then(|visit| run.with_untracked(|core| core.state_of(visit)));
        if let Some((pointer, _)) = pointer {
            workspace.selection.set(Selection::State { pointer, visit: Some(to) });
        }
    };
    move || {
        place.get().map(|(at, of, words)| {
            let words = if words.is_empty() {
                format!("Visit {} of {of}", at + 1)
            } else {
                format!("Iteration {words}, {} of {of}", at + 1)
            };
            view! {
                <div class="inspector-visits" role="group" aria-label="Visits of this state">
                    <button
                        class="icon-button"
                        data-size="small"
                        type="button"
                        aria-label="Previous visit"
                        disabled=at == 0
                        on:click=move |_| go(at.saturating_sub(1))
                    >
                        <glyph name="chevron-left" size=12 />
                    </button>
                    <span>{words}</span>
                    <button
                        class="icon-button"
                        data-size="small"
                        type="button"
                        aria-label="Next visit"
                        disabled=at + 1 == of
                        on:click=move |_| go(at + 1)
                    >
                        <glyph name="chevron-right" size=12 />
                    </button>
                </div>
            }
        })
    }
}
