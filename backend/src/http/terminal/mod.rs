//! Receives the terminal protocol (NECC-NHJC-04, later GB/T 37947): a file per national message, a folder for
//! registrations, and the messages of Shandong and Yunnan.

pub mod answer;
pub(super) mod body;
mod charset;
pub mod config;
pub mod download;
pub mod energy;
pub mod metering;
pub mod registration;
mod sender;
pub mod shandong;
pub mod unknown_paths;
pub mod version;
pub mod yunnan;

use std::ops::Deref;

use axum::extract::Request;
use axum::response::Response;
use nengce_messages::fields::text_of;
use nengce_messages::{Problem, bounded_json, text};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use crate::http::state::AppState;
use crate::http::state::message_budget::MemoryPermit;
use body::Size;
use registration::applicant::Client;
use sender::Sender;

/// Bytes of memory that a parsed small message may take for each byte of the limit of its body.
const PARSED_BYTES_PER_BYTE: usize = 16;

/// A parsed small message; dropping it gives its share of the message budget back.
pub struct Message {
    object: Map<String, Value>,
    _held: MemoryPermit,
}

impl Deref for Message {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.object
    }
}

/// Reads a small message and counts the memory of its parsed form against the message budget.
async fn small_message(state: &AppState, request: Request) -> Result<Message, Problem> {
    let (body, mut held) = body::read(request, state, Size::Small).await?;
    let most = state.config.max_small_body_bytes * PARSED_BYTES_PER_BYTE;
    let text = text::utf8(text::trimmed(&body))?;
    let read = bounded_json::read(text, most).or_else(|problem| {
        // A bare NaN spoils its own field only: the text is read again with the word in quotes.
        let repaired = text::repaired(text);
        let again = repaired.is_changed().then(|| bounded_json::read(&repaired.text, most).ok());
        again.flatten().ok_or(problem)
    })?;
    state.message_budget.take(&mut held, read.memory_bytes)?;
    Ok(Message { object: read.object, _held: held })
}

/// Reads a small message and checks its sender; `Err` is the answer that refuses it.
async fn from_sender(state: &AppState, request: Request) -> Result<(Message, Sender), Response> {
    let client = Client::of(state, &request);
    let message = small_message(state, request).await.map_err(|it| answer::refused(&it))?;
    let device_id = text_of(&message, &["deviceId"]).ok_or_else(|| {
        answer::refused(&Problem::new("deviceId", ProblemCode::EntryFieldMissing, "deviceId"))
    })?;
    let enterprise = match text_of(&message, &["enterpriseCode"]) {
        Some(text) => Some(credit_code(&text).map_err(|it| answer::refused(&it))?),
        None => None,
    };
    let sender = sender::check(state, &device_id, enterprise.as_ref(), &client)?;
    Ok((message, sender))
}

fn credit_code(text: &str) -> Result<CreditCode, Problem> {
    CreditCode::parse(text).map_err(|error| {
        Problem::new("enterpriseCode", ProblemCode::EntryCreditCodeInvalid, text)
            .hint(error.reason_zh(), error.to_string())
    })
}
