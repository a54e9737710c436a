//! What an evaluation may use besides its data: the time, random numbers and a budget, each given by the caller.

use super::random::Random;
use crate::timestamp::Timestamp;

/// What every evaluator is handed along with its [`Scope`](super::Scope).
#[derive(Clone, Debug)]
pub struct Env {
    /// The time now, for `$now()` and `$millis()`.
    pub now: Timestamp,
    /// Where `States.MathRandom`, `States.UUID`, `$random()` and `$uuid()` draw from.
    pub random: Random,
    pub budget: Budget,
}

impl Env {
    /// An environment that draws from `seed`, with the ordinary budget.
    pub fn new(now: Timestamp, seed: u64) -> Env {
        Env { now, random: Random::new(seed as i64), budget: Budget::default() }
    }
}

/// How many steps an evaluation may still take. A step is about one visited value; what costs more spends more.
#[derive(Clone, Debug)]
pub struct Budget {
    left: u64,
}

/// The budget is spent: an ordinary error, to be shown where the evaluation stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget;

impl Budget {
    /// A fraction of a second in a browser, and far more than 256 KiB of data need.
    pub const ORDINARY: u64 = 5_000_000;

    pub const fn new(steps: u64) -> Budget {
        Budget { left: steps }
    }

    /// Takes steps off the budget; an overdraft leaves nothing, so that all that follows is refused too.
    #[inline]
    pub fn spend(&mut self, steps: u64) -> Result<(), OverBudget> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(OverBudget)
            }
        }
    }

    pub const fn left(&self) -> u64 {
        self.left
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::new(Budget::ORDINARY)
    }
}
