//! Entries that were refused for their time, read again from the text that was kept.

use std::collections::HashMap;

use nengce_core::ingest::{Bounds, stamp};
use nengce_core::quality::Refused;
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;

/// Bounds that every time keeps, so that a refused one can be read.
const ANY: Bounds = Bounds {
    now: i64::MAX / 4,
    future_skew_seconds: 0,
    value_abs_max: f64::MAX,
    max_entries: usize::MAX,
    ends: None,
    keep: nengce_core::ingest::refusals::Keep::USUAL,
    retired_before: nengce_core::ingest::NEVER_RETIRED,
    habits: nengce_core::ingest::Habits::USUAL,
};

/// The item, period and time that a refused entry names.
pub fn refused(entry: &str, received_at: i64, codes: &HashMap<String, i32>) -> Option<Refused> {
    let serde_json::Value::Object(entry) = serde_json::from_str(entry).ok()? else {
        return None;
    };
    let field = |name: &str| {
        let found = entry.iter().find(|it| it.0.eq_ignore_ascii_case(name));
        found.map(|it| match it.1 {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    };
    let at = field("statDate").and_then(|it| stamp::read(&it, StatType::RealTime, &ANY).ok())?;
    let code = field("dataCode").and_then(|it| DataCode::parse_lenient(&it).ok());
    Some(Refused {
        item: code.and_then(|it| codes.get(&it.to_string()).copied()),
        stat_type: field("statType").and_then(|it| it.parse().ok()).unwrap_or(StatType::Day),
        at,
        received_at,
    })
}
