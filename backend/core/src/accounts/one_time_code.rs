//! The second factor: six digits that change every 30 seconds (TOTP, RFC 6238 with SHA-1, as every authenticator app
//! computes them). A code counts one step early or late, and once.

use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
pub const SECRET_BYTES: usize = 20;

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(1).build().ok()
}

/// A secret as people type it into an app.
pub fn secret(random: &[u8; SECRET_BYTES]) -> String {
    Secret::from(random.to_vec()).to_base32()
}

/// The step of a right code, if it is later than the step of the last code that was used.
pub fn step(secret: &str, code: &str, unix_seconds: i64, last_step: i64) -> Option<i64> {
    let now = u64::try_from(unix_seconds).ok()?;
    let code: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    let step = totp(secret)?.check(&code, now)?;
    i64::try_from(step).ok().filter(|it| *it > last_step)
}

/// The code of a moment.
pub fn code(secret: &str, unix_seconds: i64) -> Option<String> {
    let now = u64::try_from(unix_seconds).ok()?;
    Some(totp(secret)?.generate(now).to_string())
}

/// The address that an authenticator app reads from a QR code.
pub fn uri(secret: &str, issuer: &str, name: &str) -> String {
    let (issuer, name) = (escaped(issuer), escaped(name));
    format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}")
}

/// A text as a part of an address.
fn escaped(text: &str) -> String {
    let byte = |it: u8| match it.is_ascii_alphanumeric() || b"-._~".contains(&it) {
        true => char::from(it).to_string(),
        false => format!("%{it:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the test vectors of RFC 6238, `12345678901234567890`.
    fn published() -> String {
        secret(b"12345678901234567890")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (at, expected) in
            [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")]
        {
            assert_eq!(code(&published(), at).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_once() {
        let at = |seconds| step(&published(), "287082", seconds, 0);
        assert_eq!(at(59), Some(1));
        assert_eq!((at(29), at(89)), (Some(1), Some(1)));
        assert_eq!(at(120), None, "two steps late");
        assert_eq!(step(&published(), "287082", 59, 1), None, "it was used");
        assert_eq!(step(&published(), "287 082", 59, 0), Some(1), "as apps show it");
        assert_eq!(step(&published(), "287083", 59, 0), None);
        assert_eq!(step(&published(), "", 59, 0), None);
    }

    #[test]
    fn the_address_holds_no_character_that_breaks_it() {
        let uri = uri("ABC", "能测 Nengce", "a@b");
        assert_eq!(
            uri,
            "otpauth://totp/%E8%83%BD%E6%B5%8B%20Nengce:a%40b?secret=ABC&issuer=%E8%83%BD%E6%B5%8B%20Nengce"
        );
    }
}
