//! Reads the sources in their own rhythm and gives the values to the engine; one source does not wait for another.

use std::sync::Arc;
use std::time::Duration;

use nengce_engine::{Kind, Point, Sample};
use nengce_sources::{Measured, SourceError};
use tokio::time::{MissedTickBehavior, interval};

use crate::plant::{Plant, ReadProblem};

/// Seconds between two looks at what ended while sources are silent.
const TICK_SECONDS: u64 = 20;

/// Starts a task for each source and one for the time.
pub(crate) fn start(plant: &Arc<Plant>) {
    for it in &plant.config.sources {
        let (plant, name, every) = (Arc::clone(plant), it.name.clone(), it.every_seconds);
        tokio::spawn(async move {
            let mut ticks = interval(Duration::from_secs(every));
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                round(&plant, &name).await;
            }
        });
    }
    let plant = Arc::clone(plant);
    tokio::spawn(async move {
        let mut ticks = interval(Duration::from_secs(TICK_SECONDS));
        loop {
            ticks.tick().await;
            let ended = plant.engine.lock().tick(plant.clock.now());
            if let Err(error) = ended {
                eprintln!("{}: {error}", error.code());
            }
            plant.tell_of_store();
        }
    });
}

async fn round(plant: &Plant, name: &str) {
    let measured =
        |it: &Point| it.source == name && !matches!(it.kind, Kind::Manual | Kind::Formula);
    let points: Vec<Point> = plant.engine.lock().points().into_iter().filter(measured).collect();
    read(plant, name, &points).await;
}

/// Reads points of one source now and keeps what they gave.
pub(crate) async fn read(
    plant: &Plant,
    name: &str,
    points: &[Point],
) -> Vec<Result<Measured, SourceError>> {
    let Some(source) = plant.sources.get(name) else { return Vec::new() };
    let addresses: Vec<String> = points.iter().map(|it| it.address.clone()).collect();
    let answers = source.lock().await.read(&addresses).await;
    let now = plant.clock.now();
    let mut samples = Vec::new();
    for (point, answer) in points.iter().zip(&answers) {
        let mut problems = plant.problems.lock();
        match answer {
            Ok(it) => {
                problems.remove(&point.id);
                samples.push(Sample {
                    point: point.id.clone(),
                    at: it.at.unwrap_or(now),
                    value: it.value,
                });
            }
            Err(error) => {
                let (zh, en) = (error.text_zh(), error.text_en());
                let known = problems.insert(
                    point.id.clone(),
                    ReadProblem { code: error.code(), zh: zh.clone(), en: en.clone() },
                );
                drop(problems);
                if known.is_none_or(|it| it.code != error.code()) {
                    plant.note("warn", format!("{} {zh}", point.id), format!("{} {en}", point.id));
                }
            }
        }
    }
    let taken = plant.engine.lock().take(&samples, now);
    if let Err(error) = taken {
        eprintln!("{}: {error}", error.code());
    }
    plant.tell_of_store();
    answers
}
