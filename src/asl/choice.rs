//! A `Choice` state's rules.

use super::definition::Transition;
use super::flow::Assign;
use super::query::{Expression, Holder, PathQuery};
use crate::timestamp::Timestamp;
use crate::value::Number;
use std::sync::Arc;

/// One of `Choices`.
#[derive(Debug)]
pub struct ChoiceRule {
    pub condition: Condition,
    pub next: Transition,
    pub assign: Option<Assign>,
    /// `Output`, in JSONata.
    pub output: Option<Holder>,
}

/// When a rule applies.
#[derive(Debug)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Test {
        variable: Box<PathQuery>,
        test: Test,
    },
    /// `Condition`, in JSONata.
    Expression(Box<Expression>),
}

/// What is asked of a rule's `Variable`.
#[derive(Debug)]
pub enum Test {
    /// `StringEquals`, `NumericLessThanPath`, ...
    Compare {
        relation: Relation,
        operand: Operand,
    },
    StringMatches(Arc<str>),
    IsNull(bool),
    IsPresent(bool),
    IsNumeric(bool),
    IsString(bool),
    IsBoolean(bool),
    IsTimestamp(bool),
}

/// How two values of one type are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Equals,
    LessThan,
    GreaterThan,
    LessThanEquals,
    GreaterThanEquals,
}

/// What a variable is compared with; its variant is the type that the operator is for.
#[derive(Debug)]
pub enum Operand {
    String(Arc<str>),
    Numeric(Number),
    Boolean(bool),
    Timestamp(Timestamp),
    /// `StringEqualsPath` and its kind: the type, and where the other value stands.
    Path(OperandType, Box<PathQuery>),
}

/// The types that operators compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandType {
    String,
    Numeric,
    Boolean,
    Timestamp,
}

/// An operator's name taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Compare { operand: OperandType, relation: Relation, path: bool },
    StringMatches,
    Is(IsKind),
}

/// The operators that ask what a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsKind {
    Null,
    Present,
    Numeric,
    String,
    Boolean,
    Timestamp,
}

impl Operator {
    /// Reads `NumericGreaterThanEqualsPath` and its kind.
    pub fn parse(name: &str) -> Option<Operator> {
        if let Some(what) = name.strip_prefix("Is") {
            return Some(Operator::Is(match what {
                "Null" => IsKind::Null,
                "Present" => IsKind::Present,
                "Numeric" => IsKind::Numeric,
                "String" => IsKind::String,
                "Boolean" => IsKind::Boolean,
                "Timestamp" => IsKind::Timestamp,
                _ => return None,
            }));
        }
        if name == "StringMatches" {
            return Some(Operator::StringMatches);
        }
        let (operand, rest) = [
            ("String", OperandType::String),
            ("Numeric", OperandType::Numeric),
            ("Boolean", OperandType::Boolean),
            ("Timestamp", OperandType::Timestamp),
        ]
        .into_iter()
        .find_map(|(prefix, operand)| Some((operand, name.strip_prefix(prefix)?)))?;
        let (relation, path) = match rest.strip_suffix("Path") {
            Some(relation) => (relation, true),
            None => (rest, false),
        };
        let relation = match relation {
            "Equals" => Relation::Equals,
            "LessThan" => Relation::LessThan,
            "GreaterThan" => Relation::GreaterThan,
            "LessThanEquals" => Relation::LessThanEquals,
            "GreaterThanEquals" => Relation::GreaterThanEquals,
            _ => return None,
        };
        // Booleans have no order.
        let known = operand != OperandType::Boolean || relation == Relation::Equals;
        known.then_some(Operator::Compare { operand, relation, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_operators() {
        let compared = [("String", 5), ("Numeric", 5), ("Timestamp", 5), ("Boolean", 1)];
        for (operand, count) in compared {
            let relations = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
            for path in ["", "Path"] {
                let known = relations.iter().filter(|relation| Operator::parse(&format!("{operand}{relation}{path}")).is_some());
                assert_eq!(known.count(), count, "{operand}");
            }
        }
        for name in ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp", "StringMatches"] {
            assert!(Operator::parse(name).is_some(), "{name}");
        }
        for name in ["", "Is", "String", "StringMatchesPath", "BooleanLessThan", "And", "Variable", "StringEqualsPathPath"] {
            assert_eq!(Operator::parse(name), None, "{name}");
        }
    }
}
