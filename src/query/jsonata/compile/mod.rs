//! From the resolved tree to a program. Chains of operators are walked in a loop; all else is as deep as the parser allows.

mod direct;

use super::functions;
use super::program::{Group, Lambda, NO_NAME, Name, Op, Operator, Pc, Program, Sort, SortTerm, Transform, TupleStep};
use super::syntax::{Group as GroupNode, Id, Kind, Node, Stage, Term, Tree};
use super::val::Sym;
use crate::order::{Places, hash};
use crate::text::Span;
use crate::value::{Key, Value};

/// The program of a resolved tree that holds no errors.
pub fn compile(tree: &Tree, root: Id) -> Program {
    let mut compiler = Compiler {
        tree,
        program: Program::default(),
        symbols: Places::new(),
        keys: Places::new(),
        lambdas: Vec::new(),
        regions: Vec::new(),
        stores: vec![false],
        span: Span::default(),
        within_direct: false,
    };
    compiler.region(|this| this.node(root, 1));
    compiler.emit(Op::Return);
    // Bodies are compiled after what is around them: lambdas within lambdas cost no recursion.
    let mut done = 0;
    while done < compiler.lambdas.len() {
        let body = compiler.lambdas[done];
        compiler.program.lambdas[done].entry = compiler.here();
        compiler.region(|this| this.tail(body, 1));
        compiler.emit(Op::Return);
        done += 1;
    }
    let mut program = compiler.program;
    let names = &program.names;
    program.free.retain(|(sym, _)| {
        let name = &names[*sym as usize];
        !name.bound && name.native.is_none() && !matches!(&*name.text, "" | "$")
    });
    program
}

struct Compiler<'a> {
    tree: &'a Tree,
    program: Program,
    symbols: Places,
    keys: Places,
    /// The body of each lambda.
    lambdas: Vec<Id>,
    /// The greatest depth of each stretch of code that is evaluated as a whole.
    regions: Vec<u32>,
    /// Whether a variable was given a value in each block so far.
    stores: Vec<bool>,
    span: Span,
    /// Whether the code is for what can't be done directly after all.
    within_direct: bool,
}

impl Compiler<'_> {
    fn here(&self) -> Pc {
        self.program.ops.len() as Pc
    }

    fn emit(&mut self, op: Op) -> usize {
        self.program.ops.push(op);
        self.program.spans.push(self.span);
        self.program.ops.len() - 1
    }

    fn patch(&mut self, at: usize, op: impl FnOnce(Pc) -> Op) {
        self.program.ops[at] = op(self.here());
    }

    /// Code that is evaluated as a whole or not at all: its depth is checked once, where it begins.
    fn region(&mut self, code: impl FnOnce(&mut Self)) {
        let check = self.begin_region();
        code(self);
        self.end_region(check);
    }

    #[inline(never)]
    fn begin_region(&mut self) -> usize {
        self.regions.push(0);
        self.emit(Op::Nothing)
    }

    #[inline(never)]
    fn end_region(&mut self, check: usize) {
        let depth = self.regions.pop().unwrap_or(0);
        self.program.ops[check] = Op::Depth(depth);
    }

    fn symbol(&mut self, name: &str) -> Sym {
        let names = &mut self.program.names;
        if let Some(sym) = self.symbols.find_or_push(hash(name), &mut |at| &*names[at].text == name) {
            return sym as Sym;
        }
        names.push(Name { native: functions::position(name), text: name.into(), bound: false });
        names.len() as Sym - 1
    }

    fn bind(&mut self, name: &str) -> Sym {
        let sym = self.symbol(name);
        self.program.names[sym as usize].bound = true;
        sym
    }

    /// The variable a parent is carried along as; no text can name it.
    fn label(&mut self, slot: usize) -> Sym {
        let label = self.tree.slots[slot].label;
        self.bind(&format!("%{label}"))
    }

    fn key(&mut self, name: &Key) -> u32 {
        let keys = &mut self.program.keys;
        if let Some(key) = self.keys.find_or_push(hash(&**name), &mut |at| keys[at] == *name) {
            return key as u32;
        }
        keys.push(name.clone());
        keys.len() as u32 - 1
    }

    fn constant(&mut self, value: Value) {
        self.program.constants.push(value);
        self.emit(Op::Constant(self.program.constants.len() as u32 - 1));
    }

    /// Evaluates a node that stands `depth` evaluations deep, leaving its value.
    fn by_machine(&mut self, root: Id, depth: u32) {
        // The operands on the left of a chain of operators, each one deeper than its operator.
        let mut spine = vec![];
        let mut at = root;
        while let Kind::Binary(_, left, _) = self.tree[at].kind {
            spine.push(at);
            at = left;
        }
        let mut depth = depth.saturating_add(spine.len() as u32);
        self.plain_node(at, depth);
        while let Some(id) = spine.pop() {
            depth -= 1;
            self.with_left(id, depth);
            self.rest_of_node(id, depth);
        }
    }

    fn enter(&mut self, depth: u32) {
        if let Some(region) = self.regions.last_mut() {
            *region = depth.max(*region);
        }
    }

    fn plain_node(&mut self, id: Id, depth: u32) {
        self.enter(depth);
        self.span = self.tree[id].at;
        let node = &self.tree[id];
        match &node.kind {
            Kind::Path(_) => return self.path(id, depth),
            Kind::Name(name) => {
                let key = self.key(name);
                self.emit(Op::Name { key, keep: node.keep_array });
            }
            Kind::Variable(name) => self.variable(name),
            Kind::Regex(regex) => {
                self.program.regexes.push(regex.clone());
                self.emit(Op::Regex(self.program.regexes.len() as u32 - 1));
            }
            Kind::Wildcard => {
                self.emit(Op::Wildcard);
            }
            Kind::Descendants => {
                self.emit(Op::Descendants);
            }
            Kind::Parent(slot) => {
                let sym = self.label(*slot);
                self.emit(Op::Load(sym));
            }
            Kind::Negate(operand) => {
                self.node(*operand, depth + 1);
                self.span = node.at;
                self.emit(Op::Negate);
            }
            Kind::Array(items) => self.array(id, items, depth),
            Kind::Object(pairs) => self.object(pairs, node.at, depth),
            Kind::Call(procedure, args) => self.call(*procedure, args, depth, false),
            Kind::Partial(procedure, args) => self.partial(*procedure, args, depth),
            Kind::Lambda(_) => self.lambda(id),
            Kind::Condition(condition, then, otherwise) => {
                self.condition(*condition, *then, *otherwise, depth, Compiler::node);
            }
            Kind::Block(expressions) => self.block(expressions, depth, Compiler::node),
            Kind::Transform(pattern, update, delete) => self.transform(*pattern, *update, *delete),
            other => match other.constant() {
                Some(value) => self.constant(value),
                None => {
                    self.emit(Op::Undefined);
                }
            },
        }
        self.rest_of_node(id, depth);
    }

    /// Filters, grouping, and what a sequence becomes.
    fn rest_of_node(&mut self, id: Id, depth: u32) {
        let node = &self.tree[id];
        self.stages(&node.predicates, depth);
        if node.keep_array && !node.predicates.is_empty() {
            self.emit(Op::KeepSingleton);
        }
        if let Some(group) = &node.group {
            self.group(&group.pairs, group.at, depth);
        }
        let may_be_sequence = match node.kind {
            Kind::Call(..) | Kind::Wildcard | Kind::Descendants => true,
            Kind::Binary(operator, ..) => matches!(operator, ".." | "~>"),
            _ => false,
        };
        if may_be_sequence || node.keep_array || !node.predicates.is_empty() {
            self.span = node.at;
            self.emit(Op::Collapse { keep: node.keep_array });
        }
    }

    fn variable(&mut self, name: &str) {
        if name.is_empty() {
            self.emit(Op::Context);
            return;
        }
        let sym = self.symbol(name);
        self.program.free.push((sym, self.span));
        self.emit(Op::Load(sym));
    }

    /// What is left of an operator is on the stack.
    fn with_left(&mut self, id: Id, depth: u32) {
        self.enter(depth);
        let Kind::Binary(operator, left, right) = self.tree[id].kind else { return };
        let at = self.tree[id].at;
        match operator {
            "and" | "or" => {
                self.span = at;
                let jump = self.emit(Op::Nothing);
                self.region(|this| this.node(right, depth + 1));
                self.span = at;
                self.emit(Op::ToBoolean);
                self.patch(jump, if operator == "and" { Op::AndJump } else { Op::OrJump });
            }
            ":=" => {
                // The variable was loaded as an operand on the left.
                self.emit(Op::Pop);
                self.node(right, depth + 1);
                if let Kind::Variable(name) = &self.tree[left].kind {
                    let sym = self.bind(name);
                    self.span = at;
                    self.emit(Op::Store(sym));
                    if let Some(stores) = self.stores.last_mut() {
                        *stores = true;
                    }
                }
            }
            "~>" => {
                if let Kind::Call(procedure, args) = &self.tree[right].kind {
                    self.span = self.tree[right].at;
                    self.call(*procedure, args, depth, true);
                } else {
                    self.node(right, depth + 1);
                    self.span = at;
                    self.emit(Op::Apply { depth: short(depth) });
                }
            }
            _ => {
                self.node(right, depth + 1);
                self.span = at;
                let binary = Operator::ALL.iter().find(|(text, _)| *text == operator);
                self.emit(binary.map_or(Op::Range, |(_, operator)| Op::Binary(*operator)));
            }
        }
    }

    fn array(&mut self, id: Id, items: &[Id], depth: u32) {
        let node = &self.tree[id];
        if !node.cons_array
            && let Some(value) = self.literal(id)
        {
            self.constant(value);
            return;
        }
        for item in items {
            self.node(*item, depth + 1);
            if matches!(self.tree[*item].kind, Kind::Array(_)) {
                self.emit(Op::Nest);
            }
        }
        self.span = node.at;
        self.emit(Op::Array { count: items.len() as u32, cons: node.cons_array });
    }

    /// The value of what is written down as it is.
    fn literal(&self, id: Id) -> Option<Value> {
        let node = &self.tree[id];
        if !node.predicates.is_empty() || node.group.is_some() {
            return None;
        }
        let Kind::Array(items) = &node.kind else { return node.kind.constant() };
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.push(self.literal(*item)?);
        }
        Some(Value::array(values))
    }

    fn object(&mut self, pairs: &[(Id, Id)], at: Span, depth: u32) {
        let keys: Option<Vec<Key>> = pairs
            .iter()
            .map(|(key, _)| match &self.tree[*key].kind {
                Kind::String(text) if self.literal(*key).is_some() => Some(text.clone()),
                _ => None,
            })
            .collect();
        let distinct = |keys: &Vec<Key>| {
            let mut places = Places::new();
            keys.iter().all(|key| places.find_or_push(hash(&**key), &mut |at| keys[at] == *key).is_none())
        };
        let Some(keys) = keys.filter(distinct) else {
            self.emit(Op::PathStart { once: false });
            return self.group(pairs, at, depth);
        };
        self.emit(Op::ObjectStart);
        self.enter(depth + 1);
        for (_, value) in pairs {
            self.node(*value, depth + 1);
        }
        self.span = at;
        self.program.objects.push(keys);
        self.emit(Op::Object(self.program.objects.len() as u32 - 1));
    }

    fn group(&mut self, pairs: &[(Id, Id)], at: Span, depth: u32) {
        self.span = at;
        let index = self.program.groups.len();
        self.program.groups.push(Group { pairs: Vec::new(), end: 0 });
        self.emit(Op::Group(index as u32));
        for (key, value) in pairs {
            let key = self.part(*key, depth + 1, Op::GroupNext, at);
            let value = self.part(*value, depth + 1, Op::GroupNext, at);
            self.program.groups[index].pairs.push((key, value));
        }
        self.program.groups[index].end = self.here();
    }

    /// Code that is run on its own; where it begins.
    fn part(&mut self, id: Id, depth: u32, end: Op, at: Span) -> Pc {
        let entry = self.here();
        self.region(|this| this.node(id, depth));
        self.span = at;
        self.emit(end);
        entry
    }

    fn condition(&mut self, condition: Id, then: Id, otherwise: Option<Id>, depth: u32, branch: fn(&mut Self, Id, u32)) {
        self.node(condition, depth + 1);
        self.span = self.tree[condition].at;
        let jump = self.emit(Op::Nothing);
        self.region(|this| branch(this, then, depth + 1));
        let end = self.emit(Op::Nothing);
        self.patch(jump, Op::JumpUnless);
        match otherwise {
            Some(otherwise) => self.region(|this| branch(this, otherwise, depth + 1)),
            None => {
                self.emit(Op::Undefined);
            }
        }
        self.patch(end, Op::Jump);
    }

    fn block(&mut self, expressions: &[Id], depth: u32, last: fn(&mut Self, Id, u32)) {
        let Some((result, before)) = expressions.split_last() else {
            self.emit(Op::Undefined);
            return;
        };
        let scope = self.emit(Op::Nothing);
        self.stores.push(false);
        for expression in before {
            self.node(*expression, depth + 1);
            self.emit(Op::Pop);
        }
        last(self, *result, depth + 1);
        if self.stores.pop() == Some(true) {
            self.program.ops[scope] = Op::Scope;
            self.emit(Op::EndScope);
        }
    }

    fn lambda(&mut self, id: Id) {
        let Kind::Lambda(lambda) = &self.tree[id].kind else { return };
        let mut params = Vec::with_capacity(lambda.params.len());
        for param in &lambda.params {
            if let Kind::Variable(name) = &self.tree[*param].kind {
                params.push(self.bind(name));
            }
        }
        self.lambdas.push(lambda.body);
        self.program.lambdas.push(Lambda { entry: 0, params, signature: lambda.signature.clone() });
        self.emit(Op::Lambda(self.lambdas.len() as u32 - 1));
    }

    /// The last thing a function evaluates: a call there takes the place of the function's own.
    fn tail(&mut self, id: Id, depth: u32) {
        let node = &self.tree[id];
        match &node.kind {
            Kind::Call(procedure, args) if node.predicates.is_empty() => {
                self.enter(depth);
                self.span = node.at;
                self.tail_call(*procedure, args);
            }
            Kind::Condition(condition, then, otherwise) if is_plain(node) => {
                self.enter(depth);
                self.condition(*condition, *then, *otherwise, depth, Compiler::tail);
            }
            Kind::Block(expressions) if is_plain(node) => {
                self.enter(depth);
                self.block(expressions, depth, Compiler::tail);
            }
            _ => self.node(id, depth),
        }
    }

    fn tail_call(&mut self, procedure: Id, args: &[Id]) {
        let name = self.procedure(procedure, 1, false);
        // They are evaluated when the function is done, as deep as its call.
        for arg in args {
            self.node(*arg, 1);
        }
        let args = short(args.len() as u32);
        self.emit(match name {
            Callee::Named(name) => Op::TailCallNamed { name, args },
            Callee::Value(name) => Op::TailCall { name, args },
        });
    }

    /// What is called: evaluated, unless it is a variable.
    fn procedure(&mut self, procedure: Id, depth: u32, partial: bool) -> Callee {
        let node = &self.tree[procedure];
        if let Kind::Variable(name) = &node.kind
            && !partial
            && !name.is_empty()
            && node.predicates.is_empty()
            && node.group.is_none()
        {
            self.enter(depth);
            let name = self.symbol(name);
            self.program.free.push((name, node.at));
            return Callee::Named(name);
        }
        self.node(procedure, depth);
        let name = match &node.kind {
            Kind::Path(path) => match &self.tree[path.steps[0]].kind {
                Kind::Name(name) | Kind::Variable(name) => self.symbol(name),
                _ => NO_NAME,
            },
            Kind::Variable(name) => self.symbol(name),
            _ => NO_NAME,
        };
        if matches!(node.kind, Kind::Path(_)) && name != NO_NAME {
            self.emit(Op::CheckProcedure { name, partial });
        }
        Callee::Value(name)
    }

    fn call(&mut self, procedure: Id, args: &[Id], depth: u32, applied: bool) {
        let at = self.span;
        let callee = self.procedure(procedure, depth + 1, false);
        if applied && matches!(callee, Callee::Value(_)) {
            self.emit(Op::Swap);
        }
        for arg in args {
            self.node(*arg, depth + 1);
        }
        self.span = at;
        let (args, depth) = (short((args.len() + applied as usize) as u32), short(depth));
        self.emit(match callee {
            Callee::Named(name) => Op::CallNamed { name, args, depth, applied },
            Callee::Value(name) => Op::Call { name, args, depth, applied },
        });
    }

    fn partial(&mut self, procedure: Id, args: &[Id], depth: u32) {
        let at = self.span;
        let given: Vec<bool> = args.iter().map(|arg| !matches!(self.tree[*arg].kind, Kind::Placeholder)).collect();
        for arg in args {
            if !matches!(self.tree[*arg].kind, Kind::Placeholder) {
                self.node(*arg, depth + 1);
            }
        }
        let Callee::Value(name) = self.procedure(procedure, depth + 1, true) else { return };
        self.span = at;
        self.program.partials.push(given);
        self.emit(Op::Partial { args: self.program.partials.len() as u32 - 1, name });
    }

    fn transform(&mut self, pattern: Id, update: Id, delete: Option<Id>) {
        let at = self.span;
        let over = self.emit(Op::Nothing);
        let pattern = self.part(pattern, 1, Op::TransformNext, at);
        let (update_span, update) = (self.tree[update].at, self.part(update, 1, Op::TransformNext, at));
        let delete_span = delete.map_or(at, |delete| self.tree[delete].at);
        let delete = delete.map(|delete| self.part(delete, 1, Op::TransformNext, at));
        self.patch(over, Op::Jump);
        self.program.transforms.push(Transform { pattern, update, delete, update_span, delete_span });
        self.emit(Op::Transform(self.program.transforms.len() as u32 - 1));
    }

    /// Filters and index bindings. The places of bindings are told by the stream they are in.
    fn stages(&mut self, stages: &[Stage], depth: u32) {
        for stage in stages {
            match stage {
                Stage::Index(name) => {
                    let sym = self.bind(name);
                    self.emit(Op::TupleIndex(sym));
                }
                Stage::Filter(predicate) => self.filter(*predicate, depth + 1),
            }
        }
    }

    fn filter(&mut self, predicate: Id, depth: u32) {
        let node = &self.tree[predicate];
        self.span = node.span;
        if let Kind::Number(value) = node.kind {
            self.emit(Op::At(value.floor() as i32));
            return;
        }
        let filter = self.emit(Op::Nothing);
        self.region(|this| this.node(predicate, depth));
        self.span = node.span;
        self.emit(Op::FilterNext);
        self.patch(filter, |end| Op::Filter { end });
    }

    fn path(&mut self, id: Id, depth: u32) {
        let node = &self.tree[id];
        let Kind::Path(path) = &node.kind else { return };
        let first = &self.tree[path.steps[0]];
        if path.steps.len() == 1
            && is_plain(node)
            && !path.keep_singleton
            && let Some(name) = self.name_of(path.steps[0])
        {
            let key = self.key(&name);
            self.enter(depth + 1);
            self.emit(Op::Get(key));
            return;
        }
        let mut jumps = Vec::new();
        let mut tuples = false;
        for (at, step) in path.steps.iter().enumerate() {
            let (step_node, last) = (&self.tree[*step], at + 1 == path.steps.len());
            if at == 0 && first.cons_array && !first.tuple {
                self.node(*step, depth + 1);
                self.emit(Op::ConsStart);
            } else if at == 0 && matches!(first.kind, Kind::Variable(_)) && !first.tuple {
                self.node(*step, depth + 1);
                self.stages(&step_node.stages, depth);
                self.emit(Op::StepOnce { last });
            } else {
                if at == 0 {
                    self.emit(Op::PathStart { once: matches!(first.kind, Kind::Variable(_)) });
                }
                tuples |= step_node.tuple;
                if tuples {
                    self.tuple_step(*step, depth, !path.steps[..at].iter().any(|step| self.tree[*step].tuple));
                    continue;
                }
                self.step(*step, depth, last);
            }
            if !last {
                jumps.push(self.emit(Op::Nothing));
            }
        }
        for jump in jumps {
            self.patch(jump, Op::JumpIfEmpty);
        }
        self.span = node.at;
        if tuples && node.group.is_none() && !node.tuple {
            self.emit(Op::TupleEnd);
        }
        if path.keep_singleton {
            self.emit(Op::KeepSingleton);
        }
        if let Some(GroupNode { pairs, at }) = &node.group {
            self.group(pairs, *at, depth);
        }
        self.emit(Op::Collapse { keep: node.keep_array });
    }

    fn step(&mut self, step: Id, depth: u32, last: bool) {
        let node = &self.tree[step];
        self.span = node.at;
        if let Kind::Sort(terms) = &node.kind {
            self.sort(terms, depth);
            return self.stages(&node.stages, depth);
        }
        if let Kind::Name(name) = &node.kind
            && node.stages.is_empty()
            && node.predicates.is_empty()
        {
            self.enter(depth + 1);
            let key = self.key(name);
            self.emit(Op::Step { key, last, keep: node.keep_array });
            return;
        }
        let each = self.emit(Op::Nothing);
        self.region(|this| {
            this.node(step, depth + 1);
            this.stages(&node.stages, depth);
        });
        self.emit(Op::EachNext { last });
        self.patch(each, |end| Op::Each { end });
    }

    fn sort(&mut self, terms: &[Term], depth: u32) {
        let at = self.span;
        let index = self.program.sorts.len();
        self.program.sorts.push(Sort { terms: Vec::new(), end: 0 });
        self.emit(Op::Sort(index as u32));
        for term in terms {
            let entry = self.part(term.expr, depth + 1, Op::SortNext, at);
            self.program.sorts[index].terms.push(SortTerm { entry, descending: term.descending });
        }
        self.program.sorts[index].end = self.here();
    }

    fn tuple_step(&mut self, step: Id, depth: u32, first: bool) {
        let node = &self.tree[step];
        self.span = node.at;
        if let Kind::Sort(terms) = &node.kind {
            self.sort(terms, depth);
            if first {
                self.emit(Op::TupleStart);
            }
            if let Some(name) = &node.index {
                let sym = self.bind(name);
                self.emit(Op::TupleIndex(sym));
            }
            return self.stages(&node.stages, depth);
        }
        if first {
            self.emit(Op::TupleStart);
        }
        let index = self.program.tuple_steps.len() as u32;
        let bindings = TupleStep {
            focus: node.focus.as_deref().map(|name| self.bind(name)),
            index: node.index.as_deref().map(|name| self.bind(name)),
            ancestor: node.ancestor.map(|slot| self.label(slot)),
        };
        self.program.tuple_steps.push(bindings);
        let each = self.emit(Op::Nothing);
        self.region(|this| this.node(step, depth + 1));
        self.emit(Op::TupleNext(index));
        self.patch(each, |end| Op::TupleEach { end });
        self.stages(&node.stages, depth);
    }
}

enum Callee {
    Named(Sym),
    /// On the stack, with the name it goes by in errors.
    Value(u32),
}

/// Whether a node's value is left as it is.
fn is_plain(node: &Node) -> bool {
    node.predicates.is_empty() && node.group.is_none() && !node.keep_array
}

fn short(count: u32) -> u16 {
    count.min(u16::MAX.into()) as u16
}
