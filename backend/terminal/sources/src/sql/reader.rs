//! Runs each named query once in a round, within its time.
use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::timeout;

use crate::error::{Problem, SourceError};
use crate::measured::Measured;
use crate::settings::{Database, Sql};
use crate::sql::address::Address;
use crate::sql::row::{Row, measured};
use crate::tls::Security;

/// A database.
#[derive(Debug)]
pub(crate) struct Reader {
    settings: Sql,
    security: Option<Security>,
}

type Failed = (Problem, String);

impl Reader {
    /// Refused where the database is not compiled in.
    pub(crate) fn new(settings: Sql) -> Result<Self, SourceError> {
        let is_here = match settings.database {
            Database::Postgresql => cfg!(feature = "postgresql"),
            Database::Mysql => cfg!(feature = "mysql"),
            Database::Sqlserver => cfg!(feature = "sqlserver"),
        };
        if !is_here {
            let detail = format!("{:?}", settings.database).to_lowercase();
            return Err(SourceError::new(Problem::NotCompiled, &settings.host, detail));
        }
        let security = settings.tls.as_ref().map(|it| Security::new(it, &settings.host));
        let security = security
            .transpose()
            .map_err(|detail| SourceError::new(Problem::Settings, &settings.host, detail))?;
        Ok(Self { settings, security })
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let mut rows: BTreeMap<String, Result<Row, Failed>> = BTreeMap::new();
        let mut answers = Vec::with_capacity(addresses.len());
        for text in addresses {
            let address = match Address::parse(text) {
                Ok(it) => it,
                Err(error) => {
                    answers.push(Err(SourceError::new(Problem::Address, text, error)));
                    continue;
                }
            };
            if !rows.contains_key(&address.query) {
                let row = self.first_row(&address.query).await;
                rows.insert(address.query.clone(), row);
            }
            let offset = self.settings.utc_offset_minutes;
            let answer = match &rows[&address.query] {
                Ok(row) => measured(row, &address, offset),
                Err(failed) => Err(failed.clone()),
            };
            let place = || format!("{}:{} {text}", self.settings.host, self.settings.port);
            answers.push(
                answer.map_err(|(problem, detail)| SourceError::new(problem, place(), detail)),
            );
        }
        answers
    }

    async fn first_row(&self, name: &str) -> Result<Row, Failed> {
        let query = self.settings.queries.get(name);
        let query = query.ok_or_else(|| (Problem::Settings, format!("no query {name}")))?;
        let time = Duration::from_millis(self.settings.timeout_ms);
        let asked = timeout(time, ask(&self.settings, self.security.as_ref(), query)).await;
        asked.unwrap_or_else(|_| Err((Problem::Timeout, format!("{time:?}"))))
    }
}

#[cfg_attr(
    not(feature = "postgresql"),
    expect(unused_variables, reason = "the other libraries make their own TLS")
)]
#[cfg_attr(
    not(any(feature = "postgresql", feature = "mysql", feature = "sqlserver")),
    expect(clippy::unused_async, reason = "no database is compiled in")
)]
async fn ask(settings: &Sql, security: Option<&Security>, query: &str) -> Result<Row, Failed> {
    match settings.database {
        #[cfg(feature = "postgresql")]
        Database::Postgresql => crate::sql::postgresql::first_row(settings, security, query).await,
        #[cfg(feature = "mysql")]
        Database::Mysql => crate::sql::mysql::first_row(settings, query).await,
        #[cfg(feature = "sqlserver")]
        Database::Sqlserver => crate::sql::sqlserver::first_row(settings, query).await,
        #[cfg(not(all(feature = "postgresql", feature = "mysql", feature = "sqlserver")))]
        other => Err((Problem::NotCompiled, format!("{other:?}"))),
    }
}
