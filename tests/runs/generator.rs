//! Makes definitions at random: mostly sensible, with a share of nonsense.

use asl_playground::query::random::Random;
use serde_json::{Map, Value, json};

pub struct Generator {
    random: Random,
    states: usize,
    tasks: usize,
}

impl Generator {
    pub fn new(seed: u64) -> Generator {
        Generator { random: Random::new(seed as i64), states: 0, tasks: 0 }
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        (self.random.next_f64() * most as f64) as usize % most.max(1)
    }

    pub fn chance(&mut self, share: f64) -> bool {
        self.random.next_f64() < share
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.below(of.len());
        &of[at]
    }

    fn text(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    pub fn definition(&mut self) -> Value {
        let jsonata = self.chance(0.3);
        let mut machine = self.scope(0, jsonata);
        if jsonata {
            machine["QueryLanguage"] = json!("JSONata");
        }
        if self.chance(0.1) {
            machine["TimeoutSeconds"] = json!(self.below(100));
        }
        machine
    }

    fn scope(&mut self, depth: usize, jsonata: bool) -> Value {
        let count = 1 + self.below(if depth == 0 { 6 } else { 3 });
        let names: Vec<String> = (0..count).map(|at| format!("S{depth}{at}{}", self.states)).collect();
        self.states += count;
        let mut states = Map::new();
        for (at, name) in names.iter().enumerate() {
            let state = self.state(at, &names, depth, jsonata);
            states.insert(name.clone(), state);
        }
        json!({ "StartAt": names[0], "States": states })
    }

    fn state(&mut self, at: usize, names: &[String], depth: usize, jsonata: bool) -> Value {
        let mut state = match self.below(if depth < 3 { 11 } else { 8 }) {
            0 | 1 => self.pass(jsonata),
            2 | 3 => self.task(names, jsonata),
            4 => return self.choice(names, jsonata),
            5 => self.wait(jsonata),
            6 if self.chance(0.5) => return json!({ "Type": "Succeed" }),
            6 => return json!({ "Type": "Fail", "Error": self.error() }),
            7 => self.pass(jsonata),
            8 => self.parallel(depth, names, jsonata),
            _ => self.map(depth, names, jsonata),
        };
        // Now and then a loop, or a state that leads nowhere.
        if self.chance(0.02) {
            state["Next"] = json!(self.one(names));
        } else if at + 1 < names.len() {
            state["Next"] = json!(names[at + 1]);
        } else if self.chance(0.98) {
            state["End"] = json!(true);
        }
        state
    }

    fn error(&mut self) -> &'static str {
        self.text(&["Busy", "Bad", "States.Timeout", "States.TaskFailed", "States.ALL", "States.Runtime"])
    }

    fn path(&mut self) -> &'static str {
        self.text(&[
            "$",
            "$.a",
            "$.a.b",
            "$.list",
            "$.list[0]",
            "$.list[*]",
            "$..a",
            "$$",
            "$$.State.Name",
            "$v",
            "$.n",
            "$['a','n']",
        ])
    }

    fn expression(&mut self) -> &'static str {
        self.text(&[
            "{% $states.input %}",
            "{% $states.input.a %}",
            "{% $states.context.State.Name %}",
            "{% [1,2,3] %}",
            "{% $v %}",
            "{% 1/0 %}",
            "{% $string($states.input) %}",
            "{% $count($states.input.list) > 1 %}",
            "{% $exists($v) ? $v : 0 %}",
        ])
    }

    fn value(&mut self) -> Value {
        self.one(&[json!(1), json!("x"), json!(null), json!([1, 2]), json!({ "a": { "b": 2 }, "list": [3], "n": 4 }), json!({})])
            .clone()
    }

    fn template(&mut self, jsonata: bool) -> Value {
        if jsonata {
            return match self.below(3) {
                0 => json!(self.expression()),
                1 => json!({ "a": self.expression(), "n": 1 }),
                _ => json!([self.expression(), self.value()]),
            };
        }
        let call = self.text(&["States.MathAdd($.n, 1)", "States.Array($.a, 1)", "States.Format('{}', $.n)", "States.UUID()"]);
        json!({ "a.$": self.path(), "b": { "c.$": call }, "list": [1, 2], "n": 5 })
    }

    fn flow(&mut self, state: &mut Value, jsonata: bool) {
        if jsonata {
            if self.chance(0.4) {
                state["Output"] = self.template(true);
            }
            if self.chance(0.3) {
                state["Assign"] = json!({ "v": self.template(true) });
            }
            return;
        }
        for field in ["InputPath", "OutputPath"] {
            if self.chance(0.15) {
                state[field] = if self.chance(0.2) { Value::Null } else { json!(self.path()) };
            }
        }
        if self.chance(0.2) {
            let places = [json!("$"), json!("$.r"), json!("$.a.b.c"), json!("$.list[0]"), Value::Null];
            state["ResultPath"] = self.one(&places).clone();
        }
        if self.chance(0.3) {
            state["Assign"] = json!({ "v.$": self.path() });
        }
    }

    fn pass(&mut self, jsonata: bool) -> Value {
        let mut state = json!({ "Type": "Pass" });
        if !jsonata && self.chance(0.4) {
            state["Result"] = self.value();
        } else if !jsonata && self.chance(0.4) {
            state["Parameters"] = self.template(false);
        }
        self.flow(&mut state, jsonata);
        state
    }

    fn handlers(&mut self, state: &mut Value, names: &[String], jsonata: bool) {
        if self.chance(0.3) {
            let retrier = json!({
                "ErrorEquals": [self.error()], "MaxAttempts": self.below(4), "IntervalSeconds": 1 + self.below(5),
                "BackoffRate": 1.5, "JitterStrategy": self.text(&["FULL", "NONE"])
            });
            state["Retry"] = json!([retrier]);
        }
        if self.chance(0.4) {
            let mut catcher = json!({ "ErrorEquals": [self.error()], "Next": self.one(names) });
            if jsonata && self.chance(0.3) {
                catcher["Output"] = self.template(true);
            }
            state["Catch"] = json!([catcher]);
        }
    }

    fn task(&mut self, names: &[String], jsonata: bool) -> Value {
        self.tasks += 1;
        let resource = self.text(&[
            "arn:aws:lambda:us-east-1:123456789012:function:f",
            "arn:aws:states:::lambda:invoke",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "arn:aws:states:::batch:submitJob.sync",
            "arn:aws:states:us-east-1:123456789012:activity:a",
            "${Placeholder}",
        ]);
        let mut state = json!({ "Type": "Task", "Resource": resource });
        if self.chance(0.4) {
            state[if jsonata { "Arguments" } else { "Parameters" }] = self.template(jsonata);
        }
        if self.chance(0.4) {
            state["TimeoutSeconds"] = json!(1 + self.below(60));
        }
        if self.chance(0.2) {
            state["HeartbeatSeconds"] = json!(1 + self.below(20));
        }
        self.flow(&mut state, jsonata);
        self.handlers(&mut state, names, jsonata);
        state
    }

    fn choice(&mut self, names: &[String], jsonata: bool) -> Value {
        let rule = match jsonata {
            true => json!({ "Condition": self.expression(), "Next": self.one(names) }),
            false => {
                let tests = [json!({ "IsPresent": true }), json!({ "NumericGreaterThan": 2 }), json!({ "StringMatches": "x*" })];
                let mut rule = self.one(&tests).clone();
                rule["Variable"] = json!(self.path());
                if self.chance(0.3) {
                    rule = json!({ "Not": rule });
                }
                rule["Next"] = json!(self.one(names));
                rule
            }
        };
        let mut state = json!({ "Type": "Choice", "Choices": [rule] });
        if self.chance(0.9) {
            state["Default"] = json!(names[names.len() - 1]);
        }
        state
    }

    fn wait(&mut self, jsonata: bool) -> Value {
        match self.below(4) {
            0 => json!({ "Type": "Wait", "Seconds": self.below(100) }),
            1 => json!({ "Type": "Wait", "Timestamp": "2026-02-01T00:00:00Z" }),
            _ if jsonata => json!({ "Type": "Wait", "Seconds": self.expression() }),
            2 => json!({ "Type": "Wait", "SecondsPath": self.path() }),
            _ => json!({ "Type": "Wait", "TimestampPath": self.path() }),
        }
    }

    fn parallel(&mut self, depth: usize, names: &[String], jsonata: bool) -> Value {
        let branches: Vec<Value> = (0..1 + self.below(3)).map(|_| self.scope(depth + 1, jsonata)).collect();
        let mut state = json!({ "Type": "Parallel", "Branches": branches });
        self.flow(&mut state, jsonata);
        self.handlers(&mut state, names, jsonata);
        state
    }

    fn map(&mut self, depth: usize, names: &[String], jsonata: bool) -> Value {
        let mut processor = self.scope(depth + 1, jsonata);
        if self.chance(0.3) {
            processor["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED", "ExecutionType": self.text(&["STANDARD", "EXPRESS"]) });
        }
        let mut state = json!({ "Type": "Map", "ItemProcessor": processor });
        if jsonata {
            state["Items"] = json!(self.text(&["{% [1,2,3] %}", "{% $states.input.list %}"]));
        } else if self.chance(0.6) {
            state["ItemsPath"] = json!("$.list");
        }
        if self.chance(0.3) {
            state["MaxConcurrency"] = json!(self.below(4));
        }
        if self.chance(0.3) {
            state["ItemSelector"] = self.template(jsonata);
        }
        if self.chance(0.2) {
            state["ToleratedFailurePercentage"] = json!(self.below(100));
        }
        if self.chance(0.1) {
            state["ItemBatcher"] = json!({ "MaxItemsPerBatch": 2 });
        }
        self.flow(&mut state, jsonata);
        self.handlers(&mut state, names, jsonata);
        state
    }
}
