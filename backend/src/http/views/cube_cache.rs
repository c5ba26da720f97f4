//! Caches cubes of the newest data, built once per data version and span, within a bound of bytes. Reads no request.

use std::sync::Arc;

use axum::body::Bytes;
use jiff::civil::Date;
use moka::future::Cache;
use nengce_analysis::codec;
use nengce_analysis::cube::{Cube, Level};
use nengce_shared::period::DayRange;
use nengce_shared::problem::{Problem, ProblemCode};

use super::City;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::cube::{Sources, days, months};

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
    is_encoded: bool,
}

/// A snapshot, or days, as sent: plain and packed.
pub struct Encoded {
    pub level: Level,
    pub plain: Bytes,
    pub brotli: Bytes,
}

#[derive(Clone)]
enum CachedCube {
    Built(Arc<Cube<'static>>),
    Encoded(Arc<Encoded>),
}

impl CachedCube {
    fn bytes(&self) -> usize {
        match self {
            Self::Built(it) => it.bytes(),
            Self::Encoded(it) => it.plain.len() + it.brotli.len(),
        }
    }
}

/// The cubes of the newest data.
pub struct CubeCache {
    cache: Cache<CacheKey, CachedCube>,
}

impl CubeCache {
    pub fn new(most_bytes: u64) -> Self {
        let weight = |_: &CacheKey, it: &CachedCube| {
            u32::try_from(it.bytes() / 1024 + 1).unwrap_or(u32::MAX)
        };
        Self { cache: Cache::builder().max_capacity(most_bytes / 1024).weigher(weight).build() }
    }

    /// All months, every unit by itself.
    pub async fn months(
        &self,
        state: &AppState,
        city: &Arc<City>,
    ) -> ApiResult<Arc<Cube<'static>>> {
        let key = CubeKey { days: None, level: None };
        self.built(state, city, key).await
    }

    /// The days of a span, every unit by itself.
    pub async fn days(
        &self,
        state: &AppState,
        city: &Arc<City>,
        span: DayRange,
    ) -> ApiResult<Arc<Cube<'static>>> {
        let series = self.months(state, city).await?.energy.series();
        check(series, span, state.config.max_cube_cells)?;
        let key = CubeKey { days: Some(span), level: None };
        self.built(state, city, key).await
    }

    async fn built(
        &self,
        state: &AppState,
        city: &Arc<City>,
        key: CubeKey,
    ) -> ApiResult<Arc<Cube<'static>>> {
        let build = async {
            let (own, dictionaries) = (Arc::clone(city), state.dictionaries());
            let ask = move |conn: &_| {
                let sources = Sources { loaded: &own.loaded, dictionaries: &dictionaries };
                match key.days {
                    Some(span) => days(conn, &sources, span),
                    None => months(conn, &sources),
                }
            };
            let cube = state.store.read(ask).await.map_err(ApiError::from)?;
            Ok(CachedCube::Built(Arc::new(cube)))
        };
        match self.cached(city, key, false, build).await? {
            CachedCube::Built(it) => Ok(it),
            CachedCube::Encoded(_) => {
                Err(ApiError::internal("a cube is cached under another's key"))
            }
        }
    }

    /// The snapshot, or the days, as they are sent; coarser where there would be too many cells.
    pub async fn encoded(
        &self,
        state: &AppState,
        city: &Arc<City>,
        key: CubeKey,
    ) -> ApiResult<Arc<Encoded>> {
        let build = async {
            let most = state.config.max_cube_cells_sent;
            let cube = match key.days {
                Some(span) => self.days(state, city, span).await?,
                None => self.months(state, city).await?,
            };
            let own = Arc::clone(city);
            let encode = move || {
                let is_small = cube.cells() <= most;
                let as_needed = if is_small { Level::Unit } else { Level::IndustryRegion };
                let level = key.level.unwrap_or(as_needed);
                let coarse = (level != cube.level).then(|| cube.coarsened());
                let cube = coarse.as_ref().unwrap_or(&cube);
                if cube.cells() > most {
                    return Err(too_many(cube.energy.series(), most));
                }
                let plain = match key.days {
                    Some(_) => cube.encode(),
                    None => codec::encode(own.snapshot(), cube),
                };
                let brotli = packed(&plain).map_err(ApiError::internal)?.into();
                let plain = plain.into();
                Ok(CachedCube::Encoded(Arc::new(Encoded { level, plain, brotli })))
            };
            tokio::task::spawn_blocking(encode).await.map_err(ApiError::internal)?
        };
        match self.cached(city, key, true, build).await? {
            CachedCube::Encoded(it) => Ok(it),
            CachedCube::Built(_) => Err(ApiError::internal("a cube is cached under another's key")),
        }
    }

    /// What is cached under a key, or what comes of building it; those who ask meanwhile wait for the same.
    async fn cached(
        &self,
        city: &City,
        cube: CubeKey,
        is_encoded: bool,
        build: impl Future<Output = ApiResult<CachedCube>>,
    ) -> ApiResult<CachedCube> {
        let key = CacheKey {
            version: city.snapshot().version,
            dictionaries: city.system.dic_version.clone(),
            today: city.snapshot().today,
            cube,
            is_encoded,
        };
        let build = async { build.await.map_err(|it| *it.0) };
        let found = Box::pin(self.cache.try_get_with(key, build)).await;
        found.map_err(|it: Arc<Problem>| ApiError(Box::new(Problem::clone(&it))))
    }
}

fn packed(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::with_capacity(plain.len() / 2);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, QUALITY, WINDOW);
    std::io::Write::write_all(&mut writer, plain)?;
    drop(writer);
    Ok(packed)
}

fn check(series: usize, span: DayRange, most: usize) -> ApiResult<()> {
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
