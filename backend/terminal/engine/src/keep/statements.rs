//! The statements by name, out of their file.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) const SCHEMA: &str = include_str!("sql/schema.sql");
pub(super) const PRAGMAS: &str = include_str!("sql/pragmas.sql");

static ALL: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let parts = include_str!("sql/statements.sql").split("-- name: ").skip(1);
    parts.filter_map(|it| it.split_once('\n')).map(|(name, text)| (name.trim(), text)).collect()
});

/// The statement of a name; an unknown one is refused by the store as empty.
pub(super) fn sql(name: &str) -> &'static str {
    ALL.get(name).copied().unwrap_or_default()
}
