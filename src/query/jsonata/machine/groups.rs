//! Grouping: objects made of the items that share a key.

use super::{Frame, Machine};
use crate::order::{Places, hash};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::val::{Scope, Sym, Tuple, Val, total_len};
use crate::value::Key;
use std::rc::Rc;

/// Keys, then values being evaluated.
pub struct GroupFrame {
    group: usize,
    input: Val,
    index: usize,
    pair: usize,
    groups: Vec<Group>,
    places: Places,
    /// The group whose value is being evaluated, once all keys are known.
    value_of: Option<usize>,
    members: Vec<(Key, Val)>,
    ctx: Val,
    scope: Option<Rc<Scope>>,
}

struct Group {
    key: Key,
    /// Which pair of expressions made the key.
    pair: usize,
    items: Vec<usize>,
}

impl Machine<'_, '_> {
    pub(super) fn group(&mut self, group: usize) -> Result<(), Error> {
        let mut input = self.pop();
        if input.len() == 0 {
            // Without items there is still the object of what doesn't depend on them.
            input = Val::Undefined;
        }
        let frame = GroupFrame {
            group,
            input,
            index: 0,
            pair: 0,
            groups: Vec::new(),
            places: Places::new(),
            value_of: None,
            members: Vec::new(),
            ctx: self.ctx.clone(),
            scope: self.scope.clone(),
        };
        self.group_go_on(Box::new(frame))
    }

    pub(super) fn group_next(&mut self) -> Result<(), Error> {
        let result = self.pop();
        let Some(Frame::Group(mut frame)) = self.frames.pop() else { return Ok(()) };
        match frame.value_of {
            Some(group) => {
                if !result.is_undefined() {
                    frame.members.push((frame.groups[group].key.clone(), result));
                }
                frame.value_of = Some(group + 1);
            }
            None => {
                self.add_to_group(&mut frame, result)?;
                frame.pair += 1;
            }
        }
        self.group_go_on(frame)
    }

    fn add_to_group(&mut self, frame: &mut GroupFrame, key: Val) -> Result<(), Error> {
        if key.is_undefined() {
            return Ok(());
        }
        let Some(key) = key.as_string() else { return Err(self.error_of("T1003", key)) };
        self.allocate(64)?;
        let groups = &frame.groups;
        match frame.places.find_or_push(hash(&**key), &mut |at| groups[at].key == *key) {
            None => {
                frame.groups.push(Group { key: key.clone(), pair: frame.pair, items: vec![frame.index] });
            }
            Some(place) if frame.groups[place].pair == frame.pair => frame.groups[place].items.push(frame.index),
            Some(_) => return Err(self.error_of("D1009", Val::from(key.clone()))),
        }
        Ok(())
    }

    /// Evaluates the next key, or when all are known the next value.
    fn group_go_on(&mut self, mut frame: Box<GroupFrame>) -> Result<(), Error> {
        let pairs = &self.program.groups[frame.group].pairs;
        if frame.value_of.is_none() {
            if frame.pair >= pairs.len() {
                frame.pair = 0;
                frame.index += 1;
            }
            if frame.index < frame.input.len() && !pairs.is_empty() {
                self.enter_item(&frame.input, frame.index, &frame.scope);
                self.jump(pairs[frame.pair].0);
                self.frames.push(Frame::Group(frame));
                return Ok(());
            }
            frame.value_of = Some(0);
        }
        let Some(group) = frame.groups.get(frame.value_of.unwrap_or(0)) else { return self.group_end(&mut frame) };
        let entry = pairs[group.pair].1;
        match &frame.input {
            Val::Tuples(tuples) => {
                let tuple = self.together(tuples, &group.items)?;
                self.enter_tuple(&tuple, &frame.scope);
            }
            input => {
                let items = group.items.iter().map(|index| input.item(*index)).collect();
                self.ctx = self.appended(items)?;
                self.scope = frame.scope.clone();
            }
        }
        self.jump(entry);
        self.frames.push(Frame::Group(frame));
        Ok(())
    }

    fn group_end(&mut self, frame: &mut GroupFrame) -> Result<(), Error> {
        self.ctx = std::mem::replace(&mut frame.ctx, Val::Undefined);
        self.scope = frame.scope.take();
        self.jump(self.program.groups[frame.group].end);
        let object = self.shallow(Val::object(std::mem::take(&mut frame.members)));
        self.give(object)
    }

    /// A single value as it is; more are appended to each other.
    fn appended(&mut self, mut values: Vec<Val>) -> Result<Val, Error> {
        if values.len() == 1 {
            return Ok(values.remove(0));
        }
        let total = total_len(values.iter());
        self.allocate_items(total)?;
        let mut items = Vec::with_capacity(total);
        values.into_iter().for_each(|value| value.append_to(&mut items));
        Ok(Val::list(items))
    }

    /// Tuples as one, in which each variable has the values of all.
    fn together(&mut self, tuples: &[Tuple], members: &[usize]) -> Result<Tuple, Error> {
        if let [single] = members {
            return Ok(tuples[*single].clone());
        }
        let at = self.appended(members.iter().map(|index| tuples[*index].at.clone()).collect())?;
        let mut values: Vec<(Sym, Vec<Val>)> = Vec::new();
        for index in members {
            for (sym, value) in &tuples[*index].vars {
                match values.iter_mut().find(|(known, _)| known == sym) {
                    Some((_, list)) => list.push(value.clone()),
                    None => values.push((*sym, vec![value.clone()])),
                }
            }
        }
        let mut vars = Vec::with_capacity(values.len());
        for (sym, list) in values {
            vars.push((sym, self.appended(list)?));
        }
        Ok(Tuple { at, vars })
    }
}
