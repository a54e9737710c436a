//! One machine's run: its history, and the chains that are under way in it.

use super::context::Fixed;
use super::event::{Data, Details, Event};
use super::frame::{Frame, Phase};
use super::options::Options;
use super::{Outcome, StatesError, Status, WorkflowType};
use crate::asl::{Definition, ScopeId, StateId};
use crate::timestamp::Timestamp;
use crate::value::{Key, Object, Value};
use std::sync::Arc;

/// One of an execution's runs; 0 is the machine's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub u32);

/// A chain of states in a run: 0 is the run's own, each branch and each iteration has a further one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainId(pub u32);

impl ChainId {
    /// A run's own chain.
    pub const TOP: ChainId = ChainId(0);
}

/// Where a chain belongs.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// The chain that the `Parallel` or `Map` state runs in.
    pub parent: ChainId,
    /// That state; none for the run's own chain.
    pub within: Option<StateId>,
    /// Which branch, or which iteration, from 0.
    pub index: u32,
    /// The event before the chain's first one.
    pub after_event: u64,
}

/// How a run came to be.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    /// The run that started this one.
    pub run: RunId,
    /// The state that did, and its StateEntered event in that run.
    pub state: StateId,
    pub entered_event: u64,
    pub(super) chain: ChainId,
}

/// One machine's run with its history.
#[derive(Debug)]
pub struct Run {
    pub name: Arc<str>,
    /// The execution's ARN.
    pub arn: Arc<str>,
    pub machine: Arc<Definition>,
    pub workflow_type: WorkflowType,
    /// None for the machine's own run.
    pub parent: Option<Parent>,
    pub start: Timestamp,
    pub input: Data,
    pub events: Vec<Event>,
    pub chains: Vec<Chain>,
    /// None while it runs.
    pub outcome: Option<Outcome>,
    /// Where it starts: the machine's scope, or that of a distributed Map's processor.
    pub scope: ScopeId,
    pub redrive_count: u32,
    /// By chain; none where the chain is over.
    pub(super) frames: Vec<Option<Box<Frame>>>,
    pub(super) fixed: Fixed,
    pub(super) depth: u32,
    /// How many events the history may have.
    pub(super) most_events: usize,
    /// The bytes of the variables of all chains under way.
    pub(super) stored: usize,
    /// The history is full: the run ends before its next step.
    pub(super) full: bool,
    /// How long the run may take.
    pub(super) longest: Option<i64>,
    /// The chains that the run's end broke off, as they stood.
    pub(super) broken_off: Vec<(ChainId, Box<Frame>)>,
}

/// What a run is made of.
#[derive(Debug)]
pub(super) struct Start {
    pub machine: Arc<Definition>,
    pub scope: ScopeId,
    pub input: Data,
    pub name: Arc<str>,
    pub arn: Arc<str>,
    pub machine_arn: Arc<str>,
    pub machine_name: Arc<str>,
    pub workflow_type: WorkflowType,
    pub parent: Option<Parent>,
    /// How many executions it stands in.
    pub depth: u32,
    /// The iteration that a distributed Map's child is.
    pub item: Option<Arc<super::frame::Item>>,
}

impl Run {
    pub(super) fn new(start: Start, options: &Options, now: Timestamp) -> Run {
        let standard = start.workflow_type == WorkflowType::Standard;
        let most_events = if options.quotas.events && standard { crate::spec::limits::MAX_HISTORY_EVENTS } else { usize::MAX };
        let seconds = match start.workflow_type {
            WorkflowType::Standard => crate::spec::limits::MAX_STANDARD_SECONDS,
            WorkflowType::Express => crate::spec::limits::MAX_EXPRESS_SECONDS,
        };
        let longest = options.quotas.duration.then_some(seconds as i64);
        // A distributed Map's children have no TimeoutSeconds of their own.
        let own = start.machine.timeout_seconds.filter(|_| start.scope == Definition::TOP);
        let longest = own.into_iter().chain(longest).min().map(|seconds| seconds.saturating_mul(1000));
        let fixed = fixed(&start, options, now, 0);
        let mut run = Run {
            name: start.name,
            arn: start.arn,
            machine: start.machine,
            workflow_type: start.workflow_type,
            parent: start.parent,
            start: now,
            input: start.input.clone(),
            events: Vec::new(),
            chains: vec![Chain { parent: ChainId::TOP, within: None, index: 0, after_event: 0 }],
            outcome: None,
            scope: start.scope,
            redrive_count: 0,
            frames: Vec::new(),
            fixed,
            most_events,
            stored: 0,
            full: false,
            depth: start.depth,
            longest,
            broken_off: Vec::new(),
        };
        let first = run.machine.scope(run.scope).start;
        let state = first.unwrap_or(StateId(u32::MAX));
        let frame = Frame::new(state, start.input, Object::of_distinct(Vec::new()), 0, start.item);
        run.frames.push(Some(Box::new(frame)));
        let input = run.input.clone();
        run.record(0, now, None, ChainId::TOP, Details::ExecutionStarted { input, role_arn: options.role_arn.clone() });
        run
    }

    /// A copy of what is told of the run, without what it needs to go on.
    pub fn told(&self) -> Run {
        Run {
            name: self.name.clone(),
            arn: self.arn.clone(),
            machine: self.machine.clone(),
            workflow_type: self.workflow_type,
            parent: self.parent,
            start: self.start,
            input: self.input.clone(),
            events: self.events.clone(),
            chains: self.chains.clone(),
            outcome: self.outcome.clone(),
            scope: self.scope,
            redrive_count: self.redrive_count,
            frames: Vec::new(),
            fixed: self.fixed.clone(),
            depth: self.depth,
            most_events: self.most_events,
            stored: 0,
            full: self.full,
            longest: self.longest,
            broken_off: Vec::new(),
        }
    }

    /// Brings such a copy up to date.
    pub fn catch_up(&mut self, run: &Run) {
        self.events.extend_from_slice(run.events.get(self.events.len()..).unwrap_or_default());
        self.chains.extend_from_slice(run.chains.get(self.chains.len()..).unwrap_or_default());
        self.outcome = run.outcome.clone();
        self.redrive_count = run.redrive_count;
    }

    /// How it stands.
    pub fn status(&self) -> Status {
        self.outcome.as_ref().map_or(Status::Running, |outcome| outcome.status)
    }

    /// Whether a state's visit in another run has started this one; the visit is told by its StateEntered event.
    pub fn is_started_by(&self, run: RunId, entered_event: u64) -> bool {
        self.parent.is_some_and(|parent| parent.run == run && parent.entered_event == entered_event)
    }

    /// Appends an event; where the history is full, marks the run instead. An event that ends the run always has room.
    pub(super) fn record(
        &mut self,
        previous: u64,
        now: Timestamp,
        state: Option<StateId>,
        chain: ChainId,
        details: Details,
    ) -> u64 {
        let id = self.events.len() as u64 + 1;
        if self.events.len() + 1 >= self.most_events && !ends(&details) {
            self.full = true;
            return self.events.len() as u64;
        }
        self.events.push(Event { id, previous_event_id: previous, timestamp: now, state, chain, details: Arc::new(details) });
        id
    }

    pub(super) fn frame(&mut self, chain: ChainId) -> Option<&mut Frame> {
        self.frames.get_mut(chain.0 as usize)?.as_deref_mut()
    }

    /// When the run times out.
    pub(super) fn deadline(&self, now: Timestamp) -> Option<Timestamp> {
        self.longest.map(|millis| now.plus_millis(millis))
    }

    /// Ends the run; its chains are over.
    pub(super) fn finish(&mut self, outcome: Outcome) {
        // Only the machine's own run can be redriven.
        if outcome.status == Status::Succeeded || self.parent.is_some() {
            self.broken_off.clear();
        }
        self.outcome = Some(outcome);
    }
}

fn ends(details: &Details) -> bool {
    matches!(
        details,
        Details::ExecutionSucceeded { .. }
            | Details::ExecutionFailed(_)
            | Details::ExecutionAborted(_)
            | Details::ExecutionTimedOut(_)
    )
}

impl Frame {
    pub(super) fn new(
        state: StateId,
        input: Data,
        variables: Object,
        after_event: u64,
        item: Option<Arc<super::frame::Item>>,
    ) -> Frame {
        Frame {
            state,
            input,
            variables,
            stored: 0,
            last_event: after_event,
            before_entered: after_event,
            entered_event: 0,
            entered_at: Timestamp(0),
            item,
            attempts: Vec::new(),
            retry_count: 0,
            generation: 0,
            phase: Phase::Entering,
            broken_off: None,
        }
    }
}

/// `Execution` and `StateMachine` of the context object. Express executions are not redriven and have no count of it.
fn fixed(start: &Start, options: &Options, now: Timestamp, redrive_count: u32) -> Fixed {
    let text = |text: &str| Value::from(text);
    let mut execution: Vec<(Key, Value)> = vec![
        ("Id".into(), text(&start.arn)),
        ("Input".into(), start.input.value().clone()),
        ("StartTime".into(), text(&now.to_string())),
        ("Name".into(), text(&start.name)),
        ("RoleArn".into(), text(&options.role_arn)),
    ];
    if start.workflow_type == WorkflowType::Standard {
        execution.push(("RedriveCount".into(), Value::from(i64::from(redrive_count))));
    }
    let machine: [(Key, Value); 2] = [("Id".into(), text(&start.machine_arn)), ("Name".into(), text(&start.machine_name))];
    Fixed { execution: Value::object(execution), state_machine: Value::object(machine) }
}

impl StatesError {
    /// As a catcher gives it on: an error without a name or cause has null there, a timeout an empty cause.
    pub(super) fn output(&self) -> Value {
        let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::Null, Value::String);
        let timed_out = matches!(self.error.as_deref(), Some(super::fault::TIMEOUT | super::fault::HEARTBEAT_TIMEOUT));
        let cause = if timed_out && self.cause.is_none() { Value::from("") } else { text(&self.cause) };
        Value::object([("Error".into(), text(&self.error)), ("Cause".into(), cause)])
    }
}
