//! Turns a state of JSONPath into the same state of JSONata.
//!
//! What has no counterpart that means the same (filters, wildcards, operators that compare times of day) is left alone: then there is no
//! conversion, rather than one that is nearly right.

mod choice;
mod expression;

use crate::check::{Fix, Machine, Options, State};
use crate::json::{Kind, Node};
use crate::spec::{QueryLanguage, StateType};
use crate::value::{Key, Value, quoted, write_pretty};
use expression::{Base, dynamic, path};

/// The edit that turns the state at an offset into JSONata; nothing where that isn't possible.
pub fn to_jsonata(text: &str, offset: usize) -> Option<Fix> {
    let parsed = crate::json::parse(text);
    if !parsed.errors.is_empty() {
        return None;
    }
    let options = Options::default();
    let machine = Machine::new(text, &parsed.root, &options);
    let at = |state: &&State| state.key.span.to(state.node.span).touches(offset);
    let state = machine.states.iter().filter(at).min_by_key(|state| state.node.span.len())?;
    if state.language != QueryLanguage::JsonPath || !state.typed {
        return None;
    }
    let value = Value::object(members_of(state)?);
    let line = text[..state.key.span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent: String = text[line..].chars().take_while(|character| matches!(character, ' ' | '\t')).collect();
    let written = write_pretty(&value).replace('\n', &format!("\n{indent}"));
    Some(Fix::replace(format!("Convert `{}` to JSONata", state.name()), state.node.span, written))
}

/// The members of what is converted, in their order.
type Members = Vec<(Key, Value)>;

fn members_of(state: &State) -> Option<Members> {
    let mut members = Members::new();
    let base = input_of(state)?;
    for member in state.node.members() {
        let (name, value) = (&*member.key.text, &member.value);
        let (name, value) = match name {
            "Type" => {
                members.push(("Type".into(), value.to_value()));
                ("QueryLanguage", Value::from("JSONata"))
            }
            "QueryLanguage" | "InputPath" | "OutputPath" | "ResultPath" | "ResultSelector" | "Result" => continue,
            "Parameters" => match state.kind {
                StateType::Task | StateType::Parallel => ("Arguments", template(value, &base)?),
                StateType::Map => ("ItemSelector", template(value, &base)?),
                _ => continue,
            },
            "ItemSelector" => (name, template(value, &base)?),
            "ItemsPath" => ("Items", expression(path(value.as_str()?, &base)?)),
            "Assign" => (name, template(value, &assigned_from(state)?)?),
            "Catch" => (name, each(value, &catcher)?),
            "Choices" => (name, each(value, &|rule| choice::rule(rule, &base))?),
            "Credentials" | "ItemReader" | "ItemBatcher" | "ResultWriter" => (name, nested(value, &base)?),
            _ => match name.strip_suffix("Path") {
                Some(plain) => (plain, expression(dynamic(value.as_str()?, &base)?)),
                None => (name, value.to_value()),
            },
        };
        members.push((name.into(), value));
    }
    if matches!(state.kind, StateType::Task | StateType::Parallel) && state.get("Parameters").is_none() && base != Base::input() {
        members.push(("Arguments".into(), expression(base.text.clone())));
    }
    if let Some(output) = output(state, &base)? {
        members.push(("Output".into(), output));
    }
    Some(members)
}

/// A list with each of its elements converted.
fn each(list: &Node, convert: &dyn Fn(&Node) -> Option<Value>) -> Option<Value> {
    let mut items = Vec::new();
    for element in list.elements() {
        items.push(convert(element)?);
    }
    Some(Value::array(items))
}

/// What `$` stands for in most fields of the state.
fn input_of(state: &State) -> Option<Base> {
    match state.get("InputPath") {
        None => Some(Base::input()),
        Some(value) if value.kind == Kind::Null => Some(Base { text: "{}".to_owned() }),
        Some(value) => Some(Base { text: path(value.as_str()?, &Base::input())? }),
    }
}

/// What `$` stands for in `Assign`: the result, or what a state without one gets.
fn assigned_from(state: &State) -> Option<Base> {
    match state.kind {
        StateType::Task | StateType::Parallel | StateType::Map => Some(Base::result()),
        StateType::Pass if state.get("Result").is_some() || state.get("Parameters").is_some() => None,
        _ => Some(Base::input()),
    }
}

/// `Output` for what result, `ResultSelector`, `ResultPath` and `OutputPath` make together; none where it is what comes by itself.
fn output(state: &State, base: &Base) -> Option<Option<Value>> {
    let has_result = matches!(state.kind, StateType::Task | StateType::Parallel | StateType::Map);
    // The result as a value, and whether the state passes it on by itself.
    let (result, by_itself) = match (state.get("Result"), state.get("Parameters"), state.get("ResultSelector")) {
        (_, _, Some(selector)) if has_result => (template(selector, &Base::result())?, false),
        _ if has_result => (expression(Base::result().text), true),
        (Some(result), _, _) if state.kind == StateType::Pass => (result.to_value(), false),
        (None, Some(parameters), _) if state.kind == StateType::Pass => (template(parameters, base)?, false),
        _ => (expression(base.text.clone()), *base == Base::input()),
    };
    let (placed, by_itself) = match state.get("ResultPath") {
        None => (result, by_itself),
        Some(value) if value.kind == Kind::Null => (expression(Base::input().text), !has_result),
        Some(value) => match placed(value.as_str()?, &result)? {
            Some(placed) => (placed, false),
            None => (result, by_itself),
        },
    };
    Some(match state.get("OutputPath") {
        None => (!by_itself).then_some(placed),
        Some(value) if value.kind == Kind::Null => Some(Value::empty_object()),
        Some(value) if value.as_str() == Some("$") => (!by_itself).then_some(placed),
        Some(value) => {
            let whole = expression::of_value(&placed)?;
            Some(expression(path(value.as_str()?, &Base { text: format!("({whole})") })?))
        }
    })
}

/// The input with the result at a path; none where the path is the whole.
fn placed(at: &str, result: &Value) -> Option<Option<Value>> {
    let steps = expression::names(at)?;
    if steps.is_empty() {
        return Some(None);
    }
    let mut text = expression::of_value(result)?;
    for depth in (0..steps.len()).rev() {
        let around = Base::input().with_names(&steps[..depth]);
        text = format!("$merge([{around}, {{{}: {text}}}])", quoted(&steps[depth]));
    }
    Some(Some(expression(text)))
}

fn catcher(catcher: &Node) -> Option<Value> {
    let error = Base { text: "$states.errorOutput".to_owned() };
    let mut members = Members::new();
    for member in catcher.members() {
        let (name, value) = match &*member.key.text {
            "ResultPath" if member.value.kind == Kind::Null => ("Output", expression(Base::input().text)),
            "ResultPath" => match placed(member.value.as_str()?, &expression(error.text.clone()))? {
                Some(output) => ("Output", output),
                None => continue,
            },
            name @ "Assign" => (name, template(&member.value, &error)?),
            name => (name, member.value.to_value()),
        };
        members.push((name.into(), value));
    }
    Some(Value::object(members))
}

/// Objects of a Map or a Task with fields of their own: `Parameters` is called `Arguments`, `…Path` fields lose their ending.
fn nested(value: &Node, base: &Base) -> Option<Value> {
    let mut members = Members::new();
    for member in value.members() {
        let (name, value) = (&*member.key.text, &member.value);
        let (name, value) = match name {
            "Parameters" => ("Arguments", template(value, base)?),
            "BatchInput" => (name, template(value, base)?),
            "ReaderConfig" | "WriterConfig" => (name, nested(value, base)?),
            _ => match name.strip_suffix(".$").or(name.strip_suffix("Path")) {
                Some(plain) => (plain, expression(dynamic(value.as_str()?, base)?)),
                None => (name, value.to_value()),
            },
        };
        members.push((name.into(), value));
    }
    Some(Value::object(members))
}

/// A payload template as JSON with expressions in it.
fn template(node: &Node, base: &Base) -> Option<Value> {
    match &node.kind {
        Kind::Array(_) => each(node, &|element| template(element, base)),
        Kind::Object(_) => {
            let mut members = Members::new();
            for member in node.members() {
                let (name, value) = match member.key.text.strip_suffix(".$") {
                    Some(name) => (name, expression(dynamic(member.value.as_str()?, base)?)),
                    None => (&*member.key.text, template(&member.value, base)?),
                };
                members.push((name.into(), value));
            }
            Some(Value::object(members))
        }
        _ => Some(node.to_value()),
    }
}

/// The string that stands for an expression.
fn expression(text: String) -> Value {
    Value::from(format!("{{% {text} %}}").as_str())
}

#[cfg(test)]
mod tests {
    use super::to_jsonata;
    use crate::check::{Options, check};

    /// The members of the converted state, without white space.
    fn converted(state: &str) -> Option<String> {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {state}, "B": {{"Type": "Succeed"}}}}}}"#);
        let fix = to_jsonata(&text, text.find("Type").expect("each has one"))?;
        let fixed = fix.apply(&text);
        let problems = check(&fixed, &Options::default());
        assert!(problems.runnable(), "{fixed}\n{:?}", problems.diagnostics);
        let body = crate::json::parse(&fix.edits[0].1).root.to_value();
        Some(body.to_string())
    }

    #[test]
    fn a_task_with_all_its_paths() {
        let state = r#"{"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "InputPath": "$.order",
            "Parameters": {"Message.$": "States.Format('{} of {}', $.id, $$.Execution.Id)", "n": 1}, "ResultSelector": {"id.$": "$.MessageId"},
            "ResultPath": "$.sent.first", "TimeoutSecondsPath": "$.limit",
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}], "Next": "B"}"#;
        assert_eq!(
            converted(state).unwrap(),
            concat!(
                r#"{"Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:states:::sns:publish","#,
                r#""Arguments":{"Message":"{% $states.input.order.id & ' of ' & $states.context.Execution.Id %}","n":1},"#,
                r#""TimeoutSeconds":"{% $states.input.order.limit %}","#,
                r#""Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $merge([$states.input, {\"error\": $states.errorOutput}]) %}","Next":"B"}],"#,
                r#""Next":"B","#,
                r#""Output":"{% $merge([$states.input, {\"sent\": $merge([$states.input.sent, {\"first\": {\"id\": $states.result.MessageId}}])}]) %}"}"#,
            )
        );
    }

    #[test]
    fn states_without_a_result() {
        for (state, body) in [
            (
                r#"{"Type": "Pass", "Result": {"a": 1}, "ResultPath": "$.b", "Next": "B"}"#,
                r#"{"Type":"Pass","QueryLanguage":"JSONata","Next":"B","Output":"{% $merge([$states.input, {\"b\": {\"a\": 1}}]) %}"}"#,
            ),
            (
                r#"{"Type": "Pass", "Parameters": {"x.$": "$.y[0]", "z.$": "$v.w"}, "Next": "B"}"#,
                r#"{"Type":"Pass","QueryLanguage":"JSONata","Next":"B","Output":{"x":"{% $states.input.y[0] %}","z":"{% $v.w %}"}}"#,
            ),
            (
                r#"{"Type": "Wait", "SecondsPath": "$.a-b", "Next": "B"}"#,
                r#"{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% $states.input.`a-b` %}","Next":"B"}"#,
            ),
            (
                r#"{"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": 3}, {"Not": {"Variable": "$.s", "StringMatches": "a*.b"}}], "Next": "B"}], "Default": "B"}"#,
                r#"{"Type":"Choice","QueryLanguage":"JSONata","Choices":[{"Condition":"{% ($type($states.input.n) = 'number' and $states.input.n > 3) and ($not($type($states.input.s) = 'string' and $contains($states.input.s, /^a.*\\.b$/))) %}","Next":"B"}],"Default":"B"}"#,
            ),
        ] {
            assert_eq!(converted(state).as_deref(), Some(body));
        }
    }

    #[test]
    fn what_has_no_counterpart_stays() {
        for state in [
            r#"{"Type": "Pass", "InputPath": "$..x", "Next": "B"}"#,
            r#"{"Type": "Pass", "InputPath": "$.a[?(@.b > 1)]", "Next": "B"}"#,
            r#"{"Type": "Pass", "QueryLanguage": "JSONata", "Next": "B"}"#,
        ] {
            assert_eq!(converted(state), None, "{state}");
        }
    }
}
