//! What of a run the drawing shows: a status for each box, and how often each line was taken.

use crate::trace::Status;

/// By the indices of a [`super::Drawing`]; both lists are empty while nothing has run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alive {
    pub nodes: Vec<NodeRun>,
    /// How often each edge was taken.
    pub taken: Vec<u32>,
}

/// How a state stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeRun {
    pub status: Status,
    /// How often it was entered, and how many attempts the last visit shown took.
    pub visits: u32,
    pub attempts: u32,
}
