//! What the benchmarks run: one machine to its end, with its mock, the whole history kept and read.

use asl_playground::asl::{self, Definition};
use asl_playground::engine::{Answer, Data, Details, Execution, Next, Options, Quotas};
use asl_playground::json;
use asl_playground::query::jsonata::{Bindings, Budget, Dialect, Env, Error, Expression};
use asl_playground::timestamp::Timestamp;
use asl_playground::value::Value;
use std::sync::Arc;

/// A machine with its input, ready to run again and again.
pub struct Machine {
    definition: Arc<Definition>,
    input: Arc<(Box<str>, Value)>,
}

impl Machine {
    pub fn new(definition: &str, input: &str) -> Machine {
        let (definition, problems) = asl::lower(&json::parse(definition).root);
        assert!(problems.is_empty(), "{problems:?}");
        let value = json::value_of(input).expect("the input is JSON");
        Machine { definition: Arc::new(definition), input: Arc::new((input.into(), value)) }
    }

    /// Runs to the end and gives the number of states entered.
    pub fn run(&self) -> usize {
        // The cases pass the quota of 25,000 events.
        let options = Options { quotas: Quotas::OFF, ..Options::default() };
        let start = options.start;
        let mut execution = Execution::start(self.definition.clone(), Data::Text(self.input.clone()), options);
        let mut now = start;
        loop {
            match execution.poll(10_000) {
                Next::Working => {}
                Next::Wait { start, wake_at } => {
                    let idle = start.is_empty();
                    for call in start {
                        execution.handle_answer(call.id, Answer::Succeeded(called(&call.arguments)), now);
                    }
                    if idle {
                        now = wake_at.expect("something is awaited");
                        execution.handle_time(now);
                    }
                }
                Next::Done(_) => break,
            }
        }
        execution.events().iter().filter(|event| matches!(*event.details, Details::StateEntered { .. })).count()
    }
}

/// The mock of the task loop: `({i, n}) => ({i: i + 1, n})`.
fn called(arguments: &Value) -> Value {
    let i = arguments.get("i").and_then(Value::as_i64).unwrap_or(0);
    let n = arguments.get("n").cloned().unwrap_or_default();
    Value::object([("i".into(), Value::from(i + 1)), ("n".into(), n)])
}

/// Compiles and evaluates once what may have no end: the code of the error, or that it answers.
pub fn attempted(expression: &str) -> String {
    let result = Expression::compile(expression, Dialect::Plain).and_then(|compiled| evaluation(&compiled, None));
    result.map_or_else(|error| error.code, |_| "answers").to_owned()
}

/// One evaluation with the budget that a state has.
pub fn evaluated(expression: &Expression, data: &Value) -> Option<Value> {
    evaluation(expression, Some(data)).expect("the expression is right")
}

fn evaluation(expression: &Expression, data: Option<&Value>) -> Result<Option<Value>, Error> {
    let (mut random, mut uuid) = (|| 0.5, String::new);
    let mut env = Env { now: Timestamp(0), random: &mut random, uuid: &mut uuid, budget: Budget::default() };
    expression.evaluate(data, &Bindings::new(), &mut env)
}
