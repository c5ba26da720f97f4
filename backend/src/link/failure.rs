//! Why something did not go up: whose matter it is, in words, and when it is tried again.

use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_client::ClientError;
use nengce_client::https::HttpsError;
use nengce_shared::lang::Lang;

use crate::clock;
use crate::rest;
use crate::store::error::StoreError;
use crate::store::link::upper::Failure;

/// Seconds before a unit is tried again; each further failure doubles them.
const FIRST_REST_SECONDS: u32 = 60;
const LONGEST_REST_SECONDS: i64 = 6 * 3_600;
/// Characters of a reason that are kept.
const REASON_CHARACTERS: usize = 600;

/// Why a round ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum RoundError {
    #[error(transparent)]
    Above(#[from] ClientError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether the platform above as a whole does not take anything just now.
pub(super) fn is_of_platform(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::NoAnswer(_) | ClientError::Busy { .. } | ClientError::NotUnderstood { .. }
    )
}

/// A failure in words.
pub(super) fn of(error: &ClientError, now: DateTime) -> Failure {
    let code = match error {
        ClientError::Refused { code, .. } => code.clone(),
        other => other.code().to_owned(),
    };
    let text = |lang| shortened(&error.text(lang));
    Failure { code, zh: text(Lang::Zh), en: text(Lang::En), at: clock::text(now) }
}

/// Whether a registration was certainly not taken: it was refused, or never sent.
pub(super) fn gave_nothing(error: &ClientError) -> bool {
    use HttpsError::{Connection, NoHost, NotProtected};
    matches!(
        error,
        ClientError::Refused { .. }
            | ClientError::Unwritable(_)
            | ClientError::NoAnswer(Connection(_) | NotProtected(_) | NoHost(_))
    )
}

/// Whether the platform above has a terminal of the unit, and nothing proves that it is this platform's.
pub(super) fn is_in_place(error: &ClientError) -> bool {
    matches!(error, ClientError::Refused { code, .. } if code == "terminal_in_place")
}

/// The platform above has a terminal of the unit, and the answer to an earlier registration did not come.
pub(super) fn registration_lost(error: &ClientError, asked_at: &str, now: DateTime) -> Failure {
    let zh = format!(
        "{asked_at} 申请注册后未收到应答，上级平台现已有该单位的终端。请上级平台在“终端 → 更换申请”中确认该单位的申请，\
         或发放一次性登记码（写入 registration_codes），之后自动续传，也可点“再次上送”；若该单位另有自己的终端，\
         请列入 except_units。{}",
        error.text(Lang::Zh)
    );
    let en = format!(
        "no answer came to the registration of {asked_at}, and the platform above has a terminal of the unit now. Ask it \
         to confirm the unit's claim (Terminals, Claims) or to make a one-time code (for registration_codes of the link \
         file); then the link goes on by itself or with Send again. A unit with a terminal of its own there belongs into \
         except_units. {}",
        error.text(Lang::En)
    );
    Failure {
        code: "registration_lost".to_owned(),
        zh: shortened(&zh),
        en: shortened(&en),
        at: clock::text(now),
    }
}

/// A text without control characters, of bounded length.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(REASON_CHARACTERS).collect()
}

/// When a unit with so many failures in a row is tried again.
pub(super) fn next_at(attempts: u32, now: DateTime) -> DateTime {
    let before = attempts.saturating_sub(1);
    now.saturating_add(rest::doubled(FIRST_REST_SECONDS, before, LONGEST_REST_SECONDS).seconds())
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn rests_double_up_to_the_longest() {
        let now = datetime(2026, 1, 1, 0, 0, 0, 0);
        let rest = |attempts| next_at(attempts, now).duration_since(now).as_secs();
        assert_eq!([1, 2, 4].map(rest), [60, 120, 480]);
        assert_eq!(next_at(40, now), datetime(2026, 1, 1, 6, 0, 0, 0));
    }
}
