//! The examples' documents on their way into the page: fetched once, when the menu opens, and again where that failed.

use crate::ui::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use crate::bridge::beside;
use crate::examples::{self, Documents, FIRST};
use crate::share::Document;

/// What there is of the examples' documents.
#[derive(Clone, Default)]
pub enum Fetched {
    #[default]
    NotAsked,
    OnTheWay,
    Here(Arc<Documents>),
    Failed,
}

impl Fetched {
    /// The document of an example if it is here: that of the first always is.
    pub fn document(&self, slug: &str) -> Option<Document> {
        match self {
            Fetched::Here(documents) => documents.of(slug).cloned(),
            _ => (slug == FIRST.slug).then(examples::first),
        }
    }
}

/// Fetches the documents, unless they are here or on their way.
pub fn fetch(fetched: RwSignal<Fetched>) {
    if matches!(fetched.get_untracked(), Fetched::OnTheWay | Fetched::Here(_)) {
        return;
    }
    fetched.set(Fetched::OnTheWay);
    spawn_local(async move {
        let documents = beside::text(examples::FILE).await.and_then(|text| Documents::read(&text));
        fetched.set(documents.map_or(Fetched::Failed, |documents| Fetched::Here(Arc::new(documents))));
    });
}
