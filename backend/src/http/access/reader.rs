//! The reader of a request: who it is, whose data they may see with the permission of the address, and what is masked for
//! them. The check of the route puts the reader into the request, and handlers take it from there.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use nengce_analysis::unit_scope::UnitScope;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::permission_table::{Reach, reach};
use nengce_shared::access::role::Role;
use nengce_shared::mask::{mask, mask_sender, mask_within};
use nengce_shared::problem::ProblemCode;

use super::auth::{Identity, LOCAL_COMMAND, MONITORING, refusal};
use super::session::SignedIn;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::accounts::account::{Account, Share};
use crate::store::unit_ids::UnitIds;

/// Who sent the request, and what they may see.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The name under which what they do is kept.
    pub name: Arc<str>,
    /// The units whose data the permission of this address reaches.
    pub scope: UnitScope,
    /// Ids of devices are shown whole, and devices that nobody approved are listed.
    pub sees_devices: bool,
    /// The account that is signed in; none for a token and for nobody.
    pub account: Option<Arc<Account>>,
    /// Credit codes of units that the reader sees by a share alone.
    pub by_share: BTreeSet<String>,
    is_local: bool,
}

impl Reader {
    /// The reader behind an identity, where they have the permission.
    pub(super) fn of(
        identity: Identity,
        permission: Permission,
        state: &AppState,
    ) -> ApiResult<Self> {
        match identity {
            Identity::Admin(name) => {
                let is_local = name == LOCAL_COMMAND;
                Ok(Self { is_local, ..Self::whole_city(name, true) })
            }
            Identity::Account(by) => Self::of_account(&by, permission, state),
            Identity::Monitoring if permission == Permission::Operation => {
                Ok(Self::whole_city(MONITORING, false))
            }
            Identity::System(_) | Identity::Monitoring | Identity::Nobody { .. }
                if state.publication.is_public(permission) =>
            {
                Ok(Self::whole_city("", false))
            }
            Identity::System(_) | Identity::Monitoring => Err(refusal(true)),
            Identity::Nobody { has_token } => Err(refusal(has_token)),
        }
    }

    /// Whether the reader may also read what another permission opens. An account's roles say it, else what is public.
    pub fn also_has(&self, permission: Permission, state: &AppState) -> bool {
        match &self.account {
            Some(it) => it.roles.iter().any(|role| reach(*role, permission).is_some()),
            None => self.sees_devices || state.publication.is_public(permission),
        }
    }

    /// The reader behind an account. What is published to everybody does not widen what its roles reach.
    fn of_account(by: &SignedIn, permission: Permission, state: &AppState) -> ApiResult<Self> {
        if by.owes_second_factor && permission != Permission::OwnAccount {
            let words =
                "先在「本人账号」启用动态码 / set up a second factor on the page of your account";
            return Err(ApiError::new(ProblemCode::SecondFactorOwed, words));
        }
        let it = &by.account;
        let own = scope_of(&it.roles, (&it.districts, &it.units), permission);
        let shared = shared_scope(&by.shares, permission);
        let is_own = |code: &&String| {
            let registry = state.store.registry();
            let unit = registry.unit_by_code(code);
            own.as_ref().is_some_and(|own| unit.is_some_and(|it| own.covers(code, &it.region_code)))
        };
        let by_share = shared.iter().filter(|code| !is_own(code)).cloned().collect();
        let shared = (!shared.is_empty()).then(|| UnitScope::of([], shared));
        let scope = own.into_iter().chain(shared).reduce(UnitScope::or);
        let scope =
            scope.ok_or_else(|| ApiError::new(ProblemCode::Forbidden, permission.as_str()))?;
        let sees_devices = by.may(Permission::DecideDevices);
        let (name, account) = (it.name.as_str().into(), Some(Arc::clone(it)));
        Ok(Self { name, scope, sees_devices, account, by_share, is_local: false })
    }

    /// A reader of the whole city.
    pub fn whole_city(name: &str, sees_devices: bool) -> Self {
        let (name, scope) = (name.into(), UnitScope::city());
        Self {
            name,
            scope,
            sees_devices,
            account: None,
            by_share: BTreeSet::new(),
            is_local: false,
        }
    }

    /// Whether a command of this machine's owner asks.
    pub fn is_local(&self) -> bool {
        self.is_local
    }

    /// A command of this machine's owner.
    #[cfg(test)]
    pub fn local_command() -> Self {
        Self { is_local: true, ..Self::whole_city(LOCAL_COMMAND, true) }
    }

    /// The units that queries of the store may read for this reader.
    pub fn units(&self, state: &AppState) -> UnitIds {
        units_of(state, &self.scope)
    }

    /// A device id as this reader sees it.
    pub fn device(&self, id: &mut String) {
        if !self.sees_devices {
            *id = mask(id);
        }
    }

    /// Who sent something, as this reader sees it.
    pub fn sender(&self, sent_by: &mut String) {
        if !self.sees_devices {
            *sent_by = mask_sender(sent_by);
        }
    }

    /// A text that somebody sent, as this reader sees it: ids of devices in it are masked.
    pub fn text(&self, state: &AppState, text: &mut String) {
        if !self.sees_devices {
            let registry = state.store.registry();
            *text = mask_within(text, |it| registry.device(it).is_some());
        }
    }
}

/// The units of a scope, as queries of the store take them.
pub fn units_of(state: &AppState, scope: &UnitScope) -> UnitIds {
    if scope.is_city() {
        return UnitIds::all();
    }
    let registry = state.store.registry();
    let covered = registry.units().filter(|it| scope.covers(&it.enterprise_code, &it.region_code));
    UnitIds::of(covered.map(|it| it.unit_id))
}

/// The units that roles reach with a permission, for an account of these districts and units; `None` where no role may.
/// Names follow the figures: whoever sees one district is told the names of this district.
pub fn scope_of(
    roles: &[Role],
    (districts, units): (&[String], &[String]),
    permission: Permission,
) -> Option<UnitScope> {
    let of = |permission: Permission| {
        let scopes = roles.iter().filter_map(|role| match reach(*role, permission)? {
            Reach::City => Some(UnitScope::city()),
            Reach::Districts => Some(UnitScope::of(districts.iter().cloned(), [])),
            Reach::Units => Some(UnitScope::of([], units.iter().cloned())),
        });
        scopes.reduce(UnitScope::or)
    };
    let names = (permission == Permission::Names).then(|| of(Permission::Figures)).flatten();
    names.or_else(|| of(permission))
}

/// The units that others let an account read with a permission. Names follow the figures.
fn shared_scope(shares: &[Share], permission: Permission) -> BTreeSet<String> {
    let wanted = match permission {
        Permission::Names => Permission::Figures,
        other => other,
    };
    let of = shares.iter().filter(|it| it.kinds.contains(&wanted));
    of.map(|it| it.enterprise_code.clone()).collect()
}

/// Two readers of one hash see the same answer at one address.
impl Hash for Reader {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.scope.hash(state);
        self.by_share.hash(state);
        self.sees_devices.hash(state);
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| refusal(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(roles: &[Role], permission: Permission) -> Option<UnitScope> {
        scope_of(roles, (&["120119".to_owned()], &["UNIT".to_owned()]), permission)
    }

    #[test]
    fn a_role_reaches_what_the_account_names_and_several_roles_join() {
        let district = of(&[Role::DistrictOffice], Permission::Figures).expect("it may");
        assert!(district.covers("OTHER", "120119") && !district.covers("UNIT", "120101"));
        assert_eq!(of(&[Role::DistrictOffice], Permission::Names), Some(district));
        let both = of(&[Role::DistrictOffice, Role::EnterpriseClerk], Permission::Figures);
        let both = both.expect("it may");
        assert!(both.covers("UNIT", "120101") && both.covers("OTHER", "120119"));
        let inspector = of(&[Role::Inspector, Role::EnterpriseClerk], Permission::Figures);
        assert!(inspector.is_some_and(|it| it.is_city()));
        assert_eq!(of(&[Role::Auditor], Permission::Figures), None);
        assert_eq!(of(&[], Permission::Names), None);
    }
}
