//! What a run is told besides definition and input, as a dialog at the run bar.

use crate::ui::prelude::*;

use super::parts::Popover;
use super::top_bar::{closer, is_open};
use super::workspace::{Dialog, Workspace};
use crate::share::{LIMITS, Limit, RunOptions};
use crate::spec::WorkflowType;

/// The button that opens them; it says when something is not as it is by default.
#[component]
pub fn RunOptionsButton() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let open = workspace.dialog;
    let toggle =
        move |_| open.update(|open| *open = if *open == Some(Dialog::RunOptions) { None } else { Some(Dialog::RunOptions) });
    let changed = move || workspace.run_options.with(|options| *options != RunOptions::default());
    view! {
        <button
            type="button"
            class="button run-options-button"
            data-look="quiet"
            data-size="small"
            title="Type, name, start, seed, quotas"
            aria-haspopup="dialog"
            aria-expanded=move || (open.get() == Some(Dialog::RunOptions)).to_string()
            on:click=toggle
        >
            "Run options"
            {move || changed().then(|| view! { <span class="run-options-mark"><span class="unseen">", changed"</span></span> })}
        </button>
    }
}

/// The dialog under it.
#[component]
pub fn RunOptionsDialog() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    view! {
        <Popover open=is_open(workspace, Dialog::RunOptions) on_close=closer(workspace) label="Run options" class="run-options">
            <Form />
        </Popover>
    }
}

#[component]
fn Form() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let options = workspace.run_options;
    let reset = move |_| options.set(RunOptions::default());
    let changed = Memo::new(move || options.with(|options| *options != RunOptions::default()));
    view! {
        <h2>"Run options"</h2>
        <Types />
        {text_field(options, &NAME)}
        {text_field(options, &START)}
        {text_field(options, &SEED)}
        <fieldset>
            <legend>"Quotas"</legend>
            {LIMITS.iter().map(|limit| limit_line(options, limit)).collect::<Vec<_>>()}
        </fieldset>
        <div class="run-options-foot">
            <p>"Part of the document and its link."</p>
            <button type="button" class="button" data-size="small" disabled=move || !changed.get() on:click=reset>"Reset"</button>
        </div>
    }
}

/// Standard or Express.
#[component]
fn Types() -> impl IntoView {
    let workflow_type = expect_context::<Workspace>().workflow_type;
    let choice = move |value: WorkflowType| {
        view! {
            <label>
                <input type="radio" name="run-type" prop:checked=move || workflow_type.get() == value on:change=move |_| workflow_type.set(value) />
                {value.title()}
            </label>
        }
    };
    view! {
        <fieldset class="run-options-types">
            <legend>"Type"</legend>
            {[WorkflowType::Standard, WorkflowType::Express].map(choice).into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
}

/// A line of the form.
struct TextField {
    label: &'static str,
    placeholder: &'static str,
    text: fn(&mut RunOptions) -> &mut String,
    problem: fn(&RunOptions) -> Option<String>,
}

const NAME: TextField = TextField {
    label: "Execution name",
    placeholder: "a new one for each run",
    text: |options| &mut options.name,
    problem: RunOptions::name_problem,
};
const START: TextField = TextField {
    label: "Start time",
    placeholder: "when Run is pressed",
    text: |options| &mut options.start,
    problem: RunOptions::start_problem,
};
const SEED: TextField = TextField {
    label: "Seed",
    placeholder: "another for each run",
    text: |options| &mut options.seed,
    problem: RunOptions::seed_problem,
};

fn text_field(options: RwSignal<RunOptions>, field: &'static TextField) -> AnyView {
    let problem = Memo::new(move || options.with(field.problem));
    let value = move || options.with(|options| (field.text)(&mut options.clone()).clone());
    let id = format!("run-options-{}", field.label.replace(' ', "-").to_ascii_lowercase());
    let described = id.clone();
    view! {
        <label class="field">
            <span>{field.label}</span>
            <input
                class="text-field"
                spellcheck="false"
                autocomplete="off"
                placeholder=field.placeholder
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby=described
                prop:value=value
                on:input=move |event| options.update(|options| *(field.text)(options) = event_target_value(&event))
            />
        </label>
        <p class="run-options-problem" id=id>{move || problem.get()}</p>
    }
}

fn limit_line(options: RwSignal<RunOptions>, limit: &'static Limit) -> AnyView {
    view! {
        <label class="run-options-limit">
            <input
                type="checkbox"
                prop:checked=move || options.with(|options| limit.holds(&options.quotas))
                on:change=move |event| options.update(|options| limit.set(&mut options.quotas, event_target_checked(&event)))
            />
            <span>{limit.title}</span>
            <span class="dim">{limit.about}</span>
        </label>
    }
}
