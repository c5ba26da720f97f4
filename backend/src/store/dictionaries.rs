//! Keeps the operator's dictionaries and writes the `dim_` tables that SQL joins with.
//! What a dictionary means is `nengce_core::reference`'s matter.

use duckdb::{Connection, params};
use nengce_core::reference::{Dictionaries, DictionaryName};
use nengce_shared::energy_group::EnergyGroup;

const READ: &str = include_str!("sql/dictionary_read.sql");
const REPLACE: &str = include_str!("sql/dictionary_replace.sql");
const CLEAR: &str = include_str!("sql/dim_clear.sql");
const ENERGY_TYPE: &str = include_str!("sql/dim_energy_type_insert.sql");
const FACTOR: &str = include_str!("sql/dim_factor_insert.sql");
const USAGE_ROLE: &str = include_str!("sql/dim_usage_role_insert.sql");

/// The built-in dictionaries with the operator's laid over them. A stored file that this version
/// cannot read is left out with a warning: the portal must start, and the built-in one stands.
pub fn load(conn: &Connection) -> duckdb::Result<Dictionaries> {
    let mut stored: Vec<(DictionaryName, String)> = Vec::new();
    let mut statement = conn.prepare(READ)?;
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for row in rows {
        let (name, content) = row?;
        match DictionaryName::parse(&name) {
            Some(known) => stored.push((known, content)),
            None => {
                tracing::warn!(name, "a stored dictionary has a name this version does not know")
            }
        }
    }
    // Together first: one replacement may need another.
    if let Ok(all) = Dictionaries::with_all(stored.iter().map(|(name, it)| (*name, it.as_str()))) {
        return Ok(all);
    }
    let mut dictionaries = Dictionaries::built_in();
    for (name, content) in stored {
        match dictionaries.with(name, &content) {
            Ok(it) => dictionaries = it,
            Err(problems) => {
                let first = problems.first().map(ToString::to_string).unwrap_or_default();
                let name = name.as_str();
                tracing::warn!(
                    name,
                    first,
                    "a stored dictionary cannot be used; the built-in one stands"
                );
            }
        }
    }
    Ok(dictionaries)
}

/// Rewrites the `dim_` tables; the caller holds the transaction.
pub fn write_dimension_tables(
    conn: &Connection,
    dictionaries: &Dictionaries,
) -> duckdb::Result<()> {
    conn.execute_batch(CLEAR)?;
    let mut insert = conn.prepare(ENERGY_TYPE)?;
    for it in &dictionaries.energy_types {
        let group = EnergyGroup::of_type(&it.code).as_str();
        insert.execute(params![it.code, it.data_class, group, it.unit])?;
    }
    let mut insert = conn.prepare(FACTOR)?;
    for it in dictionaries.factor_spans() {
        let to = it.valid_to.map(|it| it.to_string());
        let from = it.valid_from.to_string();
        insert.execute(params![
            it.energy_type,
            it.basis.as_str(),
            from,
            to,
            it.kgce_per_unit,
            it.source
        ])?;
    }
    let mut insert = conn.prepare(USAGE_ROLE)?;
    for it in &dictionaries.usage_roles {
        insert.execute(params![it.code, it.role, it.sign])?;
    }
    Ok(())
}

/// Keeps a replacement that [`Dictionaries::with`] has accepted, and rewrites the `dim_` tables.
/// `at` is local wall time, `YYYY-MM-DD HH:MM:SS`.
pub fn replace(
    conn: &Connection,
    dictionaries: &Dictionaries,
    name: DictionaryName,
    at: &str,
    by: &str,
) -> duckdb::Result<()> {
    conn.execute(REPLACE, params![name.as_str(), dictionaries.content(name), at, by])?;
    write_dimension_tables(conn, dictionaries)
}
