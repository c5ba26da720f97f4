//! The client's certificate where TLS ends in front: a trusted proxy passes it in a header as escaped PEM; the header
//! is ignored from anyone else. The proxy has verified the key. If the configuration names authorities, one of them
//! must have issued the certificate.

use std::sync::Arc;

use anyhow::{Context, Result};
use axum::extract::{Request, State};
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;
use nengce_messages::profile::anhui::Certificate;
use percent_encoding::percent_decode;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use super::client_address::Proxies;
use super::tls::{self, Verifier};
use crate::config::Config;

pub struct ForwardedCertificate {
    header: HeaderName,
    proxies: Arc<Proxies>,
    verifier: Option<Verifier>,
}

impl ForwardedCertificate {
    /// `None` where no proxy passes certificates on.
    pub fn of(config: &Config, proxies: &Arc<Proxies>) -> Result<Option<Arc<Self>>> {
        if !config.is_told_certificates() {
            return Ok(None);
        }
        let header = config.client_certificate_header.parse().with_context(|| {
            format!(
                "client_certificate_header: {} is not the name of a header",
                config.client_certificate_header
            )
        })?;
        Ok(Some(Arc::new(Self {
            header,
            proxies: Arc::clone(proxies),
            verifier: Verifier::of(config)?,
        })))
    }

    fn certificate(&self, request: &Request) -> Option<Certificate> {
        let mut values = request.headers().get_all(&self.header).iter();
        let (value, None) = (values.next()?, values.next()) else {
            return None;
        };
        let pem = unescaped(value.as_bytes());
        let der = CertificateDer::from_pem_slice(&pem).ok()?;
        if let Some(it) = &self.verifier
            && !it.issued(&der)
        {
            tracing::info!(
                "a proxy forwarded on a certificate that no authority of tls_client_authorities issued"
            );
            return None;
        }
        tls::certificate(&der)
    }
}

pub async fn read(
    State(forwarded): State<Arc<ForwardedCertificate>>,
    mut request: Request,
    next: Next,
) -> Response {
    if forwarded.proxies.sent(request.extensions())
        && let Some(it) = forwarded.certificate(&request)
    {
        request.extensions_mut().insert(Arc::new(it));
    }
    request.headers_mut().remove(&forwarded.header);
    next.run(request).await
}

/// `%0A` and its like as their bytes.
fn unescaped(text: &[u8]) -> Vec<u8> {
    percent_decode(text).collect()
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_undone_and_nothing_else() {
        assert_eq!(unescaped(b"-----BEGIN%20X-----%0Aa+b/c%3D"), b"-----BEGIN X-----\na+b/c=");
        assert_eq!(unescaped(b"100%"), b"100%");
        assert_eq!(unescaped(b"%zz%4"), b"%zz%4");
    }
}
