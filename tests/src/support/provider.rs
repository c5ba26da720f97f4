//! A real sign-in provider (npm oidc-provider, tests/oidc), and a person who signs in there with a browser of few lines:
//! it keeps cookies and fills in the provider's own forms.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use super::answer::Answer;
use super::app::TestApp;
use super::server::Options;
use super::sources::workspace;

/// The secret of the server under test at the provider.
pub const CLIENT_SECRET: &str = "secret-of-the-tests";

pub struct Provider {
    child: Child,
    /// It is kept open, because the provider ends where it cannot write.
    _output: Lines<BufReader<ChildStdout>>,
    pub issuer: String,
    client: Client,
}

/// The folder with the provider's packages, which `cargo xtask test` fills.
fn packages() -> PathBuf {
    let installed = workspace().join("target/tools/oidc-provider");
    let folder = std::env::var_os("OIDC_PROVIDER").map_or(installed, PathBuf::from);
    assert!(
        folder.join("node_modules/oidc-provider").is_dir(),
        "no oidc-provider in {}: `cargo xtask test api` installs it by npm, or name its folder in OIDC_PROVIDER",
        folder.display()
    );
    folder
}

impl Provider {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// A provider that speaks HTTPS with the certificate and the key of these files.
    pub fn with_tls(certificate: &Path, key: &Path) -> Self {
        let text = |it: &Path| it.to_str().expect("a path").to_owned();
        let files = [("PROVIDER_CERTIFICATE", text(certificate)), ("PROVIDER_KEY", text(key))];
        Self::with(&files)
    }

    fn with(environment: &[(&str, String)]) -> Self {
        let mut child = Command::new("node")
            .arg(workspace().join("tests/oidc/provider.mjs"))
            .env("PROVIDER_PACKAGES", packages())
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output")).lines();
        let issuer = output
            .by_ref()
            .map_while(Result::ok)
            .find_map(|it| it.strip_prefix("issuer ").map(str::to_owned))
            .expect("the provider says its address");
        let client = Client::builder().redirect(Policy::none()).build().expect("an HTTP client");
        Self { child, _output: output, issuer, client }
    }

    /// Settings of a server whose people sign in here.
    pub fn settings(&self) -> Vec<(String, String)> {
        let roles = "nc-inspect=inspector,nc-district=district_office,nc-clerk=enterprise_clerk,nc-audit=auditor";
        [
            ("ISSUER", self.issuer.as_str()),
            ("CLIENT_ID", "nengce"),
            ("CLIENT_SECRET", CLIENT_SECRET),
            ("REDIRECT_BASE", "http://127.0.0.1:{port}"),
            ("ROLES", roles),
            ("DISTRICTS_CLAIM", "districts"),
            ("UNITS_CLAIM", "units"),
            ("AMR_VALUES", "otp"),
            ("TIMEOUT_SECONDS", "3"),
        ]
        .map(|(name, value)| (format!("NENGCE_OIDC_{name}"), value.to_owned()))
        .to_vec()
    }

    /// A server whose people sign in here, with further settings.
    pub fn app(&self, more: &[(&str, &str)]) -> TestApp {
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let environment = self.settings().into_iter().chain(more).collect();
        TestApp::with(Options { environment, ..Options::default() })
    }

    /// Tells the provider who its people are, or how to spoil what it answers.
    pub fn tell(&self, what: &Value) {
        let request = self.client.post(format!("{}/control", self.issuer)).body(what.to_string());
        let answer = request.send().expect("the provider answers");
        assert!(answer.status().is_success(), "{what}");
    }

    /// A person of these claims; `login` is what they type.
    pub fn person(&self, login: &str, claims: &Value) {
        self.tell(&json!({"people": {login: claims}}));
    }

    /// Signs in at an address of the provider: its forms are filled in. The query with which it sends the browser back.
    pub fn sign_in(&self, address: &str, login: &str) -> String {
        let mut cookies = BTreeMap::<String, String>::new();
        let mut at = address.to_owned();
        let mut prompts = ["login", "consent"].into_iter();
        for _ in 0..10 {
            let answer = send(self.client.get(&at), &mut cookies);
            let next = match answer.headers().contains_key(LOCATION) {
                true => answer,
                false => {
                    let prompt = prompts.next().expect("two forms at most");
                    let form = format!("prompt={prompt}&login={login}&password=any");
                    let request = self.client.post(&at).body(form);
                    let kind = "application/x-www-form-urlencoded";
                    send(request.header("content-type", kind), &mut cookies)
                }
            };
            let location = next.headers()[LOCATION].to_str().expect("an address").to_owned();
            at = match location.starts_with('/') {
                true => format!("{}{location}", self.issuer),
                false => location,
            };
            if !at.starts_with(&self.issuer) {
                let (page, query) = at.split_once('?').expect("an answer of the provider");
                assert!(page.ends_with("/sign-in"), "{page}");
                return format!("?{query}");
            }
        }
        panic!("the provider does not come to an end: {at}");
    }

    /// Ends the provider.
    pub fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}

fn send(request: RequestBuilder, cookies: &mut BTreeMap<String, String>) -> Response {
    let sent: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let answer = request.header("cookie", sent.join("; ")).send().expect("the provider answers");
    for cookie in answer.headers().get_all(SET_COOKIE) {
        let cookie = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default();
        if let Some((name, value)) = cookie.split_once('=') {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
    answer
}

/// A sign-in that a browser began.
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// The cookie by which it proves that it began it.
    pub cookie: String,
}

/// What a page of the server sends; a server whose proxies are trusted believes the address.
const OF_PAGE: [(&str, &str); 3] = [
    ("sec-fetch-site", "same-origin"),
    ("content-type", "application/json"),
    ("x-forwarded-for", "192.0.2.1"),
];

/// Presses the button of the sign-in page.
pub fn try_begin(app: &TestApp) -> Answer {
    app.post_bytes("/api/v1/session/provider", Vec::new(), &OF_PAGE)
}

#[track_caller]
pub fn begin(app: &TestApp) -> Begun {
    let answer = try_begin(app);
    let address = answer.ok()["address"].as_str().expect("an address").to_owned();
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    Begun { address, cookie }
}

/// Comes back from the provider with a query.
pub fn come_back(app: &TestApp, cookie: &str, query: &str) -> Answer {
    let body = json!({"query": query}).to_string().into_bytes();
    let headers = [&OF_PAGE[..], &[("cookie", cookie)]].concat();
    app.post_bytes("/api/v1/session/provider/answer", body, &headers)
}

/// The whole way of a person from the button to the answer.
#[track_caller]
pub fn sign_in(app: &TestApp, provider: &Provider, login: &str) -> Answer {
    let begun = begin(app);
    let query = provider.sign_in(&begun.address, login);
    come_back(app, &begun.cookie, &query)
}
