//! The stored identity of a unit (name, district, industry, …), and replacing it by what a configuration or an operator
//! says.

use std::sync::Arc;

use duckdb::{Connection, Row, params};
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use nengce_messages::config::CollectItem;
use nengce_messages::identity::{
    self, CONVERSION, INDUSTRY, Identity, LEVEL, NAME, REGION, keep_from,
};
use nengce_shared::energy_level::EnergyLevel;
use nengce_shared::unit_class::UnitClass;
use serde_json::{Map, Value};

use crate::store::change::Transaction;
use crate::store::error::Result;
use crate::store::queries::terminal::{self, StoredConfig};
use crate::store::registry::UnitEntry;

/// The stored identity of a unit.
#[derive(Debug, Clone)]
pub(super) struct StoredIdentity {
    pub identity: Identity,
    /// `hundred`, `thousand`, `ten_thousand`.
    pub class: String,
    pub profile: Option<Map<String, Value>>,
}

impl StoredIdentity {
    /// From a unit and the row's further columns, `at` and on: energy_level, energy_conversion, profile.
    pub(super) fn read(
        unit: &UnitEntry,
        row: &Row<'_>,
        at: usize,
        dictionaries: &Dictionaries,
    ) -> duckdb::Result<Self> {
        let level: Option<u8> = row.get(at)?;
        let conversion: bool = row.get(at + 1)?;
        let profile: Option<String> = row.get(at + 2)?;
        let profile: Option<Map<String, Value>> =
            profile.and_then(|it| serde_json::from_str(&it).ok());
        let mut known =
            profile.as_ref().map(|it| identity::read(it, dictionaries).0).unwrap_or_default();
        let has_name = unit.name != unit.enterprise_code;
        let has_industry = !unit.industry_code.is_empty();
        // What only registered has nothing that a configuration would change: its region is the terminal's word too.
        let only_registered = profile.is_none() && level.is_none() && !has_name && !has_industry;
        let mut set = |field, value: Option<String>| match value {
            Some(it) if !only_registered => drop(known.insert(field, it)),
            _ => drop(known.remove(field)),
        };
        set(NAME, has_name.then(|| unit.name.clone()));
        set(REGION, Some(unit.region_code.clone()));
        set(INDUSTRY, has_industry.then(|| unit.industry_code.clone()));
        set(LEVEL, level.map(|it| it.to_string()));
        if conversion {
            set(CONVERSION, Some("true".to_owned()));
        }
        Ok(Self { identity: known, class: unit.class.clone(), profile })
    }

    /// The attributes of a message that differ from the stored ones. An attribute without a stored value is no difference.
    pub(super) fn differing(&self, said: &Identity) -> Identity {
        let differs = |field: &str, value: &String| match self.identity.get(field) {
            Some(stored) => stored != value,
            // A listed class is changed by a level of another.
            None if field == LEVEL && !self.identity.is_empty() => {
                class_of(value).is_some_and(|it| it.as_str() != self.class)
            }
            None => false,
        };
        said.iter()
            .filter(|(field, value)| differs(field, value))
            .map(|(field, value)| (*field, value.clone()))
            .collect()
    }

    /// The attributes of a message whose value is not the stored one.
    pub(super) fn not_stored(&self, said: &Identity) -> Identity {
        said.iter()
            .filter(|(field, value)| self.identity.get(*field) != Some(value))
            .map(|(field, value)| (*field, value.clone()))
            .collect()
    }
}

/// energyConsumeLevel 6 is ≥ 3 million tce, 5 is ≥ 500,000 tce; the levels' bounds are those of the classes.
fn class_of(level: &str) -> Option<UnitClass> {
    let level: u16 = level.parse().ok()?;
    Some(match EnergyLevel::from_code(level)?.code() {
        6 => UnitClass::Hundred,
        5 => UnitClass::Thousand,
        _ => UnitClass::TenThousand,
    })
}

pub(super) fn stored(
    conn: &Connection,
    unit: &UnitEntry,
    it: &Arc<Dictionaries>,
) -> Result<StoredIdentity> {
    let sql = include_str!("sql/unit_identity.sql");
    Ok(conn.query_row(sql, params![unit.unit_id], |row| StoredIdentity::read(unit, row, 0, it))?)
}

/// New values for a unit; `None` keeps the stored one.
#[derive(Debug, Default)]
pub(super) struct UnitUpdate {
    pub identity: Identity,
    pub profile: Option<Map<String, Value>>,
    /// The configuration message as it came.
    pub config: Option<String>,
    pub items: Option<Vec<CollectItem>>,
}

pub(super) fn update(
    write: &mut Transaction<'_>,
    mut unit: UnitEntry,
    it: UnitUpdate,
    now: DateTime,
) -> Result<()> {
    let said = |field: &str| it.identity.get(field).cloned();
    for (field, value) in [
        (&mut unit.name, said(NAME)),
        (&mut unit.region_code, said(REGION)),
        (&mut unit.industry_code, said(INDUSTRY)),
    ] {
        if let Some(value) = value {
            *field = value;
        }
    }
    let level = said(LEVEL);
    if let Some(class) = level.as_deref().and_then(class_of) {
        class.as_str().clone_into(&mut unit.class);
    }
    let stored = StoredConfig {
        unit_id: unit.unit_id,
        energy_level: level.and_then(|it| it.parse().ok()),
        energy_conversion: said(CONVERSION).map(|it| it == "true"),
        profile: it.profile.map(|it| Value::Object(it).to_string()),
        config: it.config,
        items: it.items,
    };
    write.put_unit(unit, now)?;
    Ok(terminal::store_config(write.conn, &stored)?)
}

/// The standing profile with the fields of a change in it.
pub(super) fn profile_with(stored: &StoredIdentity, change: &Identity) -> Map<String, Value> {
    let said: Map<String, Value> = change
        .iter()
        .map(|(field, value)| ((*field).to_owned(), identity::to_json(field, value)))
        .collect();
    let mut profile = stored.profile.clone().unwrap_or_default();
    keep_from(&mut profile, Some(&said), change.keys().copied());
    profile
}
