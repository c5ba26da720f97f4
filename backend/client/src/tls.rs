//! Whom a client of TLS trusts and who it is, by PEM files of its configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Where systems keep the certificates of the authorities that they trust (Debian, Red Hat).
const SYSTEM_AUTHORITIES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// What the client trusts and who it is.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// A PEM file of authorities beside those of the system, with its key of the configuration.
    pub authorities: Option<(String, PathBuf)>,
    /// The PEM files of the client's certificate and key.
    pub certificate: Option<(PathBuf, PathBuf)>,
}

impl Identity {
    /// TLS that verifies every server and shows the client's certificate, where there is one.
    ///
    /// # Errors
    /// A file cannot be read, or does not fit.
    pub fn config(&self) -> Result<ClientConfig> {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(self.trusted()?.1);
        let Some((certificate, key)) = &self.certificate else {
            return Ok(builder.with_no_client_auth());
        };
        let chain = certificates(certificate)?;
        let secret =
            PrivateKeyDer::from_pem_file(key).with_context(|| format!("{}", key.display()))?;
        let what = || format!("{}", certificate.display());
        builder.with_client_auth_cert(chain, secret).with_context(what)
    }

    /// The authorities of the system, and those of the file beside them: their certificates, and a store of them.
    ///
    /// # Errors
    /// The file cannot be read, or holds no certificate of an authority.
    pub fn trusted(&self) -> Result<(Vec<CertificateDer<'static>>, RootCertStore)> {
        let (mut kept, mut roots) = (Vec::new(), RootCertStore::empty());
        let system = SYSTEM_AUTHORITIES.iter().map(Path::new).find(|it| it.is_file());
        let of_system = system.and_then(|it| CertificateDer::pem_file_iter(it).ok());
        // Certificates of the system that this TLS cannot read are left out.
        for certificate in of_system.into_iter().flatten().flatten() {
            if roots.add(certificate.clone()).is_ok() {
                kept.push(certificate);
            }
        }
        if let Some((name, file)) = &self.authorities {
            for certificate in certificates(file).with_context(|| name.clone())? {
                let what = || format!("{name}: {}", file.display());
                roots.add(certificate.clone()).with_context(what)?;
                kept.push(certificate);
            }
        }
        Ok((kept, roots))
    }
}

/// The certificates of a PEM file, of which there is at least one.
fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let what = || format!("{}", file.display());
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).with_context(what)?.collect();
    let found = read.with_context(what)?;
    if found.is_empty() {
        bail!("{} holds no certificate", what());
    }
    Ok(found)
}
