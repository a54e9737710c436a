//! Browser facilities, each once.

pub mod clipboard;
pub mod location;
pub mod storage;
