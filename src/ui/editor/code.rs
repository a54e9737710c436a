//! One text in an editor.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::ui::prelude::*;
use leptos::html;
use leptos::task::spawn_local;

use super::marks;
use super::plain::{PlainEditor, focused_span};
use crate::assist::{self, Known};
use crate::bridge::monaco::{Editor, Language, Monaco};
use crate::check::{Diagnostic, Fix};
use crate::engine::Status;
use crate::text::Span;
use crate::trace::Seen;
use crate::ui::commands;
use crate::ui::workspace::{EditorTab, Workspace};

/// Monaco, once it has come: the same for all editors of the page.
#[derive(Clone, Copy)]
pub struct SharedMonaco {
    come: RwSignal<bool>,
    loaded: StoredValue<Option<Result<Monaco, String>>>,
}

impl SharedMonaco {
    /// Loads it once the page has been painted.
    pub fn load(workspace: Workspace) -> SharedMonaco {
        let monaco = SharedMonaco { come: RwSignal::new(false), loaded: StoredValue::new(None) };
        let load = move || {
            spawn_local(async move {
                monaco.loaded.set_value(Some(Monaco::load().await));
                monaco.come.set(true);
            });
        };
        // The page can be used without it, so the page is seen first.
        request_animation_frame(move || set_timeout(load, std::time::Duration::ZERO));
        Effect::new(move |_| {
            let Some(Ok(monaco)) = monaco.get() else { return };
            let dark = workspace.dark.get();
            // By then the page has the colours that the theme is made of.
            request_animation_frame(move || monaco.use_theme(dark));
        });
        monaco
    }

    /// Monaco, or why it can't be loaded; none while it is on its way.
    fn get(&self) -> Option<Result<Monaco, String>> {
        self.come.track();
        self.loaded.get_value()
    }

    /// What to say while it is not there.
    pub fn words(&self) -> Option<&'static str> {
        match self.get() {
            None => Some("Loading the editor"),
            Some(Err(_)) => Some("Plain text: the editor could not be loaded"),
            Some(Ok(_)) => None,
        }
    }
}

/// How long marks stay as they are while a run goes on: each change has Monaco lay lines out anew.
const MARKS_REST: std::time::Duration = std::time::Duration::from_millis(200);

/// A code editor over one text; a plain text area before Monaco is there, and where it cannot load.
#[component]
pub fn CodeEditor(tab: EditorTab, language: Language, #[prop(into)] problems: Signal<Vec<Diagnostic>>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let text = Signal::derive(move || workspace.text(tab));
    let monaco = expect_context::<SharedMonaco>();
    let host = NodeRef::<html::Div>::new();
    let area = NodeRef::<html::Textarea>::new();
    // Dropping the editor disposes of it.
    let editor = StoredValue::new(None::<Arc<Editor>>);
    let mounted = RwSignal::new(false);
    // Effects come in any order: a place is shown in the text it is a place of.
    let with_editor = move |act: &dyn Fn(&Editor)| {
        if let Some(editor) = mounted.get().then(|| editor.get_value()).flatten() {
            text.with_untracked(|text| editor.set_text(text));
            act(&editor);
        }
    };

    Effect::new(move |_| {
        let (Some(host), Some(Ok(monaco))) = (host.get(), monaco.get()) else { return };
        if mounted.get_untracked() {
            return;
        }
        let before = area.get_untracked().and_then(|area| text.with_untracked(|text| focused_span(&area, text)));
        let made = monaco.mount(&host, &file_name(tab), language, tab.label(), &text.get_untracked());
        listen(&made, workspace, tab, language, text);
        if let Some(span) = before {
            made.reveal(span);
        }
        #[expect(clippy::arc_with_non_send_sync, reason = "`StoredValue` gives clones, and the page has one thread")]
        editor.set_value(Some(Arc::new(made)));
        workspace.monaco.set(true);
        mounted.set(true);
    });
    // The texts are the truth: what comes from elsewhere is shown.
    Effect::new(move |_| {
        text.track();
        with_editor(&|_| ());
    });
    Effect::new(move |_| with_editor(&|editor| problems.with(|problems| editor.set_problems(problems))));
    let marks = Memo::new(move |_| marks::of(workspace, tab));
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
        <Show when=move || !mounted.get()>
            <PlainEditor tab text area />
        </Show>
    }
}

/// Lets an editor change the text and ask what it needs to know.
fn listen(editor: &Editor, workspace: Workspace, tab: EditorTab, language: Language, text: Signal<String>) {
    editor.on_change(move |new| workspace.set_text(tab, new));
    let index = move |offset: usize| {
        let place = text.with_untracked(|text| crate::text::LineIndex::new(text).position(text, offset));
        workspace.caret.set(Some(place));
    };
    editor.on_caret(index);
    let offered = move |span| {
        let mut fixes = fixes(workspace, tab, span);
        if tab == EditorTab::Definition {
            let all = commands::safe_fixes(workspace);
            fixes.extend((all > 1).then(|| Fix::new(commands::fix_all_words(all), Vec::new())));
        }
        if language == Language::Definition {
            fixes.extend(text.with_untracked(|text| assist::to_jsonata(text, span.start)));
        }
        fixes
    };
    editor.provide_fixes(offered, move |fix| match &fix.function {
        Some(function) => commands::write_stub(workspace, function),
        None => commands::fix_all(workspace),
    });
    match language {
        Language::Definition => assist_definition(editor, workspace, tab),
        Language::JavaScript => editor.on_found(move |found| {
            let problem = |found: crate::bridge::monaco::Found| {
                Diagnostic::error("javascript-syntax", found.span, lower_first(&found.message))
            };
            workspace.function_problems.set(found.into_iter().filter(|found| found.error).map(problem).collect());
        }),
        Language::Json | Language::Plain => {}
    }
}

/// Hover, completion, rename, references and outline of a definition.
fn assist_definition(editor: &Editor, workspace: Workspace, tab: EditorTab) {
    // What a further machine's queries see is seen in runs inside of the run.
    let seen = move |pointer: &str| (tab == EditorTab::Definition).then(|| seen(workspace, pointer)).flatten();
    editor.provide_hover(move |text, offset| assist::hover(text, offset, &Known { seen: &seen }));
    editor.provide_completions(&["\"", "$", ".", ":"], move |text, offset| assist::complete(text, offset, &Known { seen: &seen }));
    editor.provide_rename(assist::uses, assist::rename);
    editor.provide_outline(assist::outline);
    editor.provide_folds(assist::folds);
    if tab == EditorTab::Definition {
        editor.on_paste(move || commands::read_yaml(workspace));
    }
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

fn fixes(workspace: Workspace, tab: EditorTab, span: Span) -> Vec<Fix> {
    workspace.problems.with_untracked(|problems| {
        let machine = workspace.shown_machine();
        let touched = problems.iter().filter(|problem| problem.machine == machine || tab != EditorTab::Data).filter(|problem| {
            let at = problem.diagnostic.span;
            problem.tab == tab && (at.touches(span.start) || at.touches(span.end) || span.touches(at.start))
        });
        touched.flat_map(|problem| problem.diagnostic.fixes.iter().cloned()).collect()
    })
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

/// A message of another's in the form of ours: it begins in lower case and ends without a full stop.
fn lower_first(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
