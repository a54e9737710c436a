//! From what was written to what is meant: chains of `.` become paths with steps, filters and groupings become part of the step they
//! stand at, and each `%` finds the step that carries its parent along.

use super::error::Error;
use super::syntax::{Group, Id, Kind, Node, Path, Slot, SlotId, Stage, Tree};
use crate::text::Span;
use crate::value::{Key, Value};

/// Gives a parsed tree its meaning; the new root, and what is wrong.
pub fn resolve(tree: &mut Tree, root: Id, text: &str) -> (Id, Vec<Error>) {
    let mut resolver = Resolver { tree, text, errors: Vec::new() };
    let root = resolver.node(root);
    let node = &resolver.tree[root];
    if matches!(node.kind, Kind::Parent(_)) || !node.seeking.is_empty() {
        resolver.no_parent(root);
    }
    (root, resolver.errors)
}

struct Resolver<'a> {
    tree: &'a mut Tree,
    text: &'a str,
    errors: Vec<Error>,
}

impl Resolver<'_> {
    fn error(&mut self, code: &'static str, span: Span) {
        self.errors.push(Error::new(code, span).with_token(span.of(self.text)));
    }

    fn no_parent(&mut self, id: Id) {
        let error = Error::new("S0217", self.tree[id].at).with_token(self.tree.type_name(id));
        self.errors.push(error);
    }

    /// Resolves a node. The left operands are walked down in a loop, as chains of operators can be long.
    fn node(&mut self, root: Id) -> Id {
        let mut spine = Vec::new();
        let mut at = root;
        while let Some(left) = self.tree[at].kind.left().copied() {
            spine.push(at);
            at = left;
        }
        let mut done = self.leaf(at);
        self.carry_keep(at, done);
        while let Some(id) = spine.pop() {
            done = self.with_left(id, done);
            self.carry_keep(id, done);
        }
        done
    }

    fn carry_keep(&mut self, written: Id, meant: Id) {
        if self.tree[written].keep_array {
            self.tree[meant].keep_array = true;
        }
    }

    fn leaf(&mut self, id: Id) -> Id {
        if let Kind::Keyword(name) = self.tree[id].kind {
            self.tree[id].kind = Kind::Name(name.into());
        }
        match self.tree[id].kind {
            Kind::Name(_) => return self.path_of(id),
            Kind::Negate(operand) => return self.negate(id, operand),
            Kind::Parent(_) => {
                let slot = self.tree.slots.len();
                self.tree.slots.push(Slot { label: slot, level: 1 });
                self.tree[id].kind = Kind::Parent(slot);
            }
            Kind::Array(_) | Kind::Object(_) => self.within(id, true),
            Kind::Block(_) => {
                self.within(id, true);
                self.tree[id].cons_array |= self.ends_in_cons(id);
            }
            Kind::Lambda(_) | Kind::Transform(..) => self.within(id, false),
            Kind::End => self.errors.push(Error::new("S0207", self.tree[id].at)),
            _ => {}
        }
        id
    }

    /// Whether an expression of a block is an array that isn't taken apart, or begins with one.
    fn ends_in_cons(&self, block: Id) -> bool {
        let Kind::Block(expressions) = &self.tree[block].kind else { return false };
        let is_cons = |id: &Id| self.tree[*id].cons_array;
        expressions.iter().any(|id| is_cons(id) || self.tree.steps(*id).first().is_some_and(is_cons))
    }

    /// Resolves the nodes within one, but for its left operand; it seeks what they seek with `seeks`.
    fn within(&mut self, id: Id, seeks: bool) {
        let mut kind = self.take(id);
        kind.each(&mut |inner| {
            *inner = self.node(*inner);
            if seeks {
                self.seek_as(id, *inner);
            }
        });
        self.tree[id].kind = kind;
    }

    /// Takes the kind of a node, to change it or to use it up.
    fn take(&mut self, id: Id) -> Kind {
        std::mem::replace(&mut self.tree[id].kind, Kind::Null)
    }

    fn path_of(&mut self, step: Id) -> Id {
        let Node { span, at, keep_array, .. } = self.tree[step];
        self.tree.add(Kind::Path(Path { steps: vec![step], keep_singleton: keep_array }), span, at)
    }

    fn negate(&mut self, id: Id, operand: Id) -> Id {
        let operand = self.node(operand);
        if let Kind::Number(value) = &mut self.tree[operand].kind {
            *value = -*value;
            self.tree[operand].span.start = self.tree[id].span.start;
            return operand;
        }
        self.tree[id].kind = Kind::Negate(operand);
        self.seek_as(id, operand);
        id
    }

    fn with_left(&mut self, id: Id, left: Id) -> Id {
        match self.tree[id].kind {
            Kind::Binary(".", _, right) => return self.dot(id, left, right),
            Kind::Binary("[", _, predicate) => return self.predicate(id, left, predicate),
            Kind::Binary("@", _, variable) => return self.focus(id, left, variable),
            Kind::Binary("#", _, variable) => return self.index(left, variable),
            Kind::GroupBy(..) => return self.group(id, left),
            Kind::OrderBy(..) => return self.order(id, left),
            Kind::Binary("~>", ..) => {
                self.within(id, false);
                if let Kind::Binary(_, _, right) = self.tree[id].kind {
                    self.tree[id].keep_array = self.tree[left].keep_array || self.tree[right].keep_array;
                }
            }
            Kind::Binary(":=", ..) | Kind::Call(..) | Kind::Partial(..) => self.within(id, true),
            _ => {
                self.seek_as(id, left);
                self.within(id, true);
            }
        }
        if let Some(place) = self.tree[id].kind.left() {
            *place = left;
        }
        id
    }

    fn group(&mut self, id: Id, left: Id) -> Id {
        if self.tree[left].group.is_some() {
            self.error("S0210", self.tree[id].at);
        }
        self.within(id, false);
        if let Kind::GroupBy(_, pairs) = self.take(id) {
            self.tree[left].group = Some(Group { pairs, at: self.tree[id].at });
        }
        left
    }

    /// The path of a node: itself where it is one.
    fn as_path(&mut self, id: Id) -> Id {
        if matches!(self.tree[id].kind, Kind::Path(_)) {
            return id;
        }
        let Node { span, at, .. } = self.tree[id];
        self.tree.add(Kind::Path(Path { steps: vec![id], keep_singleton: false }), span, at)
    }

    fn path_mut(&mut self, id: Id) -> Option<&mut Path> {
        match &mut self.tree[id].kind {
            Kind::Path(path) => Some(path),
            _ => None,
        }
    }

    fn last_step(&self, id: Id) -> Id {
        self.tree.steps(id).last().copied().unwrap_or(id)
    }

    fn dot(&mut self, id: Id, left: Id, right: Id) -> Id {
        let path = self.as_path(left);
        if let Kind::Parent(slot) = self.tree[left].kind {
            self.tree[path].seeking = vec![slot];
        }
        let rest = self.node(right);
        let mut added = self.tree.steps(rest).to_vec();
        if added.is_empty() {
            let stages = std::mem::take(&mut self.tree[rest].predicates);
            if !stages.is_empty() {
                self.tree[rest].stages = stages;
            }
            added.push(rest);
        }
        self.tree[path].span = self.tree[path].span.to(self.tree[id].span);
        let Some(path_of) = self.path_mut(path) else { return path };
        let mut steps = std::mem::take(&mut path_of.steps);
        let first_new = if steps.len() == 1 { 0 } else { steps.len() };
        steps.extend(added);
        // The steps before were looked at when they were added.
        for step in &steps[first_new..] {
            self.step_is_no_literal(*step);
        }
        let keeps = steps[first_new..].iter().any(|step| self.tree[*step].keep_array);
        for end in [steps[0], steps[steps.len() - 1]] {
            if matches!(self.tree[end].kind, Kind::Array(_)) {
                self.tree[end].cons_array = true;
            }
        }
        if let Some(path) = self.path_mut(path) {
            path.steps = steps;
            path.keep_singleton |= keeps;
        }
        self.resolve_parents(path);
        path
    }

    fn step_is_no_literal(&mut self, step: Id) {
        let node = &self.tree[step];
        let at = node.at;
        let value = match node.kind.constant() {
            None => return,
            Some(Value::String(name)) => {
                self.tree[step].kind = Kind::Name(name);
                return;
            }
            Some(value) => value,
        };
        self.errors.push(Error::new("S0213", at).with_token(at.of(self.text)).with_value(value));
    }

    fn predicate(&mut self, id: Id, left: Id, predicate: Id) -> Id {
        let step = self.last_step(left);
        if self.tree[step].group.is_some() {
            self.error("S0209", self.tree[id].at);
        }
        let predicate = self.node(predicate);
        // A `%` that is a predicate on its own is not sought: so the reference has it.
        let slots = self.tree[predicate].seeking.clone();
        if !slots.is_empty() {
            for slot in slots {
                if self.tree.slots[slot].level == 1 {
                    self.seek(step, slot);
                } else {
                    self.tree.slots[slot].level -= 1;
                }
            }
            self.seek_as(step, predicate);
        }
        let is_path = matches!(self.tree[left].kind, Kind::Path(_));
        let node = &mut self.tree[step];
        let stages = if is_path { &mut node.stages } else { &mut node.predicates };
        stages.push(Stage::Filter(predicate));
        left
    }

    fn order(&mut self, id: Id, left: Id) -> Id {
        let Kind::OrderBy(_, mut terms) = self.take(id) else { return left };
        let path = self.as_path(left);
        let Node { span, at, .. } = self.tree[id];
        let sort = self.tree.add(Kind::Null, span, at);
        for term in &mut terms {
            term.expr = self.node(term.expr);
            self.seek_as(sort, term.expr);
        }
        self.tree[sort].kind = Kind::Sort(terms);
        if let Some(path) = self.path_mut(path) {
            path.steps.push(sort);
        }
        self.resolve_parents(path);
        path
    }

    fn variable_name(&self, variable: Id) -> Key {
        match &self.tree[variable].kind {
            Kind::Variable(name) => name.clone(),
            _ => "".into(),
        }
    }

    fn focus(&mut self, id: Id, left: Id, variable: Id) -> Id {
        let step = self.last_step(left);
        let node = &self.tree[step];
        if !node.stages.is_empty() || !node.predicates.is_empty() {
            self.error("S0215", self.tree[id].at);
        } else if matches!(node.kind, Kind::Sort(_)) {
            self.error("S0216", self.tree[id].at);
        }
        let name = self.variable_name(variable);
        let keep = self.tree[id].keep_array;
        let node = &mut self.tree[step];
        node.keep_array |= keep;
        node.focus = Some(name);
        node.tuple = true;
        left
    }

    fn index(&mut self, left: Id, variable: Id) -> Id {
        let name = self.variable_name(variable);
        let step = self.last_step(left);
        let path = self.as_path(left);
        let node = &mut self.tree[step];
        if path != left && !node.predicates.is_empty() {
            node.stages = std::mem::take(&mut node.predicates);
        }
        if node.stages.is_empty() {
            node.index = Some(name);
        } else {
            node.stages.push(Stage::Index(name));
        }
        node.tuple = true;
        path
    }

    /// What a node within seeks, the one around seeks too.
    fn seek_as(&mut self, around: Id, within: Id) {
        let mut slots = self.tree[within].seeking.clone();
        if let Kind::Parent(slot) = self.tree[within].kind {
            slots.push(slot);
        }
        self.tree[around].seeking.extend(slots);
    }

    /// Finds the steps of a path that the parents sought by its last step come from.
    fn resolve_parents(&mut self, path: Id) {
        let last = self.last_step(path);
        let mut slots = self.tree[last].seeking.clone();
        if let Kind::Parent(slot) = self.tree[last].kind {
            slots.push(slot);
        }
        if slots.is_empty() {
            return;
        }
        let steps = self.tree.steps(path).to_vec();
        for slot in slots {
            let mut left = steps.len() - 1;
            while self.tree.slots[slot].level > 0 {
                if left == 0 {
                    self.tree[path].seeking.push(slot);
                    break;
                }
                left -= 1;
                // Of steps next to each other that bind a variable only the first moves along the path.
                while left > 0 && self.tree[steps[left]].focus.is_some() && self.tree[steps[left - 1]].focus.is_some() {
                    left -= 1;
                }
                if !self.seek(steps[left], slot) {
                    break;
                }
            }
        }
    }

    /// Goes up through a node towards what a `%` refers to; whether there is a way.
    fn seek(&mut self, id: Id, slot: SlotId) -> bool {
        match &self.tree[id].kind {
            Kind::Name(_) | Kind::Wildcard => {
                self.tree.slots[slot].level -= 1;
                if self.tree.slots[slot].level == 0 {
                    if let Some(known) = self.tree[id].ancestor {
                        self.tree.slots[slot].label = self.tree.slots[known].label;
                    }
                    self.tree[id].ancestor = Some(slot);
                    self.tree[id].tuple = true;
                }
                true
            }
            Kind::Parent(_) => {
                self.tree.slots[slot].level += 1;
                true
            }
            Kind::Block(expressions) => match expressions.last().copied() {
                Some(last) => {
                    self.tree[id].tuple = true;
                    self.seek(last, slot)
                }
                None => true,
            },
            Kind::Path(path) => {
                let steps = path.steps.clone();
                self.tree[id].tuple = true;
                for (at, step) in steps.iter().rev().enumerate() {
                    if at > 0 && self.tree.slots[slot].level == 0 {
                        break;
                    }
                    if !self.seek(*step, slot) {
                        return false;
                    }
                }
                true
            }
            _ => {
                self.no_parent(id);
                false
            }
        }
    }
}
