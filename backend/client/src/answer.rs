//! Reads the answer of a centre: success, entries that it refused, or a refusal of the whole message.

use std::time::Duration;

use hyper::Response;
use hyper::header::RETRY_AFTER;
use nengce_messages::profile::{Profile, Proof};
use serde_json::Value;

use crate::error::ClientError;

/// Characters of an unknown answer that are kept.
const MOST_CHARACTERS_KEPT: usize = 200;

/// An entry that the centre refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedEntry {
    /// Place of the entry in the message, from 0.
    pub index: usize,
    /// The attribute that is wrong, as the centre names it.
    pub field: String,
    /// The centre's code.
    pub code: String,
    /// The centre's reason.
    pub reason: String,
}

/// What the centre did with a message that it took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// `responseCode`, as text.
    pub code: String,
    /// `responseMessage`.
    pub message: String,
    /// The entries that were refused; the centre keeps all others.
    pub rejected: Vec<RejectedEntry>,
    /// The number of refused entries that the answer does not name.
    pub rejected_unnamed: u64,
    /// The whole answer.
    pub body: Value,
}

/// Reads an HTTP answer.
pub(crate) fn read(profile: &Profile, answer: &Response<Vec<u8>>) -> Result<Answer, ClientError> {
    let status = answer.status().as_u16();
    let text = || shortened(answer.body());
    if matches!(status, 408 | 429 | 502 | 503 | 504 | 507) {
        let retry_after = answer.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok());
        let retry_after =
            retry_after.and_then(|it| it.trim().parse().ok()).map(Duration::from_secs);
        return Err(ClientError::Busy { status, retry_after, text: text() });
    }
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    let Some(code) = body.get("responseCode").map(plain) else {
        return Err(ClientError::NotUnderstood { status, text: text() });
    };
    let message = body.get("responseMessage").map(plain).unwrap_or_default();
    let success = if profile.proof == Proof::AccessKey { "200" } else { "0" };
    if code == success {
        return Ok(Answer { code, message, body, ..Answer::default() });
    }
    let details = if profile.proof == Proof::AccessKey { &body["data"] } else { &body };
    let errors = details["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rejected: Vec<RejectedEntry> = errors.iter().filter_map(rejected_entry).collect();
    let unnamed =
        ["errorsMore", "errorsNotKept"].map(|it| details[it].as_u64().unwrap_or_default());
    let rejected_unnamed = unnamed.iter().sum();
    if !rejected.is_empty() && profile.proof != Proof::AccessKey {
        return Ok(Answer { code, message, rejected, rejected_unnamed, body });
    }
    let reason = errors.first().map(|it| plain(&it["code"])).unwrap_or_default();
    if reason == "entry_device_unknown" || (profile.proof == Proof::AccessKey && code == "401") {
        return Err(ClientError::RegisterAgain(message));
    }
    // Yunnan answers as HTTP does: only 400 speaks of the record, and what is busy now takes it later.
    match code.parse().unwrap_or(400) {
        status @ 408.. if profile.proof == Proof::AccessKey => {
            return Err(ClientError::Busy { status, retry_after: None, text: message });
        }
        402..408 if profile.proof == Proof::AccessKey => {
            return Err(ClientError::Refused { code, text: message });
        }
        _ => {}
    }
    Err(ClientError::Refused { code: if reason.is_empty() { code } else { reason }, text: message })
}

fn rejected_entry(it: &Value) -> Option<RejectedEntry> {
    Some(RejectedEntry {
        index: usize::try_from(it["index"].as_u64()?).ok()?,
        field: plain(&it["field"]),
        code: plain(&it["code"]),
        reason: plain(&it["reason"]),
    })
}

/// A text or a number as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        it => it.to_string(),
    }
}

fn shortened(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(MOST_CHARACTERS_KEPT).collect()
}

#[cfg(test)]
mod tests {
    use nengce_messages::profile::{national::NATIONAL, yunnan::YUNNAN};

    use super::*;

    fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
        let answer = Response::builder().status(status).header(RETRY_AFTER, "7");
        answer.body(body.as_bytes().to_vec()).expect("an answer")
    }

    #[test]
    fn refused_entries_are_named_and_the_others_count() {
        let body = r#"{"responseCode":"1","responseMessage":"m","errorsMore":2,"errors":[
            {"index":3,"field":"statDate","code":"c","reason":"r"}]}"#;
        let read = read(&NATIONAL, &answer(200, body)).expect("taken");
        assert_eq!((read.rejected[0].index, read.rejected_unnamed), (3, 2));
    }

    #[test]
    fn a_refusal_of_the_whole_message_says_what_to_do_next() {
        let check = |profile, status, body, code| {
            let error = read(profile, &answer(status, body)).expect_err("refused");
            assert_eq!(error.code(), code, "{error}");
        };
        check(&NATIONAL, 503, "", "centre_busy");
        check(&NATIONAL, 200, "<html>", "centre_not_understood");
        let unknown =
            r#"{"responseCode":"1","errors":[{"field":"deviceId","code":"entry_device_unknown"}]}"#;
        check(&NATIONAL, 200, unknown, "centre_registers_again");
        check(&NATIONAL, 200, r#"{"responseCode":"1","responseMessage":"no"}"#, "centre_refused");
        check(
            &YUNNAN,
            200,
            r#"{"responseCode":401,"responseMessage":"no"}"#,
            "centre_registers_again",
        );
        check(&YUNNAN, 200, r#"{"responseCode":503,"responseMessage":"no"}"#, "centre_busy");
        check(&YUNNAN, 200, r#"{"responseCode":403,"responseMessage":"no"}"#, "centre_refused");
        assert!(read(&YUNNAN, &answer(200, r#"{"responseCode":200}"#)).is_ok());
    }

    #[test]
    fn a_busy_centre_says_how_long() {
        match read(&NATIONAL, &answer(429, "")).expect_err("busy") {
            ClientError::Busy { retry_after, .. } => {
                assert_eq!(retry_after, Some(Duration::from_secs(7)));
            }
            other => panic!("{other}"),
        }
    }
}
