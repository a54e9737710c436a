//! A path in parts: what the parser makes and the reader walks along.

use super::filter::Filter;
use crate::text::Span;
use crate::value::Key;
use std::fmt::Write;
use std::sync::Arc;

/// A path that was read once, to be walked many times.
#[derive(Debug)]
pub(super) struct Compiled {
    /// `$`, the document, or `@`, the value a filter tries.
    pub root: char,
    pub tokens: Vec<Token>,
    /// Whether it gives one value, and not a list of whatever there is.
    pub definite: bool,
    /// Whether all tokens are single names and indices.
    pub plain: bool,
    /// The index that the last token but one picks, if it picks one.
    ///
    /// Jayway lets it decide which members behind a `..` over arrays are results.
    pub guard: Option<i32>,
    /// How deep the stack gets on a walk.
    pub height: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    /// In the source.
    pub span: Span,
    /// Whether all that comes before gives one value.
    pub upstream_definite: bool,
    pub kind: TokenKind,
}

#[derive(Clone, Debug)]
pub(super) enum TokenKind {
    /// `.name`, `['name']`, and the quote it is shown in.
    Name(Key, char),
    /// `['one','other']`
    Names(Box<[Key]>, char),
    /// `[0]`, counted from the end if negative.
    Index(i32),
    /// `[0,1]`
    Indices(Box<[i32]>),
    /// `[1:3]`
    Slice(Option<i32>, Option<i32>),
    /// `*`, `[*]`
    Wildcard,
    /// `..`
    Scan,
    /// `[?(...)]`
    Filter(Arc<Filter>),
    /// `.length()`
    Function(Arc<Function>),
}

/// A function of Jayway's at the end of a path, or in the middle of it.
#[derive(Debug)]
pub(super) struct Function {
    pub name: Box<str>,
    pub arguments: Vec<Argument>,
    /// For `length` and `size`: the children of what the first argument finds.
    pub children: Option<Arc<Compiled>>,
}

#[derive(Debug)]
pub(super) enum Argument {
    Path(Arc<Compiled>),
    /// A literal; none where the text is no JSON.
    Json(Option<crate::value::Value>),
}

impl TokenKind {
    /// Whether the token, as the last of its path or not, gives one value for one.
    pub fn is_definite(&self, last: bool) -> bool {
        match self {
            TokenKind::Name(..) | TokenKind::Index(_) | TokenKind::Function(_) => true,
            TokenKind::Names(..) => last,
            _ => false,
        }
    }

    fn is_plain(&self) -> bool {
        matches!(self, TokenKind::Name(..) | TokenKind::Index(_))
    }

    /// The token as Jayway writes it in messages.
    fn write(&self, out: &mut String) {
        match self {
            TokenKind::Name(name, quote) => write_names(std::slice::from_ref(name), *quote, out),
            TokenKind::Names(names, quote) => write_names(names, *quote, out),
            TokenKind::Index(index) => _ = write!(out, "[{index}]"),
            TokenKind::Indices(indices) => {
                let joined: Vec<String> = indices.iter().map(i32::to_string).collect();
                _ = write!(out, "[{}]", joined.join(","));
            }
            TokenKind::Slice(from, to) => {
                let text = |bound: &Option<i32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                _ = write!(out, "[{}:{}]", text(from), text(to));
            }
            TokenKind::Wildcard => out.push_str("[*]"),
            TokenKind::Scan => out.push_str(".."),
            TokenKind::Filter(_) => out.push_str("[?]"),
            TokenKind::Function(function) => {
                let dots = if function.arguments.is_empty() { "" } else { "..." };
                _ = write!(out, ".{}({dots})", function.name);
            }
        }
    }
}

fn write_names(names: &[Key], quote: char, out: &mut String) {
    out.push('[');
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let escaped = name.replace('\\', "\\\\").replace('\'', "\\'");
        _ = write!(out, "{quote}{escaped}{quote}");
    }
    out.push(']');
}

impl Compiled {
    pub fn new(root: char, tokens: Vec<Token>) -> Compiled {
        let last = tokens.len().wrapping_sub(1);
        let guard = match tokens.len().checked_sub(2).map(|at| &tokens[at].kind) {
            Some(TokenKind::Index(index)) => Some(*index),
            _ => None,
        };
        Compiled {
            root,
            definite: tokens.iter().enumerate().all(|(at, token)| token.kind.is_definite(at == last)),
            plain: tokens.iter().all(|token| token.kind.is_plain()),
            guard,
            height: tokens.iter().map(height).fold(0, u32::saturating_add),
            tokens,
        }
    }

    /// The path written out, or the rest of it from a token on.
    pub fn text_from(&self, token: Option<usize>) -> String {
        let mut out = String::new();
        if token.is_none() {
            out.push(self.root);
        }
        self.tokens.iter().skip(token.unwrap_or(0)).for_each(|token| token.kind.write(&mut out));
        out
    }

    /// One token written out.
    pub fn fragment(&self, token: usize) -> String {
        let mut out = String::new();
        if let Some(token) = self.tokens.get(token) {
            token.kind.write(&mut out);
        }
        out
    }

    /// The way to a token as Jayway writes it on the walk: names as they are, and functions leave no trace.
    pub fn prefix(&self, token: usize) -> String {
        let mut out = String::from(self.root);
        for token in &self.tokens[..token.min(self.tokens.len())] {
            match &token.kind {
                TokenKind::Name(name, _) => _ = write!(out, "['{name}']"),
                TokenKind::Index(index) => _ = write!(out, "[{index}]"),
                _ => {}
            }
        }
        out
    }

    pub fn function_name(&self, token: usize) -> Option<&str> {
        match &self.tokens.get(token)?.kind {
            TokenKind::Function(function) => Some(&function.name),
            _ => None,
        }
    }

    pub fn ends_in_function(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: TokenKind::Function(_), .. }))
    }
}

/// How much deeper the stack gets where a token is walked.
fn height(token: &Token) -> u32 {
    match &token.kind {
        kind if kind.is_plain() => 0,
        TokenKind::Filter(filter) => 1 + filter.height(),
        TokenKind::Function(function) => {
            let arguments = function.arguments.iter().filter_map(|argument| match argument {
                Argument::Path(path) => Some(path.height),
                Argument::Json(_) => None,
            });
            2 + arguments.max().unwrap_or(0)
        }
        _ => 1,
    }
}
