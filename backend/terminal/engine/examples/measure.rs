//! Measures the engine: `measure POINTS DAYS` prints processor time, size on disk, export and read-out.

use std::error::Error;
use std::time::Instant;

use nengce_engine::{DAY, Engine, Kind, Point, Sample, Settings, seconds_of};

/// Seconds of the run that reads every point once a second.
const SECONDS: i64 = 1800;
/// Ticks of the processor's clock in a second, as Linux counts them.
const TICKS: f64 = 100.0;

fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let rest = text.rsplit_once(") ").map_or("", |it| it.1);
    let cells: Vec<&str> = rest.split(' ').collect();
    let of = |at: usize| cells.get(at).and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((of(11) + of(12)) / TICKS)
}

fn peak_mb() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let points: usize = words.next().and_then(|it| it.parse().ok()).unwrap_or(500);
    let days: i64 = words.next().and_then(|it| it.parse().ok()).unwrap_or(10);
    let folder = tempfile::tempdir()?;
    let settings =
        Settings { folder: folder.path().into(), max_disk_mb: 8192, ..Settings::default() };
    let mut engine = Engine::open(settings, &["city".into()])?;
    let code = "00-00-0000-023300-11".parse()?;
    let table: Vec<Point> = (0..points)
        .map(|it| {
            let mut point = Point::new(&format!("P{it:04}"), "meter", Kind::Counter);
            (point.source, point.address) = ("plc".into(), it.to_string());
            point.data_code = Some(code);
            point
        })
        .collect();
    let start = seconds_of(2026, 1, 1);
    engine.set_points(&table, start)?;
    let mut samples: Vec<Sample> =
        table.iter().map(|it| Sample { point: it.id.clone(), at: start, value: 0.0 }).collect();
    let mut feed = |engine: &mut Engine, at: i64| -> Result<(), Box<dyn Error>> {
        for (step, it) in (1_u32..).zip(&mut samples) {
            it.value += 0.01 * f64::from(step);
            it.at = at;
        }
        engine.take(&samples, at)?;
        Ok(())
    };
    let before = processor_seconds()?;
    for second in 0..=SECONDS {
        feed(&mut engine, start + second)?;
    }
    let share = (processor_seconds()? - before) / SECONDS as f64 * 500.0 / points as f64;
    println!("500 points each second: {:.2} % of one core", share * 100.0);
    let began = Instant::now();
    let end = start + days * DAY;
    for at in ((start + SECONDS + 900)..=end).step_by(900) {
        feed(&mut engine, at)?;
    }
    engine.tick(end + 1800)?;
    println!("{days} days of {points} points taken in {:.1} s", began.elapsed().as_secs_f64());
    println!("with everything waiting: {:.1} MB", engine.status(end)?.disk_used as f64 / 1e6);
    let (began, mut read) = (Instant::now(), 0);
    let mut reading = 0.0;
    loop {
        let moment = Instant::now();
        let due = engine.due("city", end + 1800, i64::MAX, 5000)?;
        reading += moment.elapsed().as_secs_f64();
        if due.is_empty() {
            break;
        }
        read += due.len();
        engine.acknowledge("city", &due)?;
    }
    println!(
        "{read} values due: {:.0}/s read, {:.0}/s read and acknowledged",
        read as f64 / reading,
        read as f64 / began.elapsed().as_secs_f64()
    );
    println!("with everything acknowledged: {:.1} MB", engine.status(end)?.disk_used as f64 / 1e6);
    let began = Instant::now();
    let rows = engine.exporter().csv(start, end, &mut std::io::sink())?;
    println!("{rows} rows exported in {:.2} s", began.elapsed().as_secs_f64());
    println!("peak {:.1} MB resident", peak_mb()?);
    Ok(())
}
