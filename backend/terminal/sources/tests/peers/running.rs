//! Programs that run during a test and end with it, and sources read from settings as an operator writes them.
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nengce_sources::{Measured, Source, SourceError, SourceSettings};

const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let ended = self.0.kill().and_then(|()| self.0.wait());
        if let Err(error) = ended {
            eprintln!("a peer did not end: {error}");
        }
    }
}

/// What a variable of the environment names.
pub(crate) fn named(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable).unwrap_or_else(|| {
        panic!("{variable} is not set: these tests need real peers; run `cargo xtask test native`")
    });
    let path = PathBuf::from(path);
    assert!(path.exists(), "{variable} names {}, which is not there", path.display());
    path
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Starts a program.
pub(crate) fn run(command: &mut Command) -> Running {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Running(child.unwrap_or_else(|error| panic!("{command:?}: {error}")))
}

/// Starts a program and waits until it listens.
pub(crate) fn start(command: &mut Command, port: u16) -> Running {
    let mut running = run(command);
    let since = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Some(status) = running.0.try_wait().expect("a status") {
            panic!("{command:?} ended: {status}");
        }
        assert!(since.elapsed() < PATIENCE, "{command:?} does not listen on {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

/// A script beside this file.
pub(crate) fn script(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(named("NENGCE_PEERS_PYTHON"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    command.arg(folder.join(name)).args(arguments);
    command
}

/// A source of settings as they stand in a configuration file.
pub(crate) fn source(settings: &str) -> Source {
    let settings: SourceSettings = toml::from_str(settings).expect("settings");
    Source::open(&settings).expect("a source")
}

pub(crate) async fn read(
    source: &mut Source,
    addresses: &[&str],
) -> Vec<Result<Measured, SourceError>> {
    let addresses: Vec<String> = addresses.iter().map(|it| (*it).to_owned()).collect();
    source.read(&addresses).await
}

/// Each address gives its number or the code of its problem.
pub(crate) async fn expect(source: &mut Source, expected: &[(&str, Result<f64, &str>)]) {
    let addresses: Vec<&str> = expected.iter().map(|it| it.0).collect();
    let answers = read(source, &addresses).await;
    for ((address, expected), answer) in expected.iter().zip(answers) {
        let short = answer.as_ref().map(|it| it.value).map_err(SourceError::code);
        assert_eq!(short, *expected, "{address}: {answer:?}");
    }
}

/// Reads until the answer has come that is waited for.
pub(crate) async fn until(source: &mut Source, address: &str, expected: Result<f64, &str>) {
    let mut last = None;
    for _ in 0..200 {
        let answer = read(source, &[address]).await.remove(0);
        if answer.as_ref().map(|it| it.value).map_err(SourceError::code) == expected {
            return;
        }
        last = Some(answer);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{address}: {last:?}");
}
