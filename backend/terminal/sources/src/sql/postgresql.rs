//! PostgreSQL: by the simple protocol, whose values are texts in any type.
use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls, SimpleQueryMessage};

use crate::error::Problem;
use crate::line::tap::Wire;
use crate::settings::Sql;
use crate::sql::row::Row;
use crate::tls::{self, Security};

/// Length and code of the request for TLS, which comes before everything else.
const ASKS_FOR_TLS: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

pub(super) async fn first_row(
    settings: &Sql,
    security: Option<&Security>,
    query: &str,
) -> Result<Row, (Problem, String)> {
    let mut config = Config::new();
    config
        // Of a wire that is secure already, where it is to be.
        .ssl_mode(SslMode::Disable)
        .dbname(&settings.name)
        .user(&settings.user)
        .application_name("nengce-terminal")
        // A wrong query changes nothing, and ends with its time.
        .options(format!(
            "-c default_transaction_read_only=on -c statement_timeout={}",
            settings.timeout_ms
        ));
    if let Some(password) = &settings.password {
        config.password(&password.0);
    }
    let wire = connect(settings, security).await;
    let wire = wire.map_err(|error| (tls::problem(&error), error.to_string()))?;
    let connected = config.connect_raw(wire, NoTls).await;
    let (client, connection) = connected.map_err(|error| (tls::problem(&error), words(&error)))?;
    let driver = tokio::spawn(connection);
    let answer = client.simple_query(query).await;
    driver.abort();
    let messages = answer.map_err(|error| (Problem::Refused, words(&error)))?;
    let row = messages.iter().find_map(|it| match it {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let row = row.ok_or_else(|| (Problem::Missing, "no row".to_owned()))?;
    let cells = row.columns().iter().enumerate();
    Ok(cells.map(|(at, it)| (it.name().to_owned(), row.get(at).map(str::to_owned))).collect())
}

/// Plain, or secure before anything is said.
async fn connect(settings: &Sql, security: Option<&Security>) -> io::Result<Box<dyn Wire>> {
    let mut stream = TcpStream::connect((settings.host.as_str(), settings.port)).await?;
    stream.set_nodelay(true)?;
    let Some(security) = security else { return Ok(Box::new(stream)) };
    stream.write_all(&ASKS_FOR_TLS).await?;
    match stream.read_u8().await? {
        b'S' => Ok(Box::new(security.over(stream).await?)),
        _ => Err(tls::refused("the server has no TLS")),
    }
}

/// With the server's own words, which the error itself leaves out.
fn words(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string)
}
