//! The registration of a unit at a platform above, as it is kept: encrypted where there is a data key.

use nengce_client::Registration;
use serde::{Deserialize, Serialize};

use super::Upper;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::link::units::{self, UnitStanding};

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

/// A new registration as it is kept.
pub(super) fn kept(
    upper: &Upper,
    store: &Store,
    enterprise_code: &str,
    given: Registration,
) -> Result<String, StoreError> {
    let kept = KeptRegistration { url: upper.config.url.clone(), given };
    let text = serde_json::to_string(&kept).unwrap_or_default();
    store.encrypted(&units::place(&upper.config.name, enterprise_code), &text)
}
