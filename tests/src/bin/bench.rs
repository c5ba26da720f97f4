//! The measuring program behind `cargo xtask bench`: prints a table with ratios. Measures a release server from
//! outside; the baselines come from the same run on the same machine.

use nengce_tests::bench;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_else(|| "all".to_owned());
    let (markdown, extra): (Vec<_>, Vec<_>) = arguments.partition(|it| it == "--markdown");
    bench::run(&what, &extra, !markdown.is_empty())
}
