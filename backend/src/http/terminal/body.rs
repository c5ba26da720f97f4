//! A terminal's body: bounded as sent and as decompressed, gzip or plain.

use std::io::Read;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use flate2::read::MultiGzDecoder;
use nengce_core::ingest::Defect;
use nengce_shared::problem::ProblemCode;

use crate::config::Config;
use crate::http::slow::is_too_slow;

/// Reads the whole body, or says which limit it passes.
pub async fn read(request: Request, config: &Config) -> Result<Vec<u8>, Defect> {
    let (parts, body) = request.into_parts();
    let sent = bytes(body, config.max_body_bytes).await?;
    match encoding(&parts.headers).as_deref() {
        None | Some("" | "identity") => Ok(sent),
        Some("gzip" | "x-gzip") => {
            let limit = config.max_decompressed_bytes;
            tokio::task::spawn_blocking(move || unzip(&sent, limit))
                .await
                .map_err(|_| Defect::new("body", ProblemCode::BodyEncodingBroken, ""))?
        }
        Some(other) => Err(Defect::new(
            "Content-Encoding",
            ProblemCode::BodyEncodingUnsupported,
            other,
        )
        .hint("可用 gzip", "gzip is accepted")),
    }
}

fn encoding(headers: &HeaderMap) -> Option<String> {
    headers
        .get(header::CONTENT_ENCODING)
        .and_then(|it| it.to_str().ok())
        .map(|it| it.trim().to_ascii_lowercase())
}

async fn bytes(body: Body, limit: usize) -> Result<Vec<u8>, Defect> {
    match axum::body::to_bytes(body, limit).await {
        Ok(it) => Ok(it.into()),
        Err(error) if is_limit(&error) => Err(too_large(limit)),
        Err(error) if is_too_slow(&error) => Err(Defect::new("body", ProblemCode::BodyTooSlow, "")
            .hint("请检查网络后重发", "check the line and send it again")),
        Err(error) => {
            tracing::debug!(%error, "a body broke off");
            Err(Defect::new("body", ProblemCode::BodyNotJson, "")
                .hint("报文传输中断", "the body broke off"))
        }
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(it) = source {
        if it.to_string().contains("length limit") {
            return true;
        }
        source = it.source();
    }
    false
}

fn unzip(sent: &[u8], limit: usize) -> Result<Vec<u8>, Defect> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(sent)
        .take(limit as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| Defect::new("body", ProblemCode::BodyEncodingBroken, ""))?;
    if plain.len() > limit {
        return Err(too_large(limit));
    }
    Ok(plain)
}

fn too_large(limit: usize) -> Defect {
    Defect::new("body", ProblemCode::BodyTooLarge, "").hint(
        format!("上限 {limit} 字节，分批发送"),
        format!("at most {limit} bytes; send it in parts"),
    )
}
