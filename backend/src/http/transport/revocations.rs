//! Certificates of clients that were revoked, by the list that `tls_client_revocations` names. A changed list is in force from
//! the next handshake and the next request on.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use tokio_rustls::rustls::client::danger::HandshakeSignatureValid;
use tokio_rustls::rustls::pki_types::{CertificateDer, UnixTime};
use tokio_rustls::rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme,
};
use x509_parser::pem::Pem;
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate};

use crate::config::Config;

/// Issuer and serial number, as they stand in the certificate.
type Revoked = HashSet<(Vec<u8>, Vec<u8>)>;

/// What tells one version of a file from another: it is replaced by renaming.
type Version = (u64, i64, i64, u64);

/// The list, as it was last read.
#[derive(Debug)]
pub(super) struct Revocations {
    file: PathBuf,
    known: Mutex<(Version, Revoked)>,
}

impl Revocations {
    /// `None` where the configuration names no list.
    pub(super) fn of(config: &Config) -> Result<Option<Arc<Self>>> {
        let file = config.tls_client_revocations.clone();
        if file.as_os_str().is_empty() {
            return Ok(None);
        }
        let known = version(&file).and_then(|it| Ok((it, read(&file)?)));
        let known = known.with_context(|| format!("tls_client_revocations: {}", file.display()))?;
        Ok(Some(Arc::new(Self { file, known: Mutex::new(known) })))
    }

    /// Whether a certificate is on the list. A list that cannot be read leaves the one before in force.
    pub(super) fn holds(&self, certificate: &[u8]) -> bool {
        let Ok((_, it)) = X509Certificate::from_der(certificate) else {
            return true;
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match version(&self.file) {
            Ok(now) if now == known.0 => {}
            Ok(now) => match read(&self.file) {
                Ok(revoked) => {
                    tracing::info!(count = revoked.len(), "revoked certificates were read anew");
                    *known = (now, revoked);
                }
                Err(error) => tracing::error!(%error, "tls_client_revocations cannot be read"),
            },
            Err(error) => tracing::error!(%error, "tls_client_revocations cannot be read"),
        }
        let issuer = it.tbs_certificate.issuer.as_raw().to_vec();
        known.1.contains(&(issuer, it.raw_serial().to_vec()))
    }
}

fn version(file: &Path) -> Result<Version> {
    let about = std::fs::metadata(file)?;
    Ok((about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}

/// Lists of one or several authorities, one after the other.
fn read(file: &Path) -> Result<Revoked> {
    let text = std::fs::read(file)?;
    let mut found = Revoked::new();
    for pem in Pem::iter_from_buffer(&text) {
        let pem = pem?;
        let (_, list) = CertificateRevocationList::from_der(&pem.contents)?;
        let issuer = list.issuer().as_raw().to_vec();
        let serials = list.iter_revoked_certificates().map(|it| it.raw_serial().to_vec());
        found.extend(serials.map(|it| (issuer.clone(), it)));
    }
    Ok(found)
}

/// Accepts what another verifier accepts and the list does not hold.
#[derive(Debug)]
pub(super) struct NotRevoked {
    pub(super) inner: Arc<dyn ClientCertVerifier>,
    pub(super) revocations: Arc<Revocations>,
}

impl ClientCertVerifier for NotRevoked {
    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let verified = self.inner.verify_client_cert(end_entity, intermediates, now)?;
        match self.revocations.holds(end_entity) {
            true => Err(Error::InvalidCertificate(CertificateError::Revoked)),
            false => Ok(verified),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
