//! The sign-in provider of the tests: npm packages in a folder of their own, at the versions and checksums of
//! `tests/oidc/package-lock.json`.
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{machine, npm, paths, steps};

/// The folder of its packages; installed anew when the list of versions has changed.
pub fn packages() -> Result<PathBuf> {
    steps::step("Sign-in provider of the tests", || {
        let folder = paths::tools().join("oidc-provider");
        let lists = paths::root().join("tests/oidc");
        let lock = lists.join("package-lock.json");
        let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        let installed = folder.join("installed.json");
        if fs::read(&installed).is_ok_and(|it| it == wanted) {
            return Ok((folder, "already here".to_owned()));
        }
        node()?;
        npm::remove_folder(&folder)?;
        fs::create_dir_all(&folder)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(lists.join(name), folder.join(name))?;
        }
        let npm = steps::which(&["npm", "npm.cmd"]).context("npm is not on the PATH")?;
        let mut install = steps::command(npm);
        install.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]);
        steps::succeed(install.current_dir(&folder))
            .context("the sign-in provider could not be fetched from npm")?;
        fs::write(&installed, wanted)?;
        Ok((folder, "fetched from npm".to_owned()))
    })
}

/// node and npm; installed as root on Debian where they are missing.
fn node() -> Result<()> {
    const PACKAGES: [&str; 2] = ["nodejs", "npm"];
    let works = || steps::which(&["node", "node.exe"]).is_some() && npm::available();
    if works() {
        return Ok(());
    }
    let line = format!("apt-get install -y {}", PACKAGES.join(" "));
    if !machine::is_root() || steps::which(&["apt-get"]).is_none() {
        bail!(
            "node and npm are missing, which the sign-in provider of the tests needs. On Debian, run as root: {line}"
        );
    }
    machine::install_packages(&PACKAGES)
        .with_context(|| format!("could not do it; the line is: {line}"))?;
    match works() {
        true => Ok(()),
        false => bail!("node or npm is still missing after the installation"),
    }
}
