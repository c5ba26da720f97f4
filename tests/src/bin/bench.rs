//! The measuring program behind `cargo xtask bench`: prints a table with ratios. Measures a release server from
//! outside; the baselines come from the same run on the same machine.

use nengce_tests::bench;

fn main() -> anyhow::Result<()> {
    let what = std::env::args().nth(1).unwrap_or_else(|| "all".to_owned());
    bench::run(&what)
}
