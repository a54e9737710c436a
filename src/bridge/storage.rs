//! localStorage and sessionStorage as keys and texts. Both may be forbidden or full, which is said and never thrown.

use web_sys::Storage as WebStorage;

/// One of the browser's two stores; it may not be there.
#[derive(Clone)]
pub struct Storage(Option<WebStorage>);

/// Why a text was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The browser has no storage for this page.
    Forbidden,
    /// There is no room for it.
    Full,
}

impl Storage {
    /// What all tabs of this host share and what stays when they close.
    pub fn local() -> Storage {
        Storage(web_sys::window().and_then(|window| window.local_storage().ok().flatten()))
    }

    /// What one tab keeps over a reload.
    pub fn session() -> Storage {
        Storage(web_sys::window().and_then(|window| window.session_storage().ok().flatten()))
    }

    pub fn get(&self, key: &str) -> Option<String> {
        self.0.as_ref()?.get_item(key).ok().flatten()
    }

    pub fn set(&self, key: &str, text: &str) -> Result<(), NotKept> {
        let storage = self.0.as_ref().ok_or(NotKept::Forbidden)?;
        // An empty store that refuses is no store: some browsers give one in private windows.
        let is_empty = || storage.length().unwrap_or(0) == 0;
        storage.set_item(key, text).map_err(|_| if is_empty() { NotKept::Forbidden } else { NotKept::Full })
    }

    pub fn remove(&self, key: &str) {
        if let Some(storage) = &self.0 {
            let _ = storage.remove_item(key);
        }
    }

    /// Every key there is, those of other pages of this host too.
    pub fn keys(&self) -> Vec<String> {
        let Some(storage) = &self.0 else { return Vec::new() };
        let length = storage.length().unwrap_or(0);
        (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect()
    }
}
