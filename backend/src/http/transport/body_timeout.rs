//! Ends bodies that come too slowly: the server waits for each one for a fixed time, and every so many received bytes
//! add a second. The time never exceeds its start value, so a client cannot collect waiting time by sending fast.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::http::state::AppState;

/// What a body ends with that came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// What a body ends with that was not there when the server had to stop.
#[derive(Debug, thiserror::Error)]
#[error("the server is stopping")]
pub struct Stopping;

/// Whether this is why a body could not be read.
pub fn is_too_slow(error: &axum::Error) -> bool {
    has_cause::<TooSlow>(error)
}

/// Whether this is why a body could not be read.
pub fn is_stopping(error: &axum::Error) -> bool {
    has_cause::<Stopping>(error)
}

fn has_cause<T: std::error::Error + 'static>(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(it) = source {
        if it.is::<T>() {
            return true;
        }
        source = it.source();
    }
    false
}

pub async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let request = request.map(|body| {
        if body.is_end_stream() {
            return body;
        }
        let config = &state.config;
        let allowed = Duration::from_secs(u64::from(config.body_timeout_seconds.max(1)));
        let per_byte = Duration::from_secs(1) / config.min_body_bytes_per_second.max(1);
        let (left, waiting_since, alarms) = (allowed, None, None);
        Body::new(Paced { body, state, allowed, left, waiting_since, per_byte, alarms })
    });
    next.run(request).await
}

struct Paced {
    body: Body,
    state: AppState,
    allowed: Duration,
    /// The time that may still be waited. Time that the server itself needs does not count.
    left: Duration,
    waiting_since: Option<Instant>,
    per_byte: Duration,
    /// Made when the body is waited for: most are there when they are read.
    alarms: Option<Alarms>,
}

/// What ends a wait.
struct Alarms {
    late: Pin<Box<Sleep>>,
    /// `None` once the server is stopping: then the body has half of the grace to come.
    closing: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Alarms {
    fn set(state: &AppState, until: Instant) -> Self {
        let mut closing = state.closing.clone();
        Self {
            late: Box::pin(sleep_until(until)),
            closing: Some(Box::pin(async move { drop(closing.wait_for(|it| *it).await) })),
        }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let it = self.get_mut();
        if let Poll::Ready(frame) = Pin::new(&mut it.body).poll_frame(context) {
            if let Some(since) = it.waiting_since.take() {
                it.left = it.left.saturating_sub(since.elapsed());
            }
            if let Some(Ok(frame)) = &frame
                && let Some(data) = frame.data_ref()
            {
                let more = it.per_byte * u32::try_from(data.len()).unwrap_or(u32::MAX);
                it.left = it.allowed.min(it.left + more);
            }
            return Poll::Ready(frame);
        }
        let now = Instant::now();
        let since = *it.waiting_since.get_or_insert(now);
        let alarms = it.alarms.get_or_insert_with(|| Alarms::set(&it.state, since + it.left));
        if let Some(closing) = &mut alarms.closing
            && closing.as_mut().poll(context).is_ready()
        {
            alarms.closing = None;
            it.per_byte = Duration::ZERO;
            let grace = u64::from(it.state.config.shutdown_grace_seconds);
            let last_call = Duration::from_secs(grace) / 2;
            it.left = it.left.min(now.duration_since(since) + last_call);
            alarms.late.as_mut().reset(since + it.left);
        }
        let until = since + it.left;
        loop {
            if alarms.late.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            if until <= Instant::now() {
                let error = match alarms.closing {
                    Some(_) => axum::Error::new(TooSlow),
                    None => axum::Error::new(Stopping),
                };
                return Poll::Ready(Some(Err(error)));
            }
            alarms.late.as_mut().reset(until);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
