//! Building the server with its web files in it.
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::duckdb::Library;
use crate::web::Modules;
use crate::{paths, steps, web};

/// Compiled in one call, so that cargo settles one set of features for both.
pub const PACKAGES: [&str; 2] = ["nengce", "nengce-bundler"];

/// `target/release/nengce`, with libduckdb beside it (placed there by `backend/build.rs`).
pub fn release(library: &Library, modules: Modules) -> Result<PathBuf> {
    build(library, true, &mut release_cargo(library), &mut [], modules)
}

/// The profile in which a terminal is packed: small, and slow to build.
pub const SMALL: &str = "terminal";

/// `target/PROFILE/nengce-terminal`.
pub fn terminal(profile: &str) -> Result<PathBuf> {
    steps::step("Terminal", || {
        let mut cargo = steps::cargo();
        cargo.args(["build", "--profile", profile, "--package", "nengce-terminal"]);
        steps::succeed(&mut cargo)?;
        let binary = paths::terminal(profile);
        let note = format!("{}, {:.1} MB", binary.display(), steps::size(&binary)? as f64 / 1e6);
        Ok((binary, note))
    })
}

/// The web files alone; the server is not compiled.
pub fn web_files(library: &Library) -> Result<()> {
    let mut cargo = release_cargo(library);
    web::build(
        &mut [cargo.args(["--bin", "nengce-bundler"])],
        "bundler",
        &paths::bundler(true),
        Modules::Optimized,
    )
}

fn release_cargo(library: &Library) -> Command {
    let mut cargo = steps::cargo();
    cargo.args(["build", "--release"]);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    cargo.args(library.cargo_args());
    cargo
}

/// Runs `cargo` twice: at the same time as the compilation of the front end, with what else is compiled then, and again
/// for the program that holds the web files, the only crate that has changed by then.
pub fn build(
    library: &Library,
    release: bool,
    cargo: &mut Command,
    others: &mut [&mut Command],
    modules: Modules,
) -> Result<PathBuf> {
    let mut native = vec![&mut *cargo];
    native.extend(others.iter_mut().map(|it| &mut **it));
    web::build(&mut native, "server, bundler", &paths::bundler(release), modules)?;
    steps::step("Server with its web files", || {
        steps::succeed(cargo)?;
        let binary = paths::server(release);
        beside(&binary, library)?;
        let note = format!("{}, {:.1} MB", binary.display(), steps::size(&binary)? as f64 / 1e6);
        Ok((binary, note))
    })
}

fn beside(binary: &Path, library: &Library) -> Result<()> {
    let needed = match library {
        Library::Folder(_) => binary.with_file_name(crate::duckdb::file_name()),
        Library::Bundled => return Ok(()),
    };
    if !needed.is_file() {
        bail!("{} is missing beside the server", needed.display());
    }
    Ok(())
}
