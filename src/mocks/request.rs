//! What a function is given.

use super::names::{best_name, invoked_function, names, short_function_name};
use crate::asl::Resource;
use crate::engine::TaskCall;
use crate::query::digest::md5;
use crate::timestamp::Timestamp;
use crate::value::{Key, Value, quoted};
use std::fmt::Write;

/// The key of the function's `context` under which the execution's context object, the attempt and the task's token stand.
const OWN_KEY: &str = "stepFunctions";

/// One call of a function, ready to be sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// Names the request as AWS would: a UUID, the same for the same execution and call.
    pub request_id: String,
    /// Where a function is looked for.
    pub names: Vec<String>,
    /// What the function is called in its own context, in messages and for a stub.
    pub function: String,
    pub event: Value,
    pub context: Value,
}

impl Request {
    /// The request for a Task's call, at a time of the workflow.
    pub fn new(call: &TaskCall, now: Timestamp) -> Request {
        let request_id = request_id(call);
        let function = best_name(&call.resource, &call.arguments);
        Request {
            names: names(&call.resource, &call.state_name, &call.arguments),
            event: event(call),
            context: context(call, &request_id, &function, now),
            request_id,
            function,
        }
    }

    /// The message to the worker, in one JSON text; `limit` is in milliseconds.
    pub fn message(&self, id: u64, limit: i64) -> String {
        let mut text = String::with_capacity(512 + self.event.size() + self.context.size());
        let names: Vec<String> = self.names.iter().map(|name| quoted(name)).collect();
        // Writing to a `String` never fails.
        let _ = write!(
            text,
            r#"{{"id":{id},"limit":{limit},"names":[{}],"event":{},"context":{}}}"#,
            names.join(","),
            self.event,
            self.context
        );
        text
    }
}

/// A function invoked through `lambda:invoke` gets the `Payload`, an empty object where there is none; all else what the call sends.
fn event(call: &TaskCall) -> Value {
    if !matches!(call.resource.service(), Some(("lambda" | "aws-sdk:lambda", "invoke"))) {
        return call.arguments.clone();
    }
    match call.arguments.get("Payload") {
        None | Some(Value::Null) => Value::empty_object(),
        Some(payload) => payload.clone(),
    }
}

/// Lambda's context object for Node.js, less its functions, with what Step Functions knows under a key of its own.
fn context(call: &TaskCall, request_id: &str, function: &str, now: Timestamp) -> Value {
    let date = now.to_string();
    let stream = format!("{}/[$LATEST]{}", date[..date.len().min(10)].replace('-', "/"), request_id.replace('-', ""));
    let token = call.token.clone().map(|token| (Key::from("taskToken"), Value::String(token)));
    let own = [("context".into(), call.context.clone()), ("attempt".into(), Value::from(i64::from(call.attempt)))];
    let own = Value::object(own.into_iter().chain(token));
    object([
        ("awsRequestId", request_id.into()),
        ("functionName", function.into()),
        ("functionVersion", "$LATEST".into()),
        ("invokedFunctionArn", function_arn(call, function).into()),
        ("memoryLimitInMB", "128".into()),
        ("logGroupName", format!("/aws/lambda/{function}").into()),
        ("logStreamName", stream.into()),
        ("callbackWaitsForEmptyEventLoop", true.into()),
        (OWN_KEY, own),
    ])
}

/// The ARN as the definition or `FunctionName` has it; made up from the name where that is no ARN.
fn function_arn(call: &TaskCall, function: &str) -> String {
    let text: &str = match &*call.resource {
        Resource::Service { .. } => invoked_function(&call.resource, &call.arguments).unwrap_or(function),
        resource => resource.text(),
    };
    match text.starts_with("arn:") {
        true => text.to_owned(),
        false => format!("arn:aws:lambda:us-east-1:123456789012:function:{}", short_function_name(text)),
    }
}

/// A UUID of the execution and the call's number.
fn request_id(call: &TaskCall) -> String {
    let execution = call.context.get("Execution").and_then(|execution| execution.get("Id")).and_then(Value::as_str);
    let hex = md5(format!("{}#{}", execution.unwrap_or_default(), call.id.0).as_bytes());
    format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

pub(super) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::object(members.map(|(key, value)| (Key::from(key), value)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::asl::StateId;
    use crate::engine::{CallId, RunId};
    use crate::json::value_of;

    /// A call of a Task named `Pay`.
    pub fn call(resource: &str, arguments: &str) -> TaskCall {
        TaskCall {
            id: CallId(7),
            run: RunId(0),
            state: StateId(0),
            state_name: "Pay".into(),
            resource: Resource::parse(resource).into(),
            arguments: value_of(arguments).unwrap(),
            context: value_of(r#"{"Execution":{"Id":"arn:aws:states:us-east-1:123456789012:execution:m:e"}}"#).unwrap(),
            attempt: 2,
            deadline: None,
            token: None,
        }
    }

    fn request(resource: &str, arguments: &str) -> Request {
        Request::new(&call(resource, arguments), Timestamp(0))
    }

    #[test]
    fn an_invoked_function_gets_its_payload() {
        let invoke = "arn:aws:states:::lambda:invoke";
        for (arguments, event) in [
            (r#"{"FunctionName":"pay","Payload":{"n":1}}"#, r#"{"n":1}"#),
            (r#"{"FunctionName":"pay","Payload":"text"}"#, r#""text""#),
            (r#"{"FunctionName":"pay","Payload":null}"#, "{}"),
            (r#"{"FunctionName":"pay"}"#, "{}"),
        ] {
            assert_eq!(request(invoke, arguments).event.to_string(), event);
        }
        assert_eq!(request("arn:aws:states:::sns:publish", r#"{"Payload":1}"#).event.to_string(), r#"{"Payload":1}"#);
    }

    #[test]
    fn the_context_is_that_of_lambda_with_a_key_of_its_own() {
        let request = request("arn:aws:lambda:us-east-1:123456789012:function:pay:PROD", "{}");
        let text = |key: &str| request.context.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(text("functionName"), "pay");
        assert_eq!(text("invokedFunctionArn"), "arn:aws:lambda:us-east-1:123456789012:function:pay:PROD");
        assert_eq!(text("awsRequestId"), request.request_id);
        let own = request.context.get("stepFunctions").unwrap();
        assert_eq!(own.get("attempt").and_then(Value::as_i64), Some(2));
        assert!(own.get("context").unwrap().get("Execution").is_some());
    }

    #[test]
    fn a_name_becomes_an_arn() {
        let arn = request("arn:aws:states:::lambda:invoke", r#"{"FunctionName":"pay:PROD"}"#);
        let arn = arn.context.get("invokedFunctionArn").and_then(Value::as_str).map(str::to_owned);
        assert_eq!(arn.as_deref(), Some("arn:aws:lambda:us-east-1:123456789012:function:pay"));
    }

    #[test]
    fn the_message_is_json() {
        let message = request("${Fn}", r#"{"a":"\"\n"}"#).message(3, 10_000);
        let message = value_of(&message).unwrap();
        assert_eq!(message.get("id").and_then(Value::as_i64), Some(3));
        assert_eq!(message.get("event").unwrap().to_string(), r#"{"a":"\"\n"}"#);
        assert_eq!(message.get("names").unwrap().at(1).and_then(Value::as_str), Some("${Fn}"));
    }
}
