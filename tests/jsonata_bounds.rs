//! Nothing a user writes overflows the stack, panics or goes on for ever: each of these runs on a stack smaller than a browser's.

mod jsonata;

use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Error, Expression};
use asl_playground::spec::JSONATA_FUNCTIONS;
use asl_playground::value::Value;
use jsonata::generate::Generator;

/// A quarter of what WebAssembly has; without optimisation all of it, as frames are several times larger then.
const STACK: usize = if cfg!(debug_assertions) { 1 << 20 } else { 256 << 10 };

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

fn evaluate(expr: &str, data: Option<&Value>, budget: Budget) -> Result<Option<Value>, Error> {
    jsonata::evaluate(expr, data, &Bindings::new(), budget)
}

fn code(expr: &str) -> String {
    match evaluate(expr, None, Budget::default()) {
        Ok(value) => format!("{:?}", value.map(|value| value.to_string().chars().take(40).collect::<String>())),
        Err(error) => error.code.to_owned(),
    }
}

#[test]
fn what_has_no_end_is_over_budget() {
    on_a_small_stack(|| {
        let endless = [
            "($f := function(){$f()}; $f())",
            "($f := function($n){1 + $f($n + 1)}; $f(0))",
            "($f := function($n){$map([1, 2], function($x){$f($n)})}; $f(0))",
            "($f := function($n){[1, 2].($f($n))}; $f(0))",
            "($f := function($n){{'a': $f($n)}}; $f(0))",
            "($f := function($n){$sort([2, 1], function($a, $b){$f($n)})}; $f(0))",
            "($f := function($n){$replace('aaa', /a/, function($m){$f($n)})}; $f(0))",
            "($f := function($n){[3, 2]^($f($n))}; $f(0))",
            "($f := function($n){[3, 2][$f($n)]}; $f(0))",
            "($f := function($n){({'a': 1}) ~> |$|{'b': $f($n)}|}; $f(0))",
            "($f := function($n){$f($n) ~> $f}; $f(0))",
            "($f := function($n){$reduce([1, 2, 3], function($a, $b){$f($n)})}; $f(0))",
            "($f := function($n){$n.$f($n)}; $f(1))",
            "($f := function($s){$match('x', function($t){$f($s)})}; $f(1))",
            "[1..10000000].{'a': $}",
            "[1..10000000].[$]",
            "$map([1..10000000], function($v){$v})",
            "[1..10000000][$ > 3]",
            "$string([1..10000000])",
            "[1..10000000]{$string($): $}",
            "$reverse([1..10000000])",
            "($x := [1..10000000]; [$x, $x, $x])",
            "$pad('', 1e12)",
        ];
        for expr in endless {
            assert_eq!(code(expr), "U1001", "{expr}");
        }
    });
}

/// A value that holds another twice, which holds another twice and so on, takes little memory and has no end for who walks over it.
#[test]
fn what_is_shared_many_times_over_is_not_walked() {
    on_a_small_stack(|| {
        let list = r#"($f := function($n, $v){$n = 0 ? $v : $f($n - 1, [[$v], [$v]])}; $d := $f(60, [[{"x": 0}]]); $e := $f(60, [[{"x": 0}]]); "#;
        let object =
            r#"($f := function($n, $v){$n = 0 ? $v : $f($n - 1, {"a": $v, "b": $v})}; $d := $f(60, [0]); $e := $f(60, [0]); "#;
        for walk in ["$d = $e", "$d.*", "$string($d)", "$count($d.**)", "$distinct([[$d], [$e]])", "$d ~> |x|{'y': 1}|"] {
            for made in [list, object] {
                assert_eq!(code(&format!("{made}{walk})")), "U1001", "{walk}");
            }
        }
        for walk in [
            "$d",
            "$d.x",
            "$boolean($d)",
            "$d ? 1",
            "$lookup($d, 'x')",
            "$keys($d)",
            "$clone($d)",
            "$spread($d)",
            "[[$d]][x]",
            "$d{'a': x}",
        ] {
            assert_eq!(code(&format!("{list}{walk})")), "U1001", "{walk}");
        }
        assert_eq!(code(&format!("{list}$sum($d))")), "T0412");
        assert_eq!(code(&format!("{object}$d > 1)")), "T2010");
        assert_eq!(code("[1..10000000] "), "U1001");
        assert_eq!(code("($r := [[1..10000000], [1..10000000]]; $r = $r)"), "U1001");
        assert_eq!(code("{} ~> |[1..10000000]|{}|"), "U1001");
        assert_eq!(code("$match('x', function($s){{'match': 'x', 'start': 0, 'end': 1, 'groups': [1..10000000]}})"), "U1001");
    });
}

#[test]
fn ranges_are_not_made_before_they_are_needed() {
    on_a_small_stack(|| {
        for (expr, wanted) in [
            ("$count([1..10000000])", "10000000"),
            ("[1..10000000] ~> $count()", "10000000"),
            ("[1..10000000][-1]", "10000000"),
            ("$sum([1..1000000])", "500000500000"),
            ("$max([1..10000000]) - $min([1..10000000])", "9999999"),
            ("5 in [1..10000000]", "true"),
            ("($r := [1..10000000]; $r[3] + $count($r))", "10000004"),
        ] {
            assert_eq!(code(expr), format!("Some({wanted:?})"), "{expr}");
        }
    });
}

#[test]
fn what_nests_too_deep_is_an_error() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{'a':", "}"),
            ("$f(", ")"),
            ("a[", "]"),
            ("-", ""),
            ("function(){", "}"),
            ("1?", ":2"),
            ("$a:=", "1"),
            ("a^(", ")"),
            ("|a|", "|"),
            ("(/(", ")/)"),
        ] {
            for count in [1_000, 100_000] {
                let text = format!("{}1{}", open.repeat(count), close.repeat(count));
                assert!(Expression::compile(&text, Dialect::Plain).is_err(), "{open}");
                assert!(Expression::compile(&open.repeat(count), Dialect::Plain).is_err(), "{open}");
            }
        }
        assert_eq!(code(&format!("f{}", "()".repeat(100_000))), "S0501");
        assert_eq!(code(&format!("{}1{}", "[".repeat(150), "]".repeat(150))).len(), "Some(\"\")".len() + 40);
    });
}

#[test]
fn long_chains_are_no_nesting() {
    on_a_small_stack(|| {
        let budget = Budget { depth: 100_000, ..Budget::default() };
        let sum = evaluate(&vec!["1"; 20_000].join("+"), None, budget).expect("a sum");
        assert_eq!(sum, Some(Value::from(20_000)));
        for (first, next) in [
            ("a", ".a"),
            ("a", "[0]"),
            ("a", "[]"),
            ("'a'", "&'a'"),
            ("a", "^(b)"),
            ("$f", "~>$f"),
            ("a", "@$b"),
            ("true", " and true"),
        ] {
            let text = format!("{first}{}", next.repeat(20_000));
            let _ = evaluate(&text, None, budget);
        }
    });
}

#[test]
fn what_is_made_deep_can_be_dropped() {
    on_a_small_stack(|| {
        let budget = Budget { steps: 50_000_000, ..Budget::default() };
        for (expr, deep) in [
            ("($f := function($n, $a){$n = 0 ? $a : $f($n - 1, [[$a], 1])}; $f(20000, 1))", true),
            ("($f := function($n, $a){$n = 0 ? $a : $f($n - 1, {'a': $a})}; $f(20000, 1))", true),
            ("($f := function($n, $g){$n = 0 ? 1 : $f($n - 1, function(){$g()})}; $f(20000, function(){1}))", false),
            ("($f := function($n, $g){$n = 0 ? $type($g) : $f($n - 1, $g ~> $string)}; $f(20000, $string))", false),
            ("($f := function($n, $g){$n = 0 ? $g(1) : $f($n - 1, $g ~> $string)}; $f(20000, $string))", false),
            ("($h := function($a, $b){$a}; $f := function($n, $g){$n = 0 ? 1 : $f($n - 1, $h(?, $g))}; $f(20000, $h))", false),
            ("($f := function($n, $g){$n = 0 ? $g([1]) : $f($n - 1, $map(?, $g))}; $f(20000, $string))", true),
        ] {
            let result = evaluate(expr, None, budget);
            assert_eq!(result.err().map(|error| error.code), deep.then_some("U1001"), "{expr}");
        }
    });
}

#[test]
fn a_catastrophic_pattern_ends() {
    on_a_small_stack(|| {
        let text = "a".repeat(40);
        for pattern in ["(a+)+$", "(a|a)*$", "(.*)*x", "^(?:(?:a?)*)*b"] {
            assert_eq!(code(&format!("$contains('{text}!', /{pattern}/)")), "U1001", "{pattern}");
        }
        // Each try compares all that the group holds.
        assert_eq!(code("$contains($pad('', 100000, 'a'), /^(a*)\\1b/)"), "U1001");
        // Whoever counts by words in a picture gets the same.
        let words = "one ".repeat(200);
        assert_eq!(code(&format!("$toMillis('{words}!', '[Yw] [Mw] [Dw] [dw]')")), "U1001");
    });
}

#[test]
fn functions_bear_whatever_they_are_given() {
    let kinds = ["nothing", "null", "true", "2", "'a'", "[1]", "{'a': 1}", "function($x){$x}"];
    let one = kinds.map(str::to_owned).to_vec();
    let longer = |lists: &[String]| lists.iter().flat_map(|list| kinds.map(|kind| format!("{list}, {kind}"))).collect::<Vec<_>>();
    let two = longer(&one);
    let lists = [vec![String::new()], one, longer(&two), two].concat();
    let mut answered = 0;
    for function in JSONATA_FUNCTIONS {
        let call =
            |list: &String| evaluate(&format!("{}({list})", function.name), None, Budget { steps: 10_000, ..Budget::default() });
        answered += lists.iter().filter(|list| call(list).is_ok()).count();
    }
    assert!(answered > 1_000, "only {answered} calls had an answer");
}

#[test]
fn generated_expressions_never_panic() {
    on_a_small_stack(|| {
        let data = Value::from(&serde_json::json!({
            "name": "n", "count": 3, "items": [{"sku": "a", "qty": 2, "tags": ["x", "y"]}, {"sku": "b", "qty": 5, "price": 1.5}]
        }));
        let budget = Budget { steps: 20_000, depth: 500, bytes: 4 << 20 };
        let mut generator = Generator::new(4711);
        for _ in 0..6_000 {
            let expr = generator.expression();
            let (_, errors) = Expression::parse_all(&expr, Dialect::Aws);
            for error in &errors {
                assert!(expr.get(error.span.start..error.span.end).is_some(), "{expr}: {error:?}");
                assert!(!error.message().is_empty(), "{expr}: {error:?}");
            }
            if let Err(error) = evaluate(&expr, Some(&data), budget) {
                assert!(expr.get(error.span.start..error.span.end).is_some(), "{expr}: {error:?}");
                assert!(!error.message().is_empty(), "{expr}: {error:?}");
            }
        }
    });
}

/// Found by fuzzing.
#[test]
fn broken_texts_never_panic() {
    for text in ["0[*[%=", "a[%.b[%", "%[%[%", "(%[a[%.%]])[%"] {
        let (_, errors) = Expression::parse_all(text, Dialect::Plain);
        assert!(errors.iter().all(|error| text.get(error.span.start..error.span.end).is_some()), "{text}");
    }
}
