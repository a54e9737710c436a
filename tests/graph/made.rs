//! Definitions made by a small generator, the same in every run.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// States of all types with transitions to anywhere: back, to themselves, twice to the same, to states that are missing.
pub fn wild(seed: u64, count: usize, depth: usize) -> String {
    machine(&mut Random::new(seed), count, depth)
}

fn machine(random: &mut Random, count: usize, depth: usize) -> String {
    let states: Vec<String> = (0..count).map(|at| format!(r#""S{at}": {}"#, state(random, at, count, depth))).collect();
    format!(r#"{{"StartAt": "S0", "States": {{{}}}}}"#, states.join(", "))
}

fn state(random: &mut Random, at: usize, count: usize, depth: usize) -> String {
    // Mostly onward, as people write; sometimes anywhere, one past the last included.
    let target = |random: &mut Random| if random.below(3) > 0 { at + 1 + random.below(3) } else { random.below(count + 1) };
    let next = format!(r#""Next": "S{}""#, target(random));
    let catch = match random.below(4) {
        0 => format!(
            r#", "Catch": [{{"ErrorEquals": ["A"], "Next": "S{}"}}, {{"ErrorEquals": ["B"], "Next": "S{}"}}]"#,
            target(random),
            target(random)
        ),
        1 => format!(r#", "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "S{}"}}]"#, target(random)),
        _ => String::new(),
    };
    match random.below(8) {
        0 => r#"{"Type": "Succeed"}"#.to_owned(),
        1 | 2 => {
            let rule = |random: &mut Random| {
                format!(r#"{{"Variable": "$.value", "NumericEquals": {}, "Next": "S{}"}}"#, random.below(99_999), target(random))
            };
            let rules: Vec<String> = (0..1 + random.below(4)).map(|_| rule(random)).collect();
            format!(r#"{{"Type": "Choice", "Choices": [{}], "Default": "S{}"}}"#, rules.join(", "), target(random))
        }
        3 if depth > 0 => {
            let count = 1 + random.below(4);
            let branches: Vec<String> = (0..1 + random.below(3)).map(|_| machine(random, count, depth - 1)).collect();
            format!(r#"{{"Type": "Parallel", "Branches": [{}], {next}{catch}}}"#, branches.join(", "))
        }
        4 if depth > 0 => {
            let count = 1 + random.below(5);
            format!(r#"{{"Type": "Map", "ItemProcessor": {}, {next}{catch}}}"#, machine(random, count, depth - 1))
        }
        5 => r#"{"Type": "Pass", "End": true}"#.to_owned(),
        _ => format!(r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", {next}{catch}}}"#),
    }
}

/// Every state a Choice that leads to every state.
pub fn complete(count: usize) -> String {
    let rules: Vec<String> = (0..count).map(|at| format!(r#"{{"Variable": "$", "IsNull": true, "Next": "S{at}"}}"#)).collect();
    let state = |at: usize| format!(r#""S{at}": {{"Type": "Choice", "Choices": [{}]}}"#, rules.join(","));
    let states: Vec<String> = (0..count).map(state).collect();
    format!(r#"{{"StartAt": "S0", "States": {{{}}}}}"#, states.join(","))
}
