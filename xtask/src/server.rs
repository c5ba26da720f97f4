//! Building the server. The web files it embeds must have been built before.
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::duckdb::Library;
use crate::{paths, steps};

/// `target/release/nengce`, with libduckdb beside it (placed there by `backend/build.rs`).
pub fn release(library: &Library) -> Result<PathBuf> {
    steps::step("Server (release)", || {
        steps::succeed(
            steps::cargo()
                .args(["build", "--release", "--package", "nengce"])
                .args(library.cargo_args()),
        )?;
        let binary = paths::server(true);
        beside(&binary, library)?;
        let note = format!("{}, {:.1} MB", binary.display(), steps::size(&binary)? as f64 / 1e6);
        Ok((binary, note))
    })
}

pub fn beside(binary: &std::path::Path, library: &Library) -> Result<()> {
    let needed = match library {
        Library::Folder(_) => binary.with_file_name(crate::duckdb::file_name()),
        Library::Bundled => return Ok(()),
    };
    if !needed.is_file() {
        bail!("{} is missing beside the server", needed.display());
    }
    Ok(())
}
