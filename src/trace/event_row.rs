//! One event as a row of the events table.

use super::{Status, Trace, resource_words};
use crate::engine::{Details, Event, StatesError, TaskName};
use crate::letters;
use crate::value::Value;
use std::sync::Arc;

/// What the columns of an event's row show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    pub id: u64,
    pub kind: &'static str,
    /// How the type is coloured: failed, caught, running, or not at all.
    pub tone: Option<Status>,
    /// The state's name; empty for events of the execution itself.
    pub step: Arc<str>,
    /// `#2` in a Map.
    pub iteration: String,
    /// What is called: `SNS publish`; empty where nothing is.
    pub resource: String,
    /// The error's name, where the event tells of one.
    pub error: Option<Arc<str>>,
    /// Milliseconds since the start.
    pub elapsed: i64,
}

impl EventRow {
    pub fn new(event: &Event, trace: &Trace) -> EventRow {
        let visit = trace.visit_of_event(event.id);
        let tone = tone(event, trace);
        let caught = visit.filter(|_| tone == Some(Status::Caught)).and_then(|visit| trace.visit(visit).failure.as_ref());
        EventRow {
            id: event.id,
            kind: event.details.kind_name(),
            tone,
            step: visit.map_or_else(|| "".into(), |visit| trace.visit(visit).name.clone()),
            iteration: iteration(event).or_else(|| visit.map(|visit| trace.iteration_words(visit))).unwrap_or_default(),
            resource: task(event, trace).map(|task| resource_words(&task)).unwrap_or_default(),
            error: failure(&event.details).or(caught).and_then(|failure| failure.error.clone()),
            elapsed: event.timestamp.millis_since(trace.start()),
        }
    }

    /// Whether one of the columns has the text, which is in lower case.
    pub fn contains(&self, text: &str) -> bool {
        let step = format!("{} {}", self.step, self.iteration);
        let columns = [self.kind, &step, &self.resource, self.error.as_deref().unwrap_or_default()];
        columns.iter().any(|column| letters::lower(column).contains(text)) || self.id.to_string() == text
    }
}

/// An event as people read it: as `GetExecutionHistory` shows it, but with data as JSON instead of JSON in a text.
pub fn readable(event: &Event) -> Value {
    let value = event.to_value();
    let Some(members) = value.as_object() else { return value };
    Value::object(members.iter().map(|(key, member)| {
        let read = if key.ends_with("EventDetails") { readable_details(member) } else { member.clone() };
        (key.clone(), read)
    }))
}

fn readable_details(details: &Value) -> Value {
    let Some(members) = details.as_object() else { return details.clone() };
    // `inputDetails` only says that nothing was cut off.
    let told = members.iter().filter(|(key, _)| !key.strip_suffix("Details").is_some_and(|key| members.contains_key(key)));
    Value::object(told.map(|(key, member)| {
        let read = match (&**key, member.as_str()) {
            ("input" | "output" | "parameters" | "cause", Some(text)) => data_of(text).unwrap_or_else(|| member.clone()),
            _ => member.clone(),
        };
        (key.clone(), read)
    }))
}

/// The object or array that a text holds.
fn data_of(text: &str) -> Option<Value> {
    let value = crate::json::value_of(text).ok()?;
    matches!(value, Value::Array(_) | Value::Object(_)).then_some(value)
}

/// The iteration that an event of a Map speaks of.
fn iteration(event: &Event) -> Option<String> {
    match &*event.details {
        Details::MapIterationStarted { index, .. }
        | Details::MapIterationSucceeded { index, .. }
        | Details::MapIterationFailed { index, .. }
        | Details::MapIterationAborted { index, .. } => Some(format!("#{index}")),
        _ => None,
    }
}

fn tone(event: &Event, trace: &Trace) -> Option<Status> {
    let visit = trace.visit_of_event(event.id).map(|visit| trace.visit(visit));
    let kind = event.details.kind_name();
    if kind.ends_with("Failed") || kind.ends_with("TimedOut") {
        return Some(Status::Failed);
    }
    match (&*event.details, visit) {
        (Details::StateExited { .. }, Some(visit)) if visit.left.is_some_and(|left| left.event == event.id) => {
            Some(Status::Caught).filter(|status| *status == visit.status)
        }
        (_, Some(visit)) if visit.status.is_open() && visit.last.event == event.id => Some(visit.status),
        _ => None,
    }
}

/// What the event tells went wrong.
fn failure(details: &Details) -> Option<&StatesError> {
    match details {
        Details::ExecutionFailed(failure)
        | Details::ExecutionTimedOut(failure)
        | Details::ExecutionAborted(failure)
        | Details::LambdaFunctionFailed(failure)
        | Details::LambdaFunctionTimedOut(failure)
        | Details::ActivityFailed(failure)
        | Details::ActivityTimedOut(failure)
        | Details::MapRunFailed(failure)
        | Details::TaskFailed { failure, .. }
        | Details::TaskTimedOut { failure, .. } => Some(failure),
        Details::EvaluationFailed(failed) => Some(&failed.failure),
        _ => None,
    }
}

/// What an event of a call is about; some name it themselves, the others are those of an attempt.
fn task(event: &Event, trace: &Trace) -> Option<Arc<TaskName>> {
    match &*event.details {
        Details::LambdaFunctionScheduled(call) | Details::ActivityScheduled(call) | Details::TaskScheduled(call) => {
            Some(call.task.clone())
        }
        Details::TaskStarted { task }
        | Details::TaskSubmitted { task, .. }
        | Details::TaskSucceeded { task, .. }
        | Details::TaskFailed { task, .. }
        | Details::TaskTimedOut { task, .. } => Some(task.clone()),
        Details::LambdaFunctionStarted
        | Details::LambdaFunctionSucceeded { .. }
        | Details::LambdaFunctionFailed(_)
        | Details::LambdaFunctionTimedOut(_)
        | Details::ActivityStarted { .. }
        | Details::ActivitySucceeded { .. }
        | Details::ActivityFailed(_)
        | Details::ActivityTimedOut(_) => {
            let visit = trace.visit(trace.visit_of_event(event.id)?);
            visit.attempts.iter().rev().find(|attempt| attempt.scheduled.event < event.id)?.task.clone()
        }
        _ => None,
    }
}

/// The events that a filter lets through, found as they come.
#[derive(Clone, Debug, Default)]
pub struct Filtered {
    text: String,
    seen: usize,
    /// Indices of events, ascending; not used without a text.
    matches: Vec<u32>,
}

impl Filtered {
    /// Reads the events that came since the last time, or all where the text is another one.
    pub fn update(&mut self, text: &str, events: &[Event], trace: &Trace) {
        let text = letters::lower(text.trim());
        if text != self.text || events.len() < self.seen {
            *self = Filtered { text, ..Filtered::default() };
        }
        if !self.text.is_empty() {
            for (at, event) in events.iter().enumerate().skip(self.seen) {
                if EventRow::new(event, trace).contains(&self.text) {
                    self.matches.push(at as u32);
                }
            }
        }
        self.seen = events.len();
    }

    /// How many events are let through.
    pub fn len(&self) -> usize {
        if self.text.is_empty() { self.seen } else { self.matches.len() }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index of the event in a row.
    pub fn event_at(&self, row: usize) -> Option<usize> {
        if self.text.is_empty() { (row < self.seen).then_some(row) } else { self.matches.get(row).map(|at| *at as usize) }
    }

    /// The row of an event by its index.
    pub fn row_of(&self, event: usize) -> Option<usize> {
        if self.text.is_empty() {
            (event < self.seen).then_some(event)
        } else {
            self.matches.binary_search(&u32::try_from(event).ok()?).ok()
        }
    }
}
