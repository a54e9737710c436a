//! The page as a whole: what stands where, and what is followed from the first moment on.

use crate::ui::prelude::*;

use super::editor::{DocumentEditor, load_monaco};
use super::execution::ExecutionPanels;
use super::keeper::Keeper;
use super::notice::Notices;
use super::parts::{Axis, Icon, Splitter};
use super::settings::{self, first_sizes};
use super::top_bar::TopBar;
use super::workspace::{Panel, Room, Sizes, Workspace};
use super::{examples_menu, files, help, keys, menus, playground, run_options, runner, share};
use crate::bridge::media;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let workspace = open_workspace();
    let Sizes { editor, inspector, record, record_with_details, .. } = workspace.sizes;
    let height = move || if workspace.room.get() == Room::Wide { record.get() } else { record_with_details.get() };
    view! {
        <div
            class="app"
            data-room=move || room_name(workspace.room.get())
            data-panel=move || panel_name(workspace.panel.get())
            style=("--editor-width", move || px(editor.get()))
            style=("--inspector-width", move || px(inspector.get()))
            style=("--record-height", move || px(height()))
        >
            <TopBar />
            <Notices />
            <main class="work">
                <DocumentEditor />
                <Show when=move || { workspace.room.get() >= Room::Medium }>
                    <EditorSplitter />
                </Show>
                <ExecutionPanels />
            </main>
            <PhoneTabs />
            <examples_menu::ExamplesMenu />
            <share::ShareDialog />
            <menus::ThemeMenu />
            <menus::MoreMenu />
            <run_options::RunOptionsDialog />
            <help::HelpDialog />
            <p class="unseen" role="status">
                {workspace.announcement}
            </p>
        </div>
    }
}

/// Whether a media query holds, now and as long as the page lives.
fn holds(query: &str) -> RwSignal<bool> {
    let holds = RwSignal::new(false);
    holds.set(media::matches(query, move |now| holds.set(now)));
    holds
}

/// Makes the signals and lets storage, theme and keys follow them.
fn open_workspace() -> Workspace {
    let narrow = [720, 899, 1239].map(|width| holds(&format!("(max-width: {width}px)")));
    let room = Memo::new(move || match narrow.map(|matches| matches.get()) {
        [true, ..] => Room::Phone,
        [_, true, _] => Room::Narrow,
        [.., true] => Room::Medium,
        _ => Room::Wide,
    });
    let [width, height] = window_size();
    let workspace = Workspace::new(room, holds("(prefers-color-scheme: dark)"), Sizes::new(first_sizes(width, height)));
    provide_context(workspace);
    let keeper = Keeper::start(workspace);
    provide_context(keeper);
    load_monaco(workspace);
    settings::follow(workspace, keeper);
    keys::listen(workspace, keeper);
    playground::install(workspace, keeper);
    runner::follow(workspace);
    files::take_drops(workspace, keeper);
    Effect::new(move |_| {
        let theme = if workspace.dark.get() { "dark" } else { "light" };
        let _ = document().document_element().map(|root| root.set_attribute("data-theme", theme));
    });
    Effect::new(move |_| {
        let name = workspace.name.get();
        document().set_title(&if name.is_empty() { "ASL Playground".to_owned() } else { format!("{name} · ASL Playground") });
    });
    workspace
}

/// The line between the document and its execution.
#[component]
fn EditorSplitter() -> impl IntoView {
    let sizes = expect_context::<Workspace>().sizes;
    let [width, height] = window_size();
    let most = move || window_size()[0] - 380.0;
    view! {
        <Splitter label="Width of the editor" axis=Axis::Width size=sizes.editor home=first_sizes(width, height)[0] least=320.0 most=Signal::derive(most) />
    }
}

/// The tabs at the foot of a phone.
#[component]
fn PhoneTabs() -> impl IntoView {
    let panel = expect_context::<Workspace>().panel;
    let tab = move |value: Panel, icon: &'static str, words: &'static str| {
        view! {
            <button type="button" role="tab" aria-selected=move || (panel.get() == value).to_string() on:click=move |_| panel.set(value)>
                <Icon name=icon size=20 />
                {words}
            </button>
        }
    };
    view! {
        <nav class="phone-tabs" role="tablist" aria-label="Panels">
            {tab(Panel::Code, "code", "Code")}
            {tab(Panel::Graph, "graph", "Graph")}
            {tab(Panel::Details, "detail", "Details")}
            {tab(Panel::Log, "list", "Log")}
        </nav>
    }
}

/// Width and height of the window, in pixels.
pub fn window_size() -> [f64; 2] {
    [window().inner_width(), window().inner_height()].map(|size| size.ok().and_then(|size| size.as_f64()).unwrap_or(1000.0))
}

fn room_name(room: Room) -> &'static str {
    match room {
        Room::Phone => "phone",
        Room::Narrow => "narrow",
        Room::Medium => "medium",
        Room::Wide => "wide",
    }
}

fn panel_name(panel: Panel) -> &'static str {
    match panel {
        Panel::Code => "code",
        Panel::Graph => "graph",
        Panel::Details => "details",
        Panel::Log => "log",
    }
}
