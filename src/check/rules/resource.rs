//! The `Resource` of a Task: a placeholder, a malformed ARN, or something an Express workflow can't call.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::machine::Object;
use crate::json::Node;
use crate::spec::{Arn, Pattern, Place, WorkflowType, arn};
use crate::text::Span;

/// `Resource` holds an ARN. Lessons and templates leave parts of it open: that runs here, matching mocks by its text, but AWS refuses it.
pub(super) fn resource(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, object) in machine.objects.iter().enumerate() {
        if !matches!(object.place, Place::State(_) | Place::ItemReader | Place::ResultWriter) {
            continue;
        }
        let Some((value, text)) = object.node.with_text("Resource") else { continue };
        match Arn::parse(text) {
            Ok(resource) if matches!(object.place, Place::State(_)) => {
                found.extend(refused_by_express(machine, object, index, value, &resource));
                found.extend(unknown_pattern(value, &resource));
            }
            Ok(_) => {}
            Err(problem) => found.push(malformed(value, text, &problem)),
        }
    }
}

fn malformed(value: &Node, text: &str, problem: &arn::Problem) -> Diagnostic {
    match problem {
        arn::Problem::Placeholder(part) => {
            let message = match *part == text {
                true => format!("`{text}` is a placeholder, not an ARN"),
                false => format!("`{part}` in this ARN is a placeholder"),
            };
            Diagnostic::warning("placeholder-resource", value.span, message)
                .help("AWS refuses it until it is filled in; here it runs, with the mock function that matches this text")
        }
        arn::Problem::Blank(repaired) => Diagnostic::error("malformed-arn", value.span, "there is a space in this ARN")
            .help(format!("write `{repaired}`"))
            .fix(Fix::replace("Remove the spaces", value.span, crate::value::quoted(repaired)).safe())
            .runs_anyway(),
        arn::Problem::Malformed { message, help, repaired } => {
            let problem = Diagnostic::error("malformed-arn", value.span, *message).help(*help).runs_anyway();
            let Some(repaired) = repaired else { return problem };
            let fix = Fix::replace(format!("Change to `{repaired}`"), value.span, crate::value::quoted(repaired));
            problem.fix(fix.safe())
        }
    }
}

/// Express workflows know no activities, no `.sync` and no `.waitForTaskToken`; each of AWS's three messages is recorded.
fn refused_by_express(machine: &Machine, object: &Object, index: usize, value: &Node, resource: &Arn) -> Option<Diagnostic> {
    if !is_express(machine, object) {
        return None;
    }
    // AWS's message for callbacks has two blanks before the place.
    let message = match (resource.is_activity(), resource.pattern()) {
        (true, _) => "Express state machine does not support Activity ARN",
        (_, Some(Pattern::Sync | Pattern::Sync2)) => "Express state machine does not support '.sync' service integration",
        (_, Some(Pattern::WaitForTaskToken)) => "Express state machine does not support '.waitForTaskToken' service integration ",
        _ => return None,
    };
    let problem = Diagnostic::recorded(value.span, message, machine.aws_field(index, "Resource")).runs_anyway();
    Some(problem.help("use a Standard workflow, or the action without waiting for its end"))
}

/// Whether the state runs in an Express execution: the machine's own, or a child of a distributed Map.
fn is_express(machine: &Machine, object: &Object) -> bool {
    let mut scope = object.scope;
    loop {
        let content = &machine.scopes[scope];
        match content.node.get("ProcessorConfig").and_then(|config| config.text("ExecutionType")) {
            Some(kind) => return kind == WorkflowType::Express.name(),
            None => match content.owner {
                Some(owner) => scope = machine.states[owner].scope,
                None => return machine.options.workflow_type == WorkflowType::Express,
            },
        }
    }
}

/// An optimised integration offers some patterns only; AWS says which in the guide's table of integrations.
fn unknown_pattern(value: &Node, resource: &Arn) -> Option<Diagnostic> {
    let integration = resource.integration()?;
    let pattern = resource.pattern()?;
    if pattern == Pattern::RequestResponse || integration.endings.contains(&pattern.suffix()) {
        return None;
    }
    let text = value.as_str()?;
    let plain = text.strip_suffix(pattern.suffix())?;
    let at = value.span.end - 1 - pattern.suffix().len();
    let call = integration.call;
    let message = format!("`{call}` can't be called with `{}`", pattern.suffix());
    let mut offered = format!("`{call}`");
    for ending in integration.endings {
        offered.push_str(&format!(", `{call}{ending}`"));
    }
    Some(
        Diagnostic::error("unknown-pattern", Span::new(at, value.span.end - 1), message)
            .help(format!("it is offered as {offered}"))
            .fix(Fix::replace("Call it without waiting", value.span, crate::value::quoted(plain)))
            .runs_anyway(),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, check_express, fixed};

    #[test]
    fn placeholders() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "Next": "B", "Resource": "Provide-Lambda-Function-Arn" },
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `Provide-Lambda-Function-Arn` is a placeholder, not an ARN
    "B": { "Type": "Task", "Next": "C", "Resource": "${PayFunctionArn}" },
                                                  //^^^^^^^^^^^^^^^^^^^ warning: `${PayFunctionArn}` is a placeholder, not an ARN
    "C": { "Type": "Task", "End": true, "Resource": "arn:aws:lambda:REGION:ACCOUNT_ID:function:FUNCTION_NAME" } } }
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `REGION` in this ARN is a placeholder
"#,
        );
    }

    #[test]
    fn what_no_filling_in_mends() {
        let text = r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "Next": "B", "Resource": "${PayFunctionArn" },
                                                  //^^^^^^^^^^^^^^^^^^ error: this placeholder is not closed
    "B": { "Type": "Task", "Next": "C", "Resource": "arn:aws:lambda:REGION:ACCOUNT_ID:function:pay:$*#" },
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this ARN ends in no version or alias
    "C": { "Type": "Task", "Next": "D", "Resource": "arn:aws:lambda:${Region}:${Account}:function:pay:${Alias}" },
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `${Region}` in this ARN is a placeholder
    "D": { "Type": "Task", "Next": "E", "Resource": "arn:aws:s3:::bucket/key" },
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^ error: this ARN names nothing that a state calls
    "E": { "Type": "Task", "Next": "F", "Resource": "$.function" },
                                                  //^^^^^^^^^^^^ error: a `Resource` is not worked out
    "F": { "Type": "Task", "End": true, "QueryLanguage": "JSONata", "Resource": "{% $f %}" } } }
                                                                              //^^^^^^^^^^ error: a `Resource` is not worked out
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `${PayFunctionArn}`").contains(r#""${PayFunctionArn}" }"#));
    }

    #[test]
    fn a_blank_in_an_arn() {
        let text = r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "End": true, "Resource": "arn:aws:states::: sqs:sendMessage.waitForTaskToken" } } }
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: there is a space in this ARN
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Remove the spaces").contains(r#""arn:aws:states:::sqs:sendMessage.waitForTaskToken" }"#));
    }

    #[test]
    fn what_express_refuses() {
        check_express(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "End": true, "Resource": "arn:aws:states:::states:startExecution.sync:2" } } }
                                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: Express state machine does not support '.sync' service integration
"#,
        );
    }

    #[test]
    fn a_pattern_that_is_not_offered() {
        check(
            r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "End": true, "Resource": "arn:aws:states:::dynamodb:putItem.sync" } } }
                                                                                    //^^^^^ error: `dynamodb:putItem` can't be called with `.sync`
"#,
        );
    }
}
