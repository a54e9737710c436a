//! What an editor offers at a place of a definition: how to go on there, and what stands there.
//!
//! Reads the tables of [`crate::spec`] and the tree that [`crate::json::parse`] makes of any text, finished or not. Offsets are bytes.

mod complete;
mod convert;
mod cursor;
mod hover;
mod paths;
mod schema;
mod skeleton;
mod symbols;

pub use complete::complete;
pub use convert::to_jsonata;
pub use hover::{Hover, hover};
pub use schema::schema;
pub use symbols::{Symbol, outline, rename, uses};

use crate::text::Span;
use crate::value::Value;

/// What is known besides the text: the data of the last run, by the JSON pointer of a state.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The input of a state when it was last entered; of the pointer `""` the execution's.
    pub input_of: &'a dyn Fn(&str) -> Option<Value>,
}

impl Known<'_> {
    /// Nothing but the text.
    pub const NOTHING: Known<'static> = Known { input_of: &|_| None };
}

/// What a completion stands for, which editors show as a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    Field,
    State,
    Value,
    Function,
    Variable,
    Snippet,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    pub label: String,
    pub kind: CompletionKind,
    /// A few words beside the label.
    pub detail: String,
    /// What it means, in Markdown.
    pub doc: String,
    /// What is put in place of [`Completion::span`]; a snippet, in which `$1`, `${2:text}` and `$0` are places to fill in.
    pub insert: String,
    pub span: Span,
}
