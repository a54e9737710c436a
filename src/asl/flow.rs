//! How data comes into a state and goes out of it.

use super::query::{Holder, PathQuery};
use crate::query::path::ReferencePath;

/// The fields that states of several types share.
#[derive(Debug)]
pub struct Flow {
    /// `InputPath`.
    pub input_path: Place,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Holder>,
    /// `ResultSelector`.
    pub result_selector: Option<Holder>,
    /// `ResultPath`.
    pub result_path: ResultPlace,
    /// `OutputPath`.
    pub output_path: Place,
    /// `Output`, in JSONata.
    pub output: Option<Holder>,
    pub assign: Option<Assign>,
}

impl Flow {
    /// A state that names none of the fields: data passes through.
    pub const fn through() -> Flow {
        Flow {
            input_path: Place::Whole,
            arguments: None,
            result_selector: None,
            result_path: ResultPlace::Whole,
            output_path: Place::Whole,
            output: None,
            assign: None,
        }
    }
}

impl Flow {
    /// Whether no field changes what passes, nor assigns a variable.
    pub fn is_through(&self) -> bool {
        let whole =
            matches!((&self.input_path, &self.result_path, &self.output_path), (Place::Whole, ResultPlace::Whole, Place::Whole));
        whole && self.arguments.is_none() && self.result_selector.is_none() && self.output.is_none() && self.assign.is_none()
    }
}

/// What `InputPath` and `OutputPath` select.
#[derive(Debug)]
pub enum Place {
    /// `$`, or nothing said.
    Whole,
    /// `null`: an empty object.
    Nothing,
    Path(Box<PathQuery>),
}

/// Where `ResultPath` puts a result.
#[derive(Debug)]
pub enum ResultPlace {
    /// `$`, or nothing said: the result takes the input's place.
    Whole,
    /// `null`: the result is dropped.
    Nothing,
    At(ReferencePath),
}

/// `Assign`: variables and what they are given.
#[derive(Debug)]
pub struct Assign(pub Holder);
