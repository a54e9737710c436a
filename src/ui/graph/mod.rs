//! The drawing on the page. [`GraphView`] takes signals and callbacks and knows no workspace; [`GraphPanel`] ties it to the page.

mod boxes;
mod camera;
mod drawn;
mod find;
mod header;
mod lines;
mod menu;
mod minimap;
mod outline;
mod panel;
mod standing;
mod tools;
mod view;

pub use panel::GraphPanel;
pub use view::GraphView;

use crate::order::Hashed;
use std::sync::Arc;

use crate::ui::prelude::*;

use crate::graph::{Alive, Drawing, Node, NodeRun, Options, Part, Picks};
use crate::order::Map;
use camera::Camera;
use standing::Cells;

/// What is wrong with a state before it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct ProblemMark {
    pub error: bool,
    pub message: String,
}

/// By the id of the state.
pub type ProblemMarks = Map<String, ProblemMark>;

/// What the parts of the drawing share.
#[derive(Clone, Copy)]
struct Graph {
    pub drawing: Signal<Arc<Drawing>>,
    /// The index of each box by its id.
    pub places: Memo<Arc<Hashed<String, usize>>>,
    pub alive: Signal<Arc<Alive>>,
    pub marks: Signal<Arc<ProblemMarks>>,
    pub selected: Signal<Option<String>>,
    /// The box the keyboard is at.
    pub at: RwSignal<Option<String>>,
    /// The boxes a search found.
    pub found: RwSignal<Vec<String>>,
    pub picks: RwSignal<Picks>,
    pub options: RwSignal<Options>,
    pub camera: Camera,
    /// What is drawn: of a large drawing no more than what is in sight and around it.
    pub part: Memo<Part>,
    pub cells: Cells,
    pub on_select: Callback<Option<String>>,
    pub on_open: Callback<String>,
    pub on_test: Callback<String>,
}

impl Graph {
    /// Where a box is in the drawing of the moment.
    fn place(&self, id: &str) -> Option<usize> {
        self.places.with(|places| places.get(id).copied())
    }

    /// Reads a box of the drawing of the moment.
    fn node<T>(&self, id: &str, read: impl FnOnce(&Node) -> T) -> Option<T> {
        let at = self.place(id)?;
        self.drawing.with(|drawing| drawing.nodes.get(at).map(read))
    }

    /// How a box stands; none where nothing has run.
    fn run(&self, id: &str) -> Option<NodeRun> {
        let at = self.place(id)?;
        self.alive.with(|alive| alive.nodes.get(at).filter(|node| !node.elsewhere).cloned())
    }

    /// The one box that the Tab key comes to: where the keyboard was, until then the first state.
    fn stop(&self) -> Option<String> {
        let first =
            || self.drawing.with(|drawing| drawing.nodes.iter().find(|node| node.kind.is_state()).map(|node| node.id.clone()));
        self.at.get().filter(|at| self.place(at).is_some()).or_else(first)
    }

    fn select(&self, id: &str) {
        self.at.set(Some(id.to_owned()));
        self.on_select.run(Some(id.to_owned()));
    }

    /// Opens or closes a container.
    fn toggle(&self, id: &str) {
        let container = untrack(|| self.node(id, |node| node.collapsed || node.header.is_some()).unwrap_or(false));
        if container {
            self.options.update(|options| {
                if !options.collapsed.remove(id) {
                    options.collapsed.insert(id.to_owned());
                }
            });
        }
    }

    /// Shows the iteration after or before the one that is shown of a Map, or of the Map around a state.
    fn step_iteration(&self, id: &str, forward: bool) {
        let map = untrack(|| self.map_around(id));
        if let Some((map, shown, total)) = map {
            let next = if forward { (shown + 1).min(total.saturating_sub(1)) } else { shown.saturating_sub(1) };
            self.pick(map, next);
        }
    }

    /// Shows an iteration of a Map; what is selected in it is then that of this iteration.
    fn pick(&self, map: String, iteration: u32) {
        let inside = self.selected.get_untracked().filter(|id| id.strip_prefix(&*map).is_some_and(|rest| rest.starts_with('/')));
        self.picks.update(|picks| {
            picks.insert(map, iteration);
        });
        if inside.is_some() {
            self.on_select.run(inside);
        }
    }

    /// The id of the innermost Map around a state that has iterations, the one that is shown and how many there are.
    fn map_around(&self, id: &str) -> Option<(String, u32, u32)> {
        let drawing = self.drawing.get();
        let alive = self.alive.get();
        let mut at = self.place(id)?;
        loop {
            if let Some(map) = alive.nodes.get(at).and_then(|node| node.map.as_ref()) {
                return Some((drawing.nodes[at].id.clone(), map.shown, map.total));
            }
            at = drawing.nodes.get(at)?.parent?;
        }
    }
}
