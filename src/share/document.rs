//! The document: all that a run needs and a link carries.

use super::RunOptions;
use crate::engine::Objects;
use crate::order::Map;
use crate::spec::WorkflowType;
use crate::value::{Number, Value};

/// Everything a person writes for one workflow. Texts are kept as they were typed, also where they can't be read.
///
/// A field that is added later takes its default when an older link or file is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What the person calls it; empty while it has no name.
    pub name: String,
    /// Standard or Express.
    pub workflow_type: WorkflowType,
    /// The definition's text in the Amazon States Language.
    pub definition: String,
    /// The input's text; empty stands for `{}`.
    pub input: String,
    /// The JavaScript text whose exports answer the Tasks.
    pub functions: String,
    /// How fast the clock runs.
    pub speed: Speed,
    /// What a run is told besides.
    pub run: RunOptions,
    /// What an `ItemReader` reads.
    pub objects: Objects,
    /// What `states:startExecution` starts, by name.
    pub machines: Machines,
}

impl Document {
    /// Leaves the objects and the further machines out.
    pub fn clear_data(&mut self) {
        self.objects.clear();
        self.machines.clear();
    }
}

/// Further machines by name.
pub type Machines = Map<String, Machine>;

/// A machine that a Task can start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Machine {
    pub workflow_type: WorkflowType,
    /// Its definition's text.
    pub definition: String,
}

/// How a run's clock goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Speed {
    /// Waits and back-off pass at once.
    #[default]
    Instant,
    /// As instant, but each state stays in view for a moment.
    Watch,
    /// So many times as fast as real time; positive and finite.
    Times(f64),
}

impl Speed {
    /// As fast as the service would be.
    pub const REAL: Speed = Speed::Times(1.0);

    /// How much faster or slower than real time a run can be asked to go.
    const RANGE: std::ops::RangeInclusive<f64> = 0.001..=1_000_000.0;

    /// A factor of real time, brought into a range that makes sense; none where it isn't a positive number.
    pub fn times(factor: f64) -> Option<Speed> {
        (factor.is_finite() && factor > 0.0).then(|| Speed::Times(factor.clamp(*Self::RANGE.start(), *Self::RANGE.end())))
    }

    /// Reads a speed from JSON: `"instant"`, `"watch"`, `"real"` or a factor.
    pub fn from_json(value: &Value) -> Option<Speed> {
        match value.as_str() {
            Some("instant") => Some(Speed::Instant),
            Some("watch") => Some(Speed::Watch),
            Some("real") => Some(Speed::REAL),
            Some(_) => None,
            None => Speed::times(value.as_f64()?),
        }
    }

    /// The JSON that [`Speed::from_json`] reads.
    pub fn to_json(self) -> Value {
        match self {
            Speed::Instant => "instant".into(),
            Speed::Watch => "watch".into(),
            Speed::REAL => "real".into(),
            Speed::Times(factor) => Value::Number(Number::Float(factor)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::json;

    #[test]
    fn reads_the_words_and_factors_of_a_speed() {
        for (written, speed) in [
            (json!("instant"), Some(Speed::Instant)),
            (json!("watch"), Some(Speed::Watch)),
            (json!("real"), Some(Speed::REAL)),
            (json!(10), Some(Speed::Times(10.0))),
            (Value::number(1e12), Some(Speed::Times(1e6))),
            (json!(0), None),
            (Value::from(-2), None),
            (json!("fast"), None),
            (json!(null), None),
        ] {
            assert_eq!(Speed::from_json(&written), speed, "{written}");
        }
        for speed in [Speed::Instant, Speed::Watch, Speed::REAL, Speed::Times(2.5)] {
            assert_eq!(Speed::from_json(&speed.to_json()), Some(speed));
        }
    }
}
