//! The rows and bars of a timeline: a row for each visit, and one for each branch and iteration.

use super::{Attempt, Status, Trace, Visit, VisitId};
use crate::asl::StateType;
use crate::engine::ChainId;
use crate::timestamp::Timestamp;

/// What one row of the timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A visit of a state; `depth` Maps and Parallels around it have rows of their own.
    Visit { visit: VisitId, depth: u32 },
    /// A branch or iteration whose states follow one another in one row.
    Chain { chain: ChainId, depth: u32 },
}

/// What a bar, or a part of one, stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Work, with how it ended.
    Work(Status),
    /// Waiting for a token.
    Callback,
    /// The time between two attempts.
    BackOff,
}

/// A part of a row between two times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub kind: SegmentKind,
    pub from: Timestamp,
    pub to: Timestamp,
    pub visit: VisitId,
}

impl Trace {
    /// All rows from top to bottom.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.visits.len());
        let mut inner = Vec::new();
        for visit in self.visits_in(ChainId(0)) {
            rows.push(Row::Visit { visit: visit.id, depth: 0 });
            inner.extend(visit.chains.iter().rev().map(|chain| (*chain, 1)));
            self.inner_rows(&mut inner, &mut rows);
        }
        rows
    }

    /// Rows of branches and iterations; what they hold in turn follows each.
    fn inner_rows(&self, open: &mut Vec<(ChainId, u32)>, rows: &mut Vec<Row>) {
        while let Some((chain, depth)) = open.pop() {
            rows.push(Row::Chain { chain, depth });
            let nested: Vec<ChainId> = self.visits_in(chain).flat_map(|visit| visit.chains.iter().copied()).collect();
            open.extend(nested.into_iter().rev().map(|chain| (chain, depth + 1)));
        }
    }

    /// The visits of a chain in their order.
    pub fn visits_in(&self, chain: ChainId) -> impl Iterator<Item = &Visit> {
        let mut next = self.chain(chain).and_then(|chain| chain.first);
        std::iter::from_fn(move || {
            let visit = self.visit(next?);
            next = visit.went_to;
            Some(visit)
        })
    }

    /// What a row is called: the state's name, or the names of all states in a branch or iteration.
    pub fn row_words(&self, row: Row) -> String {
        /// A long chain is told by its beginning.
        const NAMES: usize = 8;
        match row {
            Row::Visit { visit, .. } => self.visit(visit).name.to_string(),
            Row::Chain { chain, .. } => {
                let names: Vec<&str> = self.visits_in(chain).take(NAMES).map(|visit| &*visit.name).collect();
                names.join(", ")
            }
        }
    }

    /// The number of a row's iteration, `#2`; empty where it isn't one.
    pub fn row_iteration(&self, row: Row) -> String {
        match row {
            Row::Chain { chain, .. } => match self.place_of(chain) {
                Some((map, index)) if map.state_type == StateType::Map => format!("#{index}"),
                _ => String::new(),
            },
            Row::Visit { .. } => String::new(),
        }
    }

    /// The visit a row leads to: the one that failed or is in progress, else the last.
    pub fn row_visit(&self, row: Row) -> Option<VisitId> {
        match row {
            Row::Visit { visit, .. } => Some(visit),
            Row::Chain { chain, .. } => self.chain(chain)?.last,
        }
    }

    /// The Parallel or Map around a chain, and which of its branches or iterations it is.
    pub fn place_of(&self, chain: ChainId) -> Option<(&Visit, u32)> {
        let trace = self.chain(chain)?;
        Some((self.visit(trace.owner?), trace.index))
    }

    /// The parts of a row, in the order of time.
    pub fn segments(&self, row: Row) -> Vec<Segment> {
        let mut segments = Vec::new();
        match row {
            Row::Visit { visit, .. } => self.visit_segments(self.visit(visit), &mut segments),
            Row::Chain { chain, .. } => {
                for visit in self.visits_in(chain) {
                    self.visit_segments(visit, &mut segments);
                }
            }
        }
        segments
    }

    /// From when to when a row lasts; until now while it is in progress.
    pub fn extent(&self, row: Row) -> Option<(Timestamp, Timestamp)> {
        let end = |visit: &Visit| visit.left.map_or(self.now, |left| left.at);
        match row {
            Row::Visit { visit, .. } => {
                let visit = self.visit(visit);
                Some((visit.entered.at, end(visit)))
            }
            Row::Chain { chain, .. } => {
                let chain = self.chain(chain)?;
                Some((self.visit(chain.first?).entered.at, end(self.visit(chain.last?))))
            }
        }
    }

    fn visit_segments(&self, visit: &Visit, segments: &mut Vec<Segment>) {
        let end = visit.left.map_or(self.now, |left| left.at);
        let mut add = |kind, from, to| segments.push(Segment { kind, from, to, visit: visit.id });
        // A Parallel's or Map's attempts matter only where there are several; a Task without an attempt never called anything.
        if visit.attempts.is_empty() || visit.attempts.len() == 1 && visit.attempts[0].task.is_none() {
            add(SegmentKind::Work(visit.status), visit.entered.at, end);
            return;
        }
        let mut before: Option<Timestamp> = None;
        for attempt in &visit.attempts {
            if let Some(before) = before {
                add(SegmentKind::BackOff, before, attempt.scheduled.at);
            }
            let ended = attempt.ended.map_or(end, |ended| ended.at);
            match callback_since(attempt) {
                Some(since) => {
                    add(SegmentKind::Work(worked(attempt)), attempt.scheduled.at, since);
                    add(SegmentKind::Callback, since, ended);
                }
                None => add(SegmentKind::Work(attempt.status), attempt.scheduled.at, ended),
            }
            before = Some(ended);
        }
        if let Some(before) = before.filter(|_| visit.is_backing_off()) {
            add(SegmentKind::BackOff, before, end);
        }
    }
}

/// Since when an attempt waits, or waited, for its token.
fn callback_since(attempt: &Attempt) -> Option<Timestamp> {
    let waits = attempt.task.as_ref().is_some_and(|task| task.resource.ends_with(".waitForTaskToken"));
    attempt.submitted.as_ref().filter(|_| waits).map(|submitted| submitted.mark.at)
}

/// Sending the message went well, whatever became of the token.
fn worked(attempt: &Attempt) -> Status {
    match attempt.status {
        Status::Failed | Status::TimedOut => attempt.status,
        _ => Status::Succeeded,
    }
}
