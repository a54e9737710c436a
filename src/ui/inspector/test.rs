use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::tested::{Tested, TestedView};
use crate::bridge::clock;
use crate::engine::test_state::{Form, Level, Source, Validation, sources};
use crate::json::node_at;
use crate::spec::StateType;
use crate::trace::{VisitId, variables};
use crate::ui::parts::text_area;
use crate::ui::runner;
use crate::ui::workspace::Workspace;
use crate::value::{Value, write_pretty};

/// Tests one state on its own, as TestState does: with an input, variables and a context of one's own, by its function or a mock.
#[component]
pub fn TestPanel(pointer: Memo<Option<String>>, visit: Memo<Option<VisitId>>) -> impl IntoView {
    move || pointer.get().map(|pointer| view! { <Test pointer visit=visit.get_untracked() /> })
}

/// A text of the form.
type Field = fn(&mut Form) -> &mut String;

#[component]
fn Test(pointer: String, visit: Option<VisitId>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let name = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let (input, visible) = first_texts(workspace, visit);
    let form = StoredValue::new(Form { input, variables: visible, result: "{}".to_owned(), ..Form::default() });
    let state_type = Memo::new(move || {
        let check = workspace.shown_check.get();
        let kind = node_at(&check.checked.tree, &pointer).and_then(|state| state.get("Type")?.as_str().map(str::to_owned));
        kind.and_then(|kind| StateType::parse(&kind)).unwrap_or(StateType::Pass)
    });
    let picked = RwSignal::new(0_usize);
    let (validation, level) = (RwSignal::new(0_usize), RwSignal::new(1_usize));
    let source = Memo::new(move || {
        let sources = sources(state_type.get());
        sources.get(picked.get()).or(sources.first()).copied()
    });
    let tested = RwSignal::new(None::<Tested>);
    let busy = RwSignal::new(false);
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        form.update_value(|form| {
            form.source = source.get_untracked().unwrap_or_default();
            form.validation = VALIDATIONS[validation.get_untracked()].1;
            form.level = LEVELS[level.get_untracked()].1;
        });
        let machine = workspace.shown_check.get_untracked();
        let request =
            form.with_value(|form| form.request(&machine.text, &name, state_type.get_untracked(), clock::today(), clock::seed()));
        let limit = (workspace.call_limit.get_untracked() * 1000.0) as i64;
        let functions = workspace.functions.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let came = match request {
                Ok(request) => runner::test(&functions, limit, &request).await,
                Err(exception) => Err(format!("{}: {}", exception.code, exception.message)),
            };
            busy.try_set(false);
            workspace.announce(came.as_ref().map_or_else(String::clone, |(report, _)| report.status.to_owned()));
            tested.try_set(Some(came));
        });
    };
    let of_map = move || state_type.get() == StateType::Map;
    let chains = move || matches!(state_type.get(), StateType::Map | StateType::Parallel);
    view! {
        <div class="inspector-pane">
            <div class="test">
                {area("Input", form, |form| &mut form.input, "5", "")}
                {move || (!sources(state_type.get()).is_empty()).then(|| {
                    let names = sources(state_type.get()).iter().map(|source| source_words(*source)).collect();
                    view! { <Picker label="Answer" names picked /> }
                })}
                {move || match source.get() {
                    Some(Source::Result) => view! {
                        {area("Result", form, |form| &mut form.result, "4", "")}
                        <Picker label="Validation of the result" names=VALIDATIONS.map(|(name, _)| name).to_vec() picked=validation />
                    },
                    Some(Source::Error) => view! {
                        <div class="answer-pair">{text_field("Error", form, |form| &mut form.error)} {text_field("Cause", form, |form| &mut form.cause)}</div>
                    },
                    _ => ().into_any(),
                }}
                <details class="test-more">
                    <summary>"Variables, context, configuration"</summary>
                    <div class="test">
                        {area("Variables", form, |form| &mut form.variables, "3", "{}")}
                        {area("Context object", form, |form| &mut form.context, "3", "As an execution of the service has it")}
                        {move || source.get().map(|_| text_field("Retries so far (retrierRetryCount)", form, |form| &mut form.retrier_retry_count))}
                        {move || chains().then(|| text_field("State the error comes from (errorCausedByState)", form, |form| &mut form.error_caused_by_state))}
                        {move || of_map().then(|| view! {
                            {text_field("Failed iterations (mapIterationFailureCount)", form, |form| &mut form.map_iteration_failure_count)}
                            {area("What the ItemReader reads (mapItemReaderData)", form, |form| &mut form.map_item_reader_data, "3", "")}
                        })}
                    </div>
                </details>
                <Picker label="Inspection level" names=LEVELS.map(|(name, _)| name).to_vec() picked=level />
                <div class="answer-acts">
                    <button class="button" data-look="primary" data-size="small" type="button" aria-disabled=move || busy.get().to_string() on:click=go>
                        {move || if busy.get() { "Testing" } else { "Run the test" }}
                    </button>
                    <button class="button" data-look="quiet" data-size="small" type="button" on:click=move |_| workspace.testing.set(None)>"Close"</button>
                </div>
            </div>
            {move || tested.get().map(|tested| view! { <TestedView tested /> })}
        </div>
    }
}

const VALIDATIONS: [(&str, Validation); 3] =
    [("STRICT", Validation::Strict), ("PRESENT", Validation::Present), ("NONE", Validation::None)];
const LEVELS: [(&str, Level); 3] = [("INFO", Level::Info), ("DEBUG", Level::Debug), ("TRACE", Level::Trace)];

fn source_words(source: Source) -> &'static str {
    match source {
        Source::Function => "From its function",
        Source::Result => "A mocked result",
        Source::Error => "A mocked error",
    }
}

/// What the state had in the shown run, else the workflow's input.
fn first_texts(workspace: Workspace, visit: Option<VisitId>) -> (String, String) {
    let of_run = workspace.run.get_untracked().zip(visit).map(|(run, visit)| {
        run.with_untracked(|core| {
            let visit = core.trace.visit(visit);
            (visit.input.value().clone(), variables(&core.trace, visit))
        })
    });
    match of_run {
        Some((input, visible)) if visible.is_empty() => (write_pretty(&input), String::new()),
        Some((input, visible)) => (write_pretty(&input), write_pretty(&Value::Object(visible))),
        None => (workspace.input.get_untracked(), String::new()),
    }
}

fn text_field(label: &'static str, form: StoredValue<Form>, field: Field) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input class="text-field" spellcheck="false" prop:value=text_of(form, field) on:input=keep(form, field) />
        </label>
    }
}

/// A text of several lines.
fn area(label: &'static str, form: StoredValue<Form>, field: Field, rows: &'static str, hint: &'static str) -> AnyView {
    text_area(label, rows, hint, text_of(form, field), keep(form, field))
}

fn text_of(form: StoredValue<Form>, field: Field) -> String {
    form.try_update_value(|form| field(form).clone()).unwrap_or_default()
}

/// Keeps what is typed.
fn keep(form: StoredValue<Form>, field: Field) -> impl FnMut(web_sys::Event) {
    move |event| form.update_value(|form| *field(form) = event_target_value(&event))
}

#[component]
fn Picker(label: &'static str, names: Vec<&'static str>, picked: RwSignal<usize>) -> impl IntoView {
    let pick = move |event| picked.set(event_target_value(&event).parse().unwrap_or(0));
    let option = |(at, name): (usize, &'static str)| {
        view! { <option value=at prop:selected=move || picked.get() == at>{name}</option> }
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <select class="text-field" on:change=pick>{names.into_iter().enumerate().map(option).collect_view()}</select>
        </label>
    }
}
