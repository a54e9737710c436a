//! Regular expressions as ECMAScript has them, by a matcher that backtracks on a stack of its own and counts its steps.
//!
//! Texts are UTF-16 units, as in JavaScript without the `u` flag, which JSONata doesn't know.

mod parse;
mod run;

use parse::{Node, Parsed, Wrong};

/// A compiled regular expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Regex {
    source: Box<str>,
    program: Vec<Inst>,
    classes: Vec<Class>,
    /// How many groups there are, the whole match among them.
    groups: usize,
    registers: usize,
    ignore_case: bool,
}

/// Where a group matched, in UTF-16 units; none where it took no part.
pub type Groups = Vec<Option<(usize, usize)>>;

/// The matcher took more steps than allowed.
#[derive(Debug, PartialEq)]
pub struct OverBudget;

/// A set of UTF-16 units.
#[derive(Clone, Debug, Default, PartialEq)]
struct Class {
    ranges: Vec<(u16, u16)>,
    negated: bool,
}

/// An instruction. With `back` it reads the text leftwards, as what stands in a lookbehind does.
#[derive(Clone, Debug, PartialEq)]
enum Inst {
    Char {
        unit: u16,
        back: bool,
    },
    Any {
        back: bool,
    },
    Class {
        class: usize,
        back: bool,
    },
    /// Goes on at the first, or else at the second.
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    /// Forgets the groups from one to before another: each round of a loop starts afresh.
    Forget(usize, usize),
    Start {
        multiline: bool,
    },
    End {
        multiline: bool,
    },
    Word {
        wanted: bool,
    },
    BackReference {
        groups: Vec<usize>,
        back: bool,
    },
    /// Tries what follows up to its `Looked`, then goes on at `next` from where it began.
    Look {
        negated: bool,
        next: usize,
    },
    Looked,
    SetCount(usize),
    SetPlace(usize),
    /// Another round or not, by how many were done.
    Loop {
        register: usize,
        min: u32,
        max: u32,
        greedy: bool,
        exit: usize,
    },
    /// A round beyond the first `min` must not be empty.
    Progress {
        place: usize,
        count: usize,
        min: u32,
    },
    Match,
}

impl Regex {
    /// Compiles a pattern with its flags `i` and `m`; what is wrong in words otherwise.
    pub fn compile(pattern: &str, flags: &str) -> Result<Regex, Wrong> {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        let Parsed { root, classes, groups } = parse::parse(&units)?;
        let ignore_case = flags.contains('i');
        let mut compiler = Compiler { program: Vec::new(), registers: 0, multiline: flags.contains('m'), ignore_case };
        compiler.emit(Inst::Save(0));
        compiler.node(&root, false);
        compiler.emit(Inst::Save(1));
        compiler.emit(Inst::Match);
        let Compiler { program, registers, .. } = compiler;
        Ok(Regex { source: pattern.into(), program, classes, groups, registers, ignore_case })
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    /// The first match that starts at `from` or later. Every instruction takes one from `steps`.
    pub fn find(&self, text: &[u16], from: usize, steps: &mut u64) -> Result<Option<Groups>, OverBudget> {
        run::find(self, text, from, steps)
    }
}

struct Compiler {
    program: Vec<Inst>,
    registers: usize,
    multiline: bool,
    ignore_case: bool,
}

impl Compiler {
    fn emit(&mut self, inst: Inst) -> usize {
        self.program.push(inst);
        self.program.len() - 1
    }

    fn here(&self) -> usize {
        self.program.len()
    }

    fn register(&mut self) -> usize {
        self.registers += 1;
        self.registers - 1
    }

    fn node(&mut self, node: &Node, back: bool) {
        match node {
            Node::Empty => {}
            Node::Char(unit) => {
                let unit = if self.ignore_case { run::canonical(*unit) } else { *unit };
                self.emit(Inst::Char { unit, back });
            }
            Node::Any => {
                self.emit(Inst::Any { back });
            }
            Node::Class(class) => {
                self.emit(Inst::Class { class: *class, back });
            }
            Node::Sequence(nodes) => {
                if back {
                    nodes.iter().rev().for_each(|node| self.node(node, back));
                } else {
                    nodes.iter().for_each(|node| self.node(node, back));
                }
            }
            Node::Either(nodes) => self.either(nodes, back),
            Node::Group(node, group) => {
                self.emit(Inst::Save(group * 2 + back as usize));
                self.node(node, back);
                self.emit(Inst::Save(group * 2 + !back as usize));
            }
            Node::Repeat(repeat) => self.repeat(repeat, back),
            Node::Start => {
                self.emit(Inst::Start { multiline: self.multiline });
            }
            Node::End => {
                self.emit(Inst::End { multiline: self.multiline });
            }
            Node::Word(wanted) => {
                self.emit(Inst::Word { wanted: *wanted });
            }
            Node::BackReference(groups) => {
                self.emit(Inst::BackReference { groups: groups.clone(), back });
            }
            Node::Look { node, behind, negated } => {
                let look = self.emit(Inst::Look { negated: *negated, next: 0 });
                self.node(node, *behind);
                self.emit(Inst::Looked);
                self.program[look] = Inst::Look { negated: *negated, next: self.here() };
            }
        }
    }

    fn either(&mut self, nodes: &[Node], back: bool) {
        let mut jumps = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            if at + 1 == nodes.len() {
                self.node(node, back);
                continue;
            }
            let split = self.emit(Inst::Split(0, 0));
            self.node(node, back);
            jumps.push(self.emit(Inst::Jump(0)));
            self.program[split] = Inst::Split(split + 1, self.here());
        }
        for jump in jumps {
            self.program[jump] = Inst::Jump(self.here());
        }
    }

    fn repeat(&mut self, repeat: &parse::Repeat, back: bool) {
        let parse::Repeat { node, min, max, greedy, groups } = repeat;
        if *min == 0 && *max == u32::MAX && !node.can_be_empty() && groups.0 == groups.1 {
            let split = self.emit(Inst::Split(0, 0));
            self.node(node, back);
            self.emit(Inst::Jump(split));
            let (first, second) = (split + 1, self.here());
            self.program[split] = if *greedy { Inst::Split(first, second) } else { Inst::Split(second, first) };
            return;
        }
        let (count, place) = (self.register(), self.register());
        self.emit(Inst::SetCount(count));
        let start = self.emit(Inst::Jump(0));
        self.emit(Inst::SetPlace(place));
        if groups.0 != groups.1 {
            self.emit(Inst::Forget(groups.0, groups.1));
        }
        self.node(node, back);
        self.emit(Inst::Progress { place, count, min: *min });
        self.emit(Inst::Jump(start));
        let exit = self.here();
        self.program[start] = Inst::Loop { register: count, min: *min, max: *max, greedy: *greedy, exit };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matches of a pattern in a text, each with its groups.
    fn all(pattern: &str, flags: &str, text: &str) -> Vec<Vec<Option<String>>> {
        let regex = Regex::compile(pattern, flags).unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        let (mut found, mut from, mut steps) = (Vec::new(), 0, 100_000);
        while let Some(groups) = regex.find(&units, from, &mut steps).unwrap() {
            let (start, end) = groups[0].unwrap();
            from = if end == start { end + 1 } else { end };
            found.push(groups.iter().map(|group| group.map(|(a, b)| String::from_utf16_lossy(&units[a..b]))).collect());
            if from > units.len() {
                break;
            }
        }
        found
    }

    fn whole(pattern: &str, flags: &str, text: &str) -> Vec<String> {
        all(pattern, flags, text).into_iter().map(|groups| groups[0].clone().unwrap()).collect()
    }

    #[test]
    fn finds_what_ecmascript_finds() {
        let rows: &[(&str, &str, &str, &[&str])] = &[
            ("ab+", "", "abbb ab a", &["abbb", "ab"]),
            ("a|ab", "", "ab", &["a"]),
            ("a*?b", "", "aab", &["aab"]),
            ("[a-c]+", "i", "xABCabcx", &["ABCabc"]),
            ("^.+$", "m", "one\ntwo", &["one", "two"]),
            (".+", "", "one\ntwo", &["one", "two"]),
            ("\\bfoo\\b", "", "foo food foo", &["foo", "foo"]),
            ("(?<=\\$)\\d+", "", "$12 13 $4", &["12", "4"]),
            ("(?<!\\$)\\b\\d+", "", "$12 13 $4", &["13"]),
            ("\\d+(?=%)", "", "1% 22 33%", &["1", "33"]),
            ("\\d+(?!\\d|%)", "", "1% 22 33%", &["22"]),
            ("(a)\\1", "", "aa a", &["aa"]),
            ("(?<x>[ab])\\k<x>", "", "ab bb", &["bb"]),
            ("x{2,3}", "", "xxxxx", &["xxx", "xx"]),
            ("x{2", "", "x{2", &["x{2"]),
            ("[^\\d\\s]+", "", "a1 b2", &["a", "b"]),
            ("\\u0041\\x42\\103", "", "ABC", &["ABC"]),
            ("[\\]\\-x]+", "", "]-x", &["]-x"]),
            ("(?:a{0,2}){2}b", "", "aaab", &["aaab"]),
            ("\\w+@\\w+\\.com", "", "me@it.com", &["me@it.com"]),
            ("[]", "", "a", &[]),
            ("[^]", "", "\n", &["\n"]),
            ("(a*)*b", "", "aab", &["aab"]),
        ];
        for (pattern, flags, text, wanted) in rows {
            assert_eq!(whole(pattern, flags, text), *wanted, "/{pattern}/{flags} on {text:?}");
        }
    }

    #[test]
    fn groups_are_those_of_the_last_round() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            all("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac"),
            vec![vec![some("zaacbbbcac"), some("z"), some("ac"), some("a"), None, some("c")]]
        );
        assert_eq!(all("(?=(a+))a*b\\1", "", "baaabac"), vec![vec![some("aba"), some("a")]]);
        assert_eq!(all("(?<=(\\d+)(\\d+))$", "", "1053"), vec![vec![some(""), some("1"), some("053")]]);
        assert_eq!(all("(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac")[0], [some("baaabaac"), some("ba"), None, some("abaac")]);
    }

    #[test]
    fn refuses_what_is_no_pattern() {
        for pattern in ["(", ")", "*", "a**", "[b-a]", "[", "a{2,1}", "(?<x", "\\", "(?x)", "x{1}{2}"] {
            assert!(Regex::compile(pattern, "").is_err(), "{pattern}");
        }
        assert!(Regex::compile(&"(".repeat(100_000), "").is_err());
    }

    #[test]
    fn a_catastrophe_ends() {
        for pattern in ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*x", "(?:a?){50}a{50}b"] {
            let regex = Regex::compile(pattern, "").unwrap();
            let text: Vec<u16> = format!("{}!", "a".repeat(60)).encode_utf16().collect();
            assert_eq!(regex.find(&text, 0, &mut 100_000), Err(OverBudget), "{pattern}");
        }
    }
}
