//! The iterations of one visit of a Map.

use super::Status;

/// How many items there are and how each stands.
#[derive(Clone, Debug, Default)]
pub struct Iterations {
    total: u32,
    /// By index; as long as the highest that began.
    statuses: Vec<Status>,
    counts: [u32; Status::COUNT],
}

impl Iterations {
    pub(super) fn of(total: u32) -> Iterations {
        Iterations { total, ..Iterations::default() }
    }

    /// How many items the Map has.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// How an iteration stands.
    pub fn status(&self, index: u32) -> Status {
        self.statuses.get(index as usize).copied().unwrap_or_default()
    }

    /// How many iterations stand so; those that have not begun are `NotEntered`.
    pub fn count(&self, status: Status) -> u32 {
        match status {
            Status::NotEntered => self.total.saturating_sub(self.counts.iter().sum()),
            _ => self.counts[status as usize],
        }
    }

    /// Which iterations stand so, in their order.
    pub fn with(&self, status: Status) -> impl Iterator<Item = u32> {
        self.statuses.iter().enumerate().filter(move |(_, other)| **other == status).map(|(index, _)| index as u32)
    }

    pub(super) fn set(&mut self, index: u32, status: Status) {
        let at = index as usize;
        // Iterations begin in their order or nearly so; an index far beyond the length would be no event of ours.
        if at >= self.statuses.len() {
            if index > self.total.saturating_add(1_000) {
                return;
            }
            self.statuses.resize(at + 1, Status::NotEntered);
        }
        let old = std::mem::replace(&mut self.statuses[at], status);
        if old != Status::NotEntered {
            self.counts[old as usize] -= 1;
        }
        if status != Status::NotEntered {
            self.counts[status as usize] += 1;
        }
    }

    /// Gives all that still run another status.
    pub(super) fn close(&mut self, status: Status) {
        if self.counts[Status::Running as usize] == 0 {
            return;
        }
        for index in 0..self.statuses.len() {
            if self.statuses[index] == Status::Running {
                self.set(index as u32, status);
            }
        }
    }
}
