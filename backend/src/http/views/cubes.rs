//! Caches cubes of the newest data, built once per data version and span, within a bound of bytes. Reads no request.

use std::sync::Arc;

use axum::body::Bytes;
use jiff::civil::Date;
use moka::future::Cache;
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
pub struct Wanted {
    /// Days of a span, or else all months or those of a span.
    pub by_day: bool,
    pub span: Option<DayRange>,
    /// As coarse as asked, or as it must be.
    pub level: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    version: u64,
    dictionaries: String,
    today: Date,
    wanted: Wanted,
    sent: bool,
}

/// An encoded cube, plain and packed.
pub struct Sent {
    pub level: Level,
    pub plain: Bytes,
    pub brotli: Bytes,
}

#[derive(Clone)]
enum Kept {
    Built(Arc<Cube<'static>>),
    Sent(Arc<Sent>),
}

impl Kept {
    fn bytes(&self) -> usize {
        match self {
            Self::Built(it) => it.bytes(),
            Self::Sent(it) => it.plain.len() + it.brotli.len(),
        }
    }
}

/// The cubes that are kept.
pub struct Cubes {
    kept: Cache<Key, Kept>,
}

impl Cubes {
    pub fn new(most_bytes: u64) -> Self {
        let weight = |_: &Key, it: &Kept| u32::try_from(it.bytes() / 1024 + 1).unwrap_or(u32::MAX);
        Self { kept: Cache::builder().max_capacity(most_bytes / 1024).weigher(weight).build() }
    }

    /// All months, every unit by itself.
    pub async fn months(
        &self,
        state: &AppState,
        city: &Arc<City>,
    ) -> ApiResult<Arc<Cube<'static>>> {
        let wanted = Wanted { by_day: false, span: None, level: None };
        self.built(state, city, wanted).await
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
        let wanted = Wanted { by_day: true, span: Some(span), level: None };
        self.built(state, city, wanted).await
    }

    async fn built(
        &self,
        state: &AppState,
        city: &Arc<City>,
        wanted: Wanted,
    ) -> ApiResult<Arc<Cube<'static>>> {
        let build = async {
            let (own, dictionaries) = (Arc::clone(city), state.dictionaries());
            let ask = move |conn: &_| {
                let sources = Sources {
                    snapshot: &own.snapshot,
                    catalog: &own.catalog,
                    dictionaries: &dictionaries,
                };
                match wanted.span {
                    Some(span) => days(conn, &sources, span),
                    None => months(conn, &sources),
                }
            };
            let cube = state.store.read(ask).await.map_err(ApiError::from)?;
            Ok(Kept::Built(Arc::new(cube)))
        };
        match self.kept(city, wanted, false, build).await? {
            Kept::Built(it) => Ok(it),
            Kept::Sent(_) => Err(ApiError::internal("a cube is kept under another's key")),
        }
    }

    /// The cube as it is sent, coarser when it would hold too many cells.
    pub async fn sent(
        &self,
        state: &AppState,
        city: &Arc<City>,
        wanted: Wanted,
    ) -> ApiResult<Arc<Sent>> {
        let build = async {
            let most = state.config.max_cube_cells_sent;
            let cube = match wanted.span {
                Some(span) if wanted.by_day => self.days(state, city, span).await?,
                _ => self.months(state, city).await?,
            };
            let encode = move || {
                let periods = wanted.span.map_or(0..cube.axis.len(), |it| cube.axis.within(it));
                let cut = (periods.len() < cube.axis.len()).then(|| cube.during(periods));
                let cube = cut.as_ref().unwrap_or(&cube);
                let level = wanted.level.unwrap_or(if cube.cells() <= most {
                    Level::Unit
                } else {
                    Level::IndustryRegion
                });
                let coarse = (level != cube.level).then(|| cube.coarsened());
                let cube = coarse.as_ref().unwrap_or(cube);
                if cube.cells() > most {
                    return Err(too_many(cube.energy.series(), most));
                }
                let plain = cube.encode();
                let brotli = packed(&plain).map_err(ApiError::internal)?;
                Ok(Kept::Sent(Arc::new(Sent { level, plain: plain.into(), brotli: brotli.into() })))
            };
            tokio::task::spawn_blocking(encode).await.map_err(ApiError::internal)?
        };
        match self.kept(city, wanted, true, build).await? {
            Kept::Sent(it) => Ok(it),
            Kept::Built(_) => Err(ApiError::internal("a cube is kept under another's key")),
        }
    }

    /// What is kept under a key, or what comes of building it; those who ask meanwhile wait for the same.
    async fn kept(
        &self,
        city: &City,
        wanted: Wanted,
        sent: bool,
        build: impl Future<Output = ApiResult<Kept>>,
    ) -> ApiResult<Kept> {
        let key = Key {
            version: city.snapshot.version,
            dictionaries: city.catalog.dic_version.clone(),
            today: city.snapshot.today,
            wanted,
            sent,
        };
        let build = async { build.await.map_err(|it| *it.0) };
        let found = Box::pin(self.kept.try_get_with(key, build)).await;
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
