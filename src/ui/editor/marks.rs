//! What a run and the selection show in a text: signs in the gutter, words behind a name, tinted lines.

use crate::asl::StateId;
use crate::bridge::monaco::{Decoration, DecorationKind};
use crate::mocks::{self, Tally};
use crate::text::Span;
use crate::trace::{Status, seconds};
use crate::ui::checkup::{DefinitionCheck, counted};
use crate::ui::run::RunCore;
use crate::ui::workspace::{EditorTab, Selection, Workspace};

/// The marks of a text, as things stand.
pub fn of(workspace: Workspace, tab: EditorTab) -> Vec<Decoration> {
    match tab {
        EditorTab::Definition => {}
        EditorTab::Functions => {
            let Some(run) = workspace.run.get() else { return Vec::new() };
            return workspace.functions.with(|text| run.with(|core| functions(&core.tally, text)));
        }
        EditorTab::Input | EditorTab::Data => return Vec::new(),
    }
    let check = workspace.checked.get();
    let mut marks = Vec::new();
    if let Some(span) = selected_state(workspace) {
        marks.push(mark(DecorationKind::Lines, span, "editor-selected", String::new()));
    }
    if let Some(run) = workspace.run.get() {
        run.with(|core| states(core, &check, &mut marks));
    }
    marks
}

fn mark(kind: DecorationKind, span: Span, class: &str, words: String) -> Decoration {
    Decoration { kind, span, class: class.to_owned(), words }
}

/// Words behind the end of a line.
fn note(line: Span, words: &str) -> Decoration {
    mark(DecorationKind::After, Span::at(line.end), "editor-note", format!("   {words}"))
}

/// A sign in the gutter.
fn glyph(span: Span, status: &str, words: &str) -> Decoration {
    mark(DecorationKind::Glyph, Span::at(span.start), &format!("editor-glyph editor-glyph-{status}"), words.to_owned())
}

/// The text of the selected state.
pub fn selected_state(workspace: Workspace) -> Option<Span> {
    let pointer = match workspace.selection.get() {
        Selection::State { pointer, .. } => pointer,
        Selection::Event(event) => workspace.run.get()?.with_untracked(|core| {
            let visit = core.selected_visit(&Selection::Event(event))?;
            core.state_of(visit).map(|(pointer, _)| pointer)
        })?,
        Selection::None | Selection::Problem(_) => return None,
    };
    let of_other = workspace.run.get().is_some_and(|run| run.with_untracked(|core| core.machine_name().is_some()));
    (!of_other).then(|| workspace.checked.get_untracked().span_of(&pointer))?
}

/// How each state stands, at its name.
fn states(core: &RunCore, check: &DefinitionCheck, marks: &mut Vec<Decoration>) {
    // The run of a further machine says nothing of the document's own definition.
    let Some(run) = core.run().filter(|_| core.machine_name().is_none()) else { return };
    for index in 0..run.machine.states.len() {
        let id = StateId(index as u32);
        let status = core.trace.status(id);
        if status == Status::NotEntered {
            continue;
        }
        if let Some(span) = check.span_of(&run.machine.state(id).pointer) {
            let line = first_line(&check.text, span);
            marks.push(glyph(line, status.attribute(), status.words()));
            marks.push(note(line, &visits(core, id)));
        }
    }
}

/// How often each function was called, at its name, and a sign where it threw.
fn functions(tally: &Tally, text: &str) -> Vec<Decoration> {
    let mut marks = Vec::new();
    for (name, span) in mocks::places(text) {
        let calls = tally.of(&name);
        if calls.threw > 0 {
            marks.push(glyph(span, "failed", "It threw"));
        }
        if calls.calls > 0 {
            marks.push(note(first_line(text, Span::new(span.start, text.len())), &calls.words()));
        }
    }
    marks
}

/// `2.21 s, 2 attempts`
fn visits(core: &RunCore, state: StateId) -> String {
    let visits = core.trace.visits_of(state);
    let Some(last) = visits.last().map(|visit| core.trace.visit(*visit)) else { return String::new() };
    if visits.len() > 1 {
        return counted(visits.len(), "time");
    }
    let took = seconds(last.duration(core.trace.now()));
    match last.attempts.len() {
        0 | 1 => took,
        attempts => format!("{took}, {}", counted(attempts, "attempt")),
    }
}

/// From the start of a span to the end of its first line.
fn first_line(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let length = inside.find(['\n', '\r']).unwrap_or(inside.len());
    Span::new(span.start, span.start + length)
}
