//! Accounts and sessions: in memory, so that checking a request costs no query, and on disk for the next start.

pub mod account;
mod change_note;
pub mod failures;
mod rows;
pub mod secret_key;
pub mod shares;
pub mod visits;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use duckdb::Connection;
use jiff::civil::{Date, DateTime};
use nengce_core::accounts::expiry::SessionLife;
use nengce_shared::api::account::AccountState;
use parking_lot::RwLockReadGuard;

use self::account::{Account, Session, Share};
use self::secret_key::SecretKey;
use super::Store;
use super::audit::{append, scope};
use super::error::Result;
use super::registry::cipher::Cipher;
use super::registry::data_key::DataKey;

/// Rows of one write, so that uploads wait for none for long.
const ROWS_AT_ONCE: usize = 200;

/// All accounts by name, and all sessions by the digest of their token.
#[derive(Debug, Default)]
pub struct Accounts {
    by_name: BTreeMap<String, Arc<Account>>,
    sessions: BTreeMap<String, Session>,
    /// Sessions whose last use is not on disk yet.
    used: Vec<String>,
    /// Shares that nobody withdrew, by account.
    shares: BTreeMap<String, Vec<Share>>,
    key: SecretKey,
}

impl Accounts {
    pub(super) fn load(
        conn: &Connection,
        folder: &Path,
        key: Option<&DataKey>,
        cipher: Cipher,
    ) -> Result<Self> {
        let key = SecretKey::of(folder, key, cipher);
        let accounts = rows::accounts(conn, &key)?;
        Ok(Self {
            by_name: accounts.into_iter().map(|it| (it.name.clone(), Arc::new(it))).collect(),
            sessions: rows::sessions(conn)?.into_iter().map(|it| (it.digest.clone(), it)).collect(),
            used: Vec::new(),
            shares: shares::by_account(conn)?,
            key,
        })
    }

    pub fn get(&self, name: &str) -> Option<&Arc<Account>> {
        self.by_name.get(name)
    }

    /// By name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.by_name.values()
    }

    /// The account that a secret of an invitation opens.
    pub fn invited(&self, digest: &str, now: DateTime) -> Option<&Arc<Account>> {
        let fits = |it: &&Arc<Account>| {
            it.invitation.as_ref().is_some_and(|it| it.digest == digest && it.until > now)
        };
        self.all().find(fits)
    }

    /// The account of an identity at the provider.
    pub fn at_provider(&self, issuer: &str, subject: &str) -> Option<&Arc<Account>> {
        let is_it = |it: &&Arc<Account>| {
            let identity = it.provider_identity.as_ref();
            identity.is_some_and(|it| it.issuer == issuer && it.subject == subject)
        };
        self.all().find(is_it)
    }

    /// The session of a token in force, and its account.
    pub fn session(
        &self,
        digest: &str,
        life: SessionLife,
        now: DateTime,
    ) -> Option<(&Session, &Arc<Account>)> {
        let session = self.sessions.get(digest)?;
        let account = self.by_name.get(&session.account)?;
        let is_in_force = life.end(session.begun_at, session.last_seen_at) > now;
        (is_in_force && account.state == AccountState::Active).then_some((session, account))
    }

    /// The sessions of an account in force, last used first.
    pub fn sessions_of(&self, name: &str, life: SessionLife, now: DateTime) -> Vec<&Session> {
        let of = |it: &&Session| it.account == name && life.end(it.begun_at, it.last_seen_at) > now;
        let mut found: Vec<&Session> = self.sessions.values().filter(of).collect();
        found.sort_by_key(|it| std::cmp::Reverse(it.last_seen_at));
        found
    }

    /// The shares that an account has today.
    pub fn shares_of(&self, account: &str, today: Date) -> Vec<Share> {
        let all = self.shares.get(account).into_iter().flatten();
        all.filter(|it| it.is_in_force(today)).cloned().collect()
    }
}

impl Store {
    pub fn accounts(&self) -> RwLockReadGuard<'_, Accounts> {
        self.inner.shared.accounts()
    }

    /// Changes accounts: `change` sees all of them and returns those to be written. One change follows the other. The
    /// transaction holds an event for each account whose rights or secrets changed, where a request changes them.
    pub async fn change_accounts<E: From<super::StoreError>>(
        &self,
        change: impl FnOnce(&Accounts) -> std::result::Result<Vec<Account>, E>,
    ) -> std::result::Result<Vec<Arc<Account>>, E> {
        let _alone = self.inner.account_changes.lock().await;
        let (changed, key, notes) = {
            let all = self.accounts();
            let changed = change(&all)?;
            let note = |it: &Account| change_note::note(all.get(&it.name).map(Arc::as_ref), it);
            let notes: Vec<_> = changed.iter().filter_map(note).collect();
            (changed, all.key.clone(), notes)
        };
        let changed: Vec<Arc<Account>> = changed.into_iter().map(Arc::new).collect();
        let (write, scope) = (changed.clone(), scope::current());
        let algorithm = self.inner.shared.audit.algorithm;
        self.write_apart(move |conn| {
            write.iter().try_for_each(|it| rows::write(conn, it, &key))?;
            let events =
                scope.iter().flat_map(|scope| notes.iter().map(|it| scope.changed(it.clone())));
            append(conn, events.collect(), algorithm)
        })
        .await?;
        let mut all = self.inner.shared.accounts_mut();
        for it in &changed {
            all.by_name.insert(it.name.clone(), Arc::clone(it));
        }
        Ok(changed)
    }

    /// Keeps a new session; beyond `most` the one that was not used for longest ends.
    pub async fn begin_session(&self, session: Session, most: usize) -> Result<()> {
        let oldest = {
            let all = self.accounts();
            let by_use = |it: &&Session| it.last_seen_at;
            let full = all.sessions.len() >= most.max(1);
            full.then(|| all.sessions.values().min_by_key(by_use).map(|it| it.digest.clone()))
                .flatten()
        };
        let write = session.clone();
        let ended = oldest.clone();
        self.write_apart(move |conn| {
            rows::insert_session(conn, &write)?;
            ended.iter().try_for_each(|it| rows::delete_session(conn, it))
        })
        .await?;
        let mut all = self.inner.shared.accounts_mut();
        all.sessions.insert(session.digest.clone(), session);
        oldest.into_iter().for_each(|it| drop(all.sessions.remove(&it)));
        Ok(())
    }

    /// Ends the sessions that `which` names: in memory at once, then on disk.
    pub async fn end_sessions(&self, which: impl Fn(&Session) -> bool) -> Result<usize> {
        let ended: Vec<String> = {
            let mut all = self.inner.shared.accounts_mut();
            let ended = all.sessions.values().filter(|it| which(it));
            let ended: Vec<String> = ended.map(|it| it.digest.clone()).collect();
            ended.iter().for_each(|it| drop(all.sessions.remove(it)));
            ended
        };
        for part in ended.chunks(ROWS_AT_ONCE) {
            let part = part.to_vec();
            self.write_apart(move |conn| {
                part.iter().try_for_each(|it| rows::delete_session(conn, it))
            })
            .await?;
        }
        Ok(ended.len())
    }

    /// A person used a session; it is written by the next [`Store::flush_sessions`].
    pub fn note_use(&self, digest: &str, now: DateTime) {
        if self.accounts().sessions.get(digest).is_none_or(|it| it.last_seen_at >= now) {
            return;
        }
        let mut all = self.inner.shared.accounts_mut();
        if let Some(it) = all.sessions.get_mut(digest) {
            it.last_seen_at = now;
            all.used.push(digest.to_owned());
        }
    }

    /// Writes when sessions were last used, and ends those that are over.
    pub async fn flush_sessions(&self, life: SessionLife, now: DateTime) -> Result<()> {
        self.end_sessions(|it| life.end(it.begun_at, it.last_seen_at) <= now).await?;
        let mut used: Vec<(String, DateTime)> = {
            let mut all = self.inner.shared.accounts_mut();
            let used = std::mem::take(&mut all.used);
            let seen = |it: String| all.sessions.get(&it).map(|found| (it, found.last_seen_at));
            used.into_iter().filter_map(seen).collect()
        };
        used.sort_unstable();
        used.dedup();
        for part in used.chunks(ROWS_AT_ONCE) {
            let part = part.to_vec();
            self.write_apart(move |conn| {
                part.iter().try_for_each(|(digest, at)| rows::note_seen(conn, digest, *at))
            })
            .await?;
        }
        Ok(())
    }
}
