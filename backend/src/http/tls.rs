//! TLS of the server: its own certificate, and what the certificate of a client says.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use nengce_core::ingest::profile::anhui::Certificate;
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::tokens::hex;
use crate::config::Config;

#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl Tls {
    /// `None` where the configuration names no certificate; `mutual` asks every client for one of its own.
    pub fn of(config: &Config, mutual: bool) -> Result<Option<Self>> {
        if !config.speaks_tls() {
            return Ok(None);
        }
        let provider = Arc::new(ring::default_provider());
        let chain = certificates("tls_certificate", &config.tls_certificate)?;
        let key = PrivateKeyDer::from_pem_file(&config.tls_key).with_context(|| {
            format!("tls_key: {} holds no private key", config.tls_key.display())
        })?;
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let builder = if mutual {
            let mut roots = RootCertStore::empty();
            for it in certificates("tls_client_authorities", &config.tls_client_authorities)? {
                roots
                    .add(it)
                    .context("tls_client_authorities: a certificate is no authority")?;
            }
            let verifier =
                WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        let mut server = builder
            .with_single_cert(chain, key)
            .context("tls_certificate and tls_key do not belong together")?;
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Some(Self(TlsAcceptor::from(Arc::new(server)))))
    }

    /// The connection, and who opened it where that was asked.
    pub async fn accept(
        &self,
        stream: TcpStream,
    ) -> std::io::Result<(TlsStream<TcpStream>, Option<Arc<Certificate>>)> {
        let stream = self.0.accept(stream).await?;
        let certificate = stream
            .get_ref()
            .1
            .peer_certificates()
            .and_then(|it| it.first())
            .and_then(|it| certificate(it));
        Ok((stream, certificate.map(Arc::new)))
    }
}

fn certificates(key: &str, file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .with_context(|| format!("{key}: {} cannot be read as PEM", file.display()))?;
    if found.is_empty() {
        bail!("{key}: {} holds no certificate", file.display());
    }
    Ok(found)
}

fn certificate(der: &[u8]) -> Option<Certificate> {
    let (_, it) = X509Certificate::from_der(der).ok()?;
    let mut names: Vec<String> = it
        .subject()
        .iter_attributes()
        .filter_map(|it| it.as_str().ok())
        .map(str::to_owned)
        .collect();
    if let Ok(Some(alternative)) = it.subject_alternative_name() {
        names.extend(
            alternative
                .value
                .general_names
                .iter()
                .filter_map(|it| match it {
                    GeneralName::DNSName(text)
                    | GeneralName::URI(text)
                    | GeneralName::RFC822Name(text) => Some((*text).to_owned()),
                    _ => None,
                }),
        );
    }
    Some(Certificate {
        fingerprint: hex(&Sha256::digest(der)),
        names,
    })
}
