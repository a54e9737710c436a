//! The page.

/// Mounts the app.
pub fn start() {
    console_error_panic_hook::set_once();
}
