//! `cargo xtask bench`: a release build of everything, then the measuring program of `tests/`.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::duckdb::Library;
use crate::web::Modules;
use crate::{machine, prepare, server, steps, test};

/// The list of benchmarks is the measuring program's.
#[path = "../../tests/src/bench/names.rs"]
pub mod names;
use names::Benchmark;

#[derive(Args)]
pub struct Options {
    #[arg(default_value = "all", value_parser = words())]
    what: String,
    /// Print the table as Markdown
    #[arg(long)]
    markdown: bool,
    /// Passed on to the measuring program
    #[arg(last = true)]
    extra: Vec<String>,
}

fn words() -> PossibleValuesParser {
    let all = PossibleValue::new("all").help("Every one of them");
    let each = Benchmark::ALL.map(|it| PossibleValue::new(it.name()).help(it.about()));
    PossibleValuesParser::new(each.into_iter().chain([all]))
}

pub fn run(options: &Options) -> Result<()> {
    let library = prepare::all()?;
    let chosen = Benchmark::named(&options.what);
    let browser = chosen.iter().any(|it| it.needs_browser()).then(machine::browser).transpose()?;
    let server = chosen
        .iter()
        .any(|it| it.needs_server())
        .then(|| server::release(&library, Modules::Optimized))
        .transpose()?;
    if chosen.iter().any(|it| it.needs_terminal()) {
        server::terminal("release")?;
    }
    let mut cargo = steps::cargo();
    cargo.args(["run", "--release", "--quiet", "--package", "nengce-tests", "--bin", "bench"]);
    cargo.args(
        (library == Library::Bundled).then_some(["--features", "bundled"]).into_iter().flatten(),
    );
    cargo.arg("--").arg(&options.what);
    cargo.args(options.markdown.then_some(MARKDOWN));
    cargo.args(&options.extra);
    test::environment(&mut cargo, browser.as_ref(), None);
    if let Some(server) = server {
        cargo.env("NENGCE_BIN", server);
    }
    steps::succeed(&mut cargo)
}

const MARKDOWN: &str = "--markdown";
