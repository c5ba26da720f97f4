//! Who asks: the account of the session that the browser's cookie stands for, or whoever entered the administrator's
//! token, which is kept for the visit.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::{Reach, reach};
use nengce_shared::access::role::Role;
use nengce_shared::api::account::OwnAccount;
use web_sys::Storage;

const TOKEN_KEY: &str = "nengce.token";
const NEXT_KEY: &str = "nengce.next";

/// Milliseconds after the last key or press in which requests count as caused by a person.
const ATTENDED_MS: f64 = 60_000.0;

thread_local! {
    static CURRENT: Cell<Option<Session>> = const { Cell::new(None) };
    static CSRF: RefCell<String> = const { RefCell::new(String::new()) };
    static LAST_INPUT: Cell<f64> = const { Cell::new(0.0) };
}

/// Who is signed in; the token and the cookie stay in the browser's store.
#[derive(Clone, Copy)]
pub struct Session {
    has_token: RwSignal<bool>,
    account: RwSignal<Option<Arc<OwnAccount>>>,
    /// The session ended while its page was open.
    ended: RwSignal<bool>,
}

/// Inside the app, once.
pub fn provide_session() {
    let session = Session {
        has_token: RwSignal::new(token().is_some()),
        account: RwSignal::new(None),
        ended: RwSignal::new(false),
    };
    CURRENT.set(Some(session));
    LAST_INPUT.set(js_sys::Date::now());
    for event in ["keydown", "pointerdown"] {
        // It lives as long as the app.
        let _attended =
            window_event_listener_untyped(event, |_| LAST_INPUT.set(js_sys::Date::now()));
    }
    provide_context(session);
}

pub fn use_session() -> Session {
    expect_context::<Session>()
}

impl Session {
    /// The account that is signed in; tracked.
    pub fn account(self) -> Option<Arc<OwnAccount>> {
        self.account.get()
    }

    /// Whether whoever asks may do this somewhere; tracked.
    pub fn may(self, permission: Permission) -> bool {
        let by_account = self.account.with(|it| may(it.as_deref(), permission));
        self.has_token.get() || by_account
    }

    /// Whether the figures that are shown rest on all units of the city; tracked. Ranks among some of them say nothing.
    pub fn sees_city(self) -> bool {
        let whole = |role: &Role| reach(*role, Permission::Figures) == Some(Reach::City);
        let by_account =
            self.account.with(|it| it.as_ref().is_none_or(|it| it.roles.iter().any(whole)));
        self.has_token.get() || by_account
    }

    /// As `may`, not tracked.
    pub fn may_now(self, permission: Permission) -> bool {
        untrack(|| self.may(permission))
    }

    /// Changes whenever somebody else asks than before; tracked.
    pub fn identity(self) -> (bool, Option<String>) {
        (self.has_token.get(), self.account.with(|it| it.as_ref().map(|it| it.name.clone())))
    }

    /// The account that the server names; nobody: nobody is signed in.
    pub fn take(self, account: Option<OwnAccount>) {
        CSRF.replace(account.as_ref().map(|it| it.csrf_token.clone()).unwrap_or_default());
        self.ended.set(false);
        // Everything that is shown is asked for again when somebody else asks, and only then.
        if self.account.with_untracked(|it| it.as_deref() != account.as_ref()) {
            self.account.set(account.map(Arc::new));
        }
    }

    /// Whether the session ended while its page was open; tracked.
    pub fn has_ended(self) -> bool {
        self.ended.get()
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
        if self.has_token.get_untracked() != kept {
            crate::answer_cache::forget();
            self.has_token.set(kept);
        }
    }

    /// Whether the administrator's token is known; tracked.
    pub fn has_token(self) -> bool {
        self.has_token.get()
    }

    /// A token that the server refused, by the status of its answer, is forgotten, so that the page asks for another.
    pub fn refused(self, status: u16) {
        if matches!(status, 401 | 403) {
            self.keep(None);
        }
    }
}

fn may(account: Option<&OwnAccount>, permission: Permission) -> bool {
    account.is_some_and(|it| it.permissions.contains(&permission))
}

/// The server knew nobody behind a request: where an account was signed in, its session has ended.
pub fn note_unknown() {
    if let Some(session) = CURRENT.get()
        && session.account.try_with_untracked(Option::is_some) == Some(true)
    {
        session.ended.set(true);
    }
}

/// Goes to the sign-in page, which leads back to this page; the pages for whoever has no account yet stay.
pub fn sign_in_first() {
    let place = window().location();
    let (path, search) = (place.pathname().unwrap_or_default(), place.search().unwrap_or_default());
    if !matches!(path.as_str(), "/sign-in" | "/invitation") {
        let next = js_sys::encode_uri_component(&format!("{path}{search}"));
        place.set_href(&format!("/sign-in?next={next}")).ok();
    }
}

/// The page that `sign_in_first` came from: a path of this server.
pub fn next_page() -> Option<String> {
    let search = window().location().search().ok()?;
    let next = js_sys::decode_uri_component(search.strip_prefix("?next=")?).ok()?;
    Some(String::from(next)).filter(|it| is_inside(it))
}

/// Whether a text is a path of this server.
fn is_inside(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')
}

/// Keeps the page that was asked for while its reader is at the sign-in provider.
pub fn keep_next_page(next: Option<String>) {
    let Some(store) = store() else { return };
    let kept = match next {
        Some(it) => store.set_item(NEXT_KEY, &it),
        None => store.remove_item(NEXT_KEY),
    };
    if kept.is_err() {
        leptos::logging::warn!("the page that was asked for is not kept");
    }
}

/// The page that `keep_next_page` kept, once.
pub fn take_next_page() -> Option<String> {
    let next = store()?.get_item(NEXT_KEY).ok()?;
    keep_next_page(None);
    next.filter(|it| is_inside(it))
}

/// The token that changes of the session carry; empty without one.
pub fn csrf() -> String {
    CSRF.with_borrow(String::clone)
}

/// Whether a person did something on the page lately.
pub fn is_attended() -> bool {
    js_sys::Date::now() - LAST_INPUT.get() < ATTENDED_MS
}

/// The token to send; `None` where no one is signed in or storage is closed.
pub fn token() -> Option<String> {
    store()?.get_item(TOKEN_KEY).ok()?
}

fn store() -> Option<Storage> {
    window().session_storage().ok()?
}
