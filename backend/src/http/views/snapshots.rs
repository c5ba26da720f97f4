//! Keeps the snapshot of the city in memory while neither data, nor dictionaries, nor the day change. At most one is
//! built at a time, and a query that would wait long for it is answered from the last complete one. Days of months that a
//! query covers in part are kept with it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use nengce_analysis::catalog::SystemInfo;
use nengce_analysis::query::Query;
use nengce_analysis::restriction;
use nengce_analysis::snapshot::{PartialMonth, Snapshot};
use nengce_analysis::unit_scope::UnitScope;
use nengce_analysis::unit_status::PartialOutput;
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::queries;
use crate::store::queries::snapshot::LoadedSnapshot;
use crate::{fail_point, panics};

/// Ranges of days kept with a snapshot, at most.
const MOST_PARTIAL_MONTHS: usize = 256;

/// Scopes kept with a snapshot, at most.
const MOST_SCOPES: usize = 256;

/// Snapshot and names of one moment.
pub struct City {
    pub system: SystemInfo,
    pub loaded: LoadedSnapshot,
    mark: queries::snapshot::Mark,
    partial_months: Mutex<HashMap<(Basis, DayRange), (PartialMonth, PartialOutput)>>,
    /// The same moment as readers see it who may not see every unit.
    restricted: Mutex<HashMap<UnitScope, Arc<City>>>,
}

/// The days of months that a query covers in part, and what was made of energy on them.
#[derive(Default)]
pub struct PartialMonths {
    pub days: Vec<PartialMonth>,
    pub outputs: Vec<PartialOutput>,
}

/// How long after the last question the snapshot is kept fresh, and how often at most.
const WATCHED_FOR: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_secs(1);

/// The newest snapshot.
#[derive(Default)]
pub struct Snapshots {
    newest: tokio::sync::Mutex<Option<Arc<City>>>,
    /// The same, to be read while a newer one is built.
    complete: Mutex<Option<Arc<City>>>,
    /// Since when a newer one is awaited or built.
    refreshing: Mutex<Option<Instant>>,
    request: Mutex<Option<Instant>>,
    kept_fresh: AtomicBool,
}

impl Snapshots {
    /// The units of a scope, with everything that was acknowledged before the call.
    pub async fn city(&self, state: &AppState, scope: &UnitScope) -> ApiResult<Arc<City>> {
        let city = self.whole_city(state).await?;
        Ok(if scope.is_city() { city } else { city.restricted(scope) })
    }

    /// The city with everything that was acknowledged before the call; the last complete one, where that takes longer than
    /// `view_wait_ms`. While anyone asks, a task takes up what comes in between, so that the next query seldom waits.
    async fn whole_city(&self, state: &AppState) -> ApiResult<Arc<City>> {
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if !self.kept_fresh.swap(true, Ordering::AcqRel) {
            let state = state.clone();
            tokio::spawn(async move {
                // After a panic the next question starts it again.
                let done = panics::caught_task(panics::SNAPSHOT, keep_fresh(&state)).await;
                state.snapshots.kept_fresh.store(false, Ordering::Release);
                if let Err(why) = done {
                    tracing::warn!(
                        why,
                        "the snapshot is not kept fresh until it is asked for again"
                    );
                }
            });
        }
        let Some(last) = self.last_complete(state) else {
            return self.refreshed(state).await;
        };
        let wait = Duration::from_millis(state.config.view_wait_ms.into());
        let since = *self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        if since.is_some_and(|it| it.elapsed() > wait) {
            return Ok(last);
        }
        // A task of its own goes on when the wait is over.
        let refresh = {
            let state = state.clone();
            tokio::spawn(async move { state.snapshots.refreshed(&state).await })
        };
        match tokio::time::timeout(wait, refresh).await {
            Ok(done) => done.map_err(ApiError::internal)?,
            Err(_) => Ok(last),
        }
    }

    /// The last complete snapshot, of the same day and dictionaries.
    fn last_complete(&self, state: &AppState) -> Option<Arc<City>> {
        let last = self.complete.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let is_of_today = last.loaded.snapshot.today == state.clock.today();
        let dictionaries = state.dictionaries();
        (is_of_today && last.system.dic_version == dictionaries.dic_version()).then_some(last)
    }

    fn is_watched(&self) -> bool {
        let request = *self.request.lock().unwrap_or_else(PoisonError::into_inner);
        request.is_some_and(|it| it.elapsed() < WATCHED_FOR)
    }

    async fn refreshed(&self, state: &AppState) -> ApiResult<Arc<City>> {
        let _refreshing = Refreshing::begin(self);
        state.store.wait_for_roll_ups().await?;
        // One that is built meanwhile holds all that this call has to hold.
        let version = state.store.data_version();
        let mut newest = self.newest.lock().await;
        let today = state.clock.today();
        let dictionaries = state.dictionaries();
        let fits = |it: &Arc<City>| {
            it.loaded.snapshot.version >= version
                && it.loaded.snapshot.today == today
                && it.system.dic_version == dictionaries.dic_version()
        };
        if let Some(city) = newest.as_ref().filter(|it| fits(it)) {
            return Ok(Arc::clone(city));
        }
        let (mut catalog, mut system) =
            (dictionaries.catalog(), dictionaries.system_info(state.config.demo));
        catalog.place = (state.config.place_zh.clone(), state.config.place_en.clone());
        system.system = (state.config.system_zh.clone(), state.config.system_en.clone());
        let role = dictionaries.indicator_of_role("value_added").map(|it| it.code.clone());
        let started = Instant::now();
        let mark = state.store.read(|conn| Ok(queries::snapshot::mark(conn)?)).await?;
        state.store.wait_for_roll_ups().await?;
        let version = state.store.data_version();
        let now = state.clock.now();
        let earlier = newest.clone().filter(|it| it.system.dic_version == system.dic_version);
        let load = move |conn: &_| {
            let wanted = queries::snapshot::SnapshotRequest {
                version,
                today,
                now,
                catalog: &catalog,
                dictionaries: &dictionaries,
                value_added: role.as_deref().unwrap_or(""),
            };
            fail_point::stall("stall:snapshot:load");
            let earlier = earlier.as_ref().map(|it| (&it.loaded, it.mark));
            let loaded = queries::snapshot::load(conn, &wanted, earlier)?;
            Ok(City {
                system,
                loaded,
                mark,
                partial_months: Mutex::default(),
                restricted: Mutex::default(),
            })
        };
        let city = Arc::new(state.store.read(load).await?);
        tracing::debug!(
            version,
            took_ms = started.elapsed().as_millis() as u64,
            "built a snapshot"
        );
        *newest = Some(Arc::clone(&city));
        *self.complete.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&city));
        Ok(city)
    }
}

/// Notes that a newer snapshot is awaited, until it is dropped.
struct Refreshing<'a>(&'a Snapshots);

impl<'a> Refreshing<'a> {
    fn begin(snapshots: &'a Snapshots) -> Self {
        let mut since = snapshots.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        since.get_or_insert_with(Instant::now);
        Self(snapshots)
    }
}

impl Drop for Refreshing<'_> {
    fn drop(&mut self) {
        *self.0.refreshing.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Refreshes the snapshot while it is watched, and rests four times as long as that took.
async fn keep_fresh(state: &AppState) {
    let mut pause = PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        if !state.snapshots.is_watched() {
            break;
        }
        let started = Instant::now();
        fail_point::hit("snapshot:refresh");
        if let Err(error) = state.snapshots.refreshed(state).await {
            tracing::debug!(code = %error.0.code, "the snapshot was not refreshed");
        }
        pause = PAUSE.max(started.elapsed() * 4);
    }
}

impl City {
    /// The same moment with the units of a scope alone, made once and kept.
    fn restricted(&self, scope: &UnitScope) -> Arc<Self> {
        let mut kept = self.restricted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(city) = kept.get(scope) {
            return Arc::clone(city);
        }
        let (snapshot, statuses) =
            restriction::restricted(self.snapshot(), &self.loaded.statuses, scope);
        let city = Arc::new(Self {
            system: self.system.clone(),
            loaded: LoadedSnapshot { snapshot, statuses },
            mark: self.mark,
            partial_months: Mutex::default(),
            restricted: Mutex::default(),
        });
        if kept.len() >= MOST_SCOPES {
            kept.clear();
        }
        kept.insert(scope.clone(), Arc::clone(&city));
        city
    }

    /// The days of the months that a query covers in part; from memory where they were asked for before.
    pub async fn partial_months(
        self: &Arc<Self>,
        state: &AppState,
        query: &Query,
    ) -> ApiResult<PartialMonths> {
        let basis = query.basis;
        let mut found = PartialMonths::default();
        let mut wanted = Vec::new();
        {
            let cached = self.partial_months.lock().unwrap_or_else(PoisonError::into_inner);
            for range in query.spans.partial_months() {
                match cached.get(&(basis, range)) {
                    Some(it) => found.add(it.clone()),
                    None => wanted.push(range),
                }
            }
        }
        if wanted.is_empty() {
            return Ok(found);
        }
        let city = Arc::clone(self);
        let load = move |conn: &_| {
            let load = |range| queries::partial_month::load(conn, &city.loaded, basis, range);
            Ok(wanted.into_iter().map(load).collect::<Result<Vec<_>, _>>()?)
        };
        let loaded = state.store.read(load).await?;
        let mut cached = self.partial_months.lock().unwrap_or_else(PoisonError::into_inner);
        if cached.len() + loaded.len() > MOST_PARTIAL_MONTHS {
            cached.clear();
        }
        cached.extend(loaded.iter().map(|it| ((basis, it.0.range), it.clone())));
        loaded.into_iter().for_each(|it| found.add(it));
        Ok(found)
    }

    /// The snapshot from which views are derived.
    pub fn snapshot(&self) -> &Snapshot {
        &self.loaded.snapshot
    }

    /// The index of a unit, or the answer that there is none.
    pub fn unit(&self, code: &str) -> ApiResult<usize> {
        let known = self.snapshot().units.iter().map(|it| it.code.as_str());
        let missing = || ApiError::missing_among("用能单位", "unit", code, known);
        self.snapshot().unit_of_code(code).ok_or_else(missing)
    }
}

impl PartialMonths {
    fn add(&mut self, (days, outputs): (PartialMonth, PartialOutput)) {
        self.days.push(days);
        self.outputs.push(outputs);
    }
}
