//! One run on its way: gives calls to the worker and answers to the execution, lets the clock go on, and leaves the page its time.

use super::Follower;
use super::inbox::Inbox;
use crate::asl::Resource;
use crate::bridge::clock::{self as page, yield_to_page};
use crate::bridge::mocks::Worker;
use crate::engine::{Answer, CallId, Details, Event, Execution, Next, Outcome, SendError, Sent, StatesError, Status, TaskCall};
use crate::mocks::{Act, Asked, Broken, Clock, Level, Log, News, Reply, Request, Session, Speed, answer};
use crate::order::Map;
use crate::share;
use crate::timestamp::Timestamp;
use crate::ui::run::{ConsoleLevel, ConsoleLine, Halt, Run, RunCore};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// How long a run may work before the page has its turn, in milliseconds.
const SLICE: f64 = 8.0;
/// How many states an execution steps through before the time is looked at.
const STEPS: usize = 16;
/// How many times as long as the panels took to show a run they rest before they show it again.
const REST: f64 = 3.0;
/// How long a state stays in view when a run is watched, in milliseconds.
const GLANCE: f64 = 400.0;
/// How often the time is shown while nothing else happens, in milliseconds.
const TICK: f64 = 100.0;

/// How much memory the page may take for a run, in bytes: the 4 GiB of WebAssembly less room for what a step may need.
pub(super) const MEMORY: usize = 2_684_354_560;

/// The memory that the page has taken so far; what has been freed since is used again before it grows.
fn memory() -> usize {
    core::arch::wasm32::memory_size(0).saturating_mul(65_536)
}

/// A run with all that drives it.
pub(super) struct Drive {
    run: Run,
    began: f64,
    start: Timestamp,
    clock: Clock,
    /// Whether a call was open, or a token awaited, when the clock was last looked at: time is real then.
    calling: bool,
    /// Whether the clock jumps to what is next all the same.
    skips: bool,
    session: Session,
    worker: Option<Worker>,
    inbox: Inbox,
    /// The calls that were made and not answered; those that were given up can still write to the console. Boxed, for there may be
    /// thousands, and the map moves them.
    calls: Map<u64, Box<Made>>,
    /// How many events had been looked through for states to watch; none when nobody watches.
    watched: Option<usize>,
    pace: Rc<Pace>,
    outcome: Option<Outcome>,
    /// The memory at which the run is stopped.
    most_memory: usize,
    follower: Option<Follower>,
    /// How many events the follower has been given.
    followed: usize,
    over: bool,
}

/// A call that was made.
struct Made {
    request: Request,
    resource: Arc<Resource>,
    state: Arc<str>,
    given_up: bool,
}

/// How a run goes on.
enum Step {
    Again,
    /// Until something comes, for at most so many milliseconds.
    Wait(Option<f64>),
    /// A state is to be seen for a moment.
    Glance,
    Over,
}

impl Drive {
    pub fn new(
        run: Run,
        functions: &str,
        limit: i64,
        speed: share::Speed,
        memory_limit: usize,
        follower: Option<Follower>,
    ) -> Drive {
        // What is redriven goes on where it stood.
        let standing = |core: &RunCore| {
            let now = core.execution.as_ref().map(Execution::now).unwrap_or_default();
            let start = core.execution.as_ref().and_then(|execution| execution.runs().first()).map_or(now, |run| run.start);
            (start, now, core.events().len(), core.computed_in)
        };
        let (start, now, events, computed) = run.with_untracked(standing);
        let began = page::now() - computed;
        let pace = match speed {
            share::Speed::Instant | share::Speed::Watch => Speed::Instant,
            share::Speed::Times(factor) => Speed::Factor(factor),
        };
        Drive {
            run,
            began,
            start,
            clock: Clock::new(pace, now, page::now()),
            calling: false,
            skips: false,
            session: Session::new(functions, limit),
            worker: None,
            inbox: Inbox::default(),
            calls: Map::new(),
            watched: (speed == share::Speed::Watch).then_some(if events > 1 { events } else { 0 }),
            pace: Rc::default(),
            outcome: None,
            // A page that has taken more already may use that again.
            most_memory: memory().max(memory_limit),
            follower,
            followed: 0,
            over: false,
        }
    }

    /// Stops the execution, as StopExecution does.
    pub fn stop(&mut self) -> Run {
        let now = self.clock.advance(page::now(), self.calling);
        self.stop_for(Halt::Stopped, now);
        self.outcome = self.poll(1).and_then(|next| if let Next::Done(outcome) = next { Some(outcome) } else { None });
        self.inbox.wake();
        self.run
    }

    fn stop_for(&self, halt: Halt, now: Timestamp) {
        self.run.change(|core| {
            core.halt = Some(halt);
            core.execution.as_mut().map(|execution| execution.handle_stop(StatesError::default(), now))
        });
    }

    /// Sends a token back, as someone outside does.
    pub fn send(&mut self, token: &str, sent: Sent) -> Result<(), SendError> {
        let now = self.clock.advance(page::now(), self.calling);
        let sent = self.run.change(|core| core.execution.as_mut().map(|execution| execution.handle_sent(token, sent, now)));
        self.inbox.wake();
        sent.flatten().unwrap_or(Ok(()))
    }

    /// Lets the clock jump to what is next.
    pub fn skip(&mut self) {
        self.skips = true;
        self.inbox.wake();
    }

    /// Shows the time as it goes on.
    fn tick(&mut self) {
        let now = self.clock.advance(page::now(), self.calling);
        self.run.tell_time(now);
    }

    /// Does what can be done now.
    fn step(&mut self) -> Step {
        if self.over {
            return Step::Over;
        }
        let real = page::now();
        let now = self.clock.advance(real, self.calling);
        self.tell_time(now);
        for text in self.inbox.take() {
            self.session.hear(&text);
        }
        self.session.handle_time(real as i64);
        self.take_news();
        if memory() > self.most_memory {
            self.stop_for(Halt::Memory, now);
        }
        let next = self.poll(if self.watched.is_some() { 1 } else { STEPS });
        self.follow();
        match next {
            None => Step::Over,
            Some(Next::Done(outcome)) => {
                self.outcome = Some(outcome);
                Step::Over
            }
            Some(Next::Working) => self.glance().unwrap_or(Step::Again),
            Some(Next::Wait { start, wake_at }) => {
                start.into_iter().for_each(|call| self.call(call, real));
                self.give_up(real);
                self.act();
                self.calling = self.session.is_calling() || self.awaits_token();
                self.glance().unwrap_or_else(|| self.wait(wake_at, real))
            }
        }
    }

    /// Gives the follower what has happened since.
    fn follow(&mut self) {
        if let Some(follower) = &mut self.follower {
            let from = self.followed;
            let given = self.run.change(|core| {
                let events = core.events();
                (follower.events)(&events[from..]);
                events.len()
            });
            self.followed = given.unwrap_or(from);
        }
    }

    /// How long to wait; a clock that may jump does so at once.
    fn wait(&mut self, wake_at: Option<Timestamp>, real: f64) -> Step {
        let skips = std::mem::take(&mut self.skips);
        let delay = wake_at.map(|at| if skips { 0.0 } else { self.clock.delay(at, self.calling) });
        if let (Some(at), Some(delay)) = (wake_at, delay)
            && delay < 1.0
        {
            let now = self.clock.jump(at);
            self.tell_time(now);
            return Step::Again;
        }
        let patience = self.session.wake_at().map(|at| (at as f64 - real).max(0.0));
        Step::Wait(delay.into_iter().chain(patience).reduce(f64::min))
    }

    /// When the run is watched, a state that was entered stays in view for a moment.
    fn glance(&mut self) -> Option<Step> {
        let seen = self.watched?;
        let entered = |event: &Event| matches!(*event.details, Details::StateEntered { .. });
        let (entered, count) = self.run.change(|core| (core.events()[seen..].iter().any(entered), core.events().len()))?;
        self.watched = Some(count);
        entered.then_some(Step::Glance)
    }

    fn poll(&self, budget: usize) -> Option<Next> {
        self.run.change(|core| core.execution.as_mut().map(|execution| execution.poll(budget)))?
    }

    fn awaits_token(&self) -> bool {
        self.run.change(|core| core.execution.as_ref().is_some_and(Execution::awaits_token)).unwrap_or(false)
    }

    fn tell_time(&self, now: Timestamp) {
        self.run.change(|core| core.execution.as_mut().map(|execution| execution.handle_time(now)));
    }

    fn answer(&self, id: u64, answer: Answer) {
        let now = self.clock.now();
        self.run.change(|core| core.execution.as_mut().map(|execution| execution.handle_answer(CallId(id), answer, now)));
    }

    fn call(&mut self, call: TaskCall, real: f64) {
        let request = Request::new(&call, self.clock.now());
        self.session.call(call.id.0, &request, real as i64);
        let made = Made { request, resource: call.resource, state: call.state_name, given_up: false };
        self.calls.insert(call.id.0, Box::new(made));
    }

    /// Gives up the calls nobody waits for any more: timed out, or aborted with their branch.
    fn give_up(&mut self, real: f64) {
        if self.calls.is_empty() {
            return;
        }
        let calls = &self.calls;
        let stale = self.run.change(|core| {
            let awaits = |id: u64| core.execution.as_ref().is_some_and(|execution| execution.awaits(CallId(id)));
            calls.iter().filter(|(id, made)| !made.given_up && !awaits(**id)).map(|(id, _)| *id).collect::<Vec<_>>()
        });
        for id in stale.unwrap_or_default() {
            self.session.give_up(id, real as i64);
            if let Some(made) = self.calls.get_mut(&id) {
                made.given_up = true;
            }
        }
    }

    fn act(&mut self) {
        while let Some(act) = self.session.poll_act() {
            match act {
                Act::Start => {
                    let inbox = self.inbox.clone();
                    self.worker = Some(Worker::start(move |text| inbox.put(text)));
                }
                Act::Post(text) => {
                    if let Some(worker) = &self.worker {
                        worker.post(&text);
                    }
                }
                Act::Kill => {
                    self.worker = None;
                    // What it had still to say is said by nobody now.
                    self.inbox.take();
                }
            }
        }
    }

    fn take_news(&mut self) {
        while let Some(news) = self.session.poll_news() {
            match news {
                News::Answered(id, reply) => self.answered(id, reply),
                News::Asked(asked) => self.asked(&asked),
                News::Log(log) => self.log(log),
                News::LogFull => self.say("The console is full: what the functions write from here on is not kept."),
                News::Replaced(calls) => self.say(&replaced(calls.len())),
                News::Broken(broken) => self.broken(broken),
            }
        }
    }

    fn answered(&mut self, id: u64, reply: Reply) {
        let Some(made) = self.calls.remove(&id) else { return };
        if let Some(function) = self.session.serving(&made.request) {
            self.run.change(|core| core.tally.count(function, &reply));
        }
        if let Reply::Missing(exports) = &reply
            && !made.resource.awaits_token()
        {
            let (state, function) = (made.state.to_string(), made.request.function.clone());
            let halt = Halt::NoFunction { state, function, exports: exports.clone() };
            self.run.change(|core| core.halt = Some(halt));
        }
        let answer = answer(&made.resource, &made.request, reply, self.session.limit(), self.clock.now());
        self.answer(id, answer);
    }

    /// A function sends a token back.
    fn asked(&mut self, asked: &Asked) {
        if let Some((token, sent)) = asked.sent() {
            let told = self.send(token, sent);
            self.session.tell(asked.number, told);
            self.act();
        }
    }

    /// Functions that can't be loaded are nobody's to retry or catch.
    fn broken(&mut self, broken: Broken) {
        let sentence = match broken.line {
            Some(line) => format!("line {line}: {}", broken.message),
            None => broken.message.clone(),
        };
        self.run.change(|core| {
            core.halt = Some(Halt::Functions(sentence.clone()));
            core.broken = Some(broken);
        });
        for id in std::mem::take(&mut self.calls).into_iter().map(|(id, _)| id) {
            self.answer(id, Answer::Refused(StatesError::new("FunctionsNotLoaded", &sentence)));
        }
    }

    fn log(&mut self, log: Log) {
        let made = log.call.and_then(|id| self.calls.get(&id));
        let (state, function) = made.map_or_else(Default::default, |made| (made.state.to_string(), made.request.function.clone()));
        self.write(state, function, level(log.level), log.values);
    }

    /// Says something of our own in the console.
    fn say(&mut self, words: &str) {
        self.write(String::new(), String::new(), ConsoleLevel::Warn, vec![words.to_owned()]);
    }

    fn write(&mut self, state: String, function: String, level: ConsoleLevel, values: Vec<String>) {
        let at = self.clock.now().millis_since(self.start) as f64;
        self.run.change(|core| core.console.push(ConsoleLine { at, state, function, level, values }));
    }

    /// Lets the panels look again with the next frame, or later where that takes them long.
    fn show_soon(&self) {
        if self.pace.due.replace(true) {
            return;
        }
        let (run, pace, began) = (self.run, self.pace.clone(), self.began);
        spawn_local(async move {
            page::sleep_until(pace.rest_until.get()).await;
            page::next_frame().await;
            pace.due.set(false);
            let since = page::now();
            show(run, since - began);
            yield_to_page().await;
            let shown = page::now();
            pace.rest_until.set(shown + (shown - since) * REST);
        });
    }
}

/// When the panels look again: showing a long run must not take the time it needs to go on.
#[derive(Default)]
struct Pace {
    due: Cell<bool>,
    rest_until: Cell<f64>,
}

/// Drives a run until it is over.
pub(super) async fn drive(drive: &Rc<RefCell<Drive>>) {
    let mut since = page::now();
    loop {
        let step = drive.borrow_mut().step();
        match step {
            Step::Over => break,
            Step::Again if page::now() - since < SLICE => continue,
            Step::Again => {
                drive.borrow().show_soon();
                yield_to_page().await;
            }
            Step::Wait(millis) => {
                drive.borrow().show_soon();
                wait(drive, millis).await;
            }
            Step::Glance => {
                drive.borrow().show_soon();
                page::sleep(GLANCE).await;
            }
        }
        since = page::now();
    }
    finish(drive);
}

/// Waits until something comes, for at most so many milliseconds; meanwhile the time is to be seen.
async fn wait(drive: &Rc<RefCell<Drive>>, millis: Option<f64>) {
    let inbox = drive.borrow().inbox.clone();
    let until = page::now() + millis.unwrap_or(f64::INFINITY);
    loop {
        let left = until - page::now();
        if left <= 0.0 || inbox.wait(left.min(TICK)).await {
            return;
        }
        drive.borrow_mut().tick();
    }
}

/// Ends what belongs to a run that is over, and tells everyone. Does nothing the second time.
pub(super) fn finish(drive: &Rc<RefCell<Drive>>) {
    let (run, took, outcome, follower) = {
        let mut drive = drive.borrow_mut();
        if std::mem::replace(&mut drive.over, true) {
            return;
        }
        drive.session.close();
        drive.act();
        drive.follow();
        (drive.run, page::now() - drive.began, drive.outcome.take(), drive.follower.take())
    };
    // A run that was forgotten meanwhile has nothing to show: whoever waits for it is told that it was aborted.
    let status = outcome.map_or(Status::Aborted, |outcome| outcome.status);
    run.status.try_set(status);
    show(run, took);
    let mut done = follower.map(|follower| follower.done);
    run.change(|core| done.take().map(|done| done(Some(core))));
    if let Some(done) = done {
        done(None);
    }
}

fn show(run: Run, took: f64) {
    if run.change(|core| core.computed_in = took).is_some() {
        run.show();
    }
}

fn replaced(calls: usize) -> String {
    let what = "A function did not give way and was ended: what the functions kept in memory is gone.";
    match calls {
        0 => what.to_owned(),
        1 => format!("{what} One open call starts again."),
        calls => format!("{what} {calls} open calls start again."),
    }
}

fn level(level: Level) -> ConsoleLevel {
    match level {
        Level::Debug => ConsoleLevel::Debug,
        Level::Log => ConsoleLevel::Log,
        Level::Info => ConsoleLevel::Info,
        Level::Warn => ConsoleLevel::Warn,
        Level::Error => ConsoleLevel::Error,
    }
}
