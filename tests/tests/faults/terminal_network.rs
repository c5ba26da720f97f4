//! The unit's terminal and the platform in two network namespaces, on a line that loses, doubles, delays and reorders
//! packets, and is cut for seconds: the platform has what the meters counted, once.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::bad_line::{BadLine, FAR, NEAR, is_inside};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, HEAT, NATURAL_GAS};
use nengce_tests::support::metered::{self, Meters, Setup, TerminalProcess, let_in, values};
use nengce_tests::support::server::Options;
use nengce_tests::support::tls::Authority;
use nengce_tests::support::wait::wait_until;
use serde_json::json;

const QUARTER: i64 = 900;
const ITEMS: [&str; 3] = [ELECTRICITY, NATURAL_GAS, HEAT];
/// The page of the terminal, which the test reads past the bad line.
const PAGE: u16 = 8_090;
const SEED: u64 = 17;

/// A platform that listens at the near end of the line, its address there, and the authority of its certificate.
fn platform(folder: &Path) -> (TestApp, String, PathBuf) {
    let script = format!(
        "first=$1; port=${{3#*:}}; shift 3; exec \"$0\" \"$first\" --listen \"{NEAR}:$port\" \"$@\""
    );
    let through = ["sh", "-c", &script].map(str::to_owned).to_vec();
    let authority = Authority::new("Nengce test authority");
    let own = authority.issue("platform", &[NEAR]);
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        std::fs::write(&file, text).expect("a file is written");
        file
    };
    let config = format!(
        "tls_certificate = {:?}\ntls_key = {:?}\n",
        write("own.pem", &own.certificate),
        write("own.key", &own.key)
    );
    let app = TestApp::with(Options { through, config: Some(config), ..Options::default() });
    let listens_on = app.server.listens_on();
    let port = listens_on.rsplit(':').next().expect("a port");
    let url = format!("https://{NEAR}:{port}");
    (app, url, write("authority.pem", &authority.pem))
}

/// What a meter counts in a quarter-hour in which the plant runs, in kWh.
fn of_quarter(quarter: u32, place: usize) -> f64 {
    f64::from(quarter) * 10.0 + place as f64
}

#[test]
#[ignore = "needs network namespaces and TUN devices"]
fn a_line_that_loses_doubles_delays_reorders_and_is_cut_costs_nothing() {
    if !is_inside(
        "terminal_network::a_line_that_loses_doubles_delays_reorders_and_is_cut_costs_nothing",
    ) {
        return;
    }
    let near: IpAddr = NEAR.parse().expect("an address");
    let meters = Meters::start("0.0.0.0".parse().expect("an address"), ITEMS.len());
    let mut line = BadLine::new(SEED, &[meters.port, PAGE]);
    let folder = tempfile::tempdir().expect("a folder");
    let (platform, url, authority) = platform(folder.path());
    let enterprise = Enterprise::new("断续网络");
    let mut terminal = TerminalProcess::new(Setup {
        meters: SocketAddr::new(near, meters.port),
        items: &ITEMS,
        page: &format!("{FAR}:{PAGE}"),
        more: &format!(
            "timeout_seconds = 2\nmax_values_per_message = 2\nauthorities = {authority:?}\n"
        ),
        through: line.far_end(),
        ..Setup::new(&enterprise, meters.port, &url)
    });
    let start = metered::unix(metered::day().at(12, 0, 2, 0)) - jiff::Timestamp::now().as_second();
    terminal.set_clock(start);
    terminal.start();
    terminal.step(start, &meters);
    let_in(&platform, &enterprise);
    for quarter in 1..=16 {
        match quarter {
            4 | 10 => line.cut(),
            7 | 14 => line.join(),
            _ => {}
        }
        // In every other quarter-hour the plant stands still.
        for (place, counter) in meters.counters.iter().enumerate().filter(|_| quarter % 2 == 1) {
            counter.add(of_quarter(quarter, place));
        }
        terminal.step(start + i64::from(quarter) * QUARTER, &meters);
        if quarter == 6 {
            wait_until("the page says that the line is cut", || {
                terminal.state()["runs"]["city"]["state"] == json!("retry")
            });
        }
    }
    terminal.end_day(metered::day(), &meters);
    for (place, (item, counter)) in ITEMS.iter().zip(&meters.counters).enumerate() {
        let counted = counter.shows() - 0.1 * (place + 1) as f64;
        let (mut days, mut quarters) = (Vec::new(), BTreeMap::new());
        wait_until("the platform has the day and its quarter-hours", || {
            std::thread::sleep(std::time::Duration::from_millis(300));
            days = values(&platform, &enterprise, item, 1).into_values().collect();
            quarters = values(&platform, &enterprise, item, 0);
            days.len() == 1 && quarters.values().sum::<f64>() > counted - 1e-6
        });
        assert!((days[0] - counted).abs() < 1e-6, "{item} {counted}: {days:?}");
        let sum: f64 = quarters.values().sum();
        assert!((sum - counted).abs() < 1e-6, "{item} {counted}: {quarters:?}");
        let quarters: Vec<f64> = quarters.into_values().collect();
        for (found, pair) in quarters[..16].chunks(2).zip(0_u32..) {
            let (counted, found) =
                (of_quarter(2 * pair + 1, place) / 10_000.0, found.iter().sum::<f64>());
            assert!((found - counted).abs() < 1e-6, "{item} {pair}: {found} {counted}");
        }
    }
    let counts = line.counts();
    for what in ["carried", "lost", "doubled", "overtaken", "cut"] {
        assert!(counts[what].as_u64().is_some_and(|it| it > 5), "{what}: {counts}");
    }
}
