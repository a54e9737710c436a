//! The worker of one execution: started with the first call, watched, killed when it is stuck, replaced.
//!
//! A machine without a clock or a browser: it is told of calls, messages and the time, and says what to do and what happened. Times are
//! real milliseconds from any start.

use super::message::{self, Asked, Broken, Log, Message, Reply, Thrown};
use super::{Level, Request, send};
use crate::engine::SendError;
use crate::float;
use crate::order::Map;
use crate::value::quoted;
use std::collections::VecDeque;

/// How long a worker may take to show that it is not stuck once a call of it has been given up.
const PATIENCE: i64 = 500;

/// What the browser's side has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Start a worker.
    Start,
    /// Send it a text.
    Post(String),
    /// Kill it, and hear no more of it.
    Kill,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// A call is over.
    Answered(u64, Reply),
    /// A function wants to know something: it is told with [`Session::tell`].
    Asked(Asked),
    Log(Log),
    /// The console is full: later lines are lost.
    LogFull,
    /// The worker was stuck and has been replaced: what the functions kept in memory is gone, and these calls start again.
    Replaced(Vec<u64>),
    /// The functions can't be loaded; every open call is given up.
    Broken(Broken),
}

/// The worker of one execution.
#[derive(Debug)]
pub struct Session {
    source: String,
    limit: i64,
    worker: Worker,
    /// The names of the functions, once they have loaded.
    functions: Vec<String>,
    calls: Map<u64, Open>,
    checks: u64,
    acts: VecDeque<Act>,
    news: VecDeque<News>,
}

#[derive(Debug, PartialEq, Eq)]
enum Worker {
    None,
    /// Until when the functions have to be there.
    Loading(i64),
    Ready,
    /// Which check it has to answer, and until when.
    Checked(u64, i64),
}

#[derive(Debug)]
struct Open {
    message: String,
    /// When the call has taken too long.
    limit: i64,
}

impl Session {
    /// A session over the user's text; `limit` is how long a call may take, in milliseconds.
    pub fn new(source: &str, limit: i64) -> Session {
        Session {
            source: source.to_owned(),
            limit: limit.max(1),
            worker: Worker::None,
            functions: Vec::new(),
            calls: Map::new(),
            checks: 0,
            acts: VecDeque::new(),
            news: VecDeque::new(),
        }
    }

    /// How long a call may take, in milliseconds.
    pub fn limit(&self) -> i64 {
        self.limit
    }

    /// Whether a call is open.
    pub fn is_calling(&self) -> bool {
        !self.calls.is_empty()
    }

    /// When to come back with the time, if nothing is heard before.
    pub fn wake_at(&self) -> Option<i64> {
        let worker = match self.worker {
            Worker::Loading(until) | Worker::Checked(_, until) => Some(until),
            Worker::None | Worker::Ready => None,
        };
        self.calls.values().map(|open| open.limit).chain(worker).min()
    }

    /// What to do next, in order.
    pub fn poll_act(&mut self) -> Option<Act> {
        self.acts.pop_front()
    }

    /// What happened, in order.
    pub fn poll_news(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// Makes a call under a number that is never used again.
    pub fn call(&mut self, id: u64, request: &Request, now: i64) {
        if self.worker == Worker::None {
            self.start(now);
        }
        let message = request.message(id, self.limit);
        self.acts.push_back(Act::Post(message.clone()));
        self.calls.insert(id, Open { message, limit: now + self.limit });
    }

    /// The function that serves a request, once the functions have loaded; none where there is no such function.
    pub fn serving<'a>(&self, request: &'a Request) -> Option<&'a str> {
        request.names.iter().map(String::as_str).find(|name| self.functions.iter().any(|function| function == name))
    }

    /// Tells a function what came of what it asked.
    pub fn tell(&mut self, number: u64, told: Result<(), SendError>) {
        if self.worker == Worker::None {
            return;
        }
        let error =
            told.err().map(|error| format!(r#","error":{{"name":{},"message":{}}}"#, quoted(error.name), quoted(&error.message)));
        self.acts.push_back(Act::Post(format!(r#"{{"told":{number}{}}}"#, error.unwrap_or_default())));
    }

    /// Gives a call up: nobody waits for its answer any more. The function goes on, unless it turns out that the worker is stuck.
    pub fn give_up(&mut self, id: u64, now: i64) {
        if self.calls.remove(&id).is_some() {
            self.check(now);
        }
    }

    /// Ends everything.
    pub fn close(&mut self) {
        self.calls.clear();
        self.kill();
    }

    /// Hears a text of the worker.
    pub fn hear(&mut self, text: &str) {
        match message::read(text) {
            None => {}
            Some(Message::Loaded(functions)) => self.loaded(functions),
            Some(Message::Broken(broken)) => self.broken(broken),
            Some(Message::Alive(check)) => {
                if matches!(self.worker, Worker::Checked(wanted, _) if wanted == check) {
                    self.worker = Worker::Ready;
                }
            }
            Some(Message::Reply(id, reply)) => self.answered(id, reply),
            Some(Message::Asked(asked)) => self.news.push_back(News::Asked(asked)),
            Some(Message::Unreadable(number)) => self.tell(number, Err(send::too_deep())),
            Some(Message::Log(log)) => self.news.push_back(News::Log(log)),
            Some(Message::Full) => self.news.push_back(News::LogFull),
            Some(Message::Stray(id, thrown)) => self.stray(id, thrown),
        }
    }

    /// Tells the time.
    pub fn handle_time(&mut self, now: i64) {
        if matches!(self.worker, Worker::Loading(until) if until <= now) {
            let message = format!("the functions did not load within {} seconds", float::fixed(self.limit as f64 / 1000.0, 2));
            return self.broken(Broken { message, line: None, column: None });
        }
        let late: Vec<u64> = self.calls.iter().filter(|(_, open)| open.limit <= now).map(|(id, _)| *id).collect();
        for id in late {
            self.answered(id, Reply::TimedOut);
            self.check(now);
        }
        if matches!(self.worker, Worker::Checked(_, until) if until <= now) {
            self.replace(now);
        }
    }

    fn start(&mut self, now: i64) {
        let offers = send::SENDS.map(quoted).join(",");
        self.acts.extend([Act::Start, Act::Post(format!(r#"{{"load":{},"offers":[{offers}]}}"#, quoted(&self.source)))]);
        self.worker = Worker::Loading(now + self.limit);
    }

    fn loaded(&mut self, functions: Vec<String>) {
        if matches!(self.worker, Worker::Loading(_)) {
            self.worker = Worker::Ready;
            self.functions = functions;
        }
    }

    fn broken(&mut self, broken: Broken) {
        self.calls.clear();
        self.kill();
        self.news.push_back(News::Broken(broken));
    }

    fn answered(&mut self, id: u64, reply: Reply) {
        if self.calls.remove(&id).is_some() {
            self.news.push_back(News::Answered(id, reply));
        }
    }

    /// In Lambda an error that nobody catches ends the invocation; where several are open it can't be told which.
    fn stray(&mut self, id: Option<u64>, thrown: Thrown) {
        let only = || (self.calls.len() == 1).then(|| self.calls.keys().next().copied()).flatten();
        match id.filter(|id| self.calls.contains_key(id)).or_else(only) {
            Some(id) => self.answered(id, Reply::Thrown(thrown)),
            None => {
                let values = vec![format!("Uncaught {}: {}", thrown.name, thrown.message)];
                self.news.push_back(News::Log(Log { call: id, level: Level::Error, values }));
            }
        }
    }

    /// Asks the worker whether it is stuck; one question at a time.
    fn check(&mut self, now: i64) {
        if self.worker == Worker::Ready {
            self.checks += 1;
            self.acts.push_back(Act::Post(format!(r#"{{"check":{}}}"#, self.checks)));
            self.worker = Worker::Checked(self.checks, now + PATIENCE);
        }
    }

    fn replace(&mut self, now: i64) {
        self.kill();
        if !self.calls.is_empty() {
            self.start(now);
            for open in self.calls.values_mut() {
                open.limit = now + self.limit;
                self.acts.push_back(Act::Post(open.message.clone()));
            }
        }
        self.news.push_back(News::Replaced(self.calls.keys().copied().collect()));
    }

    fn kill(&mut self) {
        if self.worker != Worker::None {
            self.acts.push_back(Act::Kill);
            self.worker = Worker::None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::request::tests::call;
    use super::*;
    use crate::timestamp::Timestamp;
    use crate::value::Value;

    fn request() -> Request {
        Request::new(&call("${Fn}", "{}"), Timestamp(0))
    }

    fn acts(session: &mut Session) -> Vec<String> {
        std::iter::from_fn(|| session.poll_act())
            .map(|act| match act {
                Act::Start => "start".to_owned(),
                Act::Kill => "kill".to_owned(),
                Act::Post(text) => text.chars().take_while(|character| *character != ',').collect(),
            })
            .collect()
    }

    fn news(session: &mut Session) -> Vec<News> {
        std::iter::from_fn(|| session.poll_news()).collect()
    }

    /// A session whose worker has loaded, with calls 1 and 2 made at time 0.
    fn two_calls() -> Session {
        let mut session = Session::new("x", 1000);
        session.call(1, &request(), 0);
        session.call(2, &request(), 0);
        assert_eq!(acts(&mut session), ["start", r#"{"load":"x""#, r#"{"id":1"#, r#"{"id":2"#]);
        session.hear(r#"{"loaded":[]}"#);
        session
    }

    #[test]
    fn answers_calls() {
        let mut session = two_calls();
        session.hear(r#"{"id":2,"ok":7}"#);
        session.hear(r#"{"id":2,"ok":8}"#);
        session.hear(r#"{"id":9,"ok":8}"#);
        assert_eq!(news(&mut session), [News::Answered(2, Reply::Returned(Value::from(7)))]);
        assert!(session.is_calling());
        session.hear(r#"{"id":1,"missing":["a"]}"#);
        assert!(!session.is_calling());
        assert_eq!(session.wake_at(), None);
    }

    #[test]
    fn tells_what_came_of_a_question() {
        let mut session = two_calls();
        session.hear(r#"{"number":1,"ask":"sendTaskHeartbeat","with":["t"]}"#);
        assert!(matches!(&news(&mut session)[..], [News::Asked(asked)] if asked.number == 1));
        session.tell(1, Ok(()));
        session.hear(&format!(r#"{{"number":2,"ask":"sendTaskSuccess","with":["t",{}1{}]}}"#, "[".repeat(5000), "]".repeat(5000)));
        assert_eq!(acts(&mut session), [r#"{"told":1}"#, r#"{"told":2"#]);
    }

    #[test]
    fn the_first_name_that_has_a_function_serves() {
        let mut session = two_calls();
        let request = request();
        assert_eq!(session.serving(&request), None);
        session.close();
        session.call(3, &request, 0);
        session.hear(r#"{"loaded":["handler","${Fn}","other"]}"#);
        assert_eq!(session.serving(&request), Some("${Fn}"));
    }

    #[test]
    fn a_worker_that_is_not_stuck_keeps_its_memory() {
        let mut session = two_calls();
        session.give_up(1, 100);
        assert_eq!(acts(&mut session), [r#"{"check":1}"#]);
        assert_eq!(session.wake_at(), Some(600));
        session.hear(r#"{"alive":1}"#);
        session.handle_time(700);
        assert_eq!((acts(&mut session), news(&mut session)), (vec![], vec![]));
        assert_eq!(session.wake_at(), Some(1000));
    }

    #[test]
    fn a_stuck_worker_is_replaced_and_open_calls_start_again() {
        let mut session = two_calls();
        session.give_up(1, 100);
        acts(&mut session);
        session.handle_time(600);
        assert_eq!(acts(&mut session), ["kill", "start", r#"{"load":"x""#, r#"{"id":2"#]);
        assert_eq!(news(&mut session), [News::Replaced(vec![2])]);
        session.hear(r#"{"loaded":[]}"#);
        assert_eq!(session.wake_at(), Some(1600), "with their whole time");
    }

    #[test]
    fn a_stuck_worker_nobody_waits_for_is_only_killed() {
        let mut session = two_calls();
        session.hear(r#"{"id":2,"ok":7}"#);
        session.give_up(1, 100);
        session.handle_time(600);
        assert_eq!(acts(&mut session), [r#"{"check":1}"#, "kill"]);
        session.call(3, &request(), 700);
        assert_eq!(acts(&mut session), ["start", r#"{"load":"x""#, r#"{"id":3"#]);
    }

    #[test]
    fn a_call_over_its_limit_times_out() {
        let mut session = two_calls();
        session.handle_time(999);
        assert_eq!(news(&mut session), []);
        session.handle_time(1000);
        assert_eq!(news(&mut session), [News::Answered(1, Reply::TimedOut), News::Answered(2, Reply::TimedOut)]);
        assert_eq!(acts(&mut session), [r#"{"check":1}"#], "one check for both");
    }

    #[test]
    fn functions_that_do_not_load_end_every_call() {
        let mut session = Session::new("x", 1000);
        session.call(1, &request(), 0);
        acts(&mut session);
        session.hear(r#"{"broken":{"name":"SyntaxError","message":"no","trace":[],"line":3,"column":1}}"#);
        let broken = Broken { message: "SyntaxError: no".into(), line: Some(3), column: Some(1) };
        assert_eq!(news(&mut session), [News::Broken(broken)]);
        assert_eq!(acts(&mut session), ["kill"]);
        assert!(!session.is_calling());
    }

    #[test]
    fn functions_that_load_for_ever_are_given_up() {
        let mut session = Session::new("for (;;);", 1000);
        session.call(1, &request(), 0);
        session.handle_time(1000);
        let found = news(&mut session);
        assert!(matches!(&found[..], [News::Broken(broken)] if broken.message.contains("within 1.00 seconds")), "{found:?}");
    }

    #[test]
    fn an_error_nobody_catches_ends_the_only_call() {
        let mut session = two_calls();
        let stray = r#"{"stray":{"name":"E","message":"m","trace":[]},"id":null}"#;
        session.hear(stray);
        assert!(matches!(&news(&mut session)[..], [News::Log(log)] if log.values == ["Uncaught E: m"]));
        session.hear(r#"{"id":1,"ok":1}"#);
        session.hear(stray);
        assert!(matches!(&news(&mut session)[..], [_, News::Answered(2, Reply::Thrown(thrown))] if thrown.name == "E"));
    }

    #[test]
    fn closing_kills() {
        let mut session = two_calls();
        session.close();
        assert_eq!(acts(&mut session), ["kill"]);
        session.hear(r#"{"id":1,"ok":1}"#);
        assert_eq!(news(&mut session), []);
    }
}
