//! `states:startExecution` of a machine that is known to the run: an execution inside the execution.

use super::event::Data;
use super::run::{Run, RunId, Start};
use super::world::{Named, World};
use super::{Answer, KnownMachine, Options, Outcome, StatesError, Status, WorkflowType};
use crate::asl::{Definition, Pattern, Resource};
use crate::timestamp::Timestamp;
use crate::value::{Key, Value};
use crate::{json, spec};
use std::sync::Arc;

/// Most executions inside an execution, and most inside one another: a machine that starts itself would never end.
const MOST_RUNS: u32 = 100_000;
const MOST_DEEP: u32 = 50;

/// What a call of `startExecution` comes to.
pub(super) enum Started {
    /// A run to start, and what the call itself answers.
    New(Box<Start>, Value),
    /// A run that goes on already with the same name and input.
    Known(RunId, Value),
}

/// None where another service is called or the machine isn't known.
pub(super) fn start(resource: &Resource, arguments: &Value, depth: u32, world: &mut World) -> Option<Result<Started, StatesError>> {
    let machine_name = resource.started_machine(arguments)?;
    let options = world.options.clone();
    let KnownMachine { definition: machine, workflow_type } = match options.machines.get(machine_name) {
        Some(known) => known.clone(),
        None => KnownMachine {
            definition: world.machine.clone().filter(|_| *options.machine_name == *machine_name)?,
            workflow_type: options.workflow_type,
        },
    };
    let input = match arguments.get("Input") {
        None | Some(Value::Null) => Ok(Data::Value(Value::empty_object())),
        Some(Value::String(text)) => given(text),
        Some(value) => Ok(Data::Value(value.clone())),
    };
    let input = match input {
        Ok(input) => input,
        Err(failure) => return Some(Err(failure)),
    };
    let name = arguments.get("Name").and_then(Value::as_str).map(Arc::<str>::from);
    if let Some(name) = name.as_deref().filter(|name| spec::execution_name_problem(name, options.quotas.names).is_some()) {
        return Some(Err(refused("InvalidName", &format!("Invalid Name: '{name}'"), world)));
    }
    let chosen = name.is_some() && workflow_type == WorkflowType::Standard;
    let name = name.unwrap_or_else(|| world.random.uuid().into());
    let arn: Arc<str> = options.execution_arn(machine_name, &name, workflow_type, world).into();
    if let Some(known) = world.named.iter().find(|known| chosen && known.arn == arn) {
        return Some(match !known.over && known.input.text() == input.text() {
            true => Ok(Started::Known(known.run, answer_of(&known.arn, known.start))),
            false => Err(refused("ExecutionAlreadyExists", &format!("Execution Already Exists: '{arn}'"), world)),
        });
    }
    if world.runs_promised >= MOST_RUNS || depth >= MOST_DEEP {
        let cause = format!("No more than {MOST_RUNS} executions run inside one, and {MOST_DEEP} inside one another.");
        return Some(Err(StatesError::new("StepFunctions.ExecutionLimitExceededException", cause)));
    }
    if chosen {
        let run = RunId(world.runs_promised);
        world.named.push(Named { arn: arn.clone(), input: input.clone(), start: world.now, run, over: false });
    }
    let answer = answer_of(&arn, world.now);
    let start = Start {
        machine,
        scope: Definition::TOP,
        input,
        name,
        arn,
        machine_arn: options.arn_of(machine_name).into(),
        machine_name: machine_name.into(),
        workflow_type,
        parent: None,
        depth: depth + 1,
        item: None,
    };
    Some(Ok(Started::New(Box::new(start), answer)))
}

fn answer_of(arn: &Arc<str>, start: Timestamp) -> Value {
    Value::object([("ExecutionArn".into(), Value::String(arn.clone())), ("StartDate".into(), Value::from(start.to_string()))])
}

/// What the service refuses, in the form that is recorded of `StateMachineDoesNotExist`.
fn refused(code: &str, message: &str, world: &mut World) -> StatesError {
    let request = world.random.uuid();
    let cause =
        format!("{message} (Service: AWSStepFunctions; Status Code: 400; Error Code: {code}; Request ID: {request}; Proxy: null)");
    StatesError::new(&format!("StepFunctions.{code}Exception"), cause)
}

fn given(text: &str) -> Result<Data, StatesError> {
    match json::value_of(text) {
        Ok(value) => Ok(Data::Text(Arc::new((text.into(), value)))),
        Err(_) => {
            let cause = format!("Invalid State Machine Execution Input: '{text}'");
            Err(StatesError::new("StepFunctions.InvalidExecutionInputException", cause))
        }
    }
}

/// What a `.sync` call is answered when the execution it started is over: the result, or `States.TaskFailed` with the execution's description.
///
/// `.sync:2` gives the output as JSON, `.sync` as its text.
pub(super) fn answer(child: &Run, resource: &Resource) -> Option<Answer> {
    let outcome = child.outcome.as_ref()?;
    let parsed = resource.pattern() == Pattern::Sync && resource.text().ends_with(".sync:2");
    let description = describe(child, outcome, parsed);
    Some(match outcome.status {
        Status::Succeeded => Answer::Succeeded(description),
        _ => Answer::Failed(StatesError::new(super::fault::TASK_FAILED, description.to_string()).within_limits()),
    })
}

/// An execution that is over, as DescribeExecution tells of it inside a workflow; `parsed` gives the output as JSON.
pub(super) fn describe(child: &Run, outcome: &Outcome, parsed: bool) -> Value {
    let text = |text: &str| Value::from(text);
    let included = || Value::object([("Included".into(), Value::from(true))]);
    let mut members: Vec<(Key, Value)> = Vec::new();
    let mut put = |key: &str, value: Value| members.push((key.into(), value));
    if let Some(cause) = &outcome.failure.cause {
        put("Cause", text(cause));
    }
    if let Some(error) = &outcome.failure.error {
        put("Error", text(error));
    }
    put("ExecutionArn", text(&child.arn));
    put("Input", text(&child.input.text()));
    put("InputDetails", included());
    put("Name", text(&child.name));
    if let Some(output) = &outcome.output {
        put("Output", if parsed { output.value().clone() } else { text(&output.text()) });
        put("OutputDetails", included());
    }
    put("StartDate", milliseconds(outcome.start));
    put("StateMachineArn", child.fixed.state_machine.get("Id").cloned().unwrap_or_default());
    put("Status", text(outcome.status.name()));
    put("StopDate", milliseconds(outcome.stop));
    Value::object(members)
}

fn milliseconds(time: Timestamp) -> Value {
    Value::from(time.0)
}

impl Options {
    /// An execution's ARN; those of Express executions end in a number of their own.
    pub(super) fn execution_arn(&self, machine: &str, name: &str, workflow_type: WorkflowType, world: &mut World) -> String {
        let account = format!("arn:{}:states:{}:{}", self.partition, self.region, self.account);
        match workflow_type {
            WorkflowType::Standard => format!("{account}:execution:{machine}:{name}"),
            WorkflowType::Express => format!("{account}:express:{machine}:{name}:{}", world.random.uuid()),
        }
    }
}
