//! The views of the page: built, made again in place, moved and dropped.

use asl_playground::ui::dom::View;
use asl_playground::ui::prelude::*;
use leptos::mount::mount_to;
use leptos::task::tick;
use leptos::{html, web_sys};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// A view in an element of its own.
fn mounted<V: IntoView + 'static>(make: impl FnOnce() -> V + 'static) -> (HtmlElement, impl Sized) {
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&host).unwrap();
    let handle = mount_to(host.clone(), move || make().into_view());
    (host, handle)
}

fn find(host: &HtmlElement, selector: &str) -> HtmlElement {
    host.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector} in {}", host.inner_html())).unchecked_into()
}

/// What of a view its text and elements are: without the comments that hold places.
fn shown(host: &HtmlElement) -> String {
    host.inner_html().replace("<!---->", "")
}

#[component]
fn Titled(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <h2>{title}</h2>
        {children.map(|children| children())}
    }
}

#[wasm_bindgen_test]
fn elements_attributes_and_components_are_built() {
    let name = "b".to_owned();
    let (host, _handle) = mounted(move || {
        view! {
            <p class="a" data-name=name hidden title={None::<String>} aria-busy=Some("true") class:on=true class:off=false style:color="red" style=("--x", "1")>
                "one " {2} " " {3.5} {None::<&str>} {Some("!")} {["x", "y"]} {vec![view! { <b>"z"</b> }]}
            </p>
            <Titled title="t"><i>"in"</i> "side"</Titled>
            <Titled title="alone" />
        }
    });
    assert_eq!(
        shown(&host),
        "<p class=\"a on\" data-name=\"b\" hidden=\"\" aria-busy=\"true\" style=\"color: red; --x: 1;\">one 2 3.5!xy<b>z</b></p>\
         <h2>t</h2><i>in</i>side<h2>alone</h2>"
    );
}

#[wasm_bindgen_test]
fn drawings_have_their_own_namespace() {
    let (host, _handle) = mounted(|| {
        view! {
            <svg viewBox="0 0 1 1"><title>"t"</title><g>{view! { <rect width=1.5 /> }}</g></svg>
            <title>"t"</title>
        }
    });
    let space = |selector: &str| find(&host, selector).namespace_uri().unwrap();
    assert!(["svg", "svg title", "g", "rect"].iter().all(|selector| space(selector).ends_with("svg")));
    assert!(space("svg + title").ends_with("xhtml"));
    assert_eq!(find(&host, "svg").get_attribute("viewBox").as_deref(), Some("0 0 1 1"));
}

#[wasm_bindgen_test]
async fn values_follow_what_they_read() {
    let (text, there) = (RwSignal::new("a".to_owned()), RwSignal::new(true));
    let (host, _handle) = mounted(move || {
        view! {
            <input
                class:on=there
                prop:checked=there
                prop:value=text
                disabled=there
                title=move || there.get().then(|| text.get())
                style:color=move || if there.get() { "red" } else { "blue" }
            />
            <p>{text}{move || there.get().then_some("there")}</p>
        }
    });
    let input = find(&host, "input").unchecked_into::<web_sys::HtmlInputElement>();
    let outer = || input.outer_html();
    assert_eq!(outer(), "<input class=\"on\" disabled=\"\" title=\"a\" style=\"color: red;\">");
    assert_eq!((input.value(), input.checked(), find(&host, "p").inner_text()), ("a".to_owned(), true, "athere".to_owned()));
    text.set("b".to_owned());
    there.set(false);
    tick().await;
    assert_eq!(outer(), "<input class=\"\" style=\"color: blue;\">");
    assert_eq!((input.value(), input.checked(), find(&host, "p").inner_text()), ("b".to_owned(), false, "b".to_owned()));
    there.set(true);
    tick().await;
    assert_eq!(outer(), "<input class=\"on\" style=\"color: red;\" disabled=\"\" title=\"b\">");
}

#[wasm_bindgen_test]
async fn a_view_that_is_made_again_keeps_its_nodes() {
    let (count, pressed) = (RwSignal::new(0), RwSignal::new(Vec::new()));
    let (host, _handle) = mounted(move || {
        move || {
            let number = count.get();
            view! {
                <details data-number=number><summary>"s"</summary>{number}</details>
                <button on:click=move |_| pressed.update(|pressed| pressed.push(number))>{format!("press {number}")}</button>
            }
        }
    });
    let (details, button) = (find(&host, "details"), find(&host, "button"));
    details.set_attribute("open", "").unwrap();
    button.focus().unwrap();
    count.set(1);
    tick().await;
    assert_eq!(shown(&host), "<details data-number=\"1\" open=\"\"><summary>s</summary>1</details><button>press 1</button>");
    assert!(find(&host, "details").is_same_node(Some(&details)));
    assert!(document().active_element().unwrap().is_same_node(Some(&button)));
    // The handler is the new one, and the only one.
    button.click();
    assert_eq!(pressed.get_untracked(), [1]);
}

#[wasm_bindgen_test]
async fn another_view_takes_the_place() {
    let shape = RwSignal::new(0);
    let (host, _handle) = mounted(move || {
        let one_of = move || match shape.get() {
            0 => ().into_any(),
            1 => view! { <b>"one"</b> }.into_any(),
            2 => view! { <i>"two"</i> "text" }.into_any(),
            3 => ["x", "y", "z"].map(|text| view! { <u>{text}</u> }).into_any(),
            4 => ["x"].map(|text| view! { <u>{text}</u> }).into_any(),
            5 => Vec::<View>::new().into_any(),
            6 => (move || view! { <s>"live"</s> }).into_any(),
            _ => "text".into_any(),
        };
        view! { "[" {one_of} "]" }
    });
    let expected =
        ["[]", "[<b>one</b>]", "[<i>two</i>text]", "[<u>x</u><u>y</u><u>z</u>]", "[<u>x</u>]", "[]", "[<s>live</s>]", "[text]"];
    // Each after each other one.
    for from in 0..expected.len() {
        for to in 0..expected.len() {
            for at in [from, to] {
                shape.set(at);
                tick().await;
                assert_eq!(shown(&host), expected[at], "from {from} to {to}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn fields_are_bound_to_signals() {
    let (text, ticked, field) = (RwSignal::new("a".to_owned()), RwSignal::new(false), NodeRef::<html::Input>::new());
    let (host, _handle) = mounted(move || {
        view! {
            <input class="text" node_ref=field bind:value=text />
            <input class="box" type="checkbox" bind:checked=ticked />
        }
    });
    let input = field.get_untracked().unwrap();
    assert_eq!(input.value(), "a");
    input.set_value("typed");
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    find(&host, ".box").click();
    assert_eq!((text.get_untracked(), ticked.get_untracked()), ("typed".to_owned(), true));
    text.set("set".to_owned());
    ticked.set(false);
    tick().await;
    assert_eq!(input.value(), "set");
    assert!(!find(&host, ".box").unchecked_into::<web_sys::HtmlInputElement>().checked());
}

/// A list of letters that counts what it draws and what it drops.
fn letters(items: RwSignal<Vec<char>>) -> (HtmlElement, Rc<[Cell<usize>; 2]>, impl Sized) {
    let counts = Rc::<[Cell<usize>; 2]>::default();
    let held = StoredValue::new(counts.clone());
    let more = move |at: usize| held.with_value(|counts| counts[at].set(counts[at].get() + 1));
    let (host, handle) = mounted(move || {
        view! {
            <p>
                <For each=move || items.get() key=|letter| *letter let:letter>
                    {
                        more(0);
                        on_cleanup(move || more(1));
                    }
                    <button id=letter.to_string()>{letter.to_string()}</button>
                </For>
                "."
            </p>
        }
    });
    (host, counts, handle)
}

#[wasm_bindgen_test]
async fn items_keep_their_nodes_wherever_they_move() {
    let items = RwSignal::new(Vec::new());
    let (host, counts, _handle) = letters(items);
    let text = || find(&host, "p").inner_text();
    assert_eq!(text(), ".");
    let mut seen = 0;
    for order in ["abc", "cab", "cb", "xcyb", "bcxy", "zbcxyw", "wyxcbz", "", "ab", "ba", "aab", "b"] {
        let before: Vec<HtmlElement> = order
            .chars()
            .filter_map(|letter| host.query_selector(&format!("#{letter}")).unwrap())
            .map(JsCast::unchecked_into)
            .collect();
        items.set(order.chars().collect());
        tick().await;
        assert_eq!(text(), format!("{order}."));
        for old in before {
            assert!(find(&host, &format!("#{}", old.id())).is_same_node(Some(&old)), "{order}");
        }
        seen += 1;
    }
    assert_eq!(seen, 12);
    let [drawn, dropped] = [counts[0].get(), counts[1].get()];
    assert_eq!(drawn - dropped, 1, "drawn {drawn}, dropped {dropped}");
}

#[wasm_bindgen_test]
async fn as_few_items_as_can_be_are_moved() {
    let items = RwSignal::new("abcdef".chars().collect::<Vec<_>>());
    let (host, counts, _handle) = letters(items);
    // What is moved loses the focus; `e` is one of those that keep their order.
    let focused = find(&host, "#e");
    focused.focus().unwrap();
    for order in ["fabcde", "abcdef", "bacdef", "cdefab", "xcdyefz", "e"] {
        items.set(order.chars().collect());
        tick().await;
        assert_eq!(find(&host, "p").inner_text(), format!("{order}."));
        assert!(document().active_element().unwrap().is_same_node(Some(&focused)), "{order}");
    }
    assert_eq!([counts[0].get(), counts[1].get()], [9, 8]);
}

#[wasm_bindgen_test]
async fn what_leaves_the_page_ends() {
    let (there, count) = (RwSignal::new(true), RwSignal::new(0));
    let runs = Arc::new(AtomicUsize::new(0));
    let (host, handle) = mounted({
        let runs = runs.clone();
        move || {
            let drawn = move || {
                runs.fetch_add(1, Ordering::Relaxed);
                count.get()
            };
            view! {
                <Show when=move || there.get()>
                    <button data-count=drawn.clone() on:click=move |_| count.update(|count| *count += 1)>{drawn.clone()}</button>
                </Show>
            }
        }
    });
    let button = find(&host, "button");
    button.click();
    tick().await;
    assert_eq!((shown(&host), runs.load(Ordering::Relaxed)), ("<button data-count=\"1\">1</button>".to_owned(), 4));
    there.set(false);
    tick().await;
    assert_eq!(shown(&host), "");
    button.click();
    assert_eq!(count.get_untracked(), 1);
    there.set(true);
    tick().await;
    assert_eq!(runs.load(Ordering::Relaxed), 6);
    let button = find(&host, "button");
    drop(handle);
    assert_eq!(shown(&host), "");
    button.click();
    count.set(5);
    tick().await;
    assert_eq!((count.get_untracked(), runs.load(Ordering::Relaxed)), (5, 6));
}
