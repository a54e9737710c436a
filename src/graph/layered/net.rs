//! Boxes and lines as a net of vertices in layers, whose segments lead from one layer to the next.
//!
//! Labels get a layer of their own under the ranks that need it. A line that leads back leaves at the bottom, turns, goes up beside,
//! turns again and enters from above. Lines of a kind that meet at the same target share their vertices as a trunk.

use super::{Graph, Line, Size};
use crate::graph::EdgeKind;
use crate::order::Hashed;

/// More vertices than this make every line share a trunk with those to the same target.
const MANY: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// By its index in [`Graph::boxes`].
    Box(usize),
    /// The label of a line.
    Label(usize),
    /// Where a long line passes a layer.
    Bend,
    /// Where a line that leads back turns round; takes no room.
    Turn,
}

#[derive(Clone, Debug)]
pub struct Vertex {
    pub layer: usize,
    pub role: Role,
    /// The room to either side of its middle.
    pub left: f64,
    pub right: f64,
    pub height: f64,
}

/// Where a line meets a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    Main,
    Catch,
    Loop,
}

/// How many of them there are.
pub const PORTS: usize = 3;

/// A piece of one line or of several, from a layer to the one below.
#[derive(Clone, Debug)]
pub struct Segment {
    pub upper: usize,
    pub lower: usize,
    /// How much it matters that it is straight.
    pub weight: i32,
    /// Its ports at boxes, and their distance from the middle of the vertex; into a turn, the port the line left its box by.
    pub out: Port,
    pub into: Port,
    pub out_offset: f64,
    pub in_offset: f64,
}

/// The segments a line runs through.
#[derive(Clone, Debug)]
pub enum Path {
    Down(Vec<usize>),
    Around(Around),
    /// From a box to itself: its place among such lines of the box.
    Beside(usize),
}

/// A line that leads back: out of the box to a turn, from the turn beside it, up, and by another turn into the target.
#[derive(Clone, Debug)]
pub struct Around {
    pub leave: usize,
    pub side: usize,
    pub climb: Vec<usize>,
    pub top: usize,
    pub enter: usize,
}

pub struct Net {
    pub vertices: Vec<Vertex>,
    pub segments: Vec<Segment>,
    /// The segments below and above each vertex.
    pub down: Vec<Vec<usize>>,
    pub up: Vec<Vec<usize>>,
    /// The other ends of those.
    pub below: Vec<Vec<usize>>,
    pub above: Vec<Vec<usize>>,
    /// By the line's index.
    pub paths: Vec<Path>,
    pub layers: usize,
    /// How many vertices are boxes; they come first.
    pub boxes: usize,
}

/// Which lines share a trunk.
#[derive(Default)]
pub enum Sharing {
    /// Those of a kind to the same target.
    #[default]
    All,
    /// Only those that lead back.
    Back,
    /// By the line, its trunk and the layer, a line that stands for all that share its vertex there.
    Groups(Numbers),
}

/// Numbers by three others.
type Numbers = Hashed<(usize, usize, usize), usize>;

impl Path {
    /// All its segments.
    pub fn segments(&self) -> Vec<usize> {
        match self {
            Path::Down(segments) => segments.clone(),
            Path::Around(Around { leave, side, climb, top, enter }) => {
                let mut segments = vec![*leave, *side, *top, *enter];
                segments.extend_from_slice(climb);
                segments
            }
            Path::Beside(_) => Vec::new(),
        }
    }
}

impl Net {
    pub fn new(graph: &Graph, back: &[bool], ranks: &[usize], sharing: Sharing) -> Net {
        let rows = Rows::new(graph, back, ranks);
        let mut builder = Builder::new(graph, ranks, &rows, sharing);
        let share_all = builder.estimate(graph, back) > MANY;
        let mut paths = Vec::new();
        for (at, line) in graph.lines.iter().enumerate() {
            paths.push(match (line.from == line.to, back[at]) {
                (true, _) => builder.beside(graph, line),
                (_, true) => builder.around(at, line),
                (_, false) => builder.down(at, line, share_all),
            });
        }
        let Builder { vertices, segments, .. } = builder;
        let none = vec![Vec::new(); vertices.len()];
        let (mut down, mut up, mut below, mut above) = (none.clone(), none.clone(), none.clone(), none);
        for (at, segment) in segments.iter().enumerate() {
            down[segment.upper].push(at);
            below[segment.upper].push(segment.lower);
            up[segment.lower].push(at);
            above[segment.lower].push(segment.upper);
        }
        Net { vertices, segments, down, up, below, above, paths, layers: rows.count, boxes: graph.boxes.len() }
    }

    pub fn is_box(&self, vertex: usize) -> bool {
        vertex < self.boxes
    }

    pub fn is_turn(&self, vertex: usize) -> bool {
        self.vertices[vertex].role == Role::Turn
    }

    /// The same net with lines of a kind to the same target joined where these layers have them side by side, down to their end.
    pub fn joined(&self, graph: &Graph, back: &[bool], ranks: &[usize], layers: &[Vec<usize>]) -> (Net, Vec<Vec<usize>>) {
        let mut lines = vec![None; self.vertices.len()];
        for (at, path) in self.paths.iter().enumerate() {
            let (Path::Down(segments), Some(trunk)) = (path, Trunk::of(graph.lines[at].kind)) else { continue };
            let lower = segments.iter().map(|segment| self.segments[*segment].lower);
            lower.filter(|vertex| self.vertices[*vertex].role == Role::Bend).for_each(|vertex| lines[vertex] = Some((at, trunk)));
        }
        let mut groups = Numbers::new();
        for (layer, vertices) in layers.iter().enumerate().rev() {
            let mut before = None;
            for vertex in vertices {
                let line = lines[*vertex];
                if let Some((at, trunk)) = line {
                    let below = |at: usize| groups.get(&(at, trunk as usize, layer + 1)).copied();
                    let joins = |(other, kind): &(usize, Trunk)| {
                        *kind == trunk && graph.lines[*other].to == graph.lines[at].to && below(*other) == below(at)
                    };
                    let group = before.filter(joins).and_then(|(other, _)| groups.get(&(other, trunk as usize, layer)).copied());
                    groups.insert((at, trunk as usize, layer), group.unwrap_or(at));
                }
                before = line;
            }
        }
        let net = Net::new(graph, back, ranks, Sharing::Groups(groups));
        let mut same: Vec<usize> = (0..self.vertices.len()).collect();
        for (own, other) in self.paths.iter().zip(&net.paths) {
            for (own, other) in own.segments().iter().zip(&other.segments()) {
                let (own, other) = (&self.segments[*own], &net.segments[*other]);
                (same[own.upper], same[own.lower]) = (other.upper, other.lower);
            }
        }
        let mut layers = layers.to_vec();
        for layer in &mut layers {
            layer.iter_mut().for_each(|vertex| *vertex = same[*vertex]);
            layer.dedup();
        }
        (net, layers)
    }

    /// The least distance of the middles of two neighbours in a layer.
    pub fn separation(&self, left: usize, right: usize) -> f64 {
        let gap = match (self.is_box(left), self.is_box(right)) {
            (true, true) => super::BOX_GAP,
            (false, false) => super::LINE_GAP,
            _ => (super::BOX_GAP + super::LINE_GAP) / 2.0,
        };
        self.vertices[left].right + gap + self.vertices[right].left
    }
}

/// Which layer each rank is, with layers for labels and turns between.
struct Rows {
    layer_of: Vec<usize>,
    count: usize,
}

impl Rows {
    fn new(graph: &Graph, back: &[bool], ranks: &[usize]) -> Rows {
        let last = ranks.iter().copied().max().unwrap_or(0);
        let mut labelled = vec![false; last + 1];
        let (mut turns_above, mut turns_below) = (false, false);
        for (line, back) in graph.lines.iter().zip(back).filter(|(line, _)| line.from != line.to) {
            if *back {
                turns_above |= ranks[line.to] == 0;
                turns_below |= ranks[line.from] == last;
            } else if line.label.is_some() {
                labelled[ranks[line.from]] = true;
            }
        }
        let mut count = usize::from(turns_above);
        let mut layer_of = Vec::with_capacity(last + 1);
        for labelled in labelled {
            layer_of.push(count);
            count += 1 + usize::from(labelled);
        }
        Rows { layer_of, count: count + usize::from(turns_below) }
    }
}

/// What shares a trunk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trunk {
    Forward,
    Catch,
    End,
    Back,
    BackTurn,
    /// By the box that is left, not the target.
    LeaveTurn,
}

impl Trunk {
    /// That of a line downwards.
    fn of(kind: EdgeKind) -> Option<Trunk> {
        match kind {
            EdgeKind::Catch => Some(Trunk::Catch),
            EdgeKind::End => Some(Trunk::End),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Builder {
    sharing: Sharing,
    vertices: Vec<Vertex>,
    segments: Vec<Segment>,
    /// By both ends and both ports.
    segment_at: Numbers,
    /// By the target, the trunk and the layer.
    trunks: Numbers,
    beside: Vec<usize>,
}

impl Builder {
    fn new(graph: &Graph, ranks: &[usize], rows: &Rows, sharing: Sharing) -> Builder {
        let mut builder = Builder { sharing, beside: vec![0; graph.boxes.len()], ..Builder::default() };
        for (at, size) in graph.boxes.iter().enumerate() {
            builder.add(rows.layer_of[ranks[at]], Role::Box(at), *size);
        }
        builder
    }

    /// About how many vertices there will be when only catchers, ends and loops share.
    fn estimate(&self, graph: &Graph, back: &[bool]) -> usize {
        let mut count = 0;
        for (line, back) in graph.lines.iter().zip(back) {
            if !*back && Trunk::of(line.kind).is_none() {
                count += self.vertices[line.to].layer.abs_diff(self.vertices[line.from].layer);
            }
        }
        count
    }

    fn add(&mut self, layer: usize, role: Role, size: Size) -> usize {
        self.vertices.push(Vertex { layer, role, left: size.w / 2.0, right: size.w / 2.0, height: size.h });
        self.vertices.len() - 1
    }

    /// The vertex of a trunk in a layer, a new one if nothing runs there yet.
    fn trunk(&mut self, target: usize, trunk: Trunk, layer: usize) -> usize {
        let key = (target, trunk as usize, layer);
        if let Some(&vertex) = self.trunks.get(&key) {
            return vertex;
        }
        let role = if matches!(trunk, Trunk::BackTurn | Trunk::LeaveTurn) { Role::Turn } else { Role::Bend };
        let vertex = self.add(layer, role, Size::default());
        self.trunks.insert(key, vertex);
        vertex
    }

    fn link(&mut self, upper: usize, lower: usize, weight: i32, out: Port, into: Port) -> usize {
        let key = (upper, lower, out as usize * PORTS + into as usize);
        if let Some(&segment) = self.segment_at.get(&key) {
            self.segments[segment].weight += weight / 2;
            return segment;
        }
        self.segments.push(Segment { upper, lower, weight, out, into, out_offset: 0.0, in_offset: 0.0 });
        self.segment_at.insert(key, self.segments.len() - 1);
        self.segments.len() - 1
    }

    fn down(&mut self, at: usize, line: &Line, share_all: bool) -> Path {
        let trunk = Trunk::of(line.kind).or(share_all.then_some(Trunk::Forward));
        let mut vertices = vec![line.from];
        let mut layer = self.vertices[line.from].layer + 1;
        if let Some(size) = line.label {
            vertices.push(self.add(layer, Role::Label(at), size));
            layer += 1;
        }
        while layer < self.vertices[line.to].layer {
            vertices.push(match trunk {
                Some(trunk) => match &self.sharing {
                    Sharing::All => self.trunk(line.to, trunk, layer),
                    Sharing::Back => self.add(layer, Role::Bend, Size::default()),
                    Sharing::Groups(groups) => {
                        let group = groups.get(&(at, trunk as usize, layer)).copied().unwrap_or(at);
                        self.trunk(self.beside.len() + group, trunk, layer)
                    }
                },
                None => self.add(layer, Role::Bend, Size::default()),
            });
            layer += 1;
        }
        vertices.push(line.to);
        let port = if line.kind == EdgeKind::Catch { Port::Catch } else { Port::Main };
        let last = vertices.len() - 2;
        let mut segments = Vec::new();
        for step in 0..=last {
            let weight = self.weight(line.kind, vertices[step], vertices[step + 1], trunk.is_some());
            let out = if step == 0 { port } else { Port::Main };
            let into = if step == last { port } else { Port::Main };
            segments.push(self.link(vertices[step], vertices[step + 1], weight, out, into));
        }
        Path::Down(segments)
    }

    fn weight(&self, kind: EdgeKind, upper: usize, lower: usize, shared: bool) -> i32 {
        let weight = match kind {
            EdgeKind::Start | EdgeKind::Next => 12,
            EdgeKind::Choice | EdgeKind::Default => 3,
            EdgeKind::End => 2,
            EdgeKind::Catch => 1,
        };
        match (self.vertices[upper].role, self.vertices[lower].role) {
            // Joining a trunk is a bend anyway.
            (Role::Label(_), _) if shared => weight,
            (Role::Box(_), _) | (Role::Label(_), Role::Box(_)) if shared => weight,
            (Role::Label(_) | Role::Bend, Role::Bend) => weight.max(2) * 3,
            (Role::Label(_), _) => weight * 4,
            _ => weight,
        }
    }

    fn around(&mut self, at: usize, line: &Line) -> Path {
        let (from, to) = (self.vertices[line.from].layer, self.vertices[line.to].layer);
        // All that turn under a box share the place: nested turns don't cross each other.
        let turn = self.trunk(line.from, Trunk::LeaveTurn, from + 1);
        let mut lower = match line.label {
            Some(size) => self.add(from, Role::Label(at), size),
            None => self.add(from, Role::Bend, Size::default()),
        };
        let port = if line.kind == EdgeKind::Catch { Port::Catch } else { Port::Main };
        let leave = self.link(line.from, turn, 1, port, Port::Main);
        let side = self.link(lower, turn, 1, Port::Main, port);
        let mut climb = Vec::new();
        for layer in (to..from).rev() {
            let upper = self.trunk(line.to, Trunk::Back, layer);
            climb.push(self.link(upper, lower, 4, Port::Main, Port::Main));
            lower = upper;
        }
        let turn = self.trunk(line.to, Trunk::BackTurn, to - 1);
        let top = self.link(turn, lower, 1, Port::Main, Port::Main);
        let enter = self.link(turn, line.to, 1, Port::Main, Port::Loop);
        Path::Around(Around { leave, side, climb, top, enter })
    }

    /// Makes room at the right of a box for a line to itself, its label included.
    fn beside(&mut self, graph: &Graph, line: &Line) -> Path {
        let place = self.beside[line.from];
        self.beside[line.from] += 1;
        let room = super::route::LOOP_WIDTH + line.label.map_or(0.0, |size| size.w + 4.0);
        let vertex = &mut self.vertices[line.from];
        vertex.right = vertex.right.max(graph.boxes[line.from].w / 2.0 + room);
        Path::Beside(place)
    }
}
