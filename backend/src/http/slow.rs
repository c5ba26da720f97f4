//! Bodies that come too slowly: each has a time, and a second more for every so many bytes received.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep_until};

use super::state::AppState;

/// What a body ends with that came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// Whether this is why a body could not be read.
pub fn is_too_slow(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(it) = source {
        if it.is::<TooSlow>() {
            return true;
        }
        source = it.source();
    }
    false
}

pub async fn bound(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let config = &state.config;
    let allowed = Duration::from_secs(u64::from(config.body_timeout_seconds.max(1)));
    let per_byte = Duration::from_secs(1) / config.min_body_bytes_per_second.max(1);
    let request = request.map(|body| {
        if body.is_end_stream() {
            return body;
        }
        let until = Instant::now() + allowed;
        Body::new(Paced {
            body,
            until,
            per_byte,
            alarm: Box::pin(sleep_until(until)),
        })
    });
    next.run(request).await
}

struct Paced {
    body: Body,
    until: Instant,
    per_byte: Duration,
    alarm: Pin<Box<Sleep>>,
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            if let Some(Ok(frame)) = &frame
                && let Some(data) = frame.data_ref()
            {
                let more = self.per_byte * u32::try_from(data.len()).unwrap_or(u32::MAX);
                self.until += more;
            }
            return Poll::Ready(frame);
        }
        loop {
            if self.alarm.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            if self.until <= Instant::now() {
                return Poll::Ready(Some(Err(axum::Error::new(TooSlow))));
            }
            let until = self.until;
            self.alarm.as_mut().reset(until);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
