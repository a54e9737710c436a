//! The rules, in the order they are asked. Each is one file: what it objects to and why, the function, and its tests.

use super::diagnostic::Diagnostic;
use super::machine::Machine;

mod choice_rule;
mod duplicate_key;
mod error_names;
mod exclusive_fields;
mod item_reader;
mod looks_like_path;
mod map_mode;
mod missing_field;
mod missing_transition;
mod mock_functions;
mod no_effect;
mod no_end;
mod query;
mod query_language;
mod resource;
mod state_name;
mod state_shape;
mod states_variable;
mod timeouts;
mod timestamp;
mod unknown_field;
mod unknown_input;
mod unknown_object;
mod unknown_target;
mod unknown_type;
mod unreachable;
mod variables;
mod wrong_shape;

/// A rule looks at the whole definition and adds what it finds.
pub(super) type Rule = fn(&mut Vec<Diagnostic>, &Machine);

/// What is asked first, of the names alone: where a name was most likely meant to be another, the rest is asked of what was meant.
pub(super) const NAMING: &[Rule] = &[unknown_type::unknown_type, unknown_field::unknown_field, unknown_target::unknown_target];

pub(super) const RULES: &[Rule] = &[
    duplicate_key::duplicate_key,
    wrong_shape::wrong_shape,
    state_shape::state_shape,
    missing_field::missing_field,
    exclusive_fields::exclusive_fields,
    missing_transition::missing_transition,
    unreachable::unreachable,
    no_end::no_end,
    state_name::state_name,
    query_language::query_language,
    map_mode::map_mode,
    item_reader::item_reader,
    choice_rule::choice_rule,
    error_names::error_names,
    resource::resource,
    timestamp::timestamp,
    query::query,
    variables::variables,
    states_variable::states_variable,
    looks_like_path::looks_like_path,
    timeouts::timeouts,
    unknown_input::unknown_input,
    unknown_object::unknown_object,
    no_effect::no_effect,
    mock_functions::mock_functions,
];
