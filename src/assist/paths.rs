//! JSONPath and JSONata by the data that is known: which names can follow what has been written.

use crate::value::Value;

/// Members of the context object, as AWS documents it.
pub const CONTEXT: &[(&str, &[&str])] = &[
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("Map", &["Item"]),
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

/// The value a simple path leads to: names, indices, and `[*]` as the first element.
pub fn follow<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    let steps = path.split(['.', '[', ']']).map(|step| step.trim_matches(['\'', '"'])).filter(|step| !step.is_empty());
    steps.skip(1).try_fold(root, |value, step| match value {
        Value::Array(items) if step == "*" => items.first(),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    })
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
    fn follows_what_is_complete() {
        let data = crate::json::value_of(r#"{"a":{"b":[{"c":1}]}}"#).unwrap();
        assert_eq!(split("$.a.b[0].c"), ("$.a.b[0]", "c"));
        assert_eq!(split("$"), ("$", ""));
        assert_eq!(follow(&data, "$.a.b[0]").unwrap().to_string(), r#"{"c":1}"#);
        assert_eq!(follow(&data, "$['a'].b[*].c").unwrap().to_string(), "1");
        assert!(follow(&data, "$.x").is_none());
    }
}
