//! What the tests of JSONata share.

pub mod generate;
