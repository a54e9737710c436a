//! Paths and intrinsic calls as JSONata.

use crate::query::intrinsics::Call;
use crate::query::path::{Path, Root, Step};
use crate::value::{Value, quoted};

/// What `$` stands for where a path is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    pub text: String,
}

impl Base {
    pub fn input() -> Base {
        Base { text: "$states.input".to_owned() }
    }

    pub fn result() -> Base {
        Base { text: "$states.result".to_owned() }
    }

    /// The expression for a member of a member of it.
    pub fn with_names(&self, names: &[String]) -> String {
        names.iter().fold(self.text.clone(), |text, name| format!("{text}.{}", name_of(name)))
    }
}

/// A name as a step of a JSONata path.
fn name_of(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let word = matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function");
    if plain && !word { name.to_owned() } else { format!("`{name}`") }
}

/// A path of names and indices as an expression.
pub fn path(text: &str, base: &Base) -> Option<String> {
    let path = Path::parse(text).ok().filter(Path::is_reference)?;
    let mut expression = match path.root() {
        Root::Input => base.text.clone(),
        Root::Context => "$states.context".to_owned(),
        Root::Variable(name) => format!("${name}"),
    };
    for (_, step) in path.steps() {
        match step {
            // A backtick can't be written inside backticks.
            Step::Name(name) if name.contains('`') => return None,
            Step::Name(name) => expression.push_str(&format!(".{}", name_of(name))),
            Step::Index(index) => expression.push_str(&format!("[{index}]")),
        }
    }
    Some(expression)
}

/// The names of a path into the input; none where it has anything else.
pub fn names(text: &str) -> Option<Vec<String>> {
    let path = Path::parse(text).ok().filter(|path| path.is_reference() && *path.root() == Root::Input)?;
    let name = |step: Step| match step {
        Step::Name(name) if !name.contains('`') => Some(name.to_owned()),
        _ => None,
    };
    path.steps().map(|(_, step)| name(step)).collect()
}

/// A path or an intrinsic call as an expression.
pub fn dynamic(text: &str, base: &Base) -> Option<String> {
    if !Call::looks_like(text) {
        return path(text, base);
    }
    // What follows relies on the call being well-formed and not nested deeper than AWS allows.
    Call::parse(text).ok()?;
    let mut rest = text.trim();
    call(&mut rest, base)
}

/// Reads one call off the front of a text.
fn call(rest: &mut &str, base: &Base) -> Option<String> {
    let (name, after) = rest.split_once('(')?;
    let name = name.trim();
    *rest = after.trim_start();
    let mut arguments = Vec::new();
    while !rest.starts_with(')') {
        arguments.push(argument(rest, base)?);
        *rest = rest.trim_start();
        *rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    *rest = rest[1..].trim_start();
    function(name, &arguments)
}

/// An argument of a call, as an expression; of a text also as it is.
struct Argument {
    expression: String,
    text: Option<String>,
}

fn argument(rest: &mut &str, base: &Base) -> Option<Argument> {
    let plain = |expression: String| Argument { expression, text: None };
    if rest.starts_with('\'') {
        let text = literal(rest)?;
        return Some(Argument { expression: string(&text), text: Some(text) });
    }
    if rest.starts_with("States.") {
        return Some(plain(call(rest, base)?));
    }
    // A path may hold commas in its brackets; the call was read before, so that brackets match.
    let mut depth = 0;
    let end = rest.find(|character| {
        match character {
            '[' | '(' => depth += 1,
            ']' => depth -= 1,
            ')' if depth > 0 => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(character, ',' | ')')
    })?;
    let (word, after) = rest.split_at(end);
    *rest = after;
    let word = word.trim();
    if word.starts_with('$') { Some(plain(path(word, base)?)) } else { Some(plain(word.to_owned())) }
}

/// Reads a text in single quotes off the front.
fn literal(rest: &mut &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = rest[1..].char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\'' => {
                *rest = &rest[at + 2..];
                return Some(text);
            }
            // In a format `\{` stays an escape: it is told from a place to fill in later.
            '\\' => match characters.next()?.1 {
                brace @ ('{' | '}') => text.extend(['\\', brace]),
                escaped => text.push(escaped),
            },
            character => text.push(character),
        }
    }
    None
}

/// A text as JSONata writes it.
pub fn string(text: &str) -> String {
    if text.contains(['\'', '\\', '\n', '\t', '\r']) { quoted(text) } else { format!("'{text}'") }
}

/// What the intrinsic functions are in JSONata: of the arguments `<1>` is the first, `<all>` are all.
const FUNCTIONS: &[(&str, &str)] = &[
    ("States.Array", "[<all>]"),
    ("States.ArrayPartition", "$partition(<all>)"),
    ("States.ArrayContains", "(<2> in <1>)"),
    ("States.ArrayRange", "$range(<all>)"),
    ("States.ArrayGetItem", "<1>[<2>]"),
    ("States.ArrayLength", "$count(<all>)"),
    ("States.ArrayUnique", "$distinct(<all>)"),
    ("States.Base64Encode", "$base64encode(<all>)"),
    ("States.Base64Decode", "$base64decode(<all>)"),
    ("States.Hash", "$hash(<all>)"),
    ("States.JsonMerge", "$merge([<1>, <2>])"),
    ("States.StringToJson", "$parse(<all>)"),
    ("States.JsonToString", "$string(<all>)"),
    ("States.MathAdd", "(<1> + <2>)"),
    ("States.MathRandom", "($floor($random() * (<2> - <1>)) + <1>)"),
    ("States.StringSplit", "$split(<all>)"),
    ("States.UUID", "$uuid()"),
];

/// The counterpart of an intrinsic function.
fn function(name: &str, arguments: &[Argument]) -> Option<String> {
    if name == "States.Format" {
        return format(arguments);
    }
    let (_, counterpart) = FUNCTIONS.iter().find(|(function, _)| *function == name)?;
    let mut parts = counterpart.split(['<', '>']);
    let mut text = parts.next()?.to_owned();
    // From here on a place and what stands behind it, in turn.
    while let (Some(place), Some(behind)) = (parts.next(), parts.next()) {
        match place.parse::<usize>() {
            Ok(number) => text.push_str(&arguments.get(number - 1)?.expression),
            Err(_) => text.push_str(&arguments.iter().map(|argument| &*argument.expression).collect::<Vec<_>>().join(", ")),
        }
        text.push_str(behind);
    }
    Some(text)
}

/// The parts of a format, joined.
fn format(arguments: &[Argument]) -> Option<String> {
    let (template, values) = arguments.split_first()?;
    let mut parts = Vec::new();
    let mut values = values.iter();
    let mut text = String::new();
    let mut characters = template.text.as_ref()?.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            '{' if characters.peek() == Some(&'}') => {
                characters.next();
                if !text.is_empty() {
                    parts.push(string(&std::mem::take(&mut text)));
                }
                parts.push(values.next()?.expression.clone());
            }
            character => text.push(character),
        }
    }
    if !text.is_empty() {
        parts.push(string(&text));
    }
    Some(match parts.as_slice() {
        [] => "''".to_owned(),
        [one] => format!("$string({one})"),
        parts => parts.join(" & "),
    })
}

/// A value with expressions in it as one expression.
pub fn of_value(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => match text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}")) {
            Some(expression) => expression.trim().to_owned(),
            None => string(text),
        },
        Value::Array(items) => {
            format!("[{}]", joined(&mut items.iter().map(of_value))?)
        }
        Value::Object(object) => {
            let member = |(name, value): (&crate::value::Key, &Value)| Some(format!("{}: {}", quoted(name), of_value(value)?));
            format!("{{{}}}", joined(&mut object.iter().map(member))?)
        }
        plain => plain.to_string(),
    })
}

fn joined(parts: &mut dyn Iterator<Item = Option<String>>) -> Option<String> {
    let mut joined = Vec::new();
    for part in parts {
        joined.push(part?);
    }
    Some(joined.join(", "))
}
