//! A bad line between two network namespaces: the one of the test and the one of the terminal. `relay.py` carries its packets.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::sources::workspace;

/// Tells a test that it runs in a network namespace of its own.
const INSIDE: &str = "NENGCE_TEST_INSIDE_NAMESPACE";
/// The address of this end.
pub const NEAR: &str = "10.77.0.1";
/// The address of the other end.
pub const FAR: &str = "10.77.0.2";

/// Runs the test of this name once more in a network namespace of its own; whether this is that run.
#[track_caller]
pub fn is_inside(test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let itself = std::env::current_exe().expect("the test program");
    let mut again = Command::new("unshare");
    again.args(["--map-root-user", "--net"]).arg(itself);
    again.args([test, "--exact", "--include-ignored", "--nocapture"]).env(INSIDE, "1");
    let done = again.output().expect("unshare runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );
    false
}

/// The line; it ends with its test.
pub struct BadLine {
    relay: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl BadLine {
    /// Joins this namespace with a new one. What goes by these ports is carried as it is.
    pub fn new(seed: u64, clear_ports: &[u16]) -> Self {
        let mut relay = Command::new("python3");
        relay.arg(workspace().join("tests/src/support/relay.py")).arg(seed.to_string());
        relay.args(clear_ports.iter().map(u16::to_string));
        let mut relay =
            relay.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        let asks = relay.stdin.take().expect("its input");
        let answers = BufReader::new(relay.stdout.take().expect("its output"));
        let mut made = Self { relay, asks, answers };
        assert_eq!(made.line(), "ready");
        made
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        line.trim().to_owned()
    }

    fn ask(&mut self, what: &str) -> Value {
        writeln!(self.asks, "{what}").expect("the relay listens");
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Nothing passes any more.
    pub fn cut(&mut self) {
        self.ask("cut");
    }

    pub fn join(&mut self) {
        self.ask("join");
    }

    /// What became of the packets: `carried`, `lost`, `doubled`, `overtaken`, `cut`.
    pub fn counts(&mut self) -> Value {
        self.ask("counts")
    }

    /// A program with its arguments that starts another one at the far end.
    pub fn far_end(&self) -> Vec<String> {
        vec!["nsenter".to_owned(), format!("--net=/proc/{}/ns/net", self.relay.id())]
    }
}

impl Drop for BadLine {
    fn drop(&mut self) {
        drop(self.relay.kill());
        drop(self.relay.wait());
    }
}
