//! Which functions may serve a Task, by name.

use crate::asl::Resource;
use crate::text::behind_last;
use crate::value::Value;

/// The names under which a Task's function is looked for, the first that exists being taken: the state's name, the full ARN (of
/// `lambda:invoke` its `FunctionName`), the function's short name or `service:action`, `handler`, `default`.
///
/// `.sync`, `.sync:2`, `.waitForTaskToken` and `aws-sdk:` don't count; an activity goes by its name, a text that is no ARN by itself.
pub fn names(resource: &Resource, state: &str, arguments: &Value) -> Vec<String> {
    let mut names = vec![state.to_owned()];
    match resource {
        Resource::Lambda(arn) | Resource::Other(arn) => names.extend(function_names(arn)),
        Resource::Activity(arn) => names.extend([arn.to_string(), last_part(arn).to_owned()]),
        Resource::Service { arn, .. } => {
            let called = invoked_function(resource, arguments);
            names.extend(called.into_iter().flat_map(function_names));
            names.push(arn.to_string());
            if let Some(call) = service_action(resource) {
                let prefix = arn.split(":::").next().unwrap_or_default();
                names.extend([format!("{prefix}:::{call}"), call]);
            }
        }
    }
    names.extend(["handler".to_owned(), "default".to_owned()]);
    let mut seen = Vec::with_capacity(names.len());
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// What the function of a Task would best be called: its short name, or `service:action`.
pub fn best_name(resource: &Resource, arguments: &Value) -> String {
    match resource {
        Resource::Lambda(arn) | Resource::Other(arn) => short_function_name(arn).to_owned(),
        Resource::Activity(arn) => last_part(arn).to_owned(),
        Resource::Service { arn, .. } => match invoked_function(resource, arguments) {
            Some(function) => short_function_name(function).to_owned(),
            None => service_action(resource).unwrap_or_else(|| arn.to_string()),
        },
    }
}

/// The `FunctionName` of an optimised or SDK call of a function; none of any other call.
pub(super) fn invoked_function<'a>(resource: &Resource, arguments: &'a Value) -> Option<&'a str> {
    match resource.service()? {
        ("lambda" | "aws-sdk:lambda", "invoke") => arguments.get("FunctionName")?.as_str(),
        _ => None,
    }
}

/// `sns:publish`, without the pattern and without `aws-sdk:`.
pub(super) fn service_action(resource: &Resource) -> Option<String> {
    let (service, action) = resource.service()?;
    Some(format!("{}:{action}", service.strip_prefix("aws-sdk:").unwrap_or(service)))
}

fn function_names(function: &str) -> [String; 2] {
    [function.to_owned(), short_function_name(function).to_owned()]
}

/// `pay` of `arn:aws:lambda:eu-west-1:123456789012:function:pay:PROD`, of `123456789012:function:pay` and of `pay:PROD`.
///
/// The forms that Lambda's Invoke takes as `FunctionName`. Anything else, such as a placeholder, is a name as it stands.
pub(super) fn short_function_name(function: &str) -> &str {
    if let Some(rest) = behind_last(function, ":function:") {
        return rest.split(':').next().unwrap_or(rest);
    }
    match function.split_once(':') {
        Some((name, qualifier)) if is_function_name(name) && !qualifier.contains(':') => name,
        _ => function,
    }
}

fn is_function_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::value_of;

    fn names_of(resource: &str, arguments: &str) -> Vec<String> {
        let mut names = names(&Resource::parse(resource), "Pay", &value_of(arguments).unwrap());
        assert_eq!(names.remove(0), "Pay");
        assert_eq!(names.split_off(names.len() - 2), ["handler", "default"]);
        names
    }

    #[test]
    fn functions() {
        let arn = "arn:aws:lambda:us-east-1:123456789012:function:pay:PROD";
        assert_eq!(names_of(arn, "{}"), [arn, "pay"]);
        let placeholder = "arn:aws:lambda:REGION:ACCOUNT_ID:function:FUNCTION_NAME";
        assert_eq!(names_of(placeholder, "{}"), [placeholder, "FUNCTION_NAME"]);
        for text in ["Provide-Lambda-Function-Arn", "${PayFunction}", "<REGION>:x"] {
            assert_eq!(names_of(text, "{}"), [text]);
        }
    }

    #[test]
    fn invoked_functions_go_by_their_name() {
        let invoke = "arn:aws:states:::lambda:invoke";
        for (name, short) in [
            ("pay", "pay"),
            ("pay:$LATEST", "pay"),
            ("123456789012:function:pay", "pay"),
            ("arn:aws:lambda:us-east-1:123456789012:function:pay:1", "pay"),
            ("arn:aws:lambda:us-east-1:123456789012:function:function:PROD", "function"),
        ] {
            let found = names_of(&format!("{invoke}.waitForTaskToken"), &format!(r#"{{"FunctionName":"{name}"}}"#));
            let mut expected = vec![name];
            expected.extend((short != name).then_some(short));
            expected.extend(["arn:aws:states:::lambda:invoke.waitForTaskToken", invoke, "lambda:invoke"]);
            assert_eq!(found, expected);
        }
        assert_eq!(names_of(invoke, r#"{"FunctionName":7}"#), [invoke, "lambda:invoke"]);
    }

    #[test]
    fn services_go_without_pattern_and_sdk_prefix() {
        assert_eq!(names_of("arn:aws:states:::sns:publish", "{}"), ["arn:aws:states:::sns:publish", "sns:publish"]);
        assert_eq!(
            names_of("arn:aws-cn:states:::states:startExecution.sync:2", "{}"),
            [
                "arn:aws-cn:states:::states:startExecution.sync:2",
                "arn:aws-cn:states:::states:startExecution",
                "states:startExecution"
            ]
        );
        assert_eq!(
            names_of("arn:aws:states:::aws-sdk:s3:getObject", "{}"),
            ["arn:aws:states:::aws-sdk:s3:getObject", "arn:aws:states:::s3:getObject", "s3:getObject"]
        );
    }

    #[test]
    fn activities_go_by_their_name() {
        let arn = "arn:aws:states:us-east-1:123456789012:activity:review";
        assert_eq!(names_of(arn, "{}"), [arn, "review"]);
    }

    #[test]
    fn the_best_name_is_the_short_one() {
        let best = |resource: &str, arguments: &str| best_name(&Resource::parse(resource), &value_of(arguments).unwrap());
        assert_eq!(best("arn:aws:states:::lambda:invoke", r#"{"FunctionName":"pay:PROD"}"#), "pay");
        assert_eq!(best("arn:aws:states:::lambda:invoke", "{}"), "lambda:invoke");
        assert_eq!(best("arn:aws:states:::aws-sdk:dynamodb:putItem", "{}"), "dynamodb:putItem");
        assert_eq!(best("${Fn}", "{}"), "${Fn}");
    }
}
