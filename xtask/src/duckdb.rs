//! Decides where libduckdb comes from: the operator's folder, a pinned npm package, or its source. `backend/build.rs`
//! links it.
use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::npm::{self, Package};
use crate::{paths, steps};

const VERSION: &str = "1.5.5-r.5";

const LINUX_X64: Package = Package {
    name: "@duckdb/node-bindings-linux-x64",
    version: VERSION,
    sha256: "86d2bda909785550e8a14a57a8a4584827aff0e268d8f1a58c3fd48559f7020e",
};

const LINUX_ARM64: Package = Package {
    name: "@duckdb/node-bindings-linux-arm64",
    version: VERSION,
    sha256: "3b85f3ea438f7dc3691d7b5e6e4222ffe9127fd17885f96ca72e0c99925c348e",
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Library {
    /// A folder that holds the shared library.
    Folder(PathBuf),
    /// Compiled in; no shared library.
    Bundled,
}

impl Library {
    /// The environment for a `cargo` that builds the server.
    pub fn cargo_args(&self) -> &'static [&'static str] {
        match self {
            Self::Folder(_) => &[],
            Self::Bundled => &["--features", "nengce/bundled"],
        }
    }

    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.join(file_name())),
            Self::Bundled => None,
        }
    }
}

pub fn file_name() -> &'static str {
    if cfg!(target_os = "macos") { "libduckdb.dylib" } else { "libduckdb.so" }
}

pub fn package(os: &str, arch: &str) -> Option<&'static Package> {
    match (os, arch) {
        ("linux", "x86_64") => Some(&LINUX_X64),
        ("linux", "aarch64") => Some(&LINUX_ARM64),
        _ => None,
    }
}

/// Cargo passes its own default to this program; only another value was set by the user.
pub fn explicit(value: Option<PathBuf>, default: &Path) -> Option<PathBuf> {
    value.filter(|folder| !folder.as_os_str().is_empty() && folder != default)
}

pub fn provide() -> Result<Library> {
    steps::step("libduckdb", || {
        let default = paths::libduckdb();
        let set = env::var_os("DUCKDB_LIB_DIR").map(PathBuf::from);
        if let Some(folder) = explicit(set, &default) {
            if folder.is_relative() {
                bail!("DUCKDB_LIB_DIR is {}: give an absolute path", folder.display());
            }
            if !folder.join(file_name()).is_file() {
                bail!(
                    "DUCKDB_LIB_DIR is {}, but there is no {} in it",
                    folder.display(),
                    file_name()
                );
            }
            let note = format!("from DUCKDB_LIB_DIR, {}", folder.display());
            return Ok((Library::Folder(folder), note));
        }
        let Some(package) = package(env::consts::OS, env::consts::ARCH) else {
            return Ok(bundled("no prebuilt library is pinned for this machine"));
        };
        if !npm::available() && !default.join(file_name()).is_file() {
            return Ok(bundled("npm is not installed"));
        }
        let fetched = npm::provide(package, &default)?;
        let how = if fetched { "fetched and checked" } else { "already here" };
        Ok((Library::Folder(default), format!("npm package {}, {how}", package.spec())))
    })
}

fn bundled(why: &str) -> (Library, String) {
    let note = format!(
        "{why}: DuckDB is compiled from source, once; this takes the better part of an hour on 2 cores. \
         To avoid it, put {} into a folder and set DUCKDB_LIB_DIR to that folder",
        file_name()
    );
    (Library::Bundled, note)
}
