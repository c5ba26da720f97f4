//! `cargo xtask test`: what the tests need, then the tests, in few cargo calls that share
//! one set of compiled dependencies. The tests themselves are in the crates and in `tests/`.
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::duckdb::Library;
use crate::web::Modules;
use crate::{machine, npm, oidc_provider, paths, prepare, python, server, steps};

/// Tested together, so that cargo settles one set of features for all of them.
const PACKAGES: [&str; 11] = [
    "nengce-shared",
    "nengce-analysis",
    "nengce-messages",
    "nengce-core",
    "nengce",
    "nengce-client",
    "nengce-sources",
    "nengce-engine",
    "nengce-terminal",
    "nengce-bundler",
    "nengce-tests",
];

/// The number of kills under load when only faults are tested; a run of all tests has fewer.
const KILLS_OF_FAULTS: &str = "200";

/// The seed of property tests: they try the same inputs in every run, so that a failure comes from a change.
const SEED: &str = "PROPTEST_RNG_SEED";
const SEED_OF_EVERY_RUN: &str = "20261";

/// How many tests of a program run at once; a value of the shell wins.
const TEST_THREADS: &str = "RUST_TEST_THREADS";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Unit and property tests of every crate
    Native,
    /// A real server over HTTP
    Api,
    /// A real server in a real browser
    Browser,
    /// The layering and the conventions of the source
    #[value(alias = "architecture")]
    Arch,
    /// Killed processes, full disks, broken input
    Faults,
    /// Schemathesis against the API document
    Schema,
}

#[derive(Args)]
pub struct Options {
    /// Only these parts [default: all]
    parts: Vec<Part>,
    /// Passed on to the test programs (a name to filter by, --nocapture, …)
    #[arg(last = true)]
    extra: Vec<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let all = options.parts.is_empty();
    let wants = |part| all || options.parts.contains(&part);
    let library = prepare::all()?;
    let browser = wants(Part::Browser).then(machine::browser).transpose()?;
    let axe = browser.is_some().then(axe).transpose()?;
    let schemathesis = wants(Part::Schema).then(python::schemathesis).transpose()?;
    let provider = [Part::Api, Part::Browser].into_iter().any(wants);
    let provider = provider.then(oidc_provider::packages).transpose()?;
    let has_gateway = wants(Part::Api) && machine::gateway()?;
    let has_office = wants(Part::Api) && machine::office()?;
    let arguments = arguments(&options.extra, &ignored_tests(has_gateway, has_office));
    if [Part::Api, Part::Browser, Part::Faults, Part::Schema].into_iter().any(wants) {
        build(&library, wants(Part::Native))?;
    }

    let peers = wants(Part::Native).then(Peers::provide).transpose()?;
    let told = |call: &mut Command| {
        environment(call, browser.as_ref(), axe.as_deref());
        if let Some(program) = &schemathesis {
            call.env("SCHEMATHESIS", program);
        }
        if let Some(folder) = &provider {
            call.env("OIDC_PROVIDER", folder);
        }
        if let Some(peers) = &peers {
            peers.environment(call);
        }
        if options.parts == [Part::Faults] && std::env::var_os("NENGCE_KILLS").is_none() {
            call.env("NENGCE_KILLS", KILLS_OF_FAULTS);
        }
        call.arg("--").args(&arguments);
    };
    let mut calls = Vec::new();
    if wants(Part::Native) {
        calls.push(("Native tests", vec![native(&library), front_end()]));
        calls.push(("Tests of xtask", vec![tool()]));
    }
    // Tests of the API mostly wait for a server: twice as many as cores run at once.
    let threads = std::thread::available_parallelism().map_or(2, NonZero::get);
    let lanes = [(false, 2 * threads), (true, threads)].map(|(second, threads)| {
        let is_second = |it| matches!(it, Some(Part::Browser | Part::Faults));
        let is_wanted = |it: Option<Part>| all || it.is_some_and(wants);
        let mut lane = through_server(&library, |it| is_second(it) == second && is_wanted(it))?;
        if std::env::var_os(TEST_THREADS).is_none() {
            lane.env(TEST_THREADS, threads.to_string());
        }
        Some(lane)
    });
    let lanes: Vec<Command> = lanes.into_iter().flatten().collect();
    if !lanes.is_empty() {
        calls.push(("Tests of programs", lanes));
    }
    if calls.is_empty() {
        bail!("there are no tests of that part");
    }
    let mut failed = Vec::new();
    for (name, mut lanes) in calls {
        for call in &mut lanes {
            told(call);
        }
        // Every part runs, so that one run shows all failures.
        if let Err(error) = steps::step(name, || Ok((steps::beside(lanes)?, "passed".into()))) {
            failed.push(format!("{error:#}"));
        }
    }
    steps::print_times();
    if !failed.is_empty() {
        bail!("{} of the test calls failed:\n  {}", failed.len(), failed.join("\n  "));
    }
    Ok(())
}

/// What the terminal's sources are tested against.
struct Peers {
    python: PathBuf,
    programs: machine::SourcePeers,
}

impl Peers {
    fn provide() -> Result<Self> {
        Ok(Self { python: python::peers()?, programs: machine::source_peers()? })
    }

    fn environment(&self, command: &mut Command) {
        command
            .env("NENGCE_PEERS_PYTHON", &self.python)
            .env("MOSQUITTO", &self.programs.mosquitto)
            .env("PG_BIN", &self.programs.postgresql)
            .env("MARIADBD", &self.programs.mariadbd)
            .env("MARIADB_INSTALL_DB", &self.programs.mariadb_install_db);
    }
}

/// Tests that plain cargo ignores because they need something of the machine.
pub struct IgnoredTests {
    /// Part of their names.
    pub name: &'static str,
    pub needs: &'static str,
    pub runs_here: bool,
}

fn ignored_tests(has_gateway: bool, has_office: bool) -> [IgnoredTests; 6] {
    let has_data = std::env::var_os("NENGCE_STEEL_CSV").is_some();
    [
        ("gateway::", "nginx and openssl", has_gateway),
        ("office::", "LibreOffice and poppler-utils", has_office),
        ("small_disk::", "the right to mount", machine::may_mount()),
        ("steel::", "NENGCE_STEEL_CSV", has_data),
        ("terminal_disk::", "the right to mount", machine::may_mount()),
        ("terminal_network::", "python3, namespaces and TUN devices", machine::may_join_networks()),
    ]
    .map(|(name, needs, runs_here)| IgnoredTests { name, needs, runs_here })
}

/// What the test programs are told: to run ignored tests too, but for those that cannot run here.
pub fn arguments(extra: &[String], ignored: &[IgnoredTests]) -> Vec<String> {
    let mut arguments = Vec::new();
    if !extra.iter().any(|it| it.contains("ignored")) {
        arguments.push("--include-ignored".to_owned());
        for tests in ignored.iter().filter(|it| !it.runs_here) {
            println!("==> Not run: {}*, which need {}", tests.name, tests.needs);
            arguments.extend(["--skip".to_owned(), tests.name.to_owned()]);
        }
    }
    arguments.extend_from_slice(extra);
    arguments
}

/// Programs and tests in one call: the server that the API tests start is compiled with
/// the same features as the tests, hence once. The unit tests of the front end are compiled while its one crate
/// for the browser, which keeps one core busy for minutes, is.
fn build(library: &Library, tests_front_end: bool) -> Result<()> {
    let mut cargo = steps::cargo();
    cargo.args(["build", "--bins", "--tests"]);
    selected(&mut cargo, library);
    let mut front_end = tests_front_end.then(front_end);
    let mut others: Vec<_> = front_end.iter_mut().map(|it| it.arg("--no-run")).collect();
    // As `cargo xtask run` builds the portal: wasm-opt would take two minutes more.
    server::build(library, false, &mut cargo, &mut others, Modules::AsCompiled).map(drop)
}

fn selected<'c>(cargo: &'c mut Command, library: &Library) -> &'c mut Command {
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    // A terminal may be built without these sources, which are tested all the same.
    cargo.args([
        "--features",
        "nengce-sources/opcua,nengce-sources/postgresql,nengce-sources/mysql",
    ]);
    cargo.args(library.cargo_args())
}

fn test(library: &Library) -> Command {
    let mut cargo = steps::cargo();
    cargo.args(["test", "--no-fail-fast"]);
    selected(&mut cargo, library);
    cargo
}

fn native(library: &Library) -> Command {
    let mut cargo = test(library);
    cargo.args(["--lib", "--bins"]);
    // The targets of `tests/` are the other parts.
    for folder in [
        "shared/tests",
        "backend/core/tests",
        "backend/tests",
        "backend/client/tests",
        "backend/terminal/tests",
        "backend/terminal/engine/tests",
        "backend/terminal/sources/tests",
        "xtask/bundler/tests",
    ] {
        for name in test_targets(&paths::root().join(folder)) {
            cargo.args(["--test", &name]);
        }
    }
    cargo
}

fn tool() -> Command {
    let mut cargo = steps::cargo();
    cargo.args(["test", "--package", "xtask"]);
    cargo
}

fn front_end() -> Command {
    let mut cargo = steps::cargo();
    // The tests alone: the portal's own program would be compiled natively only to be thrown away.
    cargo.args(["test", "--lib", "--package", "nengce-charts", "--package", "nengce-frontend"]);
    cargo
}

/// `tests/tests/<part>….rs`: the file's name says the part it belongs to.
fn through_server(library: &Library, wants: impl Fn(Option<Part>) -> bool) -> Option<Command> {
    let mut cargo = test(library);
    let mut any = false;
    for name in test_targets(&paths::root().join("tests/tests")) {
        if wants(part_of(&name)) {
            cargo.args(["--test", &name]);
            any = true;
        }
    }
    any.then_some(cargo)
}

pub fn part_of(name: &str) -> Option<Part> {
    let first = name.split(['_', '-']).next().unwrap_or(name);
    Part::from_str(first, true).ok()
}

/// As cargo finds them: `x.rs`, or `x/main.rs`.
pub fn test_targets(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|e| e == "rs") || path.join("main.rs").is_file()
        })
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

pub fn axe() -> Result<PathBuf> {
    steps::step("axe-core", || {
        let folder = paths::tools().join(npm::AXE.name);
        let script = folder.join("axe.min.js");
        if !script.is_file() && !npm::available() {
            bail!(
                "the accessibility tests need the npm package {}, and npm is not installed",
                npm::AXE.spec()
            );
        }
        let fetched = npm::provide(&npm::AXE, &folder)?;
        let how = if fetched { "fetched and checked" } else { "already here" };
        Ok((script, format!("npm package {}, {how}", npm::AXE.spec())))
    })
}

/// What `tests/` reads: see its crate documentation.
pub fn environment(command: &mut Command, browser: Option<&machine::Browser>, axe: Option<&Path>) {
    if std::env::var_os(SEED).is_none() {
        command.env(SEED, SEED_OF_EVERY_RUN);
    }
    if std::env::var_os("NENGCE_BIN").is_none() {
        command.env("NENGCE_BIN", paths::server(false));
    }
    if let Some(browser) = browser {
        command.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.driver);
    }
    if let Some(axe) = axe {
        command.env("AXE_JS", axe);
    }
}
