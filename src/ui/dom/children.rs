//! What components are given between their tags.

use std::sync::Arc;

use super::{IntoView, View};

/// Children that are drawn once.
pub type Children = Box<dyn FnOnce() -> View + Send>;

/// Children that can be drawn again and again.
pub type ChildrenFn = Arc<dyn MakeAgain>;

/// What makes children again and again.
pub trait MakeAgain: Send + Sync {
    fn make(&self) -> View;
}

struct Making<F>(F);

impl<F: Fn() -> V + Send + Sync, V: IntoView> MakeAgain for Making<F> {
    fn make(&self) -> View {
        (self.0)().into_view()
    }
}

/// The children a component wants, from the code that makes them.
pub trait ToChildren<F> {
    fn to_children(make: F) -> Self;
}

impl<F: FnOnce() -> V + Send + 'static, V: IntoView> ToChildren<F> for Children {
    fn to_children(make: F) -> Children {
        Box::new(move || make().into_view())
    }
}

impl<F: Fn() -> V + Send + Sync + 'static, V: IntoView> ToChildren<F> for ChildrenFn {
    fn to_children(make: F) -> ChildrenFn {
        Arc::new(Making(make))
    }
}
