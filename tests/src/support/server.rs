//! A real `nengce serve` on a folder of its own and a free port; ends with its test. Knows no endpoint but `/readyz`.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::sources::workspace;
use super::wait::{wait_for, wait_until};

/// Token the servers under test accept for an administrator.
pub const ADMIN_TOKEN: &str = "token-of-the-tests";

const READY_WITHIN: Duration = Duration::from_secs(60);
const STOPS_WITHIN: Duration = Duration::from_secs(20);

/// How to start a server: flags and environment on top of an empty folder.
#[derive(Default, Clone)]
pub struct Options {
    /// The command that serves [default: serve].
    pub subcommand: Option<&'static str>,
    pub environment: Vec<(String, String)>,
    pub arguments: Vec<String>,
    /// Content of `nengce.toml`, passed by `--config`.
    pub config: Option<String>,
    /// Another data folder, such as one on a small disk.
    pub data: Option<PathBuf>,
    /// A program with arguments that starts the server in its place.
    pub through: Vec<String>,
}

pub struct Server {
    child: Option<Child>,
    port: u16,
    options: Options,
    /// `None` once it has been handed over.
    folder: Option<TempDir>,
}

pub fn binary() -> PathBuf {
    std::env::var_os("NENGCE_BIN")
        .map_or_else(|| workspace().join("target/debug/nengce"), PathBuf::from)
}

/// The binary with an environment of its own: nothing of the developer's configuration reaches it.
pub fn command() -> Command {
    let binary = binary();
    assert!(binary.is_file(), "no server at {}: build it, or set NENGCE_BIN", binary.display());
    let mut command = Command::new(binary);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NENGCE_")) {
        command.env_remove(name);
    }
    command.env("NENGCE_ADMIN_TOKEN", ADMIN_TOKEN);
    // What the tests of accounts close again.
    command.env("NENGCE_PUBLIC_READS", "figures,unit_data,quality,uploads,devices,replacements");
    // What a test uploads is in the next answer, however slow the machine.
    command.env("NENGCE_VIEW_WAIT_MS", "60000");
    for whose in ["ACCOUNT", "ADDRESS"] {
        command.env(format!("NENGCE_MAX_REQUESTS_PER_{whose}_PER_MINUTE"), "0");
    }
    // All terminals of the tests come from one address, at once.
    for bound in ["PER_ADDRESS_PER_HOUR", "PER_HOUR"] {
        command.env(format!("NENGCE_MAX_REGISTRATIONS_{bound}"), "0");
    }
    command
}

/// Another program in front, which gets the binary and its arguments.
fn through(program: &str, arguments: &[String]) -> Command {
    let plain = command();
    let mut command = Command::new(program);
    command.args(arguments).arg(plain.get_program());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

impl Server {
    pub fn start(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut server = Self { child: None, port: 0, options, folder: Some(folder) };
        server.launch();
        server
    }

    /// The address for plain HTTP: a server with TLS has a second listener for its own machine.
    pub fn url(&self) -> String {
        self.plain_url().unwrap_or_else(|| format!("http://127.0.0.1:{}", self.port))
    }

    /// What the server wrote of itself once it listened; `None` before, and for one that listens elsewhere.
    fn plain_url(&self) -> Option<String> {
        let text = std::fs::read(self.data().join("server.json")).ok()?;
        let told: serde_json::Value = serde_json::from_slice(&text).ok()?;
        let url = told["url"].as_str()?;
        let config = self.options.config.as_deref().unwrap_or_default();
        // Another server may have taken the port, and the file may be of the run before; with TLS the port is another.
        let is_ours =
            config.contains("tls_certificate") || url.ends_with(&format!(":{}", self.port));
        is_ours.then(|| url.to_owned())
    }

    /// Address and port of the server's own listener.
    pub fn listens_on(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn data(&self) -> PathBuf {
        let elsewhere = self.options.data.clone();
        elsewhere.unwrap_or_else(|| self.folder().join("data"))
    }

    pub fn folder(&self) -> &Path {
        self.folder.as_ref().expect("the folder is still the server's").path()
    }

    /// The folder of a stopped server, to look into.
    pub fn into_folder(mut self) -> TempDir {
        self.stop();
        self.folder.take().expect("the folder is still the server's")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("log")).unwrap_or_default()
    }

    /// Starts on the same folder again, on a new port.
    pub fn launch(&mut self) {
        for _ in 0..3 {
            self.port = free_port();
            self.child = Some(self.spawn());
            match self.wait_until_ready() {
                Ok(()) => return,
                Err(taken) if taken.contains("in use") => {}
                Err(why) => panic!("the server does not get ready: {why}"),
            }
        }
        panic!("no free port in three attempts");
    }

    /// Starts on the same folder again without waiting for the server.
    pub fn launch_without_waiting(&mut self) {
        self.port = free_port();
        self.child = Some(self.spawn());
    }

    fn spawn(&self) -> Child {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder().join("log"))
            .expect("a log file");
        let mut command = match self.options.through.split_first() {
            None => command(),
            Some((program, arguments)) => through(program, arguments),
        };
        command
            .arg(self.options.subcommand.unwrap_or("serve"))
            .arg("--listen")
            .arg(format!("127.0.0.1:{}", self.port))
            .arg("--data")
            .arg(self.data());
        if let Some(config) = &self.options.config {
            let file = self.folder().join("nengce.toml");
            std::fs::write(&file, config).expect("the configuration is written");
            command.arg("--config").arg(file);
        }
        // Some settings name the server's own address.
        let port = self.port.to_string();
        let environment = self.options.environment.iter();
        let environment = environment.map(|(name, value)| (name, value.replace("{port}", &port)));
        command.args(&self.options.arguments).envs(environment);
        command.current_dir(self.folder()).stdin(Stdio::null());
        command.stdout(log.try_clone().expect("a second handle")).stderr(log);
        command.spawn().expect("the server starts")
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let client = reqwest::blocking::Client::new();
        let start = Instant::now();
        while start.elapsed() < READY_WITHIN {
            // On a full disk it listens without having written where.
            let is_full = || self.log().contains("server.json is written once there is room");
            let url = self.plain_url().or_else(|| is_full().then(|| self.url()));
            let asked = url.and_then(|it| client.get(format!("{it}/readyz")).send().ok());
            if asked.is_some_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            let child = self.child.as_mut().expect("a child");
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return Err(format!("it ended with {status}:\n{}", self.log()));
            }
            std::thread::sleep(Duration::from_millis(40));
        }
        Err(format!("not within {READY_WITHIN:?}:\n{}", self.log()))
    }

    pub fn pid(&self) -> u32 {
        self.child.as_ref().expect("a child").id()
    }

    /// Kills the process by SIGKILL, so that it cannot write anything more.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().and_then(|()| child.wait()).expect("the server is killed");
        }
    }

    /// Waits for the process to end by itself; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        let child = self.child.as_mut().expect("a child");
        let status =
            wait_for("the server ends by itself", || child.try_wait().expect("the child is ours"));
        self.child = None;
        status.code()
    }

    /// SIGTERM, and the wait for an orderly end.
    pub fn stop(&mut self) {
        let Some(child) = self.child.as_mut() else {
            return;
        };
        let start = Instant::now();
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(sent.success(), "SIGTERM is sent");
        wait_until("SIGTERM ends the server", || {
            child.try_wait().expect("the child is ours").is_some()
        });
        self.child = None;
        assert!(start.elapsed() < STOPS_WITHIN, "it stopped late:\n{}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() && self.folder.is_some() {
            eprintln!("--- the server's log\n{}", self.log());
        }
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
