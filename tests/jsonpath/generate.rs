//! Documents and paths by a seed: names that meet, so that paths find something, and now and then what they don't expect.

use serde_json::{Map, Value as Json, json};

/// A small generator of its own (SplitMix64), so that the sequence stays what it is.
pub struct Random(u64);

const NAMES: [&str; 8] = ["a", "b", "c", "n", "list", "x y", "0", "é"];

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    pub fn document(&mut self) -> Json {
        let mut members = Map::new();
        for name in NAMES {
            if self.below(4) > 0 {
                members.insert(name.into(), self.value(3));
            }
        }
        Json::Object(members)
    }

    fn value(&mut self, depth: usize) -> Json {
        match self.below(if depth > 0 { 10 } else { 5 }) {
            0 => Json::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(7) as i64 - 3),
            3 => json!(self.below(40) as f64 / 8.0),
            4 => json!(self.pick(&["", "a", "abc", "1", "2.5", "Abc", "x y"])),
            5 | 6 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            7 => (0..self.below(5)).map(|_| self.value(0)).collect(),
            _ => {
                let mut members = Map::new();
                for _ in 0..self.below(5) {
                    members.insert(self.pick(&NAMES).into(), self.value(depth - 1));
                }
                Json::Object(members)
            }
        }
    }

    pub fn path(&mut self) -> String {
        let mut path = String::from("$");
        for _ in 0..self.below(5) {
            self.step(&mut path, 2);
        }
        match self.below(25) {
            0 => path.push('.'),
            1 => path.push('x'),
            2 => path = path.replacen("$.", "$ .", 1),
            3 => path = path.replacen('[', "[ ", 1),
            4 => path.push_str("[q]"),
            _ => {}
        }
        path
    }

    fn step(&mut self, path: &mut String, depth: usize) {
        let scan = self.below(8) == 0;
        match self.below(20) {
            0..=6 => {
                let name = self.pick(&["a", "b", "c", "n", "list", "0", "é"]);
                path.push_str(if scan { ".." } else { "." });
                path.push_str(name);
            }
            7 => path.push_str(&format!("{}['{}']", if scan { ".." } else { "" }, self.pick(&NAMES))),
            8 => path.push_str(&format!("['{}','{}']", self.pick(&NAMES), self.pick(&["a", "zz"]))),
            9 | 10 => path.push_str(&format!("{}[{}]", if scan { ".." } else { "" }, self.index())),
            11 => path.push_str(&format!("[{},{}]", self.index(), self.index())),
            12 => match self.below(3) {
                0 => path.push_str(&format!("[{}:]", self.index())),
                1 => path.push_str(&format!("[:{}]", self.index())),
                _ => path.push_str(&format!("[{}:{}]", self.index(), self.index())),
            },
            13 | 14 => path.push_str(if scan { "..*" } else { "[*]" }),
            15..=17 if depth > 0 => {
                let condition = self.condition(depth - 1);
                path.push_str(&format!("{}[?({condition})]", if scan { ".." } else { "" }));
            }
            18 => {
                let name = self.pick(&["length", "size", "min", "max", "sum", "avg", "stddev", "keys", "first", "last", "nothing"]);
                path.push_str(&format!(".{name}()"));
            }
            19 => match self.below(4) {
                0 => path.push_str(".concat($.a, \"x\", $.list)"),
                1 => path.push_str(".index(1)"),
                2 => path.push_str(".append($.n, 2)"),
                _ => path.push_str(".length($.list)"),
            },
            _ => path.push_str(if scan { "..*" } else { ".*" }),
        }
    }

    fn index(&mut self) -> i64 {
        self.below(7) as i64 - 3
    }

    fn condition(&mut self, depth: usize) -> String {
        match self.below(8) {
            0 => format!("{} && {}", self.comparison(depth), self.comparison(depth)),
            1 => format!("{} || {}", self.comparison(depth), self.comparison(depth)),
            2 => format!("!({})", self.comparison(depth)),
            3 => format!("({}) && {}", self.comparison(depth), self.comparison(depth)),
            _ => self.comparison(depth),
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let path = self.operand_path(depth);
        let literal = self.pick(&["1", "-2", "2.5", "'abc'", "'1'", "\"a\"", "true", "null", "''", "0"]);
        let list = self.pick(&["['a','abc']", "[1, 2, 2.5]", "[]", "['1', 1]", "[null, true]"]);
        match self.below(14) {
            0 => path,
            1 => format!("!{path}"),
            2..=4 => {
                let operator = self.pick(&["==", "!=", "<", "<=", ">", ">=", "===", "!=="]);
                format!("{path} {operator} {literal}")
            }
            5 => {
                let operator = self.pick(&["==", "!=", "<", ">"]);
                let other = self.operand_path(depth);
                format!("{path} {operator} {other}")
            }
            6 => format!("{literal} == {path}"),
            7 => {
                let operator = self.pick(&["in", "nin", "IN", "all"]);
                format!("{path} {operator} {list}")
            }
            8 => {
                let operator = self.pick(&["subsetof", "anyof", "noneof"]);
                format!("{path} {operator} {list}")
            }
            9 => format!("{path} contains {literal}"),
            10 => format!("{path} size {}", self.below(4)),
            11 => format!("{path} empty {}", self.pick(&["true", "false", "1"])),
            12 => {
                let pattern = self.pick(&["/a.*/", "/.*b.*/i", "/abc/", "/.*/", "/1/", "/A.*c/i"]);
                format!("{path} =~ {pattern}")
            }
            _ => {
                let operator = self.pick(&["==", "!="]);
                format!("{path} {operator} {list}")
            }
        }
    }

    fn operand_path(&mut self, depth: usize) -> String {
        let mut path = String::from(if self.below(5) == 0 { "$" } else { "@" });
        for _ in 0..self.below(3) {
            self.step(&mut path, depth);
        }
        path
    }

    /// Text of the characters that mean something to the parser.
    pub fn garbage(&mut self) -> String {
        const PARTS: [&str; 40] = [
            "$",
            "@",
            ".",
            "..",
            "[",
            "]",
            "(",
            ")",
            "?",
            "*",
            "'",
            "\"",
            ",",
            ":",
            "-",
            "0",
            "9",
            "a",
            "é",
            "日",
            "😀",
            " ",
            "!",
            "=",
            "~",
            "/",
            "<",
            ">",
            "&&",
            "||",
            "\\",
            "u00",
            "{",
            "}",
            "[?(",
            ")]",
            ".length()",
            "in ",
            "nin",
            "['a']",
        ];
        let mut text = String::from(self.pick(&["", "$", "$.", "$[?(@", "$.a.concat("]));
        for _ in 0..self.below(14) {
            text.push_str(PARTS[self.below(PARTS.len())]);
        }
        text
    }
}
