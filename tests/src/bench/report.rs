//! Prints the table of figures: measure, figure, baseline of the same run, ratio, target. It also computes percentiles.

use std::time::Instant;

pub(super) struct Report {
    rows: Vec<[String; 5]>,
    started: Instant,
}

impl Report {
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), started: Instant::now() }
    }

    /// Prints the current step on the error stream.
    pub(super) fn step(&self, what: &str) {
        eprintln!("==> {:>4.0} s  {what}", self.started.elapsed().as_secs_f64());
    }

    pub(super) fn row(
        &mut self,
        measure: &str,
        figure: String,
        baseline: String,
        ratio: String,
        target: &str,
    ) {
        let cells = [measure, &figure, &baseline, &ratio, target];
        eprintln!("    {}", cells.join(" | "));
        self.rows.push([measure.to_owned(), figure, baseline, ratio, target.to_owned()]);
    }

    /// Prints the rows, aligned for a terminal or as a Markdown table.
    pub(super) fn print(&self, markdown: bool) {
        let head =
            ["measure", "figure", "baseline, same run", "ratio", "target"].map(str::to_owned);
        if markdown {
            println!("| {} |\n|---|---|---|---|---|", head.join(" | "));
            self.rows.iter().for_each(|row| println!("| {} |", row.join(" | ")));
            println!("\n{}", machine());
            return;
        }
        let width = |column: usize| {
            let cells = self.rows.iter().chain(std::iter::once(&head));
            cells.map(|row| row[column].chars().count()).max().unwrap_or(0)
        };
        let widths: [usize; 5] = std::array::from_fn(width);
        for row in std::iter::once(&head).chain(&self.rows) {
            let cells: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            println!("{}", cells.join("  ").trim_end());
        }
        println!("\n{}", machine());
    }
}

/// Cores, processor and load average: what the figures depend on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    format!("{cores} cores, {model}; load average {}; client and server share them", load.join(" "))
}

/// Nearest-rank percentile.
pub(super) fn percentile(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let times: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(
            (percentile(&times, 0.5), percentile(&times, 0.95), percentile(&times, 1.0)),
            (10.0, 19.0, 20.0)
        );
        assert_eq!(thousands(1_234_567.4), "1,234,567");
    }
}
