//! The portal's files. A path without a dot is a page of the portal: index.html, and the router in the browser decides.

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::http::content::problem::ApiError;
use crate::web_assets;

pub async fn portal(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path.starts_with("/api/") {
        return ApiError::missing("资源", "resource", path).into_response();
    }
    let accept = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or("");
    let is_page = !path.rsplit('/').next().unwrap_or("").contains('.');
    let file = web_assets::get(path, accept)
        .or_else(|| is_page.then(|| web_assets::get("/", accept)).flatten());
    let Some(file) = file else {
        return ApiError::missing("文件", "file", path).into_response();
    };
    let tag = HeaderValue::from_str(&file.etag).ok();
    if tag.is_some() && headers.get(header::IF_NONE_MATCH) == tag.as_ref() {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = file.bytes.into_owned().into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let caching = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Some(tag) = tag {
        out.insert(header::ETAG, tag);
    }
    if let Some(encoding) = file.encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
