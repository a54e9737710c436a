//! How each box stands, as one signal a box: what changes in the drawing or the run costs what it changes, however many boxes there are.

use crate::order::Hashed;

use crate::ui::prelude::*;

use super::{Graph, ProblemMark};
use crate::graph::{Node, NodeRun};

/// What is shown of a box besides its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Standing {
    /// None where nothing has run.
    pub run: Option<NodeRun>,
    pub mark: Option<ProblemMark>,
    pub selected: bool,
    pub found: bool,
    /// Whether the Tab key comes here.
    pub stop: bool,
}

/// The signals of a box.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Its top left corner.
    pub place: RwSignal<(f64, f64)>,
    pub standing: RwSignal<Standing>,
}

/// The cells of all boxes by their ids.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    known: StoredValue<Hashed<String, Cell>>,
    /// Of boxes that have left the drawing. What shows them ends a moment later, so these end with the next drawing.
    gone: StoredValue<Vec<Cell>>,
    owner: StoredValue<Owner>,
}

impl Cells {
    pub fn new() -> Cells {
        let owner = Owner::current().unwrap_or_default();
        Cells { known: StoredValue::default(), gone: StoredValue::default(), owner: StoredValue::new(owner) }
    }

    /// The cell of a box.
    pub fn of(&self, graph: Graph, node: &Node) -> Cell {
        if let Some(cell) = self.known.with_value(|known| known.get(&node.id).copied()) {
            return cell;
        }
        let standing = untrack(|| Now::of(graph).standing(node));
        let make = || Cell { place: RwSignal::new((node.x, node.y)), standing: RwSignal::new(standing) };
        let cell = self.owner.with_value(|owner| owner.with(make));
        self.known.update_value(|known| {
            known.insert(node.id.clone(), cell);
        });
        cell
    }

    /// Lets the cells follow the drawing and all that is said of its boxes.
    pub fn follow(self, graph: Graph) {
        Effect::new(move |_| {
            let now = Now::of(graph);
            graph.drawing.with(|drawing| {
                for node in &drawing.nodes {
                    let Some(cell) = self.known.with_value(|known| known.get(&node.id).copied()) else { continue };
                    put(cell.place, (node.x, node.y));
                    put(cell.standing, now.standing(node));
                }
            });
        });
        // A run changes how boxes stand many times a second, and never which there are.
        Effect::new(move |_| {
            graph.drawing.track();
            self.forget(graph);
        });
    }

    /// Forgets the cells of boxes that are not in the drawing any more.
    fn forget(&self, graph: Graph) {
        let gone = self.known.try_update_value(|known| {
            let is_gone = |id: &String| untrack(|| graph.place(id)).is_none();
            let gone: Vec<String> = known.keys().filter(|id| is_gone(id)).cloned().collect();
            gone.iter().filter_map(|id| known.remove(id)).collect::<Vec<_>>()
        });
        let Some(gone) = gone.filter(|gone| !gone.is_empty()) else { return };
        let before = self.gone.try_update_value(|kept| std::mem::replace(kept, gone));
        for Cell { place, standing } in before.unwrap_or_default() {
            place.dispose();
            standing.dispose();
        }
    }
}

/// Sets a signal if that changes it.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// All that is said of boxes, as it is now.
struct Now {
    graph: Graph,
    selected: Option<String>,
    found: Vec<String>,
    /// The box that the Tab key comes to.
    stop: Option<String>,
}

impl Now {
    /// Who asks is told when anything of it changes.
    fn of(graph: Graph) -> Now {
        graph.alive.track();
        graph.marks.track();
        Now { graph, selected: graph.selected.get(), found: graph.found.get(), stop: graph.stop() }
    }

    fn standing(&self, node: &Node) -> Standing {
        let id = &node.id;
        Standing {
            run: untrack(|| self.graph.run(id)),
            mark: self.graph.marks.with_untracked(|marks| marks.get(id).cloned()),
            selected: self.selected.as_ref() == Some(id),
            found: self.found.contains(id),
            stop: self.stop.as_ref() == Some(id),
        }
    }
}
