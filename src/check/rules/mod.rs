//! The rules, in the order they are asked. Each is one file: what it objects to and why, the function, and its tests.

use super::diagnostic::Diagnostic;
use super::machine::Machine;

mod duplicate_key;
mod missing_field;
mod missing_transition;
mod unknown_field;
mod unknown_target;
mod unknown_type;
mod unreachable;

/// A rule looks at the whole definition and adds what it finds.
pub(super) type Rule = fn(&mut Vec<Diagnostic>, &Machine);

pub(super) const RULES: &[Rule] = &[
    duplicate_key::duplicate_key,
    missing_field::missing_field,
    missing_transition::missing_transition,
    unknown_type::unknown_type,
    unknown_field::unknown_field,
    unknown_target::unknown_target,
    unreachable::unreachable,
];
