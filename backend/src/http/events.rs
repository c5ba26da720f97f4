//! `GET /api/v1/events`: tells open pages of new data, one message per data version at most, and of what was assessed, as
//! server-sent events.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{Extensions, HeaderMap};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use nengce_shared::access::permission::Permission;
use nengce_shared::problem::{Problem, ProblemCode};
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::http::access::long_reader::LongReader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::transport::address_quota::QuotaShare;

/// How often a stream looks for a new version: versions between two looks are one message.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// What was assessed is told no more often: a page asks for its findings each time.
const ASSESSED_EVERY: Duration = Duration::from_secs(2);

struct Listener {
    state: AppState,
    reader: LongReader,
    /// True once the server stops.
    closing: watch::Receiver<bool>,
    told: Option<u64>,
    /// The steps of assessing that the page knows of, and when it was told.
    assessed: Option<(u64, Instant)>,
    _places: (OwnedSemaphorePermit, QuotaShare),
}

/// A stream of server-sent events: `data` with the data version, at once and after every roll-up; `quality` with the steps
/// of assessing since the server's start, at once and while it goes on. The stream ends with the session that opened it, and when
/// its account may see other units than before.
#[utoipa::path(get, path = "/api/v1/events", tag = "frame",
    responses(
        (status = 200, description = "event: data, id and data.data_version: the version; event: quality, data.assessed: steps", content_type = "text/event-stream", body = String),
        (status = 503, description = "max_event_streams pages listen already, or max_event_streams_per_address of this address", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn get_events(
    State(state): State<AppState>,
    headers: HeaderMap,
    extensions: Extensions,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let address = state.proxies.client(&extensions, &headers).proven();
    let own = state.listeners_by_address.enter(address);
    let place = state.listeners.clone().try_acquire_owned().ok();
    let places = place.zip(own).ok_or_else(|| {
        ApiError::new(
            ProblemCode::Overloaded,
            "监听页面过多，请稍后再试 / too many pages listen, try again later",
        )
    })?;
    let reader = LongReader::of(&state, &headers, Permission::Names);
    let told = headers.get("last-event-id").and_then(|it| it.to_str().ok()?.parse().ok());
    let closing = state.closing.clone();
    let listener = Listener { state, reader, closing, told, assessed: None, _places: places };
    Ok(Sse::new(unfold(listener, next)).keep_alive(KeepAlive::default()))
}

/// The next version that the page does not know; the end when the server stops or the reader may not read on.
async fn next(mut it: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    loop {
        if *it.closing.borrow() || !it.reader.may_read_on(&it.state) {
            return None;
        }
        let version = it.state.store.data_version();
        if it.told != Some(version) {
            it.told = Some(version);
            let event = Event::default()
                .event("data")
                .id(version.to_string())
                .data(format!("{{\"data_version\":{version}}}"));
            return Some((Ok(event), it));
        }
        let steps = it.state.store.quality_steps();
        if it.assessed.is_none_or(|(told, at)| told != steps && at.elapsed() >= ASSESSED_EVERY) {
            it.assessed = Some((steps, Instant::now()));
            // Without an id: the version is where a page goes on.
            let event = Event::default().event("quality").data(format!("{{\"assessed\":{steps}}}"));
            return Some((Ok(event), it));
        }
        tokio::select! {
            () = tokio::time::sleep(POLL_INTERVAL) => {}
            changed = it.closing.changed() => if changed.is_err() { return None; },
        }
    }
}
