use std::sync::Arc;

use crate::ui::prelude::*;

use crate::bridge::helper::Helper;
use crate::graph::{Drawing, Options, drawing_from, is_large, layout_with};
use crate::ui::checkup::DefinitionCheck;

/// The places that the worker found.
struct Answer {
    text: Arc<str>,
    options: Options,
    places: Vec<f64>,
}

/// The drawing of a checked document. A large one is laid out in a worker, and the last drawing stays until it is there.
pub(super) fn drawing(check: RwSignal<Arc<DefinitionCheck>>, options: Memo<Options>) -> Memo<Arc<Drawing>> {
    let answer = RwSignal::new(None::<Answer>);
    // Where there can be no worker the page itself waits.
    let alone = RwSignal::new(false);
    let elsewhere = Memo::new(move || !alone.get() && is_large(check.get().states));
    let helper = StoredValue::new(None::<Helper>);
    let asked = StoredValue::new(None::<(Arc<str>, Options)>);
    let start = move || {
        let hear = move |places| {
            if let Some(Some((text, options))) = asked.try_get_value() {
                answer.set(Some(Answer { text, options, places }));
            }
        };
        Helper::start(hear, move || alone.set(true))
    };
    Effect::new(move |_| {
        if elsewhere.get() {
            let (check, options) = (check.get(), options.get());
            helper.update_value(|helper| helper.get_or_insert_with(start).lay_out(&check.text, &options));
            asked.set_value(Some((check.text.clone(), options)));
        }
    });
    Memo::going_on(move |last: Option<&Arc<Drawing>>| {
        let (check, options) = (check.get(), options.get());
        let (tree, text) = (&check.checked.tree, &check.text);
        let next = if elsewhere.get() {
            // An answer to what was asked before another edit comes too late.
            let fits = |answer: &&Answer| Arc::ptr_eq(&answer.text, text) && answer.options == options;
            answer.with(|answer| answer.as_ref().filter(fits).and_then(|answer| drawing_from(tree, &options, &answer.places)))
        } else {
            Some(layout_with(tree, &options))
        };
        // While one types there are moments without a definition, too: the last drawing stays then.
        let next = next.filter(|next| !next.nodes.is_empty() || text.trim().is_empty());
        next.map(Arc::new).or_else(|| last.cloned()).unwrap_or_default()
    })
}
