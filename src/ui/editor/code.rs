//! One text in an editor.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::ui::prelude::*;
use leptos::html;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;

use super::marks;
use super::plain::{PlainEditor, focused_span};
use crate::assist::{self, Known};
use crate::bridge::monaco::{Answer, Asked, Editor, Language, Monaco};
use crate::check::{Diagnostic, Fix};
use crate::engine::Status;
use crate::text::Span;
use crate::trace::Seen;
use crate::ui::commands;
use crate::ui::workspace::{EditorTab, Workspace};

/// Loads Monaco once the page has been painted, and has it take the page's colours.
pub fn load_monaco(workspace: Workspace) {
    let load = move || {
        spawn_local(async move {
            let loaded = Monaco::load().await;
            workspace.monaco.set(Some(loaded.map(SendWrapper::new).map_err(drop)));
        });
    };
    // The page can be used without it, so the page is seen first.
    request_animation_frame(move || set_timeout(load, std::time::Duration::ZERO));
    Effect::new(move |_| {
        let Some(Ok(monaco)) = workspace.monaco.get() else { return };
        let dark = workspace.dark.get();
        // By then the page has the colours that the theme is made of.
        request_animation_frame(move || monaco.use_theme(dark));
    });
}

/// What to say while Monaco is not there.
pub fn monaco_words(workspace: Workspace) -> Option<&'static str> {
    workspace.monaco.with(|loaded| match loaded {
        None => Some("Loading the editor"),
        Some(Err(())) => Some("Plain text: the editor could not be loaded"),
        Some(Ok(_)) => None,
    })
}

/// How long marks stay as they are while a run goes on: each change has Monaco lay lines out anew.
const MARKS_REST: std::time::Duration = std::time::Duration::from_millis(200);

/// A code editor over one text; a plain text area before Monaco is there, and where it cannot load.
#[component]
pub fn CodeEditor(tab: EditorTab, language: Language, #[prop(into)] problems: Signal<Vec<Diagnostic>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let text = Signal::derive(move || workspace.text(tab));
    let host = NodeRef::<html::Div>::new();
    let area = NodeRef::<html::Textarea>::new();
    // Dropping the editor disposes of it.
    let mounted = RwSignal::new(None::<SendWrapper<Rc<Editor>>>);
    // Effects come in any order: a place is shown in the text it is a place of.
    let with_editor = move |act: &dyn Fn(&Editor)| {
        if let Some(editor) = mounted.get() {
            text.with_untracked(|text| editor.set_text(text));
            act(&editor);
        }
    };

    Effect::new(move |_| {
        let (Some(host), Some(Ok(monaco))) = (host.get(), workspace.monaco.get()) else { return };
        if mounted.get_untracked().is_some() {
            return;
        }
        let before = area.get_untracked().and_then(|area| text.with_untracked(|text| focused_span(&area, text)));
        let answer = move |text: &str, asked| answer(workspace, tab, language, text, asked);
        let made = monaco.mount(&host, [&file_name(tab), tab.label()], language, &text.get_untracked(), answer);
        if let Some(span) = before {
            made.reveal(span);
        }
        mounted.set(Some(SendWrapper::new(Rc::new(made))));
    });
    // The texts are the truth: what comes from elsewhere is shown.
    Effect::new(move |_| {
        text.track();
        with_editor(&|_| ());
    });
    Effect::new(move |_| with_editor(&|editor| problems.with(|problems| editor.set_problems(problems))));
    let marks = Memo::new(move || marks::of(workspace, tab));
    let decorate = move || with_editor(&|editor| marks.with(|marks| editor.decorate(marks)));
    let resting = StoredValue::new(false);
    Effect::new(move |_| {
        marks.track();
        mounted.track();
        if resting.get_value() {
            return;
        }
        decorate();
        let goes_on = workspace.run.get_untracked().is_some_and(|run| run.status.get_untracked() == Status::Running);
        if goes_on {
            resting.set_value(true);
            let again = move || {
                let is_there = resting.try_update_value(|resting| *resting = false).is_some();
                if is_there {
                    untrack(decorate);
                }
            };
            set_timeout(again, MARKS_REST);
        }
    });
    Effect::new(move |_| {
        let wanted = workspace.reveal.get().filter(|reveal| reveal.tab == tab);
        with_editor(&|editor| {
            if let Some(reveal) = wanted {
                editor.reveal(reveal.span);
                if tab == EditorTab::Data {
                    // The wish was for this item: the editor of the next one must not find it.
                    workspace.reveal.set(None);
                }
            }
        });
    });
    Effect::new(move |_| {
        let selected = marks::selected_state(workspace).filter(|_| tab == EditorTab::Definition);
        with_editor(&|editor| {
            if let Some(span) = selected {
                editor.show(Span::at(span.start));
            }
        });
    });
    view! {
        <div class="code-editor" node_ref=host></div>
        <Show when=move || mounted.with(Option::is_none)>
            <PlainEditor tab text area />
        </Show>
    }
}

/// Lets an editor change the text, and says what it needs to know of it.
fn answer(workspace: Workspace, tab: EditorTab, language: Language, text: &str, asked: Asked) -> Answer {
    // What a further machine's queries see is seen in runs inside of the run.
    let seen = |pointer: &str| (tab == EditorTab::Definition).then(|| seen(workspace, pointer)).flatten();
    let known = Known { seen: &seen };
    match asked {
        Asked::Text(text) => workspace.set_text(tab, text),
        Asked::Paste if tab == EditorTab::Definition => commands::read_yaml(workspace),
        Asked::Paste => {}
        Asked::Caret(place) => workspace.caret.set(Some(place)),
        Asked::Errors(errors) => {
            let problem = |(span, message): (Span, String)| {
                Diagnostic::error("javascript-syntax", span, letters::lower_first(message.trim_end_matches('.')))
            };
            workspace.function_problems.set(errors.into_iter().map(problem).collect());
        }
        Asked::WriteFunction(name) => commands::write_stub(workspace, &name),
        Asked::FixAll => commands::fix_all(workspace),
        Asked::Fixes(span) => return Answer::Fixes(fixes(workspace, tab, language, text, span)),
        Asked::Hover(offset) => return assist::hover(text, offset, &known).map_or(Answer::Nothing, Answer::Hover),
        Asked::Completions(offset) => return Answer::Completions(assist::complete(text, offset, &known)),
        Asked::Uses(offset) => return Answer::Spans(assist::uses(text, offset)),
        Asked::Rename(offset, name) => return assist::rename(text, offset, &name).map_or_else(Answer::Refused, Answer::Edits),
        Asked::Outline => return Answer::Symbols(assist::outline(text)),
        Asked::Folds => return Answer::Spans(assist::folds(text)),
    }
    Answer::Nothing
}

/// What a state's queries could see when it was last entered in the run that is shown; of `""` the input, be it of the next run.
fn seen(workspace: Workspace, pointer: &str) -> Option<Seen> {
    let run = workspace.run.get_untracked();
    let of_run = run.and_then(|run| {
        run.with_untracked(|core| {
            if pointer.is_empty() {
                return core.trace.input().map(|input| Seen::of(input.value().clone()));
            }
            let machine = &core.run().filter(|_| core.machine_name().is_none())?.machine;
            let visit = core.trace.visits_of(machine.state_at(pointer)?).last()?;
            Some(core.trace.seen(*visit))
        })
    });
    let next = || workspace.input.with_untracked(|text| crate::json::value_of(text).ok()).map(Seen::of);
    of_run.or_else(|| pointer.is_empty().then(next).flatten())
}

/// What mends what touches a span, and what can be done with the text there.
fn fixes(workspace: Workspace, tab: EditorTab, language: Language, text: &str, span: Span) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = workspace.problems.with_untracked(|problems| {
        let machine = workspace.shown_machine();
        let touched = problems.iter().filter(|problem| problem.machine == machine || tab != EditorTab::Data).filter(|problem| {
            let at = problem.diagnostic.span;
            problem.tab == tab && (at.touches(span.start) || at.touches(span.end) || span.touches(at.start))
        });
        touched.flat_map(|problem| problem.diagnostic.fixes.iter().cloned()).collect()
    });
    if tab == EditorTab::Definition {
        let all = commands::safe_fixes(workspace);
        fixes.extend((all > 1).then(|| Fix::new(commands::fix_all_words(all), Vec::new())));
    }
    if language == Language::Definition {
        fixes.extend(assist::to_jsonata(text, span.start));
    }
    fixes
}

/// The items of Data come and go, each with an editor of its own.
fn file_name(tab: EditorTab) -> String {
    static EDITORS: AtomicU32 = AtomicU32::new(0);
    match tab {
        EditorTab::Definition => "definition.json".to_owned(),
        EditorTab::Functions => "functions.js".to_owned(),
        EditorTab::Input => "input.json".to_owned(),
        EditorTab::Data => format!("data-{}", EDITORS.fetch_add(1, Ordering::Relaxed)),
    }
}
