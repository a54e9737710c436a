//! The menu of examples and of what was worked on before.

mod fetched;

use crate::ui::prelude::*;
use leptos::html;
use std::sync::Arc;

use self::fetched::{Fetched, fetch};
use super::checkup::counted;
use super::files::OpenFile;
use super::keeper::{Keeper, Recent};
use super::parts::{Icon, Popover};
use super::top_bar::{closer, is_open};
use super::workspace::{Dialog, Workspace};
use crate::examples::{self, Example};
use crate::graph;

/// How many of the documents worked on before are offered.
const RECENT: usize = 8;

/// The dialog under the Examples button.
#[component]
pub fn ExamplesMenu() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let fetched = RwSignal::<Fetched>::default();
    view! {
        <Popover open=is_open(workspace, Dialog::Examples) on_close=closer(workspace) label="Examples" class="examples">
            <Menu fetched />
        </Popover>
    }
}

#[component]
fn Menu(fetched: RwSignal<Fetched>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let search = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    let recent = StoredValue::new(keeper.recent());
    let chosen = open_chosen(fetched);
    let glances = Memo::always(move || Arc::new(fetched.with(glances)));
    fetch(fetched);
    let none = move || {
        search.with(|search| {
            !examples::all().any(|example| fits(example, search))
                && recent.with_value(|recent| !recent.iter().any(|recent| named(recent, search)))
        })
    };
    let again = move |_| {
        fetch(fetched);
        // The button goes, and must not take the focus with it.
        let _ = field.get_untracked().map(|field| field.focus());
    };
    let foot = move || match fetched.get() {
        Fetched::NotAsked | Fetched::OnTheWay => {
            view! { <span class="examples-coming" role="status">"Fetching the examples"</span> }
        }
        Fetched::Here(_) => view! { <span>"Opening one keeps your work: it moves to " <b>"Recent"</b> "."</span> },
        Fetched::Failed => view! {
            <span class="tone-error" role="alert">"The examples could not be fetched. A reload may help."</span>
            <button type="button" class="button" data-size="small" on:click=again>"Try again"</button>
        },
    };
    view! {
        <label class="examples-search">
            <glyph name="search" />
            <input
                aria-label="Search the examples"
                placeholder=format!("Search {}", counted(examples::all().count(), "example"))
                node_ref=field
                bind:value=search
            />
            <kbd>"Esc"</kbd>
        </label>
        <div class="examples-list">
            {move || search.with(|search| recent.with_value(|recent| recents(recent, search)))}
            {move || search.with(|search| groups(search, &glances.get(), fetched, chosen))}
            <Show when=none>
                <p class="examples-none dim">"Nothing has that in its name or description."</p>
            </Show>
        </div>
        <div class="examples-foot">{foot} <OpenFile /></div>
    }
}

/// Opens the example that is chosen, by its slug, as soon as its document is here; unless the person has gone on meanwhile.
fn open_chosen(fetched: RwSignal<Fetched>) -> RwSignal<Option<&'static str>> {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let chosen = RwSignal::new(None::<&'static str>);
    Effect::new(move |_| {
        let Some(slug) = chosen.get() else { return };
        if let Some(document) = fetched.with(|fetched| fetched.document(slug)) {
            untrack(|| keeper.open_example(slug, document));
            workspace.dialog.set(None);
        }
    });
    Effect::new(move |first: Option<()>| {
        workspace.track();
        workspace.run.track();
        if first.is_some() {
            chosen.set(None);
        }
    });
    chosen
}

/// The groups with what is found in them.
fn groups(search: &str, glances: &[Glance], fetched: RwSignal<Fetched>, chosen: RwSignal<Option<&'static str>>) -> Vec<AnyView> {
    let mut groups = Vec::new();
    let mut glances = glances.iter();
    for group in examples::GROUPS {
        let found = group.examples.iter().zip(&mut glances).filter(|(example, _)| fits(example, search));
        let items: Vec<AnyView> = found.map(|(example, glance)| item(example, glance, fetched, chosen)).collect();
        if !items.is_empty() {
            groups.push(view! { <h3>{group.title}</h3> <ul>{items}</ul> });
        }
    }
    groups
}

fn recents(recent: &[Recent], search: &str) -> AnyView {
    let found = recent.iter().filter(|recent| named(recent, search)).take(RECENT);
    let items: Vec<AnyView> = found.map(recent_item).collect();
    if items.is_empty() {
        AnyView::NOTHING
    } else {
        view! { <h3>"Recent"</h3> <ul>{items}</ul> }
    }
}

fn fits(example: &Example, search: &str) -> bool {
    let search = letters::lower(search.trim());
    [example.title, example.shows].iter().any(|text| letters::lower(text).contains(&search))
}

fn named(recent: &Recent, search: &str) -> bool {
    letters::lower(&recent.name).contains(&letters::lower(search.trim()))
}

fn item(example: &'static Example, glance: &Glance, fetched: RwSignal<Fetched>, chosen: RwSignal<Option<&'static str>>) -> AnyView {
    let workspace = expect_context::<Workspace>();
    let open = expect_context::<Keeper>().example() == Some(example.slug);
    let (glyphs, size) = glance.clone();
    let opening = move || chosen.get() == Some(example.slug) && fetched.with(|fetched| matches!(fetched, Fetched::OnTheWay));
    let size = move || if opening() { "Opening".to_owned() } else { size.clone() };
    let choose = move |_| {
        chosen.set(Some(example.slug));
        fetch(fetched);
        if untrack(opening) {
            workspace.announce(format!("Opening {}", example.title));
        }
    };
    view! {
        <li>
            <button type="button" class="examples-item" aria-current=open.then_some("true") on:click=choose>
                <span class="examples-name">
                    {example.title}
                    {open.then(|| view! { <glyph name="check" size=14 /> })}
                </span>
                <span class="examples-about">{example.shows}</span>
                <span class="examples-glyphs">{glyphs.into_iter().map(|glyph| view! { <Icon name=glyph /> }).collect_view()}</span>
                <span class="examples-size">{size}</span>
            </button>
        </li>
    }
}

/// What is told of an example at a glance: the glyphs of its first states, and how many there are. Empty while it is not here.
type Glance = (Vec<&'static str>, String);

/// Those of all examples, in their order.
fn glances(fetched: &Fetched) -> Vec<Glance> {
    examples::all()
        .map(|example| fetched.document(example.slug).map(|document| glance(&document.definition)).unwrap_or_default())
        .collect()
}

fn glance(definition: &str) -> Glance {
    let drawing = graph::layout(definition);
    let states = drawing.nodes.iter().filter(|node| node.kind.is_state());
    let mut glyphs: Vec<&'static str> = Vec::new();
    for node in states.clone() {
        if !glyphs.contains(&node.glyph) && glyphs.len() < 4 {
            glyphs.push(node.glyph);
        }
    }
    let jsonata = if definition.contains("\"QueryLanguage\": \"JSONata\"") { " · JSONata" } else { "" };
    (glyphs, format!("{}{jsonata}", counted(states.count(), "state")))
}

fn recent_item(recent: &Recent) -> AnyView {
    let workspace = expect_context::<Workspace>();
    let keeper = expect_context::<Keeper>();
    let name = if recent.name.trim().is_empty() { "Untitled".to_owned() } else { recent.name.clone() };
    let id = recent.id.clone();
    let choose = move |_| {
        if keeper.open_recent(&id) {
            workspace.dialog.set(None);
        } else {
            workspace.trouble.set(Some("This document can't be read any more.".to_owned()));
        }
    };
    view! {
        <li>
            <button type="button" class="examples-item" on:click=choose>
                <span class="examples-name">{name}</span>
                <span class="examples-size examples-when">{ago(recent.changed)}</span>
            </button>
        </li>
    }
}

/// `3 hours ago`
fn ago(changed: f64) -> String {
    let minutes = ((js_sys::Date::now() - changed) / 60_000.0).max(0.0) as usize;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{} ago", counted(minutes, "minute")),
        60..1440 => format!("{} ago", counted(minutes / 60, "hour")),
        _ => format!("{} ago", counted(minutes / 1440, "day")),
    }
}
