//! A person with a browser: the cookie of a session and the token of its changes, sent with every request.

use nengce_shared::access::role::Role;
use serde_json::{Value, json};

use super::answer::Answer;
use super::app::TestApp;

/// A password that the rules accept.
pub const PASSWORD: &str = "four plain words here";

pub struct Person<'a> {
    app: &'a TestApp,
    pub cookie: String,
    pub csrf: String,
    /// Who is signed in, as `GET /api/v1/session` says.
    pub account: Value,
}

/// An attempt to sign in from an address; a server whose proxies are trusted believes it.
pub fn try_sign_in(app: &TestApp, body: &Value, address: &str) -> Answer {
    let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
    app.post_bytes("/api/v1/session", body.to_string().into_bytes(), &headers)
}

/// The secret of an invitation's link.
#[track_caller]
pub fn secret(link: &str) -> &str {
    link.split_once("/invitation#").expect("a link of an invitation").1
}

/// Sets the password of whoever was invited by a link.
pub fn accept(app: &TestApp, link: &str, password: &str) -> Answer {
    app.post("/api/v1/invitations/accept", &json!({"secret": secret(link), "password": password}))
}

/// An account of these roles that can sign in with [`PASSWORD`].
#[track_caller]
pub fn create(app: &TestApp, name: &str, roles: &[Role], districts: &[&str], units: &[&str]) {
    let body = json!({"name": name, "display_name": name, "roles": roles, "districts": districts, "units": units});
    let invited =
        app.admin_post("/api/v1/accounts", body.to_string().into_bytes(), "application/json").ok();
    accept(app, invited["link"].as_str().expect("a link"), PASSWORD).ok();
}

impl<'a> Person<'a> {
    /// Signs in with a body of `POST /api/v1/session`.
    #[track_caller]
    pub fn sign_in_as(app: &'a TestApp, body: &Value) -> Self {
        Self::of(app, &try_sign_in(app, body, "192.0.2.1"))
    }

    /// Signs in with a name and [`PASSWORD`].
    #[track_caller]
    pub fn sign_in(app: &'a TestApp, name: &str) -> Self {
        Self::sign_in_as(app, &json!({"name": name, "password": PASSWORD}))
    }

    /// Whoever an answer to a sign-in made.
    #[track_caller]
    pub fn of(app: &'a TestApp, answer: &Answer) -> Self {
        let account = answer.ok()["account"].clone();
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        let csrf = account["csrf_token"].as_str().expect("a token of changes").to_owned();
        Self { app, cookie, csrf, account }
    }

    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let body = body.map(|it| it.to_string().into_bytes()).unwrap_or_default();
        self.send_bytes(method, path, body, "application/json")
    }

    pub fn send_bytes(
        &self,
        method: &str,
        path: &str,
        body: Vec<u8>,
        content_type: &str,
    ) -> Answer {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("x-nengce-csrf", self.csrf.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", content_type),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        self.app.request_with_body(method, path, body, &headers)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body))
    }
}
