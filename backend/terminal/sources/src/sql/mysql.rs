//! MySQL: by the text protocol.
use mysql_async::prelude::Queryable as _;
use mysql_async::{ClientIdentity, Conn, OptsBuilder, SslOpts, Value};

use crate::error::Problem;
use crate::settings::{Sql, Tls};
use crate::sql::row::Row;
use crate::tls;

pub(super) async fn first_row(settings: &Sql, query: &str) -> Result<Row, (Problem, String)> {
    let security = settings.tls.as_ref().map(security).transpose();
    let options = OptsBuilder::default()
        // As the settings say, not over a socket of this machine that the server names.
        .prefer_socket(false)
        .ssl_opts(security.map_err(|detail| (Problem::Settings, detail))?)
        .ip_or_hostname(&settings.host)
        .tcp_port(settings.port)
        .db_name(Some(&settings.name))
        .user(Some(&settings.user))
        .pass(settings.password.as_ref().map(|it| &it.0));
    let connected = Conn::new(options).await;
    let mut connection = connected.map_err(|error| (problem(&error), error.to_string()))?;
    let refused = |error: mysql_async::Error| (Problem::Refused, error.to_string());
    connection.query_drop("SET SESSION TRANSACTION READ ONLY").await.map_err(refused)?;
    let row: Option<mysql_async::Row> = connection.query_first(query).await.map_err(refused)?;
    connection.disconnect().await.map_err(refused)?;
    let row = row.ok_or_else(|| (Problem::Missing, "no row".to_owned()))?;
    let names: Vec<String> =
        row.columns_ref().iter().map(|it| it.name_str().into_owned()).collect();
    Ok(names.into_iter().zip(row.unwrap().into_iter().map(text)).collect())
}

/// The authorities of the system and of the settings; the library would add its own.
fn security(settings: &Tls) -> Result<SslOpts, String> {
    tls::use_ring();
    let files = tls::identity(settings)?;
    let (trusted, _) = files.trusted().map_err(|error| format!("{error:#}"))?;
    let trusted = trusted.iter().map(|it| it.to_vec().into()).collect();
    let options = SslOpts::default().with_root_certs(trusted).with_disable_built_in_roots(true);
    let identity = files
        .certificate
        .map(|(certificate, key)| ClientIdentity::new(certificate.into(), key.into()));
    // The name that is verified instead of the host.
    Ok(options
        .with_client_identity(identity)
        .with_danger_tls_hostname_override(settings.server_name.clone()))
}

fn problem(error: &mysql_async::Error) -> Problem {
    use mysql_async::{DriverError, Error, IoError};
    match error {
        Error::Io(IoError::Tls(_)) | Error::Driver(DriverError::NoClientSslFlagFromServer) => {
            Problem::Tls
        }
        other => tls::problem(other),
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        other => Some(other.as_sql(true).trim_matches('\'').to_owned()),
    }
}
