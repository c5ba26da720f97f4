//! Shares: which accounts a unit's manager lets read the unit's data, and until when. Those that nobody withdrew lie in
//! memory too, because each request looks at them.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::access::permission::Permission;
use serde_json::json;

use super::account::Share;
use crate::clock;
use crate::store::Store;
use crate::store::audit::scope::ChangeNote;
use crate::store::database::{day_of, each};
use crate::store::error::Result;

/// The newest shares of a unit, withdrawn ones too, or those of all units ("").
pub fn shares(conn: &Connection, unit: &str, limit: u32) -> Result<Vec<Share>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/shares.sql"), params![unit, limit], |row| {
        let kinds: String = row.get(3)?;
        let kinds: Vec<String> = serde_json::from_str(&kinds).unwrap_or_default();
        let by: Option<String> = row.get(8)?;
        found.push(Share {
            id: row.get(0)?,
            enterprise_code: row.get(1)?,
            account: row.get(2)?,
            kinds: kinds.iter().filter_map(|it| Permission::parse(it)).collect(),
            until: day_of(row.get(4)?).unwrap_or(Date::MIN),
            reason: row.get(5)?,
            made_by: row.get(6)?,
            made_at: row.get(7)?,
            withdrawn: by.zip(row.get(9)?),
        });
        Ok(())
    })?;
    Ok(found)
}

/// Shares that nobody withdrew, by account.
pub(super) fn by_account(conn: &Connection) -> Result<BTreeMap<String, Vec<Share>>> {
    let mut all: BTreeMap<String, Vec<Share>> = BTreeMap::new();
    for it in shares(conn, "", u32::MAX)?.into_iter().filter(|it| it.withdrawn.is_none()) {
        all.entry(it.account.clone()).or_default().push(it);
    }
    Ok(all)
}

impl Store {
    /// Keeps a new share; it is in force when this returns.
    pub async fn add_share(&self, it: Share) -> Result<i32> {
        let stored = it.clone();
        let id = self
            .write(move |write| {
                let it = stored;
                let row = params![
                    it.enterprise_code,
                    it.account,
                    json!(it.kinds).to_string(),
                    it.until.to_string(),
                    it.reason,
                    it.made_by,
                    it.made_at
                ];
                let sql = include_str!("sql/share_insert.sql");
                let id: i32 = write.conn.query_row(sql, row, |row| row.get(0))?;
                write.note_change(ChangeNote {
                    object: format!("{}/{id}", it.enterprise_code),
                    reason: Some(it.reason),
                    ..ChangeNote::after(
                        json!({"account": it.account, "kinds": it.kinds, "until": it.until.to_string()}),
                    )
                });
                Ok(id)
            })
            .await?;
        let mut all = self.inner.shared.accounts_mut();
        all.shares.entry(it.account.clone()).or_default().push(Share { id, ..it });
        Ok(id)
    }

    /// Withdraws a share: in memory at once, then on disk.
    pub async fn withdraw_share(&self, it: &Share, by: String, now: DateTime) -> Result<()> {
        if let Some(of) = self.inner.shared.accounts_mut().shares.get_mut(&it.account) {
            of.retain(|other| other.id != it.id);
        }
        let (id, object) = (it.id, format!("{}/{}", it.enterprise_code, it.id));
        let before =
            json!({"account": it.account, "kinds": it.kinds, "until": it.until.to_string()});
        self.write(move |write| {
            let row = params![id, by, clock::text(now)];
            write.conn.execute(include_str!("sql/share_withdraw.sql"), row)?;
            write.note_change(ChangeNote {
                object,
                before: Some(before),
                ..ChangeNote::after(json!({"withdrawn": true}))
            });
            Ok(())
        })
        .await
    }
}
