//! What panels draw with: Leptos's notation and signals over views that are plain data.
//!
//! Leptos makes a view by types: each element, attribute and handler is code of its own to build, rebuild and drop. For a page of some
//! hundred views that was a third of its weight. Here a `view!` is a text with all that is known beforehand (a [`Template`]) and a list of
//! what fills its holes (a [`View`] each), and one small interpreter builds, rebuilds and drops them all. Owners, context,
//! components' props and mounting are Leptos's own, and a `View` is a view to Leptos too.
//!
//! A view that is made again changes the nodes that are there where the template is the same: focus, scrolling and open details survive.

mod attribute;
mod built;
mod children;
mod event;
mod filled;
mod keyed;
mod list;
mod live;
mod mounted;
mod show;
mod template;
mod value;

use std::borrow::Cow;

use leptos::web_sys::{Element, Event};
use send_wrapper::SendWrapper;

pub use children::{Children, ChildrenFn, ToChildren};
pub use event::{on, on_text, on_tick, reference};
pub use keyed::{For, ForProps, Keyed};
pub use show::{Show, ShowProps};
pub use template::Template;
pub use value::{CollectView, IntoAny, IntoValue, IntoView};

/// What fills a hole of a template: a child, the value of an attribute, a handler. One word wide, none when it is nothing: views are
/// handed on all the time, and each word of one would be moved at each place.
pub struct View(Option<Box<Kind>>);

/// What a view is.
pub enum Kind {
    /// No child; an attribute that is left out, a flag that is not set.
    Nothing,
    /// A flag that is set.
    Set,
    Text(Cow<'static, str>),
    /// Made anew whenever what it reads has changed.
    Live(Box<dyn Make>),
    List(Vec<View>),
    /// A template with what fills its holes, in their order.
    Filled(&'static Template, Box<[View]>),
    Keyed(Box<Keyed>),
    /// What an event does.
    Handler(SendWrapper<Box<dyn Hear>>),
    /// Who wants to know the element.
    Reference(Box<dyn FnOnce(&Element) + Send>),
}

impl View {
    pub const NOTHING: View = View(None);

    /// What it is, to be built or compared.
    fn kind(self) -> Kind {
        self.0.map_or(Kind::Nothing, |kind| *kind)
    }

    fn as_kind(&self) -> &Kind {
        self.0.as_deref().unwrap_or(&Kind::Nothing)
    }

    /// A template with what fills its holes.
    #[inline(never)]
    pub fn filled(template: &'static Template, holes: Box<[View]>) -> View {
        Kind::Filled(template, holes).into()
    }

    #[inline(never)]
    fn text(text: Cow<'static, str>) -> View {
        Kind::Text(text).into()
    }

    #[inline(never)]
    fn live(make: Box<dyn Make>) -> View {
        Kind::Live(make).into()
    }

    #[inline(never)]
    fn list(views: Vec<View>) -> View {
        Kind::List(views).into()
    }
}

impl From<Kind> for View {
    fn from(kind: Kind) -> View {
        View(Some(Box::new(kind)))
    }
}

/// What makes a view again and again. Closures are kept as traits of the page's own: behind a `dyn FnMut` each brings code to be called
/// by value too, which nobody does.
pub trait Make: Send {
    fn make(&mut self) -> View;
}

/// What an event does.
pub trait Hear {
    fn hear(&mut self, event: Event);
}
