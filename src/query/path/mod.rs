//! JSONPath in Jayway's dialect, as Step Functions reads it.
//!
//! A [`Path`] is parsed once and read many times; what is read shares its parts with the document. The rules, the leniency and
//! the wording of errors are those of Jayway JsonPath 2.9.0, which the service uses. AWS adds the roots `$$` (the context object) and
//! `$name` (a workflow variable), takes words without quotes in filters as texts, and answers an indefinite path that leads nowhere with
//! an empty list.
//!
//! On purpose it differs where Jayway breaks: an object can be `empty`, what a scan remembers of an array is forgotten with the end of
//! the read, a path may not spread more than a hundred times, and patterns have no possessive quantifiers and no classes inside classes.

mod arguments;
mod cursor;
mod error;
mod filter;
mod function;
mod java;
mod literal;
mod parse;
mod read;
mod reference;
mod token;

pub use error::{Fault, Invalid, PathError, PathErrorKind, ReadFailure, Unreadable};
pub use reference::{ReferencePath, WriteError};

use super::{Budget, Scope};
use crate::letters;
use crate::text::Span;
use crate::value::Value;
use parse::Reading;
use std::sync::Arc;
use token::{Compiled, TokenKind};

/// A path, ready to be read; one word wherever it is kept.
#[derive(Clone, Debug)]
pub struct Path(Arc<Written>);

#[derive(Debug)]
struct Written {
    text: Box<str>,
    root: Root,
    compiled: Arc<Compiled>,
}

/// What a path starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`: the input of the state, or what stands in for it.
    Input,
    /// `$$`: the context object.
    Context,
    /// `$name`: a workflow variable, without its `$`.
    Variable(Box<str>),
}

impl Path {
    /// Reads a path as it stands in a definition. Spans in errors are bytes of `text`.
    pub fn parse(text: &str) -> Result<Path, PathError> {
        let (root, skipped) = root_of(text)?;
        let compiled = match &root {
            Root::Variable(_) if skipped == text.len() => Ok(Arc::new(Compiled::new('$', Vec::new()))),
            Root::Variable(_) => parse::compile(&format!("${}", &text[skipped..]), skipped as isize - 1, Reading::AWS),
            _ => parse::compile(&text[skipped..], skipped as isize, Reading::AWS),
        };
        let compiled = compiled.map_err(|error| inside(text, error))?;
        Ok(Path(Arc::new(Written { text: text.into(), root, compiled })))
    }

    /// Reads a path as Jayway alone does: without AWS's roots and words in filters, but also without a `$`.
    pub fn parse_jayway(text: &str) -> Result<Path, PathError> {
        let compiled = parse::compile(text, 0, Reading::JAYWAY).map_err(|error| inside(text, error))?;
        Ok(Path(Arc::new(Written { text: text.into(), root: Root::Input, compiled })))
    }

    /// The path as it was written.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    pub fn root(&self) -> &Root {
        &self.0.root
    }

    /// Whether the path gives one value, and not a list of whatever it finds.
    pub fn is_definite(&self) -> bool {
        self.0.compiled.definite
    }

    /// Whether the path is made of names and indices alone, so that it names one place, as `ResultPath` must.
    pub fn is_reference(&self) -> bool {
        self.0.compiled.plain && self.0.compiled.root == '$'
    }

    /// The names and indices of a reference path, with their spans.
    pub fn steps(&self) -> impl Iterator<Item = (Span, Step<'_>)> {
        self.0.compiled.tokens.iter().filter_map(|token| match &token.kind {
            TokenKind::Name(name, _) => Some((token.span, Step::Name(name))),
            TokenKind::Index(index) => Some((token.span, Step::Index(*index))),
            _ => None,
        })
    }

    /// What the path finds, as AWS gives it, within the ordinary budget.
    pub fn read(&self, scope: &Scope) -> Result<Value, PathError> {
        self.read_within(scope, &mut Budget::default())
    }

    /// What the path finds, as AWS gives it.
    pub fn read_within(&self, scope: &Scope, budget: &mut Budget) -> Result<Value, PathError> {
        let document = match &self.0.root {
            Root::Input => scope.input,
            Root::Context => scope.context,
            Root::Variable(name) => scope.variables.get(name).ok_or_else(|| self.no_variable(name))?,
        };
        match self.read_jayway(document, budget) {
            Err(error) if !self.is_definite() && error.is_not_found() => Ok(Value::array(Vec::new())),
            read => read,
        }
    }

    /// What the path finds in a document, as Jayway gives it: an indefinite path too can lead nowhere.
    pub fn read_jayway(&self, document: &Value, budget: &mut Budget) -> Result<Value, PathError> {
        read::evaluate(&self.0.compiled, document, document, false, budget).map_err(|error| inside(&self.0.text, error))
    }

    fn no_variable(&self, name: &str) -> PathError {
        let mut error = read::failure(&self.0.compiled, 0, Unreadable::NoVariable(name.into()));
        error.span = Span::new(0, name.len() + 1);
        error
    }
}

/// The error at a place in the text: Jayway reads some arguments of functions otherwise than they are written, and so their places are off.
fn inside(text: &str, mut error: PathError) -> PathError {
    let end = text.floor_char_boundary(error.span.end);
    error.span = Span::new(text.floor_char_boundary(error.span.start.min(end)), end);
    error
}

/// A step of a reference path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    Name(&'a str),
    Index(i32),
}

/// What a path starts from, and how many bytes before its own `$` (or behind the name of a variable) are not Jayway's.
fn root_of(text: &str) -> Result<(Root, usize), PathError> {
    let Some(rest) = text.strip_prefix('$') else {
        let what = if text.is_empty() { Invalid::Empty } else { Invalid::NoRoot };
        return Err(PathError::invalid(Span::new(0, text.chars().next().map_or(0, char::len_utf8)), what));
    };
    if rest.starts_with('$') {
        return Ok((Root::Context, 1));
    }
    let name_len = rest.find(['.', '[']).unwrap_or(rest.len());
    let name = &rest[..name_len];
    if is_variable_name(name) {
        return Ok((Root::Variable(name.into()), 1 + name_len));
    }
    Ok((Root::Input, 0))
}

/// Whether a workflow variable may be called so: a letter or `_` first, then letters, digits and `_` (Unicode's identifiers).
fn is_variable_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| letters::is_letter(first) || first == '_')
        && characters.all(|character| letters::is_letter_or_digit(character) || character == '_')
}
