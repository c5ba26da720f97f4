//! Reads the body of a terminal's message: plain or gzip, in UTF-8 or a declared character set. Its size is bounded as
//! sent and as decompressed.

use std::future::poll_fn;
use std::io::Read;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use flate2::read::MultiGzDecoder;
use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;

use super::charset;
use crate::http::state::AppState;
use crate::http::state::message_budget::{MemoryPermit, MessageBudget};
use crate::http::transport::body_size;
use crate::http::transport::body_timeout::{is_stopping, is_too_slow};

/// The kind of a body. Each kind has its own limits as sent and as decompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// Collected data.
    Data,
    /// Every other message.
    Small,
}

/// Reads the whole body, or names the limit that it exceeds. The permit holds the body's share of the memory budget.
pub(crate) async fn read(
    request: Request,
    state: &AppState,
    size: Size,
) -> Result<(Vec<u8>, MemoryPermit), Problem> {
    let (config, budget) = (&state.config, &state.message_budget);
    let (most_sent, most_plain) = match size {
        Size::Data => (config.max_body_bytes, config.max_decompressed_bytes),
        Size::Small => (config.max_small_body_bytes, config.max_small_body_bytes),
    };
    let (parts, body) = request.into_parts();
    let mut held = budget.of(state.proxies.client(&parts.extensions, &parts.headers).proven());
    let sent = bytes(body, most_sent, budget, &mut held).await?;
    let declared = charset::declared(&parts.headers)?;
    if !declared.gzip && !declared.needs_decoding() {
        return Ok((sent, held));
    }
    let limit = most_plain;
    let turn = budget.turn().await;
    let plain = tokio::task::spawn_blocking(move || {
        let unpacked = if declared.gzip { unzip(&sent, limit)? } else { sent };
        declared.decode(unpacked, limit)
    })
    .await
    .map_err(|_| Problem::new("body", ProblemCode::BodyEncodingBroken, ""))??;
    drop(turn);
    budget.take(&mut held, plain.len())?;
    Ok((plain, held))
}

async fn bytes(
    mut body: Body,
    limit: usize,
    budget: &MessageBudget,
    held: &mut MemoryPermit,
) -> Result<Vec<u8>, Problem> {
    let expected = body.size_hint().lower();
    if expected > limit as u64 {
        body_size::drain(body, expected).await;
        return Err(charset::too_large(limit));
    }
    let mut sent = Vec::new();
    loop {
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let data = match frame {
            None => return Ok(sent),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            Some(Err(error)) => return Err(broken(&error)),
        };
        if sent.len() + data.len() > limit {
            drop(sent);
            body_size::drain(body, limit as u64).await;
            return Err(charset::too_large(limit));
        }
        budget.take(held, data.len())?;
        if sent.is_empty() {
            sent.reserve_exact((expected as usize).clamp(data.len(), limit));
        }
        sent.extend_from_slice(&data);
    }
}

fn broken(error: &axum::Error) -> Problem {
    if is_too_slow(error) {
        return Problem::new("body", ProblemCode::BodyTooSlow, "")
            .hint("请检查网络后重发", "check the line and send it again");
    }
    if is_stopping(error) {
        return Problem::new("body", ProblemCode::StoreUnavailable, "")
            .hint("服务器正在停止，请稍后重发", "the server is stopping; send it again later");
    }
    tracing::debug!(%error, "a body broke off");
    Problem::new("body", ProblemCode::BodyNotJson, "").hint("报文传输中断", "the body broke off")
}

fn unzip(sent: &[u8], limit: usize) -> Result<Vec<u8>, Problem> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(sent)
        .take(limit as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| Problem::new("body", ProblemCode::BodyEncodingBroken, ""))?;
    if plain.len() > limit {
        return Err(charset::too_large(limit));
    }
    Ok(plain)
}
