//! Mounts the app in the browser; does nothing elsewhere.

fn main() {
    #[cfg(target_arch = "wasm32")]
    asl_playground::ui::start();
}
