//! Keeps the document in the browser's storage, and brings others into the page. What may be overwritten and what is opened is decided
//! by [`store`]; this module reads, writes and says when it could not.

mod state;

use crate::ui::prelude::*;
use gloo_timers::callback::Timeout;
use leptos::ev;

use self::state::State;
use super::workspace::{Origin, Saved, Workspace};
use crate::bridge::location;
use crate::bridge::storage::{NotKept, Storage};
use crate::examples;
use crate::order;
use crate::share::store::{self, Keys, Own, Record, TabNote, Untouched};
use crate::share::{Document, LinkError, link_of};

/// How long a text rests before it is written, in milliseconds.
const DELAY: u32 = 400;

/// A document that was worked on before.
#[derive(Clone, Debug, PartialEq)]
pub struct Recent {
    pub id: String,
    pub name: String,
    /// In milliseconds since 1970.
    pub changed: f64,
}

/// Opens and keeps documents. Provided once beside the [`Workspace`].
#[derive(Clone, Copy)]
pub struct Keeper {
    workspace: Workspace,
    state: StoredValue<State>,
}

impl Keeper {
    /// Opens what this tab should show, and keeps what is typed from then on.
    pub fn start(workspace: Workspace) -> Keeper {
        let keys = Keys::new(&location::path());
        let state = State {
            local: Storage::local(),
            session: Storage::session(),
            keys,
            id: None,
            known: None,
            written: Document::default(),
            example: None,
            own: Own::Nothing,
            timer: None,
        };
        let keeper = Keeper { workspace, state: StoredValue::new(state) };
        keeper.probe();
        keeper.open_first();
        keeper.follow();
        keeper
    }

    /// Whether there is any storage is said before something is lost.
    fn probe(&self) {
        let kept = self.state.with_value(|state| {
            let key = state.keys.probe();
            state.local.set(&key, "").map(|()| state.local.remove(&key))
        });
        if kept.is_err() {
            self.workspace.saved.set(Saved::No(reason(NotKept::Forbidden).to_owned()));
        }
    }

    fn open_first(&self) {
        let opening = self.state.with_value(|state| {
            let note = state.session.get(&state.keys.tab()).and_then(|note| TabNote::read(&note));
            store::opening(&location::fragment(), note, &state.kept())
        });
        self.state.update_value(|state| state.own = opening.own.clone());
        match opening.link {
            Some(Ok(document)) => self.show_link(document),
            Some(Err(error)) => {
                self.open_own(&opening.own);
                self.workspace.origin.set(bad_link(&error));
            }
            None => self.open_own(&opening.own),
        }
    }

    /// Follows the signals of the document, the address, and the end of the page.
    fn follow(self) {
        let workspace = self.workspace;
        Effect::new(move |first: Option<()>| {
            workspace.track();
            if first.is_some() {
                self.changed();
            }
        });
        let flush = move || self.save();
        let hidden = window_event_listener(ev::pagehide, move |_| flush());
        let away = window_event_listener(ev::visibilitychange, move |_| flush());
        let linked = window_event_listener(ev::hashchange, move |_| self.address_changed());
        on_cleanup(move || [hidden, away, linked].map(|listener| listener.remove()).into_iter().collect());
    }

    fn changed(&self) {
        let same = self.state.with_value(|state| self.workspace.is(&state.written));
        if same {
            return;
        }
        if self.workspace.origin.with_untracked(|origin| *origin == Origin::Link) {
            // The link would bring the unchanged document back on a reload: it goes at once, and the change is kept at once.
            self.keep_this();
            return;
        }
        if !matches!(self.workspace.saved.get_untracked(), Saved::No(_)) {
            self.workspace.saved.set(Saved::Soon);
        }
        let keeper = *self;
        self.state.update_value(|state| state.timer = Some(Timeout::new(DELAY, move || keeper.save())));
    }

    /// Writes the document now, if it has changed.
    pub fn save(&self) {
        let document = untrack(|| self.workspace.document());
        let unchanged = self.state.with_value(|state| state.written == document);
        if unchanged {
            return;
        }
        self.write(document);
    }

    fn write(&self, mut document: Document) {
        let copied = self.state.try_update_value(State::leave_to_another_tab).unwrap_or(false);
        if copied {
            document.name.push_str(" (copy)");
            self.workspace.name.set(document.name.clone());
        }
        let result = self.state.try_update_value(|state| state.write(document)).unwrap_or(Ok(()));
        self.workspace.saved.set(match result {
            Ok(()) => Saved::Yes,
            Err(error) => Saved::No(reason(error).to_owned()),
        });
        if copied {
            self.workspace.announce("Another tab has changed this document. This tab goes on with a copy of its own.");
        }
    }

    fn show(&self, document: Document) {
        self.state.update_value(|state| {
            state.timer = None;
            state.written = document.clone();
        });
        self.workspace.open(document);
        if !matches!(self.workspace.saved.get_untracked(), Saved::No(_)) {
            self.workspace.saved.set(Saved::Yes);
        }
    }

    fn show_link(&self, document: Document) {
        self.state.update_value(State::is_new);
        self.show(document);
        self.workspace.origin.set(Origin::Link);
        self.workspace.announce("Opened from a link. Its functions run only when you press Run.");
    }

    fn open_own(&self, own: &Own) {
        match own {
            Own::Document(id) if self.open_recent(id) => {}
            Own::Example(Untouched { slug, document }) => self.open_example(slug, Document::clone(document)),
            Own::Document(_) | Own::Nothing => self.open_example(examples::FIRST.slug, examples::first()),
        }
    }

    /// Opens an example, of which only a change makes a document that is kept.
    pub fn open_example(&self, slug: &str, document: Document) {
        self.save();
        self.leave_link();
        let example = Untouched { slug: slug.to_owned(), document: Box::new(document) };
        self.state.update_value(|state| {
            state.is_new();
            state.example = examples::find(slug).map(|example| example.slug);
            state.note(&TabNote::Example(example.clone()));
        });
        self.show(*example.document);
    }

    /// Opens a document that is kept; whether it could be read.
    pub fn open_recent(&self, id: &str) -> bool {
        self.save();
        let text = self.state.with_value(|state| state.local.get(&state.keys.document(id)));
        let Some(record) = text.as_deref().and_then(Record::read) else { return false };
        self.leave_link();
        self.state.update_value(|state| {
            state.is_new();
            state.id = Some(id.to_owned());
            state.known = text;
            state.note(&TabNote::Document(id.to_owned()));
        });
        self.show(record.document);
        true
    }

    /// Opens a document that came as a file or from another page: as one of its own, which is kept.
    pub fn open_document(&self, document: Document) {
        self.save();
        self.leave_link();
        self.state.update_value(State::is_new);
        self.show(document.clone());
        self.write(document);
    }

    /// Opens a link that was pasted; the message where it can't be opened.
    pub fn open_link(&self, link: &str) -> Result<(), LinkError> {
        let document = crate::share::open(link)?;
        self.save();
        self.show_link(document);
        Ok(())
    }

    /// Makes the linked document this tab's own.
    pub fn keep_this(&self) {
        self.leave_link();
        self.write(untrack(|| self.workspace.document()));
    }

    /// Goes back from a link to the person's own work.
    pub fn keep_mine(&self) {
        self.leave_link();
        let own = self.state.with_value(|state| state.own.clone());
        // What the link brought is not worth keeping: it has not been changed.
        self.state.update_value(|state| state.written = untrack(|| self.workspace.document()));
        self.open_own(&own);
    }

    /// Takes the message about a link away, and the link out of the address.
    pub fn leave_link(&self) {
        location::clear_fragment();
        self.workspace.origin.set(Origin::Own);
    }

    fn address_changed(&self) {
        let fragment = location::fragment();
        if fragment.trim_start_matches('#').is_empty() {
            return;
        }
        self.save();
        self.state.update_value(|state| {
            if let Some(id) = &state.id {
                state.own = Own::Document(id.clone());
            }
        });
        match crate::share::open(&fragment) {
            Ok(document) => self.show_link(document),
            Err(error) => self.workspace.origin.set(bad_link(&error)),
        }
    }

    /// What was worked on before, latest first, without the document that is open.
    pub fn recent(&self) -> Vec<Recent> {
        self.state.with_value(|state| {
            let mut recent: Vec<_> = state.ids().filter_map(|id| state.recent(&id)).collect();
            order::sort_by(&mut recent, |one, other| other.changed.total_cmp(&one.changed));
            recent
        })
    }

    /// The name of the example that is open and not changed yet.
    pub fn example(&self) -> Option<&'static str> {
        self.state.with_value(|state| state.example)
    }

    /// The address that opens a document anywhere.
    pub fn link(&self, document: &Document) -> String {
        format!("{}#{}", location::base(), link_of(document))
    }

    /// The settings this page has kept, as text.
    pub fn settings(&self) -> Option<String> {
        self.state.with_value(|state| state.local.get(&state.keys.settings()))
    }

    /// Keeps the settings; a store that has no room for them is no loss.
    pub fn keep_settings(&self, text: &str) {
        self.state.with_value(|state| {
            let _ = state.local.set(&state.keys.settings(), text);
        });
    }
}

fn reason(error: NotKept) -> &'static str {
    match error {
        NotKept::Forbidden => "This browser forbids storage here, so a reload loses your work.",
        NotKept::Full => "This browser's storage is full, so a reload loses your latest changes.",
    }
}

fn bad_link(error: &LinkError) -> Origin {
    match error {
        LinkError::Newer => Origin::BadLink {
            title: "This link is newer than this page.",
            message: "Reload the page and open it again. Your own work is untouched.",
        },
        LinkError::TooLarge => {
            Origin::BadLink { title: "This link can't be opened.", message: "It holds more than 5 MB. Your own work is untouched." }
        }
        LinkError::NotALink | LinkError::Damaged => {
            Origin::BadLink { title: "This link can't be opened.", message: "It is cut or damaged. Your own work is untouched." }
        }
    }
}
