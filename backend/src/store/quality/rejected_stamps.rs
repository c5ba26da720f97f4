//! Reads the stamps of entries that were rejected for their time, from the stored text of these entries.

use std::collections::HashMap;

use nengce_core::quality::RejectedStamp;
use nengce_messages::{Bounds, stamp};
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;

/// The item, period and time of a rejected entry.
pub(super) fn rejected_stamp(
    entry: &str,
    received_at: i64,
    codes: &HashMap<String, i32>,
) -> Option<RejectedStamp> {
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
    let at = field("statDate")
        .and_then(|it| stamp::read(&it, StatType::RealTime, &Bounds::UNLIMITED).ok())?;
    let code = field("dataCode").and_then(|it| DataCode::parse_lenient(&it).ok());
    Some(RejectedStamp {
        item: code.and_then(|it| codes.get(&it.to_string()).copied()),
        stat_type: field("statType").and_then(|it| it.parse().ok()).unwrap_or(StatType::Day),
        at,
        received_at,
    })
}
