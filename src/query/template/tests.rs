use super::*;
use crate::json::{parse, value_of};
use crate::timestamp::Timestamp;

fn evaluated(template: &str, input: &str) -> String {
    let (template, problems) = Template::compile(&parse(template).root);
    assert!(problems.is_empty(), "{problems:?}");
    let input = value_of(input).unwrap();
    let context = value_of(r#"{"State":{"Name":"Pay"}}"#).unwrap();
    let variables = value_of(r#"{"who":{"name":"Ann"}}"#).unwrap();
    let scope = Scope { input: &input, context: &context, variables: variables.as_object().unwrap() };
    match template.evaluate(&scope, &mut Env::new(Timestamp(0), 1)) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{}: {error}", error.name()),
    }
}

#[test]
fn only_fields_with_the_suffix_are_worked_out() {
    for (template, input, value) in [
        (r#"{"a.$":"$.x","b":"$.x"}"#, r#"{"x":1}"#, r#"{"a":1,"b":"$.x"}"#),
        (r#"{"a":[{"b.$":"$"},"$.x",{"c":{}}]}"#, r#"{"x":1}"#, r#"{"a":[{"b":{"x":1}},"$.x",{"c":{}}]}"#),
        (r#"{"a.$":"$$.State.Name","b.$":"$who.name","c.$":"$who"}"#, "{}", r#"{"a":"Pay","b":"Ann","c":{"name":"Ann"}}"#),
        (r#"{"a.$":"States.Format('{} {}', $.x, $who.name)"}"#, r#"{"x":1}"#, r#"{"a":"1 Ann"}"#),
        (r#"{"a.$":"$.missing[*].x"}"#, "{}", r#"{"a":[]}"#),
        (r#"{"a.$":"$.x[5]"}"#, r#"{"x":[1]}"#, r#"{"a":null}"#),
        ("[1,[2]]", "{}", "[1,[2]]"),
    ] {
        assert_eq!(evaluated(template, input), value, "{template}");
    }
}

#[test]
fn tells_what_is_missing_in_the_words_of_the_service() {
    for (template, message) in [
        (
            r#"{"v":{"value.$":"$.no.such"}}"#,
            r#"States.Runtime: The JSONPath '$.no.such' specified for the field 'value.$' could not be found in the input '{"other":1}'"#,
        ),
        (
            r#"{"v.$":"States.Format('{}', States.Format('{}', $.nope))"}"#,
            concat!(
                r"States.Runtime: The function 'States.Format('{}', States.Format('{}', $.nope))' had the following error: ",
                r#"The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'"#,
            ),
        ),
        (
            r#"{"v.$":"States.Array($.other[0])"}"#,
            concat!(
                "States.Runtime: The function 'States.Array($.other[0])' had the following error: ",
                "Filter: [0] can only be applied to arrays. Current context is: 1",
            ),
        ),
    ] {
        assert_eq!(evaluated(template, r#"{"other":1}"#), message);
    }
}

#[test]
fn constants_are_shared() {
    let (template, _) = Template::compile(&parse(r#"{"big":[1,2,3],"x.$":"$"}"#).root);
    let input = Value::Null;
    let evaluate = || template.evaluate(&Scope::of(&input), &mut Env::new(Timestamp(0), 1)).unwrap();
    let big = |value: &Value| value.get("big").and_then(Value::as_array).cloned().unwrap();
    assert!(big(&evaluate()).same(&big(&evaluate())));
    assert!(Template::compile(&parse(r#"{"a":{"b":[1]}}"#).root).0.constant().is_some());
}

#[test]
fn problems_point_into_the_string() {
    for (template, within, message) in [
        (r#"{"a.$":1}"#, None, "`a.$` must be a path or an intrinsic call in a string, not a number"),
        (r#"{"a.$":"$.x["}"#, None, ""),
        (r#"{"a.$":"$.x[a]"}"#, Some((3, 6)), "not a path: Could not parse token starting at position 3. Expected ?, ', 0-9, * "),
        (r#"{"a.$":"States.Foo()"}"#, Some((0, 10)), "no intrinsic function named `States.Foo`"),
        (r#"{"a.$":"States.Array($.b[a])"}"#, Some((16, 19)), "not a path"),
        (r#"{"a.$":"x"}"#, Some((0, 1)), "no intrinsic function named `x`"),
        (r#"{"a":1,"a.$":"$"}"#, None, "`a.$` and the same name without `.$` both stand here"),
        (r#"{"a.$":"$","a":1}"#, None, "`a.$` and the same name without `.$` both stand here"),
    ] {
        let (_, problems) = Template::compile(&parse(template).root);
        let found = problems.first().map(|problem| (problem.within.map(|span| (span.start, span.end)), problem.to_string()));
        match found {
            Some((span, text)) => {
                assert_eq!(span, within, "{template}: {text}");
                assert!(!message.is_empty() && text.starts_with(message), "{template}: {text}");
            }
            None => assert_eq!(message, "", "{template}"),
        }
    }
}

#[test]
fn the_deepest_template_needs_no_deep_stack() {
    let run = || {
        let depth = crate::json::MAX_DEPTH / 2;
        let text = format!("{}\"$\"{}", "[{\"a.$\":\"$\",\"b\":".repeat(depth), "}]".repeat(depth));
        let (template, problems) = Template::compile(&parse(&text).root);
        assert!(problems.is_empty());
        let input = Value::from(1);
        let value = template.evaluate(&Scope::of(&input), &mut Env::new(Timestamp(0), 1)).unwrap();
        assert_eq!(value.depth(), 1000);
        let deep = template.evaluate(&Scope::of(&Value::array(vec![value])), &mut Env::new(Timestamp(0), 1));
        assert!(deep.is_err_and(|error| matches!(error.kind, TemplateErrorKind::TooDeep)));
    };
    std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).unwrap().join().unwrap();
}
