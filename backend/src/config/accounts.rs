//! The rules of accounts as the configuration has them, and the check of their keys.

use anyhow::{Result, bail};
use nengce_core::accounts::expiry::SessionLife;
use nengce_core::accounts::lock::LockRule;
use nengce_core::accounts::password::PasswordRule;
use nengce_shared::access::role::Role;

use super::Config;

impl Config {
    pub fn session_life(&self) -> SessionLife {
        SessionLife { idle_minutes: self.session_idle_minutes, hours: self.session_hours }
    }

    pub fn password_rule(&self) -> PasswordRule {
        PasswordRule { min_length: self.password_min_length, min_kinds: self.password_min_kinds }
    }

    pub fn lock_rule(&self) -> LockRule {
        LockRule { tries: self.sign_in_tries, minutes: self.sign_in_lock_minutes }
    }

    /// Whether a role needs a second factor.
    pub fn needs_second_factor(&self, role: Role) -> bool {
        self.second_factor_roles.iter().any(|it| it == role.as_str())
    }

    pub(super) fn check_accounts(&self) -> Result<()> {
        for (key, value) in [
            ("session_idle_minutes", self.session_idle_minutes as usize),
            ("session_hours", self.session_hours as usize),
            ("max_sessions", self.max_sessions),
            ("password_min_length", self.password_min_length),
            ("password_threads", self.password_threads),
            ("password_queue", self.password_queue),
            ("sign_in_tries", self.sign_in_tries as usize),
        ] {
            if value == 0 {
                bail!("{key}: 0 would let nobody sign in");
            }
        }
        if self.password_min_kinds > 4 {
            bail!(
                "password_min_kinds: there are 4 kinds of characters, not {}",
                self.password_min_kinds
            );
        }
        if let Some(word) = self.second_factor_roles.iter().find(|it| Role::parse(it).is_none()) {
            bail!("second_factor_roles: there is no role {word}");
        }
        let cost = (self.password_memory_kib, self.password_passes, self.password_lanes);
        if argon2::Params::new(cost.0, cost.1, cost.2, None).is_err() {
            bail!(
                "password_memory_kib, password_passes, password_lanes: argon2 cannot compute with {cost:?}"
            );
        }
        Ok(())
    }
}
