use crate::ui::prelude::*;

use super::pane::{Titled, VisitLink};
use crate::engine::StatesError;
use crate::json::{Node, node_at, value_of};
use crate::text::{LineIndex, Position, Span};
use crate::trace::{Status, Visit, VisitId, catcher, cause_words, handlers, resource_words, thrown_at};
use crate::ui::parts::ValueView;
use crate::ui::run::{Run, RunCore};
use crate::ui::workspace::{EditorTab, Workspace};
use crate::value::Value;

/// What went wrong in a visit, what became of it, and what led to it.
#[component]
pub fn ErrorPane(run: Run, visit: VisitId) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let check = workspace.shown_check.get_untracked();
    run.with_untracked(|core| {
        let found = core.trace.visit(visit);
        let node = core.state_of(visit).and_then(|(pointer, _)| node_at(&check.checked.tree, &pointer));
        let error = found.failure.clone().unwrap_or_default();
        let last = found.attempts.last();
        let thrown_by = last.and_then(|attempt| attempt.task.as_ref()).map(|task| {
            let place = error.cause.as_deref().and_then(thrown_at).map(|place| view! { <PlaceLink place /> });
            view! { <p class="message-place"><span>"thrown by " <code>{resource_words(task)}</code></span> {place}</p> }
        });
        let at = found
            .failed_at
            .as_ref()
            .map(|at| view! { <p class="message-place"><span>"in the field "<code>{at.to_string()}</code></span></p> });
        let arguments = last.and_then(|attempt| attempt.arguments.as_ref()).map(|data| data.value().clone());
        let message = failure(&error, found.status == Status::Caught, view! { {thrown_by} {at} });
        view! {
            {message}
            {verdict(core, found, node)}
            {story(run, visit)}
            {arguments.map(|value| view! { <Titled title="Arguments sent" value /> })}
        }
    })
}

/// The line of the functions that threw.
#[component]
fn PlaceLink(place: Position) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let show = move |_| {
        let offset = workspace.functions.with_untracked(|text| LineIndex::new(text).offset(text, place));
        workspace.go_to(EditorTab::Functions, Span::at(offset));
    };
    view! { <button class="link" type="button" on:click=show>{format!("Functions {}:{}", place.line, place.column)}</button> }
}

/// An error with its cause, and what more there is to say of it; a cause that is JSON is told by its message and can be read whole.
pub fn failure(failure: &StatesError, caught: bool, more: AnyView) -> AnyView {
    let name = failure.error.as_deref().filter(|name| !name.is_empty());
    let title = match name {
        Some(name) => view! { <code>{name.to_owned()}</code> },
        None => "An error without a name".into_any(),
    };
    let cause = failure.cause.as_deref().unwrap_or_default();
    let data = value_of(cause).ok().filter(|value| value.as_object().is_some());
    let words = cause_words(cause);
    view! {
        <div class="message" data-tone=if caught { "warning" } else { "error" }>
            <p class="message-title">{title}</p>
            {(!words.is_empty()).then(|| view! { <p class="failure-cause">{words}</p> })}
            {more}
        </div>
        {data.map(whole_cause)}
    }
}

fn whole_cause(value: Value) -> impl IntoView {
    view! {
        <details class="failure-whole">
            <summary>"The whole cause"</summary>
            <ValueView value=Signal::stored(value) />
        </details>
    }
}

/// What became of an error.
fn verdict(core: &RunCore, visit: &Visit, node: Option<&Node>) -> AnyView {
    let error = visit.failure.as_ref().and_then(|failure| failure.error.as_deref()).unwrap_or_default();
    let name = visit.name.to_string();
    let attempts = visit.attempts.len();
    let retried = (attempts > 1).then(|| format!(" after {attempts} attempts"));
    if visit.status == Status::Caught {
        let next = visit.went_to.map(|next| core.trace.visit(next).name.to_string()).unwrap_or_default();
        let by = node.and_then(|node| catcher(node, error, &next)).map(|(number, name)| (number, name.to_owned()));
        return view! {
            <p class="verdict" data-status="caught">
                <glyph name="status-caught" />
                <span>
                    <b>{format!("Caught{}", retried.unwrap_or_default())}</b>
                    {by
                        .map(|(number, entry)| {
                            view! { " by " <code>{format!("Catch #{number}")}</code> " (" <code>{entry}</code> ")" }
                        })}
                    {(!next.is_empty()).then(|| view! { ", on to " <code>{next}</code> })}
                    "."
                </span>
            </p>
        };
    }
    let why = match node.map_or(0, |node| handlers(node, "Catch")) {
        0 if node.is_some_and(cannot_catch) => view! { " ends the execution." },
        0 => view! { " has no " <code>"Catch"</code> "." },
        _ => view! { " has no " <code>"Catch"</code> " for it." },
    };
    let end = core.trace.end().filter(|end| end.failure.is_some()).map(|end| end.mark.event);
    view! {
        <p class="verdict" data-status="failed">
            <glyph name="error" />
            <span>
                <b>{format!("Not caught{}.", retried.unwrap_or_default())}</b>
                " "
                <code>{name}</code>
                {why}
                {end.map(|event| format!(" The execution failed at event {event}."))}
            </span>
        </p>
    }
}

/// Whether a state's type has no `Catch`.
fn cannot_catch(node: &Node) -> bool {
    !matches!(node.text("Type"), Some("Task" | "Parallel" | "Map"))
}

/// What led to a failure, earliest first, each a link.
pub fn story(run: Run, visit: VisitId) -> AnyView {
    run.with_untracked(|core| {
        let mut links = Vec::new();
        for id in core.trace.story(visit) {
            let found = core.trace.visit(id);
            links.push(view! {
                <li data-status=found.status.attribute()>
                    <p>
                        <VisitLink run visit=id current=id == visit />
                        <span class="unseen">{format!(": {}", found.status.words())}</span>
                    </p>
                    <p class="story-words">{link_words(core, found)}</p>
                </li>
            });
        }
        if links.len() < 2 {
            return AnyView::NOTHING;
        }
        view! {
            <h3>"What led here"</h3>
            <ol class="story">{links}</ol>
        }
    })
}

fn link_words(core: &RunCore, visit: &Visit) -> AnyView {
    let failure = visit.failure.clone().unwrap_or_default();
    let error = failure.error.as_deref().unwrap_or_default().to_owned();
    match visit.status {
        Status::Aborted => {
            let owner = core.trace.ancestors(visit.id).next().map(|(owner, _)| core.trace.visit(owner).state_type.name());
            format!("Aborted with its {}", owner.unwrap_or("execution")).into_any()
        }
        Status::Caught => {
            let next = visit.went_to.map(|next| core.trace.visit(next).name.to_string());
            view! { "Caught " <code>{error}</code> {next.map(|next| format!(", on to {next}"))} }
        }
        _ => {
            let cause = cause_words(failure.cause.as_deref().unwrap_or_default());
            view! { <code>{error}</code> " " {cause} }
        }
    }
}
