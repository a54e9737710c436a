//! A TestState request as a person fills it in: texts, and what of them a type of state takes.

use super::{Configuration, Exception, Level, Mock, Request, Validation};
use crate::engine::{Sent, StatesError};
use crate::spec::StateType;
use crate::timestamp::Timestamp;

/// Where the answer of a tested state comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The person's function is called.
    #[default]
    Function,
    Result,
    Error,
}

/// What is filled in; what is empty counts as not given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    pub input: String,
    pub variables: String,
    pub context: String,
    pub source: Source,
    pub result: String,
    pub validation: Validation,
    pub error: String,
    pub cause: String,
    pub level: Level,
    pub retrier_retry_count: String,
    pub error_caused_by_state: String,
    pub map_iteration_failure_count: String,
    pub map_item_reader_data: String,
}

/// Where a state's answer can come from: a Task's from its function or a mock, that of a Parallel or Map from a mock alone, and no other
/// state asks for one.
pub fn sources(state_type: StateType) -> &'static [Source] {
    match state_type {
        StateType::Task => &[Source::Function, Source::Result, Source::Error],
        StateType::Parallel | StateType::Map => &[Source::Result, Source::Error],
        _ => &[],
    }
}

impl Form {
    /// The request for a state of a machine.
    pub fn request(
        &self,
        machine: &str,
        state: &str,
        state_type: StateType,
        now: Timestamp,
        seed: u64,
    ) -> Result<Request, Exception> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        let sources = sources(state_type);
        let source = sources.iter().find(|source| **source == self.source).or(sources.first());
        let mocks = matches!(source, Some(Source::Result | Source::Error));
        let failure = || match Sent::failure(&self.error, &self.cause) {
            Sent::Failure(failure) => failure,
            _ => StatesError::default(),
        };
        let mock = mocks.then(|| match source {
            Some(Source::Error) => Mock { result: None, error_output: Some(failure()), validation: self.validation },
            _ => {
                let result = Some(given(&self.result).unwrap_or_else(|| "{}".to_owned()));
                Mock { result, error_output: None, validation: self.validation }
            }
        });
        let of_map = state_type == StateType::Map;
        let configuration = Configuration {
            retrier_retry_count: number("retrierRetryCount", &self.retrier_retry_count)?.filter(|_| !sources.is_empty()),
            error_caused_by_state: given(&self.error_caused_by_state).filter(|_| mocks && state_type != StateType::Task),
            map_iteration_failure_count: number("mapIterationFailureCount", &self.map_iteration_failure_count)?
                .map(i64::from)
                .filter(|_| of_map),
            map_item_reader_data: given(&self.map_item_reader_data).filter(|_| of_map),
        };
        Ok(Request {
            state_name: Some(state.to_owned()),
            input: given(&self.input),
            context: given(&self.context),
            variables: given(&self.variables),
            mock,
            configuration,
            level: self.level,
            played: true,
            role_arn: Some("arn:aws:iam::123456789012:role/StepFunctionsRole".into()),
            now,
            seed,
            ..Request::new(machine)
        })
    }
}

fn number(name: &str, text: &str) -> Result<Option<u32>, Exception> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Exception::validation(format!("{name} must be a whole number, not '{text}'"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::test_state::{Tested, test};

    const MACHINE: &str = r#"{"StartAt":"Each","States":{
        "Each":{"Type":"Map","ItemProcessor":{"StartAt":"Send","States":{"Send":{"Type":"Task",
            "Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":1}],"End":true}}},"Next":"Done"},
        "Done":{"Type":"Succeed"}}}"#;

    fn tested(form: &Form, state: &str, state_type: StateType) -> String {
        match form.request(MACHINE, state, state_type, Timestamp(0), 1).map(|request| test(&request, None)) {
            Ok(Tested::Done(report)) => report.to_value().to_string(),
            Ok(Tested::Call(call)) => format!("calls {}", call.resource.text()),
            Ok(Tested::Refused(exception)) | Err(exception) => exception.message,
        }
    }

    #[test]
    fn a_state_deep_in_a_machine_is_tested_by_name() {
        let mut form = Form { input: "{}".into(), ..Form::default() };
        assert_eq!(tested(&form, "Send", StateType::Task), "calls arn:aws:states:::sqs:sendMessage");
        form.source = Source::Error;
        form.error = "Busy".into();
        assert!(tested(&form, "Send", StateType::Task).starts_with(r#"{"status":"RETRIABLE","error":"Busy""#));
        form.retrier_retry_count = "1".into();
        assert!(tested(&form, "Send", StateType::Task).starts_with(r#"{"status":"FAILED","error":"Busy""#));
        form.retrier_retry_count = "many".into();
        assert_eq!(tested(&form, "Send", StateType::Task), "retrierRetryCount must be a whole number, not 'many'");
    }

    #[test]
    fn what_a_type_does_not_take_is_left_out() {
        let form = Form { source: Source::Function, result: "[1]".into(), input: "[1]".into(), ..Form::default() };
        assert_eq!(tested(&form, "Each", StateType::Map), r#"{"status":"SUCCEEDED","output":"[1]","nextState":"Done"}"#);
        let form =
            Form { source: Source::Error, input: "{\"a\":1}".into(), map_iteration_failure_count: "3".into(), ..Form::default() };
        assert_eq!(tested(&form, "Done", StateType::Succeed), r#"{"status":"SUCCEEDED","output":"{\"a\":1}"}"#);
    }
}
