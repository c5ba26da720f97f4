//! TLS to servers of sources: their certificates are verified against the authorities of the system and those that the
//! settings name beside them.
use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use crate::error::Problem;
use crate::settings::Tls;

/// Where systems keep the certificates of the authorities that they trust (Debian, Red Hat).
const SYSTEM_AUTHORITIES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];

/// TLS to one server.
#[derive(Clone)]
pub(crate) struct Security {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl fmt::Debug for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Security").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Security {
    /// Reads the files of the settings; `host` is the name in the certificate where they give none.
    pub(crate) fn new(settings: &Tls, host: &str) -> Result<Self, String> {
        let roots = authorities(settings.authorities.as_deref())?.1;
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots);
        let config = match (&settings.certificate, &settings.key) {
            (None, None) => builder.with_no_client_auth(),
            (Some(certificate), Some(key)) => {
                let chain = certificates(certificate)?;
                let secret = PrivateKeyDer::from_pem_file(key)
                    .map_err(|error| format!("key {}: {error}", key.display()))?;
                builder
                    .with_client_auth_cert(chain, secret)
                    .map_err(|error| format!("{}: {error}", certificate.display()))?
            }
            _ => return Err("certificate and key go together".to_owned()),
        };
        let name = settings.server_name.as_deref().unwrap_or(host).trim_matches(['[', ']']);
        let name = ServerName::try_from(name.to_owned()).map_err(|it| format!("{name}: {it}"))?;
        let connector = TlsConnector::from(Arc::new(config));
        Ok(Self { connector, name })
    }

    /// Makes a connection secure, or fails.
    pub(crate) async fn over(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let secure = self.connector.connect(self.name.clone(), stream).await;
        secure
            .map_err(|error| if problem(&error) == Problem::Tls { error } else { refused(&error) })
    }
}

/// The authorities of the system, and those of a file beside them: their certificates, and a store of them.
pub(crate) fn authorities(
    file: Option<&Path>,
) -> Result<(Vec<CertificateDer<'static>>, RootCertStore), String> {
    let (mut kept, mut roots) = (Vec::new(), RootCertStore::empty());
    let system = SYSTEM_AUTHORITIES.iter().map(Path::new).find(|it| it.is_file());
    // Certificates of the system that this TLS cannot read are left out.
    for certificate in system.and_then(|it| certificates(it).ok()).into_iter().flatten() {
        if roots.add(certificate.clone()).is_ok() {
            kept.push(certificate);
        }
    }
    if let Some(file) = file {
        for certificate in certificates(file)? {
            let added = roots.add(certificate.clone());
            added.map_err(|error| format!("authorities {}: {error}", file.display()))?;
            kept.push(certificate);
        }
    }
    Ok((kept, roots))
}

/// The certificates of a PEM file, of which there is at least one.
fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read {
        Ok(them) if them.is_empty() => Err(format!("{} holds no certificate", file.display())),
        Ok(them) => Ok(them),
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

/// For libraries that make their own TLS by what the process has chosen.
#[cfg(any(feature = "mysql", feature = "sqlserver"))]
pub(crate) fn use_ring() {
    // Where another part of the process has chosen already, that stays.
    let _is_first = ring::default_provider().install_default().is_ok();
}

/// A connection that ended before it was secure, as that of a server without TLS does.
#[derive(Debug)]
struct Handshake(String);

impl fmt::Display for Handshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLS handshake: {}", self.0)
    }
}

impl Error for Handshake {}

/// Of a server that does not speak TLS, though the settings want it.
pub(crate) fn refused(why: &(impl fmt::Display + ?Sized)) -> io::Error {
    io::Error::other(Handshake(why.to_string()))
}

/// Whether a connection failed by its TLS, such as an unknown authority.
pub(crate) fn problem(error: &(dyn Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(it) = cause {
        let inner = it.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let within = inner.map_or(it, |inner| inner as &(dyn Error + 'static));
        if within.is::<rustls::Error>() || within.is::<Handshake>() {
            return Problem::Tls;
        }
        cause = within.source();
    }
    Problem::Connection
}
