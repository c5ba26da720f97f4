//! `cargo xtask run`: everything from a bare clone to a city in the browser.
//! The city itself is the server's `demo` command.
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::web::Modules;
use crate::{paths, prepare, server, steps};

#[derive(Args)]
pub struct Options {
    /// Address and port to serve on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Folder of the database [default: data/demo in the workspace]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Enterprises in the demo city [default: the server's]
    #[arg(long, value_name = "N")]
    units: Option<u32>,
    /// Days of history to fill in [default: the server's]
    #[arg(long, value_name = "D")]
    days: Option<u32>,
    /// Open the portal in the desktop's browser
    #[arg(long)]
    open: bool,
    /// Start the terminal of one plant with simulated meters beside the city
    #[arg(long)]
    with_terminal: bool,
    /// Address and port of the terminal's page
    #[arg(long, default_value = "127.0.0.1:8090", requires = "with_terminal")]
    terminal_listen: String,
    /// Passed on to `nengce demo`
    #[arg(last = true, value_name = "EXTRA")]
    extra: Vec<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let library = prepare::all()?;
    let binary = server::release(&library, Modules::AsCompiled)?;
    let terminal = options.with_terminal.then(|| server::terminal("release")).transpose()?;
    let mut demo = demo(options, &binary);
    steps::print_times();
    let url = format!("http://{}", options.listen);
    println!("==> {url}");
    println!(
        "    Dual control is the first page; then energy intensity, benchmarking, inspection targets."
    );
    println!("    The API's docs are at {url}/api/docs. Ctrl-C ends the server; the data stays.");
    if let Some(binary) = terminal {
        // It waits for the city, and gets the same Ctrl-C as the server.
        self::terminal(options, &binary, &url).spawn().context("cannot start the terminal")?;
        println!("==> http://{}: the terminal in the plant", options.terminal_listen);
        println!("    It registers with the city; its values are on the page of its unit.");
    }
    if options.open {
        Command::new(std::env::current_exe()?)
            .args(["open-when-up", &options.listen, &url])
            .spawn()
            .context("cannot start the browser's helper")?;
    }
    replace_self(&mut demo)
}

pub fn demo(options: &Options, binary: &Path) -> Command {
    let mut command = steps::command(binary);
    command.arg("demo").args(["--listen", &options.listen]).arg("--data").arg(data(options));
    if let Some(units) = options.units {
        command.args(["--units", &units.to_string()]);
    }
    if let Some(days) = options.days {
        command.args(["--days", &days.to_string()]);
    }
    command.args(&options.extra);
    command
}

/// The folder of a database in the user's folder, or in the workspace.
fn data(options: &Options) -> PathBuf {
    options.data.as_ref().map_or_else(
        || paths::root().join("data/demo"),
        // The path is relative to the user's folder, not to the workspace.
        |dir| std::env::current_dir().unwrap_or_default().join(dir),
    )
}

pub fn terminal(options: &Options, binary: &Path, centre: &str) -> Command {
    let mut command = steps::command(binary);
    command.arg("demo").arg("--data").arg(data(options).join("terminal"));
    command.args(["--listen", &options.terminal_listen, "--centre", centre]);
    command
}

/// The process is replaced, so that signals reach the server and its exit code is passed on.
#[cfg(unix)]
fn replace_self(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start the server")
}

#[cfg(not(unix))]
fn replace_self(command: &mut Command) -> Result<()> {
    steps::succeed(command)
}

pub fn open_when_up(address: &str, url: &str) -> Result<()> {
    let opener = steps::which(&["xdg-open", "open", "wslview"])
        .context("no program here opens a browser")?;
    let deadline = Instant::now() + Duration::from_secs(120);
    while Instant::now() < deadline {
        let up = address
            .to_socket_addrs()
            .is_ok_and(|mut all| all.any(|one| TcpStream::connect(one).is_ok()));
        if up {
            return steps::succeed(Command::new(opener).arg(url));
        }
        thread::sleep(Duration::from_millis(200));
    }
    bail!("{address} did not answer within two minutes")
}
