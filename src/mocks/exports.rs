//! Which functions a text of JavaScript exports, told from the text alone: opening a document never runs it.
//!
//! A reader of words and strings, not of JavaScript: it knows comments, strings and nesting, and the ways people write exports. What is
//! put together while the text runs it can't know, and then says so.

use crate::letters;
use crate::text::Span;

/// The names under which functions are exported, in the order of the text; none where something is exported that can't be told.
pub fn exports(source: &str) -> Option<Vec<String>> {
    let found = find(source);
    found.certain.then(|| found.names.iter().map(|(name, _)| (*name).to_owned()).collect())
}

/// The functions that can be told, each with the place of its name.
pub fn places(source: &str) -> Vec<(String, Span)> {
    let place = |token: &Token| {
        let start = token.text.as_ptr() as usize - source.as_ptr() as usize;
        Span::new(start, start + token.text.len())
    };
    find(source).names.iter().map(|(name, token)| ((*name).to_owned(), place(token))).collect()
}

fn find(source: &str) -> Found<'_> {
    let tokens = tokens(source);
    let mut found = Found { names: Vec::new(), certain: true };
    for (at, token) in tokens.iter().enumerate() {
        let rest = &tokens[at..];
        let after_dot = at > 0 && tokens[at - 1].text == ".";
        match token.text {
            "exports" if !after_dot => commonjs(&mut found, &rest[1..]),
            "module" if !after_dot && is(rest, 1, ".") && is(rest, 2, "exports") => commonjs(&mut found, &rest[3..]),
            "export" if token.depth == 0 && !after_dot => module(&mut found, &rest[1..]),
            _ => {}
        }
    }
    found
}

struct Found<'a> {
    names: Vec<(&'a str, Token<'a>)>,
    certain: bool,
}

impl<'a> Found<'a> {
    fn add(&mut self, name: &'a str, token: &Token<'a>) {
        if !self.names.iter().any(|(known, _)| *known == name) {
            self.names.push((name, *token));
        }
    }
}

/// What follows `exports`: `.name =`, `['name'] =`, or `= {...}` and `= function`.
fn commonjs<'a>(found: &mut Found<'a>, rest: &[Token<'a>]) {
    match rest {
        [dot, name, equals, ..] if dot.text == "." && equals.text == "=" && name.is_word() => found.add(name.text, name),
        [open, name, close, equals, ..] if open.text == "[" && close.text == "]" && equals.text == "=" => match name.string() {
            Some(text) => found.add(text, name),
            None => found.certain = false,
        },
        [equals, open, ..] if equals.text == "=" && open.text == "{" => members(found, &rest[1..]),
        // `module.exports = exports = {...}` is read at its second half.
        [equals, next, ..] if equals.text == "=" && next.text == "exports" => {}
        [equals, next, ..] if equals.text == "=" && is_function(next) => found.add("default", next),
        [equals, ..] if equals.text == "=" => found.certain = false,
        _ => {}
    }
}

/// What follows `export`.
fn module<'a>(found: &mut Found<'a>, rest: &[Token<'a>]) {
    let mut words =
        rest.iter().skip_while(|token| matches!(token.text, "async" | "function" | "*" | "const" | "let" | "var" | "class"));
    match rest.first().map(|token| token.text) {
        Some("default") if is(rest, 1, "{") => members(found, &rest[1..]),
        Some("default") => found.add("default", &rest[0]),
        Some("{") => {
            let inside = rest[1..].split(|token| token.text == "}").next().unwrap_or_default();
            for entry in inside.split(|token| token.text == ",") {
                if let Some(name) = entry.last() {
                    found.add(name.string().unwrap_or(name.text), name);
                }
            }
        }
        Some("async" | "function" | "const" | "let" | "var") => match words.next() {
            Some(name) if name.is_word() => found.add(name.text, name),
            _ => found.certain = false,
        },
        _ => {}
    }
}

/// The keys of an object literal; the first token is its bracket.
fn members<'a>(found: &mut Found<'a>, rest: &[Token<'a>]) {
    let depth = rest[0].depth;
    let end = rest.iter().skip(1).position(|token| token.text == "}" && token.depth == depth).map_or(rest.len(), |end| end + 1);
    for entry in rest[1..end].split(|token| token.text == "," && token.depth == depth + 1) {
        let mut words = entry.iter().skip_while(|token| matches!(token.text, "async" | "*"));
        let Some(first) = words.next() else { continue };
        match first.string() {
            Some(name) => found.add(name, first),
            None if first.is_word() => found.add(first.text, first),
            // `...others` and `[computed]`.
            None => found.certain = false,
        }
    }
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

fn is_function(token: &Token) -> bool {
    matches!(token.text, "async" | "function" | "(") || token.is_word()
}

/// A word, a string or a single sign, and how many brackets are open around it.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    depth: usize,
}

impl<'a> Token<'a> {
    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| letters::is_letter(c) || c == '_' || c == '$')
    }

    /// What stands between the quotes, where it is a string without escapes.
    fn string(&self) -> Option<&'a str> {
        let quote = self.text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let inside = self.text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(['\\', '\n'])).then_some(inside)
    }
}

fn tokens(source: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut depth, mut at) = (Vec::<Token>::new(), 0usize, 0);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' | '`' => quoted(rest, first),
            '/' if !tokens.last().is_some_and(ends_value) => regex(rest),
            c if letters::is_letter_or_digit(c) || c == '_' || c == '$' => {
                rest.find(|c: char| !(letters::is_letter_or_digit(c) || c == '_' || c == '$')).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let text = &rest[..length];
        at += length;
        if first.is_whitespace() || text.starts_with("//") || text.starts_with("/*") {
            continue;
        }
        if matches!(text, "}" | ")" | "]") {
            depth = depth.saturating_sub(1);
        }
        tokens.push(Token { text, depth });
        if matches!(text, "{" | "(" | "[") {
            depth += 1;
        }
    }
    tokens
}

/// Whether a `/` after this divides, and does not begin a regular expression.
fn ends_value(token: &Token) -> bool {
    let keyword = matches!(token.text, "return" | "typeof" | "case" | "in" | "of" | "await" | "yield" | "delete" | "void" | "new");
    !keyword
        && (token.is_word()
            || token.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '"' | '\'' | '`' | ')' | ']' | '}')))
}

/// How long the string at the beginning is; what a template holds belongs to it.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote != '`' => return at,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// How long the regular expression at the beginning is.
fn regex(text: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{exports, places};

    #[track_caller]
    fn finds(source: &str, names: &[&str]) {
        assert_eq!(
            exports(source).as_deref(),
            Some(names.iter().map(|name| name.to_string()).collect::<Vec<_>>().as_slice()),
            "{source}"
        );
    }

    #[test]
    fn every_way_to_export_is_read() {
        finds("exports.handler = (event, context, callback) => callback(null, 1)", &["handler"]);
        finds("exports['sns:publish'] = async () => ({}); exports[\"a-b\"] = f", &["sns:publish", "a-b"]);
        finds(
            "module.exports.one = f; module.exports = { two, three: g, 'four:x': h, async five() {}, six: { inner: 1 } }",
            &["one", "two", "three", "four:x", "five", "six"],
        );
        finds(
            "export const one = 1\nexport async function two() {}\nexport function* three() {}\nexport let four, five",
            &["one", "two", "three", "four"],
        );
        finds("export { a, b as c, d as 'x:y' }; export default () => 1", &["a", "c", "x:y", "default"]);
        finds("module.exports = async (event) => event", &["default"]);
        finds("export default { one() { return { two: 2 } } }", &["one"]);
        finds("const exported = 1; other.exports.no = 2", &[]);
        finds("", &[]);
    }

    #[test]
    fn comments_strings_and_patterns_are_no_code() {
        finds("// exports.no = 1\n/* exports.no = 1 */ const s = 'exports.no = 1', t = `exports.no = ${1}`", &[]);
        finds("const r = /exports.no = [/'\"]/; exports.yes = 1 / 2 / 3", &["yes"]);
        finds("if (a) return /}'/.test(b)\nexports.yes = 1", &["yes"]);
    }

    #[test]
    fn what_is_worked_out_is_not_told() {
        for source in ["exports[name] = f", "module.exports = { ...others }", "exports[`${a}\n`] = f", "export const { a } = b"] {
            assert_eq!(exports(source), None, "{source}");
        }
    }

    #[test]
    fn each_name_has_its_place() {
        let source = "exports['a:b'] = f\nexport const one = 1\nmodule.exports = { two, async three() {} }\nexport default g";
        let found: Vec<&str> = places(source).iter().map(|(_, span)| span.of(source)).collect();
        assert_eq!(found, ["'a:b'", "one", "two", "three", "default"]);
        assert_eq!(places("exports[name] = f; exports.a = f").len(), 1, "what can be told is, beside what can't");
    }

    #[test]
    fn half_a_text_is_no_trouble() {
        let whole = "exports['a'] = async ({ b }) => { return `x${/[/]/}` }; export default { c() {} }";
        for end in 0..=whole.len() {
            let _ = exports(&whole[..end]);
        }
        finds("exports.a = 'never closed\nexports.b = 1", &["a", "b"]);
    }
}
