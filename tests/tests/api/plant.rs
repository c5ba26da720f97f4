//! The whole chain: a simulated meter, the terminal's process, a city, a nation. What the nation has of a day is what the
//! meter's own counter gained on it, though the network was cut and the terminal lost its power meanwhile.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use nengce_sources::demo::{Value, serve_dlt645};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::server;
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use super::link::{below, token, wait_until_equal};

/// Mean power of the plant in kW.
const KILOWATTS: f64 = 1_250.0;
/// A step of the plant's clock, and the hours before and after the day.
const STEP_SECONDS: i64 = 3_600;
const HOURS: i64 = 26;

/// The clock of the plant: the machine's, with the seconds of a file.
#[derive(Clone)]
struct PlantClock(PathBuf);

impl PlantClock {
    fn set(&self, offset: i64) {
        // Renamed into place: a reader never sees half a number.
        let new = self.0.with_extension("new");
        std::fs::write(&new, offset.to_string()).expect("the offset");
        std::fs::rename(new, &self.0).expect("the offset in place");
    }

    fn now(&self) -> f64 {
        let offset: i64 =
            std::fs::read_to_string(&self.0).expect("the offset").parse().expect("seconds");
        jiff::Timestamp::now().as_millisecond() as f64 / 1_000.0 + offset as f64
    }
}

/// What the counter shows at a moment, in kWh since 2026-01-01.
fn counter(seconds: f64) -> f64 {
    (seconds - 1_767_225_600.0) / 3_600.0 * KILOWATTS
}

fn at(moment: DateTime) -> f64 {
    let zoned = moment.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).expect("a moment");
    zoned.timestamp().as_second() as f64
}

/// A meter of DL/T 645 on a port of its own.
fn meter(clock: &PlantClock) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("for tokio");
    let port = listener.local_addr().expect("its address").port();
    let clock = clock.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let shows: Value = Arc::new(move || counter(clock.now()));
        let meters =
            BTreeMap::from([("202107072529".to_owned(), BTreeMap::from([(0x0001_0000, shows)]))]);
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            serve_dlt645(listener, meters).await.expect("meters");
        });
    });
    port
}

struct Terminal(Child);

impl Terminal {
    fn start(folder: &Path, clock: &PlantClock) -> Self {
        let binary = server::binary().with_file_name("nengce-terminal");
        let mut child = Command::new(binary)
            .args(["run", "--config"])
            .arg(folder.join("terminal.toml"))
            .env("NENGCE_CLOCK_OFFSET_FILE", &clock.0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the terminal; cargo xtask test builds it");
        let mut line = String::new();
        let output = child.stdout.take().expect("output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        assert!(line.starts_with("http://"), "{line}");
        Self(child)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn configure(folder: &Path, enterprise: &Enterprise, meter: u16, centre: &str) {
    let text = format!(
        "[plant]\nname = \"{}\"\nenterprise_code = \"{}\"\nregion = \"{}\"\nindustry_code = \"C3110\"\n\
         [page]\nlisten = \"127.0.0.1:0\"\n[store]\nfolder = \"store\"\ngap_seconds = 7200\n\
         [[source]]\nname = \"meters\"\nkind = \"dlt645_tcp\"\nhost = \"127.0.0.1\"\nport = {meter}\nevery_seconds = 1\n\
         [[centre]]\nname = \"city\"\nurl = \"{centre}\"\nretry_first_seconds = 1\nretry_most_seconds = 1\njitter_seconds = 0\nupload_time = \"00:00:00\"\nevery_minutes = 15\n",
        enterprise.name, enterprise.code, enterprise.region
    );
    std::fs::write(folder.join("terminal.toml"), text).expect("the configuration");
    let table = format!(
        "id,name,source,address,kind,unit,factor,dataCode,scope\nE,进线,meters,202107072529/00010000,counter,万kWh,0.0001,{ELECTRICITY},1\n"
    );
    std::fs::write(folder.join("points.csv"), table).expect("the point table");
    let done = Command::new(server::binary().with_file_name("nengce-terminal"))
        .args(["points", "import", "--config"])
        .arg(folder.join("terminal.toml"))
        .arg(folder.join("points.csv"))
        .output()
        .expect("the command runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The day whose values are compared, and the offset of the plant's clock an hour before it.
fn begin() -> (Date, i64) {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let now = jiff::Timestamp::now();
    let day = now.to_zoned(zone).date().saturating_sub(2.days());
    let start = at(day.at(0, 0, 0, 0)) as i64 - STEP_SECONDS + 5;
    (day, start - now.as_second())
}

#[test]
fn the_nation_has_what_the_meter_counted() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let proxy = Proxy::new();
    let public = proxy.url();
    let settings = [("NENGCE_PUBLIC_ADDRESS", public.as_str())];
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &settings);
    proxy.lead_to(&city.url());
    let enterprise = Enterprise::new("全链厂");
    let folder = tempfile::tempdir().expect("a folder");
    let clock = PlantClock(folder.path().join("offset"));
    let (day, offset) = begin();
    clock.set(offset);
    configure(folder.path(), &enterprise, meter(&clock), &public);
    let mut terminal = Terminal::start(folder.path(), &clock);
    let device = || {
        let list = city.admin_get(&format!("/api/v1/devices?q={}", enterprise.code)).ok();
        let rows = list["rows"].as_array().expect("rows").clone();
        rows.first().and_then(|it| it["device_id"].as_str()).map(str::to_owned)
    };
    wait_until("the terminal registers", || device().is_some());
    city.approve(&device().expect("a device")).ok();
    for hour in 1..=HOURS {
        // The meter is read every second.
        std::thread::sleep(std::time::Duration::from_millis(1_300));
        match hour {
            // The network is away for some hours of the day, and the power once.
            5 | 17 => proxy.cut(),
            9 | 20 => proxy.lead_to(&city.url()),
            13 => {
                drop(terminal);
                terminal = Terminal::start(folder.path(), &clock);
            }
            _ => {}
        }
        clock.set(offset + hour * STEP_SECONDS);
    }
    let of_day = |app: &TestApp| -> Option<f64> {
        let path = format!(
            "/api/v1/units/{}/readings?data_code={ELECTRICITY}&stat_type=1&limit=1000",
            enterprise.code
        );
        let answer = app.get(&path);
        if answer.status != 200 {
            return None;
        }
        let list = answer.ok();
        let rows = list["rows"].as_array().expect("rows");
        let row = rows.iter().find(|it| {
            it["stat_date"].as_str().is_some_and(|it| it.starts_with(&day.to_string()))
        })?;
        row["value"].as_f64()
    };
    wait_until("the city has the day", || of_day(&city).is_some());
    wait_until_equal(&city, &nation, &enterprise.code);
    let (start, end) = (day.at(0, 0, 0, 0), day.saturating_add(1.day()).at(0, 0, 0, 0));
    let counted = (counter(at(end)) - counter(at(start))) / 10_000.0;
    let found = of_day(&nation).expect("the nation has the day");
    // The meter shows hundredths of a kWh.
    assert!(
        (found - counted).abs() < 0.000_01,
        "the meter counted {counted}, the nation has {found}"
    );
    let unit = nation.get(&format!("/api/v1/units/{}", enterprise.code)).ok();
    assert_eq!(unit["unit"]["name"], json!(enterprise.name), "{unit}");
}
