//! Text to tokens, by the rules of Jayway's `PathCompiler`, its leniency included: `$.n[` reads as `$.n`.

use super::arguments::arguments;
use super::cursor::Cursor;
use super::error::{Invalid, PathError};
use super::filter;
use super::literal::unescape;
use super::token::{Argument, Compiled, Function, Token, TokenKind};
use crate::text::Span;
use crate::value::Key;
use std::sync::Arc;

/// How deep paths may stand inside filters and arguments of paths.
const MAX_NESTING: u32 = 16;

/// How deep the stack may get on a walk; each wildcard, scan, slice and filter takes a level.
const MAX_HEIGHT: u32 = 100;

/// How a path is read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// How many paths it stands in.
    nesting: u32,
    /// Whether filters take a word without quotes as a text. Jayway 2.9 refuses it; AWS doesn't: workflows that it publishes compare with
    /// such words and go on with what is found (serverless-workflows-collection: `parallel-translate`, `textract-analyze-expense-tf`).
    pub words: bool,
}

impl Reading {
    pub const AWS: Reading = Reading { nesting: 0, words: true };
    pub const JAYWAY: Reading = Reading { nesting: 0, words: false };

    /// How paths inside the path are read.
    pub fn deeper(self) -> Reading {
        Reading { nesting: self.nesting + 1, ..self }
    }
}

/// Reads a path that may lack its `$.`; `shift` leads from its offsets to those of the source.
pub(super) fn compile(text: &str, shift: isize, reading: Reading) -> Result<Arc<Compiled>, PathError> {
    let mut cursor = Cursor::new(text, shift);
    if text.is_empty() {
        return Err(cursor.error(Span::at(0), Invalid::Empty));
    }
    let prefixed;
    if !text.starts_with(['$', '@']) {
        prefixed = format!("$.{text}");
        cursor = Cursor::new(&prefixed, shift - 2);
    }
    cursor.trim();
    if cursor.byte(cursor.end - 1) == Some(b'.') {
        return Err(cursor.error(Span::new(cursor.end - 1, cursor.end), Invalid::EndsInDot));
    }
    compile_rooted(cursor, reading)
}

/// Reads a path from its `$` or `@` on.
pub(super) fn compile_rooted(mut cursor: Cursor, reading: Reading) -> Result<Arc<Compiled>, PathError> {
    let whole = Span::new(cursor.at, cursor.end);
    if reading.nesting > MAX_NESTING {
        return Err(cursor.error(whole, Invalid::TooDeep));
    }
    while cursor.in_bounds() && matches!(cursor.current()?, b' ' | b'\t' | b'\n' | b'\r') {
        cursor.at += 1;
    }
    let root = match cursor.current()? {
        root @ (b'$' | b'@') => root as char,
        _ => return Err(cursor.error(Span::new(cursor.at, cursor.at + 1), Invalid::NoRoot)),
    };
    if cursor.is_tail() {
        return Ok(Arc::new(Compiled::new(root, Vec::new())));
    }
    cursor.at += 1;
    if !matches!(cursor.current()?, b'.' | b'[') {
        let at = cursor.position(cursor.at);
        return Err(cursor.error(Span::new(cursor.at, cursor.at + 1), Invalid::Character(at)));
    }
    let mut parser = Parser { cursor, tokens: Vec::new(), reading };
    parser.run()?;
    let Parser { cursor, mut tokens, .. } = parser;
    mark_upstream(&mut tokens);
    let compiled = turn_scanned_functions(root, tokens);
    if compiled.height > MAX_HEIGHT { Err(cursor.error(whole, Invalid::TooDeep)) } else { Ok(Arc::new(compiled)) }
}

fn mark_upstream(tokens: &mut [Token]) {
    let mut definite = true;
    for token in tokens {
        token.upstream_definite = definite;
        definite &= token.kind.is_definite(false);
    }
}

/// `$..path.function()` means `$.function($..path)`: a function of all that is found, not of each.
fn turn_scanned_functions(root: char, mut tokens: Vec<Token>) -> Compiled {
    let scanned = matches!(tokens.first(), Some(Token { kind: TokenKind::Scan, .. }))
        && matches!(tokens.last(), Some(Token { kind: TokenKind::Function(_), .. }));
    let first = tokens.iter().position(|token| matches!(token.kind, TokenKind::Function(_)));
    if let (true, Some(first)) = (scanned, first) {
        let mut after = tokens.split_off(first);
        let argument = Argument::Path(Arc::new(Compiled::new(root, tokens)));
        if let TokenKind::Function(function) = &mut after[0].kind {
            *function = Arc::new(new_function(function.name.clone(), vec![argument]));
        }
        return Compiled::new('$', after);
    }
    Compiled::new(root, tokens)
}

fn new_function(name: Box<str>, arguments: Vec<Argument>) -> Function {
    let children = match arguments.first() {
        Some(Argument::Path(path)) if matches!(&*name, "length" | "size") => Some(Arc::new(with_children(path))),
        _ => None,
    };
    Function { name, arguments, children }
}

/// `length` counts the children of what its argument finds; a function's result and the document itself it takes as they are.
fn with_children(path: &Compiled) -> Compiled {
    let mut tokens = path.tokens.clone();
    if !path.ends_in_function()
        && let Some(last) = path.tokens.last()
    {
        tokens.push(Token { span: last.span, upstream_definite: true, kind: TokenKind::Wildcard });
    }
    // Jayway has decided before it adds the wildcard, and doesn't change its mind.
    Compiled { definite: path.definite, guard: path.guard, ..Compiled::new(path.root, tokens) }
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    tokens: Vec<Token>,
    reading: Reading,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), PathError> {
        loop {
            match self.cursor.current()? {
                b'.' => {
                    self.dots()?;
                    continue;
                }
                b'[' => self.bracket()?,
                b'*' => self.star()?,
                _ => self.name_or_function()?,
            }
            if self.cursor.is_tail() {
                return Ok(());
            }
        }
    }

    fn push(&mut self, start: usize, kind: TokenKind) {
        let span = self.cursor.source(Span::new(start, self.cursor.at.min(self.cursor.text.len())));
        self.tokens.push(Token { span, upstream_definite: false, kind });
    }

    fn error_at<T>(&self, at: usize, what: fn(usize) -> Invalid) -> Result<T, PathError> {
        self.refuse(at, what(self.cursor.position(at)))
    }

    fn refuse<T>(&self, at: usize, what: Invalid) -> Result<T, PathError> {
        Err(self.cursor.error(Span::new(at, self.cursor.end.max(at)), what))
    }

    fn dots(&mut self) -> Result<(), PathError> {
        let start = self.cursor.at;
        let two = start + 1 < self.cursor.end && self.cursor.byte(start + 1) == Some(b'.');
        if two {
            self.cursor.at += 2;
            self.push(start, TokenKind::Scan);
        } else if start + 1 >= self.cursor.end {
            return self.refuse(start, Invalid::EndsInDot);
        } else {
            self.cursor.at += 1;
        }
        if self.cursor.current()? == b'.' {
            return self.error_at(self.cursor.at, Invalid::ThirdDot);
        }
        Ok(())
    }

    fn star(&mut self) -> Result<(), PathError> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        self.push(start, TokenKind::Wildcard);
        Ok(())
    }

    /// What stands between brackets: the first kind that recognises it takes it.
    fn bracket(&mut self) -> Result<(), PathError> {
        let start = self.cursor.at;
        let done = match self.cursor.next_significant(start) {
            Some(quote @ (b'\'' | b'"')) => {
                self.names(quote)?;
                true
            }
            Some(b'0'..=b'9' | b'-' | b':') if self.indices()? => true,
            Some(b'*') => {
                self.bracketed_star()?;
                true
            }
            _ => self.filter()?,
        };
        if done { Ok(()) } else { self.error_at(start, Invalid::Bracket) }
    }

    fn bracketed_star(&mut self) -> Result<(), PathError> {
        let start = self.cursor.at;
        let star = self.cursor.find_significant(start, b'*')?.unwrap_or(start);
        if self.cursor.next_significant(star) != Some(b']') {
            return self.error_at(star + 1, Invalid::Wildcard);
        }
        self.cursor.at = self.cursor.find_significant(star, b']')?.unwrap_or(star) + 1;
        self.push(start, TokenKind::Wildcard);
        Ok(())
    }

    /// `['one']`, `['one', 'other']`
    fn names(&mut self, quote: u8) -> Result<(), PathError> {
        let start = self.cursor.at;
        let (mut names, mut open, mut last_end) = (Vec::new(), None, 0);
        let (mut escaped, mut after_comma) = (false, false);
        let mut at = start + 1;
        while at < self.cursor.end {
            let here = self.cursor.byte(at);
            if escaped {
                escaped = false;
            } else if here == Some(b'\\') {
                escaped = true;
            } else if let Some(from) = open {
                if here == Some(quote) {
                    if !matches!(self.cursor.next_significant(at), Some(b']' | b',')) {
                        return self.error_at(at, Invalid::NameEnd);
                    }
                    names.push(self.name(Span::new(from, at))?);
                    (open, last_end) = (None, at);
                }
            } else if here == Some(quote) {
                (open, after_comma) = (Some(at + 1), false);
            } else if here == Some(b']') {
                if after_comma {
                    return self.error_at(at, Invalid::EmptyName);
                }
                break;
            } else if here == Some(b',') {
                if after_comma {
                    return self.error_at(at, Invalid::EmptyName);
                }
                after_comma = true;
            }
            at += 1;
        }
        if let Some(from) = open {
            return self.refuse(from - 1, Invalid::OpenName(quote as char));
        }
        match self.cursor.find_significant(last_end, b']')? {
            Some(end) => self.cursor.at = end + 1,
            None => return self.refuse(start, Invalid::OpenNames),
        }
        let kind = match <[Key; 1]>::try_from(names) {
            Ok([name]) => TokenKind::Name(name, quote as char),
            Err(names) if names.is_empty() => return self.refuse(start, Invalid::NoNames),
            Err(names) => TokenKind::Names(names.into(), quote as char),
        };
        self.push(start, kind);
        Ok(())
    }

    fn name(&self, span: Span) -> Result<Key, PathError> {
        let unescaped = unescape(span.of(self.cursor.text));
        unescaped.map(Key::from).map_err(|digits| self.cursor.error(span, Invalid::Unicode(digits.into())))
    }

    /// `[0]`, `[0,1]`, `[1:2]`; not so if other characters stand there.
    fn indices(&mut self) -> Result<bool, PathError> {
        let start = self.cursor.at;
        let Some(end) = self.cursor.find(start + 1, b']') else { return Ok(false) };
        let inner = Span::new(start + 1, end);
        let text = inner.of(self.cursor.text).trim();
        if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b',' | b'-' | b':' | b' ')) {
            return Ok(false);
        }
        let read = if text.contains(':') { slice(text) } else { indices(text) };
        let kind = read.map_err(|what| self.cursor.error(inner, what))?;
        self.cursor.at = end + 1;
        self.push(start, kind);
        Ok(true)
    }

    /// `[?(...)]`
    fn filter(&mut self) -> Result<bool, PathError> {
        let start = self.cursor.at;
        let Some(mark) = self.cursor.find_significant(start, b'?')? else { return Ok(false) };
        if let Some(b']' | b',') = self.cursor.next_significant(mark)
            && let Some(end) = self.cursor.find(mark, b']')
        {
            let text = Span::new(start + 1, end).of(self.cursor.text);
            return self.refuse(start, Invalid::Placeholder(text.into(), self.cursor.position(start)));
        }
        let Some(open) = self.cursor.find_significant(mark, b'(')? else { return Ok(false) };
        let Some(close) = self.cursor.matching(open, b'(', b')', true)? else { return Ok(false) };
        if self.cursor.next_significant(close) != Some(b']') {
            return Ok(false);
        }
        let Some(end) = self.cursor.find_significant(close, b']')? else { return Ok(false) };
        let filter = filter::compile(self.cursor.part(Span::new(start, end + 1)), open - start, close + 1 - start, self.reading)?;
        self.cursor.at = end + 1;
        self.push(start, TokenKind::Filter(Arc::new(filter)));
        Ok(true)
    }

    /// `name`, `name()`, `name(arguments)`
    fn name_or_function(&mut self) -> Result<(), PathError> {
        let start = self.cursor.at;
        if self.cursor.is(b' ') {
            return self.error_at(start, Invalid::Token);
        }
        let mut end = start;
        while end < self.cursor.end {
            match self.cursor.byte(end) {
                Some(b' ') => return self.error_at(start, Invalid::Blank),
                Some(b'.' | b'[') => break,
                Some(b'(') => return self.function(start, end),
                _ => end += 1,
            }
        }
        self.cursor.at = end;
        let name = Span::new(start, end).of(self.cursor.text);
        self.push(start, TokenKind::Name(name.into(), '\''));
        Ok(())
    }

    /// A function whose bracket opens at `open`. Without arguments the closing bracket is left to be read as a name, if more follows.
    fn function(&mut self, start: usize, open: usize) -> Result<(), PathError> {
        let name = Span::new(start, open).of(self.cursor.text);
        let mut depth = 1;
        for at in open + 1..self.cursor.end {
            depth += match self.cursor.byte(at) {
                Some(b'(') => 1,
                Some(b')') => -1,
                _ => 0,
            };
            if depth == 0 {
                break;
            }
        }
        if depth != 0 {
            return self.refuse(start, Invalid::OpenArguments(name.into()));
        }
        self.cursor.at = open + 1;
        let arguments = if self.cursor.is(b')') { Vec::new() } else { arguments(&mut self.cursor, name, self.reading.deeper())? };
        let function = new_function(name.into(), arguments);
        self.push(start, TokenKind::Function(Arc::new(function)));
        Ok(())
    }
}

fn slice(text: &str) -> Result<TokenKind, Invalid> {
    let refused = || Invalid::Slice(text.into());
    if text.contains([',', ' ']) {
        return Err(refused());
    }
    let bound = |at: usize| -> Result<Option<i32>, Invalid> {
        let part = text.split(':').nth(at).unwrap_or_default();
        if part.is_empty() {
            return Ok(None);
        }
        part.parse().map(Some).map_err(|_| Invalid::Integer(part.into()))
    };
    match (bound(0)?, bound(1)?) {
        (None, None) => Err(refused()),
        (from, to) => Ok(TokenKind::Slice(from, to)),
    }
}

fn indices(text: &str) -> Result<TokenKind, Invalid> {
    let parts = text.split(',').map(|part| {
        let part = part.trim_matches(' ');
        part.parse().map_err(|_| Invalid::Index(part.into()))
    });
    let indices: Vec<i32> = parts.collect::<Result<_, _>>()?;
    Ok(match indices[..] {
        [index] => TokenKind::Index(index),
        _ => TokenKind::Indices(indices.into()),
    })
}
