//! What AWS would make of a function's reply.

use super::message::{Reply, Thrown};
use super::request::object;
use super::{Request, response};
use crate::asl::{Pattern, Resource};
use crate::engine::{Answer, StatesError};
use crate::float;
use crate::timestamp::Timestamp;
use crate::value::{MAX_DEPTH, Value};

/// Who answers a Task, which decides the form of results and errors.
enum Service {
    /// A function called by its ARN.
    Function,
    /// `lambda:invoke`, which wraps the function's result.
    Invoke,
    /// `aws-sdk:lambda:invoke`, which wraps errors too.
    SdkInvoke,
    /// Any other service, and activities.
    Other,
}

/// The answer that a reply gives to the Task's call; `limit` is how long a call may take, in milliseconds.
pub fn answer(resource: &Resource, request: &Request, reply: Reply, limit: i64, now: Timestamp) -> Answer {
    let service = service(resource);
    match reply {
        Reply::Returned(result) => Answer::Succeeded(returned(service, resource, request, result, now)),
        // Nothing to send back: a task that awaits its token goes on awaiting it, whether it has a function or not.
        Reply::Nothing | Reply::Missing(_) if resource.awaits_token() => Answer::Submitted(Value::empty_object()),
        Reply::Nothing => Answer::Succeeded(returned(service, resource, request, Value::Null, now)),
        Reply::Thrown(error) => thrown(service, &error),
        Reply::TooLarge(_) => thrown(service, &too_large()),
        Reply::TooDeep => thrown(service, &too_deep()),
        Reply::TimedOut => Answer::Failed(timed_out(request, limit)),
        Reply::Missing(exports) => Answer::Refused(missing(request, &exports)),
    }
}

/// The error of a function that took too long, as Lambda gives it.
pub fn timed_out(request: &Request, limit: i64) -> StatesError {
    let message =
        format!("RequestId: {} Error: Task timed out after {} seconds", request.request_id, float::fixed(limit as f64 / 1000.0, 2));
    let cause = object([("errorType", "Sandbox.Timedout".into()), ("errorMessage", message.into())]);
    StatesError::new("Sandbox.Timedout", cause.to_string())
}

fn service(resource: &Resource) -> Service {
    match resource {
        Resource::Lambda(_) | Resource::Other(_) => Service::Function,
        Resource::Activity(_) => Service::Other,
        Resource::Service { .. } => match resource.service() {
            Some(("lambda", "invoke")) => Service::Invoke,
            Some(("aws-sdk:lambda", "invoke")) => Service::SdkInvoke,
            _ => Service::Other,
        },
    }
}

fn returned(service: Service, resource: &Resource, request: &Request, result: Value, now: Timestamp) -> Value {
    match service {
        // What a token came back with is nobody's to wrap.
        _ if resource.pattern() == Pattern::WaitForTaskToken => result,
        Service::Invoke => response::optimised(result, request, now),
        Service::SdkInvoke => response::sdk(&result, false),
        Service::Function | Service::Other => result,
    }
}

fn thrown(service: Service, error: &Thrown) -> Answer {
    match service {
        Service::Function | Service::Invoke => Answer::Failed(StatesError::new(&error.name, lambda_error(error).to_string())),
        Service::SdkInvoke => Answer::Succeeded(response::sdk(&lambda_error(error), true)),
        Service::Other => Answer::Failed(StatesError::new(&error.name, &error.message)),
    }
}

/// What Lambda's runtime for Node.js reports of an error.
fn lambda_error(error: &Thrown) -> Value {
    let trace = error.trace.iter().map(|line| Value::from(line.as_str())).collect();
    object([
        ("errorType", error.name.as_str().into()),
        ("errorMessage", error.message.as_str().into()),
        ("trace", Value::array(trace)),
    ])
}

/// In Lambda's words: quotas, "Invocation payload (request and response)".
fn too_large() -> Thrown {
    Thrown {
        name: "Function.ResponseSizeTooLarge".into(),
        message: "Response payload size exceeded maximum allowed payload size (6291556 bytes).".into(),
        trace: Vec::new(),
    }
}

fn too_deep() -> Thrown {
    Thrown {
        name: "Error".into(),
        message: format!("The function's result nests deeper than {MAX_DEPTH} levels"),
        trace: Vec::new(),
    }
}

/// Our own error, no error of the workflow: the run stops there.
fn missing(request: &Request, exports: &[String]) -> StatesError {
    let exports = match exports {
        [] => "nothing is exported".to_owned(),
        names => format!("these are exported: '{}'", names.join("', '")),
    };
    let state = request.names.first().map_or("", String::as_str);
    StatesError::new("NoFunction", format!("'{state}' calls '{}', and no function has that name: {exports}", request.function))
}

#[cfg(test)]
mod tests {
    use super::super::request::tests::call;
    use super::*;
    use crate::json::value_of;

    const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:pay";
    const INVOKE: &str = "arn:aws:states:::lambda:invoke";

    fn answer_to(resource: &str, arguments: &str, reply: Reply) -> Answer {
        let call = call(resource, arguments);
        let request = Request::new(&call, Timestamp(0));
        answer(&call.resource, &request, reply, 10_000, Timestamp(0))
    }

    fn error() -> Thrown {
        let trace = vec!["SNS.NotFoundException: gone".into(), "    at pay (functions.js:1:2)".into()];
        Thrown { name: "SNS.NotFoundException".into(), message: "gone".into(), trace }
    }

    /// Output, or error and cause, as one text.
    fn shown(answer: Answer) -> String {
        match answer {
            Answer::Succeeded(output) => output.to_string(),
            Answer::Failed(error) => format!("{} {}", error.error.unwrap_or_default(), error.cause.unwrap_or_default()),
            Answer::Refused(error) => format!("refused {}", error.cause.unwrap_or_default()),
            Answer::Submitted(_) => "submitted".into(),
        }
    }

    #[test]
    fn an_error_of_a_function_is_described_as_lambda_does() {
        let described = r#"SNS.NotFoundException {"errorType":"SNS.NotFoundException","errorMessage":"gone","trace":["SNS.NotFoundException: gone","    at pay (functions.js:1:2)"]}"#;
        for resource in [FUNCTION, "${Fn}", INVOKE] {
            assert_eq!(shown(answer_to(resource, "{}", Reply::Thrown(error()))), described, "{resource}");
        }
    }

    #[test]
    fn an_error_of_another_service_stands_as_it_is() {
        for resource in ["arn:aws:states:::sns:publish", "arn:aws:states:us-east-1:123456789012:activity:a"] {
            assert_eq!(shown(answer_to(resource, "{}", Reply::Thrown(error()))), "SNS.NotFoundException gone");
        }
    }

    #[test]
    fn invoke_wraps_its_result() {
        let wrapped = answer_to(INVOKE, r#"{"FunctionName":"pay"}"#, Reply::Returned(value_of(r#"{"paid":true}"#).unwrap()));
        let Answer::Succeeded(output) = wrapped else { panic!("{wrapped:?}") };
        assert_eq!(output.get("Payload").unwrap().to_string(), r#"{"paid":true}"#);
        assert_eq!(output.get("StatusCode").unwrap().to_string(), "200");
        let headers = output.get("SdkHttpMetadata").and_then(|metadata| metadata.get("HttpHeaders")).unwrap();
        assert_eq!(headers.get("Content-Length").unwrap().as_str(), Some("13"));
    }

    #[test]
    fn nothing_leaves_a_token_awaited() {
        for resource in ["arn:aws:states:::lambda:invoke.waitForTaskToken", "arn:aws:states:us-east-1:123456789012:activity:a"] {
            assert_eq!(shown(answer_to(resource, "{}", Reply::Nothing)), "submitted");
            assert_eq!(shown(answer_to(resource, "{}", Reply::Missing(Vec::new()))), "submitted");
            assert_eq!(shown(answer_to(resource, "{}", Reply::Returned(Value::Null))), "null");
        }
        assert_eq!(shown(answer_to(FUNCTION, "{}", Reply::Nothing)), "null");
    }

    #[test]
    fn invoke_with_a_token_gives_what_came_back_with_it() {
        let resource = format!("{INVOKE}.waitForTaskToken");
        assert_eq!(shown(answer_to(&resource, "{}", Reply::Returned(Value::from(1)))), "1");
    }

    #[test]
    fn the_sdk_hands_errors_on_as_results() {
        let resource = "arn:aws:states:::aws-sdk:lambda:invoke";
        let Answer::Succeeded(output) = answer_to(resource, "{}", Reply::Thrown(error())) else { panic!() };
        assert_eq!(output.get("FunctionError").unwrap().as_str(), Some("Unhandled"));
        assert!(output.get("Payload").unwrap().as_str().unwrap().contains("gone"));
    }

    #[test]
    fn a_call_over_its_limit_fails_as_a_lambda_that_timed_out() {
        let shown = shown(answer_to("arn:aws:states:::sns:publish", "{}", Reply::TimedOut));
        assert!(shown.starts_with(r#"Sandbox.Timedout {"errorType":"Sandbox.Timedout","errorMessage":"RequestId: "#), "{shown}");
        assert!(shown.ends_with(r#" Error: Task timed out after 10.00 seconds"}"#), "{shown}");
    }

    #[test]
    fn a_result_may_be_too_large_or_too_deep() {
        assert!(shown(answer_to(FUNCTION, "{}", Reply::TooLarge(7_000_000))).starts_with("Function.ResponseSizeTooLarge {"));
        assert!(shown(answer_to(FUNCTION, "{}", Reply::TooDeep)).contains("nests deeper than"));
    }

    #[test]
    fn a_missing_function_is_no_error_of_the_workflow() {
        let missing = |exports: &[&str]| Reply::Missing(exports.iter().map(|name| name.to_string()).collect());
        assert_eq!(
            shown(answer_to(FUNCTION, "{}", missing(&["a", "b"]))),
            "refused 'Pay' calls 'pay', and no function has that name: these are exported: 'a', 'b'"
        );
        assert!(shown(answer_to(FUNCTION, "{}", missing(&[]))).ends_with("nothing is exported"));
    }
}
