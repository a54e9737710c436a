use crate::ui::prelude::*;

use crate::engine::{Data, StatesError};
use crate::trace::{Attempt, Trace, VisitId, cause_words, elapsed, resource_words, seconds};
use crate::ui::parts::{StatusIcon, ValueView};
use crate::ui::run::Run;
use crate::value::Value;

/// How many attempts are listed.
const SHOWN: usize = 100;

/// The attempts of a visit, each with when it was, what was sent and what came back.
#[component]
pub fn Attempts(run: Run, visit: VisitId) -> impl IntoView {
    run.with_untracked(|core| {
        let found = core.trace.visit(visit);
        let (attempts, mut shown) = (&found.attempts[..], Vec::new());
        for (at, one) in attempts.iter().take(SHOWN).enumerate() {
            let next = attempts.get(at + 1);
            shown.push(attempt(&core.trace, at, one, next));
        }
        let more = attempts.len().saturating_sub(SHOWN);
        view! {
            <ol class="attempts">{shown}</ol>
            {(more > 0).then(|| view! { <p class="inspector-note">{format!("and {more} more")}</p> })}
            {found.is_backing_off().then(|| view! { <p class="inspector-note">"Waiting to try again."</p> })}
        }
    })
}

/// One of them, and how long it took until the next; the last one is open.
fn attempt(trace: &Trace, at: usize, attempt: &Attempt, next: Option<&Attempt>) -> AnyView {
    let since_start = elapsed(attempt.scheduled.at.millis_since(trace.start()));
    let wait = next.and_then(|next| Some(next.scheduled.at.millis_since(attempt.ended?.at)));
    view! {
        <li data-status=attempt.status.attribute()>
            <details open=next.is_none()>
                <summary>
                    <StatusIcon status=attempt.status.attribute() />
                    <span class="attempt-title">{format!("Attempt {}", at + 1)}</span>
                    <span class="attempt-status">{attempt.status.words()}</span>
                    <span class="attempt-time">{seconds(attempt.duration(trace.now()))}</span>
                </summary>
                <div class="attempt-body">
                    <p class="dim">
                        {format!("At {since_start}")} {attempt.task.as_ref().map(|task| format!(", {}", resource_words(task)))}
                    </p>
                    {attempt.failure.as_ref().map(failure)}
                    {sent("Arguments", attempt.arguments.as_ref())}
                    {sent("Answer of the service", attempt.submitted.as_ref().map(|submitted| &submitted.output))}
                    {sent("Result", attempt.result.as_ref())}
                </div>
            </details>
            {wait.map(|wait| view! { <p class="attempt-wait">{format!("{} until the next attempt", seconds(wait))}</p> })}
        </li>
    }
}

fn sent(title: &'static str, data: Option<&Data>) -> impl IntoView + use<> {
    data.map(|data| {
        let value: Value = data.value().clone();
        view! {
            <h3>{title}</h3>
            <ValueView value=Signal::stored(value) lines=14 />
        }
    })
}

fn failure(failure: &StatesError) -> impl IntoView + use<> {
    let error = failure.error.as_deref().unwrap_or_default().to_owned();
    let cause = cause_words(failure.cause.as_deref().unwrap_or_default());
    view! {
        <p class="attempt-failure">
            <code>{error}</code>
            " "
            {cause}
        </p>
    }
}
