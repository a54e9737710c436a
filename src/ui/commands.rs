//! What keys and buttons do, each once.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::checkup::Problem;
use super::keeper::Keeper;
use super::run::Run;
use super::runner;
use super::workspace::{DataItem, Dialog, EditorTab, Panel, Readiness, RecordTab, Room, Selection, Workspace};
use crate::bridge::clipboard;
use crate::check;
use crate::engine::RunId;
use crate::share::to_file;
use crate::text::Span;

/// Runs the document, or says why it can't and shows the first problem.
pub fn run(workspace: Workspace) {
    workspace.settle();
    match workspace.readiness.get_untracked() {
        Readiness::Ready => run_anyway(workspace),
        why @ Readiness::Options(_) => {
            workspace.refused.set(true);
            workspace.announce(format!("Can't run. {}", why.words()));
            workspace.dialog.set(Some(Dialog::RunOptions));
        }
        why => {
            workspace.refused.set(true);
            workspace.announce(format!("Can't run. {}", why.words()));
            workspace.show_record(RecordTab::Problems);
            show_problem(workspace, 0);
        }
    }
}

/// Runs the document, whatever the check says.
pub fn run_anyway(workspace: Workspace) {
    workspace.settle();
    workspace.announce("In progress");
    workspace.selection.update(|selection| {
        if matches!(selection, Selection::Event(_) | Selection::Problem(_)) {
            *selection = Selection::None;
        }
    });
    if workspace.room.get_untracked() == Room::Phone && workspace.panel.get_untracked() == Panel::Code {
        workspace.panel.set(Panel::Graph);
    }
    runner::start(workspace);
}

/// Starts a run that did not succeed again from where it failed.
pub fn redrive(workspace: Workspace, run: Run) {
    workspace.run.set(Some(run));
    workspace.selection.set(Selection::None);
    runner::redrive(workspace, run);
}

/// Shows what waits for a token: the state, where it is one, else the list.
pub fn show_waiting(workspace: Workspace, run: Run) {
    let only = run.with_untracked(|core| match &core.waiting()[..] {
        [task] if task.run == RunId::default() => {
            let visit = core.trace.visits_of(task.state).last().copied()?;
            core.state_of(visit).map(|(pointer, _)| pointer)
        }
        _ => None,
    });
    match only {
        Some(pointer) => workspace.select_state(pointer, None),
        None => workspace.selection.set(Selection::None),
    }
    workspace.show_details();
    if workspace.room.get_untracked() == Room::Phone {
        workspace.panel.set(Panel::Details);
    }
}

/// Opens what tests a state; in the inspector, with the state selected.
pub fn test_state(workspace: Workspace, pointer: String) {
    workspace.select_state(pointer.clone(), None);
    workspace.testing.set(Some(pointer));
    workspace.show_details();
    if workspace.room.get_untracked() == Room::Phone {
        workspace.panel.set(Panel::Details);
    }
}

/// Ends the run in progress.
pub fn stop(workspace: Workspace) {
    if untrack(|| workspace.running()) {
        runner::stop(workspace);
    }
}

/// Copies the link of the document as it stands.
pub fn copy_link(workspace: Workspace, keeper: Keeper) {
    let link = keeper.link(&untrack(|| workspace.document()));
    spawn_local(async move {
        let words = if clipboard::copy(&link).await {
            format!("Link copied · {} characters", grouped(link.chars().count()))
        } else {
            "The browser did not let the link be copied. Open Share and copy it there.".to_owned()
        };
        workspace.announce(words);
    });
}

/// Hands the document out as a file.
pub fn download(workspace: Workspace) {
    let document = untrack(|| workspace.document());
    let name: String =
        document.name.chars().map(|c| if letters::is_letter_or_digit(c) { c.to_ascii_lowercase() } else { '-' }).collect();
    let name = if name.trim_matches('-').is_empty() { "workflow" } else { name.trim_matches('-') };
    if clipboard::download(&format!("{name}.asl.json"), &to_file(&document)).is_err() {
        workspace.announce("The browser did not let the file be saved.");
    }
}

/// Opens a problem: its place in the text, and what is said of it in the inspector.
pub fn show_problem(workspace: Workspace, index: usize) {
    let Some(problem) = workspace.problems.with_untracked(|problems| problems.get(index).cloned()) else { return };
    let (tab, span) = (problem.tab, problem.diagnostic.span);
    workspace.selection.set(Selection::Problem(index));
    if let Some(machine) = problem.machine {
        workspace.data.set(Some(DataItem::Machine(machine)));
    }
    workspace.go_to(tab, span);
}

/// Goes to the problem after or before the one that is shown.
pub fn next_problem(workspace: Workspace, step: isize) {
    let count = workspace.problems.with_untracked(|problems| problems.len()) as isize;
    if count == 0 {
        workspace.announce("No problems");
        return;
    }
    let next = match workspace.selection.get_untracked() {
        Selection::Problem(index) => (index as isize + step).rem_euclid(count),
        _ if step < 0 => count - 1,
        _ => 0,
    };
    show_problem(workspace, next as usize);
    workspace.announce(workspace.problems.with_untracked(|problems| said(&problems[next as usize])));
}

/// Mends a problem by one of its fixes.
pub fn fix(workspace: Workspace, problem: &Problem, at: usize) {
    let Some(fix) = problem.diagnostic.fixes.get(at) else { return };
    if let Some(function) = &fix.function {
        return write_stub(workspace, function);
    }
    if let Some(machine) = &problem.machine {
        workspace.data.set(Some(DataItem::Machine(machine.clone())));
    }
    workspace.set_text(problem.tab, fix.apply(&untrack(|| workspace.text(problem.tab))));
    workspace.settle();
    workspace.selection.set(Selection::None);
    workspace.go_to(problem.tab, Span::at(problem.diagnostic.span.start));
}

/// How many problems of the definition have one way to be mended.
pub fn safe_fixes(workspace: Workspace) -> usize {
    workspace.checked.with(|check| check::safe_fixes(&check.checked.diagnostics))
}

/// What the button for all of them says.
pub fn fix_all_words(number: usize) -> String {
    format!("Make all {number} safe fixes")
}

/// Mends all problems of the definition that have one way to be mended.
pub fn fix_all(workspace: Workspace) {
    workspace.settle();
    let options = untrack(|| workspace.check_options());
    workspace.definition.update(|text| *text = check::fix_all(text, &options));
    workspace.settle();
    workspace.selection.set(Selection::None);
    let left = workspace.problems.with_untracked(|problems| problems.len());
    workspace.announce(if left == 0 { "Fixed, no problems left".to_owned() } else { format!("Fixed, {left} left") });
}

/// Puts JSON in place of a definition that was pasted as YAML, and says so.
pub fn read_yaml(workspace: Workspace) {
    if let Some(json) = workspace.definition.with_untracked(|text| crate::yaml::definition_to_json(text)) {
        workspace.definition.set(json);
        workspace.settle();
        workspace.note.set(Some(FROM_YAML.to_owned()));
        workspace.go_to(EditorTab::Definition, Span::at(0));
    }
}

/// What is said of a definition that came as YAML.
pub const FROM_YAML: &str = "The definition was written in YAML: here is what it says in JSON, without its comments.";

/// Adds a function to the functions' text and shows it.
pub fn write_stub(workspace: Workspace, name: &str) {
    let stub = format!("exports['{name}'] = async (event, context) => {{\n  return {{}};\n}};\n");
    let mut start = 0;
    workspace.functions.update(|text| {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        start = text.len();
        text.push_str(&stub);
    });
    workspace.go_to(EditorTab::Functions, Span::new(start, start + stub.trim_end().len()));
}

/// Formats the text of a tab; one that is not JSON stays as it is.
pub fn format(workspace: Workspace, tab: EditorTab) {
    if tab == EditorTab::Functions {
        return;
    }
    match crate::json::format(&untrack(|| workspace.text(tab))) {
        Some(formatted) => workspace.set_text(tab, formatted),
        None => workspace.announce("Only valid JSON can be formatted."),
    }
}

fn said(problem: &Problem) -> String {
    format!("{}: {}, {}", if problem.is_error() { "Error" } else { "Warning" }, problem.diagnostic.message, problem.place())
}

/// `2,914`
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
