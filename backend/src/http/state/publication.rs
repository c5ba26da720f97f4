//! What anybody may read without signing in: the configuration's `public_reads` until somebody publishes or withdraws
//! something, from then on what the store keeps.

use nengce_shared::access::permission::Permission;
use parking_lot::RwLock;

use crate::config::{Config, PUBLIC_READS};
use crate::store::{Result, Store, publication};

/// The permissions that everybody has.
pub struct Publication {
    now: RwLock<Vec<Permission>>,
    /// One change follows the other.
    changes: tokio::sync::Mutex<()>,
}

impl Publication {
    pub fn of(config: &Config) -> Self {
        let named = |it: &Permission| config.public_reads.iter().any(|word| word == it.as_str());
        let now = PUBLIC_READS.into_iter().filter(named).collect();
        Self { now: RwLock::new(now), changes: tokio::sync::Mutex::default() }
    }

    /// Takes what was kept at an earlier start.
    pub async fn load(&self, store: &Store) -> Result<()> {
        if let Some(mut kept) = store.read(publication::kept).await? {
            kept.retain(|it| PUBLIC_READS.contains(it));
            if kept != self.now() {
                tracing::info!(
                    "what is published was set on the page of accounts; public_reads is not used any more"
                );
            }
            *self.now.write() = kept;
        }
        Ok(())
    }

    /// What is published now, in the order of the permissions.
    pub fn now(&self) -> Vec<Permission> {
        self.now.read().clone()
    }

    /// Whether everybody has the permission. Names are published with anything that shows them.
    pub fn is_public(&self, permission: Permission) -> bool {
        let now = self.now.read();
        match permission {
            Permission::Open => true,
            Permission::Names => !now.is_empty(),
            _ => now.contains(&permission),
        }
    }

    /// Publishes a permission, or withdraws it; what is published then.
    pub async fn change(
        &self,
        store: &Store,
        permission: Permission,
        published: bool,
    ) -> Result<Vec<Permission>> {
        let _alone = self.changes.lock().await;
        let before = self.now();
        let holds =
            |it: &Permission| if *it == permission { published } else { before.contains(it) };
        let after: Vec<Permission> = PUBLIC_READS.into_iter().filter(holds).collect();
        let (old, new) = (before.clone(), after.clone());
        store.write(move |write| publication::keep(write, &old, &new)).await?;
        self.now.write().clone_from(&after);
        Ok(after)
    }
}
