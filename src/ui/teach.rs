//! What the inspector says while nothing is selected and nothing has run: what is ready, what is not, and what is good to know.

use crate::ui::prelude::*;

use super::checkup::counted;
use super::commands;
use super::keys;
use super::parts::{Icon, Message, StatusIcon, Tone, Words};
use super::problems::{Fixes, Shared};
use super::workspace::{Readiness, Selection, Workspace};
use crate::check::Severity;

/// The list of what a run needs, and below it the selected problem or some advice.
#[component]
pub fn Teach() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let ready = Memo::new(move || workspace.readiness.get() == Readiness::Ready);
    let selected = Memo::new(move || match workspace.selection.get() {
        Selection::Problem(index) => Shared::new(workspace.problems.get(), index),
        _ => None,
    });
    let below = move || match selected.get() {
        Some(problem) => view! { <ProblemDetail problem /> },
        None => view! { <GoodToKnow /> },
    };
    view! {
        <div class="teach-panel">
            <div class="teach">
                <h2>{move || if ready.get() { "Ready to run" } else { "Can't run yet" }}</h2>
                <Checks />
                <Stub />
                {move || if ready.get() { how_to_run().into_any() } else { first_error(workspace).into_any() }}
            </div>
            {below}
        </div>
    }
}

/// A button that writes the first function that is missing.
#[component]
fn Stub() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let missing = Memo::new(move || {
        let (definition, check) = (workspace.checked.get(), workspace.functions_check.get());
        let exports = check.exports.as_ref()?;
        definition.unserved(exports).next().map(|task| task.best_name.clone())
    });
    let button = move |name: String| {
        let words = format!("Write exports['{name}']");
        view! {
            <p class="teach-go">
                <button class="button" data-size="small" type="button" on:click=move |_| commands::write_stub(workspace, &name)>
                    {words}
                </button>
            </p>
        }
    };
    view! { {move || missing.get().map(button)} }
}

fn how_to_run() -> impl IntoView {
    let modifier = if keys::is_mac() { "Cmd" } else { "Ctrl" };
    view! {
        <p class="teach-go">
            <kbd>{modifier}</kbd>
            <kbd>"Enter"</kbd>
            "runs it. The result appears here."
        </p>
    }
}

fn first_error(workspace: Workspace) -> impl IntoView {
    view! {
        <p class="teach-go">
            <button class="button" data-size="small" type="button" on:click=move |_| commands::show_problem(workspace, 0)>
                "Go to the first error"
            </button>
            <kbd>"F8"</kbd>
        </p>
    }
}

/// Definition, functions and input: fine, or what is wrong.
#[component]
fn Checks() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let definition = move || {
        let check = workspace.checked.get();
        let count = |severity| check.checked.diagnostics.iter().filter(|problem| problem.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let language = if check.jsonata { "JSONata" } else { "JSONPath" };
        let problems = match (errors, warnings) {
            (0, 0) => "no problems".to_owned(),
            (0, warnings) => counted(warnings, "warning"),
            (errors, 0) => return ("failed", counted(errors, "error")),
            (errors, warnings) => return ("failed", format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))),
        };
        ("succeeded", format!("{}, {language}, {problems}", counted(check.states, "state")))
    };
    let functions = move || {
        let (definition, check) = (workspace.checked.get(), workspace.functions_check.get());
        let tasks = definition.tasks.len();
        match (check.problems.first(), &check.exports) {
            (Some(problem), _) => ("failed", problem.message.clone()),
            _ if tasks == 0 => ("succeeded", "No Task needs one".to_owned()),
            (None, None) => ("succeeded", format!("For {}", counted(tasks, "Task"))),
            (None, Some(exports)) => match definition.unserved(exports).next() {
                Some(task) => ("caught", format!("`{}` has none yet: `{}`", task.state, task.best_name)),
                None if tasks == 1 => ("succeeded", "The Task has one".to_owned()),
                None => ("succeeded", format!("All {tasks} Tasks have one")),
            },
        }
    };
    let input = move || {
        let check = workspace.input_check.get();
        match check.problems.first() {
            Some(problem) => ("failed", problem.message.clone()),
            None => ("succeeded", format!("Valid JSON, {}", check.words)),
        }
    };
    view! {
        <ul class="teach-checks">
            {move || check_line("Definition", definition())}
            {move || check_line("Functions", functions())}
            {move || check_line("Input", input())}
        </ul>
    }
}

/// A line of the list; the status gives sign and colour, the words say the same.
fn check_line(name: &'static str, (status, words): (&'static str, String)) -> impl IntoView {
    let said = match status {
        "succeeded" => ": ready",
        "failed" => ": not ready",
        _ => ": incomplete",
    };
    view! {
        <li data-status=status>
            <StatusIcon status />
            <div>
                <strong>{name}</strong>
                <span class="unseen">{said}</span>
                <p><Words text=words /></p>
            </div>
        </li>
    }
}

#[component]
fn ProblemDetail(problem: Shared) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let index = problem.index;
    let of = move || workspace.problems.with(|problems| problems.len());
    let (tab, span) = (problem.tab, problem.diagnostic.span);
    let place = problem.place();
    let tone = if problem.is_error() { Tone::Error } else { Tone::Warning };
    let aws = problem.diagnostic.aws.as_ref().map(|answer| answer.message.clone());
    let location = problem.diagnostic.location.clone();
    view! {
        <div class="teach">
            <h3>{move || format!("Problem {} of {}", index + 1, of())}</h3>
            <Message tone title=problem.diagnostic.message.clone()>
                {problem.diagnostic.help.clone().map(|help| view! { <p><Words text=help /></p> })}
                {aws.map(|message| view! { <p class="dim">"AWS answers: "{message}</p> })}
                <p class="message-place">
                    <code>{location}</code>
                    <button class="link" type="button" on:click=move |_| workspace.go_to(tab, span)>{place}</button>
                </p>
                <p class="message-acts"><Fixes problem most=usize::MAX /></p>
            </Message>
        </div>
    }
}

#[component]
fn GoodToKnow() -> impl IntoView {
    let tip = |icon: &'static str, title: &'static str, words: &'static str| {
        view! {
            <li>
                <Icon name=icon />
                <p>
                    <b>{title}</b>
                    " "
                    {words}
                </p>
            </li>
        }
    };
    view! {
        <div class="teach">
            <h3>"Good to know"</h3>
            <ul class="teach-tips">
                {tip("detail", "Select a state", "in the graph to see what went in, what came out and every step between.")}
                {tip("clock", "Waits take no time.", "The clock jumps over Wait states and retries; time stamps stay right.")}
                {tip("code", "Tasks are yours.", "Write each as a JavaScript function under Functions. It has no network.")}
                {tip("link", "Nothing is uploaded.", "Your work is saved in this browser; Share puts all of it into a link.")}
            </ul>
        </div>
    }
}
