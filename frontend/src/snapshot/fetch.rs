//! Fetches the snapshot or days as they are sent. Of what is held already only the changes since its version travel.

use nengce_analysis::codec::DELTA_MAGIC;
use nengce_shared::lang::Lang;
use web_sys::AbortSignal;

use super::engine::engine;
use crate::data::api_client::get_bytes;

/// The bytes of an answer, and their data version.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    pub version: u64,
    pub bytes: Vec<u8>,
}

/// The newest answer to a path; `None` where the server gives none.
pub(super) async fn fetch(
    path: &str,
    held: Option<&Held>,
    abort: Option<&AbortSignal>,
) -> Option<Vec<u8>> {
    let get = async |path: &str| get_bytes(path, Lang::Zh, abort).await.ok();
    let Some(held) = held else { return get(path).await };
    let separator = if path.contains('?') { '&' } else { '?' };
    let answer = get(&format!("{path}{separator}since={}", held.version)).await?;
    if !answer.starts_with(&DELTA_MAGIC) {
        return Some(answer);
    }
    match (engine()?.apply)(&held.bytes, &answer) {
        Some(whole) => Some(whole),
        None => get(path).await,
    }
}
