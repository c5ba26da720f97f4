//! SQL Server, by the protocol TDS 7.3 and later.
use tiberius::error::Error;
use tiberius::{AuthMethod, Client, Config, EncryptionLevel};
use tokio::net::TcpStream;
use tokio_util::compat::TokioAsyncWriteCompatExt as _;

use crate::error::Problem;
use crate::settings::{Sql, Tls};
use crate::sql::row::Row;
use crate::sql::sqlserver_cell::text;
use crate::tls;

/// What a query would write is undone when the connection ends, for nothing is ever committed.
const COMMITS_NOTHING: &str = "SET IMPLICIT_TRANSACTIONS ON";

pub(super) async fn first_row(settings: &Sql, query: &str) -> Result<Row, (Problem, String)> {
    let config = config(settings).map_err(|detail| (Problem::Settings, detail))?;
    let stream = TcpStream::connect((settings.host.as_str(), settings.port)).await;
    let stream = stream.map_err(|error| (Problem::Connection, error.to_string()))?;
    let connected = Client::connect(config, stream.compat_write()).await;
    let mut client = connected.map_err(|error| (problem(&error), words(&error)))?;
    let refused = |error: Error| match error {
        Error::Server(_) => (Problem::Refused, words(&error)),
        other => (Problem::Connection, words(&other)),
    };
    let begun = client.simple_query(COMMITS_NOTHING).await.map_err(refused)?;
    begun.into_results().await.map_err(refused)?;
    let answer = client.simple_query(query).await.map_err(refused)?;
    let row = answer.into_row().await.map_err(refused)?;
    let row = row.ok_or_else(|| (Problem::Missing, "no row".to_owned()))?;
    let names: Vec<String> = row.columns().iter().map(|it| it.name().to_owned()).collect();
    Ok(names.into_iter().zip(row.into_iter().map(|it| text(&it))).collect())
}

fn config(settings: &Sql) -> Result<Config, String> {
    let mut config = Config::new();
    config.host(&settings.host);
    config.port(settings.port);
    config.database(&settings.name);
    config.application_name("nengce-terminal");
    config.readonly(true);
    let password = settings.password.as_ref().map_or("", |it| it.0.as_str());
    config.authentication(AuthMethod::sql_server(&settings.user, password));
    match &settings.tls {
        None => config.encryption(EncryptionLevel::NotSupported),
        Some(tls) => secure(&mut config, tls)?,
    }
    Ok(config)
}

/// Beside the authorities of the system, which the library trusts by itself.
fn secure(config: &mut Config, settings: &Tls) -> Result<(), String> {
    tls::use_ring();
    config.encryption(EncryptionLevel::Required);
    if let Some(file) = &settings.authorities {
        let bundle = std::fs::read(file).map_err(|it| format!("{}: {it}", file.display()))?;
        config.trust_cert_ca_bundle(bundle);
    }
    if let (Some(certificate), Some(key)) = (&settings.certificate, &settings.key) {
        config.client_certificate(certificate, key);
    }
    if let Some(name) = &settings.server_name {
        config.hostname_in_certificate(name);
    }
    Ok(())
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::Tls(_) => Problem::Tls,
        // The two sides want different encryption.
        Error::Protocol(it) if it.contains("encryption") => Problem::Tls,
        _ => Problem::Connection,
    }
}

/// The server's own words without the remedies of the library, one of which is to trust every certificate.
fn words(error: &Error) -> String {
    let all = error.to_string();
    all.split(" To connect anyway you can").next().unwrap_or(&all).to_owned()
}
