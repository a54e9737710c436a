//! What a person tells a run besides its definition and input.

use crate::engine::Quotas;
use crate::spec;
use crate::timestamp::Timestamp;
use crate::value::{Key, Value};

/// Kept as it was typed; an empty text lets each run choose anew.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunOptions {
    /// The execution's name.
    pub name: String,
    /// When the execution starts, by the clock of the workflow: ISO-8601.
    pub start: String,
    /// Where random numbers come from: a whole number.
    pub seed: String,
    pub quotas: Quotas,
}

/// A limit that can be switched off.
pub struct Limit {
    /// Its name in files and scripts.
    pub name: &'static str,
    pub title: &'static str,
    /// What it limits, in figures.
    pub about: &'static str,
    read: fn(&Quotas) -> bool,
    write: fn(&mut Quotas) -> &mut bool,
}

/// All of them, in the order in which they are shown.
pub const LIMITS: [Limit; 5] = [
    Limit {
        name: "payload",
        title: "Payload size",
        about: "256 KiB of input, output, result",
        read: |quotas| quotas.payload,
        write: |quotas| &mut quotas.payload,
    },
    Limit {
        name: "events",
        title: "Length of the history",
        about: "25,000 events, Standard",
        read: |quotas| quotas.events,
        write: |quotas| &mut quotas.events,
    },
    Limit {
        name: "duration",
        title: "Duration",
        about: "Express 5 minutes, Standard a year",
        read: |quotas| quotas.duration,
        write: |quotas| &mut quotas.duration,
    },
    Limit {
        name: "names",
        title: "Length of names",
        about: "80 characters each",
        read: |quotas| quotas.names,
        write: |quotas| &mut quotas.names,
    },
    Limit {
        name: "variables",
        title: "Size of variables",
        about: "256 KiB an Assign, 10 MiB in all",
        read: |quotas| quotas.variables,
        write: |quotas| &mut quotas.variables,
    },
];

impl Limit {
    /// Whether it holds.
    pub fn holds(&self, quotas: &Quotas) -> bool {
        (self.read)(quotas)
    }

    pub fn set(&self, quotas: &mut Quotas, holds: bool) {
        *(self.write)(quotas) = holds;
    }
}

impl RunOptions {
    /// What is wrong with the name, if anything.
    pub fn name_problem(&self) -> Option<String> {
        let name = self.name.as_str();
        (!name.is_empty()).then(|| spec::execution_name_problem(name, self.quotas.names))?
    }

    /// When the execution starts; none where each run starts when it is started.
    pub fn start_time(&self) -> Option<Timestamp> {
        Timestamp::parse(self.start.trim())
    }

    pub fn start_problem(&self) -> Option<String> {
        let wrong = !self.start.trim().is_empty() && self.start_time().is_none();
        wrong.then(|| "a start time is written `2026-01-31T09:30:00Z`".to_owned())
    }

    /// Where random numbers come from; none where each run has its own.
    pub fn seed_number(&self) -> Option<u64> {
        self.seed.trim().parse().ok()
    }

    pub fn seed_problem(&self) -> Option<String> {
        let wrong = !self.seed.trim().is_empty() && self.seed_number().is_none();
        wrong.then(|| "a seed is a whole number from 0 to 18446744073709551615".to_owned())
    }

    /// The first thing wrong.
    pub fn problem(&self) -> Option<String> {
        self.name_problem().or_else(|| self.start_problem()).or_else(|| self.seed_problem())
    }

    /// `{"name", "startTime", "seed", "quotas"}`; what has its default is left out.
    pub fn to_json(&self) -> Value {
        let texts = [("name", &self.name), ("startTime", &self.start), ("seed", &self.seed)];
        let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
        let mut fields: Vec<(Key, Value)> = texts.map(|(name, text)| (name.into(), text.into())).collect();
        let off = LIMITS.iter().filter(|limit| !limit.holds(&self.quotas));
        let off: Vec<(Key, Value)> = off.map(|limit| (limit.name.into(), Value::Bool(false))).collect();
        if !off.is_empty() {
            fields.push(("quotas".into(), Value::object(off)));
        }
        Value::object(fields)
    }

    /// Reads what [`RunOptions::to_json`] writes; the seed may be a number, `quotas` one boolean for all. None of anything else.
    pub fn from_json(value: &Value) -> Option<RunOptions> {
        let mut options = RunOptions::default();
        for (name, value) in value.as_object()?.iter() {
            match (&**name, value) {
                ("name", Value::String(text)) => options.name = text.to_string(),
                ("startTime", Value::String(text)) => options.start = text.to_string(),
                ("seed", Value::String(text)) => options.seed = text.to_string(),
                ("seed", Value::Number(_)) => options.seed = seed_of(value)?,
                ("quotas", Value::Bool(all)) => LIMITS.iter().for_each(|limit| limit.set(&mut options.quotas, *all)),
                ("quotas", Value::Object(quotas)) => {
                    for (name, holds) in quotas.iter() {
                        LIMITS.iter().find(|limit| limit.name == &**name)?.set(&mut options.quotas, holds.as_bool()?);
                    }
                }
                ("name" | "startTime" | "seed" | "quotas", Value::Null) => {}
                _ => return None,
            }
        }
        Some(options)
    }
}

/// A whole number from 0 as it is written.
fn seed_of(value: &Value) -> Option<String> {
    let text = value.to_string();
    text.parse::<u64>().is_ok().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::json;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let quotas = Quotas { events: false, variables: false, ..Quotas::default() };
        let [name, start, seed] = ["order-7", "2026-01-31T09:30:00Z", "42"].map(str::to_owned);
        for options in [RunOptions::default(), RunOptions { name, start, seed, quotas }] {
            assert_eq!(RunOptions::from_json(&options.to_json()), Some(options));
        }
        let read = RunOptions::from_json(&json!({ "seed": 42, "quotas": false })).unwrap();
        assert_eq!((read.seed_number(), read.quotas), (Some(42), Quotas::OFF));
        for wrong in [json!([]), json!({ "seed": (-1) }), json!({ "nme": "a" }), json!({ "quotas": { "speed": true } })] {
            assert_eq!(RunOptions::from_json(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let options = |name: &str, start: &str, seed: &str| RunOptions {
            name: name.to_owned(),
            start: start.to_owned(),
            seed: seed.to_owned(),
            ..RunOptions::default()
        };
        assert_eq!(options("", "", "").problem(), None);
        assert_eq!(options("a", "2026-01-31T09:30:00+01:00", " 7 ").problem(), None);
        assert_eq!(options("a b", "", "").problem().as_deref(), Some("a name holds no white space"));
        assert_eq!(options("", "tomorrow", "").problem().as_deref(), Some("a start time is written `2026-01-31T09:30:00Z`"));
        assert_eq!(options("", "", "-7").problem().map(|words| words.starts_with("a seed is a whole number")), Some(true));
        let long = options(&"x".repeat(81), "", "");
        assert!(long.problem().is_some());
        assert_eq!(RunOptions { quotas: Quotas { names: false, ..Quotas::default() }, ..long }.problem(), None);
    }
}
