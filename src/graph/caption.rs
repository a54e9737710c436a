//! What a card says in small, and its glyph: by service for a Task, by type for everything else.

use super::Kind;
use crate::json::Node;
use crate::spec::{self, ServiceKind, service_title};

/// The caption and the glyph of a state.
pub fn of(kind: Kind, state: &Node) -> (String, &'static str) {
    match kind {
        Kind::Task => task(state.text("Resource").unwrap_or_default()),
        Kind::Map if is_distributed(state) => ("Map · distributed".to_owned(), "state-map"),
        Kind::Unknown => (state.text("Type").unwrap_or("no type").to_owned(), "help"),
        _ => (kind.name().to_owned(), type_glyph(kind)),
    }
}

/// What the second row of a Map's header says before a run: the items, and how many run at once.
pub fn map_detail(state: &Node) -> String {
    let written = |field| state.text(field);
    let items = match (written("ItemsPath").or_else(|| written("Items")), state.get("ItemReader")) {
        (Some(path), _) => {
            let path = path.strip_prefix("{%").unwrap_or(path);
            path.strip_suffix("%}").unwrap_or(path).trim().to_owned()
        }
        (None, Some(_)) => "items read from S3".to_owned(),
        (None, None) if state.get("Items").is_some() => "items written here".to_owned(),
        (None, None) => "each item of the input".to_owned(),
    };
    match state.get("MaxConcurrency").and_then(Node::as_number).and_then(|most| most.as_i64()) {
        Some(1) => format!("{items}, one after another"),
        Some(most) if most > 1 => format!("{items}, at most {most} at once"),
        _ => items,
    }
}

fn is_distributed(state: &Node) -> bool {
    let config = state.get("ItemProcessor").and_then(|processor| processor.get("ProcessorConfig"));
    config.and_then(|config| config.get("Mode")).and_then(Node::as_str) == Some("DISTRIBUTED")
}

fn type_glyph(kind: Kind) -> &'static str {
    match kind {
        Kind::Pass => "state-pass",
        Kind::Choice => "state-choice",
        Kind::Wait => "state-wait",
        Kind::Succeed => "state-succeed",
        Kind::Fail => "state-fail",
        Kind::Parallel => "state-parallel",
        Kind::Map => "state-map",
        _ => "state-task",
    }
}

fn task(resource: &str) -> (String, &'static str) {
    let parts = arn_parts(resource);
    match parts[..] {
        [_, _, "lambda", _, _, "function", ..] => ("Lambda function".to_owned(), "service-function"),
        [_, _, "states", _, _, "activity", ..] => ("Activity".to_owned(), "state-task"),
        [_, _, "states", _, _, "aws-sdk", service, action, ..] => integration(service, action),
        [_, _, "states", _, _, service, action, ..] => integration(service, action),
        _ => ("Task".to_owned(), "state-task"),
    }
}

/// The parts of an ARN between its colons; a `${…}` of a template is one part, colons and all.
fn arn_parts(resource: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, character) in resource.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => {
                parts.push(&resource[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&resource[start..]);
    parts
}

fn integration(service: &str, action: &str) -> (String, &'static str) {
    let name = service_title(service);
    let glyph = spec::service(service).map_or("state-task", |service| glyph(service.kind));
    let (action, pattern) = action.split_once('.').unwrap_or((action, ""));
    let caption = match pattern {
        "waitForTaskToken" => format!("{name} · wait for callback"),
        "sync" => format!("{name} · run a job"),
        _ => format!("{name} {action}"),
    };
    (caption, glyph)
}

/// The glyph of a service's kind.
fn glyph(kind: ServiceKind) -> &'static str {
    match kind {
        ServiceKind::Function => "service-function",
        ServiceKind::Queue => "service-queue",
        ServiceKind::Topic => "service-topic",
        ServiceKind::Table => "service-table",
        ServiceKind::Bucket => "service-bucket",
        ServiceKind::Job => "service-job",
        ServiceKind::Bus => "service-bus",
        ServiceKind::Http => "service-http",
        ServiceKind::Workflow => "service-workflow",
        ServiceKind::Other => "state-task",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn captions_and_glyphs_of_tasks() {
        let cases = [
            ("arn:aws:states:::lambda:invoke", "Lambda invoke", "service-function"),
            ("arn:aws:lambda:eu-west-1:123456789012:function:f", "Lambda function", "service-function"),
            ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "SQS · wait for callback", "service-queue"),
            ("arn:aws:states:::states:startExecution.sync:2", "Step Functions · run a job", "service-workflow"),
            ("arn:aws:states:::aws-sdk:s3:getObject", "S3 getObject", "service-bucket"),
            ("arn:${AWS::Partition}:states:::sns:publish", "SNS publish", "service-topic"),
            ("arn:aws:states:::aws-sdk:polly:startSpeechSynthesisTask", "Polly startSpeechSynthesisTask", "state-task"),
            ("arn:aws:states:us-east-1:123456789012:activity:Approve", "Activity", "state-task"),
            ("${FunctionArn}", "Task", "state-task"),
            ("", "Task", "state-task"),
        ];
        for (resource, caption, glyph) in cases {
            assert_eq!(task(resource), (caption.to_owned(), glyph), "{resource}");
        }
    }

    #[test]
    fn maps_say_what_they_go_over() {
        let cases = [
            (r#"{"ItemsPath": "$.sightings", "MaxConcurrency": 2}"#, "$.sightings, at most 2 at once"),
            (r#"{"Items": "{% $states.input.rows %}", "MaxConcurrency": 1}"#, "$states.input.rows, one after another"),
            (r#"{"ItemReader": {}}"#, "items read from S3"),
            (r#"{"Items": [1]}"#, "items written here"),
            (r#"{}"#, "each item of the input"),
        ];
        for (state, detail) in cases {
            assert_eq!(map_detail(&parse(state).root), detail, "{state}");
        }
    }
}
