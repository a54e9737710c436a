//! SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: what comes back with a task's token.

use super::call::Answer;
use super::execution::Execution;
use super::run::ChainId;
use super::step::Step;
use super::{CallId, RunId, StatesError, WaitingTask};
use crate::asl::Pattern;
use crate::json;
use crate::order;
use crate::spec::limits::MAX_PAYLOAD_BYTES;
use crate::timestamp::Timestamp;
use crate::value::Value;

/// What is sent with a token.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    Success(Value),
    Failure(StatesError),
    Heartbeat,
}

/// Why the service doesn't take what was sent.
///
/// `InvalidToken` and `TaskTimedOut` in the service's words (the first as recorded, the second as its users report it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendError {
    /// The exception's name.
    pub name: &'static str,
    pub message: String,
}

impl SendError {
    fn new(name: &'static str, message: impl Into<String>) -> SendError {
        SendError { name, message: message.into() }
    }

    /// No task ever had the token.
    fn invalid_token() -> SendError {
        SendError::new("InvalidToken", "Invalid Token: 'Invalid token'")
    }

    /// The token's task is over, however it ended.
    fn timed_out() -> SendError {
        SendError::new("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
    }

    /// What is sent is longer than the field may be (API reference, SendTaskSuccess).
    fn too_long(field: &str, most: usize) -> SendError {
        let message = format!(
            "1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must have length less than or equal to {most}"
        );
        SendError::new("ValidationException", message)
    }
}

impl Sent {
    /// A success with an output that a person wrote as JSON text.
    pub fn success(output: &str) -> Result<Sent, SendError> {
        match json::value_of(output) {
            Ok(output) => Ok(Sent::Success(output)),
            Err(error) => Err(SendError::new("InvalidOutput", format!("Invalid Output: '{}'", error.in_words()))),
        }
    }

    /// A failure; what is empty isn't sent.
    pub fn failure(error: &str, cause: &str) -> Sent {
        let given = |text: &str| (!text.is_empty()).then(|| text.into());
        Sent::Failure(StatesError { error: given(error), cause: given(cause) })
    }

    fn fits(&self) -> Result<(), SendError> {
        if matches!(self, Sent::Success(output) if output.size() > MAX_PAYLOAD_BYTES) {
            return Err(SendError::too_long("output", MAX_PAYLOAD_BYTES));
        }
        let Sent::Failure(failure) = self else { return Ok(()) };
        match failure.too_long() {
            Some((field, most)) => Err(SendError::too_long(field, most)),
            None => Ok(()),
        }
    }
}

impl Execution {
    /// Takes what is sent with a token: the task ends, or its heartbeat is due anew.
    pub fn handle_sent(&mut self, token: &str, sent: Sent, now: Timestamp) -> Result<(), SendError> {
        self.handle_time(now);
        let call = self.world.tokens.get(token).copied().ok_or_else(SendError::invalid_token)?;
        if self.world.options.quotas.payload {
            sent.fits()?;
        }
        let (run, chain) = self.caller(call).ok_or_else(SendError::timed_out)?;
        self.on(run, |step| match sent {
            Sent::Success(output) => step.token_back(chain, Answer::Succeeded(output)),
            Sent::Failure(failure) => step.token_back(chain, Answer::Failed(failure)),
            Sent::Heartbeat => step.beat(chain),
        });
        Ok(())
    }

    /// Tasks whose tokens are awaited, in the order they were called.
    pub fn waiting(&self) -> Vec<WaitingTask> {
        let mut calls: Vec<(CallId, (RunId, ChainId))> = self.world.callers.iter().map(|(call, caller)| (*call, *caller)).collect();
        order::sort_by_key(&mut calls, |(call, _)| *call);
        calls.into_iter().filter_map(|(_, (run, chain))| self.runs.get(run.0 as usize)?.waiting_task(run, chain)).collect()
    }

    /// Whether any token is awaited.
    pub fn awaits_token(&self) -> bool {
        self.world.tokens_awaited > 0
    }
}

impl Step<'_> {
    /// A token came back: its message was sent, whether the call that sent it has been answered or not.
    fn token_back(&mut self, chain: ChainId, answer: Answer) {
        if self.pattern(chain) == Some(Pattern::WaitForTaskToken) {
            self.answered(chain, Answer::Submitted(Value::empty_object()));
        }
        self.answered(chain, answer);
    }
}
