//! Which retrier or catcher answers an error, and how long a retry waits. Knows names, not clocks or tasks.

use super::StatesError;
use super::fault::{ALL, HEARTBEAT_TIMEOUT, RUNTIME, TASK_FAILED, TIMEOUT};
use crate::asl::kinds::{Catcher, Retrier};
use crate::query::random::Random;
use std::sync::Arc;

/// The first retrier that answers an error and has attempts left; counts the attempt.
pub(super) fn retrier<'a>(retriers: &'a [Retrier], failure: &StatesError, attempts: &mut Vec<u32>) -> Option<(&'a Retrier, u32)> {
    let (at, _) = answering_retrier(retriers, failure)?;
    attempts.resize(retriers.len(), 0);
    let used = attempts[at];
    // Only the first one that answers counts, also when it is used up.
    if used >= retriers[at].max_attempts {
        return None;
    }
    attempts[at] += 1;
    Some((&retriers[at], used))
}

/// The first retrier that answers an error, whether it has attempts left or not.
pub(super) fn answering_retrier<'a>(retriers: &'a [Retrier], failure: &StatesError) -> Option<(usize, &'a Retrier)> {
    retriers.iter().enumerate().find(|(_, retrier)| answers(&retrier.errors, failure))
}

/// The first catcher that answers an error.
pub(super) fn answering_catcher<'a>(catchers: &'a [Catcher], failure: &StatesError) -> Option<(usize, &'a Catcher)> {
    catchers.iter().enumerate().find(|(_, catcher)| answers(&catcher.errors, failure))
}

/// How long to wait before an attempt, in seconds; `used` retries went before.
pub(super) fn delay(retrier: &Retrier, used: u32, random: &mut Random) -> f64 {
    let grown = retrier.interval_seconds * retrier.backoff_rate.powi(used.min(10_000) as i32);
    let most = retrier.max_delay_seconds.unwrap_or(MAX_DELAY);
    let delay = grown.min(most).max(0.0);
    if retrier.full_jitter { delay * random.next_f64() } else { delay }
}

/// The longest wait between two attempts: a year, which a Standard execution doesn't outlive.
const MAX_DELAY: f64 = 31_622_400.0;

fn answers(entries: &[Arc<str>], failure: &StatesError) -> bool {
    let error = failure.error.as_deref();
    // What nothing answers, not even an entry of its name.
    if error == Some(RUNTIME) {
        return false;
    }
    entries.iter().any(|entry| match &**entry {
        // Despite its name and the documentation, it answers an error without a name and `States.DataLimitExceeded` as well.
        ALL => true,
        TASK_FAILED => error != Some(TIMEOUT) && error.is_some(),
        TIMEOUT => error == Some(TIMEOUT) || error == Some(HEARTBEAT_TIMEOUT),
        entry => error == Some(entry),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retrier_of(errors: &[&str]) -> Retrier {
        Retrier {
            errors: errors.iter().map(|error| Arc::from(*error)).collect(),
            interval_seconds: 1.0,
            max_attempts: 3,
            backoff_rate: 2.0,
            max_delay_seconds: None,
            full_jitter: false,
        }
    }

    #[test]
    fn what_answers_what() {
        let answered =
            |entry: &str, error: Option<&str>| answers(&[entry.into()], &StatesError { error: error.map(Arc::from), cause: None });
        assert!(answered("States.ALL", Some("X")));
        assert!(answered("States.ALL", None));
        assert!(answered("States.ALL", Some("States.DataLimitExceeded")));
        assert!(answered("States.ALL", Some("States.Timeout")));
        assert!(!answered("States.ALL", Some("States.Runtime")));
        assert!(!answered("States.Runtime", Some("States.Runtime")));
        assert!(answered("States.TaskFailed", Some("X")));
        assert!(!answered("States.TaskFailed", Some("States.Timeout")));
        assert!(answered("States.Timeout", Some("States.HeartbeatTimeout")));
        assert!(answered("X", Some("X")));
        assert!(!answered("X", Some("Y")));
        assert!(!answered("State.ALL", None));
    }

    #[test]
    fn delays_grow_up_to_the_most() {
        let random = &mut Random::new(1);
        let plain = retrier_of(&["X"]);
        let delays: Vec<f64> = (0..4).map(|used| delay(&plain, used, random)).collect();
        assert_eq!(delays, [1.0, 2.0, 4.0, 8.0]);
        let capped = Retrier { max_delay_seconds: Some(3.0), ..retrier_of(&["X"]) };
        assert_eq!(delay(&capped, 9, random), 3.0);
        let jittered = Retrier { full_jitter: true, ..retrier_of(&["X"]) };
        assert!((0..100).all(|_| (0.0..8.0).contains(&delay(&jittered, 3, random))));
        assert_eq!(delay(&plain, u32::MAX, random), MAX_DELAY);
    }

    #[test]
    fn the_first_that_answers_counts() {
        let retriers = [retrier_of(&["A"]), retrier_of(&["States.ALL"])];
        let mut attempts = Vec::new();
        let failure = StatesError::named("A");
        let used: Vec<u32> = std::iter::from_fn(|| retrier(&retriers, &failure, &mut attempts).map(|(_, used)| used)).collect();
        assert_eq!(used, [0, 1, 2]);
        assert_eq!(retrier(&retriers, &StatesError::named("B"), &mut attempts).map(|(_, used)| used), Some(0));
    }
}
