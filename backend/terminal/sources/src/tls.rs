//! TLS to servers of sources: their certificates are verified against the authorities of the system and those that the
//! settings name beside them.
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use nengce_client::tls::Identity;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls;
#[cfg(any(feature = "mysql", feature = "sqlserver"))]
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::error::Problem;
use crate::settings::Tls;

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
        let config = identity(settings)?.config().map_err(|error| format!("{error:#}"))?;
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

/// The files of the settings.
pub(crate) fn identity(settings: &Tls) -> Result<Identity, String> {
    let certificate = match (&settings.certificate, &settings.key) {
        (Some(certificate), Some(key)) => Some((certificate.clone(), key.clone())),
        (None, None) => None,
        _ => return Err("certificate and key go together".to_owned()),
    };
    let authorities = settings.authorities.clone().map(|it| ("authorities".to_owned(), it));
    Ok(Identity { authorities, certificate })
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
