//! Accounts as the API shows them, with the names of their districts and units.

use nengce_core::reference::Dictionaries;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::{AccountRow, DemoAccount, OwnAccount};
use nengce_shared::api::common::Named;
use nengce_shared::api::sharing::SharedUnit;

use crate::clock;
use crate::http::access::session::SignedIn;
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

fn districts(dictionaries: &Dictionaries, codes: &[String]) -> Vec<Named> {
    let named = |code: &String| {
        let region = dictionaries.region(code);
        let (zh, en) = region.map_or((code, code), |it| (&it.name_zh, &it.name_en));
        Named { code: code.clone(), zh: zh.clone(), en: en.clone() }
    };
    codes.iter().map(named).collect()
}

fn units(state: &AppState, codes: &[String]) -> Vec<Named> {
    let registry = state.store.registry();
    let named = |code: &String| {
        let name = registry.unit_by_code(code).map_or(code, |it| &it.name);
        Named { code: code.clone(), zh: name.clone(), en: name.clone() }
    };
    codes.iter().map(named).collect()
}

fn shared_units(state: &AppState, by: &SignedIn) -> Vec<SharedUnit> {
    let codes: Vec<String> = by.shares.iter().map(|it| it.enterprise_code.clone()).collect();
    let named = units(state, &codes).into_iter().zip(&by.shares);
    named
        .map(|(unit, it)| SharedUnit { unit, kinds: it.kinds.clone(), until: it.until.to_string() })
        .collect()
}

/// The account of whoever asks.
pub(super) fn own(state: &AppState, by: &SignedIn) -> OwnAccount {
    let it = &by.account;
    let factor = it.confirmed_factor();
    let permissions = Permission::ALL.iter().copied().filter(|of| by.may(*of));
    OwnAccount {
        name: it.name.clone(),
        display_name: it.display_name.clone(),
        display_name_en: it.display_name_en.clone(),
        roles: it.roles.clone(),
        permissions: permissions.collect(),
        districts: districts(&state.dictionaries(), &it.districts),
        units: units(state, &it.units),
        shared_units: shared_units(state, by),
        second_factor: factor.is_some(),
        second_factor_owed: by.owes_second_factor,
        recovery_codes_left: factor.map_or(0, |it| it.recovery_digests.len() as u32),
        csrf_token: by.csrf_token.clone(),
        ends_at: clock::text(by.ends_at),
        at_provider: it.provider_identity.is_some(),
        provider_sign_out: it
            .provider_identity
            .as_ref()
            .and_then(|_| state.oidc.as_ref()?.sign_out_address()),
    }
}

/// An account that takes no password.
pub(super) fn demo(state: &AppState, it: &Account) -> DemoAccount {
    DemoAccount {
        name: it.name.clone(),
        display_name: it.display_name.clone(),
        display_name_en: it.display_name_en.clone(),
        roles: it.roles.clone(),
        districts: districts(&state.dictionaries(), &it.districts),
        units: units(state, &it.units),
    }
}

/// An account as its administrator sees it.
pub(super) fn row(state: &AppState, it: &Account) -> AccountRow {
    let now = state.clock.now();
    let sessions =
        state.store.accounts().sessions_of(&it.name, state.config.session_life(), now).len();
    AccountRow {
        name: it.name.clone(),
        display_name: it.display_name.clone(),
        roles: it.roles.clone(),
        districts: it.districts.clone(),
        units: it.units.clone(),
        state: it.state,
        second_factor: it.confirmed_factor().is_some(),
        sessions: sessions as u32,
        created_at: clock::text(it.created_at),
        changed_at: clock::text(it.changed_at),
        last_sign_in_at: it.last_sign_in_at.map(clock::text),
        invited_until: it.invitation.as_ref().map(|it| clock::text(it.until)),
        at_provider: it.provider_identity.is_some(),
    }
}
