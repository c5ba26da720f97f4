//! The disk fills up under the unit's terminal while it measures: it says so, keeps what it had, goes on once there is
//! room, and what the platform has in the end is what the meter counted.

use std::net::Ipv4Addr;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::disk::SmallDisk;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::metered::{self, Meters, Setup, TerminalProcess, let_in, values};
use nengce_tests::support::wait::wait_until;
use serde_json::json;

const QUARTER: i64 = 900;
/// The hour in which the plant begins.
const FIRST: i8 = 8;

/// A plant on a small disk, its clock at eight in the morning of two days ago.
struct Plant {
    platform: TestApp,
    enterprise: Enterprise,
    disk: SmallDisk,
    meters: Meters,
    terminal: TerminalProcess,
    /// Seconds that the plant's clock is ahead at the start, and quarter-hours since.
    ahead: i64,
    quarters: i64,
    /// What each quarter-hour counted, in the unit of the item.
    counted: Vec<f64>,
}

impl Plant {
    fn new(name: &str) -> Self {
        let (platform, enterprise) = (TestApp::new(), Enterprise::new(name));
        let disk = SmallDisk::mount(8);
        let meters = Meters::start(Ipv4Addr::LOCALHOST.into(), 1);
        let terminal = TerminalProcess::new(Setup {
            store: Some(disk.path().join("store")),
            ..Setup::new(&enterprise, meters.port, &platform.url())
        });
        let start = metered::unix(metered::day().at(FIRST, 0, 2, 0));
        let ahead = start - jiff::Timestamp::now().as_second();
        let counted = Vec::new();
        let mut made =
            Self { platform, enterprise, disk, meters, terminal, ahead, quarters: 0, counted };
        made.terminal.set_clock(ahead);
        made.terminal.start();
        made.read();
        let_in(&made.platform, &made.enterprise);
        made
    }

    fn read(&mut self) {
        self.terminal.step(self.ahead + self.quarters * QUARTER, &self.meters);
    }

    /// A quarter-hour in which the plant runs, and one in which it stands.
    fn run(&mut self) {
        let kwh = 100.0 + 7.0 * self.quarters as f64;
        self.meters.counters[0].add(kwh);
        self.counted.extend([kwh / 10_000.0, 0.0]);
        for _ in 0..2 {
            self.quarters += 1;
            self.read();
        }
    }

    fn of_platform(&self, stat_type: u8) -> Vec<f64> {
        values(&self.platform, &self.enterprise, ELECTRICITY, stat_type).into_values().collect()
    }

    fn is_full(&mut self) -> bool {
        self.terminal.state()["facts"]["disk_full"] == json!(true)
    }

    /// The day ends, and the platform has all of it.
    fn end(&mut self) {
        self.terminal.end_day(metered::day(), &self.meters);
        wait_until("the platform has the day", || {
            std::thread::sleep(std::time::Duration::from_millis(500));
            !self.of_platform(1).is_empty()
        });
    }

    /// The day, and the sum of its quarter-hours, are what the meter counted.
    fn check_sums(&self) {
        let counted = self.meters.counters[0].shows() - 0.1;
        let (quarters, days) = (self.of_platform(0), self.of_platform(1));
        let sum: f64 = quarters.iter().sum();
        assert!((sum - counted).abs() < 1e-6, "counted {counted}, found {quarters:?}");
        assert!(days.len() == 1 && (days[0] - counted).abs() < 1e-6, "{counted}, {days:?}");
    }
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn a_disk_that_fills_up_under_the_running_terminal_costs_nothing() {
    let mut plant = Plant::new("终端满盘");
    for _ in 0..3 {
        plant.run();
    }
    wait_until("the platform has the first quarter-hours", || plant.of_platform(0).len() >= 5);
    let before = plant.of_platform(0);
    plant.disk.fill_to(0);
    plant.run();
    wait_until("it says that its disk is full", || plant.is_full());
    assert!(plant.terminal.log().contains("store_full"), "{}", plant.terminal.log());
    for _ in 0..3 {
        plant.run();
    }
    assert!(plant.is_full());
    assert!(plant.terminal.is_running(), "{}", plant.terminal.log());
    plant.disk.make_room();
    wait_until("it writes again", || !plant.is_full());
    for _ in 0..2 {
        plant.run();
    }
    plant.end();
    let lines = plant.terminal.lines();
    assert!(lines.iter().any(|it| it.contains("store_full")), "{lines:?}");
    assert!(lines.iter().any(|it| it.contains("store_writable")), "{lines:?}");
    plant.check_sums();
    let found = plant.of_platform(0);
    assert_eq!(found[..5], before[..5], "what was there stays");
    // Each pair of quarter-hours has what was counted in it: there is no gap.
    for (counted, found) in plant.counted.chunks(2).zip(found.chunks(2)) {
        assert!((counted[0] - found.iter().sum::<f64>()).abs() < 1e-6, "{counted:?} {found:?}");
    }
}

#[test]
#[ignore = "mounts a small disk, which needs root"]
fn a_terminal_that_is_killed_on_a_full_disk_goes_on_from_what_was_on_it() {
    let mut plant = Plant::new("终端满盘断电");
    for _ in 0..3 {
        plant.run();
    }
    wait_until("the platform has the first quarter-hours", || plant.of_platform(0).len() >= 5);
    let before = plant.of_platform(0);
    plant.disk.fill_to(0);
    for _ in 0..2 {
        plant.run();
    }
    wait_until("it says that its disk is full", || plant.is_full());
    plant.terminal.kill();
    if !plant.terminal.starts() {
        assert!(plant.terminal.log().lines().any(|it| it.starts_with("store_full: ")));
    }
    plant.disk.make_room();
    plant.meters.counters[0].add(50.0);
    plant.terminal.start();
    plant.read();
    for _ in 0..2 {
        plant.run();
    }
    plant.end();
    plant.check_sums();
    assert_eq!(plant.of_platform(0)[..5], before[..5], "what was there stays");
}
