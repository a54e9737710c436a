use std::sync::Arc;

use crate::ui::prelude::*;

use super::answer::AnswerForm;
use crate::engine::WaitingTask;
use crate::timestamp::Timestamp;
use crate::trace::{elapsed, seconds};
use crate::ui::run::Run;

/// The longest time that is worth a button to skip it: beyond it is the end of the run itself.
const SKIPPABLE: i64 = 300 * 86_400_000;

/// One task that waits, as the list shows it.
#[derive(Clone, PartialEq)]
struct Row {
    token: Arc<str>,
    state: String,
    since: i64,
    timeout: Option<Timestamp>,
    heartbeat_due: Option<Timestamp>,
}

/// The tasks of a run whose tokens are awaited, each with what can be sent back.
#[component]
pub fn WaitingPane(run: Run) -> impl IntoView {
    let rows = Memo::new(move || rows(run));
    // The clock is the outermost run's.
    let (top, _) = run.origin();
    let alone = rows.with_untracked(|rows| rows.len() == 1);
    let next = Memo::new(move || top.with(|core| core.execution.as_ref().and_then(|execution| execution.wakes_at())));
    let skip = move || {
        let left = next.get()?.millis_since(top.now());
        (0..SKIPPABLE).contains(&left).then(|| {
            view! {
                <button
                    class="link"
                    type="button"
                    title="The clock jumps to what happens next: a timeout, a missed heartbeat, or the end of a wait"
                    on:click=move |_| crate::ui::runner::skip()
                >
                    {format!("Skip {}", seconds(left))}
                </button>
            }
        })
    };
    let tokens = move || rows.with(|rows| rows.iter().map(|row| row.token.clone()).collect::<Vec<_>>());
    view! {
        <p class="inspector-lede">
            "The run goes on when a function or you send the token back. Until then its time is real, at any speed. " {skip}
        </p>
        <ul class="waiting">
            <For each=tokens key=|token| token.clone() let:token>
                <Waits top rows token alone />
            </For>
        </ul>
    }
}

#[component]
fn Waits(top: Run, rows: Memo<Vec<Row>>, token: Arc<str>, alone: bool) -> impl IntoView {
    let (state, since) =
        rows.with_untracked(|rows| found(rows, &token).map(|row| (row.state.clone(), row.since))).unwrap_or_default();
    let shown = token.to_string();
    // A heartbeat gives the same task another time.
    let words = move || rows.with(|rows| found(rows, &token).map(|row| left(row, top.now())));
    view! {
        <li>
            <details open=alone>
                <summary>
                    <span class="waiting-state">{state}</span>
                    <span class="waiting-since">{format!("since {}", elapsed(since))}</span>
                    <span class="waiting-left">{words}</span>
                    <span class="waiting-answer" aria-hidden="true">"Answer"</span>
                </summary>
                <label class="field">
                    <span>"Task token"</span>
                    <input class="text-field" readonly value=shown.clone() />
                </label>
                <AnswerForm token=shown />
            </details>
        </li>
    }
}

fn found<'a>(rows: &'a [Row], token: &str) -> Option<&'a Row> {
    rows.iter().find(|row| &*row.token == token)
}

fn rows(run: Run) -> Vec<Row> {
    let start = run.with(|core| core.trace.start());
    let row = |task: WaitingTask| Row {
        state: task.state_name.to_string(),
        since: task.since.millis_since(start),
        timeout: task.timeout,
        heartbeat_due: task.heartbeat_due,
        token: task.token,
    };
    run.waiting().into_iter().map(row).collect()
}

/// `heartbeat due in 9 s, times out in 1:02:00`
fn left(row: &Row, now: Timestamp) -> String {
    let until = |words: &str, at: Option<Timestamp>| Some(format!("{words} {}", seconds(at?.millis_since(now).max(0))));
    let parts = [until("heartbeat due in", row.heartbeat_due), until("times out in", row.timeout)];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    if words.is_empty() { "no time limit".to_owned() } else { words.join(", ") }
}
