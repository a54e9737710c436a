//! The record of a run: lists of any length of which only what is in view is on the page.

use asl_playground::asl;
use asl_playground::bridge::clock;
use asl_playground::engine::{Data, Execution, Next, Options};
use asl_playground::json::parse;
use asl_playground::ui::prelude::*;
use asl_playground::ui::record::{Events, Timeline};
use asl_playground::ui::run::RunCore;
use asl_playground::ui::workspace::{Room, Selection, Sizes, Workspace};
use leptos::mount::mount_to;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, KeyboardEvent, KeyboardEventInit};

/// A loop of a Pass and a Choice, so many rounds long.
fn looped(rounds: usize) -> RunCore {
    let definition = r#"{ "StartAt": "Count", "States": {
        "Count": { "Type": "Pass", "Parameters": { "n.$": "States.MathAdd($.n, 1)" }, "Next": "More" },
        "More": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericLessThan": ROUNDS, "Next": "Count" }], "Default": "Done" },
        "Done": { "Type": "Succeed" } } }"#
        .replace("ROUNDS", &rounds.to_string());
    let (machine, _) = asl::lower(&parse(&definition).root);
    let mut execution = Execution::start(Arc::new(machine), Data::given(r#"{"n":0}"#).unwrap(), Options::default());
    while !matches!(execution.poll(10_000), Next::Done(_)) {}
    RunCore { execution: Some(execution), ..RunCore::default() }
}

/// A panel in a box of its own, with a run that is over.
fn mounted<V: IntoView + 'static>(core: RunCore, panel: impl FnOnce() -> V + 'static) -> (HtmlElement, Workspace) {
    let document = web_sys::window().unwrap().document().unwrap();
    let style = document.create_element("style").unwrap();
    style.set_text_content(Some(concat!(include_str!("../../www/styles/tokens.css"), include_str!("../../www/styles/record.css"))));
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    host.set_attribute("style", "width: 900px; height: 240px; position: relative").unwrap();
    document.body().unwrap().append_with_node_2(&style, &host).unwrap();
    let held = StoredValue::new(None);
    mount_to(host.clone(), move || {
        let workspace = Workspace::new(Memo::new(|| Room::Wide), RwSignal::new(false), Sizes::new([488.0, 352.0, 215.0, 300.0]));
        provide_context(workspace);
        held.set_value(Some(workspace));
        workspace.begin_run(core).show();
        panel().into_view()
    })
    .forget();
    (host, held.get_value().unwrap())
}

/// Waits until the page shows something, and gives it.
async fn shown(host: &HtmlElement, selector: &str) -> HtmlElement {
    loop {
        if let Some(found) = host.query_selector(selector).unwrap() {
            return found.unchecked_into();
        }
        clock::sleep(10.0).await;
    }
}

fn press(target: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

fn rows(host: &HtmlElement) -> u32 {
    host.query_selector_all("[role=row]").unwrap().length()
}

#[wasm_bindgen_test]
async fn only_rows_in_view_are_on_the_page() {
    let (host, _) = mounted(looped(6000), || view! { <Events filter=Signal::stored(String::new()) /> });
    // The list follows its end.
    shown(&host, "#event-24004").await;
    assert!((5..60).contains(&rows(&host)), "{}", rows(&host));
    let grid = shown(&host, "[role=grid]").await;
    assert_eq!(grid.get_attribute("aria-rowcount").as_deref(), Some("24005"));
}

#[wasm_bindgen_test]
async fn keys_move_along_the_events_and_open_them() {
    let (host, workspace) = mounted(looped(400), || view! { <Events filter=Signal::stored(String::new()) /> });
    let grid = shown(&host, "[role=grid]").await;
    press(&grid, "Home");
    shown(&host, "#event-1[aria-selected=true]").await;
    press(&grid, "ArrowDown");
    let row = shown(&host, "#event-2[aria-selected=true]").await;
    assert_eq!(workspace.selection.get_untracked(), Selection::Event(2));
    assert!(row.text_content().unwrap().contains("PassStateEntered"));
    press(&grid, "Enter");
    let details = shown(&host, ".event-details .json").await;
    assert!(details.text_content().unwrap().contains("stateEnteredEventDetails"));
    press(&grid, "End");
    shown(&host, "#event-1604[aria-selected=true]").await;
}

#[wasm_bindgen_test]
async fn a_filter_leaves_what_has_its_text() {
    let filter = RwSignal::new(String::new());
    let (host, _) = mounted(looped(50), move || view! { <Events filter /> });
    let grid = shown(&host, "[role=grid]").await;
    filter.set("choicestateexited".to_owned());
    while grid.get_attribute("aria-rowcount").as_deref() != Some("51") {
        clock::sleep(10.0).await;
    }
    filter.set("no such thing".to_owned());
    shown(&host, ".record-nothing").await;
}

#[wasm_bindgen_test]
async fn the_timeline_selects_a_visit() {
    let (host, workspace) = mounted(looped(5), || view! { <Timeline filter=Signal::stored(String::new()) /> });
    let lane = shown(&host, ".lane:not(.lane-head) .lane-select").await;
    lane.click();
    assert_eq!(workspace.selection.get_untracked(), Selection::State { pointer: "/States/Count".to_owned(), visit: Some(0) });
    shown(&host, ".lane[aria-current=true]").await;
}
