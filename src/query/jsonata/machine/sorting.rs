//! The order-by of paths, and merging as the reference does it: the same comparisons in the same order.

use super::{Frame, Machine};
use crate::query::jsonata::direct::Operand;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::operators::compare_texts;
use crate::query::jsonata::program::{Pc, SortTerm};
use crate::query::jsonata::val::{Scope, Val};
use std::cmp::Ordering;
use std::rc::Rc;

/// The terms of an order-by being evaluated for each item.
pub struct SortFrame {
    sort: usize,
    input: Val,
    index: usize,
    term: usize,
    /// The terms of the first item, then those of the second and so on.
    keys: Vec<Val>,
    ctx: Val,
    scope: Option<Rc<Scope>>,
}

/// A merge sort of which each comparison is asked for and answered: the order of places.
pub struct Merges {
    order: Vec<u32>,
    /// What is still to be merged, the last first: from, middle, to.
    todo: Vec<(u32, u32, u32)>,
    /// What was merged of the current ones, and where the two halves stand.
    merged: Vec<u32>,
    left: u32,
    right: u32,
}

impl Merges {
    pub fn new(len: usize) -> Merges {
        let mut todo = Vec::with_capacity(len);
        // Halves are split down before they are merged: what is found last is merged first.
        let mut open = vec![(0, len as u32)];
        while let Some((from, to)) = open.pop() {
            if to - from > 1 {
                let middle = from + (to - from) / 2;
                todo.push((from, middle, to));
                open.extend([(from, middle), (middle, to)]);
            }
        }
        let (left, right) = todo.last().map_or((0, 0), |(from, middle, _)| (*from, *middle));
        Merges { order: (0..len as u32).collect(), todo, merged: Vec::new(), left, right }
    }

    /// The two places to compare next; none when all is in order.
    pub fn ask(&self) -> Option<(usize, usize)> {
        self.todo.last()?;
        Some((self.order[self.left as usize] as usize, self.order[self.right as usize] as usize))
    }

    /// The answer: whether the second comes before the first.
    pub fn answer(&mut self, swap: bool) {
        let Some((from, middle, to)) = self.todo.last().copied() else { return };
        let taken = if swap { &mut self.right } else { &mut self.left };
        self.merged.push(self.order[*taken as usize]);
        *taken += 1;
        if self.left == middle || self.right == to {
            self.merge(from, middle, to);
        }
    }

    /// Goes on to the end by answers that are at hand: whether the second comes before the first.
    pub fn run<E>(&mut self, mut swap: impl FnMut(usize, usize) -> Result<bool, E>) -> Result<(), E> {
        while let Some((from, middle, to)) = self.todo.last().copied() {
            let (mut left, mut right) = (self.left, self.right);
            while left < middle && right < to {
                let (one, other) = (self.order[left as usize], self.order[right as usize]);
                if swap(one as usize, other as usize)? {
                    self.merged.push(other);
                    right += 1;
                } else {
                    self.merged.push(one);
                    left += 1;
                }
            }
            (self.left, self.right) = (left, right);
            self.merge(from, middle, to);
        }
        Ok(())
    }

    /// Takes what is left of one half, as the other is used up.
    fn merge(&mut self, from: u32, middle: u32, to: u32) {
        self.merged.extend_from_slice(&self.order[self.left as usize..middle as usize]);
        self.merged.extend_from_slice(&self.order[self.right as usize..to as usize]);
        self.order[from as usize..to as usize].copy_from_slice(&self.merged);
        self.merged.clear();
        self.todo.pop();
        if let Some((from, middle, _)) = self.todo.last() {
            (self.left, self.right) = (*from, *middle);
        }
    }

    pub fn order(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().map(|place| *place as usize)
    }
}

impl Machine<'_, '_> {
    pub(super) fn sort(&mut self, sort: usize) -> Result<(), Error> {
        let input = self.pop();
        let end = self.program.sorts[sort].end;
        if input.len() <= 1 {
            self.push(match input.len() {
                1 if input.is_array() && !matches!(input, Val::Tuples(_)) && !input.item(0).is_array() => input.item(0),
                1 if input.is_array() && !matches!(input, Val::Tuples(_)) => Val::sequence(vec![input.item(0)]),
                _ => input,
            });
            self.jump(end);
            return Ok(());
        }
        self.allocate_items(input.len() * self.program.sorts[sort].terms.len())?;
        let terms = &self.program.sorts[sort].terms;
        if let Some(order) = self.sorted_directly(terms, &input)? {
            self.sorted(&input, &order, end);
            return Ok(());
        }
        let (ctx, scope) = (self.ctx.clone(), self.scope.clone());
        self.sort_term(Box::new(SortFrame { sort, input, index: 0, term: 0, keys: Vec::new(), ctx, scope }));
        Ok(())
    }

    /// The items in their order.
    fn sorted(&mut self, input: &Val, order: &[u32], end: Pc) {
        let places = order.iter().map(|place| *place as usize);
        self.push(match input {
            Val::Tuples(tuples) => Val::Tuples(Rc::new(places.map(|place| tuples[place].clone()).collect())),
            input => Val::list(places.map(|place| input.item(place)).collect()),
        });
        self.jump(end);
    }

    fn sort_term(&mut self, frame: Box<SortFrame>) {
        self.enter_item(&frame.input, frame.index, &frame.scope);
        self.jump(self.program.sorts[frame.sort].terms[frame.term].entry);
        self.frames.push(Frame::Sort(frame));
    }

    pub(super) fn sort_next(&mut self) -> Result<(), Error> {
        let key = self.pop();
        let Some(Frame::Sort(mut frame)) = self.frames.pop() else { return Ok(()) };
        frame.keys.push(key);
        frame.term += 1;
        if frame.term == self.program.sorts[frame.sort].terms.len() {
            frame.term = 0;
            frame.index += 1;
        }
        if frame.index < frame.input.len() {
            self.sort_term(frame);
            return Ok(());
        }
        let sort = &self.program.sorts[frame.sort];
        let keys: Keys = frame.keys.iter().map(Into::into).collect();
        let order = match self.order_by(&sort.terms, &keys)? {
            Ok(order) => order,
            Err((a, b)) => return Err(self.incomparable(&frame.keys[a], &frame.keys[b])),
        };
        let frame = *frame;
        (self.ctx, self.scope) = (frame.ctx, frame.scope);
        self.sorted(&frame.input, &order, sort.end);
        Ok(())
    }

    /// The order of places by their keys, those of the first place first; or two keys that can't be compared.
    pub(super) fn order_by(&mut self, terms: &[SortTerm], keys: &[Key]) -> Result<Result<Vec<u32>, (usize, usize)>, Error> {
        let mut merges = Merges::new(keys.len() / terms.len());
        let sorted = merges.run(|left, right| {
            self.work(1).map_err(Ok)?;
            for (at, term) in terms.iter().enumerate() {
                let (left, right) = (left * terms.len() + at, right * terms.len() + at);
                let (a, b) = (&keys[left], &keys[right]);
                let order = a.compare(b).ok_or(Err((left, right)))?;
                if order != Ordering::Equal {
                    // What is undefined comes last in either direction.
                    let backwards = term.descending && !matches!(a, Key::Undefined) && !matches!(b, Key::Undefined);
                    return Ok((order == Ordering::Greater) != backwards);
                }
            }
            Ok(false)
        });
        match sorted {
            Ok(()) => Ok(Ok(merges.order)),
            Err(Ok(error)) => Err(error),
            Err(Err(places)) => Ok(Err(places)),
        }
    }

    fn incomparable(&self, a: &Val, b: &Val) -> Error {
        let is_key = |value: &Val| !matches!(Key::from(value), Key::Other);
        if !is_key(a) || !is_key(b) {
            return self.error_of("T2008", if is_key(a) { b.clone() } else { a.clone() });
        }
        let error = self.error_of("T2007", a.clone());
        match b.clone().shown() {
            Some(value) => error.with_value2(value),
            None => error,
        }
    }
}

/// What an order-by compares.
pub enum Key<'a> {
    Undefined,
    Number(f64),
    Text(&'a str),
    Other,
}

pub type Keys<'a> = Vec<Key<'a>>;

impl Key<'_> {
    fn compare(&self, other: &Key) -> Option<Ordering> {
        Some(match (self, other) {
            // Not a number is neither equal to anything nor less.
            (Key::Number(a), Key::Number(b)) => a.partial_cmp(b).unwrap_or(Ordering::Greater),
            (Key::Text(a), Key::Text(b)) => compare_texts(a, b),
            (Key::Undefined, Key::Undefined) => Ordering::Equal,
            (Key::Undefined, _) => Ordering::Greater,
            (_, Key::Undefined) => Ordering::Less,
            _ => return None,
        })
    }
}

impl<'a> From<&'a Val> for Key<'a> {
    fn from(value: &'a Val) -> Key<'a> {
        match (value, value.as_f64(), value.as_str()) {
            (Val::Undefined, ..) => Key::Undefined,
            (_, Some(number), _) => Key::Number(number),
            (_, _, Some(text)) => Key::Text(text),
            _ => Key::Other,
        }
    }
}

impl<'a> From<Operand<'a>> for Key<'a> {
    fn from(value: Operand<'a>) -> Key<'a> {
        match (value, value.number(), value.text()) {
            (Operand::Undefined, ..) => Key::Undefined,
            (_, Some(number), _) => Key::Number(number),
            (_, _, Some(text)) => Key::Text(text),
            _ => Key::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_sort_stably() {
        for len in [0, 1, 2, 3, 7, 8, 100] {
            let keys: Vec<usize> = (0..len).map(|at| at * 7919 % 13).collect();
            let mut merges = Merges::new(len);
            while let Some((left, right)) = merges.ask() {
                merges.answer(keys[left] > keys[right]);
            }
            let mut wanted: Vec<usize> = (0..len).collect();
            wanted.sort_by_key(|at| keys[*at]);
            assert_eq!(merges.order().collect::<Vec<_>>(), wanted);
        }
    }
}
