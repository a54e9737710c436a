use crate::ui::prelude::*;

use super::rows::{List, Rows};
use crate::order::Set;
use crate::trace::elapsed;
use crate::ui::parts::{EitherIcon, Empty, JsonText};
use crate::ui::run::{ConsoleLevel, ConsoleLine, RunCore};
use crate::ui::workspace::{Room, Workspace};

/// The most pixels an opened line grows by.
const OPENED: f64 = 260.0;
/// How many characters of a line are shown before it is opened.
const SHORT: usize = 400;

/// What the functions of the shown run wrote.
#[component]
pub fn Console(#[prop(into)] filter: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let any = Memo::new(move || workspace.run.get().is_some_and(|run| run.with(|run| !run.console.is_empty())));
    move || {
        if any.get() {
            view! { <Lines filter /> }
        } else {
            view! {
                <Empty title="Nothing logged yet">
                    "What the functions write with "
                    <code>"console.log"</code>
                    " comes here, with its time and function."
                </Empty>
            }
        }
    }
}

#[component]
fn Lines(filter: Signal<String>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = Memo::new(move || {
        let Some(run) = workspace.run.get() else { return Vec::new() };
        let text = filter.with(|text| letters::lower(text.trim()));
        run.with(|core| matching(core, &text))
    });
    let opened = RwSignal::new(Set::<usize>::default());
    let count = Signal::derive(move || shown.with(Vec::len));
    let row_height = Signal::derive(move || if workspace.room.get() == Room::Phone { 40.0 } else { 24.0 });
    let line_at = move |index: usize| {
        let at = shown.with(|shown| shown.get(index).copied())?;
        let line = workspace.run.get()?.with(|core| core.console.get(at).cloned())?;
        Some((at, line))
    };
    let heights = Memo::new(move || {
        let height = |index: usize| Some((index, line_at(index).map(|(_, line)| extra(&line))?));
        let row_of = |at: &usize| shown.with(|shown| shown.binary_search(at).ok());
        opened.with(|opened| opened.iter().filter_map(row_of).filter_map(height).collect::<Vec<_>>())
    });
    let list = List::new(count, row_height, heights.into(), true);
    let row = move |index: usize| {
        let line = Memo::new(move || line_at(index));
        (move || line.with(|line| line.as_ref().map(|(at, line)| console_line(*at, line, opened)))).into_any()
    };
    view! {
        <div class="console" role="log" aria-live="off" aria-label="Console" tabindex="0">
            <Rows list row=Box::new(row) />
            <Show when=move || count.get() == 0>
                <p class="record-nothing">"No line has this text."</p>
            </Show>
        </div>
    }
}

/// The lines that have the text, which is in lower case.
fn matching(core: &RunCore, text: &str) -> Vec<usize> {
    let has = |line: &ConsoleLine| {
        let in_values = || line.values.iter().any(|value| letters::lower(value).contains(text));
        letters::lower(&line.function).contains(text) || letters::lower(&line.state).contains(text) || in_values()
    };
    core.console.iter().enumerate().filter(|(_, line)| text.is_empty() || has(line)).map(|(at, _)| at).collect()
}

/// Whether a line says more than fits into its row.
fn is_long(line: &ConsoleLine) -> bool {
    let mut left = 90;
    line.values.iter().any(|value| {
        let fits = value.len() <= left && !value.contains('\n');
        left = left.saturating_sub(value.len());
        !fits
    })
}

/// How much higher a line is when it is opened, in pixels.
fn extra(line: &ConsoleLine) -> f64 {
    let lines: usize = line.values.iter().flat_map(|value| value.split('\n')).map(|text| 1 + text.len() / 90).take(100).sum();
    (18.0 * lines as f64).min(OPENED)
}

fn level_words(level: ConsoleLevel) -> (&'static str, &'static str) {
    match level {
        ConsoleLevel::Debug => ("debug", "Debug: "),
        ConsoleLevel::Log => ("log", ""),
        ConsoleLevel::Info => ("info", ""),
        ConsoleLevel::Warn => ("warn", "Warning: "),
        ConsoleLevel::Error => ("error", "Error: "),
    }
}

/// One line, and all it says below when it is opened.
fn console_line(at: usize, line: &ConsoleLine, opened: RwSignal<Set<usize>>) -> AnyView {
    let open = Memo::new(move || opened.with(|opened| opened.contains(&at)));
    let (level, spoken) = level_words(line.level);
    let long = is_long(line);
    let height = extra(line);
    let toggle = move |_| {
        opened.update(|opened| {
            if !opened.remove(&at) {
                opened.insert(at);
            }
        });
    };
    let short: Vec<AnyView> = line.values.iter().map(|text| value(text.chars().take(SHORT).collect())).collect();
    let whole = line.values.clone();
    view! {
        <div class="console-line" data-level=level>
            <span class="console-time">{elapsed(line.at as i64)}</span>
            <span class="console-from" title=format!("{} of {}", line.function, line.state)>
                <span>{line.state.clone()}</span>
                " "
                <span class="dim">{line.function.clone()}</span>
            </span>
            <span class="console-open">
                {long
                    .then(|| {
                        view! {
                            <button
                                class="event-open"
                                type="button"
                                aria-label="The whole line"
                                aria-expanded=move || open.get().to_string()
                                on:click=toggle
                            >
                                <EitherIcon when=open names=["chevron-down", "chevron-right"] size=12 />
                            </button>
                        }
                    })}
            </span>
            <span class="console-values">
                <span class="unseen">{spoken}</span>
                {short}
            </span>
        </div>
        <Show when=move || open.get()>
            <pre class="console-whole" tabindex="0" style:height=px(height)>
                {whole.clone().into_iter().map(value).collect_view()}
            </pre>
        </Show>
    }
}

/// A value: JSON is coloured, a text stands as it is.
fn value(text: String) -> AnyView {
    if text.starts_with(['{', '[']) {
        view! { <code><JsonText text /></code> " " }
    } else {
        view! { {text} " " }
    }
}
