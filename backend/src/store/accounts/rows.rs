//! The rows of accounts and sessions. The secret of a second factor is encrypted and bound to its account.

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountState;

use super::account::{Account, Invitation, ProviderIdentity, SecondFactor, Session};
use super::secret_key::SecretKey;
use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;

fn place(name: &str) -> String {
    format!("second_factor/{name}")
}

fn time(text: Option<String>) -> Option<DateTime> {
    text?.parse().ok()
}

fn texts(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// All accounts. A second factor that cannot be decrypted accepts no code until an administrator resets it.
pub(super) fn accounts(conn: &Connection, key: &SecretKey) -> Result<Vec<Account>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/accounts.sql"), [], |row| {
        let text = |at: usize| row.get::<_, String>(at);
        let name = text(0)?;
        let second_factor = match row.get::<_, Option<String>>(9)? {
            None => None,
            Some(encrypted) => Some(SecondFactor {
                secret: key.decrypt(&place(&name), &encrypted).unwrap_or_else(|| {
                    tracing::error!(
                        account = name,
                        "its second factor cannot be decrypted: reset it"
                    );
                    String::new()
                }),
                confirmed: row.get(10)?,
                last_step: row.get(11)?,
                recovery_digests: texts(&text(12)?),
            }),
        };
        let digest: Option<String> = row.get(13)?;
        let until = time(row.get(14)?);
        let (issuer, subject): (Option<String>, Option<String>) = (row.get(18)?, row.get(19)?);
        let second_factor_there: bool = row.get(20)?;
        found.push(Account {
            display_name: text(1)?,
            display_name_en: text(2)?,
            roles: texts(&text(3)?).iter().filter_map(|it| Role::parse(it)).collect(),
            districts: texts(&text(4)?),
            units: texts(&text(5)?),
            state: AccountState::parse(&text(6)?).unwrap_or(AccountState::Suspended),
            is_demo: row.get(7)?,
            password_hash: row.get(8)?,
            second_factor,
            invitation: digest.zip(until).map(|(digest, until)| Invitation { digest, until }),
            provider_identity: issuer.zip(subject).map(|(issuer, subject)| ProviderIdentity {
                issuer,
                subject,
                second_factor: second_factor_there,
            }),
            created_at: time(row.get(15)?).unwrap_or_default(),
            changed_at: time(row.get(16)?).unwrap_or_default(),
            last_sign_in_at: time(row.get(17)?),
            name,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Writes an account over the one of its name.
pub(super) fn write(conn: &Connection, it: &Account, key: &SecretKey) -> Result<()> {
    let json = |of: &[String]| serde_json::json!(of).to_string();
    let factor = it.second_factor.as_ref();
    let encrypted = factor.map(|of| key.encrypt(&place(&it.name), &of.secret)).transpose()?;
    conn.execute(include_str!("sql/account_delete.sql"), params![it.name])?;
    conn.execute(
        include_str!("sql/account_insert.sql"),
        params![
            it.name,
            it.display_name,
            it.display_name_en,
            serde_json::json!(it.roles).to_string(),
            json(&it.districts),
            json(&it.units),
            it.state.as_str(),
            it.is_demo,
            it.password_hash,
            encrypted,
            factor.is_some_and(|it| it.confirmed),
            factor.map_or(0, |it| it.last_step),
            json(factor.map_or(&[], |it| &it.recovery_digests)),
            it.invitation.as_ref().map(|it| it.digest.as_str()),
            it.invitation.as_ref().map(|it| clock::text(it.until)),
            clock::text(it.created_at),
            clock::text(it.changed_at),
            it.last_sign_in_at.map(clock::text),
        ],
    )?;
    if let Some(of) = &it.provider_identity {
        conn.execute(
            include_str!("sql/provider_identity_put.sql"),
            params![of.issuer, of.subject, it.name, of.second_factor],
        )?;
    }
    Ok(())
}

pub(super) fn sessions(conn: &Connection) -> Result<Vec<Session>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/sessions.sql"), [], |row| {
        found.push(Session {
            digest: row.get(0)?,
            account: row.get(1)?,
            begun_at: time(row.get(2)?).unwrap_or_default(),
            last_seen_at: time(row.get(3)?).unwrap_or_default(),
            address: row.get(4)?,
            user_agent: row.get(5)?,
        });
        Ok(())
    })?;
    Ok(found)
}

pub(super) fn insert_session(conn: &Connection, it: &Session) -> Result<()> {
    conn.execute(
        include_str!("sql/session_insert.sql"),
        params![
            it.digest,
            it.account,
            clock::text(it.begun_at),
            clock::text(it.last_seen_at),
            it.address,
            it.user_agent
        ],
    )?;
    Ok(())
}

pub(super) fn delete_session(conn: &Connection, digest: &str) -> Result<()> {
    conn.execute(include_str!("sql/session_delete.sql"), params![digest])?;
    Ok(())
}

pub(super) fn note_seen(conn: &Connection, digest: &str, at: DateTime) -> Result<()> {
    conn.execute(include_str!("sql/session_seen.sql"), params![clock::text(at), digest])?;
    Ok(())
}
