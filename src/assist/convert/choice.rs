//! Choice rules as conditions.

use super::expression::{Base, path, string};
use super::{Members, expression, template};
use crate::json::{Kind, Node};
use crate::spec::{self, Operand};
use crate::value::Value;

/// A rule of `Choices` with a `Condition`.
pub fn rule(rule: &Node, base: &Base) -> Option<Value> {
    let mut members: Members = vec![("Condition".into(), expression(condition(rule, base)?))];
    for member in rule.members() {
        let value = match &*member.key.text {
            "Assign" => template(&member.value, &Base::input())?,
            "Next" | "Comment" => member.value.to_value(),
            _ => continue,
        };
        members.push(((&*member.key.text).into(), value));
    }
    Some(Value::object(members))
}

fn condition(rule: &Node, base: &Base) -> Option<String> {
    for (name, word) in [("And", " and "), ("Or", " or ")] {
        if let Some(rules) = rule.get(name) {
            return joined(rules, word, base);
        }
    }
    if let Some(rule) = rule.get("Not") {
        return Some(format!("$not({})", condition(rule, base)?));
    }
    let variable = path(rule.get("Variable")?.as_str()?, base)?;
    let test = rule.members().iter().find_map(|member| Some((spec::operator(&member.key.text)?, &member.value)))?;
    comparison(&variable, test.0, test.1, base)
}

fn joined(rules: &Node, word: &str, base: &Base) -> Option<String> {
    let mut parts = Vec::new();
    for rule in rules.elements() {
        let part = condition(rule, base)?;
        parts.push(if part.contains(" and ") || part.contains(" or ") { format!("({part})") } else { part });
    }
    Some(parts.join(word))
}

/// The operators that test what a value is, with what stands before and behind the value in JSONata.
const KINDS: &[(&str, &str, &str)] = &[
    ("IsPresent", "$exists(", ")"),
    ("IsNull", "", " = null"),
    ("IsString", "$type(", ") = 'string'"),
    ("IsNumeric", "$type(", ") = 'number'"),
    ("IsBoolean", "$type(", ") = 'boolean'"),
];

fn comparison(variable: &str, operator: &spec::Operator, value: &Node, base: &Base) -> Option<String> {
    if let Some((_, before, behind)) = KINDS.iter().find(|(name, ..)| *name == operator.name) {
        let holds = format!("{before}{variable}{behind}");
        return match &value.kind {
            Kind::Bool(true) => Some(holds),
            Kind::Bool(false) => Some(format!("$not({holds})")),
            _ => None,
        };
    }
    if operator.name == "StringMatches" {
        let pattern = pattern(value.as_str()?)?;
        return Some(format!("$type({variable}) = 'string' and $contains({variable}, /^{pattern}$/)"));
    }
    let with_path = operator.operand == Operand::Path;
    let name = operator.name.strip_suffix("Path").unwrap_or(operator.name);
    let (kind, sign) =
        ["String", "Numeric", "Boolean", "Timestamp"].iter().find_map(|kind| Some((*kind, name.strip_prefix(kind)?)))?;
    let sign = match sign {
        "Equals" => "=",
        "LessThan" => "<",
        "LessThanEquals" => "<=",
        "GreaterThan" => ">",
        "GreaterThanEquals" => ">=",
        _ => return None,
    };
    let other = match value.as_str() {
        Some(text) if with_path => path(text, base)?,
        Some(text) => string(text),
        None => value.to_value().to_string(),
    };
    // Comparing with `<` fails in JSONata where the kinds differ; in JSONPath it is simply false.
    Some(match (kind, sign) {
        ("Timestamp", _) => format!("$toMillis({variable}) {sign} $toMillis({other})"),
        (_, "=") => format!("{variable} = {other}"),
        (kind, _) => {
            let kind = if kind == "Numeric" { "number" } else { "string" };
            let guard = if with_path { format!(" and $type({other}) = '{kind}'") } else { String::new() };
            format!("$type({variable}) = '{kind}'{guard} and {variable} {sign} {other}")
        }
    })
}

/// A pattern with `*` as a regular expression.
fn pattern(text: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => pattern.push_str(".*"),
            '\\' => escaped(&mut pattern, characters.next()?),
            character => escaped(&mut pattern, character),
        }
    }
    Some(pattern)
}

fn escaped(pattern: &mut String, character: char) {
    if "\\^$.|?*+()[]{}/".contains(character) {
        pattern.push('\\');
    }
    pattern.push(character);
}
