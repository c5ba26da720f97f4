//! Pinned packages through the npm client: fetched once, checked by SHA-256, unpacked.
//! No registry's address here; the client knows its own.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{paths, steps};

pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// Of the packed .tgz, in hexadecimal.
    pub sha256: &'static str,
}

pub const BINARYEN: Package = Package {
    name: "binaryen",
    version: "132.0.0",
    sha256: "6543555fb29bb92548f325c7dc18e9ab7dbb1215edda25993d1e3f71d85b8618",
};

pub const AXE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    sha256: "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
};

impl Package {
    pub fn spec(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}

pub fn available() -> bool {
    steps::which(&["npm", "npm.cmd"]).is_some()
}

/// Node and the program wasm-opt, when both are here.
pub fn wasm_opt() -> Option<(PathBuf, PathBuf)> {
    let program = paths::tools().join(BINARYEN.name).join("bin/wasm-opt");
    let node = steps::which(&["node", "node.exe"])?;
    program.is_file().then_some((node, program))
}

/// Unpacks the package's files straight into `folder`, unless they are there already.
/// Returns whether anything was fetched.
pub fn provide(package: &Package, folder: &Path) -> Result<bool> {
    let stamp = folder.join(".package");
    if fs::read_to_string(&stamp).is_ok_and(|text| text == package.sha256) {
        return Ok(false);
    }
    let scratch = folder.with_extension("fetch");
    remove_folder(&scratch)?;
    fs::create_dir_all(&scratch)?;
    let archive = pack(package, &scratch)?;
    let bytes = fs::read(&archive).with_context(|| format!("cannot read {}", archive.display()))?;
    check(&bytes, package.sha256).with_context(|| format!("npm package {}", package.spec()))?;
    let unpacked = scratch.join("unpacked");
    unpack(&bytes, &unpacked)?;
    remove_folder(folder)?;
    fs::rename(&unpacked, folder)?;
    remove_folder(&scratch)?;
    fs::write(&stamp, package.sha256)?;
    Ok(true)
}

fn pack(package: &Package, into: &Path) -> Result<PathBuf> {
    let npm = steps::which(&["npm", "npm.cmd"]).context("npm is not on the PATH")?;
    let printed = steps::output(
        steps::command(npm)
            .args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
            .arg(into)
            .arg(package.spec()),
    )?;
    let name = printed.lines().last().map(str::trim).unwrap_or_default();
    if name.is_empty() {
        bail!("npm pack {} named no file", package.spec());
    }
    Ok(into.join(name))
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn check(bytes: &[u8], expected: &str) -> Result<()> {
    let found = sha256_hex(bytes);
    if found != expected {
        bail!("SHA-256 is {found}, pinned is {expected}: not used");
    }
    Ok(())
}

/// npm puts everything under one top folder; that folder's name is dropped.
fn unpack(tgz: &[u8], into: &Path) -> Result<()> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(tgz));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let inside: PathBuf = entry.path()?.components().skip(1).collect();
        if inside.components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
            bail!("the package holds a path that leaves its folder: {}", inside.display());
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let target = into.join(&inside);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        // The times are set anew: npm's are from 1985, which cargo would take for unchanged.
        std::io::copy(&mut entry, &mut fs::File::create(&target)?)?;
    }
    Ok(())
}

pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
