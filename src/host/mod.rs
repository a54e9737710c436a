//! What JavaScript brings along and native code takes from libraries: doubles, and letters. The answers are the same, but for the last digit of roots; the page is spared
//! the tables, which are large and don't shrink. Only [`crate::float`] and [`crate::letters`] ask here.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use page::*;
