//! From what was written to what is meant: chains of `.` become paths with steps, filters and groupings become part of the step they
//! stand at, and each `%` finds the step that carries its parent along.

use super::error::Error;
use super::syntax::{Group, Id, Kind, Node, Path, Slot, SlotId, Stage, Term, Tree};
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
        while let Some(left) = left_operand(&self.tree[at].kind) {
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
        match self.tree[id].kind.clone() {
            Kind::Name(_) => self.path_of(id),
            Kind::Keyword(name) => {
                self.tree[id].kind = Kind::Name(name.into());
                self.path_of(id)
            }
            Kind::Parent(_) => {
                let slot = self.tree.slots.len();
                self.tree.slots.push(Slot { label: slot, level: 1 });
                self.tree[id].kind = Kind::Parent(slot);
                id
            }
            Kind::Negate(operand) => self.negate(id, operand),
            Kind::Array(items) => {
                let items = self.nodes(id, items);
                self.tree[id].kind = Kind::Array(items);
                id
            }
            Kind::Object(pairs) => {
                let mut resolved = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    let key = self.node(key);
                    self.seek_as(id, key);
                    let value = self.node(value);
                    self.seek_as(id, value);
                    resolved.push((key, value));
                }
                self.tree[id].kind = Kind::Object(resolved);
                id
            }
            Kind::Block(expressions) => {
                let expressions = self.nodes(id, expressions);
                let is_cons = |id: &Id| {
                    self.tree[*id].cons_array || self.tree.steps(*id).first().is_some_and(|first| self.tree[*first].cons_array)
                };
                if expressions.iter().any(is_cons) {
                    self.tree[id].cons_array = true;
                }
                self.tree[id].kind = Kind::Block(expressions);
                id
            }
            Kind::Lambda(mut lambda) => {
                lambda.body = self.node(lambda.body);
                self.tree[id].kind = Kind::Lambda(lambda);
                id
            }
            Kind::Transform(pattern, update, delete) => {
                let (pattern, update) = (self.node(pattern), self.node(update));
                let delete = delete.map(|delete| self.node(delete));
                self.tree[id].kind = Kind::Transform(pattern, update, delete);
                id
            }
            Kind::End => {
                self.errors.push(Error::new("S0207", self.tree[id].at));
                id
            }
            _ => id,
        }
    }

    /// Resolves nodes whose parents are sought from one around.
    fn nodes(&mut self, around: Id, ids: Vec<Id>) -> Vec<Id> {
        ids.into_iter()
            .map(|id| {
                let id = self.node(id);
                self.seek_as(around, id);
                id
            })
            .collect()
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
        match self.tree[id].kind.clone() {
            Kind::Binary(".", _, right) => self.dot(id, left, right),
            Kind::Binary("[", _, predicate) => self.predicate(id, left, predicate),
            Kind::Binary("@", _, variable) => self.focus(id, left, variable),
            Kind::Binary("#", _, variable) => self.index(left, variable),
            Kind::Binary(operator, _, right) => {
                let right = self.node(right);
                match operator {
                    "~>" => self.tree[id].keep_array = self.tree[left].keep_array || self.tree[right].keep_array,
                    ":=" => self.seek_as(id, right),
                    _ => {
                        self.seek_as(id, left);
                        self.seek_as(id, right);
                    }
                }
                self.tree[id].kind = Kind::Binary(operator, left, right);
                id
            }
            Kind::GroupBy(_, pairs) => {
                if self.tree[left].group.is_some() {
                    self.error("S0210", self.tree[id].at);
                }
                let pairs = pairs.into_iter().map(|(key, value)| (self.node(key), self.node(value))).collect();
                self.tree[left].group = Some(Group { pairs, at: self.tree[id].at });
                left
            }
            Kind::OrderBy(_, terms) => self.order(id, left, terms),
            Kind::Call(_, arguments) => {
                let arguments = self.nodes(id, arguments);
                self.tree[id].kind = Kind::Call(left, arguments);
                id
            }
            Kind::Partial(_, arguments) => {
                let arguments = self.nodes(id, arguments);
                self.tree[id].kind = Kind::Partial(left, arguments);
                id
            }
            Kind::Condition(_, then, otherwise) => {
                self.seek_as(id, left);
                let then = self.node(then);
                self.seek_as(id, then);
                let otherwise = otherwise.map(|otherwise| {
                    let otherwise = self.node(otherwise);
                    self.seek_as(id, otherwise);
                    otherwise
                });
                self.tree[id].kind = Kind::Condition(left, then, otherwise);
                id
            }
            _ => id,
        }
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
        let (value, at) = match &node.kind {
            Kind::String(text) => {
                let name: Key = text.clone();
                self.tree[step].kind = Kind::Name(name);
                return;
            }
            Kind::Number(value) => (Value::number(*value), node.at),
            Kind::Bool(value) => (Value::Bool(*value), node.at),
            Kind::Null => (Value::Null, node.at),
            _ => return,
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

    fn order(&mut self, id: Id, left: Id, terms: Vec<Term>) -> Id {
        let path = self.as_path(left);
        let Node { span, at, .. } = self.tree[id];
        let sort = self.tree.add(Kind::Null, span, at);
        let terms = terms
            .into_iter()
            .map(|term| {
                let expr = self.node(term.expr);
                self.seek_as(sort, expr);
                Term { expr, ..term }
            })
            .collect();
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
        match self.tree[id].kind.clone() {
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
            Kind::Block(expressions) => match expressions.last() {
                Some(last) => {
                    self.tree[id].tuple = true;
                    self.seek(*last, slot)
                }
                None => true,
            },
            Kind::Path(path) => {
                self.tree[id].tuple = true;
                let mut steps = path.steps.into_iter().rev();
                let mut found = steps.next().is_none_or(|last| self.seek(last, slot));
                for step in steps {
                    if !found || self.tree.slots[slot].level == 0 {
                        break;
                    }
                    found = self.seek(step, slot);
                }
                found
            }
            _ => {
                self.no_parent(id);
                false
            }
        }
    }
}

/// The operand a node begins with, where it is one that follows an operand.
fn left_operand(kind: &Kind) -> Option<Id> {
    match kind {
        Kind::Binary(_, left, _)
        | Kind::GroupBy(left, _)
        | Kind::OrderBy(left, _)
        | Kind::Call(left, _)
        | Kind::Partial(left, _)
        | Kind::Condition(left, _, _) => Some(*left),
        _ => None,
    }
}
