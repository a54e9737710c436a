//! A history folded into what people look at: visits of states with their attempts, Map iterations, the path taken, what led to a failure.
//!
//! A [`Trace`] reads events in their order, each once, and never looks back: a run of any length costs the same for each event. Graph,
//! timeline, inspector and events table read it, so they can't disagree. It knows no definition and no page.

mod attempts;
mod cause;
mod ending;
mod event_row;
mod flow;
mod fold;
mod handlers;
mod iterations;
mod path;
mod seen;
mod status;
mod story;
#[cfg(test)]
mod tests;
mod timeline;
mod viewport;
mod visit;
mod words;

pub use cause::{cause_words, thrown_at};
pub use event_row::{EventRow, Filtered, readable};
pub use flow::{Effect, Stage, flow};
pub use handlers::{catcher, handlers};
pub use iterations::Iterations;
pub use path::{Taken, Transition};
pub use seen::{Seen, variables, visible};
pub use status::Status;
pub use timeline::{Row, Segment, SegmentKind};
pub use viewport::{Rows, Viewport};
pub use visit::{Attempt, Mark, Submitted, Visit, VisitId};
pub use words::{bytes, elapsed, resource_words, seconds, ticks};

use crate::asl::StateId;
use crate::engine::{Chain, ChainId, Data, Run, StatesError};
use crate::order::Hashed;
use crate::timestamp::Timestamp;
use path::Paths;

/// What is known of one run so far.
#[derive(Debug, Default)]
pub struct Trace {
    visits: Vec<Visit>,
    states: Vec<StateTrace>,
    chains: Vec<ChainTrace>,
    /// The visit that each event belongs to, by the event's id less one.
    of_event: Vec<Option<VisitId>>,
    iterations: Hashed<VisitId, Iterations>,
    paths: Paths,
    start: Option<Timestamp>,
    input: Option<Data>,
    /// The time of the last event.
    now: Timestamp,
    end: Option<End>,
}

/// How the execution itself ended.
#[derive(Clone, Debug)]
pub struct End {
    pub mark: Mark,
    pub output: Option<Data>,
    pub failure: Option<StatesError>,
}

/// What is known of one state.
#[derive(Debug, Default)]
struct StateTrace {
    visits: Vec<VisitId>,
    counts: [u32; Status::COUNT],
    /// Whether it was visited in more than one chain, as in the iterations of a Map.
    in_many_chains: bool,
}

/// What is known of one chain of states.
#[derive(Clone, Debug, Default)]
struct ChainTrace {
    /// The visit of the Parallel or Map that the chain runs in.
    owner: Option<VisitId>,
    index: u32,
    /// The visit in progress.
    open: Option<VisitId>,
    first: Option<VisitId>,
    last: Option<VisitId>,
}

impl Trace {
    /// Reads the events of a run that it has not read yet.
    pub fn follow(&mut self, run: &Run) {
        for event in run.events.get(self.of_event.len()..).unwrap_or_default() {
            self.push(event, &run.chains);
        }
    }

    /// Whether a visit of a Map runs its items as executions of their own.
    pub fn is_map_run(&self, visit: VisitId) -> bool {
        self.visit(visit).map_run.is_some()
    }

    /// How many events it has read.
    pub fn len(&self) -> usize {
        self.of_event.len()
    }

    pub fn is_empty(&self) -> bool {
        self.of_event.is_empty()
    }

    /// When the execution started; the epoch before its first event.
    pub fn start(&self) -> Timestamp {
        self.start.unwrap_or_default()
    }

    /// The execution's input.
    pub fn input(&self) -> Option<&Data> {
        self.input.as_ref()
    }

    /// The time of the last event.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// How the execution ended; none while it goes on.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    pub fn visit(&self, id: VisitId) -> &Visit {
        &self.visits[id.0 as usize]
    }

    /// All visits in the order they were entered.
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The visits of a state in the order they were entered.
    pub fn visits_of(&self, state: StateId) -> &[VisitId] {
        self.states.get(state.0 as usize).map_or(&[], |state| &state.visits)
    }

    /// The visit that an event belongs to.
    pub fn visit_of_event(&self, event_id: u64) -> Option<VisitId> {
        let at = usize::try_from(event_id).ok()?.checked_sub(1)?;
        *self.of_event.get(at)?
    }

    /// How a state stands: as its last visit, or as the most telling of them where it ran in several chains at once.
    pub fn status(&self, state: StateId) -> Status {
        let Some(known) = self.states.get(state.0 as usize) else { return Status::NotEntered };
        let telling = || Status::MOST_TELLING.into_iter().find(|status| known.counts[*status as usize] > 0);
        let last = || known.visits.last().map(|visit| self.visit(*visit).status);
        let status = if known.in_many_chains { telling() } else { last() };
        status.unwrap_or_default()
    }

    /// How many visits of a state stand so.
    pub fn count(&self, state: StateId, status: Status) -> u32 {
        self.states.get(state.0 as usize).map_or(0, |known| known.counts[status as usize])
    }

    /// The iterations of a Map's visit; of its last attempt, where it was tried again.
    pub fn iterations(&self, map: VisitId) -> Option<&Iterations> {
        self.iterations.get(&map)
    }

    /// The last visit of a state in the iterations that are picked: `pick` names an iteration of a Map, or none for any.
    pub fn visit_picked(&self, state: StateId, pick: impl Fn(StateId) -> Option<u32>) -> Option<VisitId> {
        let fits = |visit: &VisitId| {
            self.ancestors(*visit).all(|(owner, index)| {
                let owner = self.visit(owner);
                owner.state_type != crate::asl::StateType::Map || pick(owner.state).is_none_or(|picked| picked == index)
            })
        };
        self.visits_of(state).iter().rev().find(|visit| fits(visit)).copied()
    }

    /// The Parallel and Map visits that a visit lies in, innermost first, with the branch or iteration of each.
    pub fn ancestors(&self, visit: VisitId) -> impl Iterator<Item = (VisitId, u32)> {
        let mut chain = Some(self.visit(visit).chain);
        std::iter::from_fn(move || {
            let inner = self.chain(chain?)?;
            let owner = inner.owner?;
            chain = Some(self.visit(owner).chain);
            Some((owner, inner.index))
        })
    }

    /// The iteration a visit lies in as people read it: `#2`, `#0.3` in a Map in a Map; empty outside of one.
    pub fn iteration_words(&self, visit: VisitId) -> String {
        let maps = self.ancestors(visit).filter(|(owner, _)| self.visit(*owner).state_type == crate::asl::StateType::Map);
        let mut indices: Vec<String> = maps.map(|(_, index)| index.to_string()).collect();
        indices.reverse();
        if indices.is_empty() { String::new() } else { format!("#{}", indices.join(".")) }
    }

    /// Which transitions were taken, how often.
    pub fn transitions(&self) -> impl Iterator<Item = (Transition, Taken)> {
        self.paths.iter()
    }

    /// How often a transition was taken.
    pub fn taken(&self, transition: Transition) -> Taken {
        self.paths.taken(transition)
    }

    fn chain(&self, id: ChainId) -> Option<&ChainTrace> {
        self.chains.get(id.0 as usize)
    }

    /// The chain's entry, made with all that is known of it.
    fn chain_mut(&mut self, id: ChainId, known: &[Chain]) -> &mut ChainTrace {
        let at = id.0 as usize;
        for new in self.chains.len()..=at {
            let mut trace = ChainTrace::default();
            if let Some(chain) = known.get(new).filter(|chain| chain.within.is_some()) {
                trace.index = chain.index;
                trace.owner = self.chains.get(chain.parent.0 as usize).and_then(|parent| parent.open.or(parent.last));
            }
            if let Some(owner) = trace.owner {
                self.visits[owner.0 as usize].chains.push(ChainId(new as u32));
            }
            self.chains.push(trace);
        }
        &mut self.chains[at]
    }
}
