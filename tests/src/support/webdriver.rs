//! The few calls of the WebDriver protocol that the tests need, over plain HTTP. Knows nothing of the portal.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::blocking::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::free_port;

/// One Chromium, headless, with a profile of its own, driven through chromedriver.
pub struct WebDriver {
    driver: Child,
    client: Client,
    session: String,
    _profile: TempDir,
}

fn program(variable: &str, name: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| name.to_owned())
}

impl WebDriver {
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let name = program("CHROMEDRIVER", "chromedriver");
        let driver = Command::new(&name)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}; set CHROMEDRIVER"));
        let client =
            Client::builder().timeout(Duration::from_secs(60)).build().expect("an HTTP client");
        let mut started = Self { driver, client, session: String::new(), _profile: profile };
        started.session = started.open(&format!("http://127.0.0.1:{port}"));
        started
    }

    fn open(&self, base: &str) -> String {
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1440,900",
        ];
        let mut arguments: Vec<String> = flags.map(str::to_owned).into();
        arguments.push(format!("--user-data-dir={}", self._profile.path().display()));
        let options =
            json!({"binary": program("CHROMIUM", "/usr/bin/chromium"), "args": arguments});
        let logging = json!({"browser": "ALL"});
        let capabilities =
            json!({"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": logging}});
        let start = Instant::now();
        loop {
            let answer = self
                .client
                .post(format!("{base}/session"))
                .json(&json!({"capabilities": capabilities}))
                .send();
            match answer {
                Ok(answer) => {
                    let body: Value = answer.json().expect("chromedriver answers JSON");
                    let id = body["value"]["sessionId"]
                        .as_str()
                        .unwrap_or_else(|| panic!("no browser: {body}"));
                    return format!("{base}/session/{id}");
                }
                Err(error) if start.elapsed() > Duration::from_secs(20) => {
                    panic!("chromedriver: {error}")
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    fn call(&self, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.client.post(format!("{}/{path}", self.session)).json(body).send();
        let body: Value = answer
            .and_then(reqwest::blocking::Response::json)
            .map_err(|error| error.to_string())?;
        match body["value"]["error"].as_str() {
            Some(_) => Err(body["value"]["message"].as_str().unwrap_or_default().to_owned()),
            None => Ok(body["value"].clone()),
        }
    }

    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.call("url", &json!({"url": url})).unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    #[track_caller]
    pub fn command(&self, path: &str) {
        self.call(path, &json!({})).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// The value of a script's body, in the page.
    pub fn try_run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.call("execute/sync", &json!({"script": script, "args": arguments}))
    }

    #[track_caller]
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.try_run(script, arguments).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// The value of a promise.
    #[track_caller]
    pub fn resolve(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; ({promise}).then(done, e => done({{error: String(e)}}));"
        );
        self.call("execute/async", &json!({"script": script, "args": []}))
            .unwrap_or_else(|error| panic!("{promise}: {error}"))
    }

    /// A command of the DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.call("goog/cdp/execute", &body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Messages of the console since the last call, errors only.
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.call("se/log", &json!({"type": "browser"})).unwrap_or_default();
        let entries = entries.as_array().cloned().unwrap_or_default();
        let severe = entries.into_iter().filter(|entry| entry["level"] == "SEVERE");
        severe.filter_map(|entry| entry["message"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        drop(self.client.delete(&self.session).send());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
