//! An account and a session as they lie in memory.

use jiff::civil::{Date, DateTime};
use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountState;

/// The account of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub name: String,
    pub display_name: String,
    pub display_name_en: String,
    pub roles: Vec<Role>,
    pub districts: Vec<String>,
    pub units: Vec<String>,
    pub state: AccountState,
    /// Signs in without a password, on a demo alone.
    pub is_demo: bool,
    /// argon2id, in the PHC format.
    pub password_hash: Option<String>,
    pub second_factor: Option<SecondFactor>,
    pub invitation: Option<Invitation>,
    /// Set where its person signs in at the provider; such an account has no password.
    pub provider_identity: Option<ProviderIdentity>,
    pub created_at: DateTime,
    pub changed_at: DateTime,
    pub last_sign_in_at: Option<DateTime>,
}

/// The second factor of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondFactor {
    /// In base32.
    pub secret: String,
    /// Whether its person has shown a right code.
    pub confirmed: bool,
    /// The step of the last code that was used.
    pub last_step: i64,
    /// SHA-256 of the recovery codes that are left.
    pub recovery_digests: Vec<String>,
}

/// Who a person is at the provider of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderIdentity {
    pub issuer: String,
    pub subject: String,
    /// The provider asked for a second factor at the last sign-in.
    pub second_factor: bool,
}

/// A link with which its person sets a password.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// SHA-256 of the secret in the link.
    pub digest: String,
    pub until: DateTime,
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// SHA-256 of the token in the cookie.
    pub digest: String,
    pub account: String,
    pub begun_at: DateTime,
    pub last_seen_at: DateTime,
    pub address: String,
    pub user_agent: String,
}

/// A share of a unit's data with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// 0 before it is stored.
    pub id: i32,
    pub enterprise_code: String,
    pub account: String,
    pub kinds: Vec<Permission>,
    /// The last day, included.
    pub until: Date,
    pub reason: String,
    pub made_by: String,
    pub made_at: String,
    /// Who withdrew it, and when.
    pub withdrawn: Option<(String, String)>,
}

impl Share {
    pub fn is_in_force(&self, today: Date) -> bool {
        self.withdrawn.is_none() && self.until >= today
    }
}

/// Digits of a session's digest by which its person names it.
const ID_LENGTH: usize = 16;

impl Session {
    /// The id by which its person ends it.
    pub fn id(&self) -> &str {
        &self.digest[..ID_LENGTH.min(self.digest.len())]
    }
}

impl Account {
    /// Whether its person belongs to a unit, by role and credit code.
    pub fn is_of_unit(&self, code: &str) -> bool {
        self.roles.iter().any(|it| it.is_of_enterprise()) && self.units.iter().any(|it| it == code)
    }

    /// A new account, which nobody can use before it gets a password.
    pub fn new(name: String, roles: Vec<Role>, now: DateTime) -> Self {
        Self {
            display_name: name.clone(),
            name,
            display_name_en: String::new(),
            roles,
            districts: Vec::new(),
            units: Vec::new(),
            state: AccountState::Invited,
            is_demo: false,
            password_hash: None,
            second_factor: None,
            invitation: None,
            provider_identity: None,
            created_at: now,
            changed_at: now,
            last_sign_in_at: None,
        }
    }

    /// The second factor, once its person has shown a right code.
    pub fn confirmed_factor(&self) -> Option<&SecondFactor> {
        self.second_factor.as_ref().filter(|it| it.confirmed)
    }
}
