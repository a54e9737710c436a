//! What is wrong with the three texts, one problem a row.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::checkup::Problem;
use super::commands;
use super::parts::{Empty, Icon, Words};
use super::workspace::{Selection, Workspace};

/// How many problems are listed: a text that is no JSON at all can have one in each line.
const SHOWN: usize = 200;

/// The list; the arrow keys move along it, Enter goes to the place.
#[component]
pub fn Problems() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let list = NodeRef::<html::Ul>::new();
    let rows = move || workspace.problems.with(|problems| problems.iter().take(SHOWN).cloned().enumerate().collect::<Vec<_>>());
    let more = move || workspace.problems.with(|problems| problems.len().saturating_sub(SHOWN));
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        if let Some(list) = list.get_untracked() {
            focus_row(&list, step);
        }
    };
    view! {
        <Show when=move || workspace.problems.with(|problems| problems.is_empty())>
            <Empty title="No problems">"What AWS would refuse, and what is hardly meant, is listed here while you write."</Empty>
        </Show>
        <ul class="problems" role="listbox" aria-label="Problems" node_ref=list on:keydown=on_key>
            <For each=rows key=|(index, problem)| (*index, problem.diagnostic.message.clone(), problem.diagnostic.span) let((index, problem))>
                <Row index problem />
            </For>
        </ul>
        <Show when=move || { more() > 0 }>
            <p class="problems-more dim">{move || format!("and {} more", more())}</p>
        </Show>
    }
}

#[component]
fn Row(index: usize, problem: Problem) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let selected = move || workspace.selection.with(|selection| *selection == Selection::Problem(index));
    let (icon, severity, kind) =
        if problem.is_error() { ("error", "error", "Error: ") } else { ("warning", "warning", "Warning: ") };
    let fix = problem.diagnostic.fixes.first().map(|fix| fix.title.clone());
    let show = move || commands::show_problem(workspace, index);
    let place = problem.place();
    let (message, help) = (problem.diagnostic.message.clone(), problem.diagnostic.help.clone());
    view! {
        <li
            class="problem"
            role="option"
            tabindex=if index == 0 { "0" } else { "-1" }
            data-severity=severity
            aria-selected=move || selected().to_string()
            on:click=move |_| show()
            on:keydown=move |event| if event.key() == "Enter" && !event.ctrl_key() { show() }
        >
            <Icon name=icon />
            <p class="problem-words">
                <span class="unseen">{kind}</span>
                <Words text=message />
                {help.map(|help| view! { <span class="problem-help"><Words text=help /></span> })}
            </p>
            {fix.map(|title| view! {
                <button
                    class="button"
                    data-size="small"
                    type="button"
                    on:click=move |event| {
                        event.stop_propagation();
                        commands::fix(workspace, &problem);
                    }
                >
                    <Words text=title />
                </button>
            })}
            <span class="problem-place link">{place}</span>
        </li>
    }
}

fn focus_row(list: &HtmlElement, step: i32) {
    let rows = list.children();
    let focused = document().active_element();
    let at = (0..rows.length()).find(|index| focused.as_ref().is_some_and(|focused| rows.item(*index).as_ref() == Some(focused)));
    let next = at.map_or(0, |at| (at as i32 + step).clamp(0, rows.length() as i32 - 1) as u32);
    if let Some(row) = rows.item(next).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
