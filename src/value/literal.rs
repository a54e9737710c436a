//! Values written in the program as the JSON they are.

/// `json!({ "a": [1, text], "b": null })`: names and numbers stand as they are, what is worked out stands in parentheses.
macro_rules! json {
    ({ $($key:literal : $value:tt),* $(,)? }) => { $crate::value::Value::of(&[$(($key, $crate::value::json!($value))),*]) };
    ([ $($item:tt),* $(,)? ]) => { $crate::value::Value::array(vec![$($crate::value::json!($item)),*]) };
    (null) => { $crate::value::Value::Null };
    (($value:expr)) => { $crate::value::Value::from($value) };
    ($value:tt) => { $crate::value::Value::from($value) };
}

pub(crate) use json;

#[cfg(test)]
mod tests {
    use crate::value::Value;

    #[test]
    fn stands_for_the_json_it_looks_like() {
        let text = "x".to_owned();
        let value = json!({ "a": [1, (&text), null, []], "b": { "c": true, "d": text }, "e": (Value::number(0.5)), "f": {} });
        assert_eq!(value.to_string(), r#"{"a":[1,"x",null,[]],"b":{"c":true,"d":"x"},"e":0.5,"f":{}}"#);
    }
}
