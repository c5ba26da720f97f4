//! TLS of the server: its own certificate, what the certificate of a client says, and why a handshake failed.

use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nengce_messages::profile::anhui::Certificate;
use nengce_shared::api::connection_failure::ConnectionFailureReason;
use parking_lot::RwLock;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::server::danger::ClientCertVerifier;
use tokio_rustls::rustls::{
    AlertDescription, Error as TlsError, PeerIncompatible, RootCertStore, ServerConfig,
};
use tokio_rustls::server::TlsStream;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::client_hello::{self, ClientHello};
use super::revocations::{NotRevoked, Revocations};
use crate::config::Config;

/// TLS of one listener. Its certificates are replaced while it serves; open connections keep what they began with.
#[derive(Clone)]
pub struct Tls(Arc<Listener>);

struct Listener {
    acceptor: RwLock<TlsAcceptor>,
    mutual: bool,
    revocations: Option<Arc<Revocations>>,
}

impl Tls {
    /// `None` where the configuration names no certificate; `mutual` asks every client for one of its own.
    pub fn of(config: &Config, mutual: bool) -> Result<Option<Self>> {
        if !config.speaks_tls() {
            return Ok(None);
        }
        let acceptor = RwLock::new(acceptor(config, mutual)?);
        let revocations = if mutual { Revocations::of(config)? } else { None };
        Ok(Some(Self(Arc::new(Listener { acceptor, mutual, revocations }))))
    }

    /// Reads the files of the configuration again; what was in use stays so if they are no good.
    pub fn renew(&self, config: &Config) -> Result<()> {
        *self.0.acceptor.write() = acceptor(config, self.0.mutual)?;
        Ok(())
    }

    /// The connection, and who opened it where that was asked.
    pub async fn accept(&self, stream: TcpStream, timeout: Duration) -> Opening {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let acceptor = self.0.acceptor.read().clone();
        let handshake = acceptor.accept(Recorded { stream, seen: Some(Arc::clone(&seen)) });
        let accepted = tokio::time::timeout(timeout, handshake).await;
        if let Ok(Ok(mut stream)) = accepted {
            stream.get_mut().0.seen = None;
            let shown = stream.get_ref().1.peer_certificates();
            let shown = shown.and_then(|it| it.first()).map(|it| it.clone().into_owned());
            let certificate = shown.as_ref().and_then(|it| certificate(it));
            let revocable = shown.zip(self.0.revocations.clone());
            let revocable = revocable.map(|(der, revocations)| Revocable { der, revocations });
            return Opening::Open(Box::new(stream), certificate.map(Arc::new), revocable);
        }
        let seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        if seen.is_empty() {
            return Opening::Nothing;
        }
        let offered = client_hello::read(&seen);
        let reason = match accepted {
            Ok(Err(error)) => reason(&error, &seen, offered.as_ref()),
            _ => ConnectionFailureReason::TimedOut,
        };
        Opening::Failed(reason, offered)
    }
}

fn acceptor(config: &Config, mutual: bool) -> Result<TlsAcceptor> {
    let chain = certificates("tls_certificate", &config.tls_certificate)?;
    let key = PrivateKeyDer::from_pem_file(&config.tls_key)
        .with_context(|| format!("tls_key: {} holds no private key", config.tls_key.display()))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    let builder = if mutual {
        builder.with_client_cert_verifier(verifier(config)?)
    } else {
        builder.with_no_client_auth()
    };
    let mut server = builder
        .with_single_cert(chain, key)
        .context("tls_certificate and tls_key do not belong together")?;
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(server)))
}

/// What came of a connection.
pub enum Opening {
    Open(Box<TlsStream<Recorded>>, Option<Arc<Certificate>>, Option<Revocable>),
    Failed(ConnectionFailureReason, Option<ClientHello>),
    /// Closed without a byte, as probes of a port do.
    Nothing,
}

/// A certificate whose connection stays open while it may be revoked.
#[derive(Clone)]
pub struct Revocable {
    der: CertificateDer<'static>,
    revocations: Arc<Revocations>,
}

impl Revocable {
    pub fn is_revoked(&self) -> bool {
        self.revocations.holds(&self.der)
    }
}

/// Bytes of a hello that are looked at.
const SEEN_BYTES: usize = 2_048;

/// A stream that keeps its first bytes until the handshake is over.
pub struct Recorded {
    stream: TcpStream,
    seen: Option<Arc<Mutex<Vec<u8>>>>,
}

impl AsyncRead for Recorded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(seen) = &self.seen {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let new = &buffer.filled()[before..];
            let room = SEEN_BYTES.saturating_sub(seen.len());
            seen.extend_from_slice(&new[..new.len().min(room)]);
        }
        polled
    }
}

impl AsyncWrite for Recorded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Why a handshake failed, from what the client offered and what rustls says.
fn reason(
    error: &std::io::Error,
    seen: &[u8],
    offered: Option<&ClientHello>,
) -> ConnectionFailureReason {
    use ConnectionFailureReason as R;
    let Some(offered) = offered else {
        let is_hello = seen.first() == Some(&0x16);
        return match () {
            () if client_hello::is_http(seen) => R::PlainHttpOnTls,
            () if is_hello => R::BrokenOff,
            () => R::NotTls,
        };
    };
    if offered.is_too_old() {
        return R::TlsVersionTooOld;
    }
    let cause = error.get_ref().and_then(|it| it.downcast_ref::<TlsError>());
    match cause {
        Some(TlsError::NoCertificatesPresented) => R::ClientCertificateMissing,
        Some(TlsError::InvalidCertificate(_)) => R::ClientCertificateRefused,
        Some(TlsError::PeerIncompatible(it)) => match it {
            PeerIncompatible::NoCipherSuitesInCommon => R::NoSharedCipher,
            PeerIncompatible::NoKxGroupsInCommon
            | PeerIncompatible::NamedGroupsExtensionRequired
            | PeerIncompatible::NoEcPointFormatsInCommon
            | PeerIncompatible::EcPointsExtensionRequired
            | PeerIncompatible::UncompressedEcPointsRequired
            | PeerIncompatible::NoSignatureSchemesInCommon
            | PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon
            | PeerIncompatible::SignatureAlgorithmsExtensionRequired => R::NoSharedSignature,
            PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled
            | PeerIncompatible::SupportedVersionsExtensionRequired => R::TlsVersionTooOld,
            _ => R::BrokenOff,
        },
        Some(TlsError::AlertReceived(
            AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA,
        )) => R::ServerCertificateRefused,
        _ => R::BrokenOff,
    }
}

/// Asks whether the authorities of the configuration issued the certificates that a proxy passes on.
pub struct Verifier(Arc<dyn ClientCertVerifier>);

impl Verifier {
    pub fn of(config: &Config) -> Result<Option<Self>> {
        if config.tls_client_authorities.as_os_str().is_empty() {
            return Ok(None);
        }
        Ok(Some(Self(verifier(config)?)))
    }

    pub fn issued(&self, certificate: &CertificateDer<'_>) -> bool {
        let now = UnixTime::now();
        self.0.verify_client_cert(certificate, &[], now).is_ok()
    }
}

fn verifier(config: &Config) -> Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    for it in certificates("tls_client_authorities", &config.tls_client_authorities)? {
        roots.add(it).context("tls_client_authorities: a certificate is no authority")?;
    }
    let provider = Arc::new(ring::default_provider());
    let inner = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
    Ok(match Revocations::of(config)? {
        Some(revocations) => Arc::new(NotRevoked { inner, revocations }),
        None => inner,
    })
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

/// What a certificate says about its holder.
pub fn certificate(der: &[u8]) -> Option<Certificate> {
    let (_, it) = X509Certificate::from_der(der).ok()?;
    let mut names: Vec<String> = it
        .subject()
        .iter_attributes()
        .filter_map(|it| it.as_str().ok())
        .map(str::to_owned)
        .collect();
    if let Ok(Some(alternative)) = it.subject_alternative_name() {
        names.extend(alternative.value.general_names.iter().filter_map(|it| match it {
            GeneralName::DNSName(text) | GeneralName::URI(text) | GeneralName::RFC822Name(text) => {
                Some((*text).to_owned())
            }
            _ => None,
        }));
    }
    Some(Certificate { fingerprint: const_hex::encode(Sha256::digest(der)), names })
}
