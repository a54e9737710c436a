//! Expressions by chance: mostly such as mean something on the documents at hand, some such as don't.

use asl_playground::query::random::Random;

pub struct Generator {
    random: Random,
    /// The variables that can be used here.
    variables: Vec<&'static str>,
}

const NAMES: &[&str] =
    &["name", "count", "items", "sku", "qty", "price", "tags", "size", "w", "owner", "roles", "address", "kind", "missing"];
const VARIABLES: &[&str] = &["a", "b", "x", "y"];
const TEXTS: &[&str] = &[
    "\"red\"",
    "\"a-2\"",
    "'x'",
    "\"\"",
    "\"Hello, World\"",
    "\"12\"",
    "\"-3.5\"",
    "\"a b  c\"",
    "\"ünï😀\"",
    "\"2024-03-01T10:20:30Z\"",
];
const NUMBERS: &[&str] = &["0", "1", "2", "3", "7", "10", "-1", "-2", "0.5", "2.5", "1e3", "100", "12345.678", "1e-7"];
const REGEXES: &[&str] =
    &["/a/", "/[a-z]+/", "/(\\w)-(\\d)/", "/O/i", "/\\d+/", "/^x$/m", "/l+/", "/\\s*,\\s*/", "/(e)|(o)/", "/b?/"];
const PICTURES: &[&str] =
    &["\"0\"", "\"#,##0.00\"", "\"00.0#\"", "\"0%\"", "\"#0.###;(#0.0)\"", "\"###,###\"", "\"1#\"", "\"0.0.0\""];
const INTEGERS: &[&str] =
    &["\"A\"", "\"i\"", "\"I\"", "\"w\"", "\"Ww\"", "\"W;o\"", "\"0000\"", "\"#,##0\"", "\"1;o\"", "\"٠\"", "\"x\""];
const DATES: &[&str] = &[
    "\"[Y]-[M01]-[D01]\"",
    "\"[FNn], [D1o] [MNn] [Y0001]\"",
    "\"[h#1]:[m01] [P]\"",
    "\"[H01][m01][s01].[f001] [Z]\"",
    "\"[Y,2-2] [d] [W] [w] [X] [x]\"",
    "\"[YI] [MNn,3-3] [Dw]\"",
    "\"[[x]] [z]\"",
    "\"[q]\"",
    "\"[YN]\"",
];
/// Functions with what their arguments are: a letter each.
const FUNCTIONS: &[(&str, &str)] = &[
    ("sum", "A"),
    ("count", "a"),
    ("max", "A"),
    ("min", "A"),
    ("average", "A"),
    ("string", "x"),
    ("substring", "snn"),
    ("substring", "sn"),
    ("substringBefore", "ss"),
    ("substringAfter", "ss"),
    ("lowercase", "s"),
    ("uppercase", "s"),
    ("length", "s"),
    ("trim", "s"),
    ("pad", "sp"),
    ("pad", "sps"),
    ("match", "sr"),
    ("match", "srn"),
    ("contains", "ss"),
    ("contains", "sr"),
    ("replace", "sss"),
    ("replace", "srs"),
    ("replace", "srsn"),
    ("split", "ss"),
    ("split", "sr"),
    ("split", "ssn"),
    ("join", "S"),
    ("join", "Ss"),
    ("formatNumber", "nP"),
    ("formatBase", "nn"),
    ("formatBase", "n"),
    ("formatInteger", "nI"),
    ("parseInteger", "sI"),
    ("number", "x"),
    ("floor", "n"),
    ("ceil", "n"),
    ("round", "n"),
    ("round", "nn"),
    ("abs", "n"),
    ("sqrt", "n"),
    ("power", "nn"),
    ("boolean", "x"),
    ("not", "x"),
    ("map", "af"),
    ("filter", "af"),
    ("single", "af"),
    ("reduce", "ag"),
    ("reduce", "agx"),
    ("sift", "of"),
    ("keys", "o"),
    ("lookup", "ok"),
    ("append", "xx"),
    ("exists", "x"),
    ("spread", "o"),
    ("merge", "O"),
    ("reverse", "a"),
    ("each", "of"),
    ("type", "x"),
    ("sort", "A"),
    ("sort", "S"),
    ("sort", "ag"),
    ("distinct", "a"),
    ("zip", "aa"),
    ("base64encode", "s"),
    ("base64decode", "s"),
    ("encodeUrlComponent", "s"),
    ("encodeUrl", "s"),
    ("decodeUrl", "s"),
    ("decodeUrlComponent", "s"),
    ("fromMillis", "mD"),
    ("fromMillis", "m"),
    ("toMillis", "s"),
    ("error", "s"),
    ("assert", "bs"),
    ("uppercase", ""),
    ("string", ""),
    ("count", ""),
    ("sum", "xx"),
    ("missing", "x"),
];

impl Generator {
    pub fn new(seed: i64) -> Generator {
        Generator { random: Random::new(seed), variables: vec!["bound"] }
    }

    /// The next expression.
    pub fn expression(&mut self) -> String {
        self.variables = vec!["bound"];
        let text = match self.below(12) {
            0 => self.any(4),
            1 => self.tokens(),
            2 => self.block(4),
            3 => self.array(3),
            4 => self.object(3),
            _ => self.any(3),
        };
        // Now and then something is missing.
        if self.below(60) == 0 { text[..text.floor_char_boundary(text.len() * 2 / 3)].to_owned() } else { text }
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.random.next_f64() * bound as f64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Tokens without a plan: most of the time a syntax error.
    fn tokens(&mut self) -> String {
        let all = [
            "(", ")", "[", "]", "{", "}", ".", ",", ";", ":", "?", "+", "-", "*", "**", "/", "%", "|", "=", "<", "^", "~>", "..",
            ":=", "and", "or", "in", "&", "!", "@", "#", "$", "$x", "name", "items", "1", "\"t\"", "function", "null", "`q`",
        ];
        let count = 1 + self.below(6);
        (0..count).map(|_| self.pick(&all)).collect::<Vec<_>>().join(" ")
    }

    fn any(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.leaf();
        }
        match self.below(20) {
            0..=2 => self.leaf(),
            3..=7 => self.path(depth - 1),
            8..=10 => self.call(depth - 1),
            11 | 12 => self.binary(depth - 1),
            13 => format!("({} ? {} : {})", self.any(depth - 1), self.any(depth - 1), self.any(depth - 1)),
            14 => self.array(depth - 1),
            15 => self.object(depth - 1),
            16 => self.block(depth - 1),
            17 => self.chain(depth - 1),
            18 => self.grouped(depth - 1),
            _ => self.odd(depth - 1),
        }
    }

    fn leaf(&mut self) -> String {
        match self.below(8) {
            0 | 1 => self.pick(NUMBERS).to_owned(),
            2 | 3 => self.pick(TEXTS).to_owned(),
            4 => self.pick(&["true", "false", "null", "$", "$$", "[]", "{}"]).to_owned(),
            5 => self.variable(),
            _ => self.pick(NAMES).to_owned(),
        }
    }

    fn variable(&mut self) -> String {
        let variables = self.variables.clone();
        format!("${}", self.pick(&variables))
    }

    fn step(&mut self, depth: usize) -> String {
        let step = match self.below(14) {
            0..=6 => self.pick(NAMES).to_owned(),
            7 => "*".to_owned(),
            8 => "**".to_owned(),
            9 => format!("({})", self.any(depth)),
            10 => self.array(depth.min(1)),
            11 => self.object(depth.min(1)),
            12 => self.call(depth.min(1)),
            _ => "%".to_owned(),
        };
        match self.below(9) {
            0 => format!("{step}[{}]", self.predicate(depth)),
            1 => format!("{step}[]"),
            2 => format!("{step}[{}]", self.pick(&["0", "1", "-1", "5", "[0..1]", "[0,2]"])),
            _ => step,
        }
    }

    fn predicate(&mut self, depth: usize) -> String {
        let name = self.pick(NAMES);
        match self.below(6) {
            0 => self.any(depth.min(1)),
            1 => format!("{name} = {}", self.leaf()),
            2 => format!("$exists({name})"),
            3 => format!("qty > {}", self.pick(NUMBERS)),
            4 => format!("$ = {}", self.leaf()),
            _ => format!("{name} {} {}", self.pick(&["<", ">=", "!=", "in"]), self.leaf()),
        }
    }

    fn path(&mut self, depth: usize) -> String {
        let mut text = match self.below(6) {
            0 => self.variable(),
            1 => self.pick(&["$", "$$"]).to_owned(),
            _ => self.pick(NAMES).to_owned(),
        };
        let bindings = self.variables.len();
        if self.below(8) == 0 {
            let name = self.pick(VARIABLES);
            text = format!("{text}{}${name}", self.pick(&["@", "#"]));
            self.variables.push(name);
        }
        for _ in 0..=self.below(3) {
            text = format!("{text}.{}", self.step(depth));
        }
        if self.below(6) == 0 {
            let direction = self.pick(&["", "<", ">"]);
            text = format!("{text}^({direction}{})", self.pick(&["qty", "price", "sku", "$", "count", "name", "tags"]));
        }
        if self.below(12) == 0 {
            text =
                format!("{text}{{{}: {}}}", self.pick(&["sku", "name", "kind", "\"k\"", "$string(qty)"]), self.any(depth.min(1)));
        }
        self.variables.truncate(bindings);
        text
    }

    fn binary(&mut self, depth: usize) -> String {
        let operator = self.pick(&["+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "&", "and", "or", "in"]);
        let (left, right) = match self.below(3) {
            0 => (self.any(depth), self.any(depth)),
            1 => (self.pick(NUMBERS).to_owned(), self.argument('n', depth)),
            _ => (self.argument('n', depth), self.leaf()),
        };
        format!("({left} {operator} {right})")
    }

    fn array(&mut self, depth: usize) -> String {
        let items: Vec<String> = (0..self.below(4))
            .map(|_| match self.below(6) {
                0 => format!("{}..{}", self.pick(&["0", "1", "-1", "count"]), self.pick(&["2", "3", "0"])),
                _ => self.any(depth),
            })
            .collect();
        format!("[{}]", items.join(", "))
    }

    fn object(&mut self, depth: usize) -> String {
        let keys = ["\"k\"", "\"l\"", "\"m\"", "name", "\"m\" & \"n\""];
        let from = self.below(3);
        let members: Vec<String> = (0..self.below(4)).map(|at| format!("{}: {}", keys[(from + at) % 5], self.any(depth))).collect();
        format!("{{{}}}", members.join(", "))
    }

    fn block(&mut self, depth: usize) -> String {
        let bindings = self.variables.len();
        let mut parts = Vec::new();
        for _ in 0..=self.below(2) {
            let name = self.pick(VARIABLES);
            let params = self.below(8);
            let value = if params < 2 { self.lambda(depth, 1 + params) } else { self.any(depth) };
            parts.push(format!("${name} := {value}"));
            self.variables.push(name);
        }
        parts.push(self.any(depth));
        self.variables.truncate(bindings);
        format!("({})", parts.join("; "))
    }

    fn lambda(&mut self, depth: usize, count: usize) -> String {
        let params = &["p", "q", "r"][..count];
        let bindings = self.variables.len();
        self.variables.extend(params);
        let body = match self.below(4) {
            0 => format!("$p {} {}", self.pick(&["+", "&", "=", "<"]), if count > 1 { "$q" } else { "1" }),
            1 => format!("$p.{}", self.pick(NAMES)),
            _ => self.any(depth.min(2)),
        };
        self.variables.truncate(bindings);
        let signature = match self.below(10) {
            0 => "<x-:x>",
            1 => "<n-:n>",
            2 => "<a<n>:n>",
            _ => "",
        };
        let params: Vec<String> = params.iter().map(|param| format!("${param}")).collect();
        format!("function({}){}{{ {body} }}", params.join(", "), signature)
    }

    fn chain(&mut self, depth: usize) -> String {
        let (name, _) = FUNCTIONS[self.below(12)];
        match self.below(4) {
            0 => format!("{} ~> ${name}", self.any(depth)),
            1 => format!("{} ~> ${name}()", self.any(depth)),
            2 => format!("({} ~> $map({}))", self.argument('a', depth), self.lambda(depth, 1)),
            _ => format!("({} ~> {})", self.any(depth), self.lambda(depth, 1)),
        }
    }

    fn grouped(&mut self, depth: usize) -> String {
        let key = self.pick(&["sku", "kind", "name", "$string(qty)", "\"all\"", "$substring(sku, 0, 1)"]);
        let value = self.pick(&["qty", "$", "$sum(qty)", "$count($)", "tags", "price[]"]);
        match self.below(3) {
            0 => format!("items{{{key}: {value}}}"),
            1 => format!("items[{}]{{{key}: {value}, \"n\": 1}}", self.predicate(depth)),
            _ => format!("{}{{{key}: {value}}}", self.path(depth)),
        }
    }

    /// What is rare in ordinary expressions.
    fn odd(&mut self, depth: usize) -> String {
        match self.below(11) {
            0 => format!(
                "({} ~> |{}|{}|)",
                self.pick(&["$", "$$", "owner"]),
                self.pick(&["items", "owner", "**[qty]", "size"]),
                self.object(1)
            ),
            1 => format!("($$ ~> |items|{{\"n\": qty}}, {}|)", self.pick(&["\"qty\"", "[\"sku\", \"price\"]", "qty"])),
            2 => format!("items.tags.({} & %.%.name)", self.pick(&["$", "%.sku", "\"-\""])),
            3 => "items@$a.owner@$b.{\"s\": $a.sku, \"n\": $b.name}".to_owned(),
            4 => format!(
                "items#$x[$x {} 1].{}",
                self.pick(&[">", "=", "<"]),
                self.pick(&["sku", "{\"i\": $x, \"s\": sku}", "($x & sku)"])
            ),
            5 => format!("$map({}, $substring(?, 0, {}))", self.argument('S', depth), self.pick(NUMBERS)),
            6 => format!("({})({})", self.lambda(depth, 2), self.any(depth)),
            7 => format!("($f := function($n){{ $n <= 0 ? {} : $f($n - 1) }}; $f(3))", self.leaf()),
            8 => format!("$sort(items, function($l, $r){{ $l.{0} > $r.{0} }}).sku", self.pick(&["qty", "sku", "price"])),
            9 => format!("-{}", self.argument('n', depth)),
            _ => format!("[{}].{}", self.any(depth), self.pick(NAMES)),
        }
    }

    fn call(&mut self, depth: usize) -> String {
        let (name, kinds) = FUNCTIONS[self.below(FUNCTIONS.len())];
        let args: Vec<String> =
            kinds.chars().map(|kind| if self.below(25) == 0 { self.any(depth) } else { self.argument(kind, depth) }).collect();
        format!("${name}({})", args.join(", "))
    }

    /// An argument of a kind, by the letters of [`FUNCTIONS`].
    fn argument(&mut self, kind: char, depth: usize) -> String {
        let smaller = depth.saturating_sub(1);
        let plain = depth == 0 || self.below(3) > 0;
        match kind {
            'n' if plain => self.pick(NUMBERS).to_owned(),
            'n' => self
                .pick(&["count", "total", "items[0].qty", "$count(items)", "$sum(items.qty)", "items.price", "$number(\"4\")"])
                .to_owned(),
            'p' => self.pick(&["8", "-12", "3", "0"]).to_owned(),
            'm' => self.pick(&["0", "1709288430123", "-1", "1e12", "951782400000", "1230768000000"]).to_owned(),
            's' if plain => self.pick(TEXTS).to_owned(),
            's' => {
                self.pick(&["name", "owner.name", "items[1].sku", "$string(count)", "owner.address.city", "items.sku"]).to_owned()
            }
            'k' => self.pick(&["\"name\"", "\"qty\"", "\"sku\""]).to_owned(),
            'r' => self.pick(REGEXES).to_owned(),
            'P' => self.pick(PICTURES).to_owned(),
            'I' => self.pick(INTEGERS).to_owned(),
            'D' => self.pick(DATES).to_owned(),
            'b' => self.pick(&["true", "false", "paid", "1 = 1"]).to_owned(),
            'A' => self.pick(&["items.qty", "[3,1,2]", "items.price", "[1..4]", "$", "count", "items.(qty * price)"]).to_owned(),
            'S' => self.pick(&["items.sku", "[\"b\",\"a\"]", "owner.roles", "items.tags", "name", "$keys(owner)"]).to_owned(),
            'O' => self.pick(&["items", "[{\"a\":1},{\"a\":2,\"b\":3}]", "items.size", "owner"]).to_owned(),
            'o' => self.pick(&["owner", "items[0]", "{\"a\":1,\"b\":[2,3]}", "$", "items", "nothing"]).to_owned(),
            'f' => {
                let count = 1 + self.below(3);
                self.lambda(smaller, count)
            }
            'g' => self.lambda(smaller, 2),
            'a' => match self.below(4) {
                0 => self.array(smaller),
                1 => self.path(smaller),
                _ => self.pick(&["items", "items.qty", "[1..3]", "owner.roles", "$", "empty"]).to_owned(),
            },
            _ => self.any(smaller),
        }
    }
}
