//! What the texts are written in, for colouring. JSON is coloured here, and not by Monaco's own JSON service: a definition has paths and
//! expressions in its strings, and what is wrong with a text is told by the page alone.

use super::{Module, to_js};
use crate::value::{Array, Value, json};

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JSON whose strings may hold paths, intrinsic functions and expressions.
    Definition,
    Json,
    JavaScript,
    /// Nothing known: CSV, lines of JSON.
    Plain,
}

impl Language {
    pub(super) fn id(self) -> &'static str {
        match self {
            Language::Definition => "definition",
            Language::Json => "plain-json",
            Language::JavaScript => "javascript",
            Language::Plain => "plaintext",
        }
    }
}

pub(super) fn add(module: &Module) {
    for (language, in_string) in [(Language::Definition, definition_string()), (Language::Json, json!([]))] {
        module.add_language(language.id(), &to_js(&tokenizer(in_string)), &to_js(&configuration()));
    }
}

/// A string that is a path or an intrinsic function is one as a whole; an expression is coloured between its marks.
fn definition_string() -> Value {
    json!([
        [r#""\{%"#, { "token": "delimiter", "next": "@expression" }],
        [r#""\$\$?[.\[](?:[^"\\]|\\.)*""#, "path"],
        [r#""\$(?:[A-Za-z_][\w]*)?""#, "path"],
        [r#""States\.\w+\((?:[^"\\]|\\.)*""#, "path"],
    ])
}

/// Monarch's description of JSON, with further kinds of string first.
fn tokenizer(in_string: Value) -> Value {
    let mut root = vec![json!([r#""(?:[^"\\]|\\.)*"(?=\s*:)"#, "key"])];
    root.extend(in_string.as_array().cloned().map(Array::into_vec).unwrap_or_default());
    root.extend([
        json!([r#""(?:[^"\\]|\\.)*$"#, "invalid"]),
        json!([r#"""#, { "token": "string", "next": "@string" }]),
        json!([r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", "number"]),
        json!([r"true|false|null", "keyword"]),
        json!([r"[{}\[\]]", "@brackets"]),
        json!([r"[,:]", "delimiter"]),
    ]);
    json!({
        "tokenizer": {
            "root": (Value::array(root)),
            "string": [
                [r#"[^"\\]+"#, "string"],
                [r"\\(?:[bfnrt\\/u]|.)", "string.escape"],
                [r#"""#, { "token": "string", "next": "@pop" }],
            ],
            "expression": [
                [r#"%\}""#, { "token": "delimiter", "next": "@pop" }],
                [r#"""#, { "token": "delimiter", "next": "@pop" }],
                [r"\$[\w.]*", "path"],
                [r"'[^']*'|`[^`]*`", "string"],
                [r"\\.", "string.escape"],
                [r"\d+(?:\.\d+)?", "number"],
                [r"\b(?:and|or|in|true|false|null|function)\b", "keyword"],
                [r#"[^"%$'`\\\d\w]+|\w+|."#, ""],
            ],
        },
    })
}

fn configuration() -> Value {
    let pairs =
        json!([{ "open": "{", "close": "}" }, { "open": "[", "close": "]" }, { "open": "\"", "close": "\"", "notIn": ["string"] }]);
    json!({ "brackets": [["{", "}"], ["[", "]"]], "autoClosingPairs": (pairs.clone()), "surroundingPairs": pairs })
}
