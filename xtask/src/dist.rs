//! `cargo xtask dist`: a tarball of the server and one of the terminal; each starts on another machine of the same
//! architecture. The unit files are in `xtask/assets/` and `backend/terminal/packaging/`; each program prints its own
//! sample configuration.
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use crate::web::Modules;
use crate::{npm, paths, prepare, server, steps};

const UNIT: &str = include_str!("../assets/nengce.service");
const SAMPLE_HEAD: &str = "\
# Every key with its default; a key left out has it too. NENGCE_<KEY> in the environment
# and flags win over this file. The administrator's token belongs into the environment.

";

pub fn run() -> Result<()> {
    let library = prepare::all()?;
    let binary = server::release(&library, Modules::Optimized)?;
    steps::step("Tarball", || {
        let (name, folder) = empty_folder("nengce")?;
        copy(&binary, &folder.join("nengce"))?;
        if let Some(shared) = library.file() {
            copy(&shared, &folder.join(crate::duckdb::file_name()))?;
            let licence = shared.with_file_name("LICENSE");
            if licence.is_file() {
                copy(&licence, &folder.join("LICENSE.duckdb"))?;
            }
        }
        fs::write(folder.join("nengce.service"), UNIT)?;
        let sample = format!("{SAMPLE_HEAD}{}", sample(&folder.join("nengce"))?);
        fs::write(folder.join("nengce.toml"), sample)?;
        copy_from(paths::root(), &["LICENSE", "NOTICE", "README.md", "CHANGELOG.md"], &folder)?;
        copy_folder(&paths::root().join("docs"), &folder.join("docs"))?;
        let tarball = pack(&folder, &name)?;
        let note = format!("{}, {:.1} MB", tarball.display(), steps::size(&tarball)? as f64 / 1e6);
        Ok(((), note))
    })?;
    terminal()
}

/// The terminal, for a gateway in a plant.
fn terminal() -> Result<()> {
    let binary = server::terminal(server::SMALL)?;
    steps::step("Tarball of the terminal", || {
        let (name, folder) = empty_folder("nengce-terminal")?;
        copy(&binary, &folder.join("nengce-terminal"))?;
        let sample = sample(&folder.join("nengce-terminal"))?;
        fs::write(folder.join("terminal.toml"), sample)?;
        let root = paths::root();
        let packaging = root.join("backend/terminal/packaging");
        copy_from(&packaging, &["nengce-terminal.service", "Containerfile"], &folder)?;
        copy_from(root, &["LICENSE", "NOTICE", "docs/TERMINAL.md"], &folder)?;
        let tarball = pack(&folder, &name)?;
        let note = format!("{}, {:.1} MB", tarball.display(), steps::size(&tarball)? as f64 / 1e6);
        Ok(((), note))
    })
}

/// The name of a program's tarball, and an empty folder of that name.
fn empty_folder(program: &str) -> Result<(String, PathBuf)> {
    let name = format!("{program}-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    let folder = paths::root().join("dist").join(&name);
    npm::remove_folder(&folder)?;
    fs::create_dir_all(&folder)?;
    Ok((name, folder))
}

/// Copies files of a folder, whatever folder below it they are in.
fn copy_from(from: &Path, files: &[&str], to: &Path) -> Result<()> {
    for file in files {
        let from = from.join(file);
        copy(&from, &to.join(from.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// Copies a folder with the folders in it.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy_folder(&entry.path(), &to)?,
            false => copy(&entry.path(), &to)?,
        }
    }
    Ok(())
}

/// Runs the packed binary in its folder, which also proves that it starts from there.
fn sample(binary: &Path) -> Result<String> {
    steps::output(
        steps::command(binary)
            .env_remove("LD_LIBRARY_PATH")
            .args(["check-config", "--print-sample"]),
    )
    .context("the packed program did not print its sample configuration")
}

fn pack(folder: &Path, name: &str) -> Result<PathBuf> {
    let tarball = folder.with_file_name(format!("{name}.tar.gz"));
    let encoder = GzEncoder::new(File::create(&tarball)?, Compression::default());
    let mut archive = tar::Builder::new(encoder);
    // The owner, group and times of this machine are left out.
    archive.mode(tar::HeaderMode::Deterministic);
    append(&mut archive, folder, Path::new(name))?;
    archive.into_inner()?.finish()?;
    Ok(tarball)
}

/// Adds a folder in the order of names, so that the same files make the same tarball.
fn append(archive: &mut tar::Builder<GzEncoder<File>>, folder: &Path, inside: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    for file in files {
        let inside = inside.join(file.file_name().unwrap_or_default());
        if file.is_dir() {
            append(archive, &file, &inside)?;
        } else {
            archive.append_path_with_name(&file, inside)?;
        }
    }
    Ok(())
}
