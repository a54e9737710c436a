//! Browser facilities, each once.

pub mod beside;
pub mod clipboard;
pub mod clock;
pub mod helper;
pub mod location;
pub mod media;
pub mod mocks;
pub mod monaco;
pub mod picture;
pub mod playground;
pub mod size;
pub mod storage;
