//! The query languages: everything that moves data between states.
//!
//! What a query reads is a [`Scope`], what it may use besides is an [`Env`]; both languages and the intrinsics share them.

pub mod env;

pub mod digest;

pub mod random;

pub mod scope;

pub mod regex;

pub mod path;

pub mod intrinsics;

pub mod template;

pub mod jsonata;

pub use env::{Budget, Env, OverBudget};
pub use scope::{Scope, Variables};
