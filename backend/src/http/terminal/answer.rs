//! Answers in the terminal protocol's shape: `responseCode` "0" or "1", a sentence, and what is wrong with which entry.
//! A refusal carries its code as an extension, for profiles with a shape of their own.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nengce_core::ingest::{Defect, Rejected};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::store::StoreError;

const SUCCESS: &str = "RECEIVE SUCCESS";
/// A sentence names this many entries; the rest are counted.
const NAMED: usize = 3;

/// HTTP 200, `responseCode` "0", and more fields where the message asks for some.
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
}

#[derive(Serialize)]
struct EntryError<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
    field: &'a str,
    code: ProblemCode,
    reason: String,
}

/// The whole message is refused; nothing of it is stored.
pub fn refused(defect: &Defect) -> Response {
    let reason = defect.reason(Lang::Zh);
    // A protocol failure is HTTP 200; only what concerns the transport has a status of its own.
    let status = match defect.code.status() {
        it @ (408 | 413 | 415 | 429 | 503 | 507) => it,
        _ => 200,
    };
    let body = Failure {
        response_code: "1",
        response_message: reason.clone(),
        errors: vec![EntryError {
            index: None,
            field: defect.field,
            code: defect.code,
            reason,
        }],
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, Json(body)).into_response();
    response.extensions_mut().insert(defect.code);
    // Nothing of it was stored: at once, in parts or faster.
    if matches!(status.as_u16(), 408 | 413 | 503) {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// Some of so many entries are refused; the others are stored.
pub fn partly(rejected: &[Rejected], entries: u32) -> Response {
    let mut sentence = rejected
        .iter()
        .take(NAMED)
        .map(|it| format!("第{}条 {}：{}", it.index + 1, it.field, it.reason_zh))
        .collect::<Vec<_>>()
        .join("；");
    if rejected.len() > NAMED {
        sentence.push_str(&format!("；等共{}条有误", rejected.len()));
    }
    if rejected.len() < entries as usize {
        sentence.push_str("；其余已接收");
    }
    let body = Failure {
        response_code: "1",
        response_message: sentence,
        errors: rejected
            .iter()
            .map(|it| EntryError {
                index: Some(it.index),
                field: &it.field,
                code: it.code,
                reason: it.reason_zh.clone(),
            })
            .collect(),
    };
    let mut response = Json(body).into_response();
    if let Some(first) = rejected.first() {
        response.extensions_mut().insert(first.code);
    }
    response
}

/// Too fast, or the store takes nothing just now: come again.
pub fn later(code: ProblemCode, seconds: u32) -> Response {
    let defect = Defect::new("", code, "").hint(
        format!("{seconds} 秒后重试"),
        format!("try again in {seconds} s"),
    );
    let mut response = refused(&defect);
    if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// The handler panicked; what became of the message is not known, so it is to be sent again.
pub fn panicked(_payload: Box<dyn std::any::Any + Send>) -> Response {
    later(ProblemCode::StoreUnavailable, 10)
}

/// What the store could not do, in the protocol's shape.
pub fn failed(error: &StoreError) -> Response {
    match error {
        StoreError::Overloaded => later(ProblemCode::Overloaded, 2),
        StoreError::Full(_) => later(ProblemCode::StorageFull, 60),
        other => {
            tracing::error!(error = %other, "a message could not be stored");
            later(ProblemCode::StoreUnavailable, 10)
        }
    }
}
