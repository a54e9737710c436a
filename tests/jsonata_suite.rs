//! JSONata against the suite of the reference implementation, where it lies beside the checkout.

mod jsonata;

use asl_playground::query::jsonata::Budget;
use asl_playground::value::Value;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::path::Path;

const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/jsonata-suite");

/// What comes out of a case: a result, nothing, or the code of an error.
#[derive(Debug, PartialEq)]
enum Outcome {
    Result(Json),
    Undefined,
    Code(String),
}

fn read(path: &Path) -> Json {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn wanted(case: &Json) -> Outcome {
    let code = case["code"].as_str().or_else(|| case["error"]["code"].as_str());
    match code {
        Some(code) => Outcome::Code(code.to_owned()),
        None if case["undefinedResult"] == true => Outcome::Undefined,
        None => Outcome::Result(case["result"].clone()),
    }
}

fn outcome(case: &Json, datasets: &HashMap<String, Json>) -> Outcome {
    let input = match case["dataset"].as_str() {
        Some(name) => datasets.get(name),
        None => case.get("data"),
    };
    let budget = Budget { steps: 50_000_000, depth: case["depth"].as_u64().unwrap_or(500) as u32, bytes: 1 << 30 };
    let (expr, input) = (case["expr"].as_str().unwrap_or_default(), input.map(Value::from));
    match jsonata::evaluate(expr, input.as_ref(), &jsonata::bindings(&case["bindings"]), budget) {
        Ok(Some(value)) => Outcome::Result(serde_json::to_value(&value).expect("a value is JSON")),
        Ok(None) => Outcome::Undefined,
        Err(error) => Outcome::Code(error.code.to_owned()),
    }
}

/// Equal as JSON, numbers by value; where the case says so, in any order.
fn agrees(a: &Outcome, b: &Outcome, unordered: bool) -> bool {
    match (a, b) {
        (Outcome::Result(Json::Array(a)), Outcome::Result(Json::Array(b))) if unordered => {
            a.len() == b.len() && a.iter().all(|item| b.iter().any(|other| jsonata::same(item, other)))
        }
        (Outcome::Result(a), Outcome::Result(b)) => jsonata::same(a, b),
        _ => a == b,
    }
}

#[test]
fn the_suite_agrees() {
    let Ok(groups) = std::fs::read_dir(format!("{SUITE}/groups")) else {
        println!("the suite isn't beside the checkout: nothing to compare with");
        return;
    };
    let files = |dir: std::fs::ReadDir| dir.map(|entry| entry.expect("a readable folder").path());
    let datasets: HashMap<String, Json> = files(std::fs::read_dir(format!("{SUITE}/datasets")).expect("the suite has datasets"))
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), read(&path)))
        .collect();
    let mut groups: Vec<_> = files(groups).collect();
    groups.sort();
    let (mut total, mut agreed) = (0, 0);
    for group in groups {
        for case in read(&group).as_array().into_iter().flatten() {
            let (wanted, found) = (wanted(case), outcome(case, &datasets));
            total += 1;
            if agrees(&wanted, &found, case["unordered"] == true) {
                agreed += 1;
            } else {
                println!("{}: {}\n  wanted {wanted:?}\n  found  {found:?}", case["name"], case["expr"]);
            }
        }
    }
    println!("{agreed} of {total} agree");
    assert!(agreed >= total - 4, "{agreed} of {total} agree");
}
