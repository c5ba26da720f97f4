//! MySQL: by the text protocol.
use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, OptsBuilder, Value};

use crate::error::Problem;
use crate::settings::Sql;
use crate::sql::row::Row;

pub(super) async fn first_row(settings: &Sql, query: &str) -> Result<Row, (Problem, String)> {
    let options = OptsBuilder::default()
        .ip_or_hostname(&settings.host)
        .tcp_port(settings.port)
        .db_name(Some(&settings.name))
        .user(Some(&settings.user))
        .pass(settings.password.as_ref().map(|it| &it.0));
    let mut connection =
        Conn::new(options).await.map_err(|error| (Problem::Connection, error.to_string()))?;
    let refused = |error: mysql_async::Error| (Problem::Refused, error.to_string());
    connection.query_drop("SET SESSION TRANSACTION READ ONLY").await.map_err(refused)?;
    let row: Option<mysql_async::Row> = connection.query_first(query).await.map_err(refused)?;
    let row = row.ok_or_else(|| (Problem::Missing, "no row".to_owned()))?;
    let names: Vec<String> =
        row.columns_ref().iter().map(|it| it.name_str().into_owned()).collect();
    Ok(names.into_iter().zip(row.unwrap().into_iter().map(text)).collect())
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::NULL => None,
        Value::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        other => Some(other.as_sql(true).trim_matches('\'').to_owned()),
    }
}
