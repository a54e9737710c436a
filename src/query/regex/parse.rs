//! A pattern's text to nodes, with the leniency of browsers (ECMAScript's annex B).

use super::Class;

/// How deep groups may nest; what is said of deeper ones names it too.
const MAX_NESTING: usize = 100;

/// What lookarounds begin with: whether they look behind, and whether what they look for must not be there.
const LOOKS: [(&str, bool, bool); 4] = [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)];

/// What is wrong with a pattern, in words.
pub type Wrong = &'static str;

pub struct Parsed {
    pub root: Node,
    pub classes: Vec<Class>,
    pub groups: usize,
}

pub enum Node {
    Empty,
    Char(u16),
    Any,
    Class(usize),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Group(Box<Node>, usize),
    Repeat(Box<Repeat>),
    Start,
    End,
    Word(bool),
    BackReference(Vec<usize>),
    Look { node: Box<Node>, behind: bool, negated: bool },
}

pub struct Repeat {
    pub node: Node,
    pub min: u32,
    pub max: u32,
    pub greedy: bool,
    /// The groups within: from one to before another.
    pub groups: (usize, usize),
}

impl Node {
    /// Whether it may match without taking anything.
    pub fn can_be_empty(&self) -> bool {
        match self {
            Node::Char(_) | Node::Any | Node::Class(_) => false,
            Node::Sequence(nodes) => nodes.iter().all(Node::can_be_empty),
            Node::Either(nodes) => nodes.iter().any(Node::can_be_empty),
            Node::Group(node, _) => node.can_be_empty(),
            Node::Repeat(repeat) => repeat.min == 0 || repeat.node.can_be_empty(),
            _ => true,
        }
    }
}

pub fn parse(units: &[u16]) -> Result<Parsed, Wrong> {
    let (groups, names) = count_groups(units);
    let mut parser = Parser { units, at: 0, classes: Vec::new(), group: 1, groups, names, depth: 0 };
    let root = parser.disjunction()?;
    if parser.at < units.len() {
        return Err("unmatched `)`");
    }
    Ok(Parsed { root, classes: parser.classes, groups })
}

struct Parser<'a> {
    units: &'a [u16],
    at: usize,
    classes: Vec<Class>,
    /// The number of the next capturing group.
    group: usize,
    groups: usize,
    names: Vec<(Vec<u16>, usize)>,
    depth: usize,
}

/// How many groups a pattern has, the whole among them, and what they are called.
fn count_groups(units: &[u16]) -> (usize, Vec<(Vec<u16>, usize)>) {
    let (mut groups, mut names, mut in_class, mut at) = (1, Vec::new(), false, 0);
    while at < units.len() {
        match char_of(units[at]) {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let mark = |offset: usize| units.get(at + offset).map_or('\0', |unit| char_of(*unit));
                if mark(1) != '?' {
                    groups += 1;
                } else if mark(2) == '<' && !matches!(mark(3), '=' | '!') {
                    let name = units[at + 3..].iter().take_while(|unit| char_of(**unit) != '>').copied().collect();
                    names.push((name, groups));
                    groups += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    (groups, names)
}

fn char_of(unit: u16) -> char {
    char::from_u32(unit.into()).unwrap_or('\u{FFFD}')
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.units.get(self.at).map(|unit| char_of(*unit))
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = text.bytes().enumerate().all(|(at, byte)| self.units.get(self.at + at) == Some(&byte.into()));
        if found {
            self.at += text.len();
        }
        found
    }

    fn disjunction(&mut self) -> Result<Node, Wrong> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err("groups nest more than 100 levels deep");
        }
        let mut alternatives = vec![self.alternative()?];
        while self.eat("|") {
            alternatives.push(self.alternative()?);
        }
        self.depth -= 1;
        Ok(if alternatives.len() == 1 { alternatives.remove(0) } else { Node::Either(alternatives) })
    }

    fn alternative(&mut self) -> Result<Node, Wrong> {
        let mut nodes = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let first_group = self.group;
            let node = self.atom()?;
            nodes.push(self.quantified(node, first_group)?);
        }
        Ok(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn quantified(&mut self, node: Node, first_group: usize) -> Result<Node, Wrong> {
        let Some((min, max)) = self.quantifier()? else { return Ok(node) };
        let repeatable =
            !matches!(node, Node::Start | Node::End | Node::Word(_)) && !matches!(node, Node::Look { behind: true, .. });
        if !repeatable {
            return Err("nothing to repeat");
        }
        let greedy = !self.eat("?");
        Ok(Node::Repeat(Box::new(Repeat { node, min, max, greedy, groups: (first_group, self.group) })))
    }

    fn quantifier(&mut self) -> Result<Option<(u32, u32)>, Wrong> {
        Ok(match self.peek() {
            Some('*') => {
                self.at += 1;
                Some((0, u32::MAX))
            }
            Some('+') => {
                self.at += 1;
                Some((1, u32::MAX))
            }
            Some('?') => {
                self.at += 1;
                Some((0, 1))
            }
            Some('{') => self.counts()?,
            _ => None,
        })
    }

    /// `{2}`, `{2,}` or `{2,3}`; nothing is taken where it is none, as a brace may stand for itself.
    fn counts(&mut self) -> Result<Option<(u32, u32)>, Wrong> {
        let start = self.at;
        self.at += 1;
        let Some(min) = self.decimal() else {
            self.at = start;
            return Ok(None);
        };
        let max = if !self.eat(",") { min } else { self.decimal().unwrap_or(u32::MAX) };
        if !self.eat("}") {
            self.at = start;
            return Ok(None);
        }
        if max < min {
            return Err("numbers out of order in a `{}` quantifier");
        }
        Ok(Some((min, max)))
    }

    fn decimal(&mut self) -> Option<u32> {
        let mut value = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = Some(value.unwrap_or(0_u32).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        value
    }

    fn atom(&mut self) -> Result<Node, Wrong> {
        let unit = self.units[self.at];
        self.at += 1;
        Ok(match char_of(unit) {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Any,
            '(' => self.group()?,
            '[' => {
                let class = self.class()?;
                self.add_class(class)
            }
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err("nothing to repeat"),
            '{' => {
                self.at -= 1;
                if self.counts()?.is_some() {
                    return Err("nothing to repeat");
                }
                self.at += 1;
                Node::Char(unit)
            }
            _ => Node::Char(unit),
        })
    }

    fn add_class(&mut self, class: Class) -> Node {
        self.classes.push(class);
        Node::Class(self.classes.len() - 1)
    }

    fn group(&mut self) -> Result<Node, Wrong> {
        let look = LOOKS.iter().find(|(mark, ..)| self.eat(mark));
        let capture = look.is_none() && !self.eat("?:");
        let mut number = 0;
        if capture {
            if self.eat("?<") {
                let name = self.name()?;
                if name.is_empty() {
                    return Err("a group's name is empty");
                }
            } else if self.peek() == Some('?') {
                return Err("invalid group");
            }
            number = self.group;
            self.group += 1;
        }
        let node = Box::new(self.disjunction()?);
        if !self.eat(")") {
            return Err("unterminated group");
        }
        Ok(match look {
            Some((_, behind, negated)) => Node::Look { node, behind: *behind, negated: *negated },
            None if capture => Node::Group(node, number),
            None => *node,
        })
    }

    /// A group's name up to its `>`.
    fn name(&mut self) -> Result<Vec<u16>, Wrong> {
        let rest = &self.units[self.at..];
        let len = rest.iter().position(|unit| char_of(*unit) == '>').ok_or("invalid group name")?;
        self.at += len + 1;
        Ok(rest[..len].to_vec())
    }

    fn escape(&mut self) -> Result<Node, Wrong> {
        let Some(letter) = self.peek() else { return Err("`\\` at the end of the pattern") };
        match letter {
            'b' | 'B' => {
                self.at += 1;
                return Ok(Node::Word(letter == 'b'));
            }
            'k' if !self.names.is_empty() => {
                self.at += 1;
                if !self.eat("<") {
                    return Err("invalid named reference");
                }
                let name = self.name()?;
                let mut groups = Vec::new();
                for (known, group) in &self.names {
                    if *known == name {
                        groups.push(*group);
                    }
                }
                return if groups.is_empty() { Err("a reference to no group") } else { Ok(Node::BackReference(groups)) };
            }
            '1'..='9' => {
                let start = self.at;
                let number = self.decimal().unwrap_or(0) as usize;
                if number < self.groups {
                    return Ok(Node::BackReference(vec![number]));
                }
                self.at = start;
            }
            _ => {}
        }
        if let Some(class) = self.class_escape() {
            return Ok(self.add_class(class));
        }
        Ok(Node::Char(self.character_escape()))
    }

    /// `\d`, `\W` and their like.
    fn class_escape(&mut self) -> Option<Class> {
        let letter = self.peek()?;
        let ranges: &[(u16, u16)] = match letter.to_ascii_lowercase() {
            'd' => &[(0x30, 0x39)],
            'w' => &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
            's' => &[
                (0x09, 0x0D),
                (0x20, 0x20),
                (0xA0, 0xA0),
                (0x1680, 0x1680),
                (0x2000, 0x200A),
                (0x2028, 0x2029),
                (0x202F, 0x202F),
                (0x205F, 0x205F),
                (0x3000, 0x3000),
                (0xFEFF, 0xFEFF),
            ],
            _ => return None,
        };
        self.at += 1;
        Some(Class { ranges: ranges.to_vec(), negated: letter.is_ascii_uppercase() })
    }

    /// A character written with a backslash, which was taken already.
    fn character_escape(&mut self) -> u16 {
        let unit = self.units[self.at];
        self.at += 1;
        match char_of(unit) {
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'c' => match self.peek() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    letter as u16 % 32
                }
                _ => {
                    self.at -= 1;
                    '\\' as u16
                }
            },
            'x' => self.digits(2, 16).unwrap_or(unit),
            'u' => self.digits(4, 16).unwrap_or(unit),
            '0'..='7' => {
                self.at -= 1;
                self.octal()
            }
            _ => unit,
        }
    }

    fn digits(&mut self, count: usize, radix: u32) -> Option<u16> {
        let digits = self.units.get(self.at..self.at + count)?;
        let value = digits.iter().try_fold(0, |value, unit| Some(value * radix + char_of(*unit).to_digit(radix)?))?;
        self.at += count;
        u16::try_from(value).ok()
    }

    fn octal(&mut self) -> u16 {
        let mut value = 0;
        for _ in 0..3 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            if value * 8 + digit > 0o377 {
                break;
            }
            value = value * 8 + digit;
            self.at += 1;
        }
        value as u16
    }

    /// What stands in brackets, after the opening one.
    fn class(&mut self) -> Result<Class, Wrong> {
        let mut class = Class { ranges: Vec::new(), negated: self.eat("^") };
        loop {
            if self.at >= self.units.len() {
                return Err("unterminated character class");
            }
            if self.eat("]") {
                return Ok(class);
            }
            let first = self.class_atom(&mut class)?;
            let is_range = self.peek() == Some('-') && self.units.get(self.at + 1).is_some_and(|unit| char_of(*unit) != ']');
            if !is_range {
                class.add(first);
                continue;
            }
            self.at += 1;
            let last = self.class_atom(&mut class)?;
            match (first, last) {
                (Some(first), Some(last)) if first > last => return Err("range out of order in a character class"),
                (Some(first), Some(last)) => class.ranges.push((first, last)),
                // With `\d` at an end the `-` stands for itself.
                _ => {
                    class.add(first);
                    class.add(Some('-' as u16));
                    class.add(last);
                }
            }
        }
    }

    /// A character of a class; none where it was a class of its own, which has been added.
    fn class_atom(&mut self, class: &mut Class) -> Result<Option<u16>, Wrong> {
        let unit = self.units[self.at];
        self.at += 1;
        if char_of(unit) != '\\' {
            return Ok(Some(unit));
        }
        match self.peek() {
            None => Err("`\\` at the end of the pattern"),
            Some('b') => {
                self.at += 1;
                Ok(Some(8))
            }
            Some(_) => match self.class_escape() {
                Some(nested) => {
                    class.ranges.append(&mut nested.positive());
                    Ok(None)
                }
                None => Ok(Some(self.character_escape())),
            },
        }
    }
}

impl Class {
    /// Adds a unit, if there is one.
    fn add(&mut self, unit: Option<u16>) {
        if let Some(unit) = unit {
            self.ranges.push((unit, unit));
        }
    }

    /// The same set without negation; its ranges stand in order.
    fn positive(self) -> Vec<(u16, u16)> {
        if !self.negated {
            return self.ranges;
        }
        let mut gaps = Vec::new();
        let mut next = 0_u32;
        for (first, last) in self.ranges {
            if u32::from(first) > next {
                gaps.push((next as u16, first - 1));
            }
            next = next.max(u32::from(last) + 1);
        }
        if next <= 0xFFFF {
            gaps.push((next as u16, 0xFFFF));
        }
        gaps
    }
}
