//! Checks the head of a request before routing: HTTP/1.1 must name exactly one valid host, else the answer is 400.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;

use crate::http::content::problem::ApiError;
use crate::http::terminal::answer;

pub(super) async fn check(request: Request, next: Next) -> Response {
    if host_is_right(request.version(), request.headers()) {
        return next.run(request).await;
    }
    if request.method() == Method::POST && !request.uri().path().starts_with("/api/") {
        let problem = Problem::new("Host", ProblemCode::HostInvalid, "").hint(
            "HTTP/1.1 请求须有且只有一个 Host 头",
            "a request of HTTP/1.1 has one Host header",
        );
        return answer::with_status(400, &problem);
    }
    ApiError::new(ProblemCode::HostInvalid, "Host: example.com[:8080]").into_response()
}

fn host_is_right(version: Version, headers: &HeaderMap) -> bool {
    let mut named = headers.get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(it), None) => it.to_str().is_ok_and(is_host),
        (Some(_), Some(_)) => false,
    }
}

/// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => ("v6", port),
            _ => return false,
        },
        None => match text.split_once(':') {
            Some((name, port)) => (name, &text[text.len() - port.len() - 1..]),
            None => (text, ""),
        },
    };
    let name_is_right = !name.is_empty()
        && name.len() <= 255
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it));
    let port_is_right = match port.strip_prefix(':') {
        None => port.is_empty(),
        Some(digits) => {
            digits.is_empty()
                || (digits.bytes().all(|it| it.is_ascii_digit()) && digits.parse::<u16>().is_ok())
        }
    };
    name_is_right && port_is_right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_or_addresses_with_a_port_perhaps() {
        for text in ["city.example", "127.0.0.1:8080", "[::1]:80", "[2001:db8::1]", "a_b", "x:"] {
            assert!(is_host(text), "{text}");
        }
        for text in [
            "",
            ":80",
            "a b",
            "a/b",
            "user@host",
            "a:b",
            "a:70000",
            "a:80:80",
            "::1",
            "[::1",
            "[x]",
            "[::1]x",
            "a,b",
            "a\"b",
            "城市.example",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn only_older_versions_may_leave_it_out() {
        let one = || HeaderMap::from_iter([(header::HOST, "a".parse().unwrap())]);
        let mut two = one();
        two.append(header::HOST, "a".parse().unwrap());
        assert!(host_is_right(Version::HTTP_10, &HeaderMap::new()));
        assert!(!host_is_right(Version::HTTP_11, &HeaderMap::new()));
        assert!(host_is_right(Version::HTTP_11, &one()));
        assert!(!host_is_right(Version::HTTP_11, &two));
        assert!(!host_is_right(Version::HTTP_10, &two));
    }
}
