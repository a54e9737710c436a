//! TestState: one state on its own, with a look at its data between the fields.
//!
//! A Task that has no mock is called for: [`test`] tells what to call, and is asked again with the answer.

mod form;
mod inspect;
mod request;
mod shapes;
#[cfg(test)]
mod tests;
mod validate;

pub use form::{Form, Source, sources};
pub use request::{Configuration, Exception, Level, Mock, Request, Validation};

use super::context::{Fixed, context};
use super::data::Fields;
use super::event::Data;
use super::fault::Fault;
use super::frame::{Frame, Item, MapItems};
use super::{Answer, CallId, RunId, StatesError, TaskCall};
use super::{dataset, distributed, recovery};
use crate::asl::kinds::{Kind, Map, Reader, Task};
use crate::asl::{Definition, Resource, State, StateId, Transition};
use crate::json;
use crate::query::random::Random;
use crate::value::{Object, Value};
use inspect::Inspection;
use std::sync::Arc;

/// The name that the service gives to a state that stands alone.
const ALONE: &str = "StateName";

/// What comes of a test.
#[derive(Debug)]
pub enum Tested {
    /// The state calls this: ask again with the answer.
    Call(TestCall),
    Done(Report),
    /// The request is not acceptable.
    Refused(Exception),
}

/// A call that a tested Task makes.
#[derive(Debug)]
pub struct TestCall {
    pub state_name: Arc<str>,
    pub resource: Arc<Resource>,
    pub arguments: Value,
    pub context: Value,
}

impl TestCall {
    /// The call as a run makes it, under a number; `attempt` is 0 for the first one.
    pub fn task_call(&self, id: CallId, attempt: u32) -> TaskCall {
        TaskCall {
            id,
            run: RunId::default(),
            state: StateId(0),
            state_name: self.state_name.clone(),
            resource: self.resource.clone(),
            arguments: self.arguments.clone(),
            context: self.context.clone(),
            attempt,
            deadline: None,
            token: None,
        }
    }
}

/// TestState's answer.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// `SUCCEEDED`, `FAILED`, `RETRIABLE` or `CAUGHT_ERROR`.
    pub status: &'static str,
    pub output: Option<Value>,
    pub failure: StatesError,
    pub next_state: Option<Arc<str>>,
    /// `inspectionData`, in the order it came about; none at level INFO.
    pub inspection: Option<Value>,
}

impl Report {
    /// As the API answers: data is JSON text.
    pub fn to_value(&self) -> Value {
        let text = |text: &Option<Arc<str>>| text.clone().map(Value::String);
        let members = [
            ("status", Some(Value::from(self.status))),
            ("output", self.output.as_ref().map(|output| Value::from(output.to_string()))),
            ("error", text(&self.failure.error)),
            ("cause", text(&self.failure.cause)),
            ("nextState", text(&self.next_state)),
            ("inspectionData", self.inspection.clone()),
        ];
        Value::object(members.into_iter().filter_map(|(name, value)| Some((name.into(), value?))))
    }
}

/// Tests a state. `answer` is what the call of an earlier [`Tested::Call`] gave.
pub fn test(request: &Request, answer: Option<Answer>) -> Tested {
    match prepare(request).and_then(|test| test.run(answer)) {
        Ok(tested) => tested,
        Err(exception) => Tested::Refused(exception),
    }
}

/// A request that was found acceptable.
struct Test<'a> {
    request: &'a Request,
    machine: Box<Definition>,
    state: StateId,
    input: Data,
    variables: Object,
    /// The context object, where the request brings one.
    context: Option<Value>,
    mock_result: Option<Value>,
}

fn prepare(request: &Request) -> Result<Test<'_>, Exception> {
    validate::request(request)?;
    let parsed = json::parse(&request.definition);
    let (machine, _) = match request.state_name {
        Some(_) => crate::asl::lower(&parsed.root),
        None => crate::asl::lower_state(&parsed.root, ALONE, None),
    };
    let state = match &request.state_name {
        Some(name) => machine.states.iter().position(|state| *state.name == **name),
        None => (!machine.states.is_empty()).then_some(0),
    };
    let state = state.map(|at| StateId(at as u32)).ok_or_else(|| Exception::validation("State not found in definition"))?;
    let input = match &request.input {
        Some(text) => Data::given(text).map_err(|_| Exception::validation("Invalid State Machine Execution Input"))?,
        None => Data::Value(Value::empty_object()),
    };
    let variables = match validate::object(request.variables.as_deref(), "Invalid Variables provided: must be a JSON object")? {
        Some(Value::Object(variables)) => variables,
        _ => Object::of_distinct(Vec::new()),
    };
    let context = validate::object(request.context.as_deref(), "Invalid Context object provided: must be a JSON object")?;
    if let Some(context) = &context {
        validate::context(context)?;
    }
    let mock_result = validate::mock(request, machine.state(state))?;
    Ok(Test { request, state, input, variables, context, mock_result, machine: Box::new(machine) })
}

/// What a state came to.
struct Came {
    given: (Data, Option<Object>),
    next: Transition,
}

impl Test<'_> {
    fn run(&self, answer: Option<Answer>) -> Result<Tested, Exception> {
        let state = self.machine.state(self.state);
        let mut random = Random::new(self.request.seed as i64);
        let context = self.context.clone().unwrap_or_else(|| self.default_context(state, &mut random));
        let mut inspection = Inspection::of(self.input.value());
        let mut fields =
            Fields { state, input: &self.input, context, variables: &self.variables, now: self.request.now, random: &mut random };
        let came = match self.come(state, &mut fields, &mut inspection, answer) {
            Ok(Err(call)) => return Ok(Tested::Call(call)),
            Ok(Ok(came)) => Ok(came),
            // Without the sentence that names state and event.
            Err(fault) => Err(fault.failure()),
        };
        let (report, assigned) = match came {
            Ok(came) => self.succeeded(came),
            Err(failure) => self.failed(state, &mut fields, &mut inspection, failure),
        };
        Ok(Tested::Done(self.inspected(report, assigned, inspection)))
    }

    /// What the state itself comes to: the inner error is a call that has to be made first.
    fn come(
        &self,
        state: &State,
        fields: &mut Fields,
        inspection: &mut Inspection,
        answer: Option<Answer>,
    ) -> Result<Result<Came, TestCall>, Fault> {
        let mut next = state.next;
        let given = match &state.kind {
            Kind::Pass { result } => {
                if result.is_none() {
                    inspection.input_fields(fields)?;
                }
                let given = fields.pass(result.as_ref())?;
                let shown = match result {
                    Some(result) => {
                        inspection.put_jsonpath(state, "result", result);
                        result.clone()
                    }
                    None => fields.effective_input()?,
                };
                inspection.result_fields(fields, shown)?;
                given
            }
            Kind::Choice { rules, default } => {
                inspection.selected_input(fields)?;
                let (given, chosen, _) = fields.choose(rules, *default)?;
                next = chosen;
                given
            }
            Kind::Wait(until) => {
                inspection.selected_input(fields)?;
                fields.wait_until(until)?;
                fields.through()?
            }
            Kind::Succeed => {
                inspection.selected_input(fields)?;
                fields.through()?
            }
            Kind::Fail(fail) => {
                inspection.selected_input(fields)?;
                return Err(Fault::plain(fields.failure(fail)?));
            }
            Kind::Task(task) => match self.task(state, task, fields, inspection, answer)? {
                Ok(given) => given,
                Err(call) => return Ok(Err(call)),
            },
            Kind::Parallel { .. } => {
                fields.effective_input()?;
                self.mocked(fields, inspection)?
            }
            Kind::Map(map) => {
                self.map(map, fields, inspection)?;
                self.mocked(fields, inspection)?
            }
            Kind::Broken(message) => return Err(Fault::runtime(message.to_string())),
        };
        Ok(Ok(Came { given, next }))
    }

    fn task(
        &self,
        state: &State,
        task: &Task,
        fields: &mut Fields,
        inspection: &mut Inspection,
        answer: Option<Answer>,
    ) -> Result<Result<(Data, Option<Object>), TestCall>, Fault> {
        inspection.input_fields(fields)?;
        let arguments = fields.effective_input()?;
        // Nothing is sent where a mock answers.
        let http = task.resource.service() == Some(("http", "invoke"));
        let sends = http && self.request.mock.is_none() && self.request.level == Level::Trace;
        if sends {
            inspection.http_request(&arguments, &self.request.region);
        }
        let result = match (self.mock(), answer) {
            (Some(result), _) => result?,
            (None, Some(Answer::Succeeded(result) | Answer::Submitted(result))) => result,
            (None, Some(Answer::Failed(failure) | Answer::Refused(failure))) => return Err(Fault::plain(failure)),
            (None, None) => {
                return Ok(Err(TestCall {
                    state_name: state.name.clone(),
                    resource: task.resource.clone(),
                    arguments,
                    context: fields.context.clone(),
                }));
            }
        };
        inspection.put("result", result.clone());
        inspection.result_fields(fields, result.clone())?;
        if sends {
            inspection.http_response(&result);
        }
        fields.outcome(result).map(Ok)
    }

    fn map(&self, map: &Map, fields: &mut Fields, inspection: &mut Inspection) -> Result<(), Fault> {
        inspection.selected_input(fields)?;
        let effective = fields.selected_input()?;
        let reader = map.distributed.as_ref().and_then(|distributed| distributed.reader.as_ref());
        let items = match reader {
            Some(reader) => self.read(map, reader, fields, &effective)?,
            None => Some(fields.items(map, &effective)?),
        };
        inspection.items(map, fields, items.as_ref(), &effective)?;
        let count = map.tolerated_failure_count.as_ref();
        let count = count.map(|source| fields.integer(source, "ToleratedFailureCount", &effective)).transpose()?;
        let percentage = map.tolerated_failure_percentage.as_ref();
        let percentage = percentage.map(|source| fields.decimal(source, "ToleratedFailurePercentage", &effective)).transpose()?;
        inspection.put("maxConcurrency", Value::from(fields.concurrency(map, &effective)? as i64));
        if let Some(count) = count {
            inspection.put("toleratedFailureCount", Value::from(count));
        }
        if let Some(percentage) = percentage {
            inspection.put("toleratedFailurePercentage", Value::Number(crate::value::Number::Float(percentage)));
        }
        let failed = self.request.configuration.map_iteration_failure_count.unwrap_or(0);
        let results = self.mock_result.as_ref().and_then(Value::as_array).map(|results| results.len());
        let iterations = results.or(items.as_ref().map(MapItems::len)).unwrap_or(0);
        let above = count.is_some_and(|count| failed > count)
            || percentage.is_some_and(|most| failed as f64 * 100.0 > most * iterations.max(1) as f64);
        if above {
            let cause = "The specified tolerated failure threshold was exceeded";
            return Err(Fault::plain(StatesError::new(super::distributed::TOO_MANY_FAILED, cause)));
        }
        Ok(())
    }

    /// The items of an `ItemReader`: of the data that stands for what it reads, or else of the input; none where neither has any.
    fn read(&self, map: &Map, reader: &Reader, fields: &mut Fields, effective: &Value) -> Result<Option<MapItems>, Fault> {
        let (_, max_items) = fields.reading(reader, effective)?;
        let Some(data) = &self.request.configuration.map_item_reader_data else {
            // "Provide the data directly in the input": developer guide, "Testing Distributed Map states".
            return Ok(map.items.as_ref().and_then(|_| fields.items(map, effective).ok()));
        };
        let read = || {
            let config = distributed::reader_config(reader, distributed::max_items_of(max_items)?)?;
            dataset::content(data, &config)
        };
        Ok(Some(MapItems::Read(Arc::new(read().map_err(Fault::plain)?))))
    }

    /// What a state's chains gave, by the mock.
    fn mocked(&self, fields: &mut Fields, inspection: &mut Inspection) -> Result<(Data, Option<Object>), Fault> {
        let result = self.mock().unwrap_or(Ok(Value::Null))?;
        inspection.result_fields(fields, result.clone())?;
        fields.outcome(result)
    }

    fn mock(&self) -> Option<Result<Value, Fault>> {
        let mock = self.request.mock.as_ref()?;
        match (&mock.error_output, &self.mock_result) {
            (Some(failure), _) => Some(Err(Fault::plain(failure.clone()))),
            (None, Some(result)) => Some(Ok(result.clone())),
            (None, None) => None,
        }
    }

    fn succeeded(&self, came: Came) -> (Report, Option<Object>) {
        let (output, assigned) = came.given;
        let output = Some(output.value().clone());
        (Report { status: "SUCCEEDED", output, next_state: self.name_of(came.next), ..Report::default() }, assigned)
    }

    /// The state failed: tells whether it would be tried again or the error caught.
    fn failed(
        &self,
        state: &State,
        fields: &mut Fields,
        inspection: &mut Inspection,
        failure: StatesError,
    ) -> (Report, Option<Object>) {
        let failed = Report { status: "FAILED", failure: failure.clone(), ..Report::default() };
        let Some(handlers) = state.kind.handlers() else { return (failed, None) };
        let used = self.request.configuration.retrier_retry_count.unwrap_or(0);
        if let Some((index, retrier)) = recovery::answering_retrier(&handlers.retry, &failure) {
            if used < retrier.max_attempts {
                let delay = recovery::delay(retrier, used, fields.random);
                inspection.detail("retryBackoffIntervalSeconds", delay.round() as i64);
                inspection.detail("retryIndex", index as i64);
                return (Report { status: "RETRIABLE", ..failed }, None);
            }
            inspection.detail("retryIndex", index as i64);
        }
        let Some((index, catcher)) = recovery::answering_catcher(&handlers.catch, &failure) else { return (failed, None) };
        inspection.detail("catchIndex", index as i64);
        match fields.caught(catcher, &failure) {
            Ok((output, assigned)) => {
                let output = Some(output.value().clone());
                (Report { status: "CAUGHT_ERROR", output, next_state: self.name_of(catcher.next), ..failed }, assigned)
            }
            Err(fault) => (Report { status: "FAILED", failure: fault.failure(), ..Report::default() }, None),
        }
    }

    /// With `variables` as they are after the state: those of the request, and those it has assigned.
    fn inspected(&self, report: Report, assigned: Option<Object>, mut inspection: Inspection) -> Report {
        if self.request.level == Level::Info {
            return report;
        }
        let mut variables = self.variables.clone();
        for (name, value) in assigned.iter().flat_map(|assigned| assigned.iter()) {
            variables = variables.with(name.clone(), value.clone());
        }
        if !variables.is_empty() {
            inspection.put("variables", Value::Object(variables));
        }
        Report { inspection: Some(inspection.finish()), ..report }
    }

    fn name_of(&self, next: Transition) -> Option<Arc<str>> {
        match next {
            Transition::Next(state) => Some(self.machine.state(state).name.clone()),
            _ => None,
        }
    }

    /// The context object of a test: that of an Express execution of a machine without a name of its own.
    fn default_context(&self, state: &State, random: &mut Random) -> Value {
        let (request, machine, name) = (self.request, random.uuid(), random.uuid());
        let arn = format!("arn:{}:states:{}:{}", request.partition, request.region, request.account);
        let text = |text: String| Value::from(text);
        let execution = [
            ("Id", text(format!("{arn}:express:{machine}:{name}"))),
            ("Input", self.input.value().clone()),
            ("Name", text(name)),
            ("RoleArn", request.role_arn.clone().map_or(Value::Null, Value::String)),
            ("StartTime", text(request.now.to_string())),
        ];
        let state_machine = [("Id", text(format!("{arn}:stateMachine:{machine}"))), ("Name", text(machine))];
        let object = |members: Vec<(&str, Value)>| Value::object(members.into_iter().map(|(name, value)| (name.into(), value)));
        let fixed = Fixed { execution: object(execution.into()), state_machine: object(state_machine.into()) };
        let mut frame = Frame::new(self.state, self.input.clone(), self.variables.clone(), 0, None);
        frame.entered_at = request.now;
        frame.retry_count = request.configuration.retrier_retry_count.unwrap_or(0);
        if self.in_map(state) {
            // The first iteration, with the input as its item: developer guide, "Automatic Context population".
            let item = Item { index: 0, value: self.input.value().clone(), key: None, source: None };
            frame.item = Some(Arc::new(item));
        }
        let shown = State { name: ALONE.into(), ..State::unknown(ALONE) };
        context(&fixed, &State { state_type: state.state_type, ..shown }, &frame, None)
    }
}

impl Test<'_> {
    /// Whether a state stands in a Map, however deep.
    fn in_map(&self, state: &State) -> bool {
        let mut scope = state.scope;
        while let Some(within) = self.machine.scope(scope).within {
            let around = self.machine.state(within);
            if matches!(around.kind, Kind::Map(_)) {
                return true;
            }
            scope = around.scope;
        }
        false
    }
}
