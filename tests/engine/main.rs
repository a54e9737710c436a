//! The interpreter, a state type after the other: ordinary use, each error, and the edges that AWS documents.

#[path = "../support/workflow.rs"]
mod workflow;

mod callbacks;
mod choices;
mod data;
mod distributed;
mod failures;
mod history;
mod jsonata;
mod maps;
mod nested;
mod parallels;
mod quotas;
mod redrive;
mod tasks;
mod waits;
