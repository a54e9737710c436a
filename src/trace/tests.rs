//! Histories written out by hand: what the service records, with the chain of each event.

use super::*;
use crate::asl::{StateId, StateType};
use crate::engine::Event;
use crate::engine::{Details, Scheduled, TaskName};
use crate::value::Value;
use std::sync::Arc;

/// A history that grows event by event, and the trace that reads it.
#[derive(Default)]
struct Told {
    events: Vec<Event>,
    chains: Vec<Chain>,
    trace: Trace,
    clock: i64,
}

fn data(value: impl Into<Value>) -> Data {
    Data::Value(value.into())
}

fn task(resource: &str) -> Arc<TaskName> {
    Arc::new(TaskName { resource_type: "sqs".into(), resource: resource.into() })
}

fn scheduled(resource: &str) -> Details {
    Details::TaskScheduled(Box::new(Scheduled {
        task: task(resource),
        region: "us-east-1".into(),
        input: data("sent"),
        timeout_seconds: Some(60),
        heartbeat_seconds: None,
        role_arn: None,
    }))
}

fn succeeded(resource: &str) -> Details {
    Details::TaskSucceeded { task: task(resource), output: data("done") }
}

fn failed(error: &str) -> Details {
    Details::TaskFailed { task: task("send"), failure: StatesError::new(error, "because") }
}

fn entered(state_type: StateType, name: &str) -> Details {
    Details::StateEntered { state_type, name: name.into(), input: data("in") }
}

fn exited(state_type: StateType, name: &str) -> Details {
    Details::StateExited { state_type, name: name.into(), output: data("out"), assigned: None, way: None }
}

impl Told {
    fn new() -> Told {
        let mut told = Told::default();
        told.chains.push(Chain { parent: ChainId(0), within: None, index: 0, after_event: 0 });
        told.now(0).on(0, None, Details::ExecutionStarted { input: data("in"), role_arn: "role".into() })
    }

    /// Moves the clock, in milliseconds since the start.
    fn now(mut self, clock: i64) -> Told {
        self.clock = clock;
        self
    }

    fn chain(mut self, parent: u32, within: u32, index: u32) -> Told {
        let after_event = self.events.len() as u64;
        self.chains.push(Chain { parent: ChainId(parent), within: Some(StateId(within)), index, after_event });
        self
    }

    /// An event of a state, in a chain, that follows the event before it.
    fn on(self, chain: u32, state: Option<u32>, details: Details) -> Told {
        let before = self.events.len() as u64;
        self.after(before, chain, state, details)
    }

    fn after(mut self, previous_event_id: u64, chain: u32, state: Option<u32>, details: Details) -> Told {
        let event = Event {
            id: self.events.len() as u64 + 1,
            previous_event_id,
            timestamp: Timestamp(self.clock),
            state: state.map(StateId),
            chain: ChainId(chain),
            details: details.into(),
        };
        self.trace.push(&event, &self.chains);
        self.events.push(event);
        self
    }

    fn pass(self, chain: u32, state: u32, name: &str) -> Told {
        self.on(chain, Some(state), entered(StateType::Pass, name)).on(chain, Some(state), exited(StateType::Pass, name))
    }

    fn status(&self, state: u32) -> Status {
        self.trace.status(StateId(state))
    }

    fn last(&self, state: u32) -> &Visit {
        self.trace.visit(*self.trace.visits_of(StateId(state)).last().unwrap())
    }

    fn taken(&self, from: Option<u32>, to: Option<u32>) -> (u32, u32) {
        let taken = self.trace.taken(Transition { from: from.map(StateId), to: to.map(StateId), way: None });
        (taken.regular, taken.caught)
    }
}

#[test]
fn a_state_runs_then_succeeds() {
    let told = Told::new();
    assert_eq!(told.status(0), Status::NotEntered);
    let told = told.now(10).on(0, Some(0), entered(StateType::Pass, "A"));
    assert_eq!(told.status(0), Status::Running);
    let told = told.now(30).on(0, Some(0), exited(StateType::Pass, "A"));
    assert_eq!(told.status(0), Status::Succeeded);
    let told = told.on(0, None, Details::ExecutionSucceeded { output: data("out") });
    let visit = told.last(0);
    assert_eq!((visit.entered.event, visit.left.unwrap().event, visit.duration(Timestamp(99))), (2, 3, 20));
    assert_eq!(told.trace.end().unwrap().output.as_ref().unwrap().value(), &Value::from("out"));
    assert_eq!((told.taken(None, Some(0)), told.taken(Some(0), None)), ((1, 0), (1, 0)));
    assert_eq!(told.trace.visit_of_event(1), None);
    assert_eq!(told.trace.visit_of_event(3), Some(visit.id));
    assert_eq!(told.trace.visit_of_event(9), None);
}

#[test]
fn a_retry_makes_another_attempt() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Task, "A"))
        .on(0, Some(0), scheduled("send"))
        .on(0, Some(0), Details::TaskStarted { task: task("send") })
        .now(100)
        .on(0, Some(0), failed("Busy"));
    assert_eq!(told.status(0), Status::Running);
    assert!(told.last(0).is_backing_off());
    let told = told.now(2100).on(0, Some(0), scheduled("send"));
    assert!(!told.last(0).is_backing_off());
    let told = told.now(2300).on(0, Some(0), succeeded("send")).on(0, Some(0), exited(StateType::Task, "A"));
    assert_eq!(told.status(0), Status::Succeeded);
    let visit = told.last(0);
    let statuses: Vec<Status> = visit.attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [Status::Failed, Status::Succeeded]);
    assert_eq!(visit.attempts[0].failure.as_ref().unwrap().error.as_deref(), Some("Busy"));
    assert_eq!(visit.attempts[1].duration(Timestamp(0)), 200);
    let kinds: Vec<_> = told.trace.segments(told.trace.rows()[0]).iter().map(|part| (part.kind, part.from.0, part.to.0)).collect();
    let expected = [
        (SegmentKind::Work(Status::Failed), 0, 100),
        (SegmentKind::BackOff, 100, 2100),
        (SegmentKind::Work(Status::Succeeded), 2100, 2300),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_catch_leads_on() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Task, "A"))
        .on(0, Some(0), scheduled("send"))
        .on(0, Some(0), failed("Broken"))
        .on(0, Some(0), exited(StateType::Task, "A"))
        .on(0, Some(1), entered(StateType::Fail, "Stop"))
        .on(0, None, Details::ExecutionFailed(StatesError::new("Stopped", "on purpose")));
    assert_eq!((told.status(0), told.status(1)), (Status::Caught, Status::Failed));
    assert_eq!((told.taken(Some(0), Some(1)), told.taken(Some(1), None)), ((0, 1), (1, 0)));
    let failed = told.trace.failed_visit().unwrap();
    assert_eq!(told.trace.visit(failed).failure.as_ref().unwrap().error.as_deref(), Some("Stopped"));
    let story: Vec<&str> = told.trace.story(failed).into_iter().map(|visit| &*told.trace.visit(visit).name).collect();
    assert_eq!(story, ["A", "Stop"]);
}

#[test]
fn a_state_that_fails_without_an_event_of_its_own() {
    let told = Told::new().on(0, Some(0), entered(StateType::Choice, "Which")).on(
        0,
        None,
        Details::ExecutionFailed(StatesError::named("States.NoChoiceMatched")),
    );
    assert_eq!(told.status(0), Status::Failed);
    assert_eq!(told.last(0).failure.as_ref().unwrap().error.as_deref(), Some("States.NoChoiceMatched"));
}

#[test]
fn an_activity_waits_for_its_worker() {
    let scheduled = match scheduled("activity") {
        Details::TaskScheduled(scheduled) => Details::ActivityScheduled(scheduled),
        other => other,
    };
    let told = Told::new().on(0, Some(0), entered(StateType::Task, "Sign")).on(0, Some(0), scheduled);
    assert_eq!(told.status(0), Status::Running);
    let told = told.on(0, Some(0), Details::ActivityStarted { worker_name: "worker".into() });
    assert_eq!(told.status(0), Status::Waiting);
    let told = told.on(0, Some(0), Details::ActivitySucceeded { output: data("done") });
    let told = told.on(0, Some(0), exited(StateType::Task, "Sign"));
    assert_eq!(told.status(0), Status::Succeeded);
}

#[test]
fn a_redriven_state_is_in_progress_again() {
    let told = Told::new().on(0, Some(0), entered(StateType::Task, "Send")).on(0, Some(0), scheduled("send"));
    let told = told.on(0, Some(0), failed("Busy")).on(0, None, Details::ExecutionFailed(StatesError::new("Busy", "because")));
    assert_eq!(told.status(0), Status::Failed);
    let told = told.on(0, None, Details::ExecutionRedriven { redrive_count: 1 });
    assert!(told.trace.end().is_none());
    assert_eq!(told.status(0), Status::Running, "before its next event");
    let told = told.now(60).on(0, Some(0), scheduled("send"));
    assert_eq!((told.status(0), told.last(0).left, told.last(0).attempts.len()), (Status::Running, None, 2));
    let told = told.on(0, Some(0), succeeded("send")).on(0, Some(0), exited(StateType::Task, "Send"));
    assert_eq!(told.status(0), Status::Succeeded);
    assert_eq!(told.trace.visits().len(), 1);
}

#[test]
fn a_stopped_wait_goes_on_after_a_redrive() {
    let told = Told::new().on(0, Some(0), entered(StateType::Wait, "Rest"));
    let told = told.on(0, None, Details::ExecutionAborted(StatesError::default()));
    assert_eq!(told.status(0), Status::Aborted);
    let told = told.on(0, None, Details::ExecutionRedriven { redrive_count: 1 });
    assert_eq!((told.status(0), told.last(0).left), (Status::Running, None));
    let told = told.on(0, Some(0), exited(StateType::Wait, "Rest"));
    assert_eq!(told.status(0), Status::Succeeded);
}

#[test]
fn a_token_is_waited_for() {
    let resource = "sendMessage.waitForTaskToken";
    let told = Told::new().on(0, Some(0), entered(StateType::Task, "Ask")).on(0, Some(0), scheduled(resource)).now(50).on(
        0,
        Some(0),
        Details::TaskSubmitted { task: task(resource), output: data("m-1") },
    );
    assert_eq!(told.status(0), Status::Waiting);
    let told = told.now(900).on(0, Some(0), succeeded(resource)).on(0, Some(0), exited(StateType::Task, "Ask"));
    assert_eq!(told.status(0), Status::Succeeded);
    let kinds: Vec<_> = told.trace.segments(told.trace.rows()[0]).iter().map(|part| (part.kind, part.from.0, part.to.0)).collect();
    assert_eq!(kinds, [(SegmentKind::Work(Status::Succeeded), 0, 50), (SegmentKind::Callback, 50, 900)]);
}

#[test]
fn a_job_is_no_callback() {
    let told = Told::new().on(0, Some(0), entered(StateType::Task, "Run")).on(0, Some(0), scheduled("startJobRun.sync")).on(
        0,
        Some(0),
        Details::TaskSubmitted { task: task("startJobRun.sync"), output: data("job") },
    );
    assert_eq!(told.status(0), Status::Running);
}

/// A Map of three items: the first succeeds, the second fails, the third is still at work.
fn failing_map() -> Told {
    let iteration = |name: &str, index| (Arc::<str>::from(name), index);
    let started = |index| {
        let (name, index) = iteration("Each", index);
        Details::MapIterationStarted { name, index }
    };
    Told::new()
        .on(0, Some(0), entered(StateType::Map, "Each"))
        .on(0, Some(0), Details::MapStateStarted { length: 3 })
        .chain(0, 0, 0)
        .on(1, Some(0), started(0))
        .pass(1, 1, "Look")
        .on(1, Some(0), Details::MapIterationSucceeded { name: "Each".into(), index: 0 })
        .chain(0, 0, 1)
        .on(2, Some(0), started(1))
        .chain(0, 0, 2)
        .on(3, Some(0), started(2))
        .on(2, Some(1), entered(StateType::Task, "Look"))
        .on(3, Some(1), entered(StateType::Task, "Look"))
        .on(3, Some(1), scheduled("send"))
        .after(10, 2, Some(1), scheduled("send"))
        .on(2, Some(1), failed("Broken"))
        .on(2, Some(0), Details::MapIterationFailed { name: "Each".into(), index: 1 })
}

#[test]
fn iterations_are_told_apart() {
    let told = failing_map();
    let map = told.last(0).id;
    let iterations = told.trace.iterations(map).unwrap();
    let statuses: Vec<Status> = (0..3).map(|index| iterations.status(index)).collect();
    assert_eq!(statuses, [Status::Succeeded, Status::Failed, Status::Running]);
    assert_eq!(iterations.count(Status::Succeeded), 1);
    assert_eq!(iterations.with(Status::Failed).collect::<Vec<_>>(), [1]);
    assert_eq!(told.status(1), Status::Running);
    let words: Vec<String> = told.trace.visits_of(StateId(1)).iter().map(|visit| told.trace.iteration_words(*visit)).collect();
    assert_eq!(words, ["#0", "#1", "#2"]);
    let picked = |index| told.trace.visit_picked(StateId(1), |_| Some(index)).map(|visit| told.trace.visit(visit).status);
    assert_eq!(
        [picked(0), picked(1), picked(2), picked(3)],
        [Some(Status::Succeeded), Some(Status::Failed), Some(Status::Running), None]
    );
    assert_eq!(told.trace.visit_of_event(3), Some(map));
}

#[test]
fn a_failing_map_ends_what_runs_in_it() {
    let told = failing_map()
        .on(0, Some(0), Details::MapStateFailed)
        .on(0, Some(0), exited(StateType::Map, "Each"))
        .on(0, Some(2), entered(StateType::Fail, "Stop"))
        .on(0, None, Details::ExecutionFailed(StatesError::new("Stopped", "on purpose")));
    assert_eq!((told.status(0), told.status(1), told.status(2)), (Status::Caught, Status::Failed, Status::Failed));
    let statuses: Vec<Status> = told.trace.visits_of(StateId(1)).iter().map(|visit| told.trace.visit(*visit).status).collect();
    assert_eq!(statuses, [Status::Succeeded, Status::Failed, Status::Aborted]);
    assert_eq!(told.last(0).failure.as_ref().unwrap().error.as_deref(), Some("Broken"));
    let iterations = told.trace.iterations(told.last(0).id).unwrap();
    assert_eq!((iterations.count(Status::Aborted), iterations.count(Status::Running)), (1, 0));
    let story: Vec<String> = told
        .trace
        .story(told.trace.failed_visit().unwrap())
        .into_iter()
        .map(|visit| format!("{}{}", told.trace.visit(visit).name, told.trace.iteration_words(visit)))
        .collect();
    assert_eq!(story, ["Look#1", "Look#2", "Each", "Stop"]);
}

#[test]
fn rows_put_iterations_under_their_map() {
    let told = failing_map();
    let rows: Vec<(String, u32)> = told
        .trace
        .rows()
        .into_iter()
        .map(|row| match row {
            Row::Visit { visit, depth } => (told.trace.visit(visit).name.to_string(), depth),
            Row::Chain { chain, depth } => (format!("#{}", told.trace.place_of(chain).unwrap().1), depth),
        })
        .collect();
    let expected = [("Each", 0), ("#0", 1), ("#1", 1), ("#2", 1)].map(|(name, depth)| (name.to_string(), depth));
    assert_eq!(rows, expected);
}

#[test]
fn a_branch_fails_for_its_parallel() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Parallel, "Both"))
        .on(0, Some(0), Details::ParallelStateStarted)
        .chain(0, 0, 0)
        .chain(0, 0, 1)
        .on(1, Some(1), entered(StateType::Wait, "Wait"))
        .after(3, 2, Some(2), entered(StateType::Fail, "Stop"))
        .on(1, Some(1), Details::StateAborted { state_type: StateType::Wait })
        .after(5, 0, Some(0), Details::ParallelStateFailed)
        .on(0, None, Details::ExecutionFailed(StatesError::new("Stopped", "on purpose")));
    assert_eq!((told.status(0), told.status(1), told.status(2)), (Status::Failed, Status::Aborted, Status::Failed));
    for state in [0, 2] {
        assert_eq!(told.last(state).failure.as_ref().unwrap().error.as_deref(), Some("Stopped"));
    }
}

#[test]
fn branches_end_with_their_parallel() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Parallel, "Both"))
        .on(0, Some(0), Details::ParallelStateStarted)
        .chain(0, 0, 0)
        .chain(0, 0, 1)
        .pass(1, 1, "Left")
        .pass(2, 2, "Right")
        .on(0, Some(0), Details::ParallelStateSucceeded)
        .on(0, Some(0), exited(StateType::Parallel, "Both"));
    assert_eq!((told.status(0), told.status(1), told.status(2)), (Status::Succeeded, Status::Succeeded, Status::Succeeded));
    assert_eq!((told.taken(Some(1), None), told.taken(Some(2), None)), ((1, 0), (1, 0)));
    assert_eq!(told.trace.iteration_words(told.last(1).id), "");
}

#[test]
fn what_was_running_shows_how_the_execution_ended() {
    let running = || {
        Told::new()
            .on(0, Some(0), entered(StateType::Parallel, "Both"))
            .on(0, Some(0), Details::ParallelStateStarted)
            .chain(0, 0, 0)
            .on(1, Some(1), entered(StateType::Wait, "Wait"))
    };
    let stopped = running().on(0, None, Details::ExecutionAborted(StatesError::default()));
    assert_eq!((stopped.status(0), stopped.status(1)), (Status::Aborted, Status::Aborted));
    let late = running().on(0, None, Details::ExecutionTimedOut(StatesError::named("States.Timeout")));
    assert_eq!((late.status(0), late.status(1)), (Status::TimedOut, Status::TimedOut));
}

#[test]
fn a_redrive_goes_on_where_it_failed() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Parallel, "Both"))
        .on(0, Some(0), Details::ParallelStateStarted)
        .chain(0, 0, 0)
        .on(1, Some(1), entered(StateType::Task, "Send"))
        .on(1, Some(1), scheduled("send"))
        .on(1, Some(1), failed("Broken"))
        .on(0, Some(0), Details::ParallelStateFailed)
        .on(0, None, Details::ExecutionFailed(StatesError::new("Broken", "because")));
    assert_eq!((told.status(0), told.status(1)), (Status::Failed, Status::Failed));
    let told = told.on(0, None, Details::ExecutionRedriven { redrive_count: 1 }).on(1, Some(1), scheduled("send"));
    assert!(told.trace.end().is_none());
    assert_eq!((told.status(0), told.status(1)), (Status::Running, Status::Running));
    let told = told
        .on(1, Some(1), succeeded("send"))
        .on(1, Some(1), exited(StateType::Task, "Send"))
        .on(0, Some(0), Details::ParallelStateSucceeded)
        .on(0, Some(0), exited(StateType::Parallel, "Both"));
    assert_eq!((told.status(0), told.status(1)), (Status::Succeeded, Status::Succeeded));
}

#[test]
fn a_loop_shows_its_last_round() {
    let mut told = Told::new();
    for _ in 0..3 {
        told = told.pass(0, 0, "Again");
    }
    assert_eq!(told.trace.visits_of(StateId(0)).len(), 3);
    assert_eq!(told.taken(Some(0), Some(0)), (2, 0));
    let told = told.on(0, Some(0), entered(StateType::Pass, "Again"));
    assert_eq!((told.status(0), told.trace.count(StateId(0), Status::Succeeded)), (Status::Running, 3));
}

#[test]
fn strange_histories_do_no_harm() {
    // Events of states never entered, of chains never told, and endings without beginnings.
    let told = Told::new()
        .on(7, Some(9), exited(StateType::Task, "Ghost"))
        .on(3, Some(2), Details::MapStateFailed)
        .on(0, Some(0), Details::MapIterationFailed { name: "Each".into(), index: 4_000_000_000 })
        .on(0, Some(0), entered(StateType::Map, "Each"))
        .on(0, Some(0), Details::MapStateStarted { length: 2 })
        .on(0, Some(0), Details::MapIterationStarted { name: "Each".into(), index: 4_000_000_000 })
        .on(0, Some(0), Details::MapStateSucceeded)
        .after(400, 0, None, Details::ExecutionFailed(StatesError::default()));
    assert_eq!(told.status(0), Status::Failed);
}

/// The rows of all events, as text.
fn rows(told: &Told) -> Vec<String> {
    told.events
        .iter()
        .map(|event| {
            let row = EventRow::new(event, &told.trace);
            let tone = row.tone.map(Status::attribute).unwrap_or_default();
            let error = row.error.unwrap_or_default();
            format!("{} {} {}{} {} {error} {}", row.id, row.kind, row.step, row.iteration, row.resource, tone)
        })
        .collect()
}

#[test]
fn rows_say_what_happened_where() {
    let told = failing_map().on(0, Some(0), Details::MapStateFailed).on(0, Some(0), exited(StateType::Map, "Each"));
    let rows = rows(&told);
    assert_eq!(rows[0], "1 ExecutionStarted    ");
    assert_eq!(rows[3], "4 MapIterationStarted Each#0   ");
    assert_eq!(rows[12], "13 TaskScheduled Look#1 SQS send  ");
    assert_eq!(rows[13], "14 TaskFailed Look#1 SQS send Broken failed");
    assert_eq!(rows[16], "17 MapStateExited Each  Broken caught");
}

#[test]
fn the_last_event_of_what_runs_stands_out() {
    let told = failing_map();
    let tones: Vec<u64> = told
        .events
        .iter()
        .map(|event| EventRow::new(event, &told.trace))
        .filter(|row| row.tone == Some(Status::Running))
        .map(|row| row.id)
        .collect();
    // The call of the third item; the last event of the Map itself tells of a failure.
    assert_eq!(tones, [12]);
    let open = told.trace.visits().iter().filter(|visit| visit.status.is_open()).count();
    assert_eq!(open, 2);
}

#[test]
fn a_filter_finds_events_as_they_come() {
    let told = failing_map();
    let mut filtered = Filtered::default();
    filtered.update("", &told.events, &told.trace);
    assert_eq!((filtered.len(), filtered.event_at(3), filtered.row_of(3)), (told.events.len(), Some(3), Some(3)));
    filtered.update("broken", &told.events[..13], &told.trace);
    assert!(filtered.is_empty());
    filtered.update("broken", &told.events, &told.trace);
    assert_eq!((filtered.len(), filtered.event_at(0), filtered.row_of(13), filtered.row_of(2)), (1, Some(13), Some(0), None));
    for (text, found) in [("LOOK #1", 3), ("taskscheduled", 2), ("sqs", 3), ("7", 1), ("nothing", 0)] {
        filtered.update(text, &told.events, &told.trace);
        assert_eq!(filtered.len(), found, "{text}");
    }
}

#[test]
fn an_event_reads_with_its_data_as_json() {
    let input = Value::array(vec![Value::from("x")]);
    let event = Event {
        id: 2,
        previous_event_id: 1,
        timestamp: Timestamp(0),
        state: Some(StateId(0)),
        chain: ChainId(0),
        details: Details::StateEntered { state_type: StateType::Pass, name: "A".into(), input: data(input) }.into(),
    };
    let read = readable(&event).to_string();
    assert!(read.ends_with(r#""stateEnteredEventDetails":{"name":"A","input":["x"]}}"#), "{read}");
}

#[test]
fn a_retried_parallel_says_nothing_of_its_failure() {
    let told = Told::new()
        .on(0, Some(0), entered(StateType::Parallel, "Both"))
        .on(0, Some(0), Details::ParallelStateStarted)
        .chain(0, 0, 0)
        .chain(0, 0, 1)
        .on(1, Some(1), entered(StateType::Wait, "Wait"))
        .now(40)
        .after(3, 2, Some(2), entered(StateType::Fail, "Stop"))
        .now(1040)
        .on(0, Some(0), Details::ParallelStateStarted);
    assert_eq!((told.status(0), told.status(1), told.status(2)), (Status::Running, Status::Aborted, Status::Failed));
    let visit = told.last(0);
    assert_eq!((visit.attempts.len(), visit.attempts[0].status, visit.attempts[0].ended.unwrap().at.0), (2, Status::Failed, 40));
}
