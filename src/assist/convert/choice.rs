//! Choice rules as conditions.

use super::expression::{Base, path, string};
use super::{expression, template};
use crate::json::{Kind, Node};
use crate::spec::{self, Operand};
use crate::value::Value;

/// `Choices` with a `Condition` in each rule.
pub fn rules(value: &Node, base: &Base) -> Option<Value> {
    let rule = |rule: &Node| {
        let mut members = vec![("Condition", expression(condition(rule, base)?))];
        for member in rule.members() {
            match &*member.key.text {
                "Assign" => members.push(("Assign", template(&member.value, &Base::input())?)),
                name @ ("Next" | "Comment") => members.push((name, member.value.to_value())),
                _ => {}
            }
        }
        Some(Value::object(members.into_iter().map(|(name, value)| (name.into(), value))))
    };
    Some(Value::array(value.elements().iter().map(rule).collect::<Option<_>>()?))
}

fn condition(rule: &Node, base: &Base) -> Option<String> {
    let joined = |rules: &Node, word: &str| {
        let parts = rules.elements().iter().map(|rule| {
            let part = condition(rule, base)?;
            Some(if part.contains(" and ") || part.contains(" or ") { format!("({part})") } else { part })
        });
        Some(parts.collect::<Option<Vec<_>>>()?.join(word))
    };
    if let Some(rules) = rule.get("And") {
        return joined(rules, " and ");
    }
    if let Some(rules) = rule.get("Or") {
        return joined(rules, " or ");
    }
    if let Some(rule) = rule.get("Not") {
        return Some(format!("$not({})", condition(rule, base)?));
    }
    let variable = path(rule.get("Variable")?.as_str()?, base)?;
    let test = rule.members().iter().find_map(|member| Some((spec::operator(&member.key.text)?, &member.value)))?;
    comparison(&variable, test.0, test.1, base)
}

fn comparison(variable: &str, operator: &spec::Operator, value: &Node, base: &Base) -> Option<String> {
    let holds = |condition: String| match &value.kind {
        Kind::Bool(true) => Some(condition),
        Kind::Bool(false) => Some(format!("$not({condition})")),
        _ => None,
    };
    match operator.name {
        "IsPresent" => return holds(format!("$exists({variable})")),
        "IsNull" => return holds(format!("{variable} = null")),
        "IsString" => return holds(format!("$type({variable}) = 'string'")),
        "IsNumeric" => return holds(format!("$type({variable}) = 'number'")),
        "IsBoolean" => return holds(format!("$type({variable}) = 'boolean'")),
        "StringMatches" => {
            let pattern = pattern(value.as_str()?)?;
            return Some(format!("$type({variable}) = 'string' and $contains({variable}, /^{pattern}$/)"));
        }
        _ => {}
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
    let millis = |text: &str| format!("$toMillis({text})");
    // Comparing with `<` fails in JSONata where the kinds differ; in JSONPath it is simply false.
    Some(match (kind, sign) {
        ("Timestamp", _) => format!("{} {sign} {}", millis(variable), millis(&other)),
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
