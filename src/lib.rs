//! ASL Playground: a workbench for AWS Step Functions workflows that lives in one static page.
//!
//! # The story of one run
//!
//! The definition's text is parsed with the place of everything ([`json`]), lowered to the types of the language ([`asl`]) by what AWS
//! says of it ([`spec`]), and checked ([`check`]). An [`engine::Execution`] then runs it: it asks for calls and for a time to be woken
//! at, is answered, and writes the events of AWS's execution history, the only output that anything else reads. Data moves between
//! states through the query languages ([`query`]). The drawing is numbers made from the definition ([`graph`]); a link is the whole
//! document as text ([`share`]).
//!
//! # Invariants
//!
//! - Everything that decides is pure: no clock, no random source and no browser in any module but `bridge` and `ui`. (`host` asks
//!   JavaScript's library where native code asks a crate.)
//! - A module may use those above it in the list below; `bridge` and `ui` may use everything, nothing uses `ui`.
//! - No input makes the core panic, recurse without bound or run without end.
//! - Offsets are bytes everywhere; [`text::LineIndex`] alone knows UTF-16.

// What `view!` writes names this crate, here as in its tests.
#[cfg(target_arch = "wasm32")]
extern crate self as asl_playground;

pub mod order;

mod host;

pub mod float;

pub mod letters;

pub mod text;

pub mod value;

pub mod timestamp;

pub mod json;

pub mod yaml;

pub mod spec;

pub mod query;

pub mod asl;

pub mod engine;

pub mod mocks;

pub mod check;

pub mod trace;

pub mod graph;

pub mod picture;

pub mod assist;

pub mod share;

pub mod embed;

pub mod examples;

#[cfg(target_arch = "wasm32")]
pub mod bridge;

#[cfg(target_arch = "wasm32")]
pub mod ui;
