//! Programs from PyPI, each in an environment of its own, at the versions of its `requirements.txt`: Schemathesis, and
//! the peers of the terminal's sources.
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{machine, npm, paths, steps};

/// The program; installed anew when the list of versions has changed.
pub fn schemathesis() -> Result<PathBuf> {
    environment(
        "Schemathesis",
        "schemathesis",
        "tests/schemathesis/requirements.txt",
        "schemathesis",
    )
}

/// The python of the devices and servers that the terminal's sources are tested against.
pub fn peers() -> Result<PathBuf> {
    let list = "backend/terminal/sources/tests/peers/requirements.txt";
    environment("Peers of the terminal's sources", "peers", list, "python3")
}

/// An environment with the packages of a list; gives one of its programs.
fn environment(name: &str, folder: &str, list: &str, program: &str) -> Result<PathBuf> {
    steps::step(name, || {
        let folder = paths::tools().join(folder);
        let program = folder.join("bin").join(program);
        let list = paths::root().join(list);
        let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
        let installed = folder.join("installed.txt");
        if program.is_file() && fs::read(&installed).is_ok_and(|it| it == wanted) {
            return Ok((program, "already here".to_owned()));
        }
        let python = python()?;
        npm::remove_folder(&folder)?;
        steps::succeed(steps::command(python).args(["-m", "venv"]).arg(&folder)).context(
            "python3 cannot make an environment; on Debian: apt-get install python3-venv",
        )?;
        steps::succeed(
            steps::command(folder.join("bin/pip"))
                .args(["install", "--quiet", "--disable-pip-version-check", "--no-deps"])
                .arg("--requirement")
                .arg(&list),
        )
        .with_context(|| format!("{name} could not be fetched from PyPI"))?;
        fs::write(&installed, wanted)?;
        Ok((program, "fetched from PyPI".to_owned()))
    })
}

/// python3 with venv; installed as root on Debian where it is missing.
fn python() -> Result<PathBuf> {
    const PACKAGES: [&str; 2] = ["python3", "python3-venv"];
    let works = || {
        let python = steps::which(&["python3"])?;
        let tried = steps::output(steps::command(&python).args(["-c", "import ensurepip, venv"]));
        tried.is_ok().then_some(python)
    };
    if let Some(it) = works() {
        return Ok(it);
    }
    let line = format!("apt-get install -y {}", PACKAGES.join(" "));
    if !machine::is_root() || steps::which(&["apt-get"]).is_none() {
        bail!("python3 with venv is missing, which the tests need. On Debian, run as root: {line}");
    }
    machine::install_packages(&PACKAGES)
        .with_context(|| format!("could not do it; the line is: {line}"))?;
    works().context("python3 with venv is still missing after the installation")
}
