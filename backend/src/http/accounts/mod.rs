//! `/api/v1/session…`, `/api/v1/account…`, `/api/v1/accounts…`: signing in, one's own account, and the accounts of others.

mod account_view;
pub mod import;
pub mod invitations;
pub mod manage;
pub mod password;
pub mod provider;
mod provider_account;
pub mod publishing;
pub mod second_factor;
pub mod session;
pub mod sessions;
mod sign_in;
pub mod standing;
mod validity;

pub use sign_in::demo_account;
