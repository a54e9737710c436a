//! What led to a failure.

use super::{Status, Trace, VisitId};
use crate::engine::ChainId;

/// How many links of a story are told.
const TOLD: usize = 24;

/// How many aborted neighbours of a failed iteration are named.
const NEIGHBOURS: usize = 3;

impl Trace {
    /// The visits that led to a failure, earliest first, the failed one last: errors that were caught on the way to it, what failed inside
    /// of a Parallel or Map, and some of what was aborted with it.
    pub fn story(&self, of: VisitId) -> Vec<VisitId> {
        let mut told = Vec::new();
        self.tell_inner(of, &mut told);
        told.push(of);
        let mut next = Some(self.visit(of).came_from).flatten();
        while let Some(id) = next.filter(|_| told.len() < TOLD) {
            if self.visit(id).status == Status::Caught {
                let mut earlier = Vec::new();
                self.tell_inner(id, &mut earlier);
                earlier.push(id);
                told.splice(0..0, earlier);
            }
            next = self.visit(id).came_from;
        }
        told
    }

    /// What failed in a Parallel or Map, the innermost first.
    fn tell_inner(&self, of: VisitId, told: &mut Vec<VisitId>) {
        let mut inner = Vec::new();
        let mut next = self.visit(of).culprit;
        while let Some(id) = next.filter(|_| inner.len() < TOLD) {
            inner.push(id);
            next = self.visit(id).culprit;
        }
        told.extend(inner.into_iter().rev());
        told.extend(self.aborted_in(of).take(NEIGHBOURS));
    }

    fn aborted_in(&self, of: VisitId) -> impl Iterator<Item = VisitId> {
        let visit = self.visit(of);
        let last = |chain: &ChainId| self.chain(*chain)?.last;
        visit.chains[visit.live_from..].iter().filter_map(last).filter(|id| self.visit(*id).status == Status::Aborted)
    }

    /// The visit to look at first when a run has failed: the state of the machine's own chain that failed.
    pub fn failed_visit(&self) -> Option<VisitId> {
        self.end.as_ref()?.failure.as_ref()?;
        let last = self.chain(ChainId(0))?.last?;
        matches!(self.visit(last).status, Status::Failed | Status::TimedOut).then_some(last)
    }
}
