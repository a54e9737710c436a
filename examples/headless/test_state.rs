//! Answers TestState requests; what a real service answered stands in the case where there is no mock.

use asl_playground::engine::test_state::{Configuration, Level, Mock, Request, Tested, Validation, test};
use asl_playground::engine::{Answer, StatesError};
use asl_playground::timestamp::Timestamp;
use asl_playground::value;
use serde_json::{Value, json};

pub fn answer(case: &Value) -> Value {
    let request = request(case);
    let mut tested = test(&request, None);
    if let Tested::Call(_) = tested {
        tested = test(&request, Some(task_answer(&case["task"])));
    }
    match tested {
        Tested::Done(report) => serde_json::to_value(report.to_value()).unwrap_or_default(),
        Tested::Refused(exception) => json!({"exception": {"code": exception.code, "message": exception.message}}),
        Tested::Call(call) => json!({"error": format!("'{}' calls once more", call.state_name)}),
    }
}

fn request(case: &Value) -> Request {
    let given = &case["request"];
    let text = |name: &str| match (&given[name], &given[format!("{name}_text")]) {
        (Value::Null, Value::String(text)) => Some(text.clone()),
        (Value::Null, _) if !given.as_object().is_some_and(|given| given.contains_key(name)) => None,
        (value, _) => Some(value.to_string()),
    };
    let definition = match &given["definition"] {
        Value::String(text) => text.clone(),
        _ => text("definition").unwrap_or_default(),
    };
    let configuration = &given["stateConfiguration"];
    // The role was left out of the cases: a task that is called, or mocked, had one.
    let has_role = !given["mock"].is_null() || !case["task"].is_null();
    Request {
        state_name: given["stateName"].as_str().map(str::to_owned),
        input: text("input"),
        context: text("context"),
        variables: text("variables"),
        mock: mock(&given["mock"]),
        configuration: Configuration {
            retrier_retry_count: configuration["retrierRetryCount"].as_u64().map(|count| count as u32),
            error_caused_by_state: configuration["errorCausedByState"].as_str().map(str::to_owned),
            map_iteration_failure_count: configuration["mapIterationFailureCount"].as_i64(),
            map_item_reader_data: configuration["mapItemReaderData"].as_str().map(str::to_owned),
        },
        level: given["inspectionLevel"].as_str().and_then(Level::parse).unwrap_or_default(),
        reveal_secrets: given["revealSecrets"] == true,
        role_arn: has_role.then(|| "arn:aws:iam::111111111111:role/TestRole".into()),
        account: "111111111111".into(),
        now: case["clock"].as_str().and_then(Timestamp::parse).unwrap_or(Timestamp(1_704_067_200_000)),
        ..Request::new(definition)
    }
}

fn mock(mock: &Value) -> Option<Mock> {
    mock.as_object()?;
    Some(Mock {
        result: mock["result"].as_str().map(str::to_owned),
        error_output: mock.get("errorOutput").map(failure),
        validation: mock["fieldValidationMode"].as_str().and_then(Validation::parse).unwrap_or_default(),
    })
}

fn failure(given: &Value) -> StatesError {
    let text = |name: &str| given[name].as_str().map(Into::into);
    StatesError { error: text("error"), cause: text("cause") }
}

fn task_answer(task: &Value) -> Answer {
    match task.get("throw") {
        Some(thrown) => Answer::Failed(failure(thrown)),
        None => Answer::Succeeded(value::Value::from(&task["return"])),
    }
}
