use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::{EitherIcon, JsonText};
use crate::bridge::clipboard;
use crate::value::{Value, quoted, write_pretty};

/// How many characters fit on a line of the narrowest place.
const LINE: usize = 38;
/// The width of the place for the fold before each line, in pixels.
const FOLD: usize = 16;
/// How many members are listed before "show more".
const MEMBERS: usize = 100;
/// How many characters of a text are shown before "show all".
const TEXT: usize = 1_000;

/// A JSON value whose objects and arrays fold; nothing of a large one is drawn before it is asked for.
#[component]
pub fn ValueView(
    #[prop(into)] value: Signal<Value>,
    /// How many lines it may take at first; what goes beyond is folded.
    #[prop(default = 40)]
    lines: usize,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = write_pretty(&value.get_untracked());
        spawn_local(async move {
            copied.set(clipboard::copy(&text).await);
            set_timeout(move || copied.set(false), std::time::Duration::from_millis(1500));
        });
    };
    view! {
        <div class="value">
            <button
                class="icon-button value-copy"
                data-size="small"
                type="button"
                aria-label=move || if copied.get() { "Copied" } else { "Copy as JSON" }
                on:click=copy
            >
                <EitherIcon when=copied names=["check", "copy"] />
            </button>
            <div class="json" tabindex="0">
                {move || value.with(|value| node(None, value.clone(), opens(value, lines), 0, false))}
            </div>
        </div>
    }
}

/// How far a value is open at first, in levels.
fn opens(value: &Value, most: usize) -> usize {
    (1..6).rev().find(|levels| lines(value, 0, 0, *levels, most).is_some()).unwrap_or(0)
}

/// How many lines a value takes with so many levels open; none when it is more than `most`.
fn lines(value: &Value, key: usize, level: usize, levels: usize, most: usize) -> Option<usize> {
    if levels == 0 || fits_line(value, key, level) {
        return Some(1);
    }
    let mut total = 2_usize;
    let mut add = |key: usize, member: &Value| {
        total += lines(member, key, level + 1, levels - 1, most.checked_sub(total)?)?;
        (total <= most).then_some(())
    };
    match value {
        Value::Array(items) => items.iter().take(MEMBERS).try_for_each(|item| add(0, item))?,
        Value::Object(members) => members.iter().take(MEMBERS).try_for_each(|(key, member)| add(key.len(), member))?,
        _ => return Some(1),
    }
    Some(total)
}

/// Whether a value stands on one line behind a key of so many bytes, at a level.
fn fits_line(value: &Value, key: usize, level: usize) -> bool {
    let room = LINE.saturating_sub(2 * level + if key > 0 { key + 4 } else { 0 });
    match value {
        Value::Array(items) => items.is_empty() || value.size() + items.len() <= room,
        Value::Object(members) => members.is_empty() || value.size() + 2 * members.len() + 2 <= room,
        _ => true,
    }
}

/// An object or array in few words: `{ "dragon": {…}, "sightings": [3], … }`.
fn preview(value: &Value, room: usize) -> String {
    let inner = |value: &Value| match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => format!("[{}]", items.len()),
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::String(text) if text.len() > 16 => format!("\"{}…\"", text.chars().take(12).collect::<String>()),
        scalar => scalar.to_string(),
    };
    let (open, close, parts): (_, _, Vec<String>) = match value {
        Value::Array(items) => ("[", "]", items.iter().take(LINE).map(inner).collect()),
        Value::Object(members) => {
            ("{ ", " }", members.iter().take(LINE).map(|(key, value)| format!("{}: {}", quoted(key), inner(value))).collect())
        }
        scalar => return inner(scalar),
    };
    let mut text = open.to_owned();
    for (at, part) in parts.iter().enumerate() {
        let separator = if at > 0 { ", " } else { "" };
        if text.len() + separator.len() + part.len() > room && at > 0 {
            text.push_str(separator);
            text.push('…');
            break;
        }
        text.push_str(separator);
        text.push_str(part);
    }
    text + close
}

/// One value with the key before it and the comma behind; `open` levels are open at first.
fn node(key: Option<String>, value: Value, open: usize, level: usize, comma: bool) -> AnyView {
    if fits_line(&value, key.as_ref().map_or(0, String::len), level) {
        return leaf(key, &value, level, comma);
    }
    view! { <Container key value open level comma /> }
}

/// A scalar, or a small object or array, on one line.
fn leaf(key: Option<String>, value: &Value, level: usize, comma: bool) -> AnyView {
    let comma = if comma { "," } else { "" };
    let long = value.as_str().filter(|text| text.len() > TEXT).map(str::to_owned);
    let content = match long {
        Some(text) => view! { <LongText text /> },
        None => view! { <JsonText text=spaced(value) /> },
    };
    view! { <div class="value-line" style:padding-left=indent(level)>{label(key)} {content} <span class="syntax-punctuation">{comma}</span></div> }
}

/// The value on one line, with room to breathe: `{ "lat": 52.5, "lon": 13.3 }`.
fn spaced(value: &Value) -> String {
    let joined = |parts: Vec<String>, open: char, close: char, air: &str| {
        if parts.is_empty() { format!("{open}{close}") } else { format!("{open}{air}{}{air}{close}", parts.join(", ")) }
    };
    match value {
        Value::Array(items) => joined(items.iter().map(spaced).collect(), '[', ']', ""),
        Value::Object(members) => {
            let parts = members.iter().map(|(key, value)| format!("{}: {}", quoted(key), spaced(value))).collect();
            joined(parts, '{', '}', " ")
        }
        scalar => scalar.to_string(),
    }
}

fn label(key: Option<String>) -> impl IntoView {
    key.map(|key| view! { <span class="syntax-key">{quoted(&key)}</span><span class="syntax-punctuation">": "</span> })
}

fn indent(level: usize) -> String {
    // Beyond some levels a step to the right says nothing any more and would leave no room.
    format!("{}px", FOLD + 12 * level.min(16))
}

/// An object or array over several lines.
#[component]
fn Container(key: Option<String>, value: Value, open: usize, level: usize, comma: bool) -> impl IntoView {
    let is_open = RwSignal::new(open > 0);
    let shown = RwSignal::new(MEMBERS);
    let (first, last, count) = match &value {
        Value::Array(items) => ("[", "]", items.len()),
        Value::Object(members) => ("{", "}", members.len()),
        _ => ("", "", 0),
    };
    let words = match &value {
        Value::Array(_) => format!("{count} items"),
        _ => format!("{count} members"),
    };
    let comma_text = if comma { "," } else { "" };
    let folded = preview(&value, LINE.saturating_sub(2 * level + key.as_ref().map_or(0, |key| key.len() + 4)));
    let name = key.clone().unwrap_or_else(|| value.type_name().to_owned());
    let members = move || {
        let drawn = shown.get().min(count);
        let inner = open.saturating_sub(1);
        let last_one = |index: usize| index + 1 < count;
        match &value {
            Value::Array(items) => (0..drawn)
                .filter_map(|index| Some(node(None, items.get(index)?.clone(), inner, level + 1, last_one(index))))
                .collect_view()
                .into_any(),
            Value::Object(members) => members
                .iter()
                .take(drawn)
                .enumerate()
                .map(|(index, (key, value))| node(Some(key.to_string()), value.clone(), inner, level + 1, last_one(index)))
                .collect_view()
                .into_any(),
            _ => ().into_any(),
        }
    };
    let more = move || count.saturating_sub(shown.get());
    view! {
        <div class="value-line" data-folded=move || (!is_open.get()).to_string() style:padding-left=indent(level)>
            <button
                class="value-fold"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                aria-label=format!("{name}, {words}")
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                <EitherIcon when=is_open names=["chevron-down", "chevron-right"] size=12 />
            </button>
            {label(key)}
            {move || {
                if is_open.get() {
                    view! { <span class="syntax-punctuation">{first}</span> }
                } else {
                    view! { <JsonText text=folded.clone() /> <span class="syntax-punctuation">{comma_text}</span> }
                }
            }}
        </div>
        <Show when=move || is_open.get()>
            {members.clone()}
            <Show when=move || { more() > 0 }>
                <div class="value-line" style:padding-left=indent(level + 1)>
                    <button class="link" type="button" on:click=move |_| shown.update(|shown| *shown += 10 * MEMBERS)>
                        {move || format!("Show {} more of {}", more().min(10 * MEMBERS), more())}
                    </button>
                </div>
            </Show>
            <div class="value-line" style:padding-left=indent(level)>
                <span class="syntax-punctuation">{last}{comma_text}</span>
            </div>
        </Show>
    }
}

/// A text that is cut until it is asked for whole.
#[component]
fn LongText(text: String) -> impl IntoView {
    let whole = RwSignal::new(false);
    let characters = text.chars().count();
    let cut: String = text.chars().take(TEXT / 2).collect();
    let shown = move || if whole.get() { quoted(&text) } else { quoted(&cut) };
    view! {
        <JsonText text=Signal::derive(shown) />
        <Show when=move || !whole.get()>
            <button class="link" type="button" on:click=move |_| whole.set(true)>{format!("Show all {characters} characters")}</button>
        </Show>
    }
}
