//! The comparison operators of Choice rules in JSONPath. Source: Amazon States Language specification, "Data-test expression".

/// What an operator compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    Text,
    Number,
    Bool,
    Timestamp,
    /// A pattern in which `*` stands for any characters.
    Pattern,
    /// A path to the value to compare with.
    Path,
    /// `true` or `false`: whether the value is of the kind.
    Kind,
}

/// One comparison operator.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    pub name: &'static str,
    pub operand: Operand,
    /// What it is true for, in one sentence.
    pub doc: &'static str,
}

const fn row(name: &'static str, operand: Operand, doc: &'static str) -> Operator {
    Operator { name, operand, doc }
}

use Operand::{Bool, Kind, Number, Path, Pattern, Text, Timestamp};

/// Every comparison operator.
pub const OPERATORS: &[Operator] = &[
    row("StringEquals", Text, "The value is this string."),
    row("StringEqualsPath", Path, "The value is the same string as the one at the path."),
    row("StringLessThan", Text, "The value is a string that sorts before this one."),
    row("StringLessThanPath", Path, "The value is a string that sorts before the one at the path."),
    row("StringGreaterThan", Text, "The value is a string that sorts after this one."),
    row("StringGreaterThanPath", Path, "The value is a string that sorts after the one at the path."),
    row("StringLessThanEquals", Text, "The value is this string or sorts before it."),
    row("StringLessThanEqualsPath", Path, "The value is the string at the path or sorts before it."),
    row("StringGreaterThanEquals", Text, "The value is this string or sorts after it."),
    row("StringGreaterThanEqualsPath", Path, "The value is the string at the path or sorts after it."),
    row("StringMatches", Pattern, "The value is a string of this pattern, in which `*` stands for any characters."),
    row("NumericEquals", Number, "The value is this number."),
    row("NumericEqualsPath", Path, "The value is the same number as the one at the path."),
    row("NumericLessThan", Number, "The value is a number below this one."),
    row("NumericLessThanPath", Path, "The value is a number below the one at the path."),
    row("NumericGreaterThan", Number, "The value is a number above this one."),
    row("NumericGreaterThanPath", Path, "The value is a number above the one at the path."),
    row("NumericLessThanEquals", Number, "The value is a number of at most this."),
    row("NumericLessThanEqualsPath", Path, "The value is a number of at most the one at the path."),
    row("NumericGreaterThanEquals", Number, "The value is a number of at least this."),
    row("NumericGreaterThanEqualsPath", Path, "The value is a number of at least the one at the path."),
    row("BooleanEquals", Bool, "The value is this boolean."),
    row("BooleanEqualsPath", Path, "The value is the same boolean as the one at the path."),
    row("TimestampEquals", Timestamp, "The value is this time."),
    row("TimestampEqualsPath", Path, "The value is the same time as the one at the path."),
    row("TimestampLessThan", Timestamp, "The value is a time before this one."),
    row("TimestampLessThanPath", Path, "The value is a time before the one at the path."),
    row("TimestampGreaterThan", Timestamp, "The value is a time after this one."),
    row("TimestampGreaterThanPath", Path, "The value is a time after the one at the path."),
    row("TimestampLessThanEquals", Timestamp, "The value is this time or one before it."),
    row("TimestampLessThanEqualsPath", Path, "The value is the time at the path or one before it."),
    row("TimestampGreaterThanEquals", Timestamp, "The value is this time or one after it."),
    row("TimestampGreaterThanEqualsPath", Path, "The value is the time at the path or one after it."),
    row("IsNull", Kind, "Whether the value is null."),
    row("IsPresent", Kind, "Whether there is a value at all."),
    row("IsNumeric", Kind, "Whether the value is a number."),
    row("IsString", Kind, "Whether the value is a string."),
    row("IsBoolean", Kind, "Whether the value is a boolean."),
    row("IsTimestamp", Kind, "Whether the value is a string that holds a time."),
];

/// The row of an operator.
pub fn operator(name: &str) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.name == name)
}
