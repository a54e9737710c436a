//! JSONPath and JSONata by the data that is known: which names can follow what has been written.

use crate::letters;
use crate::value::Value;

/// Members of the context object, as AWS documents it.
pub const CONTEXT: &[(&str, &[&str])] = &[
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("Map", &["Item"]),
    ("Map.Item", &["Index", "Key", "Value"]),
    ("State", &["EnteredTime", "Name", "RetryCount"]),
    ("StateMachine", &["Id", "Name"]),
    ("Task", &["Token"]),
];

/// The part of a path that is complete, and the beginning of the name being written: `$.a.b` is `$.a` and `b`.
pub fn split(path: &str) -> (&str, &str) {
    match path.rfind(['.', '[']) {
        Some(at) => (&path[..at], path[at + 1..].trim_matches(['\'', '"'])),
        None => (path, ""),
    }
}

/// The members that can follow: of an object its own, of a list those of its first element.
pub fn members(value: Option<&Value>) -> Vec<(&str, &Value)> {
    let value = match value {
        Some(Value::Array(items)) => items.first(),
        other => other,
    };
    let mut members = Vec::new();
    if let Some(object) = value.and_then(Value::as_object) {
        for (name, value) in object.iter() {
            members.push((&**name, value));
        }
    }
    members
}

/// Whether a name can follow a dot as it stands, in either language.
pub fn is_plain(name: &str) -> bool {
    let starts = name.starts_with(|character: char| letters::is_letter(character) || character == '_');
    starts && name.chars().all(|character| letters::is_letter_or_digit(character) || character == '_')
}

/// A value in few words, to stand beside a name.
pub fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_lists() {
        let data = crate::json::value_of(r#"{"a":{"b":1},"l":[{"c":2}]}"#).unwrap();
        assert_eq!(split("$.a.b[0].c"), ("$.a.b[0]", "c"));
        assert_eq!(split("$"), ("$", ""));
        let names = |value: &Value| members(Some(value)).iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(&data), ["a", "l"]);
        assert_eq!(names(data.get("l").unwrap()), ["c"]);
        assert!(is_plain("order_id") && !is_plain("a b") && !is_plain("1a"));
    }
}
