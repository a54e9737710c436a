//! Drives an execution with real time and the sandbox.

use super::workspace::Workspace;

/// Runs the document as it stands; a run in progress is stopped first.
pub fn start(_workspace: Workspace) {}

/// Ends the run in progress, keeping its events.
pub fn stop(_workspace: Workspace) {}
