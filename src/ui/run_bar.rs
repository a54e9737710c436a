//! How the run stands, in one line.

use crate::ui::prelude::*;

use super::checkup::counted;
use super::commands;
use super::inner::Trail;
use super::keys;
use super::parts::{JsonText, StatusPill, Words};
use super::run::{Halt, Run, RunCore, status_attribute, status_words};
use super::run_options::RunOptionsButton;
use super::top_bar::{RunButton, StopButton};
use super::workspace::{Dialog, Readiness, Room, Workspace};
use crate::engine::{Details, Status};
use crate::float;
use crate::trace::cause_words;
use crate::trace::seconds;

/// How much of an output or cause the line holds; the inspector has the rest.
const LINE: usize = 400;

/// The status, what came out, and how long it took.
#[component]
pub fn RunBar() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let refused = Memo::new(move || {
        let ready = workspace.readiness.get() == Readiness::Ready;
        !ready && (workspace.refused.get() || workspace.run.get().is_none())
    });
    // What was refused is over as soon as it can run.
    Effect::new(move |_| {
        if workspace.readiness.get() == Readiness::Ready {
            workspace.refused.set(false);
        }
    });
    let line = move || match workspace.run.get() {
        _ if refused.get() => view! { <CantRun /> },
        Some(run) => view! { <RunLine run /> },
        None => view! { <NotRunYet /> },
    };
    view! {
        <div class="run-bar" role="group" aria-label="Result" tabindex="-1">
            <Trail />
            {line}
            <div class="run-bar-figures">
                {move || workspace.run.get().map(|run| view! { <Figures run /> })}
                <RunOptionsButton />
                <RunPicker />
            </div>
            <Show when=move || workspace.room.get() == Room::Phone>
                <PhoneRun />
            </Show>
        </div>
    }
}

/// Run, or Stop while a run goes on, within reach of the thumb.
#[component]
fn PhoneRun() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let running = Memo::new(move || workspace.running());
    let button = move || {
        if running.get() {
            view! { <StopButton /> }
        } else {
            view! { <RunButton class="" /> }
        }
    };
    view! { <div class="run-bar-go">{button}</div> }
}

#[component]
fn NotRunYet() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let how = move || match workspace.room.get() {
        Room::Phone => "Press Run.",
        _ if keys::is_mac() => "Press Run or Cmd+Enter.",
        _ => "Press Run or Ctrl+Enter.",
    };
    let words = move || format!("{} ready. {}", counted(workspace.checked.get().states, "state"), how());
    view! {
        <StatusPill status="idle" words="Not run yet" />
        <span class="run-bar-message">
            <span class="run-bar-words dim">{words}</span>
        </span>
    }
}

#[component]
fn CantRun() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let words = move || workspace.readiness.get().words();
    let show = move || match workspace.readiness.get() {
        Readiness::Definition { .. } | Readiness::Machine { .. } => "Show the first",
        _ => "Show",
    };
    let anyway = move || {
        let readiness = workspace.readiness.get();
        matches!(
            readiness,
            Readiness::Definition { anyway: true, .. } | Readiness::Machine { anyway: true, .. } | Readiness::Functions(_)
        )
    };
    let go = move |_| match workspace.readiness.get_untracked() {
        Readiness::Options(_) => workspace.dialog.set(Some(Dialog::RunOptions)),
        _ => commands::show_problem(workspace, 0),
    };
    view! {
        <StatusPill status="failed" words="Can't run" />
        <span class="run-bar-message">
            <span class="run-bar-words">{move || view! { <Words text=words() /> }}</span>
            <button type="button" class="link" on:click=go>{show}</button>
            <Show when=anyway>
                <span>"or"</span>
                <button type="button" class="link" on:click=move |_| commands::run_anyway(workspace)>"run anyway"</button>
            </Show>
        </span>
    }
}

#[component]
fn RunLine(run: Run) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <RunStatus run />
        <span class="run-bar-message">
            <span class="run-bar-words">{move || message(run)}</span>
            {move || act(workspace, run)}
        </span>
    }
}

/// How a run stands.
#[component]
pub fn RunStatus(run: Run) -> impl IntoView {
    move || {
        let status = run.status.get();
        view! { <StatusPill status=status_attribute(status) words=status_words(status) /> }
    }
}

/// What can be done about how a run ended.
fn act(workspace: Workspace, run: Run) -> Option<AnyView> {
    run.status.track();
    let link =
        |words: String, act: Box<dyn Fn()>| view! { <button type="button" class="link" on:click=move |_| act()>{words}</button> };
    run.with(|core| {
        let error = core.trace.end().and_then(|end| end.failure.as_ref()?.error.as_deref());
        let first = match (&core.halt, error) {
            (Some(Halt::NoFunction { function, .. }), _) => {
                let (function, words) = (function.clone(), format!("Write exports['{function}']"));
                Some(link(words, Box::new(move || commands::write_stub(workspace, &function))))
            }
            (_, Some("Sandbox.Timedout")) => {
                Some(link("Change the limit".to_owned(), Box::new(move || workspace.dialog.set(Some(Dialog::Help)))))
            }
            _ if !core.waiting().is_empty() => {
                Some(link("Answer".to_owned(), Box::new(move || commands::show_waiting(workspace, run))))
            }
            _ => None,
        };
        let again = (core.redrivable() == Some(Ok(())))
            .then(|| link("Redrive".to_owned(), Box::new(move || commands::redrive(workspace, run))));
        Some(view! { {first} {again} })
    })
}

/// What to say of a run besides its status.
fn message(run: Run) -> AnyView {
    let status = run.status.get();
    run.with(|core| match (&core.halt, core.events().last().map(|event| &*event.details)) {
        (Some(Halt::Stopped), _) => {
            format!("You stopped this run after {}. Events up to then are kept.", seconds(core.duration())).into_any()
        }
        (Some(Halt::NoFunction { state, function, .. }), _) => {
            let (state, function) = (state.clone(), function.clone());
            view! { <b>"No function for a task."</b>" "<code>{state}</code>" calls "<code>{function}</code>", and no function has that name." }
        }
        (Some(Halt::Memory), _) => {
            "The run was stopped: its history would outgrow the memory a page may take. Events up to then are kept.".into_any()
        }
        (Some(Halt::Functions(why)), _) => format!("The functions could not be loaded: {why}").into_any(),
        (None, Some(Details::ExecutionSucceeded { output })) => {
            let output = spaced(&cut(&output.text()));
            view! { <code><JsonText text=Signal::stored(output) /></code> }
        }
        (None, Some(Details::ExecutionFailed(error) | Details::ExecutionTimedOut(error) | Details::ExecutionAborted(error))) => {
            let (name, cause) = (
                error.error.as_deref().unwrap_or("no error name").to_owned(),
                cut(&cause_words(error.cause.as_deref().unwrap_or_default())),
            );
            view! { <code class="tone-error">{name}</code>" "{cause} }
        }
        _ if status == Status::Running => waiting(core).into_any(),
        _ => ().into_any(),
    })
}

/// What a run in progress is about.
fn waiting(core: &RunCore) -> String {
    match core.waiting().len() {
        0 => String::new(),
        1 => "1 state is waiting for a callback".to_owned(),
        number => format!("{number} states are waiting for callbacks"),
    }
}

/// How long it took and how much happened.
#[component]
fn Figures(run: Run) -> impl IntoView {
    let running = move || run.status.get() == Status::Running;
    let computes = run.with_untracked(|core| core.inner.is_none());
    view! {
        <dl>
            <div>
                <dt>{move || if running() { "Elapsed" } else { "Duration" }}</dt>
                <dd title="Time of the workflow's own clock">{move || seconds(run.duration())}</dd>
            </div>
            <Show when=move || computes && !running()>
                <div>
                    <dt>"Computed in"</dt>
                    <dd title="Real time">{move || run.with(|core| computed(core.computed_in))}</dd>
                </div>
            </Show>
            <div>
                <dt>"Events"</dt>
                <dd>{move || run.with(|core| commands::grouped(core.events().len()))}</dd>
            </div>
        </dl>
    }
}

/// Earlier runs of the document.
#[component]
fn RunPicker() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let pick = move |event| {
        let number = event_target_value(&event).parse::<u32>().ok();
        let picked = workspace.runs.with_untracked(|runs| runs.iter().copied().find(|run| Some(run.number) == number));
        if let Some(run) = picked {
            workspace.show_run(run);
        }
    };
    let shown = move |run: Run| workspace.run.with(|shown| shown.is_some_and(|shown| shown.number == run.number));
    let options = move || workspace.runs.with(|runs| runs.iter().rev().copied().collect::<Vec<_>>());
    view! {
        <Show when=move || workspace.runs.with(|runs| !runs.is_empty())>
            <label class="select">
                <select aria-label="Run that is shown" on:change=pick>
                    <For each=options key=|run| run.number let:run>
                        <option value=run.number prop:selected=move || shown(run)>
                            {move || format!("Run {}", run.number)}
                        </option>
                    </For>
                </select>
                <glyph name="chevron-down" size=12 />
            </label>
        </Show>
    }
}

fn computed(milliseconds: f64) -> String {
    if milliseconds < 1000.0 { format!("{} ms", float::fixed(milliseconds, 0)) } else { seconds(milliseconds as i64) }
}

/// JSON on one line with room to read it; strings stay as they are.
fn spaced(json: &str) -> String {
    let (mut out, mut in_string, mut escaped) = (String::with_capacity(json.len() * 5 / 4), false, false);
    let mut letters = json.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '}' if !in_string && !out.ends_with('{') => out.push_str(" }"),
            '{' if !in_string && letters.peek() != Some(&'}') => out.push_str("{ "),
            ':' | ',' if !in_string => out.extend([letter, ' ']),
            _ => out.push(letter),
        }
        (in_string, escaped) = (in_string != (letter == '"' && !escaped), letter == '\\' && !escaped);
    }
    out
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text.to_owned(),
    }
}
