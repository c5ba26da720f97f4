//! The test app: a server and an HTTP client that knows the administrator's token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder};
use serde_json::Value;

use super::answer::Answer;
use super::enterprise::Enterprise;
use super::server::{ADMIN_TOKEN, Options, Server};
use super::terminal::Terminal;
use super::wait::{wait_for, wait_until};

pub struct TestApp {
    pub server: Server,
    client: Client,
    /// The device ids that terminals of the tests received, by credit code.
    devices: Mutex<HashMap<String, String>>,
}

/// The server that tests of single units share; it ends with the last test that holds it.
static SHARED: Mutex<Weak<TestApp>> = Mutex::new(Weak::new());

impl TestApp {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    /// A server with settings of the environment, `("NENGCE_…", value)`.
    pub fn with_environment(settings: &[(&str, &str)]) -> Self {
        let environment = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Self::with(Options { environment, ..Options::default() })
    }

    pub fn with_config(config: &str) -> Self {
        Self::with(Options { config: Some(config.to_owned()), ..Options::default() })
    }

    pub fn with(options: Options) -> Self {
        let client =
            Client::builder().timeout(Duration::from_secs(60)).build().expect("an HTTP client");
        Self { server: Server::start(options), client, devices: Mutex::default() }
    }

    /// The shared server, for tests that only look at one unit of their own.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(app) = shared.upgrade() {
            return app;
        }
        let app = Arc::new(Self::new());
        *shared = Arc::downgrade(&app);
        app
    }

    pub fn known_device(&self, code: &str) -> Option<String> {
        let devices = self.devices.lock();
        let devices = devices.unwrap_or_else(std::sync::PoisonError::into_inner);
        devices.get(code).cloned()
    }

    pub fn know_device(&self, code: &str, device_id: &str) {
        let devices = self.devices.lock();
        let mut devices = devices.unwrap_or_else(std::sync::PoisonError::into_inner);
        devices.insert(code.to_owned(), device_id.to_owned());
    }

    pub fn url(&self) -> String {
        self.server.url()
    }

    /// A path under the server, or an absolute address as the server gave it.
    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url()) }
    }

    pub fn send(&self, what: String, request: RequestBuilder) -> Answer {
        Answer::of(
            what.clone(),
            request
                .send()
                .unwrap_or_else(|error| panic!("{what}: {error:?}\n{}", self.server.log())),
        )
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Sends a request; `None` when no server answers.
    pub fn try_get(&self, path: &str) -> Option<Answer> {
        let response = self.client.get(self.address(path)).send().ok()?;
        Some(Answer::of(format!("GET {path}"), response))
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(self.client.get(self.address(path)), |r, (name, value)| r.header(*name, *value));
        self.send(format!("GET {path}"), request)
    }

    /// Any method without a body.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let known = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.client.request(known, self.address(path));
        let request = headers.iter().fold(request, |r, (name, value)| r.header(*name, *value));
        self.send(format!("{method} {path}"), request)
    }

    /// As a terminal sends: no token.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_bytes(
            path,
            body.to_string().into_bytes(),
            &[("content-type", "application/json")],
        )
    }

    /// `None` when the connection broke before there was an answer.
    pub fn try_post(&self, path: &str, body: &Value) -> Option<Answer> {
        let request = self
            .client
            .post(self.address(path))
            .header("content-type", "application/json")
            .body(body.to_string());
        let response = request.send().ok()?;
        let declared = response.content_length();
        let answer = Answer::of(format!("POST {path}"), response);
        // An incomplete answer counts as no answer.
        (declared.is_none_or(|it| it == answer.body.len() as u64) && !answer.body.is_empty())
            .then_some(answer)
    }

    pub fn post_bytes(&self, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(self.client.post(self.address(path)), |r, (name, value)| r.header(*name, *value));
        self.send(format!("POST {path}"), request.body(body))
    }

    /// Any method with a body.
    pub fn request_with_body(
        &self,
        method: &str,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let known = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.client.request(known, self.address(path)).body(body);
        let request = headers.iter().fold(request, |it, (name, value)| it.header(*name, *value));
        self.send(format!("{method} {path}"), request)
    }

    /// Any method, with the administrator's token.
    pub fn admin(&self, method: &str, path: &str, body: Vec<u8>) -> Answer {
        let known = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self
            .client
            .request(known, self.address(path))
            .bearer_auth(ADMIN_TOKEN)
            .header("content-type", "application/json")
            .body(body);
        self.send(format!("{method} {path}"), request)
    }

    pub fn admin_get(&self, path: &str) -> Answer {
        self.admin("GET", path, Vec::new())
    }

    /// As an administrator sends.
    pub fn admin_post(&self, path: &str, body: Vec<u8>, content_type: &str) -> Answer {
        let token = format!("Bearer {ADMIN_TOKEN}");
        self.post_bytes(path, body, &[("authorization", &token), ("content-type", content_type)])
    }

    pub fn approve(&self, device_id: &str) -> Answer {
        self.admin_post(
            &format!("/api/v1/devices/{device_id}/approve"),
            Vec::new(),
            "application/json",
        )
    }

    /// Imports a file of a kind (`economy`, `targets`, …) as an administrator.
    #[track_caller]
    pub fn import(&self, kind: &str, file: &str, content: &str) -> Value {
        let path = format!("/api/v1/imports/{kind}?file={file}");
        self.admin_post(&path, content.as_bytes().to_vec(), "text/csv").ok()
    }

    pub fn is_ready(&self) -> bool {
        self.get("/readyz").status == 200
    }

    /// The quality rules run behind the writer: waits until no changed day is left.
    #[track_caller]
    pub fn wait_until_assessed(&self) {
        wait_until("all changed days are assessed", || {
            self.admin_get("/api/v1/quality/status").ok()["behind_days"] == 0
        });
    }

    /// Waits until an import job has ended, successfully or not, and returns its last state.
    #[track_caller]
    pub fn ended_job(&self, id: &Value) -> Value {
        wait_for("the import job ends", || {
            let job = self.admin_get(&format!("/api/v1/imports/jobs/{id}")).ok();
            assert!(job["rows_done"].as_u64() <= job["rows_total"].as_u64(), "{job}");
            (job["state"] != "running").then_some(job)
        })
    }

    /// A registered and approved terminal with its configuration sent.
    pub fn terminal(&self, enterprise: &Enterprise) -> Terminal<'_> {
        let terminal = self.registered(enterprise);
        assert_eq!(self.approve(&terminal.device_id).status, 200, "{}", self.server.log());
        terminal.upload_config().received();
        terminal
    }

    /// A terminal that only registered.
    pub fn registered(&self, enterprise: &Enterprise) -> Terminal<'_> {
        Terminal::register(self, enterprise)
    }
}

impl Default for TestApp {
    fn default() -> Self {
        Self::new()
    }
}
