//! `Wait`: until a time, or for some seconds.

use super::data::{Fields, unexpected};
use super::fault::Fault;
use super::frame::Phase;
use super::run::ChainId;
use super::step::{Progress, Step};
use crate::asl::State;
use crate::asl::kinds::{Source, WaitUntil};
use crate::timestamp::Timestamp;
use crate::value::{Number, Value};
use std::sync::Arc;

/// The longest wait by timestamp. Seen on the service: one of 24,855 days is accepted, one of 24,856 is not, as 2^31 seconds lie between.
const MAX_WAIT_SECONDS: i64 = i32::MAX as i64;

impl Step<'_> {
    pub(super) fn wait(&mut self, chain: ChainId, state: &State, until: &WaitUntil) -> Result<Progress, Fault> {
        let input = self.input(chain);
        let at = self.fields(chain, state, &input).wait_until(until)?;
        if let Some(frame) = self.frame_mut(chain) {
            frame.phase = Phase::Waiting;
        }
        self.set_timer(chain, at);
        Ok(Progress::Under)
    }

    /// The time of a waiting state is over.
    pub(super) fn waited(&mut self, chain: ChainId) {
        let machine = self.machine;
        let state = machine.state(self.state_of(chain));
        let input = self.input(chain);
        let given = self.fields(chain, state, &input).through();
        self.progress(chain, state, given.map(Progress::Given));
    }

    pub(super) fn now(&self) -> Timestamp {
        self.world.now
    }
}

impl Fields<'_> {
    /// When a `Wait` ends: at once where its time is past.
    pub(super) fn wait_until(&mut self, until: &WaitUntil) -> Result<Timestamp, Fault> {
        match until {
            WaitUntil::Seconds(seconds) => Ok(self.now.plus_millis(self.seconds(seconds)?.saturating_mul(1000))),
            WaitUntil::Timestamp(timestamp) => {
                let at = self.timestamp(timestamp)?;
                if at.millis_since(self.now) > MAX_WAIT_SECONDS * 1000 {
                    return Err(Fault::runtime("Wait state delay is too long."));
                }
                Ok(at.max(self.now))
            }
        }
    }

    fn seconds(&mut self, source: &Source<i64>) -> Result<i64, Fault> {
        match source {
            Source::Literal(seconds) => Ok(*seconds),
            Source::Path(path) => {
                let subject = self.selected_input()?;
                let Ok(value) = self.path(path, &subject) else {
                    let message = format!("The SecondsPath parameter does not reference an input value: {}", path.text);
                    return Err(Fault::runtime(message));
                };
                match &value {
                    Value::Number(Number::Int(seconds)) if *seconds >= 0 => Ok(*seconds),
                    Value::Number(Number::Int(_)) => Err(Fault::runtime(format!(
                        "The SecondsPath parameter references a negative value: {} == {value}",
                        path.text
                    ))),
                    other => Err(Fault::runtime(format!(
                        "The SecondsPath parameter cannot be parsed as a long value: {} == {other}",
                        path.text
                    ))),
                }
            }
            Source::Expression(expression) => match self.expression(expression, "Seconds", Default::default())? {
                Value::Number(number) if number.as_i64().is_some_and(|seconds| seconds >= 0) => {
                    Ok(number.as_i64().unwrap_or_default())
                }
                Value::Number(number) => {
                    let message = format!("The Seconds field cannot be parsed as a long value: {}", Value::Number(number));
                    Err(Fault::late(message, "Seconds"))
                }
                other => Err(unexpected(expression, "Seconds", "number", &other)),
            },
        }
    }

    fn timestamp(&mut self, source: &Source<Arc<str>>) -> Result<Timestamp, Fault> {
        match source {
            Source::Literal(text) => Timestamp::parse(text).ok_or_else(|| Fault::runtime(not_a_timestamp(text))),
            Source::Path(path) => {
                let subject = self.selected_input()?;
                let Ok(value) = self.path(path, &subject) else {
                    let message = format!("The TimestampPath parameter does not reference an input value: {}", path.text);
                    return Err(Fault::runtime(message));
                };
                value.as_str().and_then(Timestamp::parse).ok_or_else(|| {
                    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    Fault::runtime(format!(
                        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {} == {shown}",
                        path.text
                    ))
                })
            }
            Source::Expression(expression) => match self.expression(expression, "Timestamp", Default::default())? {
                Value::String(text) => Timestamp::parse(&text).ok_or_else(|| Fault::late(not_a_timestamp(&text), "Timestamp")),
                other => Err(unexpected(expression, "Timestamp", "string", &other)),
            },
        }
    }
}

fn not_a_timestamp(text: &str) -> String {
    format!("The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}")
}
