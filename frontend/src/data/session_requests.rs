//! The requests about the session itself: who is signed in, signing in, and signing out.

use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::SessionView;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::data::api_client::{ApiError, get_json, send, unreadable};
use crate::data::session::Session;

/// Asks who is signed in.
pub fn ask(session: Session) {
    spawn_local(async move {
        if let Ok(view) = get_json::<SessionView>("/api/v1/session", Lang::Zh, None).await {
            session.take(view.account);
        }
    });
}

/// Signs in with a body of `POST /api/v1/session`.
pub async fn sign_in(body: String, lang: Lang) -> Result<SessionView, ApiError> {
    let json = send(Method::POST, "/api/v1/session", Some(JsValue::from_str(&body)), lang).await?;
    SessionView::from_json(json).map_err(|reason| unreadable(&reason, lang))
}

/// Tells the audit log that somebody who is signed in prints the page.
pub fn note_print(session: Session) {
    if !session.may_now(Permission::OwnAccount) {
        return;
    }
    let at = location();
    let page = at.pathname().unwrap_or_default() + &at.search().unwrap_or_default();
    let path = format!("/api/v1/prints/{}", String::from(js_sys::encode_uri_component(&page)));
    spawn_local(async move {
        if let Err(error) = send(Method::POST, &path, None, Lang::Zh).await
            && error.status >= 400
        {
            leptos::logging::warn!("{}", error.title);
        }
    });
}

/// Ends the session and goes on to an address, mostly the sign-in page: nothing of what was shown stays in the browser's
/// memory.
pub fn sign_out(lang: Lang, next: String) {
    spawn_local(async move {
        if let Err(error) = send(Method::DELETE, "/api/v1/session", None, lang).await
            && error.status >= 400
        {
            leptos::logging::warn!("{}", error.title);
        }
        location().set_href(&next).ok();
    });
}
