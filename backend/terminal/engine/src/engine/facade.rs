//! The engine's state, opening it, and its points and centres.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use crate::arithmetic::{PointState, Rules};
use crate::error::EngineError;
use crate::keep::{LogEntry, Store};
use crate::points::{Formula, Kind, Point, check};
use crate::settings::Settings;

/// The fewest days that values must be kept by the rules.
const LEAST_DAYS: u32 = 183;

/// A point and what is remembered of it.
pub(super) struct Entry {
    pub(super) number: i64,
    pub(super) point: Point,
    pub(super) active: bool,
    pub(super) formula: Option<Formula>,
    pub(super) state: PointState,
    pub(super) changed: bool,
}

/// Points, arithmetic and store of one plant.
pub struct Engine {
    pub(super) settings: Settings,
    pub(super) path: PathBuf,
    pub(super) store: Store,
    pub(super) entries: Vec<Entry>,
    pub(super) by_id: HashMap<String, usize>,
    pub(super) by_number: HashMap<i64, usize>,
    /// Names of the centres and their numbers, in the order of the settings.
    pub(super) centres: Vec<(String, i64)>,
    pub(super) committed_at: i64,
    pub(super) pruned_at: i64,
    pub(super) full: bool,
    pub(super) notes: Vec<LogEntry>,
    /// Points and starts of buckets that were entered by hand since the last commit.
    pub(super) touched: BTreeSet<(i64, i64)>,
}

impl Engine {
    /// Opens the store of a plant that sends to these centres. A centre that is new is owed everything that is kept.
    pub fn open(settings: Settings, centres: &[String]) -> Result<Self, EngineError> {
        check_settings(&settings)?;
        let unusable = |it: std::io::Error| EngineError::Store(it.to_string());
        std::fs::create_dir_all(&settings.folder).map_err(unusable)?;
        let path = settings.folder.join("terminal.sqlite");
        let mut store = Store::open(&path, settings.max_disk_mb << 20)?;
        let batch = store.begin()?;
        let numbers = batch.centres(centres, i64::from(settings.grain_minutes) * 60)?;
        batch.commit()?;
        let mut engine = Self {
            settings,
            path,
            store,
            entries: Vec::new(),
            by_id: HashMap::new(),
            by_number: HashMap::new(),
            centres: centres.iter().cloned().zip(numbers).collect(),
            committed_at: i64::MIN,
            pruned_at: i64::MIN,
            full: false,
            notes: Vec::new(),
            touched: BTreeSet::new(),
        };
        engine.load()?;
        Ok(engine)
    }

    fn load(&mut self) -> Result<(), EngineError> {
        let mut states: HashMap<i64, PointState> = self.store.states()?.into_iter().collect();
        self.entries.clear();
        for it in self.store.points()? {
            let formula = (it.point.kind == Kind::Formula)
                .then(|| Formula::parse(&it.point.address).ok())
                .flatten();
            let state = states.remove(&it.number).unwrap_or_default();
            let Point { id, .. } = &it.point;
            self.by_id.insert(id.clone(), self.entries.len());
            self.by_number.insert(it.number, self.entries.len());
            self.entries.push(Entry {
                number: it.number,
                point: it.point,
                active: it.active,
                formula,
                state,
                changed: false,
            });
        }
        Ok(())
    }

    /// Seconds of the wall clock of the city for seconds of UTC since 1970.
    pub fn local(&self, unix_seconds: i64) -> i64 {
        unix_seconds + self.settings.offset_minutes * 60
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The points of the table in its order.
    pub fn points(&self) -> Vec<Point> {
        self.entries.iter().filter(|it| it.active).map(|it| it.point.clone()).collect()
    }

    /// Replaces the table of points. Points that are gone keep what was measured.
    pub fn set_points(&mut self, points: &[Point], now: i64) -> Result<(), EngineError> {
        if let Some(first) = check(points).into_iter().next() {
            let (row, column) = (first.row, first.column);
            return Err(EngineError::Invalid {
                field: "points",
                zh: format!("第 {row} 行 {column} 列：{}", first.zh),
                en: format!("row {row}, column {column}: {}", first.en),
            });
        }
        self.commit(now)?;
        let batch = self.store.begin()?;
        batch.put_points(points)?;
        batch.commit()?;
        self.load()
    }

    pub(super) fn rules(&self) -> Rules {
        Rules { gap_seconds: self.settings.gap_seconds, interpolate: self.settings.interpolate }
    }

    pub(super) fn grain(&self) -> i64 {
        i64::from(self.settings.grain_minutes) * 60
    }

    pub(super) fn index(&self, id: &str) -> Result<usize, EngineError> {
        self.by_id.get(id).copied().ok_or_else(|| EngineError::UnknownPoint(id.into()))
    }

    pub(super) fn centre(&self, name: &str) -> Result<i64, EngineError> {
        let found = self.centres.iter().find(|it| it.0 == name);
        found.map(|it| it.1).ok_or_else(|| EngineError::UnknownCentre(name.into()))
    }

    /// What a centre told at registration, and the versions it has, as their owner wrote them.
    pub fn registration(
        &self,
        centre: &str,
    ) -> Result<(Option<String>, Option<String>), EngineError> {
        self.store.registration(self.centre(centre)?)
    }

    /// Keeps what a centre told at registration.
    pub fn set_registration(
        &mut self,
        centre: &str,
        text: Option<&str>,
    ) -> Result<(), EngineError> {
        self.store.put_registration(self.centre(centre)?, text)
    }

    /// Keeps the versions of a centre.
    pub fn set_versions(&mut self, centre: &str, text: Option<&str>) -> Result<(), EngineError> {
        self.store.put_versions(self.centre(centre)?, text)
    }
}

fn check_settings(it: &Settings) -> Result<(), EngineError> {
    let wrong = |field, zh: &str, en: &str| {
        Err(EngineError::Invalid { field, zh: zh.into(), en: en.into() })
    };
    if it.keep_days < LEAST_DAYS {
        return wrong("keep_days", "至少保存 183 天", "at least 183 days are kept");
    }
    if it.max_disk_mb == 0 {
        return wrong("max_disk_mb", "应大于零", "it must be more than zero");
    }
    if !matches!(it.grain_minutes, 15 | 60) {
        return wrong("grain_minutes", "应为 15 或 60", "it is 15 or 60");
    }
    if it.offset_minutes.abs() > 14 * 60 {
        return wrong("offset_minutes", "应在 ±840 之间", "it is between -840 and 840");
    }
    if it.gap_seconds < 1 || it.commit_seconds < 0 {
        return wrong("gap_seconds", "应大于零", "it must be more than zero");
    }
    Ok(())
}
