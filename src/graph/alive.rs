//! What of a run the drawing shows: a status for each box, the iterations of each Map, and which lines were taken.

use super::{Drawing, Edge, EdgeKind, Kind, Node};
use crate::asl::{Definition, StateId, StateType};
use crate::order::Hashed;
use crate::order::Map;
use crate::trace::{Iterations, Status, Trace, Transition, VisitId};

/// By the indices of a [`Drawing`]; both lists are empty while nothing has run.
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
    /// The visit that is shown.
    pub visit: Option<VisitId>,
    /// How often it was entered, in the iteration that is shown, and how many attempts the last of those visits took.
    pub visits: u32,
    pub attempts: u32,
    /// Of a Map that was entered.
    pub map: Option<MapRun>,
    /// Whether it runs in executions of their own, of which this run doesn't tell.
    pub elsewhere: bool,
}

/// How the iterations of a Map stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapRun {
    /// Whether the items run as executions of their own: nothing of them is drawn inside.
    pub children: bool,
    /// The iteration that is drawn inside.
    pub shown: u32,
    pub total: u32,
    /// Each iteration, where there are no more than [`MOST_CELLS`].
    pub cells: Vec<Status>,
    /// How many stand so, those that are none left out.
    pub counts: Vec<(Status, u32)>,
}

/// The iterations the reader picked, by the id of the Map.
pub type Picks = Map<String, u32>;

/// With more iterations than this counts say more than cells.
pub const MOST_CELLS: u32 = 12;

/// Of how many visits of a state the loop's count is made, so that a long run costs a frame no more.
const MOST_COUNTED: usize = 10_000;

/// What of a Map's iterations people look for first.
const TELLING: [Status; 6] =
    [Status::Failed, Status::TimedOut, Status::Running, Status::Waiting, Status::Aborted, Status::Succeeded];

impl Alive {
    /// How a drawing stands in a run of a machine. What the machine doesn't have was not entered; where it is another machine
    /// altogether, the drawing has not run.
    pub fn of(drawing: &Drawing, machine: &Definition, trace: &Trace, picks: &Picks) -> Alive {
        let known = machine.states.iter().enumerate().map(|(at, state)| (&*state.pointer, StateId(at as u32)));
        let mut fold = Fold { trace, picks, states: known.collect(), shown: Hashed::new() };
        let states = drawing.nodes.iter().filter(|node| node.kind.is_state());
        let (all, common) =
            states.fold((0, 0), |(all, common), node| (all + 1, common + usize::from(fold.states.contains_key(node.id.as_str()))));
        if 2 * common < all {
            return Alive::default();
        }
        // A container stands before what it contains, so the iteration that is shown is known before its states are asked for.
        let nodes: Vec<NodeRun> = drawing.nodes.iter().map(|node| fold.node(node)).collect();
        let taken = drawing.edges.iter().map(|edge| fold.taken(drawing, &nodes, edge)).collect();
        Alive { nodes, taken }
    }

    /// What has to be picked for a visit to be shown: the iteration of each Map around it.
    pub fn picks_of(machine: &Definition, trace: &Trace, visit: VisitId) -> Picks {
        let around = trace.ancestors(visit).map(|(owner, index)| (trace.visit(owner), index));
        let maps = around.filter(|(owner, _)| owner.state_type == StateType::Map);
        maps.map(|(owner, index)| (machine.state(owner.state).pointer.to_string(), index)).collect()
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

struct Fold<'a> {
    trace: &'a Trace,
    picks: &'a Picks,
    states: Hashed<&'a str, StateId>,
    /// The iteration that is shown of each Map.
    shown: Hashed<StateId, u32>,
}

impl Fold<'_> {
    fn node(&mut self, node: &Node) -> NodeRun {
        let Some(&state) = self.states.get(node.id.as_str()) else { return NodeRun::default() };
        let visit = self.trace.visit_picked(state, |map| self.shown.get(&map).copied());
        let Some(visit) = visit else { return NodeRun::default() };
        let map = (node.kind == Kind::Map).then(|| self.map(node, visit)).flatten();
        if let Some(map) = &map {
            self.shown.insert(state, map.shown);
        }
        let known = self.trace.visit(visit);
        // Entered again and again in a loop: visits of other iterations don't count.
        let recent = self.trace.visits_of(state).iter().rev().take(MOST_COUNTED);
        let visits = recent.filter(|other| self.trace.visit(**other).chain == known.chain).count() as u32;
        let attempts = known.attempts.len() as u32;
        NodeRun { status: known.status, visit: Some(visit), visits, attempts, map, elsewhere: false }
    }

    fn map(&self, node: &Node, visit: VisitId) -> Option<MapRun> {
        let iterations = self.trace.iterations(visit)?;
        let total = iterations.total();
        let picked = self.picks.get(&node.id).copied().filter(|picked| *picked < total);
        let all = TELLING.into_iter().chain([Status::Caught, Status::NotEntered]);
        let counts = all.map(|status| (status, iterations.count(status))).filter(|(_, count)| *count > 0).collect();
        let cells = if total <= MOST_CELLS { (0..total).map(|index| iterations.status(index)).collect() } else { Vec::new() };
        Some(MapRun { children: false, shown: picked.unwrap_or_else(|| most_telling(iterations)), total, cells, counts })
    }

    fn taken(&self, drawing: &Drawing, nodes: &[NodeRun], edge: &Edge) -> u32 {
        let state = |at: usize| self.states.get(drawing.nodes[at].id.as_str()).copied();
        let (from, to) = (state(edge.from), state(edge.to));
        // An end that is a state must be one of the machine, and have been entered in the iteration that is shown.
        let entered = |at: usize| !drawing.nodes[at].kind.is_state() || nodes[at].status != Status::NotEntered;
        let unknown = |at: usize, state: Option<StateId>| state.is_none() && drawing.nodes[at].kind.is_state();
        if unknown(edge.from, from) || unknown(edge.to, to) || !entered(edge.from) || !entered(edge.to) {
            return 0;
        }
        let taken = self.trace.taken(Transition { from, to, way: edge.way });
        if edge.kind == EdgeKind::Catch { taken.caught } else { taken.regular }
    }
}

fn most_telling(iterations: &Iterations) -> u32 {
    TELLING.into_iter().find_map(|status| iterations.with(status).next()).unwrap_or(0)
}

impl NodeRun {
    /// How it stands, said after its name: `succeeded after 2 attempts`.
    pub fn words(&self) -> String {
        let mut words = self.status.words().to_ascii_lowercase();
        if self.attempts > 1 {
            words.push_str(&format!(" after {} attempts", self.attempts));
        }
        if self.visits > 1 && self.map.is_none() {
            words.push_str(&format!(", entered {} times", self.visits));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::engine::{Data, Execution, Next, Options};
    use crate::graph::layout;
    use crate::json::parse;

    const DEFINITION: &str = r#"{"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "Next": "Loop", "ItemProcessor": {"StartAt": "Small", "States": {
            "Small": {"Type": "Choice", "Default": "Big", "Choices": [{"Variable": "$", "NumericLessThan": 2, "Next": "Little"}]},
            "Little": {"Type": "Pass", "End": true}, "Big": {"Type": "Pass", "End": true}}}},
        "Loop": {"Type": "Pass", "Parameters": {"n.$": "States.ArrayLength($)"}, "Next": "More"},
        "More": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "Again"},
        "Again": {"Type": "Choice", "Default": "Done", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 0, "Next": "More"}]},
        "Done": {"Type": "Succeed"}, "Never": {"Type": "Pass", "Next": "Done"}}}"#;

    /// The drawing and its run over `[1, 2, 3]`, with iterations picked.
    fn run(picks: &[(&str, u32)]) -> (Drawing, Alive) {
        let (machine, _) = lower(&parse(DEFINITION).root);
        let options = Options { name: "e".into(), ..Options::default() };
        let mut execution = Execution::start(machine.into(), Data::given("[1, 2, 3]").unwrap(), options);
        assert!(matches!(execution.poll(10_000), Next::Done(_)));
        let run = &execution.runs()[0];
        let mut trace = Trace::default();
        trace.follow(run);
        let drawing = layout(DEFINITION);
        let picks = picks.iter().map(|(id, at)| ((*id).to_owned(), *at)).collect();
        let alive = Alive::of(&drawing, &run.machine, &trace, &picks);
        (drawing, alive)
    }

    fn node<'a>(drawing: &Drawing, alive: &'a Alive, name: &str) -> &'a NodeRun {
        &alive.nodes[drawing.nodes.iter().position(|node| node.name == name).unwrap()]
    }

    #[test]
    fn states_stand_as_their_visits_do() {
        let (drawing, alive) = run(&[]);
        assert_eq!(node(&drawing, &alive, "Done").status, Status::Succeeded);
        assert_eq!(node(&drawing, &alive, "Never").status, Status::NotEntered);
        assert_eq!(node(&drawing, &alive, "More").words(), "succeeded, entered 3 times");
        let name = |at: usize| drawing.nodes[at].name.as_str();
        let taken = |from: &str, to: &str| {
            let edge = drawing.edges.iter().position(|edge| name(edge.from) == from && name(edge.to) == to);
            alive.taken[edge.unwrap()]
        };
        assert_eq!((taken("Start", "Each"), taken("Again", "More"), taken("Never", "Done")), (1, 2, 0));
    }

    #[test]
    fn a_map_shows_one_iteration() {
        let (drawing, alive) = run(&[]);
        let map = node(&drawing, &alive, "Each").map.as_ref().unwrap();
        assert_eq!((map.shown, map.total, map.cells.len()), (0, 3, 3));
        assert_eq!(map.counts, [(Status::Succeeded, 3)]);
        assert_eq!(node(&drawing, &alive, "Little").status, Status::Succeeded);
        assert_eq!(node(&drawing, &alive, "Big").status, Status::NotEntered);

        let (drawing, alive) = run(&[("/States/Each", 2)]);
        assert_eq!(node(&drawing, &alive, "Little").status, Status::NotEntered);
        assert_eq!(node(&drawing, &alive, "Big").status, Status::Succeeded);
    }

    /// The words on the lines that a run of a definition took, those without any as what they lead from and to.
    fn taken(definition: &str, input: &str) -> Vec<String> {
        let (machine, _) = lower(&parse(definition).root);
        let mut execution = Execution::start(machine.into(), Data::given(input).unwrap(), Options::default());
        assert!(matches!(execution.poll(10_000), Next::Done(_)));
        let run = &execution.runs()[0];
        let mut trace = Trace::default();
        trace.follow(run);
        let drawing = layout(definition);
        let alive = Alive::of(&drawing, &run.machine, &trace, &Picks::default());
        let edges = drawing.edges.iter().zip(&alive.taken).filter(|(_, count)| **count > 0);
        let name = |at: usize| &drawing.nodes[at].name;
        let words = |edge: &Edge| match &edge.label {
            Some(label) => label.full.clone(),
            None => format!("{} to {}", name(edge.from), name(edge.to)),
        };
        edges.map(|(edge, _)| words(edge)).collect()
    }

    #[test]
    fn of_lines_between_the_same_states_the_one_is_taken_that_led_on() {
        let choice = r#"{"StartAt": "Which", "States": {
            "Which": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.n", "NumericEquals": 1, "Next": "Done"}, {"Variable": "$.n", "NumericEquals": 2, "Next": "Done"}]},
            "Done": {"Type": "Succeed"}}}"#;
        assert_eq!(taken(choice, r#"{"n": 1}"#), ["Start to Which", "$.n == 1", "Done to End"]);
        assert_eq!(taken(choice, r#"{"n": 2}"#), ["Start to Which", "$.n == 2", "Done to End"]);
        assert_eq!(taken(choice, r#"{"n": 3}"#), ["Start to Which", "Default", "Done to End"]);
        let caught = r#"{"StartAt": "All", "States": {
            "All": {"Type": "Parallel", "Next": "Lost", "Branches": [{"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "B"}}}],
                "Catch": [{"ErrorEquals": ["A"], "Next": "Lost"}, {"ErrorEquals": ["B"], "Next": "Lost"}]},
            "Lost": {"Type": "Fail"}}}"#;
        assert_eq!(taken(caught, "{}"), ["Start to All", "Catch #2: B", "Lost to End"]);
    }

    #[test]
    fn a_visit_tells_what_to_pick() {
        let (machine, _) = lower(&parse(DEFINITION).root);
        let mut execution = Execution::start(machine.into(), Data::given("[1, 2, 3]").unwrap(), Options::default());
        assert!(matches!(execution.poll(10_000), Next::Done(_)));
        let run = &execution.runs()[0];
        let mut trace = Trace::default();
        trace.follow(run);
        let big = trace.visits().iter().filter(|visit| &*visit.name == "Big").map(|visit| visit.id);
        let picks = big.map(|visit| Alive::picks_of(&run.machine, &trace, visit));
        assert_eq!(picks.collect::<Vec<_>>(), [1, 2].map(|at| Picks::from([("/States/Each".to_owned(), at)])));
        assert_eq!(Alive::picks_of(&run.machine, &trace, trace.visits()[0].id), Picks::default());
    }

    #[test]
    fn another_machine_has_not_run() {
        let (machine, _) = lower(&parse(DEFINITION).root);
        let other = layout(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Done"}, "B": {"Type": "Pass"}, "Done": {"Type": "Succeed"}}}"#,
        );
        assert!(Alive::of(&other, &machine, &Trace::default(), &Picks::default()).is_empty());
    }
}
