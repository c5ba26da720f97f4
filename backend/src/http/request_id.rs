//! Gives each request an id, which stands in its lines of the log, in its audit entry and in the header of its answer.

use axum::extract::Request;
use axum::http::{Extensions, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, 16 hexadecimal digits; what a client writes into the header is not believed.
#[derive(Debug, Clone)]
struct RequestId(String);

pub(super) async fn give(mut request: Request, next: Next) -> Response {
    let id = format!("{:016x}", rand::random::<u64>());
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// The id of a request, empty before it has one.
pub(super) fn of(extensions: &Extensions) -> &str {
    extensions.get::<RequestId>().map_or("", |it| &it.0)
}
