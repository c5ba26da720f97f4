//! The units that a query may read, as SQL takes them.

use duckdb::ToSql;
use duckdb::types::ToSqlOutput;

/// All units, or those of a list: NULL, or the ids between commas (`,3,17,`). By default no unit at all, so that a query
/// that nobody gave its units finds nothing.
#[derive(Debug, Clone)]
pub struct UnitIds(Option<String>);

impl UnitIds {
    /// Every unit.
    pub fn all() -> Self {
        Self(None)
    }

    /// The units with these ids.
    pub fn of(ids: impl IntoIterator<Item = i32>) -> Self {
        let ids = ids.into_iter().fold(",".to_owned(), |text, id| text + &id.to_string() + ",");
        Self(Some(ids))
    }

    /// Whether a unit is among them.
    pub fn holds(&self, id: i32) -> bool {
        self.0.as_ref().is_none_or(|it| it.contains(&format!(",{id},")))
    }

    /// Whether this is every unit.
    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }
}

impl Default for UnitIds {
    fn default() -> Self {
        Self::of([])
    }
}

impl ToSql for UnitIds {
    fn to_sql(&self) -> duckdb::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}
