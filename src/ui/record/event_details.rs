use crate::ui::prelude::*;

use crate::trace::readable;
use crate::ui::parts::ValueView;
use crate::ui::run::Run;

/// An event of a run as JSON.
#[component]
pub fn EventDetails(#[prop(into)] run: Signal<Option<Run>>, #[prop(into)] event: Signal<Option<u64>>) -> impl IntoView {
    let value = Memo::new(move || {
        let (run, at) = (run.get()?, usize::try_from(event.get()?).ok()?.checked_sub(1)?);
        run.with_untracked(|core| core.events().get(at).map(readable))
    });
    view! { <ValueView value=Signal::derive(move || value.get().unwrap_or_default()) /> }
}
