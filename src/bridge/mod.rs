//! Browser facilities, each once.

pub mod clipboard;
pub mod clock;
pub mod location;
pub mod mocks;
pub mod size;
pub mod media;
pub mod storage;
