//! Enters states, leaves them, and carries failures outward.

use super::context::context;
use super::data::{Fields, Given};
use super::event::{Assigned, Data, Details, EvaluationFailure};
use super::fault::{Fault, QueryPlace, RUNTIME, Wrong};
use super::frame::{Frame, Phase};
use super::run::{ChainId, Run, RunId};
use super::world::World;
use super::{Outcome, StatesError, Status, recovery};
use crate::asl::kinds::{Handlers, Kind};
use crate::asl::{Definition, State, StateId, StateType, Transition};
use crate::spec::limits::{MAX_ASSIGNED_BYTES, MAX_PAYLOAD_BYTES, MAX_VARIABLES_BYTES};
use crate::value::{Object, Value};
use std::sync::Arc;

/// One run at work, with what all runs share.
pub(super) struct Step<'a> {
    pub world: &'a mut World,
    pub run: &'a mut Run,
    pub id: RunId,
    pub machine: &'a Definition,
}

/// What became of a state's work.
pub(super) enum Progress {
    /// It waits for time, an answer, or the chains inside it.
    Under,
    /// It is done.
    Given(Given),
    /// It is done and leads where it chose to, by this of its rules.
    Chosen(Given, Transition, Option<u32>),
}

impl Step<'_> {
    /// Takes the next small step of a chain.
    pub fn advance(&mut self, chain: ChainId) {
        let Some(frame) = self.run.frame(chain) else { return };
        match frame.phase {
            Phase::Entering => self.enter(chain),
            Phase::Resuming => self.resume(chain),
            Phase::Leaving(_) => {
                if let Phase::Leaving(output) = std::mem::replace(&mut frame.phase, Phase::Ended) {
                    self.join(chain, output);
                }
            }
            _ => {}
        }
    }

    /// A timer of the chain went off.
    pub fn wake(&mut self, chain: ChainId, generation: u32) {
        let Some(frame) = self.run.frame(chain) else { return };
        if frame.generation != generation {
            return;
        }
        match frame.phase {
            Phase::Waiting => self.waited(chain),
            Phase::BackingOff => self.work(chain),
            Phase::Calling(_) => self.call_timed_out(chain),
            _ => {}
        }
    }

    /// The run's own time is over: it ends without an error's name or cause.
    pub fn time_out(&mut self, redrive_count: u32) {
        // The time of a redriven run is counted anew.
        if redrive_count != self.run.redrive_count {
            return;
        }
        self.end_run(ChainId::TOP, Status::TimedOut, StatesError::default());
    }

    /// The run is stopped from outside.
    pub fn stop(&mut self, failure: StatesError) {
        self.end_run(ChainId::TOP, Status::Aborted, failure);
    }

    fn enter(&mut self, chain: ChainId) {
        let now = self.world.now;
        let Some(frame) = self.run.frame(chain) else { return };
        let state_id = frame.state;
        if state_id.0 as usize >= self.machine.states.len() {
            let failure = StatesError::new(RUNTIME, "The state machine has no state to start at.");
            return self.end_run(chain, Status::Failed, failure);
        }
        frame.before_entered = frame.last_event;
        frame.entered_at = now;
        frame.attempts.clear();
        frame.retry_count = 0;
        let (input, previous) = (frame.input.clone(), frame.last_event);
        let state = self.machine.state(state_id);
        let details = Details::StateEntered { state_type: state.state_type, name: state.name.clone(), input };
        let entered = self.run.record(previous, now, Some(state_id), chain, details);
        if let Some(frame) = self.run.frame(chain) {
            frame.entered_event = entered;
            frame.last_event = entered;
            frame.phase = Phase::Working;
        }
        self.work(chain);
    }

    /// Does what the state is there for, the first time or again.
    pub fn work(&mut self, chain: ChainId) {
        let Some(frame) = self.run.frame(chain) else { return };
        let machine = self.machine;
        let state = machine.state(frame.state);
        let input = frame.input.clone();
        let progress = match &state.kind {
            Kind::Pass { result } => self.fields(chain, state, &input).pass(result.as_ref()).map(Progress::Given),
            Kind::Task(task) => self.call(chain, state, task),
            Kind::Choice { rules, default } => {
                let chosen = self.fields(chain, state, &input).choose(rules, *default);
                chosen.map(|(given, next, rule)| Progress::Chosen(given, next, rule))
            }
            Kind::Wait(until) => self.wait(chain, state, until),
            Kind::Succeed => self.fields(chain, state, &input).through().map(Progress::Given),
            Kind::Fail(fail) => Err(self.fields(chain, state, &input).failure(fail).map_or_else(|fault| fault, Fault::plain)),
            Kind::Parallel { branches, .. } => self.fork(chain, state, branches),
            Kind::Map(map) => self.map(chain, state, map),
            Kind::Broken(message) => Err(Fault::runtime(message.to_string())),
        };
        self.progress(chain, state, progress);
    }

    /// Goes on with what became of a state's work.
    pub fn progress(&mut self, chain: ChainId, state: &State, progress: Result<Progress, Fault>) {
        match progress {
            Ok(Progress::Under) => {}
            Ok(Progress::Given(given)) => self.leave(chain, given, state.next, None),
            Ok(Progress::Chosen(given, next, rule)) => self.leave(chain, given, next, rule),
            Err(fault) => self.fault(chain, fault),
        }
    }

    /// Leaves a state with what it gives on; `way` is the rule of the Choice or the catcher that leads there.
    pub fn leave(&mut self, chain: ChainId, given: Given, next: Transition, way: Option<u32>) {
        match self.may_leave(chain, &given, next) {
            Ok(()) => self.left(chain, given, next, way),
            Err(fault) => self.fault(chain, fault),
        }
    }

    /// Whether a state can be left with an output, and with variables.
    fn may_leave(&mut self, chain: ChainId, (output, assigned): &Given, next: Transition) -> Result<(), Fault> {
        if self.too_large(output) || assigned.as_ref().is_some_and(|assigned| self.too_much_stored(chain, assigned)) {
            return Err(Fault::too_large(&self.machine.state(self.state_of(chain)).name));
        }
        if next == Transition::Nowhere { Err(no_next()) } else { Ok(()) }
    }

    fn left(&mut self, chain: ChainId, (output, assigned): Given, next: Transition, way: Option<u32>) {
        let Some(frame) = self.run.frame(chain) else { return };
        let machine = self.machine;
        let state = machine.state(frame.state);
        let noted = assigned.as_ref().map(noted);
        self.event(
            chain,
            Details::StateExited {
                state_type: state.state_type,
                name: state.name.clone(),
                output: output.clone(),
                assigned: noted,
                way,
            },
        );
        let Some(frame) = self.run.frame(chain) else { return };
        frame.generation = frame.generation.wrapping_add(1);
        if let Some(assigned) = assigned {
            frame.variables = merged(&frame.variables, &assigned);
        }
        match next {
            Transition::Next(next) => {
                frame.state = next;
                frame.input = output;
                frame.phase = Phase::Entering;
                self.world.ready.push_back((self.id, chain));
            }
            _ => self.chain_ended(chain, output),
        }
    }

    fn chain_ended(&mut self, chain: ChainId, output: Data) {
        if chain != ChainId::TOP {
            let Some(frame) = self.run.frame(chain) else { return };
            frame.phase = Phase::Leaving(output);
            return self.world.ready.push_front((self.id, chain));
        }
        self.event_of_run(chain, Details::ExecutionSucceeded { output: output.clone() });
        self.finish(Status::Succeeded, Some(output), StatesError::default());
    }

    /// Something went wrong inside a state: tells it in AWS's words and looks for who answers.
    pub fn fault(&mut self, chain: ChainId, fault: Fault) {
        let (failure, query) = self.told(chain, fault);
        if let Some(query) = &query {
            self.evaluation_failed(chain, &failure, query);
        }
        self.fail(chain, failure, query.is_some());
    }

    /// The error in AWS's words, and where a query went wrong.
    fn told(&mut self, chain: ChainId, fault: Fault) -> (StatesError, Option<QueryPlace>) {
        match fault.wrong() {
            Wrong::Plain(failure) => (failure, None),
            Wrong::Told { name, message, query } => (StatesError::new(name, self.at_state(chain, &message)), query),
        }
    }

    fn evaluation_failed(&mut self, chain: ChainId, failure: &StatesError, query: &QueryPlace) {
        let state = self.machine.state(self.state_of(chain)).name.clone();
        let details = EvaluationFailure { failure: failure.clone(), location: query.location.clone(), state };
        let Some(frame) = self.run.frame(chain) else { return };
        // What fails as the state is entered follows the event before StateEntered, as if both had happened at once.
        if frame.last_event == frame.entered_event && !query.late {
            frame.last_event = frame.before_entered;
        }
        self.event(chain, Details::EvaluationFailed(Box::new(details)));
    }

    fn at_state(&mut self, chain: ChainId, message: &str) -> String {
        let entered = self.run.frame(chain).map_or(0, |frame| frame.entered_event);
        let name = &self.machine.state(self.state_of(chain)).name;
        format!("An error occurred while executing the state '{name}' (entered at the event id #{entered}). {message}")
    }

    /// A state failed: retries it, catches the error, or carries it to the state around; `told` says whether a `Map` or `Parallel` shows
    /// that it failed.
    pub fn fail(&mut self, chain: ChainId, failure: StatesError, told: bool) {
        let (mut chain, mut told) = (chain, told);
        loop {
            let state_id = self.state_of(chain);
            let machine = self.machine;
            let state = machine.state(state_id);
            let handlers = state.kind.handlers();
            if let Some(handlers) = handlers
                && self.retry(chain, handlers, &failure)
            {
                return self.answered_for(chain);
            }
            if told {
                self.tell_failed(chain, state.state_type);
            }
            if let Some((at, catcher)) = handlers.and_then(|handlers| recovery::answering_catcher(&handlers.catch, &failure)) {
                let input = self.input(chain);
                let caught = self.fields(chain, state, &input).caught(catcher, &failure);
                match caught.and_then(|given| self.may_leave(chain, &given, catcher.next).map(|()| given)) {
                    Ok(given) => {
                        self.answered_for(chain);
                        return self.left(chain, given, catcher.next, Some(at as u32));
                    }
                    // An error of the catcher itself has nobody left here who would answer it.
                    Err(fault) => return self.fault_outward(chain, fault),
                }
            }
            match self.outward(chain) {
                Some(parent) => (chain, told) = (parent, true),
                None => return self.end_run(chain, Status::Failed, failure),
            }
        }
    }

    fn fault_outward(&mut self, chain: ChainId, fault: Fault) {
        let (failure, _) = self.told(chain, fault);
        match self.outward(chain) {
            Some(parent) => self.fail(parent, failure, true),
            None => self.end_run(chain, Status::Failed, failure),
        }
    }

    /// A failure was answered: what it broke off won't go on.
    fn answered_for(&mut self, chain: ChainId) {
        let gone: usize = self.run.broken_off.drain(..).map(|(_, frame)| frame.stored).sum();
        self.run.stored = self.run.stored.saturating_sub(gone);
        if let Some(frame) = self.run.frame(chain) {
            frame.broken_off = None;
        }
    }

    fn tell_failed(&mut self, chain: ChainId, state_type: StateType) {
        match state_type {
            StateType::Map => self.event(chain, Details::MapStateFailed),
            StateType::Parallel => self.event(chain, Details::ParallelStateFailed),
            _ => 0,
        };
    }

    fn retry(&mut self, chain: ChainId, handlers: &Handlers, failure: &StatesError) -> bool {
        let Some(frame) = self.run.frames.get_mut(chain.0 as usize).and_then(|frame| frame.as_deref_mut()) else { return false };
        let Some((retrier, used)) = recovery::retrier(&handlers.retry, failure, &mut frame.attempts) else { return false };
        let delay = recovery::delay(retrier, used, &mut self.world.random);
        frame.retry_count += 1;
        frame.phase = Phase::BackingOff;
        self.set_timer(chain, self.world.now.plus_seconds(delay));
        true
    }

    /// Ends the machine's run from a chain.
    pub fn end_run(&mut self, chain: ChainId, status: Status, failure: StatesError) {
        let details = match status {
            Status::TimedOut => Details::ExecutionTimedOut(failure.clone()),
            Status::Aborted => Details::ExecutionAborted(failure.clone()),
            _ => Details::ExecutionFailed(failure.clone()),
        };
        self.event_of_run(chain, details);
        self.finish(status, None, failure);
    }

    fn finish(&mut self, status: Status, output: Option<Data>, failure: StatesError) {
        self.stop_children_of_all();
        let outcome = Outcome { status, output, failure, start: self.run.start, stop: self.world.now };
        self.run.finish(outcome);
        self.world.finished.push(self.id);
    }

    /// A full history ends the run, with the last event that has room.
    pub fn check_full(&mut self) {
        if self.run.full && self.run.outcome.is_none() {
            let failure = StatesError::new(RUNTIME, "The execution reached the maximum number of history events (25000).");
            let previous = self.run.events.len() as u64;
            if let Some(frame) = self.run.frame(ChainId::TOP) {
                frame.last_event = previous;
            }
            self.end_run(ChainId::TOP, Status::Failed, failure);
        }
    }

    // What the state files build on.

    /// Appends an event of a chain's state; the next one of the chain follows it.
    pub fn event(&mut self, chain: ChainId, details: Details) -> u64 {
        let now = self.world.now;
        let Some(frame) = self.run.frame(chain) else { return 0 };
        let (previous, state) = (frame.last_event, frame.state);
        let id = self.run.record(previous, now, Some(state), chain, details);
        if let Some(frame) = self.run.frame(chain) {
            frame.last_event = id;
        }
        id
    }

    /// Appends an event that nothing follows: the chain goes on from the event before.
    pub fn event_aside(&mut self, chain: ChainId, details: Details) -> u64 {
        let Some(frame) = self.run.frame(chain) else { return 0 };
        let (previous, state) = (frame.last_event, frame.state);
        self.run.record(previous, self.world.now, Some(state), chain, details)
    }

    fn event_of_run(&mut self, chain: ChainId, details: Details) {
        let so_far = self.run.events.len() as u64;
        let previous = self.run.frame(chain).map_or(so_far, |frame| frame.last_event);
        self.run.record(previous, self.world.now, None, ChainId::TOP, details);
    }

    pub fn state_of(&mut self, chain: ChainId) -> StateId {
        self.run.frame(chain).map_or(StateId(0), |frame| frame.state)
    }

    pub fn input(&mut self, chain: ChainId) -> Data {
        self.run.frame(chain).map_or_else(|| Data::Value(Value::Null), |frame| frame.input.clone())
    }

    /// The fields of a state with what its queries see.
    pub fn fields<'f>(&'f mut self, chain: ChainId, state: &'f State, input: &'f Data) -> Fields<'f> {
        let context = if state.reads_context { self.context(chain, state, None) } else { Value::Null };
        let variables = match &self.run.frames[chain.0 as usize] {
            Some(frame) => &frame.variables,
            None => no_variables(),
        };
        Fields { state, input, context, variables, now: self.world.now, random: &mut self.world.random }
    }

    pub fn context(&self, chain: ChainId, state: &State, token: Option<&str>) -> Value {
        match &self.run.frames[chain.0 as usize] {
            Some(frame) => context(&self.run.fixed, state, frame, token),
            None => Value::Null,
        }
    }

    /// Wakes a chain at a time, unless it has moved on by then.
    pub fn set_timer(&mut self, chain: ChainId, at: crate::timestamp::Timestamp) {
        let Some(frame) = self.run.frame(chain) else { return };
        frame.generation = frame.generation.wrapping_add(1);
        let generation = frame.generation;
        self.world.set_timer(at, self.id, Some(chain), generation);
    }

    pub fn too_large(&self, data: &Data) -> bool {
        self.world.options.quotas.payload && data.size() > MAX_PAYLOAD_BYTES
    }

    /// Counts the variables that a chain is about to set; whether they are more than AWS keeps.
    fn too_much_stored(&mut self, chain: ChainId, assigned: &Object) -> bool {
        let limited = self.world.options.quotas.variables;
        let Some(frame) = self.run.frame(chain).filter(|_| limited) else { return false };
        let replaced: usize = assigned.iter().filter_map(|(name, _)| frame.variables.get(name)).map(Value::size).sum();
        let added: usize = assigned.iter().map(|(_, value)| value.size()).sum();
        let (before, after) = (frame.stored, (frame.stored + added).saturating_sub(replaced));
        let all = (self.run.stored + after).saturating_sub(before);
        if added > MAX_ASSIGNED_BYTES || all > MAX_VARIABLES_BYTES {
            return true;
        }
        if let Some(frame) = self.run.frame(chain) {
            frame.stored = after;
        }
        self.run.stored = all;
        false
    }

    /// The frame of a chain that is known to be under way.
    pub fn frame_mut(&mut self, chain: ChainId) -> Option<&mut Frame> {
        self.run.frame(chain)
    }
}

const NO_NEXT: &str = "Failed to transition out of the state. The state does not point to a next state.";

/// The fault of a state that can't be left.
pub(super) fn no_next() -> Fault {
    Fault::runtime(NO_NEXT)
}

fn no_variables() -> &'static Object {
    static NONE: std::sync::OnceLock<Object> = std::sync::OnceLock::new();
    NONE.get_or_init(|| Object::of_distinct(Vec::new()))
}

fn noted(assigned: &Object) -> Assigned {
    Arc::new(assigned.iter().map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn merged(variables: &Object, assigned: &Object) -> Object {
    if variables.is_empty() {
        return assigned.clone();
    }
    let all = variables.iter().chain(assigned.iter());
    all.map(|(name, value)| (name.clone(), value.clone())).collect()
}
