//! The HTTP client for other servers, such as a sign-in provider: HTTPS off this machine, no redirects, bounded in time
//! and size. It is small because it needs neither pools nor proxies, and uses the TLS that the server speaks anyway.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue};
use hyper_util::rt::TokioIo;
use openidconnect::url::Url;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::config::oidc::is_protected;

/// Where systems keep the certificates of the authorities that they trust (Debian, Red Hat).
const SYSTEM_AUTHORITIES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpsError {
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
    #[error("{0} is not HTTPS")]
    NotProtected(String),
    #[error("{0} is no address of a server")]
    NoHost(String),
    #[error("{0}")]
    Connection(#[from] std::io::Error),
    #[error("{0}")]
    Http(#[from] hyper::Error),
    #[error("the answer is longer than {0}, or broke off: {1}")]
    Body(&'static str, String),
}

/// A client with the authorities that it trusts and its bounds.
pub(crate) struct Https {
    tls: TlsConnector,
    timeout: Duration,
    /// The key of the bound, and the bytes.
    max_answer_bytes: (&'static str, usize),
}

impl Https {
    /// `authorities`: a PEM file beside those of the system, or an empty path, with its key of the configuration.
    pub(crate) fn new(
        authorities: (&str, &Path),
        timeout: Duration,
        max_answer_bytes: (&'static str, usize),
    ) -> Result<Self> {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?;
        let config = builder.with_root_certificates(roots(authorities)?).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), timeout, max_answer_bytes })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpsError> {
        let text = request.uri().to_string();
        let address = Url::parse(&text).map_err(|_| HttpsError::NoHost(text.clone()))?;
        if !is_protected(&address) {
            return Err(HttpsError::NotProtected(text));
        }
        let (Some(host), Some(port)) = (address.host_str(), address.port_or_known_default()) else {
            return Err(HttpsError::NoHost(text));
        };
        let host = host.trim_matches(['[', ']']);
        let stream = TcpStream::connect((host, port)).await?;
        if address.scheme() == "http" {
            return self.exchange(stream, request).await;
        }
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| HttpsError::NoHost(text.clone()))?;
        self.exchange(self.tls.connect(name, stream).await?, request).await
    }

    async fn exchange<S>(&self, stream: S, request: HttpRequest) -> Result<HttpResponse, HttpsError>
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
        let request = hyper::Request::from_parts(head, Full::new(Bytes::from(body)));
        let (head, body) = sender.send_request(request).await?.into_parts();
        let (key, most) = self.max_answer_bytes;
        let body = Limited::new(body, most).collect().await;
        let body = body.map_err(|it| HttpsError::Body(key, it.to_string()))?.to_bytes().to_vec();
        Ok(hyper::Response::from_parts(head, body))
    }
}

impl<'c> AsyncHttpClient<'c> for Https {
    type Error = HttpsError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpsError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = tokio::time::timeout(self.timeout, self.send(request)).await;
            answer.unwrap_or(Err(HttpsError::Slow(self.timeout)))
        })
    }
}

/// The authorities of the system, and those of a file.
fn roots((key, authorities): (&str, &Path)) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let system = SYSTEM_AUTHORITIES.iter().map(Path::new).find(|it| it.is_file());
    if let Some(file) = system
        && let Ok(certificates) = CertificateDer::pem_file_iter(file)
    {
        // Certificates of the system that this TLS cannot read are left out.
        roots.add_parsable_certificates(certificates.flatten());
    }
    if authorities.as_os_str().is_empty() {
        return Ok(roots);
    }
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
