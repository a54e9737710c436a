//! Many definitions, made and real, with mocks of every kind: whatever they are, a run ends and its history holds together.

#[path = "../support/workflow.rs"]
#[allow(dead_code)]
mod workflow;

mod corpus;
mod generated;
mod generator;
mod guess;
