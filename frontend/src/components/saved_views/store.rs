//! Saved views in the browser's store, one a line: the encoded name, a blank, the address. Lines that cannot be read are
//! left out.

use crate::i18n::{store, stored};
use crate::url_state::{SAVED_VIEW, push_pair};

/// The key of the browser's store.
const STORAGE_KEY: &str = "nengce.views";

/// Views that are kept; the oldest goes.
const MOST_VIEWS: usize = 50;

#[derive(Debug, Clone, PartialEq)]
pub struct SavedView {
    pub name: String,
    /// Path and query, without the name.
    pub address: String,
}

impl SavedView {
    /// The link that opens the view and says its name.
    pub fn link(&self) -> String {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let mut query = query.to_owned();
        push_pair(&mut query, SAVED_VIEW, Some(&self.name));
        format!("{path}?{query}")
    }
}

/// The views that the store holds, oldest first; `None` where it holds none or is closed.
pub fn load() -> Option<Vec<SavedView>> {
    stored(STORAGE_KEY).map(|text| text.lines().filter_map(read).collect())
}

/// Stores the newest of the views; says whether the browser kept them.
pub fn save(views: &mut Vec<SavedView>) -> bool {
    views.drain(..views.len().saturating_sub(MOST_VIEWS));
    let line = |it: &SavedView| {
        format!("{} {}", String::from(js_sys::encode_uri_component(&it.name)), it.address)
    };
    let text = views.iter().map(line).collect::<Vec<_>>().join("\n");
    store(STORAGE_KEY, Some(&text));
    stored(STORAGE_KEY) == Some(text)
}

fn read(line: &str) -> Option<SavedView> {
    let (name, address) = line.split_once(' ')?;
    let name = js_sys::decode_uri_component(name).ok()?.as_string()?;
    // Only addresses of this portal, as the address bar writes them.
    let inside = address.starts_with('/') && !address.starts_with("//");
    let plain = address.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
    (inside && plain && !name.is_empty()).then(|| SavedView { name, address: address.to_owned() })
}
