//! HTTPS to other servers: no redirects, bounded in time and size, plain HTTP to this machine alone. It is small because
//! it needs neither pools nor proxies.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::Result;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{DATE, HOST, HeaderValue};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::tls::Identity;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpsError {
    /// The whole exchange took too long.
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
    /// The address is plain HTTP to another machine.
    #[error("{0} is not HTTPS")]
    NotProtected(String),
    /// The text is no address.
    #[error("{0} is no address of a server")]
    NoHost(String),
    /// The connection or its TLS failed.
    #[error("{0}")]
    Connection(#[from] std::io::Error),
    /// The other side does not speak HTTP, or broke off.
    #[error("{0}")]
    Http(#[from] hyper::Error),
    /// With the key of the bound.
    #[error("the answer is longer than {0}, or broke off: {1}")]
    Body(&'static str, String),
}

/// A client with the authorities that it trusts and its bounds.
pub struct Https {
    tls: TlsConnector,
    timeout: Duration,
    /// The key of the bound, and the bytes.
    max_answer_bytes: (&'static str, usize),
    /// The `Date` of the last answer, and when it came.
    date: Mutex<Option<(String, Instant)>>,
}

/// Whether an address may be spoken to: HTTPS, or this machine.
pub fn is_protected(address: &Uri) -> bool {
    let host = address.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_local = host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    match address.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_local,
        _ => false,
    }
}

impl Https {
    /// # Errors
    /// A file of the identity cannot be read, or does not fit.
    pub fn new(
        identity: &Identity,
        timeout: Duration,
        max_answer_bytes: (&'static str, usize),
    ) -> Result<Self> {
        let config = identity.config()?;
        let (tls, date) = (TlsConnector::from(Arc::new(config)), Mutex::default());
        Ok(Self { tls, timeout, max_answer_bytes, date })
    }

    /// Sends one request and reads the whole answer.
    ///
    /// # Errors
    /// There is no whole answer within the bounds.
    pub async fn call(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpsError> {
        let answer = tokio::time::timeout(self.timeout, self.send(request)).await;
        let answer = answer.unwrap_or(Err(HttpsError::Slow(self.timeout)))?;
        let date = answer.headers().get(DATE).and_then(|it| it.to_str().ok());
        if let (Some(date), Ok(mut known)) = (date, self.date.lock()) {
            *known = Some((date.to_owned(), Instant::now()));
        }
        Ok(answer)
    }

    /// The `Date` of the last answer as the other side wrote it, and when it came.
    pub fn date(&self) -> Option<(String, Instant)> {
        self.date.lock().ok()?.clone()
    }

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, HttpsError> {
        let address = request.uri().clone();
        let text = || address.to_string();
        if !is_protected(&address) {
            return Err(HttpsError::NotProtected(text()));
        }
        let host = address.host().ok_or_else(|| HttpsError::NoHost(text()))?;
        let host = host.trim_matches(['[', ']']);
        let is_plain = address.scheme_str() == Some("http");
        let port = address.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
        let stream = TcpStream::connect((host, port)).await?;
        stream.set_nodelay(true)?;
        if is_plain {
            return self.exchange(stream, request).await;
        }
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| HttpsError::NoHost(text()))?;
        self.exchange(self.tls.connect(name, stream).await?, request).await
    }

    async fn exchange<S>(
        &self,
        stream: S,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, HttpsError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the sender below.
        tokio::spawn(connection);
        let (mut head, body) = request.into_parts();
        if let Some(host) = head.uri.authority()
            && let Ok(host) = HeaderValue::from_str(host.as_str())
        {
            head.headers.insert(HOST, host);
        }
        head.uri = head.uri.path_and_query().cloned().map(Into::into).unwrap_or_default();
        let request = Request::from_parts(head, Full::new(Bytes::from(body)));
        let (head, body) = sender.send_request(request).await?.into_parts();
        let (key, most) = self.max_answer_bytes;
        let body = Limited::new(body, most).collect().await;
        let body = body.map_err(|it| HttpsError::Body(key, it.to_string()))?.to_bytes().to_vec();
        Ok(Response::from_parts(head, body))
    }
}
