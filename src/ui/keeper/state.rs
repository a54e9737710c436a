//! What one tab knows of the storage, and its reading and writing.

use gloo_timers::callback::Timeout;

use super::Recent;
use crate::bridge::storage::{NotKept, Storage};
use crate::share::Document;
use crate::share::store::{self, Keys, Own, Record, TabNote};

/// What one tab knows of the storage.
pub struct State {
    pub keys: Keys,
    pub local: Storage,
    pub session: Storage,
    /// The document's id; none until it is changed for the first time.
    pub id: Option<String>,
    /// The text this tab has read or written under the id last.
    pub known: Option<String>,
    /// The document as it was opened or written last.
    pub written: Document,
    /// The name of the example it is, while it is one.
    pub example: Option<&'static str>,
    /// What to come back to from a link.
    pub own: Own,
    pub timer: Option<Timeout>,
}

impl State {
    pub fn ids(&self) -> impl Iterator<Item = String> + '_ {
        self.local.keys().into_iter().filter_map(|key| self.keys.id(&key).map(str::to_owned))
    }

    /// The documents there are, with the time of the last change.
    pub fn kept(&self) -> Vec<(String, f64)> {
        let changed =
            |id: &str| self.local.get(&self.keys.document(id)).and_then(|text| Record::read(&text)).map(|record| record.changed);
        self.ids().filter_map(|id| changed(&id).map(|changed| (id, changed))).collect()
    }

    pub fn recent(&self, id: &str) -> Option<Recent> {
        if self.id.as_deref() == Some(id) {
            return None;
        }
        let Record { changed, document } = Record::read(&self.local.get(&self.keys.document(id))?)?;
        Some(Recent { id: id.to_owned(), name: document.name, changed })
    }

    /// What is shown next is nobody's document yet.
    pub fn is_new(&mut self) {
        (self.id, self.known, self.example) = (None, None, None);
    }

    pub fn note(&self, note: &TabNote) {
        let _ = self.session.set(&self.keys.tab(), &note.write());
    }

    /// Gives the document a new id if another tab has written under the old one; whether it did.
    pub fn leave_to_another_tab(&mut self) -> bool {
        let Some(id) = &self.id else { return false };
        let kept = self.local.get(&self.keys.document(id));
        let taken = !store::may_replace(kept.as_deref(), self.known.as_deref());
        if taken {
            self.is_new();
        }
        taken
    }

    pub fn write(&mut self, document: Document) -> Result<(), NotKept> {
        let now = js_sys::Date::now();
        let id = self.id.get_or_insert_with(|| store::new_id(now, js_sys::Math::random())).clone();
        let record = Record { changed: now, document };
        let text = record.write();
        self.timer = None;
        self.local.set(&self.keys.document(&id), &text)?;
        self.note(&TabNote::Document(id));
        (self.known, self.written, self.example) = (Some(text), record.document, None);
        for id in store::outdated(&self.kept()) {
            self.local.remove(&self.keys.document(&id));
        }
        Ok(())
    }
}
