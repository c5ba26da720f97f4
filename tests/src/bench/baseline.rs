//! Asks the server binary for figures of the bare store (`nengce baseline`).

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::support::server::command;

pub fn ask(arguments: &[&str]) -> Result<Value> {
    let output = command().arg("baseline").args(arguments).output().context("nengce baseline")?;
    ensure!(
        output.status.success(),
        "nengce baseline: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}
