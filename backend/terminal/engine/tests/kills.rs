//! Power cuts: a process that feeds known meters and sends is killed 200 times at random moments. At the end the
//! buckets hold what the meters counted, and the centre has each value once.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use nengce_engine::{DAY, Engine, Kind, Point, Sample, Settings, seconds_of};
use nengce_shared::stat_type::StatType;

const METERS: usize = 5;
const KILLS: usize = 200;
const BATCH: usize = 100;
const FOLDER: &str = "NENGCE_ENGINE_KILL_FOLDER";

fn start() -> i64 {
    seconds_of(2028, 2, 27)
}

/// What a meter shows: it rises unevenly, and exactly in binary.
fn register(meter: usize, at: i64) -> f64 {
    let minutes = (at - start()) / 60;
    let swing = (minutes / 7) * 10 + minutes % 7;
    1000.0 + (meter as f64 + 1.0) * swing as f64 * 0.25
}

fn open(folder: &Path) -> Engine {
    let settings = Settings { folder: folder.into(), commit_seconds: 300, ..Settings::default() };
    let mut engine = Engine::open(settings, &["city".into()]).unwrap();
    if engine.points().is_empty() {
        let points: Vec<_> = (0..METERS)
            .map(|it| {
                let mut point = Point::new(&format!("P{it}"), "meter", Kind::Counter);
                point.source = "line".into();
                point.address = it.to_string();
                point.data_code = Some(format!("00-00-0000-02330{it}-11").parse().unwrap());
                point
            })
            .collect();
        engine.set_points(&points, start()).unwrap();
    }
    engine
}

fn take(engine: &mut Engine, at: i64) {
    let samples: Vec<_> = (0..METERS)
        .map(|it| Sample { point: format!("P{it}"), at, value: register(it, at) })
        .collect();
    engine.take(&samples, at).unwrap();
}

/// Sends one batch: the centre's record is a file to which lines are added before they are acknowledged.
fn send(engine: &mut Engine, folder: &Path, now: i64) -> usize {
    let due = engine.due("city", now, i64::MAX, BATCH).unwrap();
    // A line that a kill cut short stays by itself.
    let mut lines = String::from("\n");
    for it in &due {
        let key = (&it.point, it.period.stat.code(), it.period.start);
        lines += &format!("{}|{}|{}|{}\n", key.0, key.1, key.2, it.value.to_bits());
    }
    let mut record =
        OpenOptions::new().create(true).append(true).open(folder.join("centre")).unwrap();
    record.write_all(lines.as_bytes()).unwrap();
    engine.acknowledge("city", &due).unwrap();
    due.len()
}

fn resume(engine: &Engine) -> i64 {
    let points = engine.status(start()).unwrap().points;
    points.iter().filter_map(|it| it.at).min().unwrap_or(start())
}

/// Not a test by itself: the process that is killed.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let mut engine = open(folder);
    // Some minutes are read again, as a source that keeps its own record does.
    let mut at = (resume(&engine) - 600).max(start());
    loop {
        take(&mut engine, at);
        if at % 1800 == 0 {
            send(&mut engine, folder, at);
            engine.tick(at).unwrap();
        }
        at += 60;
    }
}

#[test]
fn nothing_is_lost_or_counted_twice_over_200_kills() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["child", "--exact", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(rand::random_range(2_000..60_000)));
        assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut engine = open(folder.path());
    let reached = resume(&engine);
    let end = (reached / DAY + 2) * DAY;
    let mut at = reached;
    while at < end {
        at += 60;
        take(&mut engine, at);
    }
    engine.tick(end + 3600).unwrap();
    while send(&mut engine, folder.path(), end + 3600) > 0 {}
    check(&engine, folder.path(), end);
}

fn check(engine: &Engine, folder: &Path, end: i64) {
    let text = std::fs::read_to_string(folder.join("centre")).unwrap();
    let mut record: BTreeMap<(String, u8, i64), f64> = BTreeMap::new();
    let mut repeated = 0;
    for line in text.lines() {
        let cells: Vec<_> = line.split('|').collect();
        let [point, stat, at, bits] = cells[..] else { continue };
        let (Ok(stat), Ok(at), Ok(bits)) = (stat.parse(), at.parse(), bits.parse()) else {
            continue;
        };
        let value = f64::from_bits(bits);
        let before = record.insert((point.into(), stat, at), value);
        repeated += usize::from(before == Some(value));
    }
    assert!(repeated <= KILLS * BATCH, "{repeated} values were sent again without a kill");
    for meter in 0..METERS {
        let id = format!("P{meter}");
        let counted = register(meter, end) - register(meter, start());
        let sums = [StatType::RealTime, StatType::Day].map(|stat| {
            let of = record.iter().filter(|it| it.0.0 == id && it.0.1 == stat.code());
            of.map(|it| it.1).sum::<f64>()
        });
        for sum in sums {
            assert!(
                (sum - counted).abs() < 1e-6,
                "{id}: {sum} at the centre, {counted} on the meter"
            );
        }
        for (start, value, _) in engine.values(&id, start(), end).unwrap() {
            assert_eq!(record.get(&(id.clone(), 0, start)), Some(&value));
        }
    }
    let status = engine.status(end + 3600).unwrap();
    assert_eq!(status.centres[0].waiting, 0);
    assert_eq!(status.centres[0].yesterday_sent, status.centres[0].yesterday_all);
    assert_eq!(status.centres[0].yesterday_all, (METERS * 97) as u64);
}
