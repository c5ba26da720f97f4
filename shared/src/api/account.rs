//! `/api/v1/session…`, `/api/v1/account…`, `/api/v1/accounts…`, `/api/v1/invitations…`: signing in, one's own account,
//! and the accounts of others.

use super::common::Named;
use super::sharing::SharedUnit;
use super::wire;
use crate::access::permission::Permission;
use crate::access::role::Role;

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "nengce_session";
/// The header that proves that a page of this server sends a change.
pub const CSRF_HEADER: &str = "x-nengce-csrf";
/// A header of requests that no person caused; they do not keep a session alive.
pub const BACKGROUND_HEADER: &str = "x-nengce-background";

crate::wire_enum! {
    /// Whether an account can be used.
    pub enum AccountState {
        /// Its person has not set a password yet.
        Invited = 1, "invited", "待激活", "Invited";
        /// Its person can sign in.
        Active = 2, "active", "在用", "Active";
        /// An administrator suspended it.
        Suspended = 3, "suspended", "已停用", "Suspended";
    }
}

wire! {
/// `GET /api/v1/session`: who asks, and how nobody becomes somebody.
pub struct SessionView {
    /// The Chinese name of the city.
    pub place_zh: String,
    /// The English name of the city.
    pub place_en: String,
    /// The Chinese name of the system.
    pub system_zh: String,
    /// The English name of the system.
    pub system_en: String,
    /// Whether every figure of this server is invented.
    pub demo: bool,
    /// Who is signed in; null for nobody.
    pub account: Option<OwnAccount>,
    /// Accounts of a demo that take no password; empty on any other server.
    pub demo_accounts: Vec<DemoAccount>,
    /// Minutes without activity after which a session ends.
    pub idle_minutes: u32,
    /// Characters of a new password, at least.
    pub password_min_length: u32,
    /// The sign-in at the provider of an organisation; null where there is none.
    pub provider: Option<ProviderLabel>,
}
/// The words of the button that leads to the provider.
pub struct ProviderLabel {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}
/// `POST /api/v1/session/provider`: a sign-in at the provider begins.
pub struct ProviderStart {
    /// The address of the provider to which the browser goes on.
    pub address: String,
}
/// `POST /api/v1/session/provider/answer`: the browser came back from the provider.
pub struct ProviderAnswerBody {
    /// The part of its address from the question mark on, as the provider wrote it.
    pub query: String,
}
/// The account that a session belongs to.
pub struct OwnAccount {
    /// The name with which its person signs in.
    pub name: String,
    /// The name of the person, in Chinese where the person has one.
    pub display_name: String,
    /// The same in English; may be empty.
    pub display_name_en: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// What its roles allow.
    pub permissions: Vec<Permission>,
    /// Its districts.
    pub districts: Vec<Named>,
    /// Its units.
    pub units: Vec<Named>,
    /// Units that others let it read for a time.
    pub shared_units: Vec<SharedUnit>,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// Whether a second factor has to be set up before anything else.
    pub second_factor_owed: bool,
    /// Recovery codes that are left.
    pub recovery_codes_left: u32,
    /// The token that changes of this session carry in the header `x-nengce-csrf`.
    pub csrf_token: String,
    /// When the session ends without further activity, local time `YYYY-MM-DD HH:MM:SS`.
    pub ends_at: String,
    /// Whether its person signs in at the provider: it has no password here.
    pub at_provider: bool,
    /// Where its person signs out at the provider too; null where the provider names no address.
    pub provider_sign_out: Option<String>,
}
/// An account of a demo.
pub struct DemoAccount {
    /// The name to sign in with.
    pub name: String,
    /// The Chinese name of the person.
    pub display_name: String,
    /// The English name of the person.
    pub display_name_en: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its districts.
    pub districts: Vec<Named>,
    /// Its units.
    pub units: Vec<Named>,
}
/// `POST /api/v1/session`: either a name with a password, or an account of a demo.
pub struct SignInBody {
    /// The name of the account.
    pub name: Option<String>,
    /// Its password.
    pub password: Option<String>,
    /// The code of the second factor, or a recovery code.
    pub code: Option<String>,
    /// An account of a demo, in place of the three others.
    pub demo_account: Option<String>,
}
/// The sessions of the account that asks.
pub struct SessionList {
    /// The sessions, last used first.
    pub rows: Vec<SessionRow>,
}
/// One session.
pub struct SessionRow {
    /// The id by which it can be ended.
    pub id: String,
    /// When its person signed in, local time.
    pub begun_at: String,
    /// When it was last used, local time.
    pub last_seen_at: String,
    /// The address that signed in.
    pub address: String,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// Whether this session asks.
    pub is_current: bool,
}
/// `PUT /api/v1/account/password`.
pub struct PasswordBody {
    /// The password so far.
    pub password: String,
    /// The new one.
    pub new_password: String,
}
/// Setting up a second factor: what an authenticator app needs.
pub struct SecondFactorSetUp {
    /// The secret, to be typed.
    pub secret: String,
    /// The same as an address.
    pub uri: String,
    /// The address as a QR code in SVG.
    pub qr_svg: String,
}
/// `POST /api/v1/account/second-factor/confirm`: a code of the app.
pub struct CodeBody {
    /// Six digits.
    pub code: String,
}
/// Recovery codes, shown only this once.
pub struct RecoveryCodes {
    /// Each replaces a code of the second factor, once.
    pub codes: Vec<String>,
}
/// `DELETE /api/v1/account/second-factor`.
pub struct OwnPasswordBody {
    /// The password of the account.
    pub password: String,
}
/// `POST /api/v1/invitations/accept`.
pub struct AcceptBody {
    /// The secret of the link.
    pub secret: String,
    /// The password that the person chose.
    pub password: String,
}
/// Whose invitation was accepted.
pub struct Accepted {
    /// The name to sign in with.
    pub name: String,
}
/// `GET /api/v1/accounts`.
pub struct AccountList {
    /// The accounts by name.
    pub rows: Vec<AccountRow>,
}
/// An account as its administrator sees it.
pub struct AccountRow {
    /// The name with which its person signs in.
    pub name: String,
    /// The name of the person.
    pub display_name: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its districts, by code.
    pub districts: Vec<String>,
    /// Its units, by credit code.
    pub units: Vec<String>,
    /// Whether it can be used.
    pub state: AccountState,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// Sessions in force.
    pub sessions: u32,
    /// When it was created, local time.
    pub created_at: String,
    /// When it was last changed, local time.
    pub changed_at: String,
    /// When its person last signed in, local time; null: never.
    pub last_sign_in_at: Option<String>,
    /// Until when its invitation can be accepted, local time; null without one.
    pub invited_until: Option<String>,
    /// Whether its person signs in at the provider, from whose claims its roles, districts and units come.
    pub at_provider: bool,
}
/// `POST /api/v1/accounts` and `PUT /api/v1/accounts/{name}`; in the latter `name` is that of the address.
pub struct AccountBody {
    /// The name to sign in with.
    pub name: String,
    /// The name of the person.
    pub display_name: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its districts, by code.
    pub districts: Vec<String>,
    /// Its units, by credit code.
    pub units: Vec<String>,
}
/// `GET /api/v1/publication`: what can be published.
pub struct PublicationList {
    /// Each part, in the order of the permissions.
    pub rows: Vec<PublicRead>,
}
/// A part of the data that can be published.
pub struct PublicRead {
    /// The permission that it takes otherwise.
    pub permission: Permission,
    /// Whether anybody may read it without signing in.
    pub published: bool,
}
/// An invitation, whose link is shown only this once.
pub struct Invited {
    /// The name to sign in with.
    pub name: String,
    /// The path of the page that sets the password, with its secret.
    pub link: String,
    /// Until when it can be accepted, local time.
    pub until: String,
}
/// `POST /api/v1/accounts/import`: what a file of accounts holds; nothing of it is taken while one row is wrong.
pub struct AccountImport {
    /// The rows of the file.
    pub rows: u32,
    /// True when nothing was to be changed.
    pub dry_run: bool,
    /// Every wrong cell.
    pub errors: Vec<WrongCell>,
    /// Names that exist already; their roles, districts and units are changed.
    pub changed: Vec<String>,
    /// The invitations of new accounts; without links in a preview.
    pub invited: Vec<Invited>,
}
/// A cell of a file that cannot be taken.
pub struct WrongCell {
    /// Line of the file, counted from 1 with the header.
    pub row: u32,
    /// The column.
    pub field: String,
    /// What is wrong, in Chinese and English.
    pub reason: String,
}
}
