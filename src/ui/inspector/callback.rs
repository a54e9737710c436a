use crate::ui::prelude::*;

use super::answer::AnswerForm;
use super::pane::Titled;
use crate::trace::{VisitId, elapsed};
use crate::ui::run::{Run, RunCore};

/// A task that waits for its token: since when, and the token to answer with.
#[component]
pub fn CallbackPane(run: Run, visit: VisitId) -> impl IntoView {
    let (since, input, limits) = run.with_untracked(|core| {
        let found = core.trace.visit(visit);
        let since = found.attempts.last().and_then(|attempt| attempt.submitted.as_ref());
        let since = since.map_or(found.entered.at, |submitted| submitted.mark.at).millis_since(core.trace.start());
        (since, found.input.value().clone(), limits(core, visit))
    });
    let token = token_of(run, visit);
    view! {
        <p class="inspector-lede">
            {format!("Waiting since {}. This state goes on when its task token comes back: from a function, or from you.", elapsed(since))}
        </p>
        <p class="inspector-note">{limits}</p>
        {token
            .map(|token| {
                let answers = token.clone();
                view! {
                    <label class="field">
                        <span>"Task token"</span>
                        <input class="text-field" readonly value=token />
                    </label>
                    <AnswerForm token=answers />
                }
            })}
        <Titled title="Input" value=input />
    }
}

/// The token a visit waits for.
fn token_of(run: Run, visit: VisitId) -> Option<String> {
    let (_, id) = run.origin();
    let place = run.with_untracked(|core| (core.trace.visit(visit).chain, core.trace.visit(visit).state));
    let waiting = untrack(|| run.waiting());
    waiting.iter().find(|task| task.run == id && (task.chain, task.state) == place).map(|task| task.token.to_string())
}

fn limits(core: &RunCore, visit: VisitId) -> String {
    let attempt = core.trace.visit(visit).attempts.last();
    let (timeout, heartbeat) = attempt.map_or((None, None), |attempt| (attempt.timeout_seconds, attempt.heartbeat_seconds));
    match (timeout, heartbeat) {
        (None, None) => "No TimeoutSeconds or HeartbeatSeconds: it would wait a year.".to_owned(),
        (Some(timeout), None) => format!("It times out after {timeout} s."),
        (None, Some(heartbeat)) => format!("It times out after {heartbeat} s without a heartbeat."),
        (Some(timeout), Some(heartbeat)) => format!("It times out after {timeout} s, or after {heartbeat} s without a heartbeat."),
    }
}
