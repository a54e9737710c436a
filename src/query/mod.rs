//! The query languages: everything that moves data between states.

pub mod path;

pub mod intrinsics;

pub mod template;

pub mod jsonata;
