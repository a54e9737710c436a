//! Runs a definition with recorded answers, on a clock that jumps.

use crate::answers::{Answers, Given};
use asl_playground::asl::{self, Resource};
use asl_playground::engine::{
    Answer, CallId, Data, Execution, Next, Objects, Options, Outcome, Quotas, StatesError, Status, TaskCall, WorkflowType,
};
use asl_playground::json;
use asl_playground::order::Set;
use asl_playground::timestamp::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// When an execution starts whose case doesn't say.
const START: Timestamp = Timestamp(1_704_067_200_000);

/// More steps than any recorded execution takes.
const MOST_STEPS: usize = 2_000_000;

pub fn answer(case: &Value) -> Value {
    let text = match &case["definition"] {
        Value::String(text) => text.clone(),
        definition => definition.to_string(),
    };
    let parsed = json::parse(&text);
    if let Some(error) = parsed.errors.first() {
        return json!({"error": format!("the definition is not JSON: {}", error.message)});
    }
    let (definition, _) = asl::lower(&parsed.root);
    let input = match Data::given(&case["input"].to_string()) {
        Ok(input) => input,
        Err(error) => return json!({"error": format!("the input is not JSON: {}", error.message)}),
    };
    let execution = Execution::start(Arc::new(definition), input, options(case));
    Run { execution, answers: Answers::of(case), open: Vec::new(), actions: actions(case) }.run()
}

/// The circumstances of a case: the account is the one of the recordings.
pub fn options(case: &Value) -> Options {
    let express = case["type"] == "EXPRESS";
    let objects: Objects = serde_json::from_value::<HashMap<String, HashMap<String, String>>>(case["s3_objects"].clone())
        .unwrap_or_default()
        .into_iter()
        .map(|(bucket, objects)| (bucket, objects.into_iter().map(|(key, text)| (key, text.into())).collect()))
        .collect();
    Options {
        account: "111111111111".into(),
        role_arn: "arn:aws:iam::111111111111:role/StepFunctionsRole".into(),
        workflow_type: if express { WorkflowType::Express } else { WorkflowType::Standard },
        start: case["clock"].as_str().and_then(Timestamp::parse).unwrap_or(START),
        // What waits for ever is still running when the recording ends: a year must not pass.
        quotas: Quotas { duration: express, ..Quotas::default() },
        objects: Arc::new(objects),
        activities: Some(Arc::new(activities(case))),
        ..Options::default()
    }
}

/// The activities that exist: those that were called.
fn activities(case: &Value) -> Set<String> {
    let Some(tasks) = case["tasks"].as_object() else { return Set::default() };
    let called = tasks.values().flat_map(|answers| answers.as_array().into_iter().flatten());
    let arns = called.filter_map(|answer| answer["resource"].as_str());
    let placeholder = |text: &str| case["placeholders"][text].as_str().unwrap_or(text).to_owned();
    arns.map(placeholder).collect()
}

fn actions(case: &Value) -> Vec<Value> {
    case["actions"].as_array().cloned().unwrap_or_default()
}

struct Run {
    execution: Execution,
    answers: Answers,
    /// Calls that were submitted, with what comes after.
    open: Vec<(CallId, Answer)>,
    actions: Vec<Value>,
}

impl Run {
    fn run(mut self) -> Value {
        let mut steps = 0;
        loop {
            match self.execution.poll(10_000) {
                Next::Done(outcome) => return self.report(&outcome),
                Next::Working => {
                    steps += 10_000;
                    if steps > MOST_STEPS {
                        return json!({"error": "the execution doesn't end"});
                    }
                }
                Next::Wait { start, wake_at } => {
                    let called = !start.is_empty();
                    start.iter().for_each(|call| self.call(call));
                    if !called && !self.go_on(wake_at) {
                        return self.report_running();
                    }
                }
            }
        }
    }

    fn call(&mut self, call: &TaskCall) {
        let now = self.execution.now();
        let service = matches!(*call.resource, Resource::Service { .. });
        match self.answers.next(&call.state_name, &call.arguments, service) {
            None => {
                let cause = format!("no answer was recorded for the state '{}'", call.state_name);
                self.execution.handle_answer(call.id, Answer::Refused(StatesError::new("Unanswered", cause)), now);
            }
            Some(Given { submitted, answer }) => {
                if let Some(output) = submitted {
                    self.execution.handle_answer(call.id, Answer::Submitted(output), now);
                    self.open.extend(answer.map(|answer| (call.id, answer)));
                } else if let Some(answer) = answer {
                    self.execution.handle_answer(call.id, answer, now);
                }
            }
        }
    }

    /// What happens while the execution waits: a job ends, somebody acts, or time passes. False where nothing will.
    fn go_on(&mut self, wake_at: Option<Timestamp>) -> bool {
        let now = self.execution.now();
        if !self.open.is_empty() {
            let (call, answer) = self.open.remove(0);
            self.execution.handle_answer(call, answer, now);
            return true;
        }
        if !self.actions.is_empty() {
            let action = self.actions.remove(0);
            if let Some(stop) = action.get("stop_execution") {
                let text = |name: &str| stop[name].as_str().map(Arc::from);
                self.execution.handle_stop(StatesError { error: text("error"), cause: text("cause") }, now);
            }
            return true;
        }
        if let Some(at) = wake_at {
            self.execution.handle_time(at);
        }
        wake_at.is_some()
    }

    fn report(&self, outcome: &Outcome) -> Value {
        let mut report = Map::new();
        report.insert("status".into(), outcome.status.name().into());
        if let Some(output) = &outcome.output {
            report.insert("output".into(), serde_json::to_value(output.value()).unwrap_or_default());
        }
        for (name, text) in [("error", &outcome.failure.error), ("cause", &outcome.failure.cause)] {
            if let Some(text) = text {
                report.insert(name.into(), Value::from(&**text));
            }
        }
        report.insert("events".into(), self.events());
        Value::Object(report)
    }

    fn report_running(&self) -> Value {
        json!({"status": Status::Running.name(), "events": self.events()})
    }

    fn events(&self) -> Value {
        let events = self.execution.events().iter();
        events.map(|event| serde_json::to_value(event.to_value()).unwrap_or_default()).collect()
    }
}
