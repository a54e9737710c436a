//! Tokens to a syntax tree, by the binding powers of the operators. After a mistake it goes on, so that an editor sees them all.

use super::error::Error;
use super::lexer::{Kind as TokenKind, Lexer, Token};
use super::signature::Signature;
use super::syntax::{Id, Kind, Lambda, Term, Tree};
use crate::query::regex::Regex;
use crate::text::Span;
use std::sync::Arc;

/// How deep expressions may stand inside one another.
const MAX_NESTING: usize = 200;

/// How deep a walk over the tree may recurse.
const MAX_HEIGHT: usize = 300;

/// More errors than this help nobody.
const MAX_ERRORS: usize = 20;

/// The tree of a text with its root, and all that is wrong with it.
pub fn parse(text: &str) -> (Tree, Id, Vec<Error>) {
    let token = Token { kind: TokenKind::End, span: Span::at(0) };
    let lexer = Lexer::new(text);
    let mut parser =
        Parser { text, lexer, token, last_end: 0, depth: 0, tree: Tree::default(), errors: Vec::new(), too_deep: false };
    parser.skip(false);
    let mut root = parser.expression(0);
    while !parser.at_end() {
        parser.error("S0201", parser.token.span);
        if parser.closes() {
            // A bracket too many: what follows goes on with what is before it.
            parser.skip(true);
            root = parser.operators(root, 0);
            continue;
        }
        if parser.is_separator() {
            parser.skip(false);
        }
        if !parser.at_end() {
            parser.expression(0);
        }
    }
    (parser.tree, root, parser.errors)
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    token: Token,
    /// Where the last token that was taken ends.
    last_end: usize,
    depth: usize,
    tree: Tree,
    errors: Vec<Error>,
    too_deep: bool,
}

/// How tightly an operator holds on to what is left of it; 0 of what is none.
fn binding_power(operator: &str) -> u32 {
    match operator {
        "[" | "(" | "@" | "#" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "<" | ">" | "!=" | "<=" | ">=" | "^" | "~>" | "in" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    }
}

impl Parser<'_> {
    fn operator(&self) -> &'static str {
        match self.token.kind {
            TokenKind::Operator(operator) => operator,
            _ => "",
        }
    }

    #[inline(never)]
    fn is(&self, operator: &str) -> bool {
        self.operator() == operator
    }

    fn take_lexer_errors(&mut self) {
        let found = std::mem::take(&mut self.lexer.errors);
        for error in found {
            self.push_error(error);
        }
    }

    fn push_error(&mut self, error: Error) {
        let said = self.too_deep || self.errors.iter().any(|known| known.span == error.span);
        if !said && self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    fn error(&mut self, code: &'static str, span: Span) {
        let token = span.of(self.text);
        self.push_error(Error::new(code, span).with_token(token));
    }

    /// Whether a bracket closes here, which may be one too many.
    fn closes(&self) -> bool {
        matches!(self.operator(), ")" | "]" | "}" | "|")
    }

    fn at_end(&self) -> bool {
        matches!(self.token.kind, TokenKind::End)
    }

    /// Goes on to the next token; where the one before stands.
    #[inline(never)]
    fn skip(&mut self, infix: bool) -> Span {
        self.advance(infix).span
    }

    fn advance(&mut self, infix: bool) -> Token {
        self.last_end = self.token.span.end;
        let mut next = self.lexer.next(infix);
        self.take_lexer_errors();
        // Characters that begin an operator but are none themselves.
        while matches!(next.kind, TokenKind::Operator("!" | "~")) {
            self.error("S0204", next.span);
            next = self.lexer.next(infix);
            self.take_lexer_errors();
        }
        std::mem::replace(&mut self.token, next)
    }

    /// Says what is wrong with the token after this one, without taking this one.
    fn look_ahead(&mut self) {
        let at = self.lexer.clone();
        let next = self.lexer.next(true);
        self.take_lexer_errors();
        if matches!(next.kind, TokenKind::Operator("!" | "~")) {
            self.error("S0204", next.span);
        }
        self.lexer = at;
    }

    /// Takes an operator that has to be here, or says that it is missing.
    fn expect(&mut self, operator: &'static str, infix: bool) {
        if self.is(operator) {
            self.skip(infix);
            return;
        }
        let end = self.at_end();
        let span = if end { Span::at(self.text.len()) } else { self.token.span };
        let code = if end { "S0203" } else { "S0202" };
        self.push_error(Error::new(code, span).with_token(span.of(self.text)).with_value(operator.into()));
    }

    fn add(&mut self, kind: Kind, start: usize, at: Span) -> Id {
        let id = self.tree.add(kind, Span::new(start, self.last_end.max(start)), at);
        if self.tree[id].height > MAX_HEIGHT {
            self.too_deep(at);
        }
        id
    }

    /// Gives up: walking what is nested deeper could overflow the stack.
    fn too_deep(&mut self, at: Span) {
        self.error("S0501", at);
        self.too_deep = true;
        self.lexer = Lexer::new("");
        self.token = Token { kind: TokenKind::End, span: Span::at(self.text.len()) };
    }

    fn expression(&mut self, power: u32) -> Id {
        if self.depth >= MAX_NESTING {
            self.too_deep(self.token.span);
            let end = Span::at(self.text.len());
            return self.tree.add(Kind::Error, end, end);
        }
        self.depth += 1;
        let left = self.operand();
        let whole = self.operators(left, power);
        self.depth -= 1;
        whole
    }

    /// What the operators behind an operand make of it.
    fn operators(&mut self, mut left: Id, power: u32) -> Id {
        while power < binding_power(self.operator()) {
            left = self.infix(left);
        }
        left
    }

    fn is_separator(&self) -> bool {
        matches!(self.operator(), "," | ";" | ":")
    }

    /// Whether another item of a list follows. What stands in its way is said to be wrong, and taken for the next item or a separator.
    fn another(&mut self, separator: &'static str, closing: &'static str) -> bool {
        let over = self.at_end() || self.closes();
        if !over && !self.is(separator) {
            self.expect(closing, true);
        }
        if !over && self.is_separator() {
            self.skip(false);
        }
        !over
    }

    fn operand(&mut self) -> Id {
        let at = self.token.span;
        if let TokenKind::Operator(operator) = self.token.kind {
            return self.prefix(operator, at);
        }
        let token = self.advance(true);
        let kind = match token.kind {
            TokenKind::Name(name) => Kind::Name((*name).into()),
            TokenKind::Variable(name) => Kind::Variable((*name).into()),
            TokenKind::String(text) => Kind::String((*text).into()),
            TokenKind::Number(value) => Kind::Number(value),
            TokenKind::True => Kind::Bool(true),
            TokenKind::False => Kind::Bool(false),
            TokenKind::Null => Kind::Null,
            TokenKind::Regex { pattern, flags } => self.regex(&pattern, &flags, at),
            TokenKind::End | TokenKind::Operator(_) => Kind::End,
        };
        self.add(kind, at.start, at)
    }

    fn regex(&mut self, pattern: &str, flags: &str, at: Span) -> Kind {
        match Regex::compile(pattern, flags) {
            Ok(regex) => Kind::Regex(Arc::new(regex)),
            Err(message) => {
                self.push_error(Error::new("S0303", at).with_token(pattern).with_text(message));
                Kind::Error
            }
        }
    }

    fn prefix(&mut self, operator: &'static str, at: Span) -> Id {
        let kind = match operator {
            "and" | "or" | "in" | "*" | "**" | "%" => {
                self.skip(true);
                match operator {
                    "*" => Kind::Wildcard,
                    "**" => Kind::Descendants,
                    // The slot is given out when the tree gets its meaning.
                    "%" => Kind::Parent(usize::MAX),
                    _ => Kind::Keyword(operator),
                }
            }
            "-" => {
                self.skip(true);
                Kind::Negate(self.expression(70))
            }
            // A regular expression can't be the first thing in these: so the reference reads them.
            "(" => {
                self.skip(true);
                Kind::Block(self.block())
            }
            "[" => {
                self.skip(true);
                Kind::Array(self.elements())
            }
            "{" => {
                self.skip(true);
                Kind::Object(self.pairs())
            }
            "|" => {
                self.skip(true);
                self.transform()
            }
            _ => {
                // A closing bracket or a separator belongs to what is around; anything else is skipped. What is wrong with the
                // token after it comes first either way.
                if matches!(operator, ")" | "]" | "}" | "," | ";" | ":") {
                    self.look_ahead();
                } else {
                    self.skip(true);
                }
                self.error("S0211", at);
                Kind::Error
            }
        };
        self.add(kind, at.start, at)
    }

    fn block(&mut self) -> Vec<Id> {
        let mut expressions = Vec::new();
        while !self.is(")") {
            expressions.push(self.expression(0));
            if !self.another(";", ")") {
                break;
            }
        }
        self.expect(")", true);
        expressions
    }

    fn elements(&mut self) -> Vec<Id> {
        let mut elements = Vec::new();
        while !self.is("]") || !elements.is_empty() {
            let start = self.token.span.start;
            let mut item = self.expression(0);
            if self.is("..") {
                let at = self.skip(false);
                let end = self.expression(0);
                item = self.add(Kind::Binary("..", item, end), start, at);
            }
            elements.push(item);
            if !self.another(",", "]") {
                break;
            }
        }
        self.expect("]", true);
        elements
    }

    fn pairs(&mut self) -> Vec<(Id, Id)> {
        let mut pairs = Vec::new();
        while !self.is("}") || !pairs.is_empty() {
            let key = self.expression(0);
            self.expect(":", false);
            let value = self.expression(0);
            pairs.push((key, value));
            if !self.another(",", "}") {
                break;
            }
        }
        self.expect("}", true);
        pairs
    }

    fn transform(&mut self) -> Kind {
        let pattern = self.expression(0);
        self.expect("|", false);
        let update = self.expression(0);
        let delete = self.is(",").then(|| {
            self.skip(false);
            self.expression(0)
        });
        self.expect("|", false);
        Kind::Transform(pattern, update, delete)
    }

    fn infix(&mut self, left: Id) -> Id {
        let operator = self.operator();
        let start = self.tree[left].span.start;
        let mut at = self.skip(false);
        let kind = match operator {
            "(" => {
                at = self.tree[left].span;
                self.call(left)
            }
            "[" => {
                if self.is("]") {
                    self.skip(false);
                    let mut step = left;
                    while let Kind::Binary("[", inner, _) = self.tree[step].kind {
                        step = inner;
                    }
                    self.tree[step].keep_array = true;
                    return left;
                }
                let predicate = self.expression(0);
                self.expect("]", true);
                Kind::Binary("[", left, predicate)
            }
            "{" => Kind::GroupBy(left, self.pairs()),
            "^" => Kind::OrderBy(left, self.terms()),
            "?" => {
                let then = self.expression(0);
                let otherwise = self.is(":").then(|| {
                    self.skip(false);
                    self.expression(0)
                });
                Kind::Condition(left, then, otherwise)
            }
            ":=" => {
                if !matches!(self.tree[left].kind, Kind::Variable(_)) {
                    self.error("S0212", self.tree[left].at);
                }
                Kind::Binary(":=", left, self.expression(9))
            }
            "@" | "#" => {
                let variable = self.expression(80);
                if !matches!(self.tree[variable].kind, Kind::Variable(_)) {
                    let span = self.tree[variable].at;
                    self.push_error(Error::new("S0214", span).with_token(operator));
                }
                Kind::Binary(operator, left, variable)
            }
            _ => Kind::Binary(operator, left, self.expression(binding_power(operator))),
        };
        self.add(kind, start, at)
    }

    fn terms(&mut self) -> Vec<Term> {
        self.expect("(", false);
        let mut terms = Vec::new();
        loop {
            let descending = self.is(">");
            if descending || self.is("<") {
                self.skip(false);
            }
            terms.push(Term { expr: self.expression(0), descending });
            if !self.another(",", ")") {
                break;
            }
        }
        self.expect(")", false);
        terms
    }

    fn call(&mut self, procedure: Id) -> Kind {
        let mut arguments = Vec::new();
        let mut partial = false;
        while !self.is(")") || !arguments.is_empty() {
            if self.is("?") {
                let at = self.skip(false);
                partial = true;
                arguments.push(self.add(Kind::Placeholder, at.start, at));
            } else {
                arguments.push(self.expression(0));
            }
            if !self.another(",", ")") {
                break;
            }
        }
        self.expect(")", true);
        match &self.tree[procedure].kind {
            Kind::Name(name) if matches!(&**name, "function" | "λ") => self.lambda(arguments),
            _ if partial => Kind::Partial(procedure, arguments),
            _ => Kind::Call(procedure, arguments),
        }
    }

    fn lambda(&mut self, params: Vec<Id>) -> Kind {
        for (index, param) in params.iter().enumerate() {
            if !matches!(self.tree[*param].kind, Kind::Variable(_)) {
                let span = self.tree[*param].span;
                let token = span.of(self.text);
                let position = crate::value::Value::from(index as i64 + 1);
                self.push_error(Error::new("S0208", span).with_token(token).with_value(position));
            }
        }
        let signature = if self.is("<") { self.signature() } else { None };
        self.expect("{", false);
        let body = self.expression(0);
        self.expect("}", false);
        Kind::Lambda(Lambda { params, signature, body })
    }

    fn signature(&mut self) -> Option<Arc<Signature>> {
        let start = self.token.span.start;
        let mut text = String::from("<");
        let mut depth = 1;
        while depth > 0 && !self.is("{") && !self.at_end() {
            self.skip(false);
            match self.operator() {
                ">" => depth -= 1,
                "<" => depth += 1,
                _ => {}
            }
            text.push_str(self.token.span.of(self.text));
        }
        let span = Span::new(start, self.token.span.end);
        self.expect(">", false);
        match Signature::parse(&text) {
            Ok(signature) => Some(Arc::new(signature)),
            Err(code) => {
                self.error(code, span);
                None
            }
        }
    }
}
