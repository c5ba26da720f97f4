//! Answers that cost memory: so many files are made at once, and so many bytes of large answers wait to be sent; of one
//! client a part of both. Whoever comes beyond waits for a turn, then is told to come again.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use nengce_shared::problem::ProblemCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::per_address::{Place, Places};
use crate::config::Config;
use crate::http::content::problem::ApiError;
use crate::http::state::AppState;

/// How long a file waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);
/// Answers of fewer bytes are not counted.
const SMALL: usize = 64 << 10;
/// Bytes are counted in pieces of so many.
const PIECE: usize = 1_024;

pub struct Answers {
    turns: Arc<Semaphore>,
    turns_of_client: Arc<Places>,
    pieces: Arc<Semaphore>,
    most_pieces: usize,
    bytes_of_client: Arc<Places>,
}

impl Answers {
    pub fn of(config: &Config) -> Self {
        let most_pieces = (config.max_answer_bytes_in_flight / PIECE).max(1);
        Self {
            turns: Arc::new(Semaphore::new(config.max_exports_at_once.max(1))),
            turns_of_client: Places::new(config.max_exports_per_address),
            pieces: Arc::new(Semaphore::new(most_pieces)),
            most_pieces,
            bytes_of_client: Places::new(config.max_answer_bytes_in_flight_per_address),
        }
    }
}

fn too_many() -> Response {
    let words = "同时导出的文件过多，请稍后再试 / too many files are made at once, try again later";
    ApiError::new(ProblemCode::Overloaded, words).into_response()
}

/// Whether an address or an `Accept` asks for a file, or for the rows of a slice.
fn asks_for_file(uri: &Uri, headers: &HeaderMap) -> bool {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri).map_or(Vec::new(), |it| it.0);
    let by_name = pairs.iter().any(|(name, it)| name == "format" && it.trim() != "json");
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    let is_file = |it: &str| ["csv", "spreadsheetml", "parquet"].iter().any(|one| it.contains(one));
    by_name || uri.path().ends_with("/slice") || accepted.into_iter().any(is_file)
}

pub async fn bound(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // HEAD makes the answer too.
    let is_question = [Method::GET, Method::HEAD].contains(request.method());
    if !is_question || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let answers = &state.answers;
    let address = state.proxies.client(request.extensions(), request.headers()).proven();
    let mut turn = None;
    if asks_for_file(request.uri(), request.headers()) {
        let Some(own) = answers.turns_of_client.enter(address) else {
            return too_many();
        };
        let waited = tokio::time::timeout(PATIENCE, Arc::clone(&answers.turns).acquire_owned());
        let Ok(Ok(permit)) = waited.await else {
            return too_many();
        };
        turn = Some((own, permit));
    }
    let response = next.run(request).await;
    drop(turn);
    let bytes = response.body().size_hint().exact().and_then(|it| usize::try_from(it).ok());
    let Some(bytes) = bytes.filter(|it| *it >= SMALL) else {
        return response;
    };
    let mut own = answers.bytes_of_client.of(address);
    let pieces = bytes.div_ceil(PIECE).min(answers.most_pieces);
    let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
    let permit = Arc::clone(&answers.pieces).try_acquire_many_owned(pieces);
    match permit {
        Ok(permit) if own.take(bytes) => {
            response.map(|body| Body::new(Sent { body, _held: (own, permit) }))
        }
        _ => too_many(),
    }
}

/// A body that holds its bytes until it is sent.
struct Sent {
    body: Body,
    _held: (Place, OwnedSemaphorePermit),
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_however_they_are_asked_for() {
        let none = HeaderMap::new();
        let asks = |uri: &str| asks_for_file(&uri.parse().unwrap(), &none);
        for it in ["/api/v1/units?format=xlsx", "/a?b=1&for%6Dat=%63sv", "/api/v1/slice?x=1"] {
            assert!(asks(it), "{it}");
        }
        assert!(!asks("/api/v1/units") && !asks("/api/v1/units?format=json&q=csv"));
        let csv = HeaderMap::from_iter([(header::ACCEPT, "text/csv, */*".parse().unwrap())]);
        assert!(asks_for_file(&"/api/v1/units".parse().unwrap(), &csv));
    }
}
