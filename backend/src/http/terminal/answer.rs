//! Builds answers in the terminal protocol's shape: `responseCode` "0" or "1", a sentence, and the error of each entry.
//! A refusal also carries its problem code as an extension, from which a province's profile builds its own shape.

use std::num::NonZeroU32;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nengce_messages::{Problem, Rejected};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::config::Config;
use crate::http::yearly_values;
use crate::store::StoreError;

const SUCCESS: &str = "RECEIVE SUCCESS";
/// Seconds after which a terminal may repeat a message that a daily bound or a missing approval refused.
const LIMITED_SECONDS: u32 = 3_600;
/// Bytes that an error takes in an answer in addition to its field and reason.
const ERROR_BYTES: usize = 80;
/// The sentence names this many entries and counts the rest.
const MOST_ENTRIES_NAMED: usize = 3;

/// Answers HTTP 200 with `responseCode` "0" and the fields that the message asks for.
pub fn success(more: Value) -> Response {
    let mut body = json!({"responseCode": "0", "responseMessage": SUCCESS});
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    Json(body).into_response()
}

#[derive(Serialize)]
struct Failure<'a> {
    #[serde(rename = "responseCode")]
    response_code: &'static str,
    #[serde(rename = "responseMessage")]
    response_message: String,
    errors: Vec<EntryError<'a>>,
    /// The number of refused entries for which `errors` has no room.
    #[serde(rename = "errorsMore", skip_serializing_if = "Option::is_none")]
    errors_more: Option<NonZeroU32>,
    /// The number of refused entries that are counted and not kept.
    #[serde(rename = "errorsNotKept", skip_serializing_if = "Option::is_none")]
    errors_not_kept: Option<NonZeroU32>,
}

#[derive(Serialize)]
struct EntryError<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
    field: &'a str,
    code: ProblemCode,
    reason: String,
}

/// Refuses the whole message; nothing of it is stored.
pub fn refused(problem: &Problem) -> Response {
    // A failure of the protocol is HTTP 200; only a failure of the transport has its own status.
    let status = match problem.code.status() {
        it @ (408 | 413 | 415 | 429 | 503 | 507) => it,
        _ => 200,
    };
    with_status(status, problem)
}

/// Refuses a message with the given HTTP status.
pub fn with_status(status: u16, problem: &Problem) -> Response {
    let reason = problem.reason(Lang::Zh);
    let body = Failure {
        response_code: "1",
        response_message: reason.clone(),
        errors: vec![EntryError { index: None, field: problem.field, code: problem.code, reason }],
        errors_more: None,
        errors_not_kept: None,
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, Json(body)).into_response();
    response.extensions_mut().insert(problem.code);
    // Nothing of the message was stored, so the terminal may repeat it soon.
    if matches!(status.as_u16(), 408 | 413 | 503) {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The outcome of a message of which some entries were rejected.
pub struct PartlyRejected<'a> {
    pub entries: u32,
    /// The number of rejected entries; `first` are the first of them, `kept` is how many the store kept.
    pub rejected: u32,
    pub first: &'a [Rejected],
    pub kept: u32,
    /// The number of stored yearly values that no figure counts.
    pub not_counted: usize,
}

/// The answer when every entry is stored; it names the number of yearly values that no figure counts.
pub fn stored(not_counted: usize) -> Response {
    if not_counted == 0 {
        return success(json!({}));
    }
    // Terminals compare the words of success with those of the protocol.
    success(json!({"notCounted": not_counted, "hint": yearly_values::sentence(not_counted)}))
}

/// The answer when some entries are rejected and the others stored; it names as many as the configuration allows.
pub fn partly_rejected(it: &PartlyRejected<'_>, config: &Config) -> Response {
    let mut sentence = it
        .first
        .iter()
        .take(MOST_ENTRIES_NAMED)
        .map(|it| format!("第{}条 {}：{}", it.index + 1, it.field, it.reason_zh))
        .collect::<Vec<_>>()
        .join("；");
    if it.rejected as usize > MOST_ENTRIES_NAMED {
        sentence.push_str(&format!("；等共{}条有误", it.rejected));
    }
    if it.kept < it.rejected {
        sentence.push_str(&format!("，其中{}条只计数未留存", it.rejected - it.kept));
    }
    if it.rejected < it.entries {
        sentence.push_str("；其余已接收");
    }
    if it.not_counted > 0 {
        sentence.push_str(&format!("；{}", yearly_values::sentence(it.not_counted)));
    }
    let mut room = config.max_error_bytes_per_answer;
    let errors: Vec<_> = it
        .first
        .iter()
        .take(config.max_errors_per_answer)
        .map_while(|entry| {
            room = room.checked_sub(ERROR_BYTES + entry.field.len() + entry.reason_zh.len())?;
            Some(EntryError {
                index: Some(entry.index),
                field: &entry.field,
                code: entry.code,
                reason: entry.reason_zh.clone(),
            })
        })
        .collect();
    let named = u32::try_from(errors.len()).unwrap_or(u32::MAX);
    let body = Failure {
        response_code: "1",
        response_message: sentence,
        errors,
        errors_more: NonZeroU32::new(it.rejected.saturating_sub(named)),
        errors_not_kept: NonZeroU32::new(it.rejected.saturating_sub(it.kept)),
    };
    let mut response = Json(body).into_response();
    if let Some(first) = it.first.first() {
        response.extensions_mut().insert(first.code);
    }
    response
}

/// Asks the terminal to repeat the message later, because it sends too fast or the store accepts nothing at the moment.
pub fn later(code: ProblemCode, seconds: u32) -> Response {
    let problem = Problem::new("", code, "")
        .hint(format!("{seconds} 秒后重试"), format!("try again in {seconds} s"));
    let mut response = refused(&problem);
    if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// Answers for a handler that panicked. The outcome of the message is unknown, so the terminal has to send it again.
pub fn panicked(_payload: Box<dyn std::any::Any + Send>) -> Response {
    later(ProblemCode::StoreUnavailable, 10)
}

/// Answers with a failure of the store in the protocol's shape.
pub fn failed(error: &StoreError) -> Response {
    match error {
        StoreError::Overloaded => later(ProblemCode::Overloaded, 2),
        StoreError::Full(_) => later(ProblemCode::StorageFull, 60),
        StoreError::Limited(code) if code.status() == 429 => later(*code, LIMITED_SECONDS),
        StoreError::Limited(code) => refused(&Problem::new("", *code, "")),
        other => {
            tracing::error!(error = %other, "a message could not be stored");
            later(ProblemCode::StoreUnavailable, 10)
        }
    }
}
