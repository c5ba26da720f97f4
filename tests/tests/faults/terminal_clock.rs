//! The clock of the machine is set back and forth under the unit's terminal, as the whole process sees it: the platform has
//! in the end what the meter counted, once, what came twice is marked, and the page shows how far the clock is off.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::metered::{self, Meters, Setup, TerminalProcess, let_in, values};
use nengce_tests::support::sources::workspace;
use nengce_tests::support::wait::wait_until;

const QUARTER: i64 = 900;
const DAY: i64 = 86_400;

/// Compiles the library that moves the clock of a process.
fn wall_clock(folder: &Path) -> PathBuf {
    let library = folder.join("wall_clock.so");
    let source = workspace().join("tests/src/support/wall_clock.c");
    let mut compile = Command::new("cc");
    compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source);
    let done = compile.output().expect("cc, which the build of the terminal needs too");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    library
}

/// A plant whose terminal has a clock of its own.
struct Plant {
    platform: TestApp,
    enterprise: Enterprise,
    meters: Meters,
    terminal: TerminalProcess,
    /// Seconds that its clock is ahead of the machine's.
    ahead: i64,
    steps: u32,
}

impl Plant {
    fn new(folder: &Path) -> Self {
        let (platform, enterprise) = (TestApp::new(), Enterprise::new("终端时钟"));
        let meters = Meters::start(Ipv4Addr::LOCALHOST.into(), 1);
        let mut terminal = TerminalProcess::new(Setup {
            preload: Some(wall_clock(folder)),
            ..Setup::new(&enterprise, meters.port, &platform.url())
        });
        let ahead =
            metered::unix(metered::day().at(10, 0, 2, 0)) - jiff::Timestamp::now().as_second();
        terminal.set_clock(ahead);
        terminal.start();
        terminal.step(ahead, &meters);
        let_in(&platform, &enterprise);
        Self { platform, enterprise, meters, terminal, ahead, steps: 0 }
    }

    /// The clock moves on by so many seconds, in which the meter counts.
    fn go(&mut self, seconds: i64) {
        self.steps += 1;
        self.ahead += seconds;
        // First the clock: what is counted meanwhile is read by the new one.
        self.terminal.set_clock(self.ahead);
        self.meters.counters[0].add(100.0 + 3.0 * f64::from(self.steps));
        self.terminal.step(self.ahead, &self.meters);
    }

    fn pass_quarters(&mut self, count: u32) {
        for _ in 0..count {
            self.go(QUARTER);
        }
    }

    fn of_platform(&self, stat_type: u8) -> std::collections::BTreeMap<String, f64> {
        values(&self.platform, &self.enterprise, ELECTRICITY, stat_type)
    }

    /// The page shows how far this clock is ahead of the platform's, which is that of the test.
    fn wait_until_told(&mut self) {
        let ahead = self.ahead;
        wait_until("the page shows the difference", || {
            let state = self.terminal.state();
            let told = state["runs"]["city"]["clock_ahead"].as_i64();
            told.is_some_and(|it| (it - ahead).abs() <= 3)
        });
    }

    fn counted(&self) -> f64 {
        self.meters.counters[0].shows() - 0.1
    }
}

#[test]
fn a_clock_set_back_and_forth_under_the_terminal_counts_everything_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut plant = Plant::new(folder.path());
    plant.wait_until_told();
    plant.pass_quarters(4);
    let before = plant.counted();
    // Back by twenty minutes.
    plant.go(-1_200);
    plant.wait_until_told();
    plant.pass_quarters(3);
    assert!(plant.counted() > before + 0.03, "the meter counted on meanwhile");
    // Forward by an hour, without anything between.
    plant.go(3_600);
    plant.wait_until_told();
    plant.pass_quarters(2);
    // Back by a day, and set right again some time later.
    plant.go(-DAY);
    plant.wait_until_told();
    plant.pass_quarters(3);
    plant.go(DAY);
    plant.pass_quarters(2);
    let notes = plant.terminal.lines();
    let stepped = notes.iter().filter(|it| it.contains("clock stepped back")).count();
    assert_eq!(stepped, 2, "one line for each time that the clock was set back: {notes:?}");
    // Two days end, and the rest is sent with the round after it.
    plant.terminal.end_day(metered::day(), &plant.meters);
    let counted = plant.counted();
    let sum = |it: &std::collections::BTreeMap<String, f64>| it.values().sum::<f64>();
    wait_until("the platform has the days", || {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let days = plant.of_platform(1);
        days.len() == 2 && (sum(&days) - counted).abs() < 1e-6
    });
    let found = plant.of_platform(0);
    assert!((sum(&found) - counted).abs() < 1e-6, "counted {counted}, found {found:?}");
    plant.terminal.kill();
    let kept = plant.terminal.kept();
    let of_terminal: f64 = kept.iter().map(|it| it.value).sum();
    assert!((of_terminal - counted).abs() < 1e-6, "counted {counted}, kept {kept:?}");
    // What began after the last round is on its way: nothing was counted in it.
    for it in &kept {
        let there = found.iter().find(|(start, _)| start.replace('T', " ").starts_with(&it.start));
        assert!((there.map_or(0.0, |it| *it.1) - it.value).abs() < 1e-9, "{it:?}, {there:?}");
    }
    // A quarter-hour that holds a time that came twice says so, and no other.
    let twice: Vec<_> = kept.iter().filter(|it| it.marks.contains("clock_back")).collect();
    assert!(!twice.is_empty() && twice.len() < kept.len(), "{kept:?}");
    for it in &kept {
        let marked = it.marks.contains("clock_back");
        assert!(marked || it.seconds <= 900.0, "more than a quarter-hour, and no mark: {it:?}");
    }
}
