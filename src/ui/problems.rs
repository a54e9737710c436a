//! What is wrong with the three texts, one problem a row.

use std::ops::Deref;
use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::checkup::{Problem, counted};
use super::commands;
use super::parts::{Empty, Icon, Words};
use super::workspace::{Selection, Workspace};

/// How many problems are listed: a text that is no JSON at all can have one in each line.
const SHOWN: usize = 200;

/// How many ways to mend a problem are offered beside it; the editor offers all.
const FIXES: usize = 2;

/// One of the problems, which all who show it share.
#[derive(Clone)]
pub struct Shared {
    all: Arc<Vec<Problem>>,
    pub index: usize,
}

impl Shared {
    pub fn new(all: Arc<Vec<Problem>>, index: usize) -> Option<Shared> {
        (index < all.len()).then_some(Shared { all, index })
    }
}

impl Deref for Shared {
    type Target = Problem;

    fn deref(&self) -> &Problem {
        &self.all[self.index]
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Shared) -> bool {
        self.index == other.index && **self == **other
    }
}

/// The list; the arrow keys move along it, Enter goes to the place, Tab to the ways to mend it.
#[component]
pub fn Problems() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let list = NodeRef::<html::Ul>::new();
    let found = Memo::new(move || {
        let wanted = letters::lower(&workspace.filter.get());
        let all = workspace.problems.get();
        (0..all.len()).filter(|index| wanted.is_empty() || all[*index].has(&wanted)).collect::<Vec<usize>>()
    });
    let rows = move || {
        let all = workspace.problems.get();
        let mut rows = found.get();
        rows.truncate(SHOWN);
        rows.into_iter().filter_map(move |index| Shared::new(all.clone(), index))
    };
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
    let empty = move || match (found.with(Vec::is_empty), workspace.problems.with(|all| all.is_empty())) {
        (true, true) => view! {
            <Empty title="No problems">"What AWS would refuse, and what is hardly meant, is listed here while you write."</Empty>
        },
        (true, false) => {
            view! { <Empty title="No such problem">"None of the problems has the text of the filter."</Empty> }
        }
        (false, _) => view! { <Summary shown=found /> },
    };
    view! {
        {empty}
        <ul class="problems" role="listbox" aria-label="Problems" node_ref=list on:keydown=on_key>
            <For each=rows key=|problem| (problem.index, problem.diagnostic.message.clone(), problem.diagnostic.span) let:problem>
                <Row problem found />
            </For>
        </ul>
    }
}

/// How many there are, and the button that mends what has one way to be mended.
#[component]
fn Summary(shown: Memo<Vec<usize>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let words = move || {
        let (shown, all) = (shown.get(), workspace.problems.get());
        let errors = shown.iter().filter(|index| all.get(**index).is_some_and(Problem::is_error)).count();
        let mut words = format!("{}, {}", counted(errors, "error"), counted(shown.len() - errors, "warning"));
        if shown.len() < all.len() {
            words = format!("{words} of {}", all.len());
        }
        if shown.len() > SHOWN {
            words = format!("{words}; the first {SHOWN} are listed");
        }
        words
    };
    let safe = move || commands::safe_fixes(workspace);
    view! {
        <div class="problems-head">
            <span>{words}</span>
            <Show when=move || { safe() > 1 }>
                <button class="button" data-size="small" type="button" on:click=move |_| commands::fix_all(workspace)>
                    {move || commands::fix_all_words(safe())}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Row(problem: Shared, found: Memo<Vec<usize>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let index = problem.index;
    let first = move || found.with(|found| found.first() == Some(&index));
    let selected = move || workspace.selection.with(|selection| *selection == Selection::Problem(index));
    let (icon, severity, kind) =
        if problem.is_error() { ("error", "error", "Error: ") } else { ("warning", "warning", "Warning: ") };
    let show = move || commands::show_problem(workspace, index);
    let place = problem.place();
    let (message, help) = (problem.diagnostic.message.clone(), problem.diagnostic.help.clone());
    // A key pressed on a button is the button's.
    let on_key = move |event: KeyboardEvent| {
        let own =
            event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(|own| own.tag_name() != "BUTTON");
        if own && event.key() == "Enter" && !event.ctrl_key() {
            // The editor takes the focus: the key must not reach it.
            event.prevent_default();
            show();
        }
    };
    view! {
        <li
            class="problem"
            role="option"
            tabindex=move || if first() { "0" } else { "-1" }
            data-severity=severity
            aria-selected=move || selected().to_string()
            on:click=move |_| show()
            on:keydown=on_key
        >
            <Icon name=icon />
            <p class="problem-words">
                <span class="unseen">{kind}</span>
                <Words text=message />
                {help.map(|help| view! { <span class="problem-help"><Words text=help /></span> })}
            </p>
            <span class="problem-fixes"><Fixes problem most=FIXES /></span>
            <span class="problem-place link">{place}</span>
        </li>
    }
}

/// The ways to mend a problem, each a button.
#[component]
pub fn Fixes(problem: Shared, most: usize) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let mut buttons = Vec::new();
    for (at, fix) in problem.diagnostic.fixes.iter().take(most).enumerate() {
        let problem = problem.clone();
        let mend = move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            commands::fix(workspace, &problem, at);
        };
        buttons.push(view! {
            <button class="button" data-size="small" type="button" on:click=mend><Words text=fix.title.clone() /></button>
        });
    }
    buttons
}

fn focus_row(list: &HtmlElement, step: i32) {
    let rows = list.children();
    let focused = document().active_element();
    let holds = |row: Option<web_sys::Element>| row.is_some_and(|row| row.contains(focused.as_deref()));
    let at = (0..rows.length()).find(|index| holds(rows.item(*index)));
    let next = at.map_or(0, |at| (at as i32 + step).clamp(0, rows.length() as i32 - 1) as u32);
    if let Some(row) = rows.item(next).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
