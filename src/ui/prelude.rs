//! What every panel begins with: Leptos's own prelude, with the views of [`dom`](super::dom) and the values of
//! [`signals`](super::signals) in the place of its.

pub use leptos::prelude::*;

pub use super::dom::{Children, ChildrenFn, CollectView, For, IntoAny, IntoView, Show, View as AnyView};
pub use super::signals::{Effect, Memo, RwSignal, Signal, StoredValue};
pub use crate::float::Short;
pub use crate::letters;
pub use asl_playground_macros::{component, view};

/// A length in pixels, as styles have it.
pub fn px(length: f64) -> String {
    format!("{}px", Short(length))
}
