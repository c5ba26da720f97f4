//! Caches snapshots and days as they are sent, and deltas between them, made once per data version and span, within a
//! bound of bytes. Those of earlier versions stay until newer ones need their place: deltas start from them.

use std::sync::Arc;

use axum::body::Bytes;
use jiff::civil::Date;
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use nengce_analysis::codec;
use nengce_analysis::cube::{Cube, Level};
use nengce_analysis::unit_scope::UnitScope;
use nengce_shared::period::DayRange;
use nengce_shared::problem::{Problem, ProblemCode};

use super::City;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::cube::{Sources, days, months, series};
use crate::store::unit_ids::UnitIds;

/// Brotli's effort and window (2^n bytes): figures are nearly noise, more effort gains next to nothing.
const QUALITY: u32 = 5;
const WINDOW: u32 = 22;

/// Which cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CubeKey {
    /// The days of a span, or else all months.
    pub days: Option<DayRange>,
    /// As coarse as asked, or as it must be.
    pub level: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct CacheKey {
    version: u64,
    dictionaries: String,
    today: Date,
    cube: CubeKey,
    scope: UnitScope,
    /// The version that a delta starts from.
    since: Option<u64>,
}

impl CacheKey {
    fn new(city: &City, cube: CubeKey, scope: &UnitScope) -> Self {
        Self {
            version: city.snapshot().version,
            dictionaries: city.system.dic_version.clone(),
            today: city.snapshot().today,
            cube,
            scope: scope.clone(),
            since: None,
        }
    }
}

/// A snapshot, days or a delta, as sent: plain and packed.
pub struct Encoded {
    pub level: Level,
    pub plain: Bytes,
    pub brotli: Bytes,
}

/// What was sent, the least recently used first to go.
pub struct CubeCache {
    cache: Cache<CacheKey, Arc<Encoded>>,
}

impl CubeCache {
    pub fn new(most_bytes: u64) -> Self {
        let weight = |_: &CacheKey, it: &Arc<Encoded>| {
            let bytes = it.plain.len() + it.brotli.len();
            u32::try_from(bytes / 1024 + 1).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(most_bytes / 1024).weigher(weight);
        Self { cache: cache.eviction_policy(EvictionPolicy::lru()).build() }
    }

    /// The snapshot, or the days, as they are sent; coarser where there would be too many cells. Callers that ask
    /// meanwhile wait for the same.
    pub async fn encoded(
        &self,
        state: &AppState,
        city: &Arc<City>,
        cube: CubeKey,
        scope: &UnitScope,
    ) -> ApiResult<Arc<Encoded>> {
        let build = async { build(state, city, cube, scope).await.map_err(|it| *it.0) };
        self.get_or_build(CacheKey::new(city, cube, scope), build).await
    }

    /// The delta to `whole` from the version that the client holds; `None` where that version is not held here any more,
    /// or where the whole is no larger.
    pub async fn delta(
        &self,
        city: &City,
        cube: CubeKey,
        scope: &UnitScope,
        (since, whole): (Option<u64>, &Arc<Encoded>),
    ) -> ApiResult<Option<Arc<Encoded>>> {
        let Some(version) = since else { return Ok(None) };
        let key = CacheKey::new(city, cube, scope);
        let earlier = CacheKey { version, ..key.clone() };
        let Some(old) = self.cache.get(&earlier).await else { return Ok(None) };
        let new = Arc::clone(whole);
        let make = move || encoded(new.level, codec::delta(&old.plain, &new.plain));
        let build = async {
            let made = tokio::task::spawn_blocking(make).await.map_err(ApiError::internal);
            made.flatten().map(Arc::new).map_err(|it| *it.0)
        };
        let delta = self.get_or_build(CacheKey { since, ..key }, build).await?;
        Ok((delta.brotli.len() < whole.brotli.len()).then_some(delta))
    }

    async fn get_or_build(
        &self,
        key: CacheKey,
        build: impl Future<Output = Result<Arc<Encoded>, Problem>>,
    ) -> ApiResult<Arc<Encoded>> {
        let found = Box::pin(self.cache.try_get_with(key, build)).await;
        found.map_err(|it: Arc<Problem>| ApiError(Box::new(Problem::clone(&it))))
    }
}

async fn build(
    state: &AppState,
    city: &Arc<City>,
    key: CubeKey,
    scope: &UnitScope,
) -> ApiResult<Arc<Encoded>> {
    let of_scope = || UnitIds::of(city.loaded.statuses.iter().map(|it| it.id));
    let units = if scope.is_city() { UnitIds::all() } else { of_scope() };
    if let Some(span) = key.days {
        check_cells(state, span, units.clone()).await?;
    }
    let (own, dictionaries) = (Arc::clone(city), state.dictionaries());
    let ask = move |conn: &_| {
        let sources = Sources { loaded: &own.loaded, units: &units, dictionaries: &dictionaries };
        match key.days {
            Some(span) => days(conn, &sources, span),
            None => months(conn, &sources),
        }
    };
    let cube = state.store.read(ask).await?;
    let (own, most) = (Arc::clone(city), state.config.max_cube_cells_sent);
    let encode = move || encode(&own, &cube, key, most);
    tokio::task::spawn_blocking(encode).await.map_err(ApiError::internal)?.map(Arc::new)
}

fn encode(city: &City, cube: &Cube<'_>, key: CubeKey, most: usize) -> ApiResult<Encoded> {
    let as_needed = if cube.cells() <= most { Level::Unit } else { Level::IndustryRegion };
    let level = key.level.unwrap_or(as_needed);
    let coarse = (level != cube.level).then(|| cube.coarsened());
    let cube = coarse.as_ref().unwrap_or(cube);
    if cube.cells() > most {
        return Err(too_many(cube.energy.series(), most));
    }
    let plain = match key.days {
        Some(_) => cube.encode(),
        None => codec::encode(city.snapshot(), cube),
    };
    encoded(level, plain)
}

fn encoded(level: Level, plain: Vec<u8>) -> ApiResult<Encoded> {
    let brotli = packed(&plain).map_err(ApiError::internal)?.into();
    Ok(Encoded { level, plain: plain.into(), brotli })
}

fn packed(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::with_capacity(plain.len() / 2);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, QUALITY, WINDOW);
    std::io::Write::write_all(&mut writer, plain)?;
    drop(writer);
    Ok(packed)
}

/// Refuses a span of days with more cells of these units than one request may read.
pub(super) async fn check_cells(state: &AppState, span: DayRange, units: UnitIds) -> ApiResult<()> {
    let series = state.store.read(move |conn| series(conn, &units)).await?;
    let most = state.config.max_cube_cells;
    let cells = series.saturating_mul(span.days().unsigned_abs() as usize);
    if cells <= most { Ok(()) } else { Err(too_many(series, most)) }
}

fn too_many(series: usize, most: usize) -> ApiError {
    let periods = most / series.max(1);
    let reason = format!(
        "范围过大，最多 {periods} 个时段；请缩短时间范围 / too much at once: at most {periods} periods of {series} series; ask for a shorter span"
    );
    ApiError::at_parameter(ProblemCode::ParameterInvalid, "from", reason)
}
