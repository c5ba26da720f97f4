//! Tokens of industry systems: only their hashes are kept, with the units they may speak for.

use duckdb::{Connection, params};
use nengce_shared::api::bulk::TokenRow;

use crate::store::database::each;
use crate::store::error::{Result, StoreError};
use crate::store::json;

/// All tokens, by name.
pub fn list(conn: &Connection) -> Result<Vec<TokenRow>> {
    find(conn, "")
}

/// The token with a hash, revoked or not.
pub fn by_hash(conn: &Connection, hash: &str) -> Result<Option<TokenRow>> {
    Ok(find(conn, hash)?.pop())
}

fn find(conn: &Connection, hash: &str) -> Result<Vec<TokenRow>> {
    let mut rows = Vec::new();
    each(conn, include_str!("sql/tokens.sql"), params![hash], |row| {
        let (units, regions): (String, String) = (row.get(2)?, row.get(8)?);
        rows.push(TokenRow {
            name: row.get(0)?,
            all_units: row.get(1)?,
            units: serde_json::from_str(&units).unwrap_or_default(),
            regions: serde_json::from_str(&regions).unwrap_or_default(),
            created_at: row.get(3)?,
            created_by: row.get(4)?,
            revoked_at: row.get(5)?,
            expires_at: row.get(6)?,
            last_used_at: row.get(7)?,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// Keeps a new token; a name is given once, so that uploads stay traceable.
pub fn create(conn: &Connection, it: &TokenRow, hash: &str) -> Result<()> {
    if list(conn)?.iter().any(|known| known.name == it.name) {
        return Err(StoreError::Refused(format!(
            "已有名为 {} 的令牌 / there is a token named {}",
            it.name, it.name
        )));
    }
    let (units, regions) = (json::text(&it.units)?, json::text(&it.regions)?);
    conn.execute(
        include_str!("sql/token_insert.sql"),
        params![
            it.name,
            hash,
            it.all_units,
            units,
            it.created_at,
            it.created_by,
            it.expires_at,
            regions
        ],
    )?;
    Ok(())
}

/// Whether a token of that name was in force.
pub fn revoke(conn: &Connection, name: &str, at: &str) -> Result<bool> {
    let changed = conn.execute(include_str!("sql/token_revoke.sql"), params![at, name])?;
    Ok(changed > 0)
}

/// Notes that a token was used.
pub fn note_use(conn: &Connection, name: &str, at: &str) -> Result<()> {
    conn.execute(include_str!("sql/token_used.sql"), params![at, name])?;
    Ok(())
}
