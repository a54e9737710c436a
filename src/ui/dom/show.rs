use asl_playground_macros::component;

use super::{ChildrenFn, IntoView, View};
use crate::ui::signals::Memo;

/// Its children while a condition holds.
#[component]
pub fn Show<W>(when: W, children: ChildrenFn) -> impl IntoView
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    show(Memo::new(when), children)
}

fn show(when: Memo<bool>, children: ChildrenFn) -> View {
    (move || if when.get() { children.make() } else { View::NOTHING }).into_view()
}
