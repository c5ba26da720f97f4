//! What a process has used so far: processor seconds and its greatest memory, from `/proc`.

use anyhow::{Context, Result};

/// Ticks a second of `/proc/PID/stat`.
const TICKS: f64 = 100.0;

/// Seconds of all its threads, in user mode and in the kernel.
pub fn processor_seconds(pid: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .context("a name in parentheses")?
        .1
        .split_whitespace()
        .collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok());
    let (user, system) = ticks(11).zip(ticks(12)).context("two times")?;
    Ok((user + system) / TICKS)
}

/// The most memory it has held, in MiB.
pub fn peak_mib(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib = status
        .lines()
        .find_map(|it| it.strip_prefix("VmHWM:"))
        .and_then(|it| it.trim().strip_suffix(" kB"))
        .and_then(|it| it.trim().parse::<f64>().ok())
        .context("VmHWM")?;
    Ok(kib / 1024.0)
}
