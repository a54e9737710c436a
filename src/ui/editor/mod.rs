//! The document's texts and its data as tabs, and the line at their foot.

mod code;
mod marks;
mod plain;

use crate::ui::prelude::*;

pub use code::{CodeEditor, load_monaco};

use super::checkup::counted;
use super::data::DataPanel;
use super::parts::{Count, Icon, Tab, Tabs, panel_id, tab_id};
use super::workspace::{EditorTab, RecordTab, Workspace};
use super::{commands, keys};
use crate::bridge::monaco::Language;
use crate::order::Map;
use crate::spec::WorkflowType;

/// The left half of the page.
#[component]
pub fn DocumentEditor() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = workspace.editor_tab;
    let errors = move |tab| {
        Memo::new(move || {
            let number = workspace
                .problems
                .with(|problems| problems.iter().filter(|problem| problem.tab == tab && problem.is_error()).count());
            (number > 0).then_some(Count { number, bad: true, of: ["error", "errors"] })
        })
    };
    let functions = Memo::new(move || {
        let threw = workspace.run.get().map_or(0, |run| run.with(|core| core.tally.threw()));
        if threw > 0 {
            return Some(Count { number: threw, bad: true, of: ["function threw", "functions threw"] });
        }
        let number = workspace.functions_check.with(|check| check.exports.as_ref().map_or(0, Vec::len));
        (number > 0).then_some(Count { number, bad: false, of: ["function", "functions"] })
    });
    let broken = errors(EditorTab::Functions);
    let items = Memo::new(move || {
        let objects = workspace.objects.with(|objects| objects.values().map(Map::len).sum::<usize>());
        let number = objects + workspace.machines.with(Map::len);
        (number > 0).then_some(Count { number, bad: false, of: ["object or machine", "objects and machines"] })
    });
    let wrong = errors(EditorTab::Data);
    let tabs = vec![
        Tab::new(EditorTab::Definition, "Definition").counting(errors(EditorTab::Definition)),
        Tab::new(EditorTab::Functions, "Functions").counting(Signal::derive(move || broken.get().or_else(|| functions.get()))),
        Tab::new(EditorTab::Input, "Input").counting(errors(EditorTab::Input)),
        Tab::new(EditorTab::Data, "Data").counting(Signal::derive(move || wrong.get().or_else(|| items.get()))),
    ];
    view! {
        <section class="editor" aria-label="Document">
            <Tabs label="Document" tabs=Signal::stored(tabs) selected=shown>
                <button
                    class="icon-button"
                    data-size="small"
                    type="button"
                    aria-label="Format"
                    title="Format (Shift+Alt+F)"
                    aria-disabled=move || (shown.get() == EditorTab::Functions || shown.get() == EditorTab::Data && workspace.data.get().is_none()).to_string()
                    on:click=move |_| commands::format(workspace, shown.get_untracked())
                >
                    <glyph name="format" />
                </button>
            </Tabs>
            <EditorPanel tab=EditorTab::Definition language=Language::Definition />
            <EditorPanel tab=EditorTab::Functions language=Language::JavaScript />
            <EditorPanel tab=EditorTab::Input language=Language::Json />
            <DataPanel />
            <Foot />
        </section>
    }
}

/// One text; its editor is made when it is first shown and stays.
#[component]
fn EditorPanel(tab: EditorTab, language: Language) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let shown = Memo::new(move || workspace.editor_tab.get() == tab);
    let wanted = Memo::going_on(move |before| before == Some(&true) || shown.get());
    let problems = Memo::new(move || {
        workspace.problems.with(|problems| {
            let of_tab = problems.iter().filter(|problem| problem.tab == tab);
            of_tab.map(|problem| problem.diagnostic.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="editor-panel" role="tabpanel" id=panel_id(tab) aria-labelledby=tab_id(tab) data-shown=move || shown.get().to_string()>
            <Show when=move || wanted.get()>
                <CodeEditor tab language problems />
            </Show>
        </div>
    }
}

/// Problems, language and place of the text that is shown.
#[component]
fn Foot() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let place = move || workspace.caret.get().map(|at| format!("Ln {}, Col {}", at.line, at.column));
    let modifier = if keys::is_mac() { "Ctrl Shift M" } else { "Ctrl M" };
    view! {
        <footer class="foot">
            <FootProblems />
            <span>{move || about(workspace)}</span>
            <WorkflowTypePicker />
            <span class="foot-end">
                {move || code::monaco_words(workspace)}
                <span class="numeric">{place}</span>
                <Show when=move || workspace.monaco.with(|loaded| matches!(loaded, Some(Ok(_))))>
                    <span class="foot-hint">
                        <kbd>{modifier}</kbd>
                        "frees Tab"
                    </span>
                </Show>
            </span>
        </footer>
    }
}

/// Standard or Express: some errors and limits differ.
#[component]
fn WorkflowTypePicker() -> impl IntoView {
    let workflow_type = expect_context::<Workspace>().workflow_type;
    let pick = move |event| {
        workflow_type.set(if event_target_value(&event) == "Express" { WorkflowType::Express } else { WorkflowType::Standard });
    };
    let is = move |value| move || workflow_type.get() == value;
    view! {
        <select class="foot-type" aria-label="Workflow type" title="Workflow type" on:change=pick>
            <option prop:selected=is(WorkflowType::Standard)>"Standard"</option>
            <option prop:selected=is(WorkflowType::Express)>"Express"</option>
        </select>
    }
}

#[component]
fn FootProblems() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let counts = Memo::new(move || {
        let tab = workspace.editor_tab.get();
        workspace.problems.with(|problems| {
            let of_tab = problems.iter().filter(|problem| problem.tab == tab);
            let errors = of_tab.clone().filter(|problem| problem.is_error()).count();
            (errors, of_tab.count() - errors)
        })
    });
    let words = move || match counts.get() {
        (0, 0) => "No problems".into_any(),
        (errors, warnings) => view! {
            {(errors > 0).then(|| sign("tone-error", "error", errors, "errors"))}
            {(warnings > 0).then(|| sign("tone-warning", "warning", warnings, "warnings"))}
        },
    };
    view! {
        <button class="foot-problems" type="button" title="Show the problems" on:click=move |_| workspace.show_record(RecordTab::Problems)>
            {words}
        </button>
    }
}

fn sign(class: &'static str, icon: &'static str, number: usize, of: &'static str) -> impl IntoView {
    view! {
        <span class=class>
            <Icon name=icon size=14 />
            {number}
            <span class="unseen">" "{of}</span>
        </span>
    }
}

/// What the text is: its language and what it holds.
fn about(workspace: Workspace) -> String {
    match workspace.editor_tab.get() {
        EditorTab::Definition => {
            let checked = workspace.checked.get();
            format!("{}, {}", if checked.jsonata { "JSONata" } else { "JSONPath" }, counted(checked.states, "state"))
        }
        EditorTab::Functions => match workspace.functions_check.with(|check| check.exports.as_ref().map(Vec::len)) {
            Some(number) if number > 0 => format!("JavaScript, {}", counted(number, "function")),
            _ => "JavaScript".to_owned(),
        },
        EditorTab::Input => format!("JSON, {}", workspace.input_check.get().words),
        EditorTab::Data => super::data::about(workspace),
    }
}
