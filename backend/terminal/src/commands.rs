//! The commands of the program.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};
use nengce_engine::{Engine, EngineError, Point, points};

use crate::clock::Clock;
use crate::config::{Config, SAMPLE};
use crate::plant::Plant;
use crate::{collect, demo, page, password, send};

/// The access-end system on the premises of a unit.
#[derive(Debug, Parser)]
#[command(name = "nengce-terminal", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Collect, keep, send, and show the page
    Run(File),
    /// Check the configuration file, or print one to begin with
    CheckConfig {
        #[command(flatten)]
        file: File,
        /// Print a configuration that works once the names in it are replaced
        #[arg(long)]
        print_sample: bool,
    },
    /// Check, import or export the point table
    Points {
        #[command(flatten)]
        file: File,
        #[command(subcommand)]
        action: PointsAction,
    },
    /// Read one point now and show the bytes
    Read {
        #[command(flatten)]
        file: File,
        /// The id of the point
        point: String,
    },
    /// Write what is kept as CSV
    Export {
        #[command(flatten)]
        file: File,
        /// The file to write
        out: PathBuf,
    },
    /// Set the password of the page; it is read from standard input
    Password(File),
    /// What this program was built for, and what was tested
    About,
    /// Run a plant with simulated meters
    Demo {
        /// The folder of its files
        #[arg(long)]
        data: PathBuf,
        /// Address and port of the page
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        /// The address of a centre
        #[arg(long)]
        centre: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct File {
    /// The configuration file
    #[arg(long, global = true, default_value = "terminal.toml", env = "NENGCE_TERMINAL_CONFIG")]
    config: PathBuf,
}

#[derive(Debug, Subcommand)]
enum PointsAction {
    /// Say what an import would do, and what is wrong
    Check { table: PathBuf },
    /// Replace the table
    Import { table: PathBuf },
    /// Write the table as CSV or XLSX, by the ending of the name
    Export { table: PathBuf },
}

/// Runs the command of the command line.
pub fn main() -> ExitCode {
    match execute(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Errors of the engine are told with their code, as all others are.
            let code = error.downcast_ref::<EngineError>().map(|it| format!("{}: ", it.code()));
            eprintln!("{}{error:#}", code.unwrap_or_default());
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<()> {
    match command {
        Command::Run(file) => block(run(Config::read(&file.config)?)),
        Command::CheckConfig { print_sample: true, .. } => say(SAMPLE),
        Command::CheckConfig { file, .. } => {
            let config = Config::read(&file.config)?;
            say(&format!(
                "配置正确：{0} 个采集源，{1} 个中心。The configuration is right: {0} sources, {1} centres.\n",
                config.sources.len(),
                config.centres.len()
            ))
        }
        Command::Points { file, action } => table(&Config::read(&file.config)?, action),
        Command::Read { file, point } => block(read(Config::read(&file.config)?, &point)),
        Command::Export { file, out } => {
            let engine = open(&Config::read(&file.config)?)?;
            let mut out = std::fs::File::create(&out).with_context(|| out.display().to_string())?;
            let rows = engine.exporter().csv(i64::MIN, i64::MAX, &mut out)?;
            say(&format!("已导出 {rows} 行。Exported {rows} rows.\n"))
        }
        Command::Password(file) => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            password::set(
                &Config::read(&file.config)?.store.folder,
                text.trim_end_matches(['\r', '\n']),
            )
        }
        Command::About => say(include_str!("about.txt")),
        Command::Demo { data, listen, centre } => block(async move {
            let config = demo::prepare(&data, listen, centre.as_deref()).await?;
            run(config).await
        }),
    }
}

fn say(text: &str) -> Result<()> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

fn block(task: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(task)
}

fn open(config: &Config) -> Result<Engine> {
    let names: Vec<String> = config.centres.iter().map(|it| it.name.clone()).collect();
    Ok(Engine::open(config.store.clone(), &names)?)
}

async fn run(config: Config) -> Result<()> {
    let plant = Plant::open(config)?;
    let listener = page::listen(&plant).await?;
    say(&format!("http://{}\n", listener.local_addr()?))?;
    std::io::stdout().flush()?;
    collect::start(&plant);
    send::start(&plant)?;
    tokio::select! {
        ended = page::serve(Arc::clone(&plant), listener) => ended?,
        stopped = stop() => stopped?,
    }
    Ok(plant.commit()?)
}

#[cfg(unix)]
async fn stop() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = end.recv() => Ok(()),
        it = tokio::signal::ctrl_c() => Ok(it?),
    }
}

#[cfg(not(unix))]
async fn stop() -> Result<()> {
    Ok(tokio::signal::ctrl_c().await?)
}

fn table(config: &Config, action: PointsAction) -> Result<()> {
    let mut engine = open(config)?;
    let current = engine.points();
    let (path, import) = match action {
        PointsAction::Export { table } => return export(&current, &table),
        PointsAction::Check { table } => (table, false),
        PointsAction::Import { table } => (table, true),
    };
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let mut found = points::preview(&bytes, &current);
    found.problems.extend(page::address_problems(config, &found.points));
    for it in &found.problems {
        eprintln!("{} {}: {} {}", it.row, it.column, it.zh, it.en);
    }
    if !found.problems.is_empty() {
        bail!(
            "points_wrong: {0} 处错误，未导入。{0} mistakes; nothing was imported.",
            found.problems.len()
        );
    }
    let (added, changed, removed) = (found.added.len(), found.changed.len(), found.removed.len());
    say(&format!(
        "新增 {added}，修改 {changed}，移除 {removed}。{added} added, {changed} changed, {removed} removed.\n"
    ))?;
    if import {
        let now = Clock::new(config.store.offset_minutes).now();
        engine.set_points(&found.points, now)?;
    }
    Ok(())
}

fn export(points: &[Point], path: &Path) -> Result<()> {
    let is_sheet = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
    let bytes = if is_sheet { points::to_xlsx(points)? } else { points::to_csv(points)? };
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

async fn read(config: Config, id: &str) -> Result<()> {
    let plant = Plant::open(config)?;
    let point = plant.engine.lock().points().into_iter().find(|it| it.id == id);
    let point = point.with_context(|| format!("没有采集点 {id}。There is no point {id}."))?;
    let source = point.source.clone();
    let answer = collect::read(&plant, &source, &[point]).await.pop();
    match answer.context("该点不由采集源读取。No source reads this point.")? {
        Ok(it) => say(&format!(
            "{}\n→ {}\n← {}\n{}\n",
            it.value,
            const_hex::encode_upper(&it.exchange.sent),
            const_hex::encode_upper(&it.exchange.received),
            it.exchange.text
        )),
        Err(error) => bail!("{}: {} {}", error.code(), error.text_zh(), error.text_en()),
    }
}
