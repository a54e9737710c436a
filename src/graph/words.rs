//! Says the rule of a Choice and the errors of a catcher in words, for both query languages.

use crate::json::{Kind, Node};
use crate::value::quoted;

/// Nobody reads a rule that nests deeper, or one that is longer, on a graph.
const MAX_DEPTH: usize = 12;
const MAX_LENGTH: usize = 600;

/// A rule of `Choices`: `$.level == "latest"`, `not (…)`, or the condition of a JSONata rule as it is written.
pub fn rule(rule: &Node) -> String {
    let mut words = String::new();
    match rule.get("Condition") {
        Some(condition) => words.push_str(&condition_words(condition)),
        None => write_rule(rule, MAX_DEPTH, &mut words),
    }
    if words.is_empty() { "no condition".to_owned() } else { words }
}

/// The errors a catcher answers: `States.Timeout, OutOfStock`.
pub fn errors(catcher: &Node) -> String {
    let names: Vec<&str> = catcher.list("ErrorEquals").iter().filter_map(Node::as_str).collect();
    names.join(", ")
}

fn condition_words(condition: &Node) -> String {
    match &condition.kind {
        Kind::String(text) => {
            let inner = text.trim().strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}")).unwrap_or(text);
            inner.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Kind::Bool(value) => value.to_string(),
        _ => String::new(),
    }
}

fn write_rule(rule: &Node, depth: usize, words: &mut String) {
    if depth == 0 || words.len() > MAX_LENGTH {
        words.push('…');
    } else if let Some(inner) = rule.get("Not") {
        words.push_str("not (");
        write_rule(inner, depth - 1, words);
        words.push(')');
    } else if let Some(all) = rule.get("And") {
        write_joined(all, " and ", depth, words);
    } else if let Some(any) = rule.get("Or") {
        write_joined(any, " or ", depth, words);
    } else {
        words.push_str(&comparison(rule));
    }
}

fn write_joined(rules: &Node, joint: &str, depth: usize, words: &mut String) {
    for (at, rule) in rules.elements().iter().enumerate() {
        if words.len() > MAX_LENGTH {
            words.push('…');
            return;
        }
        if at > 0 {
            words.push_str(joint);
        }
        let grouped = rule.get("And").is_some() || rule.get("Or").is_some();
        if grouped {
            words.push('(');
        }
        write_rule(rule, depth - 1, words);
        if grouped {
            words.push(')');
        }
    }
}

fn comparison(rule: &Node) -> String {
    let variable = rule.text("Variable").unwrap_or("?");
    let Some(member) = rule.members().iter().find(|member| operator(&member.key.text).is_some()) else { return String::new() };
    let operand = match &member.value.kind {
        Kind::String(text) if member.key.text.ends_with("Path") => text.to_string(),
        Kind::String(text) => quoted(text),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(_) => member.value.to_value().to_string(),
        _ => "?".to_owned(),
    };
    match operator(&member.key.text) {
        Some(Operator::Is(what)) if operand == "false" => format!("{variable} is not {what}"),
        Some(Operator::Is(what)) => format!("{variable} is {what}"),
        Some(Operator::Between(sign)) => format!("{variable} {sign} {operand}"),
        None => String::new(),
    }
}

enum Operator {
    Is(&'static str),
    Between(&'static str),
}

/// The comparison operators of the Amazon States Language, Choice state.
fn operator(key: &str) -> Option<Operator> {
    let is = match key {
        "IsNull" => "null",
        "IsPresent" => "present",
        "IsNumeric" => "a number",
        "IsString" => "a string",
        "IsBoolean" => "a boolean",
        "IsTimestamp" => "a timestamp",
        _ => "",
    };
    if !is.is_empty() {
        return Some(Operator::Is(is));
    }
    let key = key.strip_suffix("Path").unwrap_or(key);
    let comparison = ["String", "Numeric", "Boolean", "Timestamp"].iter().find_map(|kind| key.strip_prefix(kind))?;
    Some(Operator::Between(match comparison {
        "Equals" => "==",
        "LessThan" => "<",
        "GreaterThan" => ">",
        "LessThanEquals" => "<=",
        "GreaterThanEquals" => ">=",
        "Matches" => "matches",
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn rules_in_words() {
        let cases = [
            (r#"{"Variable": "$.level", "StringEquals": "latest"}"#, r#"$.level == "latest""#),
            (r#"{"Variable": "$.n", "NumericGreaterThanEqualsPath": "$.least"}"#, "$.n >= $.least"),
            (r#"{"Variable": "$.n", "NumericLessThan": 2.5, "Next": "A"}"#, "$.n < 2.5"),
            (r#"{"Variable": "$.ok", "BooleanEquals": true}"#, "$.ok == true"),
            (r#"{"Variable": "$.x", "IsPresent": false}"#, "$.x is not present"),
            (r#"{"Variable": "$.f", "StringMatches": "*.csv"}"#, r#"$.f matches "*.csv""#),
            (r#"{"Not": {"Variable": "$.x", "IsNull": true}}"#, "not ($.x is null)"),
            (
                r#"{"Or": [{"Variable": "$.a", "IsNull": true},
                    {"And": [{"Variable": "$.b", "IsString": true}, {"Variable": "$.b", "StringEquals": ""}]}]}"#,
                r#"$.a is null or ($.b is a string and $.b == "")"#,
            ),
            (r#"{"Condition": "{% $states.input.total\n > 10 %}", "Next": "A"}"#, "$states.input.total > 10"),
            (r#"{"Condition": true}"#, "true"),
            (r#"{"Next": "A"}"#, "no condition"),
            (r#"[]"#, "no condition"),
        ];
        for (text, words) in cases {
            assert_eq!(rule(&parse(text).root), words, "{text}");
        }
    }

    #[test]
    fn a_rule_without_end_is_cut() {
        let deep = format!("{}{}{}", r#"{"Not":"#.repeat(300), "{}", "}".repeat(300));
        assert!(rule(&parse(&deep).root).contains('…'));
        let wide = format!(r#"{{"Or":[{}{{}}]}}"#, r#"{"Variable":"$.a","IsNull":true},"#.repeat(5000));
        assert!(rule(&parse(&wide).root).len() < MAX_LENGTH + 50);
    }
}
