//! What the runs of one execution share: the time, the timers, the calls and the chance.

use super::event::Data;
use super::options::{Objects, Options};
use super::run::{ChainId, Parent, RunId, Start};
use super::{CallId, StatesError, TaskCall};
use crate::asl::Definition;
use crate::order::Hashed;
use crate::query::random::Random;
use crate::timestamp::Timestamp;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct World {
    pub options: Arc<Options>,
    pub now: Timestamp,
    pub random: Random,
    /// Chains that can take a step, in the order they take it: each in its turn, so that none starves.
    pub ready: VecDeque<(RunId, ChainId)>,
    timers: BinaryHeap<Reverse<Timer>>,
    timers_set: u64,
    /// Calls to hand out.
    pub calls: Vec<TaskCall>,
    /// Who waits for an answer.
    pub callers: Hashed<CallId, (RunId, ChainId)>,
    /// The calls of all tokens, of those too whose tasks are over.
    pub tokens: Hashed<Arc<str>, CallId>,
    pub tokens_awaited: usize,
    calls_made: u64,
    /// Runs to start, with the numbers they were promised.
    pub starting: VecDeque<Start>,
    pub runs_promised: u32,
    /// Runs that are over, of which their parents must hear.
    pub finished: Vec<RunId>,
    /// The machine itself, which its own Tasks may start too.
    pub machine: Option<Arc<Definition>>,
    /// The Standard executions that were given a name.
    pub named: Vec<Named>,
    /// Who waits for the end of a run that another has started.
    pub waiting: Vec<(RunId, Parent)>,
    /// Runs to stop, because what started them is over.
    pub stopping: Vec<(RunId, StatesError)>,
    /// A call could not be made, which ends everything.
    pub refused: Option<StatesError>,
    /// What an `ItemReader` reads and a `ResultWriter` writes.
    pub objects: Arc<Objects>,
}

/// A Standard execution with a name that somebody chose: another start with the same input is the same execution.
#[derive(Debug)]
pub(super) struct Named {
    pub arn: Arc<str>,
    pub input: Data,
    pub start: Timestamp,
    pub run: RunId,
    pub over: bool,
}

/// Wakes a chain, or ends a run, at a time; ordered by time, then by when it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Timer {
    pub at: Timestamp,
    number: u64,
    pub run: RunId,
    /// None for the run's own timeout.
    pub chain: Option<ChainId>,
    pub generation: u32,
}

impl World {
    pub fn new(options: Arc<Options>) -> World {
        World {
            now: options.start,
            random: Random::new(options.seed as i64),
            ready: VecDeque::new(),
            timers: BinaryHeap::new(),
            timers_set: 0,
            calls: Vec::new(),
            callers: Hashed::new(),
            tokens: Hashed::new(),
            tokens_awaited: 0,
            calls_made: 0,
            starting: VecDeque::new(),
            runs_promised: 0,
            finished: Vec::new(),
            machine: None,
            named: Vec::new(),
            waiting: Vec::new(),
            stopping: Vec::new(),
            refused: None,
            objects: options.objects.clone(),
            options,
        }
    }

    pub fn set_timer(&mut self, at: Timestamp, run: RunId, chain: Option<ChainId>, generation: u32) {
        self.timers_set += 1;
        self.timers.push(Reverse(Timer { at, number: self.timers_set, run, chain, generation }));
    }

    /// The next timer, whether it is due or not.
    pub fn next_timer(&self) -> Option<Timer> {
        self.timers.peek().map(|Reverse(timer)| *timer)
    }

    pub fn drop_timer(&mut self) {
        self.timers.pop();
    }

    pub fn new_call(&mut self, run: RunId, chain: ChainId, token: Option<&Arc<str>>) -> CallId {
        self.calls_made += 1;
        let call = CallId(self.calls_made);
        self.callers.insert(call, (run, chain));
        if let Some(token) = token {
            self.tokens.insert(token.clone(), call);
            self.tokens_awaited += 1;
        }
        call
    }

    /// Forgets a call that is over: its answer will be dropped.
    pub fn end_call(&mut self, call: CallId, had_token: bool) {
        let was_open = self.callers.remove(&call).is_some();
        self.calls.retain(|waiting| waiting.id != call);
        if was_open && had_token {
            self.tokens_awaited -= 1;
        }
    }

    /// A run to start after this step, and the number it will have.
    pub fn start_run(&mut self, start: Start) -> RunId {
        let id = RunId(self.runs_promised);
        self.runs_promised += 1;
        self.starting.push_back(start);
        id
    }

    /// Puts an object into the memory that stands for S3.
    pub fn write_object(&mut self, bucket: &str, key: String, text: String) {
        let objects = Arc::make_mut(&mut self.objects);
        objects.get_or_insert_with(bucket.to_owned(), Default::default).insert(key, text.into());
    }
}
