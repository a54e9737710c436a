use super::*;
use crate::value::Value;

fn asked(definition: &str) -> Request {
    Request { role_arn: Some("arn:aws:iam::123456789012:role/r".into()), level: Level::Trace, ..Request::new(definition) }
}

fn mocked(definition: &str, result: &str) -> Request {
    Request { mock: Some(Mock { result: Some(result.into()), ..Mock::default() }), ..asked(definition) }
}

fn failing(definition: &str, error: &str) -> Request {
    Request { mock: Some(Mock { error_output: Some(StatesError::named(error)), ..Mock::default() }), ..asked(definition) }
}

fn report(request: &Request, answer: Option<Answer>) -> Report {
    match test(request, answer) {
        Tested::Done(report) => report,
        other => panic!("{other:?}"),
    }
}

/// A member of `inspectionData`, as it is told.
fn seen(request: &Request, member: &str) -> Option<String> {
    let inspection = report(request, None).inspection.unwrap();
    inspection.get(member).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

fn refusal(request: &Request) -> String {
    match test(request, None) {
        Tested::Refused(exception) => exception.message,
        other => format!("{other:?}"),
    }
}

#[test]
fn variables_are_those_after_the_state() {
    let given = |definition: &str| Request { variables: Some(r#"{"a":1,"b":1}"#.into()), ..asked(definition) };
    let assigns = r#"{"Type":"Pass","Assign":{"b":2,"c":3},"End":true}"#;
    assert_eq!(seen(&given(assigns), "variables").as_deref(), Some(r#"{"a":1,"b":2,"c":3}"#));
    let catches = r#"{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{},
        "Catch":[{"ErrorEquals":["Busy"],"Assign":{"why.$":"$.Error"},"Next":"X"}],"End":true}"#;
    assert_eq!(seen(&failing(catches, "Busy"), "variables").as_deref(), Some(r#"{"why":"Busy"}"#));
}

const READS: &str = r#"{"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
    "ReaderConfig":{"InputType":"JSON","ItemsPointer":"/rows"},"Parameters":{"Bucket":"b","Key":"k"}},
    "ItemSelector":{"n.$":"$$.Map.Item.Value"},"ItemBatcher":{"MaxItemsPerBatch":2},
    "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"In","States":{"In":{"Type":"Pass","End":true}}},
    "End":true}"#;

#[test]
fn a_map_goes_over_what_its_reader_is_said_to_read() {
    let mut request = mocked(READS, "[]");
    assert_eq!(seen(&request, "afterItemSelector"), None);
    request.configuration.map_item_reader_data = Some(r#"{"rows":[1,2,3]}"#.into());
    assert_eq!(seen(&request, "afterItemsPointer").as_deref(), Some("[1,2,3]"));
    assert_eq!(seen(&request, "afterItemSelector").as_deref(), Some(r#"[{"n":1},{"n":2},{"n":3}]"#));
    let batches = r#"[{"Items":[{"n":1},{"n":2}]},{"Items":[{"n":3}]}]"#;
    assert_eq!(seen(&request, "afterItemBatcher").as_deref(), Some(batches));
    request.configuration.map_item_reader_data = Some(r#"{"rows":1}"#.into());
    let failure = report(&request, None).failure;
    assert_eq!(failure.error.as_deref(), Some("States.ItemReaderFailed"));
}

#[test]
fn an_error_comes_from_a_state_inside() {
    let mut request = failing(READS, "Busy");
    request.configuration.error_caused_by_state = Some("In".into());
    assert_eq!(report(&request, None).status, "FAILED");
    request.configuration.error_caused_by_state = Some("Out".into());
    assert!(refusal(&request).starts_with("stateConfiguration.errorCausedByState names 'Out'"));
}

#[test]
fn a_state_inside_a_map_is_its_first_iteration() {
    let machine = r#"{"StartAt":"Each","States":{"Each":{"Type":"Map","ItemProcessor":{"StartAt":"In","States":{
        "In":{"Type":"Pass","Parameters":{"item.$":"$$.Map.Item"},"End":true}}},"End":true}}}"#;
    let request = Request { state_name: Some("In".into()), input: Some("7".into()), ..asked(machine) };
    let output = report(&request, None).output.unwrap().to_string();
    assert_eq!(output, r#"{"item":{"Index":0,"Value":7,"Source":"STATE_DATA"}}"#);
}

#[test]
fn what_needs_a_mock_is_refused_without() {
    let task = |resource: &str| asked(&format!(r#"{{"Type":"Task","Resource":"{resource}","Parameters":{{}},"End":true}}"#));
    for resource in [
        "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:us-east-1:123456789012:activity:a",
    ] {
        assert_eq!(refusal(&task(resource)), format!("'{resource}' can be tested only with a mock"));
        assert!(matches!(test(&Request { played: true, ..task(resource) }, None), Tested::Call(_)));
    }
    let pass = Request { context: Some("{}".into()), ..asked(r#"{"Type":"Pass","End":true}"#) };
    assert_eq!(refusal(&pass), "a context object can be given only together with a mock");
}

#[test]
fn what_a_request_may_hold() {
    let task = r#"{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{},"End":true}"#;
    let nameless = Mock { error_output: Some(StatesError::default()), ..Mock::default() };
    assert_eq!(refusal(&Request { mock: Some(nameless), ..asked(task) }), "mock.errorOutput needs an error");
    assert_eq!(refusal(&failing(task, &"x".repeat(257))), "mock.errorOutput.error is longer than 256 characters");
    let long = Request { input: Some(format!("\"{}\"", "x".repeat(262_143))), ..asked(task) };
    assert_eq!(refusal(&long), "input is longer than 262144 bytes");
    let unnamed = Request { state_name: Some(String::new()), ..asked(task) };
    assert_eq!(refusal(&unnamed), "stateName must have 1 to 80 characters");
}

#[test]
fn a_job_is_held_against_its_description() {
    let sync = r#"{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{},"End":true}"#;
    let missing = "Mock result schema validation error: Required field 'StateMachineArn' is missing";
    assert_eq!(refusal(&mocked(sync, r#"{"ExecutionArn":"a","StartDate":"d"}"#)), missing);
    let whole = r#"{"ExecutionArn":"a","StateMachineArn":"m","Status":"SUCCEEDED","StartDate":1,"Output":{}}"#;
    assert_eq!(report(&mocked(sync, whole), None).status, "SUCCEEDED");
}

#[test]
fn a_definition_is_a_state_or_a_machine_with_a_name() {
    let machine = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#;
    assert!(refusal(&asked(machine)).contains("These fields are required: [Type]"), "{}", refusal(&asked(machine)));
    let state = Request { state_name: Some("A".into()), ..asked(r#"{"Type":"Pass","End":true}"#) };
    assert!(refusal(&state).contains("These fields are required: [States, StartAt]"), "{}", refusal(&state));
}

#[test]
fn an_http_task_shows_request_and_response() {
    let task = r#"{"Type":"Task","Resource":"arn:aws:states:::http:invoke","Parameters":{"Method":"GET",
        "ApiEndpoint":"https://example.com/a","Headers":{"h":"1"},"QueryParameters":{"q":"a b"},"RequestBody":{"m":1}},"End":true}"#;
    let result = r#"{"Headers":{"date":["now"]},"ResponseBody":{"ok":true},"StatusCode":200,"StatusText":"OK"}"#;
    let answer = || Some(Answer::Succeeded(json::value_of(result).unwrap()));
    let inspection = report(&asked(task), answer()).inspection.unwrap();
    let shown = |name: &str| inspection.get(name).map(Value::to_string).unwrap();
    assert_eq!(
        shown("request"),
        r#"{"protocol":"https","method":"GET","url":"https://example.com/a?q=a%20b","headers":"[h: 1, User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1, Range: bytes=0-262144]","body":"{\"m\":1}"}"#
    );
    assert_eq!(
        shown("response"),
        r#"{"protocol":"https","statusCode":"200","statusMessage":"OK","headers":"[date: now]","body":"{\"ok\":true}"}"#
    );
    let plain = Request { level: Level::Debug, ..asked(task) };
    assert!(report(&plain, answer()).inspection.unwrap().get("request").is_none());
}
