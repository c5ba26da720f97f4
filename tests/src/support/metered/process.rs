//! The unit's terminal as a process of its own: its files, its page, and what it kept.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::meters::{FACTOR, Meters, number};
use crate::support::enterprise::Enterprise;
use crate::support::message::ELECTRICITY;
use crate::support::server;
use crate::support::wait::wait_until;

/// Seconds.
const QUARTER: i64 = 900;
/// The password of the page.
const PASSWORD: &str = "long enough";
/// Names the file of the offset to the library that moves the clock.
const WALL_CLOCK: &str = "WALL_CLOCK_OFFSET_FILE";

/// How a terminal is started.
pub struct Setup<'a> {
    pub enterprise: &'a Enterprise,
    /// Where its meters are.
    pub meters: SocketAddr,
    /// The data item of each meter.
    pub items: &'a [&'a str],
    pub centre: &'a str,
    pub page: &'a str,
    /// The folder of its store; the other files are in a folder of their own.
    pub store: Option<PathBuf>,
    /// Lines more for the store.
    pub of_store: &'a str,
    /// Lines more for the centre.
    pub more: &'a str,
    /// A program with arguments that starts the terminal.
    pub through: Vec<String>,
    /// A library that moves the clock of the whole process; without it the terminal adds the offset itself.
    pub preload: Option<PathBuf>,
    /// The file of its clock, where something else reads it too.
    pub clock: Option<PathBuf>,
}

impl<'a> Setup<'a> {
    /// A terminal on this machine with one meter of electricity.
    pub fn new(enterprise: &'a Enterprise, meters: u16, centre: &'a str) -> Self {
        Self {
            enterprise,
            meters: ([127, 0, 0, 1], meters).into(),
            items: &[ELECTRICITY],
            centre,
            page: "127.0.0.1:0",
            store: None,
            of_store: "",
            more: "",
            through: Vec::new(),
            preload: None,
            clock: None,
        }
    }
}

/// A quarter-hour of a point as the export has it.
#[derive(Debug)]
pub struct Kept {
    pub point: String,
    pub start: String,
    pub value: f64,
    pub seconds: f64,
    pub marks: String,
}

/// The unit's terminal: its files, its process, and its page.
pub struct TerminalProcess {
    folder: tempfile::TempDir,
    through: Vec<String>,
    preload: Option<PathBuf>,
    clock: PathBuf,
    child: Option<Child>,
    address: String,
    cookie: String,
    client: reqwest::blocking::Client,
}

impl TerminalProcess {
    /// Its files are written; it does not run yet, and its clock is the machine's.
    pub fn new(setup: Setup<'_>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = setup.store.unwrap_or_else(|| folder.path().join("store"));
        let Enterprise { name, code, region, .. } = setup.enterprise;
        let text = format!(
            "[plant]\nname = \"{name}\"\nenterprise_code = \"{code}\"\nregion = \"{region}\"\nindustry_code = \"C3110\"\n\
             [page]\nlisten = \"{}\"\n[store]\nfolder = \"{}\"\n{}\n\
             [[source]]\nname = \"meters\"\nkind = \"dlt645_tcp\"\nhost = \"{}\"\nport = {}\nevery_seconds = 1\n\
             [[centre]]\nname = \"city\"\nurl = \"{}\"\nretry_first_seconds = 1\nretry_most_seconds = 1\njitter_seconds = 0\n\
             upload_time = \"00:00:00\"\nevery_minutes = 15\n{}\n",
            setup.page,
            store.display(),
            setup.of_store,
            setup.meters.ip(),
            setup.meters.port(),
            setup.centre,
            setup.more
        );
        std::fs::write(folder.path().join("terminal.toml"), text).expect("the configuration");
        let mut table = "id,name,source,address,kind,unit,factor,dataCode,scope\n".to_owned();
        for (place, item) in setup.items.iter().enumerate() {
            let number = number(place);
            table += &format!(
                "E{place},进线 {place},meters,{number}/00010000,counter,万kWh,{FACTOR},{item},1\n"
            );
        }
        std::fs::write(folder.path().join("points.csv"), table).expect("the point table");
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(20));
        let made = Self {
            through: setup.through,
            preload: setup.preload,
            clock: setup.clock.unwrap_or_else(|| folder.path().join("offset")),
            child: None,
            address: String::new(),
            cookie: String::new(),
            client: client.build().expect("an HTTP client"),
            folder,
        };
        made.set_clock(0);
        let mut import = made.command(&[], &["points", "import"]);
        let done = import.arg(made.folder.path().join("points.csv")).output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let given = made.folder.path().join("password");
        std::fs::write(&given, PASSWORD).expect("a password");
        let mut set = made.command(&[], &["password"]);
        let set = set.stdin(File::open(given).expect("the password")).status();
        assert!(set.expect("it runs").success(), "the password is set");
        made
    }

    /// The file with the seconds that its clock is off.
    pub fn clock_file(&self) -> &Path {
        &self.clock
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Seconds that its clock is ahead of the machine's.
    pub fn set_clock(&self, ahead: i64) {
        // Renamed into place: a reader never sees half a number.
        let new = self.clock.with_extension("new");
        std::fs::write(&new, ahead.to_string()).expect("the offset");
        std::fs::rename(new, &self.clock).expect("the offset in place");
    }

    fn command(&self, through: &[String], arguments: &[&str]) -> Command {
        let usual = server::binary().with_file_name("nengce-terminal");
        let binary = std::env::var_os("NENGCE_TERMINAL_BIN").map_or(usual, PathBuf::from);
        let mut command = match through.split_first() {
            None => Command::new(binary),
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(binary);
                command
            }
        };
        command.args(arguments).arg("--config").arg(self.folder.path().join("terminal.toml"));
        command
    }

    fn spawn(&mut self) -> Option<String> {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log"));
        let mut command = self.command(&self.through, &["run"]);
        match &self.preload {
            Some(library) => command.env("LD_PRELOAD", library).env(WALL_CLOCK, self.clock_file()),
            None => command.env("NENGCE_CLOCK_OFFSET_FILE", self.clock_file()),
        };
        let started = command.stdout(Stdio::piped()).stderr(log.expect("a log")).spawn();
        let mut child = started.expect("the terminal; cargo xtask test builds it");
        let mut line = String::new();
        let output = child.stdout.take().expect("output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        self.child = Some(child);
        line.trim().strip_prefix("http://").map(str::to_owned)
    }

    /// Starts it and signs in at its page.
    pub fn start(&mut self) {
        let told = self.spawn();
        self.address = told.unwrap_or_else(|| panic!("it does not start: {}", self.log()));
        self.ask("POST", "/api/session", Some(&json!({"password": PASSWORD})));
    }

    /// Tries to start it; whether it ran, or ended by itself.
    pub fn starts(&mut self) -> bool {
        let told = self.spawn();
        if told.is_none() {
            let mut child = self.child.take().expect("a child");
            assert!(!child.wait().expect("its end").success(), "it tells that it failed");
            return false;
        }
        self.kill();
        true
    }

    /// SIGKILL: what is not on disk is gone.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("killed");
            child.wait().expect("ended");
        }
    }

    pub fn is_running(&mut self) -> bool {
        let child = self.child.as_mut().expect("a child");
        child.try_wait().expect("a status").is_none()
    }

    /// What it wrote to its standard error.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn ask(&mut self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.client.request(method, format!("http://{}{path}", self.address));
        request = request.header("cookie", &self.cookie);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().unwrap_or_else(|error| panic!("{error:?}\n{}", self.log()));
        if let Some(it) = answer.headers().get("set-cookie").and_then(|it| it.to_str().ok()) {
            self.cookie = it.split(';').next().unwrap_or_default().to_owned();
        }
        let status = answer.status();
        let text = answer.text().expect("a body");
        assert!(status.is_success(), "{path} {status}: {text}\n{}", self.log());
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// What its page shows.
    pub fn state(&mut self) -> Value {
        self.ask("GET", "/api/state", None)
    }

    /// The lines of the log on its page, in English.
    pub fn lines(&mut self) -> Vec<String> {
        let state = self.state();
        let lines = state["log"].as_array().expect("a log").iter();
        lines.filter_map(|it| it["en"].as_str().map(str::to_owned)).collect()
    }

    /// The clock is set to so many seconds ahead, and every counter is read then.
    #[track_caller]
    pub fn step(&mut self, ahead: i64, meters: &Meters) {
        self.set_clock(ahead);
        self.wait_until_read(ahead, meters);
    }

    /// The day ends, and the rest of it is sent with the round after it.
    #[track_caller]
    pub fn end_day(&mut self, day: Date, meters: &Meters) {
        let midnight = super::unix(day.at(0, 0, 0, 0)) + 96 * QUARTER;
        // What is on disk at the first moment goes in the round of the second.
        for since_midnight in [2 * QUARTER + 62, 3 * QUARTER + 62] {
            let ahead = midnight + since_midnight - jiff::Timestamp::now().as_second();
            self.step(ahead, meters);
        }
    }

    /// Waits until it read what the meters show, at this setting of its clock.
    #[track_caller]
    pub fn wait_until_read(&mut self, ahead: i64, meters: &Meters) {
        let since = jiff::Timestamp::now().as_second() + ahead + 8 * 3_600;
        wait_until("the meters are read", || {
            // They are read each second.
            std::thread::sleep(Duration::from_millis(100));
            let state = self.state();
            let points = state["points"].as_array().expect("points");
            meters.counters.iter().zip(points).all(|(counter, it)| {
                let value = it["value"].as_f64().unwrap_or(f64::NAN);
                let at = it["at"].as_i64().unwrap_or(0);
                (value - counter.shows()).abs() < 1e-9 && (since..since + 60).contains(&at)
            })
        });
    }

    /// What it kept, while it is stopped.
    pub fn kept(&self) -> Vec<Kept> {
        let file = self.folder.path().join("kept.csv");
        let mut command = self.command(&[], &["export"]);
        let done = command.arg(&file).output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = std::fs::read(&file).expect("the export");
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
        let mut rows = csv::Reader::from_reader(text);
        let number = |it: &str| it.parse().expect("a number");
        let rows = rows.records().map(|it| it.expect("a row"));
        rows.map(|it| Kept {
            point: it[0].to_owned(),
            start: it[4].to_owned(),
            value: number(&it[5]),
            seconds: number(&it[6]),
            marks: it[7].to_owned(),
        })
        .collect()
    }
}

impl Drop for TerminalProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
