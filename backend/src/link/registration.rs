//! The registration of a unit at a platform above, as it is kept: encrypted where there is a data key.

use nengce_client::Registration;
use serde::{Deserialize, Serialize};

use super::Upper;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::link::units::{self, GivenRegistration, UnitStanding};
use crate::store::registry::UnitEntry;

/// A registration as it is kept: the address at which it was made tells whether the platform above has moved since.
#[derive(Serialize, Deserialize)]
struct KeptRegistration {
    url: String,
    given: Registration,
}

/// The registration of a unit in the clear, and whether it was made at another address.
pub(super) fn known(
    upper: &Upper,
    store: &Store,
    enterprise_code: &str,
    standing: &UnitStanding,
) -> Result<Option<(Registration, bool)>, StoreError> {
    let Some(stored) = standing.registration.clone() else { return Ok(None) };
    let text = store.decrypted(&units::place(&upper.config.name, enterprise_code), stored)?;
    let kept: Option<KeptRegistration> = serde_json::from_str(&text).ok();
    Ok(kept.map(|it| (it.given, it.url != upper.config.url)))
}

/// Keeps a registration as soon as the platform above gave it, before anything is sent with it.
#[derive(Clone)]
pub(super) struct Keeper {
    store: Store,
    upper: String,
    url: String,
}

impl Keeper {
    pub(super) fn of(upper: &Upper, store: &Store) -> Self {
        let (name, url) = (upper.config.name.clone(), upper.config.url.clone());
        Self { store: store.clone(), upper: name, url }
    }

    /// A registration as it is kept; `known` is the one before.
    pub(super) fn row(
        &self,
        unit: &UnitEntry,
        known: Option<&Registration>,
        given: &Registration,
    ) -> Result<GivenRegistration, StoreError> {
        let is_other_device = known.is_none_or(|it| it.device_id != given.device_id);
        let kept = KeptRegistration { url: self.url.clone(), given: given.clone() };
        let text = serde_json::to_string(&kept).unwrap_or_default();
        let place = units::place(&self.upper, &unit.enterprise_code);
        let stored = self.store.encrypted(&place, &text)?;
        Ok(GivenRegistration { unit_id: unit.unit_id, stored, is_other_device })
    }

    /// Commits one registration.
    pub(super) async fn keep(&self, row: GivenRegistration) -> Result<(), StoreError> {
        let upper = self.upper.clone();
        self.store.write_apart(move |conn| units::registered(conn, &upper, &[row])).await
    }
}
