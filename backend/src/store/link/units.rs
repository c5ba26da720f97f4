//! Units at a platform above: their registration there, what it has of their configuration and meters, their last failure;
//! and what a unit is, as the messages of the protocol say it.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_messages::stamp;
use serde_json::{Map, Value, json};

use super::upper::Failure;
use crate::clock;
use crate::store::database::append::{fill_temporary, ints, maybe_texts, stamps, texts};
use crate::store::database::{each, list};
use crate::store::error::Result;

/// What a platform above has of a unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitStanding {
    /// JSON, encrypted where there is a data key.
    pub registration: Option<String>,
    pub configuration_sha256: String,
    pub meters_sha256: String,
    /// The last time that the platform above took something.
    pub sent_at: Option<String>,
    /// Failures since the last success.
    pub attempts: u32,
    pub failure: Option<Failure>,
    /// It rests until then.
    pub next_at: Option<DateTime>,
    /// The digest of its configuration and meters when they were last looked at.
    pub described: String,
    /// When a registration was asked for whose answer did not come.
    pub asked_at: Option<String>,
}

impl UnitStanding {
    /// What holds after a registration that was just given. With another device the platform above has nothing of the unit yet.
    pub fn take(&mut self, given: GivenRegistration) {
        if given.is_other_device {
            self.configuration_sha256.clear();
            self.meters_sha256.clear();
            self.described.clear();
        }
        (self.registration, self.asked_at) = (Some(given.stored), None);
    }
}

/// A registration that a platform above just gave.
#[derive(Debug, Clone)]
pub struct GivenRegistration {
    pub unit_id: i32,
    /// As it is kept.
    pub stored: String,
    /// It names another device than the one before, or there was none.
    pub is_other_device: bool,
}

/// The place that the encryption of a registration is bound to.
pub fn place(upper: &str, enterprise_code: &str) -> String {
    format!("link/{upper}/{enterprise_code}")
}

/// What a platform above has of each unit.
pub fn standings(conn: &Connection, upper: &str) -> Result<HashMap<i32, UnitStanding>> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/units_read.sql"), params![upper], |row| {
        let code: String = row.get(6)?;
        let next_at: Option<String> = row.get(9)?;
        let failure = Failure { code, zh: row.get(7)?, en: row.get(8)?, at: String::new() };
        let it = UnitStanding {
            registration: row.get(1)?,
            configuration_sha256: row.get(2)?,
            meters_sha256: row.get(3)?,
            sent_at: row.get(4)?,
            attempts: row.get(5)?,
            failure: (!failure.code.is_empty()).then_some(failure),
            next_at: next_at.as_deref().and_then(clock::read),
            described: row.get(10)?,
            asked_at: row.get(11)?,
        };
        found.insert(row.get(0)?, it);
        Ok(())
    })?;
    Ok(found)
}

/// Keeps standings in place of those before.
pub fn put(conn: &Connection, upper: &str, all: &[(i32, UnitStanding)]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let text = |of: fn(&Failure) -> &String| {
        texts(all.iter().map(|it| it.1.failure.as_ref().map(of).cloned().unwrap_or_default()))
    };
    let columns = vec![
        ints(all.iter().map(|it| it.0)),
        maybe_texts(all.iter().map(|it| it.1.registration.as_deref())),
        texts(all.iter().map(|it| it.1.configuration_sha256.as_str())),
        texts(all.iter().map(|it| it.1.meters_sha256.as_str())),
        maybe_texts(all.iter().map(|it| it.1.sent_at.as_deref())),
        text(|it| &it.code),
        text(|it| &it.zh),
        text(|it| &it.en),
        ints(all.iter().map(|it| i32::try_from(it.1.attempts).unwrap_or(i32::MAX))),
        stamps(all.iter().map(|it| it.1.next_at.map(stamp::seconds))),
        texts(all.iter().map(|it| it.1.described.as_str())),
        maybe_texts(all.iter().map(|it| it.1.asked_at.as_deref())),
    ];
    fill_temporary(conn, "link_unit_done", columns)?;
    conn.execute(include_str!("sql/units_forget.sql"), params![upper])?;
    conn.execute(include_str!("sql/units_insert.sql"), params![upper])?;
    Ok(())
}

/// Notes that registrations of units are asked for.
pub fn asked(conn: &Connection, upper: &str, units: &[i32], now: DateTime) -> Result<()> {
    let wanted = params![upper, list(units), clock::text(now)];
    conn.execute(include_str!("sql/units_asked.sql"), wanted)?;
    let wanted = params![upper, list(units), clock::text(now)];
    conn.execute(include_str!("sql/units_asked_insert.sql"), wanted)?;
    Ok(())
}

/// Keeps registrations of units. With another device the platform above has nothing of the unit yet.
pub fn registered(conn: &Connection, upper: &str, rows: &[GivenRegistration]) -> Result<()> {
    for it in rows {
        let row = params![upper, it.unit_id, it.stored, it.is_other_device];
        conn.execute(include_str!("sql/unit_registered.sql"), row)?;
    }
    Ok(())
}

/// A digest of each unit's configuration and meters: another one means that they changed.
pub fn digests(conn: &Connection) -> Result<HashMap<i32, String>> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/unit_digests.sql"), params![], |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The configuration message of a unit, without its sender, and its meters: the identity as it was approved here.
pub fn described(conn: &Connection, unit_id: i32) -> Result<(Value, Vec<Value>)> {
    let enterprise =
        conn.query_row(include_str!("sql/unit_described.sql"), params![unit_id], |row| {
            let profile: Option<String> = row.get(5)?;
            let mut it: Map<String, Value> =
                profile.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default();
            let level: Option<u8> = row.get(4)?;
            let texts: [String; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            let names = ["code", "name", "regionCode", "industryCode"];
            for (name, text) in names.into_iter().zip(texts).filter(|it| !it.1.is_empty()) {
                it.insert(name.to_owned(), Value::from(text));
            }
            if let Some(level) = level {
                it.insert("energyConsumeLevel".to_owned(), Value::from(level));
            }
            it.insert("jgzh".to_owned(), Value::from(row.get::<_, bool>(6)?));
            Ok(it)
        })?;
    let mut items = Vec::new();
    each(conn, include_str!("sql/unit_collect_items.sql"), params![unit_id], |row| {
        let mut it =
            json!({"dataCode": row.get::<_, String>(0)?, "statType": row.get::<_, u8>(1)?});
        if let Some(name) = row.get::<_, Option<String>>(2)? {
            it["name"] = Value::from(name);
        }
        for (at, name) in [(3, "dataValueMax"), (4, "dataValueMin")] {
            if let Some(bound) = row.get::<_, Option<f64>>(at)? {
                it[name] = Value::from(bound);
            }
        }
        items.push(it);
        Ok(())
    })?;
    let mut meters = Vec::new();
    each(conn, include_str!("sql/unit_meters.sql"), params![unit_id], |row| {
        let raw: String = row.get(0)?;
        meters.extend(serde_json::from_str::<Value>(&raw).ok());
        Ok(())
    })?;
    let mut message = json!({"enterprise": enterprise});
    if !items.is_empty() {
        message["collectItemConfig"] = Value::from(items);
    }
    Ok((message, meters))
}
