//! Answers requests to unknown paths. A POST path that differs from a known path only in letter case, doubled or trailing
//! slashes or escapes is treated as the known path. Any other answer is 404, names the nearest path and has the profile's
//! shape.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use nengce_messages::Problem;
use nengce_messages::profile::Proof;
use nengce_shared::problem::ProblemCode;
use tower::ServiceExt;

use super::{answer, yunnan};
use crate::config::nearest;
use crate::config::profile_bindings::ProfileBinding;
use crate::http::content::problem::ApiError;

/// The terminals' routes of a listener, and their paths.
#[derive(Clone)]
pub struct UnknownPaths {
    routes: Router,
    paths: Arc<[String]>,
    /// The prefix and the kind of proof of each profile.
    prefixes: Arc<[(String, Proof)]>,
}

/// Serves as the fallback of POST.
impl<S> Handler<(), S> for UnknownPaths {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, _: S) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

impl UnknownPaths {
    pub fn new(routes: Router, paths: Vec<String>, bindings: &[&ProfileBinding]) -> Self {
        let mut prefixes: Vec<_> =
            bindings.iter().map(|it| (it.prefix.to_ascii_lowercase(), it.profile.proof)).collect();
        // The longest prefix comes first, because it is the most specific.
        prefixes.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        Self { routes, paths: paths.into(), prefixes: prefixes.into() }
    }

    /// Answers a POST to an unknown path.
    async fn answer(self, request: Request) -> Response {
        let path = request.uri().path();
        if path.starts_with("/api/") {
            let detail = format!("没有资源 {path} / no resource {path}");
            return ApiError::not_found(detail).into_response();
        }
        let plain = plain(path);
        let mut meant = self.paths.iter().filter(|it| it.eq_ignore_ascii_case(&plain));
        if let (Some(found), None) = (meant.next(), meant.next())
            && let Some(uri) = with_path(request.uri(), found)
        {
            let (mut parts, body) = request.into_parts();
            parts.uri = uri;
            let answered = self.routes.oneshot(Request::from_parts(parts, body)).await;
            return answered.into_response();
        }
        self.unknown(path, &plain).await
    }

    async fn unknown(&self, path: &str, plain: &str) -> Response {
        let lower = plain.to_ascii_lowercase();
        let (prefix, proof) = self
            .prefixes
            .iter()
            .find(|(prefix, _)| {
                let rest = lower.strip_prefix(prefix.as_str());
                rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
            })
            .map_or(("", Proof::DeviceId), |(prefix, proof)| (prefix.as_str(), *proof));
        // The suggestion is the nearest path below the same prefix.
        let below = |it: &&String| it.to_ascii_lowercase().starts_with(prefix);
        let lowered: Vec<_> =
            self.paths.iter().filter(below).map(|it| it.to_ascii_lowercase()).collect();
        let near = nearest(&lower, lowered.iter().map(String::as_str)).unwrap_or_default();
        let near = self.paths.iter().find(|it| it.eq_ignore_ascii_case(near));
        let near = near.map_or("", String::as_str);
        let shown: String = path.chars().take(100).collect();
        let problem = Problem::new("", ProblemCode::NotFound, shown)
            .hint(format!("最接近的地址是 {near}"), format!("the nearest address is {near}"));
        let answer = answer::with_status(404, &problem);
        if proof == Proof::AccessKey {
            return yunnan::reshape(answer).await;
        }
        answer
    }
}

/// The path without escapes, doubled slashes and a slash at the end.
fn plain(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut bytes = path.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let escaped = (byte == b'%')
            .then(|| path.get(at + 1..at + 3))
            .flatten()
            .and_then(|it| u8::from_str_radix(it, 16).ok())
            .filter(|it| it.is_ascii_alphanumeric() || *it == b'/');
        if escaped.is_some() {
            bytes.nth(1);
        }
        let it = escaped.unwrap_or(byte) as char;
        if it != '/' || !plain.ends_with('/') {
            plain.push(it);
        }
    }
    let trimmed = plain.trim_end_matches('/').len().max(1);
    plain.truncate(trimmed);
    plain
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    let query = uri.query().map(|it| format!("?{it}")).unwrap_or_default();
    parts.path_and_query = Some(format!("{path}{query}").parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_and_escapes_are_made_plain() {
        for (path, expected) in [
            ("//register", "/register"),
            ("/register/", "/register"),
            ("/enterprise//register//", "/enterprise/register"),
            ("/%72egister", "/register"),
            ("/%2Fregister", "/register"),
            ("/a%", "/a%"),
            ("/%e5%8c%96", "/%e5%8c%96"),
            ("//", "/"),
        ] {
            assert_eq!(plain(path), expected, "{path}");
        }
        let uri: Uri = "http://h/Register/?a=1".parse().unwrap();
        let to = with_path(&uri, "/register").unwrap();
        assert_eq!(to.to_string(), "http://h/register?a=1");
    }
}
