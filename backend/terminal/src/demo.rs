//! A plant to look at: simulated meters on this machine, their point table and a configuration.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use nengce_engine::{Engine, points};
use nengce_shared::credit_code::CreditCode;
use nengce_sources::demo::{Meters, Registers, Value, serve_dlt645, serve_modbus};
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::config::Config;

/// The unit of the demonstration, which the demonstration city does not have: all but its check digit.
const UNIT: &str = "91120116MADEM0PTN";
const REGION: &str = "120116";
const TABLE: &str = include_str!("demo.csv");
/// 2026-01-01, from which the counters of the demonstration run.
const BEGIN: f64 = 1_767_225_600.0;

/// Starts the meters and writes what the terminal needs.
pub(crate) async fn prepare(
    folder: &Path,
    listen: SocketAddr,
    centre: Option<&str>,
) -> Result<Config> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let clock = Clock::new(480);
    let electricity = TcpListener::bind("127.0.0.1:0").await?;
    let plc = TcpListener::bind("127.0.0.1:0").await?;
    let (dlt645, modbus) = (electricity.local_addr()?.port(), plc.local_addr()?.port());
    let meters: Meters = [("202107072529", 1200.0), ("202107072531", 900.0)]
        .map(|(number, power)| {
            (number.to_owned(), BTreeMap::from([(0x0001_0000, counter(&clock, power))]))
        })
        .into();
    let registers: Registers =
        BTreeMap::from([(0, counter(&clock, 85.0)), (4, counter(&clock, 12.5)), (8, flow(&clock))]);
    tokio::spawn(serve_dlt645(electricity, meters));
    tokio::spawn(serve_modbus(plc, registers));
    let code = CreditCode::with_check_digit(UNIT).map_err(|it| anyhow::anyhow!("{it}"))?;
    let mut text = format!(
        "[plant]\nname = \"示范水泥有限公司\"\nenterprise_code = \"{}\"\nregion = \"{REGION}\"\nindustry_code = \"C3011\"\n\
         [page]\nlisten = \"{listen}\"\n[store]\nfolder = \"store\"\n\
         [[source]]\nname = \"meters\"\nkind = \"dlt645_tcp\"\nhost = \"127.0.0.1\"\nport = {dlt645}\nevery_seconds = 15\n\
         [[source]]\nname = \"plc\"\nkind = \"modbus_tcp\"\nhost = \"127.0.0.1\"\nport = {modbus}\nevery_seconds = 15\n",
        code.as_str()
    );
    if let Some(url) = centre {
        let url = serde_json::to_string(url)?;
        text += &format!("[[centre]]\nname = \"市级平台\"\nurl = {url}\nretry_most_seconds = 30\n");
    }
    std::fs::write(folder.join("terminal.toml"), &text)?;
    let config = Config::parse(&text, folder)?;
    let names: Vec<String> = config.centres.iter().map(|it| it.name.clone()).collect();
    let mut engine = Engine::open(config.store.clone(), &names)?;
    if engine.points().is_empty() {
        let table = points::preview(TABLE.as_bytes(), &[]);
        engine.set_points(&table.points, clock.now())?;
    }
    Ok(config)
}

/// A counter with a mean power and a daily wave.
fn counter(clock: &Clock, mean: f64) -> Value {
    let clock = clock.clone();
    Arc::new(move || {
        let hours = (clock.now_f64() - BEGIN) / 3600.0;
        let turn = hours * std::f64::consts::TAU / 24.0;
        mean * (hours - 0.4 * (turn.cos() - 1.0) * 24.0 / std::f64::consts::TAU)
    })
}

fn flow(clock: &Clock) -> Value {
    let clock = clock.clone();
    Arc::new(move || 18.0 + 3.0 * ((clock.now_f64() - BEGIN) / 3600.0).sin())
}
