//! The execution as its driver sees it.

use super::event::{Data, Event};
use super::frame::Phase;
use super::run::{ChainId, Parent, Run, RunId, Start};
use super::step::Step;
use super::world::{Named, World};
use super::{Answer, CallId, NotRedrivable, Objects, Options, StatesError, TaskCall, WorkflowType, nested};
use crate::asl::Definition;
use crate::asl::kinds::Kind;
use crate::json;
use crate::timestamp::Timestamp;
use std::sync::Arc;

/// How a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl Status {
    /// As DescribeExecution names it.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Running => "RUNNING",
            Status::Succeeded => "SUCCEEDED",
            Status::Failed => "FAILED",
            Status::TimedOut => "TIMED_OUT",
            Status::Aborted => "ABORTED",
        }
    }
}

/// How a run ended, as DescribeExecution shows it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub status: Status,
    pub output: Option<Data>,
    pub failure: StatesError,
    pub start: Timestamp,
    pub stop: Timestamp,
}

/// What has to happen before the execution can move again.
#[derive(Debug)]
pub enum Next {
    /// Start these calls (each is handed out once); come back with the first answer, or at `wake_at`.
    Wait { start: Vec<TaskCall>, wake_at: Option<Timestamp> },
    /// The steps of this poll are used up; poll again.
    Working,
    /// The machine's own run is over; asking again gives the same outcome.
    Done(Outcome),
}

/// A running machine, and the runs it started.
#[derive(Debug)]
pub struct Execution {
    pub(super) world: World,
    pub(super) runs: Vec<Run>,
}

impl Data {
    /// An execution's input from its JSON text, kept as it stands.
    pub fn given(text: &str) -> Result<Data, json::SyntaxError> {
        Ok(Data::Text(Arc::new((text.into(), json::value_of(text)?))))
    }
}

impl Execution {
    /// Starts a machine with an input.
    pub fn start(machine: Arc<Definition>, input: Data, options: Options) -> Execution {
        let options = Arc::new(options);
        let mut world = World::new(options.clone());
        let arn = options.execution_arn(&options.machine_name, &options.name, options.workflow_type, &mut world);
        let arn: Arc<str> = arn.into();
        world.machine = Some(machine.clone());
        if options.workflow_type == WorkflowType::Standard {
            world.named.push(Named { arn: arn.clone(), input: input.clone(), start: world.now, run: RunId(0), over: false });
        }
        world.start_run(Start {
            machine,
            scope: Definition::TOP,
            input,
            name: options.name.clone(),
            arn,
            machine_arn: options.machine_arn().into(),
            machine_name: options.machine_name.clone(),
            workflow_type: options.workflow_type,
            parent: None,
            depth: 0,
            item: None,
        });
        let mut execution = Execution { world, runs: Vec::new() };
        execution.settle();
        execution
    }

    /// Goes on for at most `budget` steps, a state each.
    pub fn poll(&mut self, budget: usize) -> Next {
        for _ in 0..budget.max(1) {
            self.fire_timers();
            let Some((run, chain)) = self.world.ready.pop_front() else { break };
            self.on(run, |step| step.advance(chain));
        }
        if let Some(outcome) = &self.runs[0].outcome {
            return Next::Done(outcome.clone());
        }
        if !self.world.ready.is_empty() {
            return Next::Working;
        }
        self.drop_stale_timers();
        let wake_at = self.world.next_timer().map(|timer| timer.at);
        Next::Wait { start: std::mem::take(&mut self.world.calls), wake_at }
    }

    /// Brings the answer to a call; of a call that is over, it is dropped.
    pub fn handle_answer(&mut self, call: CallId, answer: Answer, now: Timestamp) {
        self.handle_time(now);
        if let Some((run, chain)) = self.caller(call) {
            self.on(run, |step| step.answered(chain, answer));
        }
    }

    /// Whether the answer to a call is still awaited: not after it timed out, and not when its branch was aborted.
    pub fn awaits(&self, call: CallId) -> bool {
        self.world.callers.contains_key(&call)
    }

    /// Tells the time. Time never goes back.
    pub fn handle_time(&mut self, now: Timestamp) {
        self.world.now = self.world.now.max(now);
        self.fire_timers();
    }

    /// Stops the machine's own run and all others, as StopExecution does.
    pub fn handle_stop(&mut self, failure: StatesError, now: Timestamp) {
        self.handle_time(now);
        self.on(RunId(0), |step| step.stop(failure));
    }

    /// Starts a failed, aborted or timed-out Standard run again from where it failed, as RedriveExecution does.
    pub fn handle_redrive(&mut self, now: Timestamp) -> Result<(), NotRedrivable> {
        self.handle_time(now);
        self.runs[0].redrivable(self.world.now)?;
        self.runs[0].outcome = None;
        self.world.named.iter_mut().filter(|named| named.run == RunId(0)).for_each(|named| named.over = false);
        self.on(RunId(0), |step| step.redrive_run());
        Ok(())
    }

    /// The history of the machine's own run.
    pub fn events(&self) -> &[Event] {
        &self.runs[0].events
    }

    /// All runs: the machine's own first, children as they were started.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The S3 objects as they are now, with what a `ResultWriter` has written.
    pub fn objects(&self) -> &Objects {
        &self.world.objects
    }

    /// When something happens by itself: a timeout, a missed heartbeat, the end of a wait or a back-off.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        self.world.next_timer().map(|timer| timer.at)
    }

    /// The name of the further machine that a run is of; none of the execution's own machine.
    pub fn machine_name(&self, run: RunId) -> Option<&str> {
        let run = self.runs.get(run.0 as usize)?;
        let machines = &self.world.options.machines;
        machines.iter().find(|(_, machine)| Arc::ptr_eq(&machine.definition, &run.machine)).map(|(name, _)| name.as_str())
    }

    /// What a `ResultWriter` has written: bucket, key and text of the objects that are not as they were given.
    pub fn written(&self) -> Vec<(&str, &str, &Arc<str>)> {
        let given = &self.world.options.objects;
        let mut written = Vec::new();
        if Arc::ptr_eq(given, &self.world.objects) {
            return written;
        }
        for (bucket, keys) in self.world.objects.iter() {
            let before = given.get(bucket);
            for (key, text) in keys.iter() {
                if before.and_then(|keys| keys.get(key)) != Some(text) {
                    written.push((bucket.as_str(), key.as_str(), text));
                }
            }
        }
        written
    }

    /// The time of the last event or answer.
    pub fn now(&self) -> Timestamp {
        self.world.now
    }

    pub(super) fn caller(&self, call: CallId) -> Option<(RunId, ChainId)> {
        self.world.callers.get(&call).copied()
    }

    /// Does something in a run, and what comes of it in others.
    pub(super) fn on(&mut self, run: RunId, work: impl FnOnce(&mut Step)) {
        self.in_run(run, work);
        self.settle();
    }

    fn in_run(&mut self, id: RunId, work: impl FnOnce(&mut Step)) {
        let Some(run) = self.runs.get_mut(id.0 as usize) else { return };
        if run.outcome.is_some() {
            return;
        }
        let machine = run.machine.clone();
        let mut step = Step { world: &mut self.world, run, id, machine: &machine };
        work(&mut step);
        step.check_full();
    }

    /// Starts and stops runs as steps have asked, and tells parents of children that are over.
    fn settle(&mut self) {
        loop {
            if let Some(failure) = self.world.refused.take() {
                self.in_run(RunId(0), |step| step.end_run(ChainId::TOP, Status::Failed, failure));
            } else if let Some(start) = self.world.starting.pop_front() {
                let id = RunId(self.runs.len() as u32);
                let run = Run::new(start, &self.world.options.clone(), self.world.now);
                if let Some(deadline) = run.deadline(self.world.now) {
                    self.world.set_timer(deadline, id, None, 0);
                }
                self.runs.push(run);
                self.world.ready.push_back((id, ChainId::TOP));
            } else if let Some((id, failure)) = self.world.stopping.pop() {
                self.in_run(id, |step| step.stop(failure));
            } else if let Some(id) = self.world.finished.pop() {
                self.tell_of_end(id);
            } else {
                return;
            }
        }
    }

    /// Tells those who wait for a run that it is over: who started it, and who started it once more.
    fn tell_of_end(&mut self, id: RunId) {
        self.world.named.iter_mut().filter(|named| named.run == id).for_each(|named| named.over = true);
        let (others, waiting) = std::mem::take(&mut self.world.waiting).into_iter().partition(|(run, _)| *run == id);
        self.world.waiting = waiting;
        let others: Vec<(RunId, Parent)> = others;
        for waiter in self.runs[id.0 as usize].parent.into_iter().chain(others.into_iter().map(|(_, waiter)| waiter)) {
            self.tell(id, waiter);
        }
    }

    fn tell(&mut self, id: RunId, waiter: Parent) {
        let Some(machine) = self.runs.get(waiter.run.0 as usize).map(|run| run.machine.clone()) else { return };
        let state = machine.state(waiter.state);
        if let Kind::Task(task) = &state.kind {
            if let Some(answer) = nested::answer(&self.runs[id.0 as usize], &task.resource) {
                self.in_run(waiter.run, |step| step.nested_over(waiter.chain, id, answer));
            }
            return;
        }
        // A child stands behind its parent, who only reads it.
        let (parents, children) = self.runs.split_at_mut(id.0 as usize);
        let (Some(run), Some(child)) = (parents.get_mut(waiter.run.0 as usize), children.first()) else { return };
        if run.outcome.is_none() {
            let mut step = Step { world: &mut self.world, run, id: waiter.run, machine: &machine };
            step.child_over(waiter.chain, id, child);
            step.check_full();
        }
    }

    fn fire_timers(&mut self) {
        while let Some(timer) = self.world.next_timer() {
            if timer.at > self.world.now {
                return;
            }
            self.world.drop_timer();
            match timer.chain {
                None => self.on(timer.run, |step| step.time_out(timer.generation)),
                Some(chain) => self.on(timer.run, |step| step.wake(chain, timer.generation)),
            }
        }
    }

    /// Forgets timers at the head that would wake nobody, so that nobody waits for them.
    fn drop_stale_timers(&mut self) {
        while let Some(timer) = self.world.next_timer() {
            let run = &self.runs[timer.run.0 as usize];
            let frame = timer.chain.and_then(|chain| run.frames.get(chain.0 as usize)?.as_deref());
            let live = match timer.chain {
                None => run.outcome.is_none() && run.redrive_count == timer.generation,
                Some(_) => frame.is_some_and(|frame| frame.generation == timer.generation && !matches!(frame.phase, Phase::Ended)),
            };
            if live {
                return;
            }
            self.world.drop_timer();
        }
    }
}
