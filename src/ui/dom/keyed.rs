//! Lists whose items keep their nodes, wherever they move.

use std::cell::RefCell;
use std::hash::Hash;
use std::rc::Rc;

use asl_playground_macros::component;
use leptos::prelude::{Owner, RenderEffect, document, untrack};
use leptos::web_sys::Node;

use super::built::{Built, append};
use super::{IntoView, Kind, View};
use crate::order::{Hashed, long_hash};

/// One view for each item: items are known by their keys, and one that stays keeps its view as it is.
#[component]
pub fn For<Each, All, T, Key, K, Draw, V>(each: Each, key: Key, children: Draw) -> impl IntoView
where
    Each: Fn() -> All + Send + 'static,
    All: IntoIterator<Item = T>,
    Key: Fn(&T) -> K + Send + 'static,
    K: Hash,
    Draw: Fn(T) -> V + Send + 'static,
    V: IntoView,
    T: 'static,
{
    list(Box::new(Source { each, key, draw: children }))
}

fn list(items: Box<dyn Items>) -> View {
    Kind::Keyed(Box::new(Keyed { items, owner: Owner::current().unwrap_or_default() })).into()
}

/// Where the items come from.
trait Items: Send {
    /// Shows all of them as they are now, in their order.
    fn visit(&self, visit: &mut Visit);
}

struct Source<Each, Key, Draw> {
    each: Each,
    key: Key,
    draw: Draw,
}

impl<Each, All, T, Key, K, Draw, V> Items for Source<Each, Key, Draw>
where
    Each: Fn() -> All + Send,
    All: IntoIterator<Item = T>,
    Key: Fn(&T) -> K + Send,
    K: Hash,
    Draw: Fn(T) -> V + Send,
    V: IntoView,
{
    fn visit(&self, visit: &mut Visit) {
        for item in (self.each)() {
            let key = long_hash(&(self.key)(&item));
            let mut item = Some(item);
            visit(key, &mut || item.take().map_or(View::NOTHING, |item| (self.draw)(item).into_view()));
        }
    }
}

/// Takes an item: its key, and what draws it, which is called once at most.
type Visit<'a> = dyn FnMut(u64, &mut dyn FnMut() -> View) + 'a;

/// A list to come.
pub struct Keyed {
    items: Box<dyn Items>,
    /// Whose children the items' owners are.
    owner: Owner,
}

/// A list on the page.
pub struct KeyedList {
    items: Rc<RefCell<Vec<Item>>>,
    /// Stands behind the last item.
    end: Node,
    _effect: RenderEffect<()>,
}

struct Item {
    key: u64,
    built: Built,
    /// Ends what the item's view began.
    _owner: Owner,
}

impl KeyedList {
    pub fn new(keyed: Keyed, into: &Node) -> KeyedList {
        let items = Rc::<RefCell<Vec<Item>>>::default();
        let end: Node = document().create_comment("").into();
        append(into, &end);
        let effect = RenderEffect::new({
            let (items, end) = (items.clone(), end.clone());
            move |_| {
                let old = items.take();
                let new = keyed.update(old, &end);
                items.replace(new);
            }
        });
        KeyedList { items, end, _effect: effect }
    }

    pub fn each_node(&self, act: &mut dyn FnMut(&Node)) {
        self.items.borrow().iter().for_each(|item| item.built.each_node(act));
        act(&self.end);
    }
}

impl Drop for KeyedList {
    fn drop(&mut self) {
        self.items.take();
    }
}

impl Keyed {
    /// The items as they are now, each in its place before `end`.
    fn update(&self, old: Vec<Item>, end: &Node) -> Vec<Item> {
        let places: Hashed<u64, usize> = old.iter().enumerate().map(|(at, item)| (item.key, at)).collect();
        let mut old: Vec<Option<Item>> = old.into_iter().map(Some).collect();
        // Where each item was, none for a new one.
        let (mut new, mut before) = (Vec::new(), Vec::new());
        self.items.visit(&mut |key, draw| {
            let place = places.get(&key).copied();
            // An item whose key has come already is another item.
            let known = place.and_then(|place| old[place].take());
            before.push(place.filter(|_| known.is_some()));
            new.push(known.unwrap_or_else(|| self.item(key, draw)));
        });
        for gone in old.into_iter().flatten() {
            gone.built.remove();
        }
        arrange(&new, &before, end);
        new
    }

    fn item(&self, key: u64, draw: &mut dyn FnMut() -> View) -> Item {
        let owner = self.owner.with(Owner::new);
        // The list follows its items, not what one of them reads while it is drawn.
        let (built, _) = owner.with(|| untrack(|| Built::aside(draw())));
        Item { key, built, _owner: owner }
    }
}

/// Puts the items in their order with as few moves as there can be: the longest row of items that kept its order stays.
fn arrange(items: &[Item], before: &[Option<usize>], end: &Node) {
    let stays = longest_rise(before);
    let mut next = end.clone();
    for (at, item) in items.iter().enumerate().rev() {
        if !stays[at] {
            item.built.move_before(&next);
        }
        next = item.built.first();
    }
}

/// Which of the numbers belong to their longest rising row.
fn longest_rise(numbers: &[Option<usize>]) -> Vec<bool> {
    // The place of the least number that ends a row of each length, and the place before each in its row.
    let (mut ends, mut previous) = (Vec::<usize>::new(), vec![None; numbers.len()]);
    for (at, number) in numbers.iter().enumerate().filter(|(_, number)| number.is_some()) {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        previous[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut belongs = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        belongs[at] = true;
        next = previous[at];
    }
    belongs
}
