use crate::ui::prelude::*;

use crate::engine::{SendError, Sent};
use crate::ui::parts::text_area;
use crate::ui::runner;
use crate::ui::workspace::Workspace;

/// What can be sent back with a task token: an output, an error, or a sign of life.
#[component]
pub fn AnswerForm(token: String) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let [output, error, cause] = ["{}", "", ""].map(|text| RwSignal::new(text.to_owned()));
    let refused = RwSignal::new(String::new());
    let send = move |sent: Result<Sent, SendError>, words: &str| match sent.and_then(|sent| runner::send(&token, sent)) {
        Ok(()) => {
            refused.set(String::new());
            workspace.announce(words);
        }
        Err(error) => refused.set(format!("{}: {}", error.name, error.message)),
    };
    let send = StoredValue::new(send);
    let success = move |_| send.with_value(|send| send(Sent::success(&output.get_untracked()), "Task success sent"));
    let failure = move |_| {
        let sent = Sent::failure(&error.get_untracked(), &cause.get_untracked());
        send.with_value(|send| send(Ok(sent), "Task failure sent"));
    };
    let heartbeat = move |_| send.with_value(|send| send(Ok(Sent::Heartbeat), "Heartbeat sent"));
    view! {
        <div class="answer">
            {text_area("Output", "4", "", output, move |event| output.set(event_target_value(&event)))}
            <div class="answer-acts">
                <button class="button" data-look="primary" data-size="small" type="button" on:click=success>"Send success"</button>
                <button class="button" data-size="small" type="button" on:click=heartbeat>"Send heartbeat"</button>
            </div>
            <div class="answer-pair">
                <label class="field"><span>"Error"</span><input class="text-field" bind:value=error spellcheck="false" /></label>
                <label class="field"><span>"Cause"</span><input class="text-field" bind:value=cause /></label>
            </div>
            <div class="answer-acts">
                <button class="button" data-size="small" type="button" on:click=failure>"Send failure"</button>
            </div>
            <p class="answer-refused tone-error" role="alert">{refused}</p>
        </div>
    }
}
