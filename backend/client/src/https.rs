//! HTTPS to other servers: no redirects, bounded in time and size, plain HTTP to this machine alone. It is small because
//! it needs neither pools nor proxies.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{DATE, HOST, HeaderValue};
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Where systems keep the certificates of the authorities that they trust (Debian, Red Hat).
const SYSTEM_AUTHORITIES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

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

/// What the client trusts and who it is.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// A PEM file of authorities beside those of the system, with its key of the configuration.
    pub authorities: Option<(String, PathBuf)>,
    /// The PEM files of the client's certificate and key.
    pub certificate: Option<(PathBuf, PathBuf)>,
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
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots(identity.authorities.as_ref())?);
        let config = match &identity.certificate {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => {
                let what = || format!("{}", certificate.display());
                let chain: Result<Vec<_>, _> =
                    CertificateDer::pem_file_iter(certificate).with_context(what)?.collect();
                let key = PrivateKeyDer::from_pem_file(key)
                    .with_context(|| format!("{}", key.display()))?;
                builder.with_client_auth_cert(chain.with_context(what)?, key).with_context(what)?
            }
        };
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

/// The authorities of the system, and those of a file.
fn roots(more: Option<&(String, PathBuf)>) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let system = SYSTEM_AUTHORITIES.iter().map(Path::new).find(|it| it.is_file());
    if let Some(file) = system
        && let Ok(certificates) = CertificateDer::pem_file_iter(file)
    {
        // Certificates of the system that this TLS cannot read are left out.
        roots.add_parsable_certificates(certificates.flatten());
    }
    let Some((key, authorities)) = more else {
        return Ok(roots);
    };
    let what = || format!("{key}: {}", authorities.display());
    let before = roots.len();
    for certificate in CertificateDer::pem_file_iter(authorities).with_context(what)? {
        roots.add(certificate.with_context(what)?).with_context(what)?;
    }
    if roots.len() == before {
        bail!("{} holds no certificate", what());
    }
    Ok(roots)
}
