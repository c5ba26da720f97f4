//! The account of a person who signs in at the provider. It is found by issuer and subject alone, never by a name or an
//! e-mail address, and has the roles, districts and units that the provider named last.

use std::sync::Arc;

use axum::http::Extensions;
use jiff::civil::DateTime;
use nengce_core::audit::ActorKind;
use nengce_messages::checks;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{AccountBody, AccountState};
use nengce_shared::problem::ProblemCode;

use super::validity;
use crate::http::access::actor;
use crate::http::access::system_tokens::hash;
use crate::http::content::problem::ApiError;
use crate::http::state::AppState;
use crate::oidc::claims::{Named, Person};
use crate::store::accounts::account::{Account, ProviderIdentity};

/// Characters of a person's name that are kept.
const NAME_LENGTH: usize = 80;
/// Digits of the identity's hash in the name of its account.
const DIGITS: usize = 16;

/// Why a person whom the provider vouches for is not let in.
pub(super) struct Refusal {
    /// The name of the person's account, if there is one.
    pub(super) account: Option<String>,
    pub(super) error: ApiError,
}

/// The name of the account of an identity.
fn account_name(person: &Person) -> String {
    let digest = hash(&format!("{} {}", person.issuer, person.subject));
    format!("oidc-{}", digest.get(..DIGITS).unwrap_or(&digest))
}

/// The name to be shown; a text that cannot be shown gives way to the name of the account.
fn display_name(person: &Person) -> String {
    let name: String =
        person.name.as_deref().unwrap_or_default().trim().chars().take(NAME_LENGTH).collect();
    match name.is_empty() || checks::text("display_name", &name).is_err() {
        true => account_name(person),
        false => name,
    }
}

/// The account as the provider describes it now, or why it may not sign in.
fn described(state: &AppState, person: &Person) -> Result<AccountBody, ApiError> {
    let Named { roles, mut districts, mut units } = Named::of(person, &state.config);
    let missing = |words: &str| ApiError::new(ProblemCode::ProviderRolesMissing, words);
    if roles.is_empty() {
        return Err(missing(
            "统一认证未给您本平台的角色，请联系单位的统一认证管理员 / the provider gives you no role of this platform: ask whoever \
             manages your organisation's accounts",
        ));
    }
    if !Role::may_be_together(&roles) {
        return Err(missing(
            "统一认证同时给了三员角色和其他角色，三员须各自独立，请联系统一认证管理员 / the provider gives you an administrator's role \
             together with another; an administrator's role stands alone: ask whoever manages your organisation's accounts",
        ));
    }
    let dictionaries = state.dictionaries();
    districts.retain(|it| dictionaries.region(it).is_some());
    {
        let registry = state.store.registry();
        units.retain(|it| registry.unit_by_code(it).is_some());
    }
    let (name, display_name) = (account_name(person), display_name(person));
    let body = AccountBody { name, display_name, roles, districts, units };
    match validity::problems(state, &body).into_iter().next() {
        Some(it) => {
            let (field, reason) = (it.field.unwrap_or_default(), it.reason);
            Err(missing(&format!("{field}：{reason} ({field})")))
        }
        None => Ok(body),
    }
}

/// Whether the provider proved what the roles need.
fn check_factor(state: &AppState, person: &Person, roles: &[Role]) -> Result<(), ApiError> {
    let needs = roles.iter().any(|it| state.config.needs_second_factor(*it));
    match needs && !person.second_factor {
        true => Err(ApiError::new(
            ProblemCode::ProviderFactorMissing,
            "您的角色须在统一认证处使用第二因素（动态码、证书等）登录 / your role needs a sign-in with a second factor at the provider",
        )),
        false => Ok(()),
    }
}

/// Brings the account of a person up to what the provider says. Its sessions end when its rights have changed; where the
/// provider names no role any more, the account has none.
pub(super) async fn update(
    state: &AppState,
    extensions: &Extensions,
    person: &Person,
) -> Result<Arc<Account>, Refusal> {
    let known = state.store.accounts().at_provider(&person.issuer, &person.subject).cloned();
    let name = known.as_ref().map(|it| it.name.clone());
    let refused = |error: ApiError| Refusal { account: name.clone(), error };
    if known.as_ref().is_some_and(|it| it.state == AccountState::Suspended) {
        let words = "账号已停用，请联系安全管理员 / the account is suspended: ask the security administrator";
        return Err(refused(ApiError::new(ProblemCode::Forbidden, words)));
    }
    let body = match described(state, person) {
        Ok(it) => it,
        Err(error) => {
            if known.is_some() {
                let none = AccountBody {
                    name: account_name(person),
                    display_name: display_name(person),
                    roles: Vec::new(),
                    districts: Vec::new(),
                    units: Vec::new(),
                };
                write(state, extensions, person, (none, false)).await.map_err(refused)?;
            }
            return Err(refused(error));
        }
    };
    check_factor(state, person, &body.roles).map_err(refused)?;
    write(state, extensions, person, (body, true)).await.map_err(refused)
}

/// Writes the account of a person, and ends its sessions where its rights changed.
async fn write(
    state: &AppState,
    extensions: &Extensions,
    person: &Person,
    (body, signs_in): (AccountBody, bool),
) -> Result<Arc<Account>, ApiError> {
    actor::note(extensions, ActorKind::Account, &body.name);
    let now = state.clock.now();
    let mut rights_changed = false;
    let changed = state.store.change_accounts::<ApiError>(|all| {
        let known = all.at_provider(&person.issuer, &person.subject);
        if known.is_none() && all.get(&body.name).is_some() {
            let words =
                format!("已有账号 {0} / there is an account {0} of somebody else", body.name);
            return Err(ApiError::new(ProblemCode::Conflict, words));
        }
        let before = known.map(|it| Account::clone(it));
        let after = filled(before.clone(), person, body, now);
        rights_changed = before.as_ref().is_some_and(|it| rights(it) != rights(&after));
        Ok(vec![Account {
            last_sign_in_at: if signs_in { Some(now) } else { after.last_sign_in_at },
            changed_at: match before.is_none_or(|it| rights(&it) != rights(&after)) {
                true => now,
                false => after.changed_at,
            },
            ..after
        }])
    });
    let account = changed.await?.pop().ok_or_else(|| ApiError::internal("no account"))?;
    if rights_changed {
        state.store.end_sessions(|it| it.account == account.name).await?;
    }
    Ok(account)
}

/// What sessions rest on: when it changes, they end.
fn rights(it: &Account) -> (&[Role], &[String], &[String], Option<&ProviderIdentity>) {
    (&it.roles, &it.districts, &it.units, it.provider_identity.as_ref())
}

fn filled(known: Option<Account>, person: &Person, body: AccountBody, now: DateTime) -> Account {
    let mut it = known.unwrap_or_else(|| Account {
        state: AccountState::Active,
        ..Account::new(body.name.clone(), Vec::new(), now)
    });
    super::manage::fill(&mut it, body);
    it.provider_identity = Some(ProviderIdentity {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        second_factor: person.second_factor,
    });
    it
}
