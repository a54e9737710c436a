//! What a browser keeps of a person's work: which keys, what stands in them, and which document a tab opens.
//!
//! Pure: the browser's storage is a list of keys and texts here. Two tabs that show the same document never overwrite each other, for
//! a record is only replaced by whoever has seen its latest text ([`may_replace`]); the other tab goes on with a copy.

use super::{Document, LinkError, from_json, open, to_json};
use crate::json::value_of;
use crate::order;
use crate::value::{Number, Value};

/// How many documents are kept; the ones untouched the longest go first.
pub const KEPT: usize = 60;

/// The names under which one page keeps its work; they hold the page's path, for a host may carry several copies of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    prefix: String,
}

impl Keys {
    /// The keys of the page at a path: `/playground/` and `/playground/index.html` are the same page.
    pub fn new(path: &str) -> Keys {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Keys { prefix: format!("asl-playground {folder}/ ") }
    }

    /// Of the document with an id.
    pub fn document(&self, id: &str) -> String {
        format!("{}document {id}", self.prefix)
    }

    /// The id in a key of [`Keys::document`].
    pub fn id<'k>(&self, key: &'k str) -> Option<&'k str> {
        key.strip_prefix(self.prefix.as_str())?.strip_prefix("document ")
    }

    /// Of the theme, the sizes of the panes and their like.
    pub fn settings(&self) -> String {
        format!("{}settings", self.prefix)
    }

    /// Where it is tried whether anything can be kept.
    pub fn probe(&self) -> String {
        format!("{}probe", self.prefix)
    }

    /// Of the [`TabNote`], which each tab has for itself.
    pub fn tab(&self) -> String {
        format!("{}tab", self.prefix)
    }
}

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When it was last changed, in milliseconds since 1970.
    pub changed: f64,
    pub document: Document,
}

impl Record {
    /// The text that is kept.
    pub fn write(&self) -> String {
        let fields = to_json(&self.document);
        let changed = Value::Number(Number::Float(self.changed));
        fields.as_object().map_or(Value::Null, |fields| Value::Object(fields.with("changed".into(), changed))).to_string()
    }

    /// Reads what [`Record::write`] wrote, as far as it is one.
    pub fn read(text: &str) -> Option<Record> {
        let fields = value_of(text).ok()?;
        let changed = fields.get("changed").and_then(Value::as_f64).unwrap_or_default();
        Some(Record { changed, document: from_json(&fields).ok()? })
    }
}

/// What a tab notes for itself, so that a reload shows what it showed.
#[derive(Clone, Debug, PartialEq)]
pub enum TabNote {
    /// It shows a document of its own.
    Document(String),
    /// It shows an example that nobody has changed yet.
    Example(Untouched),
}

/// An example as it was opened. It is noted whole, for its file may be out of reach on a reload.
#[derive(Clone, Debug, PartialEq)]
pub struct Untouched {
    /// Which one it is; without blanks.
    pub slug: String,
    pub document: Box<Document>,
}

impl TabNote {
    pub fn write(&self) -> String {
        match self {
            TabNote::Document(id) => format!("document {id}"),
            TabNote::Example(Untouched { slug, document }) => format!("example {slug} {}", to_json(document)),
        }
    }

    pub fn read(text: &str) -> Option<TabNote> {
        match text.split_once(' ')? {
            ("document", id) => Some(TabNote::Document(id.to_string())),
            ("example", example) => {
                let (slug, document) = example.split_once(' ')?;
                let document = Box::new(from_json(&value_of(document).ok()?).ok()?);
                Some(TabNote::Example(Untouched { slug: slug.to_string(), document }))
            }
            _ => None,
        }
    }
}

/// What a tab shows when it opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What its address asks for; none when there is no link in it.
    pub link: Option<Result<Document, LinkError>>,
    /// What is the person's own: shown, or to come back to when the link is left.
    pub own: Own,
}

/// The person's own work of a tab.
#[derive(Clone, Debug, PartialEq)]
pub enum Own {
    Document(String),
    Example(Untouched),
    /// Nothing yet, which shows the first example.
    Nothing,
}

/// Decides what a tab shows: the link of its address, what it showed before, what was changed last anywhere, or the first example.
///
/// `documents` are the ids of what is kept, with the time of the last change.
pub fn opening(fragment: &str, note: Option<TabNote>, documents: &[(String, f64)]) -> Opening {
    let fragment = fragment.trim_start_matches('#');
    let link = (!fragment.is_empty()).then(|| open(fragment));
    let kept = |id: &String| documents.iter().any(|(other, _)| other == id);
    let own = match note {
        Some(TabNote::Document(id)) if kept(&id) => Own::Document(id),
        Some(TabNote::Example(example)) => Own::Example(example),
        _ => latest(documents).map_or(Own::Nothing, |id| Own::Document(id.to_string())),
    };
    Opening { link, own }
}

fn latest(documents: &[(String, f64)]) -> Option<&str> {
    documents.iter().max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(id, _)| id.as_str())
}

/// Whether a tab may put its text in place of what is kept: only when that is what the tab has read or written last.
pub fn may_replace(kept: Option<&str>, known: Option<&str>) -> bool {
    match (kept, known) {
        (None, _) => true,
        (Some(kept), Some(known)) => kept == known,
        (Some(_), None) => false,
    }
}

/// The ids of the documents to give up, so that no more than [`KEPT`] stay.
pub fn outdated(documents: &[(String, f64)]) -> Vec<String> {
    let mut sorted: Vec<_> = documents.iter().collect();
    order::sort_by(&mut sorted, |(_, one), (_, other)| other.total_cmp(one));
    sorted.into_iter().skip(KEPT).map(|(id, _)| id.clone()).collect()
}

/// A name for a new document, from the time and a random number.
pub fn new_id(now: f64, random: f64) -> String {
    format!("{:x}{:06x}", now.max(0.0) as u64, (random * f64::from(0x100_0000)) as u64 & 0xff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::link_of;

    fn document(name: &str) -> Document {
        Document { name: name.to_string(), definition: "{".to_string(), ..Document::default() }
    }

    fn example() -> Untouched {
        Untouched { slug: "retry".to_string(), document: Box::new(document("Retry a call")) }
    }

    fn kept(documents: &[(&str, f64)]) -> Vec<(String, f64)> {
        documents.iter().map(|(id, changed)| (id.to_string(), *changed)).collect()
    }

    #[test]
    fn keys_hold_the_folder_of_the_page() {
        let keys = Keys::new("/tools/asl/index.html");
        assert_eq!(keys, Keys::new("/tools/asl/"));
        assert_ne!(keys.settings(), Keys::new("/").settings());
        assert_eq!(keys.id(&keys.document("a1")), Some("a1"));
        assert_eq!(keys.id(&Keys::new("/").document("a1")), None);
        assert_eq!(Keys::new("/").id(&keys.document("a1")), None);
        assert_eq!(keys.id(&keys.settings()), None);
    }

    #[test]
    fn a_record_reads_back_as_it_was_typed() {
        let record = Record { changed: 1_750_000_000_123.0, document: document("half a definition") };
        assert_eq!(Record::read(&record.write()), Some(record));
        for broken in ["", "{", "[]", "null", r#"{"changed": 1}"#] {
            assert_eq!(Record::read(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_note_reads_back() {
        for note in [TabNote::Document("a1".to_string()), TabNote::Example(example())] {
            assert_eq!(TabNote::read(&note.write()), Some(note));
        }
        for broken in ["", "something else", "example retry", "example retry {}", "example retry {"] {
            assert_eq!(TabNote::read(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_first_visit_opens_the_first_example() {
        assert_eq!(opening("", None, &[]), Opening { link: None, own: Own::Nothing });
        assert_eq!(opening("#", None, &[]), Opening { link: None, own: Own::Nothing });
    }

    #[test]
    fn a_new_tab_opens_what_was_changed_last() {
        let documents = kept(&[("old", 1.0), ("new", 3.0), ("middle", 2.0)]);
        assert_eq!(opening("", None, &documents).own, Own::Document("new".to_string()));
    }

    #[test]
    fn a_reload_opens_what_the_tab_showed() {
        let documents = kept(&[("old", 1.0), ("new", 3.0)]);
        let note = |text| TabNote::read(text);
        assert_eq!(opening("", note("document old"), &documents).own, Own::Document("old".to_string()));
        assert_eq!(opening("", Some(TabNote::Example(example())), &documents).own, Own::Example(example()));
        assert_eq!(opening("", note("document gone"), &documents).own, Own::Document("new".to_string()));
    }

    #[test]
    fn a_link_opens_beside_the_own_work() {
        let documents = kept(&[("mine", 1.0)]);
        let opened = opening(&format!("#{}", link_of(&document("theirs"))), None, &documents);
        assert_eq!(opened.link, Some(Ok(document("theirs"))));
        assert_eq!(opened.own, Own::Document("mine".to_string()));
        let unreadable = opening("#v1.cut", None, &documents);
        assert!(matches!(unreadable.link, Some(Err(_))));
        assert_eq!(unreadable.own, Own::Document("mine".to_string()));
    }

    #[test]
    fn a_tab_replaces_only_what_it_has_seen() {
        assert!(may_replace(None, None));
        assert!(may_replace(None, Some("removed elsewhere")));
        assert!(may_replace(Some("one"), Some("one")));
        assert!(!may_replace(Some("two"), Some("one")));
        assert!(!may_replace(Some("two"), None));
    }

    #[test]
    fn the_longest_untouched_go_first() {
        let documents: Vec<_> = (0..KEPT + 2).map(|index| (format!("d{index}"), index as f64)).collect();
        assert_eq!(outdated(&documents), ["d1", "d0"]);
        assert_eq!(outdated(&documents[..KEPT]), [""; 0]);
    }

    #[test]
    fn ids_differ_by_time_and_by_chance() {
        assert_ne!(new_id(1.0, 0.5), new_id(2.0, 0.5));
        assert_ne!(new_id(1.0, 0.5), new_id(1.0, 0.25));
        assert!(new_id(1.75e12, 0.999).bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
