//! What the benchmarks run, and its doors into wasm; `run.mjs` tells the whole.

pub mod machine;

#[cfg(target_arch = "wasm32")]
mod doors;
