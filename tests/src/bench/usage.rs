//! The processor seconds and the peak memory of a process, from `/proc`.

use std::time::Duration;

use anyhow::{Context, Result};

/// Ticks a second of `/proc/PID/stat`.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor seconds of all its threads, in user mode and in the kernel.
pub(super) fn processor_seconds(pid: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields: Vec<&str> =
        stat.rsplit_once(')').context("a name in parentheses")?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok());
    let (user, system) = ticks(11).zip(ticks(12)).context("two times")?;
    Ok((user + system) / TICKS_PER_SECOND)
}

/// Seconds that its threads have run, to the microsecond. Threads that have ended are not counted.
pub(super) fn running_seconds(pid: u32) -> Result<f64> {
    let mut sum = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{pid}/task"))?.flatten() {
        let times = std::fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        let ran = times.split(' ').next().and_then(|it| it.parse::<f64>().ok());
        sum += ran.unwrap_or(0.0);
    }
    Ok(sum / 1e9)
}

/// A server that uses less than this share of a processor is idle.
const AT_REST: f64 = 0.05;

/// Waits until roll-ups and quality have caught up with the uploads, five minutes at most. Returns whether they have.
pub(super) fn rest(pid: u32) -> Result<bool> {
    const POLL_INTERVAL: Duration = Duration::from_secs(2);
    for _ in 0..150 {
        let before = running_seconds(pid)?;
        std::thread::sleep(POLL_INTERVAL);
        if running_seconds(pid)? - before < AT_REST * POLL_INTERVAL.as_secs_f64() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The peak memory in MiB.
pub(super) fn peak_mib(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib = status
        .lines()
        .find_map(|it| it.strip_prefix("VmHWM:"))
        .and_then(|it| it.trim().strip_suffix(" kB"))
        .and_then(|it| it.trim().parse::<f64>().ok())
        .context("VmHWM")?;
    Ok(kib / 1024.0)
}

/// The largest private memory of a page process of the running browsers, in MiB.
pub(super) fn page_mib() -> Result<f64> {
    let mut most: f64 = 0.0;
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if !String::from_utf8_lossy(&command).contains("--type=renderer") {
            continue;
        }
        let rollup = std::fs::read_to_string(entry.path().join("smaps_rollup")).unwrap_or_default();
        let private = rollup.lines().filter(|it| it.starts_with("Private_"));
        let kib = private.filter_map(|it| it.split_whitespace().nth(1)?.parse::<f64>().ok());
        most = most.max(kib.sum::<f64>() / 1024.0);
    }
    anyhow::ensure!(most > 0.0, "no page of a browser is running");
    Ok(most)
}
