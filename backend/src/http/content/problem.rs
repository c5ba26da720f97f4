//! Errors of the API as `application/problem+json`. Internals are logged, never sent.

use axum::body::to_bytes;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use nengce_messages::echo;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, MEDIA_TYPE, Problem, ProblemCode, cut};

use crate::config::nearest;
use crate::store::StoreError;

pub type ApiResult<T> = Result<T, ApiError>;

/// A problem on its way out.
#[derive(Debug)]
pub struct ApiError(pub Box<Problem>);

impl From<Problem> for ApiError {
    fn from(it: Problem) -> Self {
        Self(Box::new(it))
    }
}

/// A path that a listener of terminals does not have.
pub async fn unknown_path(uri: Uri) -> ApiError {
    ApiError::not_found(echo(uri.path()))
}

/// What a known address answers to a method it does not have.
pub async fn method_not_allowed(method: Method, uri: Uri) -> ApiError {
    ApiError::new(
        ProblemCode::MethodNotAllowed,
        format!("{} {}", echo(method.as_str()), echo(uri.path())),
    )
}

/// The most of an extractor's sentence that is passed on.
const DETAIL_BYTES: usize = 400;

/// Sentences in plain text, which extractors of the framework answer with, become problems like all others.
pub async fn of_plain_error(response: Response) -> Response {
    let status = response.status();
    let media = response.headers().get(header::CONTENT_TYPE);
    let is_plain = media.is_none_or(|it| it.as_bytes().starts_with(b"text/plain"));
    if !is_plain || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = to_bytes(body, 64 << 10).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&text[..text.len().min(DETAIL_BYTES)]).into_owned();
    let code = match status.as_u16() {
        404 => ProblemCode::NotFound,
        405 => ProblemCode::MethodNotAllowed,
        406 => ProblemCode::NotAcceptable,
        408 => ProblemCode::BodyTooSlow,
        413 => ProblemCode::BodyTooLarge,
        415 => ProblemCode::MediaTypeUnsupported,
        422 => ProblemCode::EntryFieldUnreadable,
        400..500 => ProblemCode::ParameterInvalid,
        _ => ProblemCode::Internal,
    };
    let mut problem = ApiError::new(code, text).into_response();
    for (name, value) in &parts.headers {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            problem.headers_mut().insert(name.clone(), value.clone());
        }
    }
    problem
}

/// What a request is answered whose handler panicked; it fails alone.
pub fn panicked(_payload: Box<dyn std::any::Any + Send>) -> Response {
    ApiError::internal("a handler panicked").into_response()
}

impl ApiError {
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Problem::new(code, Lang::Zh).with_detail(detail)))
    }

    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(ProblemCode::NotFound, detail)
    }

    /// There is nothing of this name: `no unit X`; the name is said back cut.
    pub fn missing(zh: &str, en: &str, name: &str) -> Self {
        let name = echo(name);
        Self::not_found(format!("没有{zh} {name} / no {en} {name}"))
    }

    /// The same, with the nearest of the names that exist.
    pub fn missing_among<'a>(
        zh: &str,
        en: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let Self(problem) = Self::missing(zh, en, name);
        problem.with_nearest(nearest(name, known)).into()
    }

    /// A parameter that cannot be read.
    pub fn parameter(name: &str, reason: impl Into<String>) -> Self {
        Self::at_parameter(ProblemCode::ParameterInvalid, name, reason)
    }

    pub fn at_parameter(code: ProblemCode, name: &str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        let name = cut(name);
        let field = FieldProblem::new(code, reason.clone()).in_field(&name);
        Self(Box::new(
            Problem::new(code, Lang::Zh)
                .with_detail(format!("{name}: {reason}"))
                .with_errors(vec![field]),
        ))
    }

    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self(Box::new(Problem::new(ProblemCode::Internal, Lang::Zh)))
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Overloaded => {
                Self(Box::new(Problem::new(ProblemCode::Overloaded, Lang::Zh)))
            }
            StoreError::Unavailable(why) => {
                tracing::error!(why, "the store is unavailable");
                Self(Box::new(Problem::new(ProblemCode::StoreUnavailable, Lang::Zh)))
            }
            StoreError::Full(why) => {
                tracing::error!(why, "the disk is full");
                Self(Box::new(Problem::new(ProblemCode::StorageFull, Lang::Zh)))
            }
            StoreError::Refused(why) => Self::new(ProblemCode::Conflict, why),
            StoreError::Limited(code) => Self(Box::new(Problem::new(code, Lang::Zh))),
            other => Self::internal(other),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(mut self) -> Response {
        self.0.shorten();
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(&*self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if matches!(status.as_u16(), 408 | 413 | 429 | 503 | 507) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
