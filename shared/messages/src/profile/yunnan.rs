//! Reads the messages of Yunnan: `/enterpriseInfo/rwk` gives a working key, `/enterpriseInfo/apply` brings the unit with
//! a password encrypted by it, `/requestAK` gives a token for the password, and every other call carries
//! `Authorization: Bearer` with one record.

use std::borrow::Cow;

use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value, json};

use super::national::valid;
use super::sm4::{BLOCK, Key};
use super::{Profile, Proof};
use crate::energy::{self, ATTRIBUTES, Entry};
use crate::fields::{get, number, text};
use crate::scalar::Scalar;
use crate::{Bounds, Problem, Reading};

/// Yunnan: access keys, and one record per call.
///
/// Found in two independent public clients (2020): these paths and `/enterpriseInfo/update`, `/checkVersion`,
/// `/platformAccessURL`, `/dataDownload`, `/dataDownload/public`, `/dataEnterpriseEnergy` below `/YNEnergy`; the fields of
/// each request; `responseCode` 200 as a number, 401 for a token that is not valid, `data.secretKey`, `data.dataIndex`,
/// `data.token`, `data.akValidAt`, `data.akExpiresIn` (yyyy-MM-dd HH:mm:ss SSS), `data.enterpriseUploadTime`,
/// `data.platformURL`, `data.dicVersion`, `data.regVersion`, `data.loadPlatformDataURL`; the password's block: length in
/// two digits, the password, F up to 16 characters, one SM4/CBC block under the key's first 16 characters, IV the first 16
/// of the credit code. Inferred: `valid` as in the nation; `infoUrl` and `dataUrl` of `/platformAccessURL`; codes 400, 403.
/// Unknown: what `convertRation` other than 1 does to a value, so it is refused rather than guessed.
pub const YUNNAN: Profile = Profile {
    name: "yunnan",
    prefix: "/YNEnergy",
    valid,
    valid_may_be_absent: false,
    proof: Proof::AccessKey,
};

/// The longest password that a block holds.
const PASSWORD_LENGTH: usize = BLOCK - 2;

/// Reads the record that a message of `/dataEnterpriseEnergy` carries.
pub fn record(message: &Map<String, Value>, bounds: &Bounds) -> Result<Reading, Problem> {
    let mut entry = Entry::default();
    for name in ATTRIBUTES {
        let value = get(message, name).map(|it| match it {
            Value::Bool(it) => Scalar::Flag(*it),
            it => text(it).map_or(Scalar::Other, |it| Scalar::Text(Cow::Owned(it))),
        });
        if let (Some(slot), Some(value)) = (entry.slot(name), value) {
            *slot = value;
        }
    }
    if let Some(ratio) = get(message, "convertRation")
        && number(ratio) != Some(1.0)
    {
        let found = text(ratio).unwrap_or_default();
        return Err(Problem::new("convertRation", ProblemCode::EntryConversionUnsupported, found)
            .hint(
                "按字典单位折算后上报，convertRation 填 1",
                "send the value in the dictionary's unit and convertRation 1",
            ));
    }
    energy::reading(&entry, &YUNNAN, bounds)
}

/// The encrypted password as a message carries it; `None` where the password is longer than a block holds, or the key
/// or code is too short.
pub fn encrypt_password(key: &str, enterprise_code: &str, password: &str) -> Option<String> {
    if password.len() > PASSWORD_LENGTH || !password.is_ascii() {
        return None;
    }
    let block = format!("{:02}{password:F<PASSWORD_LENGTH$}", password.len());
    Some(
        Key::from_text(key)?.encrypt_block(block.as_bytes().try_into().ok()?, iv(enterprise_code)?),
    )
}

/// The decrypted password of a message. A second block, which one client sends as padding, is ignored.
pub fn decrypt_password(key: &str, enterprise_code: &str, encrypted: &str) -> Option<String> {
    let block =
        Key::from_text(key)?.decrypt_block(encrypted.get(..2 * BLOCK)?, iv(enterprise_code)?)?;
    let length: usize = std::str::from_utf8(&block[..2]).ok()?.parse().ok()?;
    let (password, rest) = block[2..].split_at_checked(length)?;
    let whole = length > 0 && rest.iter().all(|it| *it == b'F');
    whole.then(|| String::from_utf8(password.to_vec()).ok())?
}

fn iv(enterprise_code: &str) -> Option<[u8; BLOCK]> {
    enterprise_code.as_bytes().get(..BLOCK)?.try_into().ok()
}

/// Turns an answer of the national form into the province's form: a numeric code, and everything else as `data`.
pub fn answer(mut national: Map<String, Value>, code: Option<ProblemCode>) -> Value {
    let success = national.remove("responseCode").is_some_and(|it| it == "0");
    let sentence = national.remove("responseMessage").unwrap_or_default();
    if success {
        return json!({"responseCode": 200, "responseMessage": "OK", "data": national});
    }
    let code = match code.map_or(400, ProblemCode::status) {
        it @ (401 | 403 | 404 | 408 | 413 | 415 | 429 | 503 | 507) => it,
        _ => 400,
    };
    json!({"responseCode": code, "responseMessage": sentence, "data": national})
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CODE: &str = "911201120000000191";

    proptest! {
        #[test]
        fn a_password_opens_with_its_key_only(key in "[0-9A-Za-z]{16}", other in "[0-9A-Za-z]{16}", password in "[!-~]{1,14}") {
            let encrypted = encrypt_password(&key, CODE, &password).unwrap();
            prop_assert_eq!(decrypt_password(&key, CODE, &encrypted), Some(password.clone()));
            prop_assume!(other != key);
            prop_assert_ne!(decrypt_password(&other, CODE, &encrypted), Some(password));
        }
    }

    /// Encrypted by another implementation (openssl enc -sm4-cbc -nopad).
    #[test]
    fn another_implementation_s_password() {
        let encrypted = "e94bde427a8370c40ed3e28441aa9a4b";
        let key = "GP0W8AIF8uuf7Go4";
        assert_eq!(encrypt_password(key, CODE, "123456").as_deref(), Some(encrypted));
        assert_eq!(decrypt_password(key, CODE, encrypted).as_deref(), Some("123456"));
    }

    #[test]
    fn a_password_too_long_for_a_block_is_not_cut() {
        assert_eq!(encrypt_password("GP0W8AIF8uuf7Go4", CODE, "123456789012345"), None);
    }

    #[test]
    fn answers_change_their_shape_and_keep_what_they_say() {
        let national = |it: Value| it.as_object().cloned().unwrap();
        let good = national(
            json!({"responseCode": "0", "responseMessage": "RECEIVE SUCCESS", "dicVersion": "3"}),
        );
        assert_eq!(
            answer(good, None),
            json!({"responseCode": 200, "responseMessage": "OK", "data": {"dicVersion": "3"}})
        );
        let bad = national(json!({"responseCode": "1", "responseMessage": "字段", "errors": []}));
        assert_eq!(
            answer(bad, Some(ProblemCode::AccessKeyInvalid)),
            json!({"responseCode": 401, "responseMessage": "字段", "data": {"errors": []}})
        );
    }
}
