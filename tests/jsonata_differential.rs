//! JSONata against the reference implementation: generated expressions on generated data, where Node and the reference are there.
//!
//! `npm ci` in `tests/oracle` fetches the reference. The seed is fixed, so every run compares the same expressions.

mod jsonata;

use asl_playground::query::jsonata::Budget;
use asl_playground::value::Value;
use jsonata::generate::Generator;
use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};

const ORACLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle");
const CASES: usize = 24_000;

/// What the documents of the cases hold.
fn documents() -> Vec<Json> {
    vec![
        json!({
            "name": "order", "total": 12.5, "count": 3, "paid": true, "note": null, "empty": [], "blank": "", "nothing": {},
            "items": [
                {"sku": "b-1", "qty": 2, "price": 3.25, "tags": ["red", "new"], "size": {"w": 3, "h": 4}},
                {"sku": "a-2", "qty": 1, "price": 10, "tags": ["blue"], "size": {"w": 1, "h": 9}},
                {"sku": "c-3", "qty": 7, "price": 0.5, "tags": [], "kind": "x"},
                {"sku": "a-9", "qty": 1, "price": 3.25, "kind": "y", "items": [{"sku": "z", "qty": 5}]}
            ],
            "owner": {"name": "Ada", "roles": ["admin", "dev"], "address": {"city": "Oslo", "zip": "0150"}}
        }),
        json!([{"name": "x", "count": 1, "items": [1, 2, [3, 4]]}, {"name": "y", "count": 2, "items": []}, {"count": -3, "name": "z"}]),
        json!([3, 1, 2.5, -4, 0]),
        json!({"items": {"sku": "only", "qty": 4, "price": 2}, "name": "single", "count": "7", "owner": [{"name": "Bo"}, {"name": "Cy"}]}),
        json!("text"),
        json!(null),
    ]
}

/// What the documents don't hold.
fn variables() -> Json {
    json!({"bound": {"a": [1, 2], "b": "bee"}})
}

fn ours(expr: &str, data: &Json) -> Json {
    let budget = Budget { steps: 20_000_000, depth: 10_000, bytes: 1 << 30 };
    match jsonata::evaluate(expr, Some(&Value::from(data)), &jsonata::bindings(&variables()), budget) {
        Ok(Some(value)) => json!({"result": serde_json::to_value(&value).expect("a value is JSON")}),
        Ok(None) => json!({"undefined": true}),
        Err(error) if error.is_function_result() => json!({"function": true}),
        Err(error) => json!({"code": error.code}),
    }
}

/// What the reference makes of the cases; none where it isn't there.
fn reference(cases: &[(String, usize)], documents: &[Json]) -> Option<Vec<Json>> {
    if !std::path::Path::new(ORACLE).join("node_modules/jsonata").exists() {
        return None;
    }
    let mut node = Command::new("node")
        .arg("jsonata.mjs")
        .current_dir(ORACLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = BufWriter::new(node.stdin.take().expect("a piped input"));
    let lines: Vec<String> = cases
        .iter()
        .map(|(expr, document)| json!({"expr": expr, "data": documents[*document], "bindings": variables()}).to_string())
        .collect();
    let writer = std::thread::spawn(move || lines.iter().all(|line| writeln!(input, "{line}").is_ok()));
    let output = BufReader::new(node.stdout.take().expect("a piped output"));
    let answers: Vec<Json> = output.lines().map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok()).collect();
    let written = writer.join().unwrap_or(false);
    let done = node.wait().is_ok_and(|status| status.success());
    assert!(written && done && answers.len() == cases.len(), "the reference answered {} of {}", answers.len(), cases.len());
    Some(answers)
}

/// What sets the two apart on purpose.
fn differs_on_purpose(expr: &str, ours: &Json, theirs: &Json) -> bool {
    let code = |answer: &Json| answer.get("code").cloned();
    match (code(ours), code(theirs)) {
        // Where JavaScript itself throws the reference has no code to tell.
        (_, Some(Json::Null)) => true,
        // The reference evaluates the members of arrays and objects side by side: of several errors any may be the first.
        (Some(ours), Some(theirs)) => ours != theirs && expr.contains(['[', '{']),
        // `*` and `**` show what the reference keeps in a function.
        _ => expr.contains('*') && theirs.to_string().contains("\"position\":"),
    }
}

#[test]
fn generated_expressions_agree() {
    let documents = documents();
    let mut generator = Generator::new(20_060);
    let cases: Vec<(String, usize)> = (0..CASES).map(|at| (generator.expression(), at % documents.len())).collect();
    let Some(theirs) = reference(&cases, &documents) else {
        println!("the reference isn't installed (`npm ci` in tests/oracle): nothing to compare with");
        return;
    };
    let (mut differing, mut on_purpose, mut results) = (0, 0, 0);
    for ((expr, document), theirs) in cases.iter().zip(&theirs) {
        let ours = ours(expr, &documents[*document]);
        results += theirs.get("result").is_some() as usize;
        let mut theirs = theirs.clone();
        if differs_on_purpose(expr, &ours, &theirs) {
            on_purpose += 1;
            continue;
        }
        if let Some(object) = theirs.as_object_mut() {
            object.remove("message");
        }
        if !jsonata::same(&ours, &theirs) {
            differing += 1;
            if differing <= 40 {
                println!("{expr}\n  on document {document}\n  ours   {ours}\n  theirs {theirs}");
            }
        }
    }
    println!("{CASES} compared, of which {results} have results; {on_purpose} differ on purpose, {differing} otherwise");
    assert!(results * 3 > CASES, "most expressions should come to something: {results}");
    assert_eq!(differing, 0);
}
