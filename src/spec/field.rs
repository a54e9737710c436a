//! The shape of a row of the table of fields.

use super::{QueryLanguage, StateType};

/// The kinds of object in a definition that have fields of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The definition itself.
    Machine,
    /// An element of `Branches`.
    Branch,
    /// `ItemProcessor`, or `Iterator` as it was called before.
    Processor,
    ProcessorConfig,
    State(StateType),
    /// An element of `Choices`.
    ChoiceRule,
    /// An element of `And` or `Or`, or the value of `Not`.
    NestedRule,
    /// An element of `Retry`.
    Retrier,
    /// An element of `Catch`.
    Catcher,
    ItemReader,
    ReaderConfig,
    ItemBatcher,
    ResultWriter,
    WriterConfig,
    Credentials,
}

impl Place {
    /// What the table of fields calls it.
    pub fn name(self) -> &'static str {
        match self {
            Place::Machine => "Machine",
            Place::Branch => "Branch",
            Place::Processor => "Processor",
            Place::ProcessorConfig => "ProcessorConfig",
            Place::State(_) => "State",
            Place::ChoiceRule => "ChoiceRule",
            Place::NestedRule => "NestedRule",
            Place::Retrier => "Retrier",
            Place::Catcher => "Catcher",
            Place::ItemReader => "ItemReader",
            Place::ReaderConfig => "ReaderConfig",
            Place::ItemBatcher => "ItemBatcher",
            Place::ResultWriter => "ResultWriter",
            Place::WriterConfig => "WriterConfig",
            Place::Credentials => "Credentials",
        }
    }
}

/// What the value of a field may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value, taken as it stands.
    Any,
    /// An object whose values may be worked out: `.$` fields in JSONPath, `{% %}` strings in JSONata.
    Template,
    /// Any JSON value whose parts may be worked out.
    AnyTemplate,
    /// A list, or in JSONata an expression that gives one.
    Items,
    /// What `Assign` holds: an object whose keys are names of variables.
    Assign,
    Text,
    /// A string of at most so many characters.
    TextUpTo(usize),
    Bool,
    /// A whole number in this range.
    Integer(u64, u64),
    /// A number of at least this.
    AtLeast(f64),
    /// A number from 0 to 100.
    Percentage,
    OneOf(&'static [&'static str]),
    /// A JSONPath.
    Path,
    /// A JSONPath or null.
    PathOrNull,
    /// A JSONPath that names one place.
    ReferencePath,
    /// The same, or null.
    ReferencePathOrNull,
    /// A JSONPath or an intrinsic function that gives a string.
    PathOrIntrinsic,
    /// The name of a state in the same `States`.
    StateName,
    Timestamp,
    /// `true` or a condition in JSONata.
    Condition,
    Arn,
    /// Names of errors.
    ErrorNames,
    /// Strings.
    Texts,
    /// An object of states.
    States,
    /// An object with fields of this kind.
    Object(Place),
    /// A list of objects with fields of this kind.
    List(Place),
}

/// One field of one or more kinds of object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    /// Where it may stand.
    pub on: &'static [Place],
    /// The query language it belongs to; none: to both.
    pub language: Option<QueryLanguage>,
    pub shape: Shape,
    /// Whether in JSONata a `{% %}` string may stand in its place.
    pub expression: bool,
    pub required: bool,
    /// What holds where it is absent, as it would be written.
    pub default: Option<&'static str>,
    /// What it is for, in one sentence.
    pub doc: &'static str,
    /// Where that can be read.
    pub source: &'static str,
}
