//! A second reader of paths, as simple as can be: it copies everything, carries the way along as text, and knows nothing of the first.
//! Where the two disagree, one of them is wrong.

use serde_json::{Map, Value as Json, json};

#[derive(Clone, Debug)]
enum Token {
    Names(Vec<String>, char),
    Indices(Vec<i64>),
    Slice(Option<i64>, Option<i64>),
    Star,
    Scan,
    Filter(Condition),
    Call(String, Vec<Argument>),
}

#[derive(Clone, Debug)]
enum Argument {
    Path(NaivePath),
    Json(Json),
}

#[derive(Clone, Debug)]
enum Condition {
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Not(Box<Condition>),
    Exists(NaivePath, bool),
    Compare(Operand, String, Operand),
}

#[derive(Clone, Debug)]
enum Operand {
    Path(NaivePath),
    Literal(Json),
    List(Json),
    Pattern(Vec<char>, bool),
}

#[derive(Clone, Debug)]
pub struct NaivePath {
    root: char,
    tokens: Vec<Token>,
    /// Set where the last step was added by `length`, which is decided before it is added.
    forced: Option<(bool, usize)>,
    /// Tokens from here on count as behind something indefinite.
    turned: bool,
}

/// Class and message of an exception.
#[derive(Clone, Debug)]
struct Thrown(&'static str, String);

const NOT_FOUND: &str = "PathNotFoundException";
const INVALID: &str = "InvalidPathException";
const OTHER: &str = "JsonPathException";
const BOUNDS: &str = "IndexOutOfBoundsException";

type Run<T> = Result<T, Thrown>;

fn invalid<T>(message: impl Into<String>) -> Run<T> {
    Err(Thrown(INVALID, message.into()))
}

/// The answer in the form of the shared cases.
pub fn answer(path: &str, document: &Json) -> Json {
    let path = match parse(path) {
        Ok(path) => path,
        Err(Thrown(class, message)) => return json!({"invalid": format!("{class}: {message}")}),
    };
    match read(&path, document, document, false) {
        Ok(result) => json!({"definite": definite(&path), "result": result}),
        Err(Thrown(class, message)) => json!({"definite": definite(&path), "error": format!("{class}: {message}")}),
    }
}

// ---- reading the text ----

fn parse(text: &str) -> Run<NaivePath> {
    let mut characters: Vec<char> = text.chars().collect();
    if !matches!(characters.first(), Some('$' | '@')) {
        characters = format!("$.{text}").chars().collect();
    }
    let blanks = characters.iter().take_while(|character| **character == ' ').count();
    let mut end = characters.len();
    while end > blanks + 1 && characters[end - 1] == ' ' {
        end -= 1;
    }
    if characters[end - 1] == '.' {
        return invalid("Path must not end with a '.' or '..'");
    }
    parse_rooted(&characters[..end], blanks)
}

fn parse_rooted(text: &[char], start: usize) -> Run<NaivePath> {
    let root = text[start];
    if root != '$' && root != '@' {
        return invalid("Path must start with '$' or '@'");
    }
    let mut at = start + 1;
    let mut tokens = Vec::new();
    if at < text.len() {
        if text[at] != '.' && text[at] != '[' {
            return invalid(format!("Illegal character at position {at} expected '.' or '['"));
        }
        loop {
            if text[at] == '.' {
                at = dots(text, at, &mut tokens)?;
                continue;
            }
            at = match text[at] {
                '[' => bracket(text, at, &mut tokens)?,
                '*' => {
                    tokens.push(Token::Star);
                    at + 1
                }
                _ => name(text, at, &mut tokens)?,
            };
            if at + 1 >= text.len() {
                break;
            }
        }
    }
    Ok(turn(NaivePath { root, tokens, forced: None, turned: false }))
}

/// `$..x.f()` is `$.f($..x)`.
fn turn(path: NaivePath) -> NaivePath {
    let is_call = |token: &Token| matches!(token, Token::Call(..));
    if !matches!(path.tokens.first(), Some(Token::Scan)) || !path.tokens.last().is_some_and(is_call) {
        return path;
    }
    let at = path.tokens.iter().position(is_call).expect("the last is one");
    let inner = NaivePath { tokens: path.tokens[..at].to_vec(), ..path.clone() };
    let mut tokens = path.tokens[at..].to_vec();
    if let Token::Call(_, arguments) = &mut tokens[0] {
        *arguments = vec![Argument::Path(inner)];
    }
    NaivePath { root: '$', tokens, forced: None, turned: true }
}

fn dots(text: &[char], at: usize, tokens: &mut Vec<Token>) -> Run<usize> {
    let mut next = at + 1;
    if text.get(next) == Some(&'.') {
        tokens.push(Token::Scan);
        next += 1;
    }
    match text.get(next) {
        None => invalid("the path is over"),
        Some('.') => invalid(format!("Character '.' on position {next} is not valid.")),
        Some(_) => Ok(next),
    }
}

fn name(text: &[char], at: usize, tokens: &mut Vec<Token>) -> Run<usize> {
    if text[at] == ' ' {
        return invalid(format!("Could not parse token starting at position {at}"));
    }
    let mut end = at;
    while end < text.len() && !matches!(text[end], '.' | '[' | '(') {
        if text[end] == ' ' {
            return invalid(format!("Use bracket notion ['my prop'] if your property contains blank characters. position: {at}"));
        }
        end += 1;
    }
    let word: String = text[at..end].iter().collect();
    if text.get(end) != Some(&'(') {
        tokens.push(Token::Names(vec![word], '\''));
        return Ok(end);
    }
    if text.get(end + 1) == Some(&')') {
        tokens.push(Token::Call(word, Vec::new()));
        return Ok(end + 1);
    }
    let (mut depth, mut close) = (1, end + 1);
    while depth > 0 {
        match text.get(close) {
            None => return invalid(format!("Arguments to function: '{word}' are not closed properly.")),
            Some('(') => depth += 1,
            Some(')') => depth -= 1,
            Some(_) => {}
        }
        close += 1;
    }
    let inner = &text[end + 1..close - 1];
    let mut arguments = Vec::new();
    for part in split_top(inner) {
        let trimmed: Vec<char> = part.iter().collect::<String>().trim_start().chars().collect();
        match trimmed.first() {
            Some('$' | '@') => arguments.push(Argument::Path(parse_rooted(&trimmed, 0)?)),
            Some('"' | '{' | '-' | '0'..='9') => {
                let literal: String = trimmed.iter().collect();
                match serde_json::from_str(&literal) {
                    Ok(value) => arguments.push(Argument::Json(value)),
                    Err(_) => return invalid("this reader wants proper JSON"),
                }
            }
            _ => {}
        }
    }
    tokens.push(Token::Call(word, arguments));
    Ok(close)
}

fn split_top(text: &[char]) -> Vec<Vec<char>> {
    let (mut parts, mut depth) = (vec![Vec::new()], 0);
    for character in text {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(Vec::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("never empty").push(*character);
    }
    parts
}

fn bracket(text: &[char], at: usize, tokens: &mut Vec<Token>) -> Run<usize> {
    let refused = || invalid(format!("Could not parse token starting at position {at}. Expected ?, ', 0-9, * "));
    let first = (at + 1..text.len()).find(|next| text[*next] != ' ');
    let Some(first) = first else { return refused() };
    match text[first] {
        quote @ ('\'' | '"') => quoted_names(text, first, quote, tokens),
        '*' => {
            let close = (first + 1..text.len()).find(|next| text[*next] != ' ');
            if close.map(|close| text[close]) != Some(']') {
                return invalid(format!("Expected wildcard token to end with ']' on position {}", first + 1));
            }
            tokens.push(Token::Star);
            Ok(close.expect("just seen") + 1)
        }
        '0'..='9' | '-' | ':' => {
            let Some(close) = (at..text.len()).find(|next| text[*next] == ']') else { return refused() };
            let inner: String = text[at + 1..close].iter().collect();
            let inner = inner.trim();
            if !inner.chars().all(|character| matches!(character, '0'..='9' | ',' | '-' | ':' | ' ')) {
                return refused();
            }
            tokens.push(if inner.contains(':') { slice(inner)? } else { indices(inner)? });
            Ok(close + 1)
        }
        '?' => {
            let open = (first + 1..text.len()).find(|next| text[*next] != ' ');
            if open.map(|open| text[open]) != Some('(') {
                return refused();
            }
            let open = open.expect("just seen");
            let Some(close) = closing(text, open) else { return refused() };
            let end = (close + 1..text.len()).find(|next| text[*next] != ' ');
            if end.map(|end| text[end]) != Some(']') {
                return refused();
            }
            tokens.push(Token::Filter(condition(&text[open..=close])?));
            Ok(end.expect("just seen") + 1)
        }
        _ => refused(),
    }
}

fn quoted_names(text: &[char], first: usize, quote: char, tokens: &mut Vec<Token>) -> Run<usize> {
    let (mut names, mut at) = (Vec::new(), first);
    loop {
        let mut word = String::new();
        at += 1;
        loop {
            match text.get(at) {
                None => return invalid(format!("Property has not been closed - missing closing {quote}")),
                Some('\\') => {
                    at += 1;
                    word.extend(text.get(at));
                }
                Some(character) if *character == quote => break,
                Some(character) => word.push(*character),
            }
            at += 1;
        }
        names.push(word);
        at = (at + 1..text.len()).find(|next| text[*next] != ' ').unwrap_or(text.len());
        match text.get(at) {
            Some(']') => break,
            Some(',') => {}
            _ => return invalid("Property must be separated by comma or Property must be terminated close square bracket"),
        }
        at = (at + 1..text.len()).find(|next| text[*next] != ' ').unwrap_or(text.len());
        if text.get(at) != Some(&quote) {
            return invalid("Found empty property");
        }
    }
    tokens.push(Token::Names(names, quote));
    Ok(at + 1)
}

fn slice(text: &str) -> Run<Token> {
    let refused = || invalid(format!("Failed to parse SliceOperation: {text}"));
    if text.contains([',', ' ']) {
        return refused();
    }
    let bound = |at: usize| text.split(':').nth(at).filter(|part| !part.is_empty()).map(|part| part.parse::<i64>());
    match (bound(0), bound(1)) {
        (Some(Err(_)), _) | (_, Some(Err(_))) => invalid("java.lang.NumberFormatException"),
        (None, None) => refused(),
        (from, to) => Ok(Token::Slice(from.and_then(Result::ok), to.and_then(Result::ok))),
    }
}

fn indices(text: &str) -> Run<Token> {
    let mut indices = Vec::new();
    for part in text.split(',') {
        match part.trim().parse() {
            Ok(index) => indices.push(index),
            Err(_) => return invalid(format!("Failed to parse token in ArrayIndexOperation: {}", part.trim())),
        }
    }
    Ok(Token::Indices(indices))
}

fn closing_square(text: &[char], open: usize) -> Option<usize> {
    let (mut depth, mut within) = (0, None);
    for (at, character) in text.iter().enumerate().skip(open) {
        match (within, character) {
            (Some(end), _) => within = if *character == end { None } else { within },
            (None, '\'' | '"') => within = Some(*character),
            (None, '[') => depth += 1,
            (None, ']') if depth == 1 => return Some(at),
            (None, ']') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The bracket that closes the one at `open`; what stands in quotes or between slashes doesn't count.
fn closing(text: &[char], open: usize) -> Option<usize> {
    let (mut depth, mut within) = (0, None);
    for (at, character) in text.iter().enumerate().skip(open) {
        match (within, character) {
            (Some(end), _) => within = if *character == end { None } else { within },
            (None, '\'' | '"' | '/') => within = Some(*character),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

// ---- conditions ----

struct Conditions<'a> {
    text: &'a [char],
    at: usize,
}

fn condition(text: &[char]) -> Run<Condition> {
    let mut reader = Conditions { text, at: 0 };
    let condition = reader.or()?;
    reader.skip();
    match reader.at < text.len() {
        true => invalid("Expected end of filter expression"),
        false => Ok(condition),
    }
}

impl Conditions<'_> {
    fn skip(&mut self) {
        while self.text.get(self.at) == Some(&' ') {
            self.at += 1;
        }
    }

    fn takes(&mut self, symbol: &str) -> bool {
        self.skip();
        let found = self.text[self.at.min(self.text.len())..].starts_with(&symbol.chars().collect::<Vec<_>>());
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn or(&mut self) -> Run<Condition> {
        let mut parts = vec![self.and()?];
        while self.takes("||") {
            parts.push(self.and()?);
        }
        Ok(Condition::Or(parts))
    }

    fn and(&mut self) -> Run<Condition> {
        let mut parts = vec![self.single()?];
        while self.takes("&&") {
            parts.push(self.single()?);
        }
        Ok(Condition::And(parts))
    }

    fn single(&mut self) -> Run<Condition> {
        let start = self.at;
        if self.takes("!") {
            self.skip();
            if !matches!(self.text.get(self.at), Some('$' | '@')) {
                return Ok(Condition::Not(Box::new(self.single()?)));
            }
            self.at = start;
        }
        if self.takes("(") {
            let inner = self.or()?;
            return if self.takes(")") { Ok(inner) } else { invalid("Expected character: )") };
        }
        let negated = self.takes("!");
        let left = self.operand()?;
        let after = self.at;
        if let Some(operator) = self.operator()
            && let Ok(right) = self.operand()
        {
            return Ok(Condition::Compare(left, operator, right));
        }
        self.at = after;
        match left {
            Operand::Path(path) => Ok(Condition::Exists(path, !negated)),
            _ => invalid("Expected path node"),
        }
    }

    fn closes_call(&self, start: usize) -> bool {
        let before: String = self.text[start..self.at].iter().collect();
        before.trim_end().strip_suffix('(').is_some_and(|call| call[1..].contains('.'))
    }

    fn operator(&mut self) -> Option<String> {
        const KNOWN: [&str; 18] = [
            "==", "!=", "===", "!==", "<", "<=", ">", ">=", "=~", "IN", "NIN", "CONTAINS", "SIZE", "EMPTY", "SUBSETOF", "ANYOF",
            "NONEOF", "ALL",
        ];
        self.skip();
        let symbol = |character: &char| "<>=~!".contains(*character);
        let start = self.at;
        let is_symbol = self.text.get(start).is_some_and(symbol);
        while self.text.get(self.at).is_some_and(|character| if is_symbol { symbol(character) } else { *character != ' ' }) {
            self.at += 1;
        }
        let word: String = self.text[start..self.at].iter().collect::<String>().to_uppercase();
        KNOWN.contains(&word.as_str()).then_some(word)
    }

    fn operand(&mut self) -> Run<Operand> {
        self.skip();
        let start = self.at;
        let text = self.text;
        match text.get(start) {
            Some('$' | '@') => {
                while let Some(character) = text.get(self.at) {
                    let mut character = *character;
                    if character == '[' {
                        // A bracket right behind this one is not seen as a bracket.
                        self.at =
                            closing_square(text, self.at).ok_or(Thrown(INVALID, "Square brackets does not match".into()))? + 1;
                        character = text.get(self.at).copied().unwrap_or(')');
                    }
                    if " <>=~!".contains(character) || character == ')' && !self.closes_call(start) {
                        break;
                    }
                    self.at += 1;
                }
                Ok(Operand::Path(parse(&text[start..self.at].iter().collect::<String>())?))
            }
            Some(quote @ ('\'' | '"')) => match (start + 1..text.len()).find(|at| text[*at] == *quote) {
                Some(end) => {
                    self.at = end + 1;
                    Ok(Operand::Literal(text[start + 1..end].iter().collect::<String>().into()))
                }
                None => invalid("String literal does not have matching quotes."),
            },
            Some('[') => match (start..text.len()).find(|at| text[*at] == ']') {
                Some(end) => {
                    self.at = end + 1;
                    let list: String =
                        text[start..=end].iter().map(|character| if *character == '\'' { '"' } else { *character }).collect();
                    serde_json::from_str(&list).map(Operand::List).or_else(|_| invalid("this reader wants proper JSON"))
                }
                None => invalid("String not closed."),
            },
            Some('/') => match (start + 1..text.len()).find(|at| text[*at] == '/') {
                Some(end) => {
                    let folded = text.get(end + 1) == Some(&'i');
                    self.at = end + 1 + folded as usize;
                    Ok(Operand::Pattern(text[start + 1..end].to_vec(), folded))
                }
                None => invalid("Pattern not closed."),
            },
            _ => {
                while text.get(self.at).is_some_and(|character| character.is_ascii_alphanumeric() || "-.".contains(*character)) {
                    self.at += 1;
                }
                let word: String = text[start..self.at].iter().collect();
                serde_json::from_str(&word).map(Operand::Literal).or_else(|_| invalid("Failed to parse filter"))
            }
        }
    }
}

// ---- walking ----

struct Walk<'a> {
    path: &'a NaivePath,
    root: &'a Json,
    required: bool,
    results: Vec<Json>,
    arrays: Vec<i64>,
}

fn token_definite(path: &NaivePath, at: usize) -> bool {
    let last = at + 1 == path.tokens.len();
    match &path.tokens[at] {
        Token::Names(names, _) => names.len() == 1 || last,
        Token::Indices(indices) => indices.len() == 1,
        Token::Call(..) => true,
        _ => false,
    }
}

fn definite(path: &NaivePath) -> bool {
    path.forced.map_or_else(|| (0..path.tokens.len()).all(|at| token_definite(path, at)), |(definite, _)| definite)
}

fn read(path: &NaivePath, document: &Json, root: &Json, required: bool) -> Run<Json> {
    let mut walk = Walk { path, root, required, results: Vec::new(), arrays: vec![-1; path.tokens.len()] };
    walk.go(0, path.root.to_string(), document)?;
    match (definite(path), walk.results.pop()) {
        (true, Some(last)) => Ok(last),
        (true, None) => Err(Thrown(NOT_FOUND, format!("No results for path: {}{}", path.root, fragments(path, 0)))),
        (false, last) => {
            walk.results.extend(last);
            Ok(Json::Array(walk.results))
        }
    }
}

fn fragments(path: &NaivePath, from: usize) -> String {
    (from..path.tokens.len()).map(|at| fragment(&path.tokens[at])).collect()
}

fn fragment(token: &Token) -> String {
    let list = |indices: &[i64]| indices.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let bound = |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    match token {
        Token::Names(names, quote) => {
            let quoted: Vec<String> =
                names.iter().map(|name| format!("{quote}{}{quote}", name.replace('\\', "\\\\").replace('\'', "\\'"))).collect();
            format!("[{}]", quoted.join(","))
        }
        Token::Indices(indices) => format!("[{}]", list(indices)),
        Token::Slice(from, to) => format!("[{}:{}]", bound(from), bound(to)),
        Token::Star => "[*]".into(),
        Token::Scan => "..".into(),
        Token::Filter(_) => "[?]".into(),
        Token::Call(name, arguments) => format!(".{name}({})", if arguments.is_empty() { "" } else { "..." }),
    }
}

fn class_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "java.lang.Boolean",
        Json::String(_) => "java.lang.String",
        Json::Array(_) => "net.minidev.json.JSONArray",
        Json::Object(_) => "java.util.LinkedHashMap",
        Json::Number(number) if number.is_f64() => "java.lang.Double",
        Json::Number(number) if number.as_i64().is_some_and(|value| i32::try_from(value).is_ok()) => "java.lang.Integer",
        Json::Number(_) => "java.lang.Long",
    }
}

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(members) => {
            let parts: Vec<String> = members.iter().map(|(key, value)| format!("{key}={}", shown(value))).collect();
            format!("{{{}}}", parts.join(", "))
        }
        other => other.to_string(),
    }
}

impl Walk<'_> {
    fn upstream_definite(&self, at: usize) -> bool {
        let first = if self.path.turned { at == usize::MAX } else { true };
        first
            && (0..at).all(|before| {
                let several = matches!(&self.path.tokens[before], Token::Names(names, _) if names.len() > 1);
                token_definite(self.path, before) && !several
            })
    }

    fn go(&mut self, at: usize, way: String, value: &Json) -> Run<()> {
        let Some(token) = self.path.tokens.get(at).cloned() else {
            self.results.push(value.clone());
            return Ok(());
        };
        match token {
            Token::Names(names, _) => self.names(at, way, value, &names),
            Token::Indices(indices) => {
                let Some(items) = self.items(at, &way, value)? else { return Ok(()) };
                indices.iter().try_for_each(|index| self.index(at, &way, &items, *index))
            }
            Token::Slice(from, to) => {
                let Some(items) = self.items(at, &way, value)? else { return Ok(()) };
                let count = items.len() as i64;
                let range = match (from, to) {
                    (Some(from), None) if from < 0 => (count + from).max(0)..count,
                    (Some(from), None) => from..count,
                    (Some(from), Some(to)) => from..to.min(count),
                    (None, Some(to)) if to < 0 => 0..count + to,
                    (None, to) => 0..to.unwrap_or(0).min(count),
                };
                range.filter(|index| *index >= -count).try_for_each(|index| self.index(at, &way, &items, index))
            }
            Token::Star => match value {
                Json::Object(members) => {
                    members.iter().try_for_each(|(key, value)| self.member(at, format!("{way}['{key}']"), value))
                }
                Json::Array(items) => {
                    for index in 0..items.len() {
                        match self.index(at, &way, items, index as i64) {
                            Err(Thrown(NOT_FOUND, _)) if !self.required => {}
                            other => other?,
                        }
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
            Token::Scan => self.scan(at + 1, way, value),
            Token::Filter(condition) => match value {
                Json::Object(_) => match self.accepts(&condition, value)? {
                    true => self.go(at + 1, way, value),
                    false => Ok(()),
                },
                Json::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        if self.accepts(&condition, item)? {
                            self.index(at, &way, items, index as i64)?;
                        }
                    }
                    Ok(())
                }
                _ if self.upstream_definite(at) => invalid(format!(
                    "Filter: {} can not be applied to primitives. Current context is: {}",
                    fragments(self.path, at),
                    shown(value)
                )),
                _ => Ok(()),
            },
            Token::Call(name, arguments) => {
                let result = self.call(&name, value, &arguments)?;
                self.results.push(result.clone());
                if at + 1 < self.path.tokens.len() { self.go(at + 1, way, &result) } else { Ok(()) }
            }
        }
    }

    fn member(&mut self, at: usize, way: String, value: &Json) -> Run<()> {
        if at + 1 < self.path.tokens.len() {
            return self.go(at + 1, way, value);
        }
        let tail = self.path.forced.map_or(self.path.tokens.len(), |(_, length)| length);
        let before = if tail >= 2 { fragment(&self.path.tokens[tail - 2]) } else { String::new() };
        if self.arrays[at] == -1 || before == format!("[{}]", self.arrays[at]) {
            self.results.push(value.clone());
        }
        Ok(())
    }

    fn names(&mut self, at: usize, way: String, value: &Json, names: &[String]) -> Run<()> {
        let Json::Object(members) = value else {
            if !self.upstream_definite(at) {
                return Ok(());
            }
            return Err(Thrown(
                NOT_FOUND,
                format!(
                    "Expected to find an object with property {} in path {way} but found '{}'. This is not a json object according \
                     to the JsonProvider: 'com.jayway.jsonpath.spi.json.JsonSmartJsonProvider'.",
                    fragment(&self.path.tokens[at]),
                    class_of(value)
                ),
            ));
        };
        let last = at + 1 == self.path.tokens.len();
        if names.len() > 1 && last {
            let picked: Map<String, Json> =
                names.iter().filter_map(|name| Some((name.clone(), members.get(name)?.clone()))).collect();
            if self.required && names.iter().any(|name| !members.contains_key(name)) {
                return Err(Thrown(NOT_FOUND, "Missing property".into()));
            }
            self.results.push(Json::Object(picked));
            return Ok(());
        }
        for name in names {
            let here = format!("{way}['{name}']");
            match members.get(name) {
                Some(found) => self.member(at, here, found)?,
                None if last && self.required => return Err(Thrown(NOT_FOUND, format!("No results for path: {here}"))),
                None if last => {}
                None if self.required || self.upstream_definite(at) && names.len() == 1 => {
                    return Err(Thrown(NOT_FOUND, format!("Missing property in path {here}")));
                }
                None => {}
            }
        }
        Ok(())
    }

    fn items(&self, at: usize, way: &str, value: &Json) -> Run<Option<Vec<Json>>> {
        match value {
            Json::Array(items) => Ok(Some(items.clone())),
            _ if !self.upstream_definite(at) => Ok(None),
            Json::Null => Err(Thrown(NOT_FOUND, format!("The path {way} is null"))),
            other => Err(Thrown(
                NOT_FOUND,
                format!("Filter: {} can only be applied to arrays. Current context is: {}", fragments(self.path, at), shown(other)),
            )),
        }
    }

    fn index(&mut self, at: usize, way: &str, items: &[Json], index: i64) -> Run<()> {
        let real = if index < 0 { index + items.len() as i64 } else { index };
        match usize::try_from(real).ok().and_then(|real| items.get(real)) {
            None => Ok(()),
            Some(item) => match self.go(at + 1, format!("{way}[{index}]"), item) {
                Err(Thrown(BOUNDS, _)) => Ok(()),
                other => other,
            },
        }
    }

    fn scan(&mut self, target: usize, way: String, value: &Json) -> Run<()> {
        let matches = match (self.path.tokens.get(target).cloned(), value) {
            (_, Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) | (None, _) => return Ok(()),
            (Some(Token::Names(names, _)), Json::Object(members)) => {
                let last = target + 1 == self.path.tokens.len();
                names.len() > 1 && !last || names.iter().all(|name| members.contains_key(name))
            }
            (Some(Token::Indices(_) | Token::Slice(..)), value) => value.is_array(),
            (Some(Token::Star), _) => true,
            (Some(Token::Filter(condition)), value) => self.accepts(&condition, value)?,
            _ => false,
        };
        match value {
            Json::Object(members) => {
                if matches {
                    self.go(target, way.clone(), value)?;
                }
                members.iter().try_for_each(|(key, value)| self.scan(target, format!("{way}['{key}']"), value))
            }
            Json::Array(items) => {
                if matches && target + 1 == self.path.tokens.len() {
                    self.go(target, way.clone(), value)?;
                } else if matches {
                    for (index, item) in items.iter().enumerate() {
                        self.arrays[target + 1] = index as i64;
                        self.go(target + 1, format!("{way}[{index}]"), item)?;
                    }
                }
                items.iter().enumerate().try_for_each(|(index, item)| self.scan(target, format!("{way}[{index}]"), item))
            }
            _ => Ok(()),
        }
    }

    fn call(&self, name: &str, value: &Json, arguments: &[Argument]) -> Run<Json> {
        const EMPTY: &str = "Aggregation function attempted to calculate value using empty array";
        let mut values = Vec::new();
        if !"avg stddev sum min max concat length size append keys first last index".split(' ').any(|known| known == name) {
            return invalid(format!("Function with name: {name} does not exist."));
        }
        for argument in arguments {
            values.push(match argument {
                Argument::Path(path) => read(path, self.root, self.root, false)?,
                Argument::Json(value) => value.clone(),
            });
        }
        let listed: Vec<Json> =
            values.iter().flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])).collect();
        let own = value.as_array().cloned().unwrap_or_default();
        let numbers: Vec<f64> = own.iter().chain(&listed).filter_map(Json::as_f64).collect();
        let at = |index: i64| match value {
            Json::Array(items) if index >= 0 => items
                .get(index as usize)
                .cloned()
                .ok_or_else(|| Thrown(BOUNDS, format!("Index {index} out of bounds for length {}", items.len()))),
            Json::Array(items) if items.len() as i64 + index > 0 => Ok(items[(items.len() as i64 + index) as usize].clone()),
            Json::Array(items) => Err(Thrown(OTHER, format!("Target index:{index} larger than object count:{}", items.len()))),
            _ => Err(Thrown(OTHER, EMPTY.into())),
        };
        let float = |number: f64| Ok(json!(number));
        match name {
            "length" | "size" => {
                let mut counted = None;
                if let Some(Argument::Path(path)) = arguments.first() {
                    let mut children = path.clone();
                    children.forced = Some((definite(path), path.tokens.len()));
                    if !path.tokens.is_empty() && !matches!(path.tokens.last(), Some(Token::Call(..))) {
                        children.tokens.push(Token::Star);
                    }
                    counted = read(&children, value, value, false)?.as_array().map(Vec::len);
                } else if !arguments.is_empty() {
                    return Err(Thrown(OTHER, "length() takes a path".into()));
                }
                let own = value.as_array().map(Vec::len).or(value.as_object().map(Map::len));
                Ok(counted.or(own).map_or(Json::Null, |count| json!(count)))
            }
            "keys" => Ok(value.as_object().map_or(Json::Null, |members| json!(members.keys().collect::<Vec<_>>()))),
            "append" => Ok(match value {
                Json::Array(items) => items.iter().chain(&values).cloned().collect(),
                other => other.clone(),
            }),
            "concat" => {
                let mut text: String = own.iter().filter_map(Json::as_str).collect();
                for value in &values {
                    match value {
                        Json::Array(items) => items.iter().filter(|item| !item.is_null()).for_each(|item| text += &shown(item)),
                        value => text += value.as_str().unwrap_or_default(),
                    }
                }
                Ok(json!(text))
            }
            "first" => at(0),
            "last" => at(-1),
            "index" => match listed.iter().find_map(Json::as_f64) {
                Some(index) => at(index as i64),
                None => Err(Thrown(BOUNDS, "Index 0 out of bounds for length 0".into())),
            },
            _ if numbers.is_empty() => Err(Thrown(OTHER, EMPTY.into())),
            "sum" => float(numbers.iter().sum()),
            "avg" => float(numbers.iter().sum::<f64>() / numbers.len() as f64),
            "min" => float(numbers.iter().copied().fold(f64::MAX, f64::min)),
            "max" => float(numbers.iter().copied().fold(4.9e-324, f64::max)),
            _ => {
                let (count, sum) = (numbers.len() as f64, numbers.iter().sum::<f64>());
                float((numbers.iter().map(|number| number * number).sum::<f64>() / count - sum * sum / count / count).sqrt())
            }
        }
    }

    fn accepts(&self, condition: &Condition, value: &Json) -> Run<bool> {
        match self.holds(condition, value) {
            Err(Thrown(NOT_FOUND | INVALID, _)) => Ok(false),
            other => other,
        }
    }

    fn holds(&self, condition: &Condition, value: &Json) -> Run<bool> {
        match condition {
            Condition::Or(parts) => {
                for part in parts {
                    if self.holds(part, value)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::And(parts) => {
                for part in parts {
                    if !self.holds(part, value)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(part) => Ok(!self.holds(part, value)?),
            Condition::Exists(path, expected) => match read(path, value, self.root, true) {
                Ok(_) => Ok(*expected),
                Err(Thrown(NOT_FOUND, _)) => Ok(!*expected),
                Err(other) => Err(other),
            },
            Condition::Compare(left, operator, right) => {
                let (left, right) = (self.side(left, value)?, self.side(right, value)?);
                compare(&left, operator, &right)
            }
        }
    }

    fn side(&self, operand: &Operand, value: &Json) -> Run<Side> {
        Ok(match operand {
            Operand::Literal(literal) => Side::Value(literal.clone()),
            Operand::List(list) => Side::Written(list.clone()),
            Operand::Pattern(pattern, folded) => Side::Pattern(pattern.clone(), *folded),
            Operand::Path(path) => {
                let document = if path.root == '$' { self.root } else { value };
                match read(path, document, self.root, false) {
                    Ok(found) => Side::Value(found),
                    Err(Thrown(NOT_FOUND, _)) => Side::Missing,
                    Err(other) => return Err(other),
                }
            }
        })
    }
}

// ---- comparing ----

enum Side {
    Missing,
    Value(Json),
    Written(Json),
    Pattern(Vec<char>, bool),
}

fn compare(left: &Side, operator: &str, right: &Side) -> Run<bool> {
    let order = || match (left, right) {
        (Side::Value(Json::Number(left)), Side::Value(Json::Number(right))) => left.as_f64().partial_cmp(&right.as_f64()),
        (Side::Value(Json::String(left)), Side::Value(Json::String(right))) => Some(left.cmp(right)),
        _ => None,
    };
    let equal = || match (left, right) {
        (Side::Value(left), Side::Value(right) | Side::Written(right)) => equal(left, right),
        _ => false,
    };
    let kind = |side: &Side| match side {
        Side::Missing => 0,
        Side::Pattern(..) => 1,
        Side::Written(_) | Side::Value(Json::Array(_) | Json::Object(_)) => 2,
        Side::Value(Json::Null) => 3,
        Side::Value(Json::Bool(_)) => 4,
        Side::Value(Json::Number(_)) => 5,
        Side::Value(Json::String(_)) => 6,
    };
    Ok(match operator {
        "==" => equal(),
        "!=" => !equal(),
        "===" => kind(left) == kind(right) && equal(),
        "!==" => !(kind(left) == kind(right) && equal()),
        "<" => order().is_some_and(|order| order.is_lt()),
        "<=" => order().is_some_and(|order| order.is_le()),
        ">" => order().is_some_and(|order| order.is_gt()),
        ">=" => order().is_some_and(|order| order.is_ge()),
        "=~" => matches(left, right)?,
        "IN" => among(left, right)?,
        "NIN" => !among(left, right)?,
        "CONTAINS" => match (left, right) {
            (Side::Value(Json::String(left)), Side::Value(Json::String(right))) => left.contains(right.as_str()),
            (Side::Value(Json::Array(_) | Json::Object(_)) | Side::Written(_), _) => among(right, left)?,
            _ => false,
        },
        "SIZE" => match (left, right) {
            (_, Side::Value(Json::Number(size))) => {
                let size = size.as_f64().unwrap_or(-2.0).trunc();
                match left {
                    Side::Value(Json::String(text)) => text.chars().count() as f64 == size,
                    Side::Value(Json::Array(items)) | Side::Written(Json::Array(items)) => items.len() as f64 == size,
                    Side::Value(Json::Object(_)) => size == -1.0,
                    _ => false,
                }
            }
            _ => false,
        },
        "EMPTY" => {
            let empty = match left {
                Side::Value(Json::String(text)) => text.is_empty(),
                Side::Value(Json::Array(items)) | Side::Written(Json::Array(items)) => items.is_empty(),
                Side::Value(Json::Object(members)) => members.is_empty(),
                _ => return Ok(false),
            };
            match right {
                Side::Value(Json::Bool(expected)) => empty == *expected,
                _ => return invalid("Expected boolean node"),
            }
        }
        "SUBSETOF" | "ANYOF" | "NONEOF" => {
            let (Some(right), Some(left)) = (list(right)?, list(left)?) else { return Ok(false) };
            let found = |item: &Json| right.iter().any(|other| equal_plain(item, other));
            match operator {
                "SUBSETOF" => left.iter().all(found),
                "ANYOF" => left.iter().any(found),
                _ => !left.iter().any(found),
            }
        }
        _ => return invalid("Expected value list node"),
    })
}

fn equal(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Array(_) | Json::Object(_), _) => left == right,
        _ => equal_plain(left, right),
    }
}

fn equal_plain(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::String(left), Json::Number(right)) => *left == right.to_string(),
        (Json::Number(left), Json::String(right)) => right.parse().ok() == left.as_f64(),
        _ => left == right,
    }
}

fn list(side: &Side) -> Run<Option<Vec<Json>>> {
    match side {
        Side::Value(Json::Array(items)) | Side::Written(Json::Array(items)) => {
            match items.iter().any(|item| item.is_array() || item.is_object()) {
                true => Err(Thrown(OTHER, "Could not determine value type".into())),
                false => Ok(Some(items.clone())),
            }
        }
        Side::Value(Json::Object(_)) => Ok(None),
        _ => invalid("Expected value list node"),
    }
}

fn among(item: &Side, side: &Side) -> Run<bool> {
    let Some(items) = list(side)? else { return Ok(false) };
    Ok(matches!(item, Side::Value(item) if items.iter().any(|other| equal_plain(item, other))))
}

fn matches(left: &Side, right: &Side) -> Run<bool> {
    let (pattern, folded, input) = match (left, right) {
        (Side::Pattern(..), Side::Pattern(..)) => return Ok(false),
        (Side::Pattern(pattern, folded), input) | (input, Side::Pattern(pattern, folded)) => (pattern, *folded, input),
        _ => return Ok(false),
    };
    let one = |value: &Json| {
        let text = match value {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            Json::Bool(value) => value.to_string(),
            _ => String::new(),
        };
        let fold = |text: String| if folded { text.to_lowercase() } else { text };
        let pattern: Vec<char> = fold(pattern.iter().collect()).chars().collect();
        matches_from(&pattern, &fold(text).chars().collect::<Vec<_>>())
    };
    match input {
        Side::Value(Json::Array(_)) | Side::Written(Json::Array(_)) => Ok(list(input)?.unwrap_or_default().iter().any(one)),
        Side::Value(value) => Ok(one(value)),
        _ => Ok(one(&Json::Null)),
    }
}

/// Letters, `.` and `*` alone: all that the cases here need.
fn matches_from(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [any, '*', rest @ ..] => {
            let run = text.iter().take_while(|character| *any == '.' || *any == **character).count();
            (0..=run).any(|taken| matches_from(rest, &text[taken..]))
        }
        [first, rest @ ..] => {
            text.first().is_some_and(|character| *first == '.' || first == character) && matches_from(rest, &text[1..])
        }
    }
}
