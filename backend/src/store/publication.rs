//! What anybody may read, as the security administrator has set it.

use duckdb::Connection;
use nengce_shared::access::permission::Permission;
use serde_json::json;

use super::audit::scope::ChangeNote;
use super::change::Transaction;
use super::database::meta::{meta, set_meta};
use super::error::Result;

/// The name under which it is kept.
const KEY: &str = "public_reads";

/// What was kept last; `None` where nobody has changed it yet.
pub fn kept(conn: &Connection) -> Result<Option<Vec<Permission>>> {
    let words =
        meta(conn, KEY)?.map(|it| serde_json::from_str::<Vec<String>>(&it).unwrap_or_default());
    Ok(words.map(|it| it.iter().filter_map(|it| Permission::parse(it)).collect()))
}

/// Keeps what anybody may read from now on.
pub fn keep(
    write: &mut Transaction<'_>,
    before: &[Permission],
    after: &[Permission],
) -> Result<()> {
    set_meta(write.conn, KEY, &json!(after).to_string())?;
    let (before, after) = (Some(json!(before)), Some(json!(after)));
    write.note_change(ChangeNote { before, after, ..ChangeNote::default() });
    Ok(())
}
