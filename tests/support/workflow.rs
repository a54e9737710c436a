//! Runs a definition with mocks on a clock that jumps, and looks at what came of it.
//!
//! Every run through here is made twice and must be the same to the byte, and keep the invariants of a history.

use asl_playground::asl::{self, StateId};
use asl_playground::engine::{
    Answer, Chain, Data, Details, Event, Execution, Next, Options, Outcome, Quotas, StatesError, Status, TaskCall,
};
use asl_playground::json;
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::Arc;

/// When all runs start: 2026-01-01T00:00:00Z.
pub const START: Timestamp = Timestamp(1_767_225_600_000);

/// What a mock does with one call.
#[derive(Clone)]
pub enum Reply {
    Returns(Json),
    Fails(&'static str, &'static str),
    /// The arguments come back.
    Echoes,
    /// Nobody answers.
    Nothing,
    /// The call is submitted, and what comes after.
    Submits(Json, Box<Reply>),
}

pub fn returns(value: Json) -> Reply {
    Reply::Returns(value)
}

pub fn fails(error: &'static str) -> Reply {
    Reply::Fails(error, "the cause")
}

pub fn nothing() -> Reply {
    Reply::Nothing
}

pub fn submits(answer: Json, then: Reply) -> Reply {
    Reply::Submits(answer, Box::new(then))
}

/// A run to be made.
#[derive(Clone)]
pub struct Workflow {
    definition: String,
    input: Json,
    mocks: HashMap<String, Vec<Reply>>,
    options: Options,
}

/// A workflow with an empty input.
pub fn run(definition: Json) -> Workflow {
    let options = Options { start: START, ..Options::default() };
    Workflow { definition: definition.to_string(), input: serde_json::json!({}), mocks: HashMap::new(), options }
}

/// A run that was made.
pub struct Ran {
    pub execution: Execution,
    pub outcome: Outcome,
    /// The seconds of each jump of the clock.
    pub waits: Vec<f64>,
    /// What was called with what, in order.
    pub calls: Vec<(String, Json)>,
    mocks: HashMap<String, Vec<Reply>>,
}

impl Workflow {
    /// The same with another definition.
    pub fn definition(mut self, definition: Json) -> Workflow {
        self.definition = definition.to_string();
        self
    }

    pub fn input(mut self, input: Json) -> Workflow {
        self.input = input;
        self
    }

    /// What the Task of this name answers, one reply a call; the last one stays.
    pub fn mock(mut self, state: &str, replies: impl IntoIterator<Item = Reply>) -> Workflow {
        self.mocks.insert(state.to_owned(), replies.into_iter().collect());
        self
    }

    pub fn options(mut self, change: impl FnOnce(&mut Options)) -> Workflow {
        change(&mut self.options);
        self
    }

    pub fn without_quotas(self) -> Workflow {
        self.options(|options| options.quotas = Quotas::OFF)
    }

    /// Runs to the end, or to where nothing more will happen.
    pub fn go(self) -> Ran {
        let first = self.clone().once();
        let again = self.once();
        assert_eq!(text_of(&first.execution), text_of(&again.execution), "a run is the same each time");
        first.execution.runs().iter().for_each(|run| check_history(&run.events, &run.chains, run.outcome.is_some()));
        first
    }

    fn once(self) -> Ran {
        let parsed = json::parse(&self.definition);
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let (machine, _) = asl::lower(&parsed.root);
        let input = Data::given(&self.input.to_string()).expect("the input is JSON");
        let execution = Execution::start(Arc::new(machine), input, self.options);
        let outcome = Outcome { status: Status::Running, output: None, failure: StatesError::default(), start: START, stop: START };
        let mut ran = Ran { execution, outcome, waits: Vec::new(), calls: Vec::new(), mocks: self.mocks };
        ran.go_on();
        ran
    }

    pub fn expect_output(self, output: Json) -> Ran {
        self.go().expect_output(output)
    }

    pub fn expect_error(self, error: &str, cause: &str) -> Ran {
        self.go().expect_error(error, cause)
    }
}

impl Ran {
    /// Goes on until the run is over or nothing more will happen.
    pub fn go_on(&mut self) {
        let mut open: Vec<(asl_playground::engine::CallId, Reply)> = Vec::new();
        for _ in 0..1_000_000 {
            match self.execution.poll(100) {
                Next::Done(outcome) => {
                    self.outcome = outcome;
                    return;
                }
                Next::Working => {}
                Next::Wait { start, wake_at } => {
                    let idle = start.is_empty();
                    for call in start {
                        let reply = self.reply(&call);
                        self.answer(&call, reply, &mut open);
                    }
                    if !idle {
                        continue;
                    }
                    if !open.is_empty() {
                        let (call, reply) = open.remove(0);
                        if let Some(answer) = answer_of(&reply, &Value::Null) {
                            let now = self.execution.now();
                            self.execution.handle_answer(call, answer, now);
                        }
                    } else if let Some(at) = wake_at {
                        self.waits.push(at.millis_since(self.execution.now()) as f64 / 1000.0);
                        self.execution.handle_time(at);
                    } else {
                        return;
                    }
                }
            }
        }
        panic!("the run doesn't end");
    }

    fn reply(&mut self, call: &TaskCall) -> Reply {
        self.calls.push((call.state_name.to_string(), serde_json::to_value(&call.arguments).expect("data is JSON")));
        let replies = self.mocks.get_mut(&*call.state_name);
        match replies {
            None => Reply::Echoes,
            Some(replies) if replies.len() > 1 => replies.remove(0),
            Some(replies) => replies.first().cloned().unwrap_or(Reply::Nothing),
        }
    }

    fn answer(&mut self, call: &TaskCall, reply: Reply, open: &mut Vec<(asl_playground::engine::CallId, Reply)>) {
        let now = self.execution.now();
        if let Reply::Submits(answer, then) = reply {
            self.execution.handle_answer(call.id, Answer::Submitted(Value::from(&answer)), now);
            open.push((call.id, *then));
        } else if let Some(answer) = answer_of(&reply, &call.arguments) {
            self.execution.handle_answer(call.id, answer, now);
        }
    }

    pub fn expect_output(self, output: Json) -> Ran {
        assert_eq!(self.outcome.status, Status::Succeeded, "{:?}", self.outcome.failure);
        let got = self.outcome.output.as_ref().expect("a run that succeeded has an output");
        assert_eq!(serde_json::to_value(got.value()).expect("data is JSON"), output);
        self
    }

    /// The error's name, and a part of its cause.
    pub fn expect_error(self, error: &str, cause: &str) -> Ran {
        assert_eq!(self.outcome.status, Status::Failed, "{:?}", self.outcome.output);
        assert_eq!(self.outcome.failure.error.as_deref(), Some(error), "{:?}", self.outcome.failure);
        let got = self.outcome.failure.cause.as_deref().unwrap_or_default();
        assert!(got.contains(cause), "{got:?} holds {cause:?}");
        self
    }

    /// The seconds that passed between the steps of the run.
    pub fn expect_waits(self, waits: impl IntoIterator<Item = u32>) -> Ran {
        assert_eq!(self.waits, waits.into_iter().map(f64::from).collect::<Vec<_>>());
        self
    }

    /// All events by their types, with the name of the state where they have one; `<` tells the event before where it isn't the last one.
    pub fn expect_events(self, events: &[&str]) -> Ran {
        let got: Vec<String> = self.execution.events().iter().map(told).collect();
        assert_eq!(got, events);
        self
    }

    pub fn expect_calls(self, calls: &[(&str, Json)]) -> Ran {
        let got: Vec<(&str, Json)> = self.calls.iter().map(|(state, arguments)| (&**state, arguments.clone())).collect();
        assert_eq!(got, calls);
        self
    }
}

fn answer_of(reply: &Reply, arguments: &Value) -> Option<Answer> {
    match reply {
        Reply::Returns(value) => Some(Answer::Succeeded(Value::from(value))),
        Reply::Fails(error, cause) => Some(Answer::Failed(StatesError::new(error, cause))),
        Reply::Echoes => Some(Answer::Succeeded(arguments.clone())),
        Reply::Nothing | Reply::Submits(..) => None,
    }
}

fn told(event: &Event) -> String {
    let name = match &*event.details {
        Details::StateEntered { name, .. } | Details::StateExited { name, .. } => format!(" {name}"),
        Details::MapIterationStarted { index, .. }
        | Details::MapIterationSucceeded { index, .. }
        | Details::MapIterationFailed { index, .. }
        | Details::MapIterationAborted { index, .. } => format!(" {index}"),
        _ => String::new(),
    };
    let previous = if event.previous_event_id + 1 == event.id { String::new() } else { format!(" <{}", event.previous_event_id) };
    format!("{}{name}{previous}", event.details.kind_name())
}

/// The histories of all runs as text.
pub fn text_of(execution: &Execution) -> String {
    let runs = execution.runs().iter();
    runs.flat_map(|run| run.events.iter()).map(|event| format!("{}\n", event.to_value())).collect()
}

/// What holds for every history: ids are dense, an event follows an earlier one, time doesn't go back, and each state that was entered is
/// left, failed, aborted, or where the run ended.
pub fn check_history(events: &[Event], chains: &[Chain], over: bool) {
    let mut open: HashMap<u32, StateId> = HashMap::new();
    // What a redrive takes up again.
    let mut ended: HashMap<u32, StateId> = HashMap::new();
    let mut time = Timestamp(i64::MIN);
    for (at, event) in events.iter().enumerate() {
        assert_eq!(event.id, at as u64 + 1, "ids are dense");
        assert!(event.previous_event_id < event.id, "event {} follows {}", event.id, event.previous_event_id);
        assert!(event.timestamp >= time, "event {} goes back in time", event.id);
        assert!((event.chain.0 as usize) < chains.len(), "event {} is of a chain", event.id);
        time = event.timestamp;
        let chain = event.chain.0;
        match &*event.details {
            Details::StateEntered { .. } => {
                let state = event.state.expect("a state was entered");
                let before = open.insert(chain, state);
                assert!(before.is_none(), "event {}: the state before was left", event.id);
            }
            Details::StateExited { .. } => {
                assert_eq!(open.remove(&chain), event.state, "event {}: a state that was entered", event.id);
            }
            Details::StateAborted { .. } | Details::MapIterationFailed { .. } | Details::MapIterationAborted { .. } => {
                ended.extend(open.remove(&chain).map(|state| (chain, state)));
            }
            Details::ExecutionRedriven { .. } => open.extend(ended.drain()),
            _ => {}
        }
    }
    if over && let Some(Details::ExecutionSucceeded { .. }) = events.last().map(|event| &*event.details) {
        let left: Vec<_> = open.keys().filter(|chain| chains[**chain as usize].within.is_none()).collect();
        assert!(left.is_empty(), "all states of the run's own chain were left");
    }
}
