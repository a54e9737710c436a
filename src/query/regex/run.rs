//! The matcher: runs a program on a text, with what it may come back to on a stack of its own.

use super::{Class, Groups, Inst, OverBudget, Regex};
use crate::letters;
use crate::order::Hashed;

/// More places to come back to than this would eat the memory of the page.
const MAX_STACK: usize = 1 << 20;

/// What to undo, or where to go on, when something doesn't match.
enum Entry {
    Branch {
        pc: usize,
        at: usize,
    },
    Slot {
        slot: usize,
        old: usize,
    },
    Register {
        register: usize,
        old: usize,
    },
    /// The beginning of a lookaround.
    Look {
        negated: bool,
        next: usize,
        at: usize,
    },
}

const UNSET: usize = usize::MAX;

/// How many units are compared in about the time of an instruction.
const UNITS_A_STEP: u64 = 8;

struct Run<'a> {
    regex: &'a Regex,
    text: &'a [u16],
    /// Start and end of each group.
    slots: Vec<usize>,
    registers: Vec<usize>,
    stack: Vec<Entry>,
    /// Those of the units that are no ASCII, as far as they were asked for.
    folds: Hashed<u16, Fold>,
    /// Steps that are still to be counted.
    steps: u64,
}

pub(super) fn find(regex: &Regex, text: &[u16], from: usize, steps: &mut u64) -> Result<Option<Groups>, OverBudget> {
    let (slots, registers) = (vec![UNSET; regex.groups * 2], vec![0; regex.registers]);
    let mut run = Run { regex, text, slots, registers, stack: Vec::new(), folds: Hashed::new(), steps: 0 };
    for start in from..=text.len() {
        run.slots.fill(UNSET);
        run.stack.clear();
        if run.at(start, steps)? {
            let place = |pair: &[usize]| (pair[0] != UNSET && pair[1] != UNSET).then(|| (pair[0], pair[1]));
            return Ok(Some(run.slots.chunks(2).map(place).collect()));
        }
    }
    Ok(None)
}

/// A unit as it is compared when case doesn't matter: in upper case where that is a single unit, and not ASCII if it wasn't before.
pub(super) fn canonical(unit: u16) -> u16 {
    let Some(character) = char::from_u32(unit.into()) else { return unit };
    if character.is_ascii() {
        return character.to_ascii_uppercase() as u16;
    }
    let upper = letters::upper(character.encode_utf8(&mut [0; 4]));
    let mut units = upper.encode_utf16();
    match (units.next(), units.next()) {
        (Some(upper), None) if upper >= 128 => upper,
        _ => unit,
    }
}

/// What a unit is the same as when case doesn't matter.
#[derive(Clone, Copy, Debug)]
struct Fold {
    canonical: u16,
    /// The same in lower case, where that is a unit with the same canonical one.
    lower: Option<u16>,
}

impl Fold {
    fn of(unit: u16) -> Fold {
        if let Ok(letter @ 0..128) = u8::try_from(unit) {
            return Fold { canonical: letter.to_ascii_uppercase().into(), lower: Some(letter.to_ascii_lowercase().into()) };
        }
        let upper = canonical(unit);
        let lower = match char::from_u32(upper.into()) {
            Some(letter) => letters::lower(letter.encode_utf8(&mut [0; 4])).encode_utf16().next().unwrap_or(upper),
            None => upper,
        };
        Fold { canonical: upper, lower: (canonical(lower) == upper).then_some(lower) }
    }
}

fn is_line_end(unit: u16) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}

fn is_word(unit: Option<&u16>) -> bool {
    unit.is_some_and(|unit| matches!(*unit, 0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A))
}

impl Class {
    fn has(&self, unit: u16, fold: Option<Fold>) -> bool {
        let within = |unit: u16| self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&unit));
        let found = within(unit) || fold.is_some_and(|fold| within(fold.canonical) || fold.lower.is_some_and(within));
        found != self.negated
    }
}

impl Run<'_> {
    /// Whether the program matches from a place on.
    fn at(&mut self, start: usize, steps: &mut u64) -> Result<bool, OverBudget> {
        let (mut pc, mut at) = (0, start);
        loop {
            if *steps == 0 || self.stack.len() > MAX_STACK {
                return Err(OverBudget);
            }
            let next = self.step(pc, &mut at);
            *steps = steps.saturating_sub(1 + std::mem::take(&mut self.steps));
            match next.or_else(|| self.come_back(&mut at)) {
                None => return Ok(false),
                Some(UNSET) => return Ok(true),
                Some(next) => pc = next,
            }
        }
    }

    /// Does one instruction; gives the next one, or none where it doesn't match.
    fn step(&mut self, pc: usize, at: &mut usize) -> Option<usize> {
        let regex = self.regex;
        match &regex.program[pc] {
            Inst::Char { unit, back } => {
                let found = self.take(at, *back)?;
                let same = found == *unit || self.fold(found).is_some_and(|fold| fold.canonical == *unit);
                same.then_some(pc + 1)
            }
            Inst::Any { back } => (!is_line_end(self.take(at, *back)?)).then_some(pc + 1),
            Inst::Class { class, back } => {
                let unit = self.take(at, *back)?;
                regex.classes[*class].has(unit, self.fold(unit)).then_some(pc + 1)
            }
            Inst::Split(first, second) => {
                self.stack.push(Entry::Branch { pc: *second, at: *at });
                Some(*first)
            }
            Inst::Jump(to) => Some(*to),
            Inst::Save(slot) => {
                self.set_slot(*slot, *at);
                Some(pc + 1)
            }
            Inst::Forget(from, to) => {
                (from * 2..to * 2).for_each(|slot| self.set_slot(slot, UNSET));
                Some(pc + 1)
            }
            Inst::Start { multiline } => {
                let here = *at == 0 || *multiline && is_line_end(self.text[*at - 1]);
                here.then_some(pc + 1)
            }
            Inst::End { multiline } => {
                let here = *at == self.text.len() || *multiline && is_line_end(self.text[*at]);
                here.then_some(pc + 1)
            }
            Inst::Word { wanted } => {
                let before = at.checked_sub(1).and_then(|before| self.text.get(before));
                ((is_word(before) != is_word(self.text.get(*at))) == *wanted).then_some(pc + 1)
            }
            Inst::BackReference { groups, back } => self.back_reference(groups, *back, at).then_some(pc + 1),
            Inst::Look { negated, next } => {
                self.stack.push(Entry::Look { negated: *negated, next: *next, at: *at });
                Some(pc + 1)
            }
            Inst::Looked => self.looked(at),
            Inst::SetCount(register) => {
                self.set_register(*register, 0);
                Some(pc + 1)
            }
            Inst::SetPlace(register) => {
                self.set_register(*register, *at);
                Some(pc + 1)
            }
            Inst::Loop { register, min, max, greedy, exit } => {
                let count = self.registers[*register];
                if count >= *max as usize {
                    return Some(*exit);
                }
                if count >= *min as usize && !greedy {
                    // The round that may come later counts itself: its count is set when it is come back to.
                    self.stack.push(Entry::Register { register: *register, old: count });
                    self.stack.push(Entry::Branch { pc: pc + 1, at: *at });
                    self.stack.push(Entry::Register { register: *register, old: count + 1 });
                    return Some(*exit);
                }
                if count >= *min as usize {
                    self.stack.push(Entry::Branch { pc: *exit, at: *at });
                }
                self.set_register(*register, count + 1);
                Some(pc + 1)
            }
            Inst::Progress { place, count, min } => {
                let empty = self.registers[*place] == *at && self.registers[*count] > *min as usize;
                (!empty).then_some(pc + 1)
            }
            Inst::Match => Some(UNSET),
        }
    }

    /// None where case matters.
    fn fold(&mut self, unit: u16) -> Option<Fold> {
        if !self.regex.ignore_case {
            return None;
        }
        if unit < 128 {
            return Some(Fold::of(unit));
        }
        if let Some(fold) = self.folds.get(&unit) {
            return Some(*fold);
        }
        // JavaScript is asked, which takes its time.
        let fold = Fold::of(unit);
        self.folds.insert(unit, fold);
        Some(fold)
    }

    fn take(&self, at: &mut usize, back: bool) -> Option<u16> {
        if back {
            *at = at.checked_sub(1)?;
            return self.text.get(*at).copied();
        }
        let unit = self.text.get(*at).copied()?;
        *at += 1;
        Some(unit)
    }

    fn set_slot(&mut self, slot: usize, value: usize) {
        let old = std::mem::replace(&mut self.slots[slot], value);
        self.stack.push(Entry::Slot { slot, old });
    }

    fn set_register(&mut self, register: usize, value: usize) {
        let old = std::mem::replace(&mut self.registers[register], value);
        self.stack.push(Entry::Register { register, old });
    }

    /// A group that took no part matches the empty text.
    fn back_reference(&mut self, groups: &[usize], back: bool, at: &mut usize) -> bool {
        let set = |group: &&usize| self.slots[**group * 2] != UNSET && self.slots[**group * 2 + 1] != UNSET;
        let Some(group) = groups.iter().find(set) else { return true };
        let (start, end) = (self.slots[group * 2], self.slots[group * 2 + 1]);
        let (text, wanted) = (self.text, &self.text[start..end]);
        let from = if back { at.checked_sub(wanted.len()) } else { Some(*at) };
        let Some(found) = from.and_then(|from| text.get(from..from + wanted.len())) else { return false };
        self.steps += wanted.len() as u64 / UNITS_A_STEP;
        let mut fold = |unit: &u16| self.fold(*unit).map_or(*unit, |fold| fold.canonical);
        let same = found.iter().zip(wanted).all(|(found, wanted)| found == wanted || fold(found) == fold(wanted));
        if same {
            *at = if back { *at - wanted.len() } else { *at + wanted.len() };
        }
        same
    }

    /// What a lookaround looks for is there: back to where it began, for good.
    fn looked(&mut self, at: &mut usize) -> Option<usize> {
        let begin = self.stack.iter().rposition(|entry| matches!(entry, Entry::Look { .. }))?;
        let Entry::Look { negated, next, at: start } = self.stack[begin] else { return None };
        if negated {
            while self.stack.len() > begin + 1 {
                self.undo();
            }
            self.stack.pop();
            return None;
        }
        *at = start;
        // No other way within it is tried any more, but its groups are still undone by what comes back to before it.
        let within = self.stack.split_off(begin);
        self.stack.extend(within.into_iter().filter(|entry| matches!(entry, Entry::Slot { .. } | Entry::Register { .. })));
        Some(next)
    }

    fn undo(&mut self) {
        match self.stack.pop() {
            Some(Entry::Slot { slot, old }) => self.slots[slot] = old,
            Some(Entry::Register { register, old }) => self.registers[register] = old,
            _ => {}
        }
    }

    /// Undoes what was done since the last choice, and takes the other way; none where none is left.
    fn come_back(&mut self, at: &mut usize) -> Option<usize> {
        loop {
            match self.stack.last()? {
                Entry::Branch { pc, at: place } => {
                    let pc = *pc;
                    *at = *place;
                    self.stack.pop();
                    return Some(pc);
                }
                Entry::Look { negated: true, next, at: place } => {
                    let next = *next;
                    *at = *place;
                    self.stack.pop();
                    return Some(next);
                }
                Entry::Look { .. } => {
                    self.stack.pop();
                }
                _ => self.undo(),
            }
        }
    }
}
