//! One event read into a trace.

use super::{End, Iterations, Mark, Status, Submitted, Trace, Transition, Visit, VisitId};
use crate::asl::{StateId, StateType};
use crate::engine::{Chain, ChainId, Data, Details, Event, StatesError};
use std::sync::Arc;

impl Trace {
    /// Reads one event; `chains` are those of the run, as far as they exist by now.
    pub fn push(&mut self, event: &Event, chains: &[Chain]) {
        self.now = event.timestamp;
        self.start.get_or_insert(event.timestamp);
        self.chain_mut(event.chain, chains);
        let mark = Mark { event: event.id, at: event.timestamp };
        let visit = match &*event.details {
            Details::StateEntered { state_type, name, input } => {
                event.state.map(|state| self.enter(state, *state_type, name, input, event.chain, mark))
            }
            _ => self.visit_for(event.state, event.chain),
        };
        // Kept before reading on: the event that ends a run asks which visit the event before it belongs to.
        self.of_event.push(visit);
        match visit {
            Some(visit) => {
                self.happened(visit, event, mark);
                self.visit_mut(visit).last = mark;
            }
            None => self.of_execution(event, mark),
        }
    }

    /// The visit that an event of a state belongs to: the one in progress, the Map around an iteration, or one that is tried again.
    fn visit_for(&self, state: Option<StateId>, chain: ChainId) -> Option<VisitId> {
        let (state, chain) = (state?, self.chain(chain)?);
        [chain.open, chain.owner, chain.last].into_iter().flatten().find(|visit| self.visit(*visit).state == state)
    }

    pub(super) fn visit_mut(&mut self, id: VisitId) -> &mut Visit {
        &mut self.visits[id.0 as usize]
    }

    fn enter(
        &mut self,
        state: StateId,
        state_type: StateType,
        name: &Arc<str>,
        input: &Data,
        chain: ChainId,
        entered: Mark,
    ) -> VisitId {
        let id = VisitId(self.visits.len() as u32);
        let trace = &mut self.chains[chain.0 as usize];
        let came_from = trace.last.replace(id);
        trace.first.get_or_insert(id);
        trace.open = Some(id);
        if let Some(before) = came_from {
            self.visit_mut(before).went_to = Some(id);
        }
        let before = came_from.map(|before| self.visit(before));
        let caught = before.is_some_and(|before| before.status == Status::Caught);
        let way = before.and_then(|before| before.way);
        let transition = Transition { from: before.map(|before| before.state), to: Some(state), way };
        self.paths.take(transition, caught);
        self.visits.push(Visit {
            id,
            state,
            name: name.clone(),
            state_type,
            chain,
            status: Status::NotEntered,
            entered,
            left: None,
            last: entered,
            input: input.clone(),
            output: None,
            assigned: None,
            failure: None,
            failed_at: None,
            attempts: Vec::new(),
            map_run: None,
            came_from,
            went_to: None,
            way: None,
            culprit: None,
            chains: Vec::new(),
            live_from: 0,
            pending: None,
        });
        let at = state.0 as usize;
        if self.states.len() <= at {
            self.states.resize_with(at + 1, Default::default);
        }
        let several = self.states[at].visits.last().is_some_and(|last| self.visit(*last).chain != chain);
        let known = &mut self.states[at];
        known.in_many_chains |= several;
        known.visits.push(id);
        known.counts[Status::NotEntered as usize] += 1;
        self.set_status(id, Status::Running);
        id
    }

    fn happened(&mut self, visit: VisitId, event: &Event, mark: Mark) {
        match &*event.details {
            Details::StateExited { output, assigned, way, .. } => self.exit(visit, output, assigned, *way, mark),
            Details::StateAborted { .. } => self.end_branch(visit, Status::Aborted, mark),
            Details::EvaluationFailed(failed) => {
                self.visit_mut(visit).failed_at = failed.location.clone();
                self.fail_attempt(visit, Some(&failed.failure), Status::Failed, mark);
            }

            Details::LambdaFunctionScheduled(call) | Details::ActivityScheduled(call) | Details::TaskScheduled(call) => {
                self.begin_attempt(visit, Some(call), mark);
            }
            Details::LambdaFunctionStarted | Details::TaskStarted { .. } => {
                if let Some(attempt) = self.visit_mut(visit).open_attempt() {
                    attempt.started = Some(mark);
                }
            }
            // Its worker has the task, and the token with it.
            Details::ActivityStarted { .. } => {
                if let Some(attempt) = self.visit_mut(visit).open_attempt() {
                    attempt.started = Some(mark);
                    attempt.status = Status::Waiting;
                }
                self.set_status(visit, Status::Waiting);
            }
            Details::TaskSubmitted { task, output } => {
                let waits = task.resource.ends_with(".waitForTaskToken");
                if let Some(attempt) = self.visit_mut(visit).open_attempt() {
                    attempt.submitted = Some(Submitted { mark, output: output.clone() });
                    attempt.status = if waits { Status::Waiting } else { Status::Running };
                }
                if waits {
                    self.set_status(visit, Status::Waiting);
                }
            }
            Details::LambdaFunctionSucceeded { output }
            | Details::ActivitySucceeded { output }
            | Details::TaskSucceeded { output, .. } => self.succeed_attempt(visit, Some(output), mark),
            Details::LambdaFunctionFailed(failure)
            | Details::ActivityFailed(failure)
            | Details::MapRunFailed(failure)
            | Details::TaskFailed { failure, .. } => self.fail_attempt(visit, Some(failure), Status::Failed, mark),
            Details::LambdaFunctionTimedOut(failure)
            | Details::ActivityTimedOut(failure)
            | Details::TaskTimedOut { failure, .. } => self.fail_attempt(visit, Some(failure), Status::TimedOut, mark),

            Details::ParallelStateStarted => {
                self.fail_before_retry(visit, event.previous_event_id);
                self.begin_attempt(visit, None, mark);
            }
            Details::MapStateStarted { length } => {
                self.fail_before_retry(visit, event.previous_event_id);
                self.begin_attempt(visit, None, mark);
                self.iterations.insert(visit, Iterations::of(*length));
            }
            Details::MapRunStarted { arn } => {
                self.visit_mut(visit).map_run = Some(arn.clone());
                // The items are executions of their own, of which this history does not tell.
                self.iterations.remove(&visit);
            }
            Details::ParallelStateSucceeded | Details::MapStateSucceeded => {
                self.finish_chains(visit);
                self.succeed_attempt(visit, None, mark);
            }
            Details::ParallelStateFailed | Details::MapStateFailed => {
                let culprit = self.visit_of_event(event.previous_event_id);
                self.fail_container(visit, culprit, mark);
            }
            Details::MapIterationStarted { index, .. } => self.set_iteration(visit, *index, Status::Running),
            Details::MapIterationSucceeded { index, .. } => {
                self.finish_iteration(visit, *index);
                self.set_iteration(visit, *index, Status::Succeeded);
            }
            Details::MapIterationFailed { index, .. } => {
                let culprit = self.visit_of_event(event.previous_event_id);
                self.fail_iteration(visit, *index, culprit, mark);
            }
            Details::MapIterationAborted { index, .. } => {
                self.abort_iteration(visit, *index, mark);
                self.set_iteration(visit, *index, Status::Aborted);
            }
            _ => {}
        }
    }

    fn of_execution(&mut self, event: &Event, mark: Mark) {
        let (output, failure, open) = match &*event.details {
            Details::ExecutionStarted { input, .. } => {
                self.input = Some(input.clone());
                return;
            }
            Details::ExecutionSucceeded { output } => (Some(output.clone()), None, Status::Succeeded),
            Details::ExecutionFailed(failure) => (None, Some(failure), Status::Failed),
            Details::ExecutionTimedOut(failure) => (None, Some(failure), Status::TimedOut),
            Details::ExecutionAborted(failure) => (None, Some(failure), Status::Aborted),
            Details::ExecutionRedriven { .. } => return self.redrive(),
            _ => return,
        };
        self.end = Some(End { mark, output, failure: failure.cloned() });
        match failure {
            None => self.finish_chain(ChainId(0)),
            Some(failure) if open == Status::Failed => self.fail_execution(event, failure, mark),
            // Ended from outside: what was in progress is the execution's own status.
            Some(_) => self.close_chain(ChainId(0), None, open, mark),
        }
    }

    /// The state that failed, and those whose failure it is, learn the error where no event of theirs told it.
    fn fail_execution(&mut self, event: &Event, failure: &StatesError, mark: Mark) {
        let culprit = self.visit_of_event(event.previous_event_id).or(self.chains[0].open);
        self.close_chain(ChainId(0), culprit, Status::Aborted, mark);
        let mut blamed = self.chains[0].last;
        // A Fail state leads to the end; another that failed leads nowhere.
        if let Some(last) = blamed.map(|last| self.visit(last)).filter(|last| last.state_type == StateType::Fail) {
            self.paths.take(Transition { from: Some(last.state), to: None, way: None }, false);
        }
        while let Some(visit) = blamed.filter(|visit| self.visit(*visit).failure.is_none()) {
            let visit = self.visit_mut(visit);
            visit.failure = Some(failure.clone());
            blamed = visit.culprit;
        }
    }

    pub(super) fn set_status(&mut self, id: VisitId, status: Status) {
        let visit = &mut self.visits[id.0 as usize];
        let old = std::mem::replace(&mut visit.status, status);
        let counts = &mut self.states[visit.state.0 as usize].counts;
        counts[old as usize] -= 1;
        counts[status as usize] += 1;
    }
}
