//! The engine as a plant uses it: days, months and years, late values, refusals, a full store, a clock set back.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use nengce_engine::{
    DAY, Due, Engine, Kind, ManualValue, Marks, Point, Quality, Refused, RejectedState, Sample,
    Settings, seconds_of,
};
use nengce_shared::stat_type::StatType;

fn counter(id: &str) -> Point {
    let mut point = Point::new(id, "进线", Kind::Counter);
    point.source = "line".into();
    point.address = "1".into();
    point.data_code = Some("00-00-0000-023300-11".parse().unwrap());
    point
}

fn engine(
    folder: &std::path::Path,
    points: &[Point],
    centres: &[&str],
    max_disk_mb: u64,
) -> Engine {
    let settings = Settings { folder: folder.into(), max_disk_mb, ..Settings::default() };
    let names: Vec<_> = centres.iter().map(|it| (*it).to_owned()).collect();
    let mut engine = Engine::open(settings, &names).unwrap();
    engine.set_points(points, 0).unwrap();
    engine
}

fn sample(point: &str, at: i64, value: f64) -> Sample {
    Sample { point: point.into(), at, value }
}

fn drain(engine: &mut Engine, centre: &str, now: i64) -> Vec<Due> {
    let mut all = Vec::new();
    loop {
        let due = engine.due(centre, now, i64::MAX, 500).unwrap();
        if due.is_empty() {
            return all;
        }
        engine.acknowledge(centre, &due).unwrap();
        all.extend(due);
    }
}

#[test]
fn buckets_sum_to_days_months_and_the_leap_year() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    let (from, to) = (seconds_of(2028, 1, 1), seconds_of(2029, 1, 1));
    let mut register = 0.0;
    let times: Vec<_> = (from..=to).step_by(1800).collect();
    for day in times.chunks(48) {
        let mut samples = Vec::new();
        for at in day {
            samples.push(sample("P01", *at, register));
            register += 1.5;
        }
        engine.take(&samples, day[day.len() - 1]).unwrap();
    }
    engine.tick(to + 1800).unwrap();
    let due = drain(&mut engine, "city", to + 1800);
    let counted = register - 1.5;
    for (stat, count) in [
        (StatType::RealTime, 366 * 96),
        (StatType::Day, 366),
        (StatType::Month, 12),
        (StatType::Year, 1),
    ] {
        let of: Vec<_> = due.iter().filter(|it| it.period.stat == stat).collect();
        assert_eq!((of.len(), of.iter().map(|it| it.value).sum::<f64>()), (count, counted));
    }
    let february = engine.value("P01", StatType::Month, seconds_of(2028, 2, 1)).unwrap();
    assert_eq!(february, Some(29.0 * 72.0));
}

#[test]
fn a_value_is_due_once_to_each_centre_and_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city", "group"], 64);
    let from = seconds_of(2026, 3, 1);
    for step in 0..=100 {
        let at = from + step * 900;
        engine.take(&[sample("P01", at, step as f64)], at).unwrap();
    }
    let now = from + 100 * 900;
    assert_eq!(engine.due("city", now, i64::MAX, 1).unwrap()[0].period.start, from + DAY);
    assert_eq!(drain(&mut engine, "city", now).len(), 101);
    assert!(drain(&mut engine, "city", now).is_empty());
    assert_eq!(engine.status(now).unwrap().centres[1].waiting, 101);
    let correction = ManualValue {
        point: "P01".into(),
        stat: StatType::RealTime,
        at: from + 905,
        value: 7.0,
        reason: "误抄".into(),
        by: "值班员".into(),
    };
    let without = ManualValue { reason: " ".into(), ..correction.clone() };
    assert_eq!(engine.enter(&without, now).map_err(|it| it.code()), Err("invalid_entry"));
    engine.enter(&correction, now).unwrap();
    let again = drain(&mut engine, "city", now);
    let seen: Vec<_> = again.iter().map(|it| (it.period.stat, it.value, it.input_type)).collect();
    assert_eq!(seen, [(StatType::Day, 102.0, 5), (StatType::RealTime, 7.0, 5)][..]);
    assert!(again[0].marks.has(Marks::MANUAL));
}

#[test]
fn a_value_that_changes_on_its_way_stays_due() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    let from = seconds_of(2026, 3, 1);
    engine.take(&[sample("P01", from, 1.0)], from).unwrap();
    engine.take(&[sample("P01", from + 900, 2.0)], from + 900).unwrap();
    let sent = engine.due("city", from + 900, i64::MAX, 10).unwrap();
    assert_eq!((sent.len(), sent[0].value), (1, 1.0));
    let correction = ManualValue {
        point: "P01".into(),
        stat: StatType::RealTime,
        at: from,
        value: 7.0,
        reason: "抄表".into(),
        by: "张".into(),
    };
    engine.enter(&correction, from + 900).unwrap();
    engine.acknowledge("city", &sent).unwrap();
    let left = engine.due("city", from + 900, i64::MAX, 10).unwrap();
    assert_eq!((left.len(), left[0].value), (1, 7.0));
    engine.acknowledge("city", &left).unwrap();
    assert!(engine.due("city", from + 900, i64::MAX, 10).unwrap().is_empty());
}

#[test]
fn refused_entries_keep_their_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    let from = seconds_of(2026, 3, 1);
    engine.take(&[sample("P01", from, 1.0)], from).unwrap();
    engine.take(&[sample("P01", from + 900, 2.0)], from + 900).unwrap();
    let due = engine.due("city", from + 900, i64::MAX, 10).unwrap();
    let refused = Refused {
        period: due[0].period,
        field: "dataValue".into(),
        code: "7".into(),
        reason: "超上限".into(),
    };
    engine.reject("city", &[refused], &due, from + 900).unwrap();
    assert!(engine.due("city", from + 900, i64::MAX, 10).unwrap().is_empty());
    engine.set_aside("city", due[0].period).unwrap();
    let kept = engine.rejected("city", 10).unwrap();
    assert_eq!((kept[0].reason.as_str(), kept[0].state), ("超上限", RejectedState::SetAside));
    engine.send_again("city", due[0].period).unwrap();
    let again = engine.due("city", from + 900, i64::MAX, 10).unwrap();
    assert_eq!((again.len(), again[0].period, again[0].value), (1, due[0].period, due[0].value));
}

#[test]
fn a_full_store_says_so_and_recovers_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let points: Vec<_> = (0..20).map(|it| counter(&format!("P{it:02}"))).collect();
    let mut engine = engine(folder.path(), &points, &["city"], 1);
    let from = seconds_of(2026, 3, 1);
    let (mut at, mut register) = (from, 0.0);
    let mut feed = |engine: &mut Engine, at: i64, up: f64| {
        register += up;
        let samples: Vec<_> = points.iter().map(|it| sample(&it.id, at, register)).collect();
        engine.take(&samples, at).unwrap();
        register
    };
    feed(&mut engine, at, 0.0);
    while !engine.status(at).unwrap().disk_full {
        for _ in 0..24 {
            at += 900;
            feed(&mut engine, at, 1.0);
        }
        assert!(at < from + 60 * DAY, "the bound holds nothing back");
    }
    let says = |engine: &Engine, code: &str| {
        engine.log(1_000_000).unwrap().iter().filter(|it| it.en.starts_with(code)).count()
    };
    assert_eq!(says(&engine, "store_full: "), 1, "before any of it is on disk");
    for _ in 0..200 {
        at += 900;
        feed(&mut engine, at, 1.0);
    }
    let mut sent = 0.0;
    let mut last = 0.0;
    for _ in 0..400 {
        let due = drain(&mut engine, "city", at);
        sent += due
            .iter()
            .filter(|it| it.period.stat == StatType::RealTime)
            .map(|it| it.value)
            .sum::<f64>();
        at += 900;
        last = feed(&mut engine, at, 1.0);
        engine.tick(at).unwrap();
    }
    sent += drain(&mut engine, "city", at)
        .iter()
        .filter(|it| it.period.stat == StatType::RealTime)
        .map(|it| it.value)
        .sum::<f64>();
    let status = engine.status(at).unwrap();
    assert!(!status.disk_full);
    assert!(says(&engine, "store_writable: ") >= 1);
    assert!(status.disk_used <= status.disk_bound);
    assert_eq!(sent, last * 20.0);
}

#[test]
fn lines_of_the_log_that_wait_for_the_disk_are_shown_and_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    let now = seconds_of(2026, 3, 1);
    for at in 0..5_000 {
        engine.note("send", "中心未答".into(), "the centre does not answer".into(), now + at);
    }
    let waiting = engine.log(10_000).unwrap().len();
    assert!((1..5_000).contains(&waiting), "{waiting}");
    engine.commit(now).unwrap();
    assert_eq!(engine.log(10_000).unwrap().len(), waiting);
    assert_eq!(engine.log(7).unwrap().len(), 7);
}

#[test]
fn a_clock_that_is_far_ahead_for_a_while_does_not_empty_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    let from = seconds_of(2026, 3, 1);
    for step in 0..=480 {
        engine.take(&[sample("P01", from + step * 900, step as f64)], from + step * 900).unwrap();
    }
    let now = from + 5 * DAY + 1800;
    engine.tick(now).unwrap();
    assert!(!drain(&mut engine, "city", now).is_empty());
    let kept = |engine: &Engine| engine.values("P01", from, now).unwrap().len();
    let before = kept(&engine);
    // Half an hour in another year, and back.
    for minute in 0..30 {
        engine.tick(now + 400 * DAY + minute * 60).unwrap();
        drain(&mut engine, "city", now + 400 * DAY);
    }
    engine.tick(now).unwrap();
    assert!(kept(&engine) >= before - 96, "{} of {before}", kept(&engine));
    // Where that year has come, what is too old goes in time.
    for hour in 0..8 {
        engine.tick(now + 400 * DAY + hour * 3600).unwrap();
        drain(&mut engine, "city", now + 400 * DAY);
    }
    assert_eq!(kept(&engine), 0);
}

#[test]
fn formulas_follow_their_points_and_gaps_stay_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let mut total = counter("F01");
    total.kind = Kind::Formula;
    total.address = "(P01 − P02) × 2".into();
    let mut engine = engine(folder.path(), &[total, counter("P01"), counter("P02")], &["city"], 64);
    let from = seconds_of(2026, 3, 1);
    for step in 0..8 {
        let at = from + step * 900;
        let mut samples = vec![sample("P01", at, 3.0 * step as f64)];
        if step < 4 {
            samples.push(sample("P02", at, step as f64));
        }
        engine.take(&samples, at).unwrap();
    }
    let values = engine.values("F01", from, from + DAY).unwrap();
    assert_eq!(values.iter().map(|it| it.1).collect::<Vec<_>>(), [4.0, 4.0, 4.0]);
    let status = engine.status(from + 6300).unwrap();
    assert_eq!(
        status.points.iter().map(|it| it.quality).collect::<Vec<_>>(),
        [Quality::Good, Quality::Good, Quality::Gap]
    );
}

#[test]
fn a_clock_set_back_and_a_second_start_count_once() {
    let folder = tempfile::tempdir().unwrap();
    let from = seconds_of(2026, 3, 1);
    let times = [0, 900, 1800, 2700, 600, 1500, 2400, 3300, 4200];
    let mut engine = engine(folder.path(), &[counter("P01")], &["city"], 64);
    for (step, at) in times.iter().enumerate() {
        engine.take(&[sample("P01", from + at, step as f64)], from + at).unwrap();
    }
    engine.commit(from + 4200).unwrap();
    let sum = |engine: &Engine| {
        engine.values("P01", from - DAY, from + DAY).unwrap().iter().map(|it| it.1).sum::<f64>()
    };
    assert_eq!(sum(&engine), 8.0);
    drop(engine);
    let mut engine = Engine::open(
        Settings { folder: folder.path().into(), ..Settings::default() },
        &["city".into()],
    )
    .unwrap();
    for (step, at) in times.iter().enumerate() {
        engine.take(&[sample("P01", from + at, step as f64)], from + 4200).unwrap();
    }
    assert_eq!(sum(&engine), 8.0);
    let mut csv = Vec::new();
    assert!(engine.exporter().csv(from, from + DAY, &mut csv).unwrap() >= 5);
}

#[test]
fn hours_go_once_and_a_new_centre_gets_what_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        Settings { folder: folder.path().into(), grain_minutes: 60, ..Settings::default() };
    let mut engine = Engine::open(settings.clone(), &["city".into()]).unwrap();
    let mut double = counter("F01");
    double.kind = Kind::Formula;
    double.address = "P01 * 2".into();
    engine.set_points(&[counter("P01"), double], 0).unwrap();
    let from = seconds_of(2026, 3, 1);
    let mut got = Vec::new();
    // The source falls silent in the third hour.
    for step in 0..=10 {
        let at = from + step * 900;
        engine.take(&[sample("P01", at, step as f64)], at).unwrap();
        got.extend(drain(&mut engine, "city", at));
    }
    for minute in 0..60 {
        let at = from + 9000 + minute * 60;
        engine.tick(at).unwrap();
        got.extend(drain(&mut engine, "city", at));
    }
    let of = |got: &[Due], id: &str| {
        got.iter().filter(|it| it.point == id).map(|it| it.value).collect::<Vec<_>>()
    };
    assert_eq!(of(&got, "P01"), [4.0, 4.0, 2.0]);
    drop(engine);
    let mut engine = Engine::open(settings, &["city".into(), "group".into()]).unwrap();
    assert_eq!(of(&drain(&mut engine, "group", from + DAY), "P01"), [4.0, 4.0, 2.0]);
    assert!(drain(&mut engine, "city", from + DAY).is_empty());
    assert!(of(&got, "F01").len() >= 2);
}
