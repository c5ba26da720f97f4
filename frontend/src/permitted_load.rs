//! The data of a page that a permission opens: without it nothing is asked, and a session that the server refuses ends.

use std::time::Duration;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::json::FromJson;

use crate::data::session::use_session;
use crate::load::{Load, use_load};

/// How often such a page asks again by itself.
const REFRESHED: Duration = Duration::from_secs(15);

/// As `use_load`, for whoever has the permission.
pub fn use_permitted_load<T>(permission: Permission, path: impl Fn() -> String + 'static) -> Load<T>
where
    T: FromJson + Send + Sync + 'static,
{
    let session = use_session();
    let load = use_load(move || session.may(permission).then(&path));
    Effect::new(move |_| {
        if let Some(error) = load.error.get() {
            session.refused(error.status);
        }
    });
    load
}

/// Asks again from time to time, while the page is in front of somebody.
pub fn refresh_while_seen<T: Send + Sync + 'static>(load: Load<T>, permission: Permission) {
    let session = use_session();
    let refresh = move || {
        if !document().hidden() && session.may_now(permission) {
            load.refresh();
        }
    };
    if let Ok(timer) = set_interval_with_handle(refresh, REFRESHED) {
        on_cleanup(move || timer.clear());
    }
}
