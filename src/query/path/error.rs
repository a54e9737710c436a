//! What is wrong with a path, or with what it was to find. Data first; the text is Jayway's, made when somebody asks for it.

use super::java;
use super::token::Compiled;
use crate::query::OverBudget;
use crate::text::Span;
use crate::value::Value;
use std::fmt::{self, Write};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Why a path can't be read; one word, so that little is carried where nothing is wrong.
#[derive(Clone, Debug)]
pub struct PathError(Box<Fault>);

/// What a [`PathError`] tells.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The part of the path at fault: bytes of the text given to [`Path::parse`](super::Path::parse).
    pub span: Span,
    pub kind: PathErrorKind,
}

#[derive(Clone, Debug)]
pub enum PathErrorKind {
    /// The text is no path.
    Invalid(Invalid),
    /// The path is one, but can't be read here.
    Read(ReadFailure),
}

/// Where in which path reading ended, and why.
#[derive(Clone, Debug)]
pub struct ReadFailure {
    pub reason: Unreadable,
    pub(super) path: Arc<Compiled>,
    pub(super) token: usize,
}

/// Why a text is no path; positions count UTF-16 units from 0, as Jayway's messages do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    Empty,
    /// AWS's paths begin with `$`.
    NoRoot,
    /// A character that can't follow `$`.
    Character(usize),
    EndsInDot,
    /// No token begins here.
    Token(usize),
    /// Nothing that can stand in brackets begins here.
    Bracket(usize),
    ThirdDot(usize),
    Blank(usize),
    Wildcard(usize),
    Slice(Box<str>),
    Index(Box<str>),
    /// A number that doesn't fit 32 bits.
    Integer(Box<str>),
    EmptyName(usize),
    NameEnd(usize),
    OpenName(char),
    OpenNames,
    NoNames,
    Unicode(Box<str>),
    OpenArguments(Box<str>),
    CloseBrace(usize),
    CloseBracket(usize),
    /// A filter without a condition is for programs that give one.
    Placeholder(Box<str>, usize),
    /// The text ends too early.
    Over {
        position: usize,
        length: usize,
    },
    NoMatch(u8, Box<str>),
    Filter(Box<str>, usize, char),
    FilterEnd(Box<str>),
    Operator(Box<str>),
    /// A value alone is no condition.
    NotPath,
    OpenBrackets(Box<str>),
    OpenText(char, Box<str>),
    OpenPattern(Box<str>),
    OpenLiteral(Box<str>),
    Boolean,
    Null,
    Negation,
    Closing,
    /// Not Jayway's: more brackets in brackets than any path needs.
    TooDeep,
    /// Reading it may give several values, where exactly one is meant.
    NotReference,
}

/// Why a path finds nothing.
#[derive(Clone, Debug)]
pub enum Unreadable {
    /// The path leads nowhere.
    NoResult,
    /// The member isn't there, and more was to be read from it.
    Missing,
    NotObject(&'static str),
    NotArray(Value),
    IsNull,
    /// A filter on a text, a number or another value without parts.
    NotFilterable(Value),
    NoFunction,
    EmptyAggregate,
    BeyondCount(i64, usize),
    OutOfBounds(i64, usize),
    /// An argument that is no JSON, or an operand that the operator can't take.
    Operand(&'static str),
    NotFinite,
    NoVariable(Box<str>),
    /// Not Jayway's: the caller's budget is spent.
    OverBudget,
    /// Not Jayway's: the result would nest deeper than values may.
    TooDeep,
}

impl Deref for PathError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl DerefMut for PathError {
    fn deref_mut(&mut self) -> &mut Fault {
        &mut self.0
    }
}

impl PathError {
    pub(super) fn new(span: Span, kind: PathErrorKind) -> PathError {
        PathError(Box::new(Fault { span, kind }))
    }

    pub(super) fn invalid(span: Span, what: Invalid) -> PathError {
        PathError::new(span, PathErrorKind::Invalid(what))
    }

    /// Whether the path is fine and the data is not there, which AWS's `IsPresent` asks.
    pub fn is_not_found(&self) -> bool {
        matches!(&self.kind, PathErrorKind::Read(failure) if failure.reason.is_not_found())
    }

    pub fn is_over_budget(&self) -> bool {
        matches!(&self.kind, PathErrorKind::Read(ReadFailure { reason: Unreadable::OverBudget, .. }))
    }

    /// The name of the exception that Jayway throws here, without its package.
    pub fn exception(&self) -> &'static str {
        match &self.kind {
            PathErrorKind::Invalid(Invalid::Empty) => "IllegalArgumentException",
            PathErrorKind::Invalid(_) => "InvalidPathException",
            PathErrorKind::Read(failure) => match failure.reason {
                Unreadable::NotFilterable(_) | Unreadable::NoFunction => "InvalidPathException",
                Unreadable::EmptyAggregate | Unreadable::BeyondCount(..) | Unreadable::Operand(_) => "JsonPathException",
                Unreadable::OutOfBounds(..) => "IndexOutOfBoundsException",
                Unreadable::OverBudget | Unreadable::TooDeep | Unreadable::NotFinite => "LimitExceeded",
                _ => "PathNotFoundException",
            },
        }
    }
}

impl Unreadable {
    pub(super) fn is_not_found(&self) -> bool {
        matches!(
            self,
            Unreadable::NoResult
                | Unreadable::Missing
                | Unreadable::NotObject(_)
                | Unreadable::NotArray(_)
                | Unreadable::IsNull
                | Unreadable::NoVariable(_)
        )
    }

    /// Whether Jayway takes it as an answer of "no" where a filter tries a value.
    pub(super) fn is_refusal(&self) -> bool {
        self.is_not_found() || matches!(self, Unreadable::NotFilterable(_) | Unreadable::NoFunction)
    }
}

impl From<OverBudget> for Unreadable {
    fn from(_: OverBudget) -> Unreadable {
        Unreadable::OverBudget
    }
}

impl std::error::Error for PathError {}

/// Jayway's wording.
impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.kind {
            PathErrorKind::Invalid(what) => what.fmt(f),
            PathErrorKind::Read(failure) => failure.fmt(f),
        }
    }
}

impl fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let before = || self.path.prefix(self.token);
        match &self.reason {
            Unreadable::NoResult => write!(f, "No results for path: {}", self.path.text_from(None)),
            Unreadable::Missing => write!(f, "Missing property in path {}", self.path.prefix(self.token + 1)),
            Unreadable::NotObject(found) => write!(
                f,
                "Expected to find an object with property {} in path {} but found '{found}'. This is not a json object according to \
                 the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                self.path.fragment(self.token),
                before(),
            ),
            Unreadable::NotArray(found) => write!(
                f,
                "Filter: {} can only be applied to arrays. Current context is: {}",
                self.path.text_from(Some(self.token)),
                java::text(found),
            ),
            Unreadable::IsNull => write!(f, "The path {} is null", before()),
            Unreadable::NotFilterable(found) => write!(
                f,
                "Filter: {} can not be applied to primitives. Current context is: {}",
                self.path.text_from(Some(self.token)),
                java::text(found),
            ),
            Unreadable::NoFunction => {
                write!(f, "Function with name: {} does not exist.", self.path.function_name(self.token).unwrap_or_default())
            }
            Unreadable::EmptyAggregate => f.write_str("Aggregation function attempted to calculate value using empty array"),
            Unreadable::BeyondCount(index, count) => write!(f, "Target index:{index} larger than object count:{count}"),
            Unreadable::OutOfBounds(index, length) => write!(f, "Index {index} out of bounds for length {length}"),
            Unreadable::Operand(expected) => f.write_str(expected),
            Unreadable::NotFinite => f.write_str("The result is not a finite number"),
            Unreadable::NoVariable(name) => write!(f, "No results for path: ${name}"),
            Unreadable::OverBudget => f.write_str("The path takes too many steps"),
            Unreadable::TooDeep => f.write_str("The result is nested too deep"),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (before, behind) = self.words();
        f.write_str(before)?;
        match self {
            Invalid::Character(at)
            | Invalid::Token(at)
            | Invalid::Bracket(at)
            | Invalid::ThirdDot(at)
            | Invalid::Blank(at)
            | Invalid::Wildcard(at)
            | Invalid::EmptyName(at)
            | Invalid::NameEnd(at)
            | Invalid::CloseBrace(at)
            | Invalid::CloseBracket(at) => at.fmt(f)?,
            Invalid::Slice(text)
            | Invalid::Index(text)
            | Invalid::Integer(text)
            | Invalid::Unicode(text)
            | Invalid::OpenArguments(text)
            | Invalid::NoMatch(_, text)
            | Invalid::FilterEnd(text)
            | Invalid::Operator(text)
            | Invalid::OpenBrackets(text)
            | Invalid::OpenPattern(text)
            | Invalid::OpenLiteral(text) => f.write_str(text)?,
            Invalid::OpenName(quote) => f.write_char(*quote)?,
            Invalid::Placeholder(text, at) => write!(f, "{text}] at position {at}")?,
            Invalid::Over { position, length } => write!(f, "{position} out of bounds for length {length}")?,
            Invalid::Filter(text, at, character) => write!(f, "{text}, error on position: {at}, char: {character}")?,
            Invalid::OpenText(quote, text) => write!(f, "{quote} in {text}")?,
            _ => {}
        }
        f.write_str(behind)
    }
}

impl Invalid {
    /// What stands before and behind what it is about.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Invalid::Empty => ("json can not be null or empty", ""),
            Invalid::NoRoot => ("Path must start with '$' or '@'", ""),
            Invalid::Character(_) => ("Illegal character at position ", " expected '.' or '['"),
            Invalid::EndsInDot => ("Path must not end with a '.' or '..'", ""),
            Invalid::Token(_) => ("Could not parse token starting at position ", ""),
            Invalid::Bracket(_) => ("Could not parse token starting at position ", ". Expected ?, ', 0-9, * "),
            Invalid::ThirdDot(_) => ("Character '.' on position ", " is not valid."),
            Invalid::Blank(_) => ("Use bracket notion ['my prop'] if your property contains blank characters. position: ", ""),
            Invalid::Wildcard(_) => ("Expected wildcard token to end with ']' on position ", ""),
            Invalid::Slice(_) => ("Failed to parse SliceOperation: ", ""),
            Invalid::Index(_) => ("Failed to parse token in ArrayIndexOperation: ", ""),
            Invalid::Integer(_) => ("java.lang.NumberFormatException: For input string: \"", "\""),
            Invalid::EmptyName(_) => ("Found empty property at index ", ""),
            Invalid::NameEnd(_) => {
                ("Property must be separated by comma or Property must be terminated close square bracket at index ", "")
            }
            Invalid::OpenName(_) => ("Property has not been closed - missing closing ", ""),
            Invalid::OpenNames => ("Property has not been closed - missing closing ]", ""),
            Invalid::NoNames => ("Empty properties", ""),
            Invalid::Unicode(_) => ("com.jayway.jsonpath.JsonPathException: Unable to parse unicode value: ", ""),
            Invalid::OpenArguments(_) => ("Arguments to function: '", "' are not closed properly."),
            Invalid::CloseBrace(_) => ("Unexpected close brace '}' at character position: ", ""),
            Invalid::CloseBracket(_) => ("Unexpected close bracket ']' at character position: ", ""),
            Invalid::Placeholder(..) => ("Not enough predicates supplied for filter [", ""),
            Invalid::Over { .. } => ("java.lang.StringIndexOutOfBoundsException: Index ", ""),
            Invalid::NoMatch(b'/', _) => ("Could not find matching close for / when parsing regex in : ", ""),
            Invalid::NoMatch(b'"', _) => ("Could not find matching close quote for \" when parsing : ", ""),
            Invalid::NoMatch(..) => ("Could not find matching close quote for ' when parsing : ", ""),
            Invalid::Filter(..) => ("Failed to parse filter: ", ""),
            Invalid::FilterEnd(_) => ("Expected end of filter expression instead of: ", ""),
            Invalid::Operator(_) => ("Filter operator ", " is not supported!"),
            Invalid::NotPath => ("Expected path node", ""),
            Invalid::OpenBrackets(_) => ("Square brackets does not match in filter ", ""),
            Invalid::OpenText(..) => ("String literal does not have matching quotes. Expected ", ""),
            Invalid::OpenPattern(_) => ("Pattern not closed. Expected / in ", ""),
            Invalid::OpenLiteral(_) => ("String not closed. Expected ' in ", ""),
            Invalid::Boolean => ("Expected boolean literal", ""),
            Invalid::Null => ("Expected <null> value", ""),
            Invalid::Negation => ("Unexpected character: !", ""),
            Invalid::Closing => ("Expected character: )", ""),
            Invalid::TooDeep => ("The path is nested too deep", ""),
            Invalid::NotReference => ("Expected a reference path: names and indices alone", ""),
        }
    }
}
