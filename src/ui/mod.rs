//! The page.

pub mod parts;
pub mod record;
pub mod run;
pub mod runner;
pub mod workspace;

use leptos::prelude::*;

/// Mounts the app.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| {
        provide_context(workspace::Workspace::new());
    });
}
