//! A document as the text behind `#` in an address.
//!
//! A link is `v1.` and the base64url (RFC 4648, section 5, without padding) of the zlib stream (RFC 1950) of a JSON object with a letter
//! for each field; what has its default is left out. Any language can write one in three calls. Each version ever published keeps its
//! reader here and its fixtures in `tests/links`.

use super::file::{machines_of, objects_from_json, objects_to_json};
use super::{Document, Machine, RunOptions, Speed};
use crate::json::value_of;
use crate::spec::WorkflowType;
use crate::value::{Key, Object, Value, json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

/// How many bytes a link may unpack to.
pub const MAX_UNPACKED: usize = 5_000_000;

/// From this many characters on people are told that a link is long: some programs cut what they pass on.
pub const LONG_LINK: usize = 8_000;

/// The newest version, which is the one that is written.
const CURRENT: u32 = 1;

/// As small as it gets: a document is short, and a link is made once.
const COMPRESSION: u8 = 9;

/// Why a text isn't a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It isn't one of our links at all.
    NotALink,
    /// It is one of ours, but cut off or changed on its way.
    Damaged,
    /// It says something that only a later version of this page knows.
    Newer,
    /// It would unpack to more than [`MAX_UNPACKED`].
    TooLarge,
}

impl std::fmt::Display for LinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            LinkError::NotALink => "this is not a link to a workflow",
            LinkError::Damaged => "this link is cut or damaged",
            LinkError::Newer => "this link is newer than this page",
            LinkError::TooLarge => "this link unpacks to more than 5 MB",
        })
    }
}

impl std::error::Error for LinkError {}

/// The document as the text behind `#`; the same document always gives the same text.
pub fn link_of(document: &Document) -> String {
    let packed = compress_to_vec_zlib(letters(document).as_bytes(), COMPRESSION);
    let mut link = format!("v{CURRENT}.");
    URL_SAFE_NO_PAD.encode_string(packed, &mut link);
    link
}

/// The document of a link: of the text behind `#`, or of a whole address; line breaks that a mail program put in don't matter.
pub fn open(link: &str) -> Result<Document, LinkError> {
    let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
    let fragment: String = fragment.chars().filter(|character| !character.is_whitespace()).collect();
    let (version, packed) = versioned(&fragment).ok_or(LinkError::NotALink)?;
    match version {
        1 => v1(packed),
        // Numbers start at 1, so 0 is damage.
        0 => Err(LinkError::Damaged),
        _ => Err(LinkError::Newer),
    }
}

/// How many characters of the link each part is worth: name of the part and the length without it subtracted from the whole.
pub fn weights(document: &Document) -> [(&'static str, usize); 4] {
    let whole = link_of(document).len();
    let without = |empty: &dyn Fn(&mut Document)| {
        let mut less = document.clone();
        empty(&mut less);
        whole.saturating_sub(link_of(&less).len())
    };
    [
        ("Definition", without(&|document| document.definition.clear())),
        ("Functions", without(&|document| document.functions.clear())),
        ("Input", without(&|document| document.input.clear())),
        ("Data", without(&Document::clear_data)),
    ]
}

/// The number of a `v12.` in front, and what follows.
fn versioned(fragment: &str) -> Option<(u32, &str)> {
    let (version, packed) = fragment.strip_prefix('v')?.split_once('.')?;
    let digits = !version.is_empty() && version.len() <= 6 && version.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.then(|| version.parse().ok())??, packed))
}

fn v1(packed: &str) -> Result<Document, LinkError> {
    // Deflate can't make text longer by more than a few bytes in a block, and base64 by a third: what is longer is too large unpacked.
    if packed.len() > MAX_UNPACKED / 2 * 3 {
        return Err(LinkError::TooLarge);
    }
    let packed = URL_SAFE_NO_PAD.decode(packed.trim_end_matches('=')).map_err(|_| LinkError::Damaged)?;
    let json = decompress_to_vec_zlib_with_limit(&packed, MAX_UNPACKED).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Damaged,
    })?;
    match std::str::from_utf8(&json).ok().and_then(|json| value_of(json).ok()) {
        Some(Value::Object(letters)) => from_letters(&letters),
        _ => Err(LinkError::Damaged),
    }
}

/// The JSON of version 1: what has its default is left out.
fn letters(document: &Document) -> String {
    let texts = [("n", &document.name), ("d", &document.definition), ("i", &document.input), ("f", &document.functions)];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let mut letters: Vec<(Key, Value)> = texts.map(|(letter, text)| (letter.into(), text.into())).collect();
    if document.workflow_type == WorkflowType::Express {
        letters.push(("t".into(), "E".into()));
    }
    if document.speed != Speed::default() {
        letters.push(("s".into(), document.speed.to_json()));
    }
    if document.run != RunOptions::default() {
        letters.push(("x".into(), document.run.to_json()));
    }
    if !document.objects.is_empty() {
        letters.push(("o".into(), objects_to_json(&document.objects)));
    }
    if !document.machines.is_empty() {
        let machines = document.machines.iter().map(|(name, machine)| (name.as_str().into(), machine_letters(machine)));
        letters.push(("m".into(), Value::object(machines)));
    }
    Value::object(letters).to_string()
}

/// A letter or a word this page doesn't know was written by a later one: better said than silently left out.
fn from_letters(letters: &Object) -> Result<Document, LinkError> {
    let mut document = Document::default();
    for (letter, value) in letters.iter() {
        match (&**letter, value) {
            ("n", Value::String(text)) => document.name = text.to_string(),
            ("d", Value::String(text)) => document.definition = text.to_string(),
            ("i", Value::String(text)) => document.input = text.to_string(),
            ("f", Value::String(text)) => document.functions = text.to_string(),
            ("t", Value::String(text)) if **text == *"E" => document.workflow_type = WorkflowType::Express,
            ("x", value) => document.run = RunOptions::from_json(value).ok_or(LinkError::Newer)?,
            ("o", value) => document.objects = objects_from_json(value, false).ok_or(LinkError::Newer)?,
            ("m", Value::Object(machines)) => {
                document.machines = machines_of(machines, machine_of).ok_or(LinkError::Newer)?;
            }
            ("s", value) => document.speed = Speed::from_json(value).ok_or(LinkError::Newer)?,
            _ => return Err(LinkError::Newer),
        }
    }
    Ok(document)
}

/// `d` and `t` as of the document itself.
fn machine_letters(machine: &Machine) -> Value {
    match machine.workflow_type {
        WorkflowType::Standard => json!({ "d": (&machine.definition) }),
        WorkflowType::Express => json!({ "d": (&machine.definition), "t": "E" }),
    }
}

fn machine_of(letters: &Value) -> Option<Machine> {
    let mut machine = Machine::default();
    for (letter, value) in letters.as_object()?.iter() {
        match (&**letter, value) {
            ("d", Value::String(text)) => machine.definition = text.to_string(),
            ("t", Value::String(text)) if **text == *"E" => machine.workflow_type = WorkflowType::Express,
            _ => return None,
        }
    }
    Some(machine)
}
