//! How a run's own time passes.

use crate::timestamp::Timestamp;

/// How fast workflow time passes while no call is open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Speed {
    /// It stands still, and jumps to the next thing that waits.
    #[default]
    Instant,
    /// So many seconds in one real second.
    Factor(f64),
}

/// The clock of one run. While a call is open it goes with real time, whatever the speed: a function takes as long as it takes.
///
/// Real time is in milliseconds from any start, and never goes back.
#[derive(Clone, Debug)]
pub struct Clock {
    speed: Speed,
    /// Milliseconds since 1970, with the fraction that a [`Timestamp`] drops.
    workflow: f64,
    real: f64,
}

impl Clock {
    pub fn new(speed: Speed, start: Timestamp, real: f64) -> Clock {
        Clock { speed, workflow: start.0 as f64, real }
    }

    /// The workflow's time as it was last told.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.workflow as i64)
    }

    /// Goes on to a real time; `calling` tells whether a call was open since the last look at the clock.
    pub fn advance(&mut self, real: f64, calling: bool) -> Timestamp {
        let passed = (real - self.real).max(0.0);
        self.real = self.real.max(real);
        self.workflow += passed * self.rate(calling);
        self.now()
    }

    /// Takes the clock to a workflow time that has been waited for; never back.
    pub fn jump(&mut self, to: Timestamp) -> Timestamp {
        self.workflow = self.workflow.max(to.0 as f64);
        self.now()
    }

    /// How long until a workflow time, in real milliseconds: 0 where the clock may jump.
    pub fn delay(&self, until: Timestamp, calling: bool) -> f64 {
        let left = (until.0 as f64 - self.workflow).max(0.0);
        match self.rate(calling) {
            0.0 => 0.0,
            rate => left / rate,
        }
    }

    fn rate(&self, calling: bool) -> f64 {
        match self.speed {
            _ if calling => 1.0,
            Speed::Instant => 0.0,
            Speed::Factor(factor) if factor.is_finite() && factor > 0.0 => factor,
            Speed::Factor(_) => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000_000);

    #[test]
    fn instant_stands_still_and_jumps() {
        let mut clock = Clock::new(Speed::Instant, START, 50.0);
        assert_eq!(clock.advance(500.0, false), START);
        assert_eq!(clock.delay(START.plus_seconds(60.0), false), 0.0);
        assert_eq!(clock.jump(START.plus_seconds(60.0)), START.plus_seconds(60.0));
        assert_eq!(clock.jump(START), START.plus_seconds(60.0), "never back");
    }

    #[test]
    fn while_a_call_is_open_time_is_real() {
        for speed in [Speed::Instant, Speed::Factor(1.0), Speed::Factor(10.0)] {
            let mut clock = Clock::new(speed, START, 0.0);
            assert_eq!(clock.delay(START.plus_millis(300), true), 300.0);
            assert_eq!(clock.advance(300.0, true), START.plus_millis(300));
        }
    }

    #[test]
    fn a_factor_hastens_waits() {
        let mut clock = Clock::new(Speed::Factor(10.0), START, 0.0);
        assert_eq!(clock.delay(START.plus_seconds(5.0), false), 500.0);
        assert_eq!(clock.advance(250.0, false), START.plus_millis(2500));
        assert_eq!(clock.advance(100.0, false), START.plus_millis(2500), "real time never goes back");
        assert_eq!(Clock::new(Speed::Factor(f64::NAN), START, 0.0).delay(START.plus_millis(7), false), 7.0);
    }
}
