//! What AWS's API answers about a definition: CreateStateMachine, ValidateStateMachineDefinition, DescribeStateMachine, StartExecution.

use super::{AwsAnswer, Checked, Diagnostic, Severity};

/// AWS's answer to one problem: recorded where it is known, else ours.
pub fn answer(diagnostic: &Diagnostic) -> AwsAnswer {
    diagnostic.aws.clone().unwrap_or_else(|| AwsAnswer {
        code: super::SCHEMA_VALIDATION_FAILED,
        message: diagnostic.message.clone(),
        location: Some(diagnostic.location.clone()),
    })
}

/// The problems for which AWS refuses the definition, in its order and words.
pub fn errors(checked: &Checked) -> Vec<AwsAnswer> {
    let errors = checked.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    let mut answers: Vec<AwsAnswer> = errors.map(answer).collect();
    // A text that isn't JSON isn't looked at further.
    if let Some(first) = answers.iter().find(|answer| answer.code == INVALID_JSON) {
        return vec![first.clone()];
    }
    // A definition that contradicts the schema isn't looked at further; the transitions come after it.
    if answers.iter().any(|answer| answer.code == super::SCHEMA_VALIDATION_FAILED) {
        answers.retain(|answer| answer.code == super::SCHEMA_VALIDATION_FAILED);
    }
    answers
}

/// AWS's code for a text that isn't JSON (API reference, ValidateStateMachineDefinitionDiagnostic).
pub(super) const INVALID_JSON: &str = "INVALID_JSON_DESCRIPTION";

/// The message of the exception InvalidDefinition; none where AWS accepts the definition.
pub fn invalid_definition(checked: &Checked) -> Option<String> {
    let answers = errors(checked);
    let texts: Vec<String> = answers
        .iter()
        .map(|answer| format!("{}: {} at {}", answer.code, answer.message, answer.location.as_deref().unwrap_or("null")))
        .collect();
    (!texts.is_empty()).then(|| format!("Invalid State Machine Definition: '{}'", texts.join(", ")))
}

/// The message of the exception InvalidExecutionInput; none where the text is JSON.
pub fn invalid_input(text: &str) -> Option<String> {
    Some(format!("Invalid State Machine Execution Input: '{}'", super::input::jackson_message(text)?))
}
