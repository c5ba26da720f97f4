//! The paths of the workspace; nothing is read or written.
use std::env;
use std::path::{Path, PathBuf};

/// The workspace this tool was compiled in.
pub fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// Fixed, whatever CARGO_TARGET_DIR says: `.cargo/config.toml` and the server's
/// `#[folder]` name the folders below it.
pub fn fixed_target() -> PathBuf {
    root().join("target")
}

/// Where cargo puts its own output.
pub fn cargo_target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => fixed_target(),
    }
}

pub fn libduckdb() -> PathBuf {
    fixed_target().join("libduckdb")
}

pub fn tools() -> PathBuf {
    fixed_target().join("tools")
}

/// The name is not `web`, because cargo keeps the build scripts of the profile of that name there.
pub fn web() -> PathBuf {
    fixed_target().join("portal")
}

pub fn server(release: bool) -> PathBuf {
    program("nengce", profile(release))
}

pub fn terminal(profile: &str) -> PathBuf {
    program("nengce-terminal", profile)
}

pub fn bundler(release: bool) -> PathBuf {
    program("nengce-bundler", profile(release))
}

const fn profile(release: bool) -> &'static str {
    if release { "release" } else { "debug" }
}

fn program(name: &str, profile: &str) -> PathBuf {
    cargo_target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
