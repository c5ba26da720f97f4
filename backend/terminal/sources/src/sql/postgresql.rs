//! PostgreSQL: by the simple protocol, whose values are texts in any type.
use tokio_postgres::{Config, NoTls, SimpleQueryMessage};

use crate::error::Problem;
use crate::settings::Sql;
use crate::sql::row::Row;

pub(super) async fn first_row(settings: &Sql, query: &str) -> Result<Row, (Problem, String)> {
    let mut config = Config::new();
    config
        .host(&settings.host)
        .port(settings.port)
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
    let (client, connection) =
        config.connect(NoTls).await.map_err(|error| (Problem::Connection, words(&error)))?;
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

/// With the server's own words, which the error itself leaves out.
fn words(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string)
}
