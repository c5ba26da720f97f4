//! Warnings about how people sign in, and for how long.

use nengce_shared::access::role::Role;

use super::warning::Warning;
use crate::config::Config;

/// OWASP Password Storage Cheat Sheet: argon2id with 7 MiB and 5 passes is the least memory, and 35 MiB is the least
/// product of memory and passes among its choices.
const LEAST_MEMORY_KIB: u32 = 7_168;
const LEAST_PASSES_KIB: u64 = 35_840;
/// Characters of a password (OWASP ASVS 4.0.3, 2.1.1).
const LEAST_CHARACTERS: usize = 12;
/// OWASP ASVS 4.0.3, 3.3.2: a session of level 2 ends after 30 minutes without use, or after 12 hours.
const MOST_IDLE_MINUTES: u32 = 30;
const MOST_HOURS: u32 = 12;
const MOST_TRIES: u32 = 10;
const LEAST_LOCK_MINUTES: u32 = 5;

const ADMINISTRATORS: [Role; 3] =
    [Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor];

pub(super) fn of(config: &Config) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |is_so: bool, code, key, reason: String, advice| {
        if is_so {
            found.push(Warning::new(code, key, reason, advice));
        }
    };
    let without = ADMINISTRATORS.into_iter().filter(|it| !config.needs_second_factor(*it));
    let without: Vec<&str> = without.map(Role::as_str).collect();
    warn(
        !without.is_empty(),
        "no_second_factor",
        "second_factor_roles",
        format!("a password alone opens what {} may do", without.join(", ")),
        "name the three administrators",
    );
    warn(
        config.session_idle_minutes > MOST_IDLE_MINUTES,
        "long_sessions",
        "session_idle_minutes",
        format!("a page left open stays signed in for {} minutes", config.session_idle_minutes),
        "30 at most",
    );
    warn(
        config.session_hours > MOST_HOURS,
        "long_sessions",
        "session_hours",
        format!("a stolen session lives for {} hours", config.session_hours),
        "12 at most",
    );
    warn(
        config.password_min_length < LEAST_CHARACTERS,
        "short_passwords",
        "password_min_length",
        format!("passwords of {} characters can be guessed", config.password_min_length),
        "12 at least",
    );
    let work = u64::from(config.password_memory_kib) * u64::from(config.password_passes);
    warn(
        config.password_memory_kib < LEAST_MEMORY_KIB || work < LEAST_PASSES_KIB,
        "weak_password_hash",
        "password_memory_kib",
        "stolen hashes of passwords are guessed faster than OWASP recommends".to_owned(),
        "19456 with password_passes = 2, or more",
    );
    warn(
        config.sign_in_tries > MOST_TRIES,
        "many_tries",
        "sign_in_tries",
        format!("{} wrong passwords before a lock", config.sign_in_tries),
        "10 at most",
    );
    warn(
        config.sign_in_lock_minutes < LEAST_LOCK_MINUTES,
        "many_tries",
        "sign_in_lock_minutes",
        format!("a lock of {} minutes hardly slows a guesser", config.sign_in_lock_minutes),
        "5 at least",
    );
    warn(
        !config.admin_token.is_empty(),
        "token_of_everything",
        "admin_token",
        "whoever holds it has every permission, without a second factor and without a name in the audit log".to_owned(),
        "leave it empty once a security administrator has signed in",
    );
    found
}
