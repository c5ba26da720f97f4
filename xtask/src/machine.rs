//! What tests need on the machine: Chromium, its driver, a font with Chinese, and the programs that tests talk to. As
//! root on Debian they are installed; otherwise the command that installs them is printed.
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::steps;

const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

#[derive(Debug)]
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

pub fn browser() -> Result<Browser> {
    steps::step("Chromium, its driver, a Chinese font", || {
        if let Ok(found) = find() {
            let note = format!("{} and {}", found.chromium.display(), found.driver.display());
            return Ok((found, note));
        }
        let line = format!("apt-get update && apt-get install -y {}", PACKAGES.join(" "));
        if !is_root() || steps::which(&["apt-get"]).is_none() {
            let missing = find().err().map(|error| error.to_string()).unwrap_or_default();
            bail!("{missing}. On Debian, run as root: {line}");
        }
        install_packages(&PACKAGES)
            .with_context(|| format!("could not do it; the line is: {line}"))?;
        let found = find().context("still missing after the installation")?;
        Ok((found, "installed".to_owned()))
    })
}

/// Whether LibreOffice and pdftotext are here, or could be installed, for the files of the audit pack.
pub fn office() -> Result<bool> {
    const OFFICE_PACKAGES: [&str; 3] =
        ["libreoffice-calc-nogui", "libreoffice-writer-nogui", "poppler-utils"];
    steps::step("LibreOffice and poppler-utils, for office files", || {
        let is_here = || ["soffice", "pdftotext"].iter().all(|it| steps::which(&[it]).is_some());
        if is_here() {
            return Ok((true, "already here".to_owned()));
        }
        let line = format!("apt-get install -y {}", OFFICE_PACKAGES.join(" "));
        let installs = is_root() && steps::which(&["apt-get"]).is_some();
        Ok(match installs.then(|| install_packages(&OFFICE_PACKAGES)) {
            Some(Ok(())) if is_here() => (true, "installed".to_owned()),
            _ => (false, format!("not here. On Debian, run as root: {line}")),
        })
    })
}

/// Whether nginx and openssl are here, or could be installed, for the tests of the gateway in front.
pub fn gateway() -> Result<bool> {
    const GATEWAY_PACKAGES: [&str; 2] = ["nginx-light", "openssl"];
    steps::step("nginx and openssl, for the gateway in front", || {
        let is_here = || {
            let nginx =
                steps::which(&["nginx"]).is_some() || Path::new("/usr/sbin/nginx").is_file();
            nginx && steps::which(&["openssl"]).is_some()
        };
        if is_here() {
            return Ok((true, "already here".to_owned()));
        }
        let line = format!("apt-get install -y {}", GATEWAY_PACKAGES.join(" "));
        let installs = is_root() && steps::which(&["apt-get"]).is_some();
        Ok(match installs.then(|| install_packages(&GATEWAY_PACKAGES)) {
            Some(Ok(())) if is_here() => (true, "installed".to_owned()),
            _ => (false, format!("not here. On Debian, run as root: {line}")),
        })
    })
}

/// What the terminal's sources are tested against.
pub struct SourcePeers {
    pub mosquitto: PathBuf,
    /// The folder of the programs of PostgreSQL.
    pub postgresql: PathBuf,
    pub mariadbd: PathBuf,
    pub mariadb_install_db: PathBuf,
}

/// The broker and the databases that the terminal's sources are tested against.
pub fn source_peers() -> Result<SourcePeers> {
    const PEER_PACKAGES: [&str; 3] = ["mosquitto", "postgresql", "mariadb-server"];
    steps::step("mosquitto, PostgreSQL and MariaDB, for the terminal's sources", || {
        if let Some(found) = find_source_peers() {
            return Ok((found, "already here".to_owned()));
        }
        let line = format!("apt-get update && apt-get install -y {}", PEER_PACKAGES.join(" "));
        if !is_root() || steps::which(&["apt-get"]).is_none() {
            bail!("mosquitto, PostgreSQL or MariaDB is missing. On Debian, run as root: {line}");
        }
        install_packages(&PEER_PACKAGES)
            .with_context(|| format!("could not do it; the line is: {line}"))?;
        let found = find_source_peers().context("still missing after the installation")?;
        Ok((found, "installed".to_owned()))
    })
}

fn find_source_peers() -> Option<SourcePeers> {
    let set = |variable| std::env::var_os(variable).map(PathBuf::from);
    let program = |variable, name: &str| {
        // Users other than root do not have it on their PATH.
        let in_sbin = || Some(Path::new("/usr/sbin").join(name)).filter(|it| it.is_file());
        set(variable).or_else(|| steps::which(&[name])).or_else(in_sbin)
    };
    // Debian keeps the programs of each version in a folder of its own.
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest =
        versions.map(|it| it.path().join("bin")).filter(|it| it.join("initdb").is_file()).max();
    let on_path = || Some(steps::which(&["initdb"])?.parent()?.to_owned());
    Some(SourcePeers {
        mosquitto: program("MOSQUITTO", "mosquitto")?,
        postgresql: set("PG_BIN").or(newest).or_else(on_path)?,
        mariadbd: program("MARIADBD", "mariadbd")?,
        mariadb_install_db: program("MARIADB_INSTALL_DB", "mariadb-install-db")?,
    })
}

/// Whether a test may mount a file system: root may, except in most containers.
pub fn may_mount() -> bool {
    steps::which(&["unshare"]).is_some()
        && steps::output(steps::command("unshare").args(["--mount", "true"])).is_ok()
}

/// Whether a test may join two network namespaces by TUN devices, which its relay in Python does.
pub fn may_join_networks() -> bool {
    // Asks for a device as the relay does: TUNSETIFF for a TUN device without a head.
    const ASK: &str = "import fcntl, struct; fcntl.ioctl(open('/dev/net/tun', 'r+b', buffering=0), 0x400454CA, \
                       struct.pack('16sH22x', b'near', 0x1001))";
    let inside = ["--map-root-user", "--net", "python3", "-c", ASK];
    ["unshare", "nsenter", "python3"].iter().all(|it| steps::which(&[it]).is_some())
        && steps::output(steps::command("unshare").args(inside)).is_ok()
}

/// Installs packages of Debian, as root.
pub fn install_packages(packages: &[&str]) -> Result<()> {
    steps::succeed(steps::command("apt-get").args(["update", "-qq"]))?;
    steps::succeed(
        steps::command("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages),
    )
}

fn find() -> Result<Browser> {
    let chromium = named("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?;
    let driver = named("CHROMEDRIVER", &["chromedriver", "chromium.chromedriver"])?;
    if !chinese_font() {
        bail!("no font with Chinese characters");
    }
    Ok(Browser { chromium, driver })
}

fn named(variable: &str, names: &[&str]) -> Result<PathBuf> {
    if let Some(set) = std::env::var_os(variable) {
        let set = PathBuf::from(set);
        if !set.is_file() {
            bail!("{variable} names {}, which is not there", set.display());
        }
        return Ok(set);
    }
    steps::which(names).with_context(|| format!("{} is not on the PATH", names[0]))
}

fn chinese_font() -> bool {
    if steps::which(&["fc-list"]).is_some() {
        return steps::output(steps::command("fc-list").arg(":lang=zh-cn"))
            .is_ok_and(|listed| !listed.trim().is_empty());
    }
    Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
}

#[cfg(unix)]
pub fn is_root() -> bool {
    steps::output(steps::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(not(unix))]
pub fn is_root() -> bool {
    false
}
