use crate::ui::prelude::*;

use super::error::failure;
use super::pane::Titled;
use crate::engine::StatesError;
use crate::engine::test_state::Report;
use crate::json::value_of;
use crate::mocks::Log;
use crate::ui::parts::{Message, StatusPill, Tone, Words};
use crate::value::Value;

/// What came of a test with what was logged, or why the request is refused.
pub type Tested = Result<(Report, Vec<Log>), String>;

/// What came of a test: status, output or error, where it leads, and the data between the fields.
#[component]
pub fn TestedView(tested: Tested) -> impl IntoView {
    match tested {
        Err(why) => view! { <div class="test-outcome"><Message tone=Tone::Error title="The test is refused">
            <p><Words text=why /></p>
        </Message></div> },
        Ok((report, logs)) => view! { <Reported report logs /> },
    }
}

#[component]
fn Reported(report: Report, logs: Vec<Log>) -> impl IntoView {
    let (status, words) = standing(report.status);
    let next = report.next_state.as_deref().map(str::to_owned);
    let failed = report.failure != StatesError::default();
    let caught = report.status == "CAUGHT_ERROR";
    let lines: Vec<String> = logs.iter().map(|log| log.values.join(" ")).collect();
    view! {
        <section class="test-outcome" aria-label="Result of the test">
            <p class="test-verdict">
                <StatusPill status words />
                {next.map(|next| view! { <span>"on to " <code>{next}</code></span> })}
            </p>
            {failed.then(|| failure(&report.failure, caught, AnyView::NOTHING))}
            {report.output.map(|output| view! { <Titled title="Output" value=output /> })}
            {(!lines.is_empty()).then(|| view! { <h3>"Console"</h3> <pre class="test-console">{lines.join("\n")}</pre> })}
            {report.inspection.as_ref().map(inspected)}
        </section>
    }
}

/// The members of `inspectionData`, whose data is JSON text.
fn inspected(data: &Value) -> impl IntoView + use<> {
    let mut members = Vec::new();
    for (name, value) in data.as_object().into_iter().flat_map(|data| data.iter()) {
        let value = value.as_str().and_then(|text| value_of(text).ok()).unwrap_or_else(|| value.clone());
        members.push(view! { <Titled title=name.to_string() value /> });
    }
    members
}

/// A status as its colour and in words.
fn standing(status: &str) -> (&'static str, &'static str) {
    match status {
        "SUCCEEDED" => ("succeeded", "Succeeded"),
        "CAUGHT_ERROR" => ("caught", "Caught error"),
        "RETRIABLE" => ("caught", "Retriable"),
        _ => ("failed", "Failed"),
    }
}
