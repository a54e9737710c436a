//! How fast workflow time passes, to be picked.

use crate::ui::prelude::*;

use super::workspace::Workspace;
use crate::share::Speed;

/// The speeds that can be picked, with what they mean.
const SPEEDS: [(&str, Speed, &str); 4] = [
    ("Instant", Speed::Instant, "Waits and retries pass at once"),
    ("Watch", Speed::Watch, "Each state stays in view for a moment"),
    ("10×", Speed::Times(10.0), "Ten seconds pass in one"),
    ("Real time", Speed::REAL, "Waits take as long as they say"),
];

/// How fast workflow time passes.
#[component]
pub fn SpeedPicker() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let speed = workspace.speed;
    let pick = move |event| {
        if let Some((_, picked, _)) = event_target_value(&event).parse::<usize>().ok().and_then(|index| SPEEDS.get(index)) {
            speed.set(*picked);
        }
    };
    // A link may carry a speed that is none of ours.
    let other = move || match speed.get() {
        Speed::Times(factor) if SPEEDS.iter().all(|(_, known, _)| *known != speed.get()) => {
            Some(view! { <option selected=true value="other">{format!("{}×", Short(factor))}</option> })
        }
        _ => None,
    };
    view! {
        <label class="select">
            <span>"Speed"</span>
            <select aria-label="Speed" on:change=pick>
                {SPEEDS
                    .iter()
                    .enumerate()
                    .map(|(index, (name, value, title))| {
                        view! {
                            <option value=index title=*title prop:selected=move || speed.get() == *value>
                                {*name}
                            </option>
                        }
                    })
                    .collect_view()}
                {other}
            </select>
            <glyph name="chevron-down" size=12 />
        </label>
    }
}
