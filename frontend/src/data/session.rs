//! The administrator's token: kept for the visit, sent with every request, entered where a page needs it.

use leptos::prelude::*;
use web_sys::Storage;

const TOKEN_KEY: &str = "nengce.token";

/// Whether someone is signed in; the token itself stays in the browser's store.
#[derive(Clone, Copy)]
pub struct Session(RwSignal<bool>);

/// Inside the app, once.
pub fn provide_session() {
    provide_context(Session(RwSignal::new(token().is_some())));
}

pub fn use_session() -> Session {
    expect_context::<Session>()
}

impl Session {
    pub fn signed_in(self) -> bool {
        self.0.get()
    }

    /// As `signed_in`, not tracked.
    pub fn is_signed_in(self) -> bool {
        self.0.get_untracked()
    }

    pub fn keep(self, token: Option<&str>) {
        let kept = match (store(), token) {
            (Some(store), Some(token)) => store.set_item(TOKEN_KEY, token).is_ok(),
            (Some(store), None) => {
                store.remove_item(TOKEN_KEY).ok();
                false
            }
            (None, _) => false,
        };
        if self.0.get_untracked() != kept {
            crate::answer_cache::forget();
            self.0.set(kept);
        }
    }

    /// A token that the server refused, by the status of its answer, is forgotten, so that the page asks for another.
    pub fn refused(self, status: u16) {
        if matches!(status, 401 | 403) {
            self.keep(None);
        }
    }
}

/// The token to send; `None` where no one is signed in or storage is closed.
pub fn token() -> Option<String> {
    store()?.get_item(TOKEN_KEY).ok()?
}

fn store() -> Option<Storage> {
    window().session_storage().ok()?
}
