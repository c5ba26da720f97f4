//! Files as evidence: bounded in size and number, of a few harmless kinds, kept with the SM3 hash of their content.

mod kind;

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use nengce_messages::checks;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sm3::{Digest, Sm3};

use super::access::reader::Reader;
use super::content::problem::{ApiError, ApiResult};
use super::content::query::Params;
use super::imports::body;
use super::state::AppState;
use crate::store::evidence::{self, KeptFile, NewFile};

/// Characters of the name of a file.
const MOST_NAME_CHARS: usize = 120;
/// What is encoded in an extended value of a header (RFC 8187).
const EXTENDED_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Reads a file that a person adds to a subject of a unit, and checks its size, kind and the name in its address.
pub(super) async fn read(
    state: &AppState,
    reader: &Reader,
    (unit_id, subject): (i32, String),
    request: Request,
) -> ApiResult<NewFile> {
    let params = Params::read(request.uri(), &["name"], Lang::Zh)?;
    let name = checked_name(params.text("name").unwrap_or_default())?;
    let limit = (state.config.evidence_file_bytes, "evidence_file_bytes");
    let taken = body::bounded(state, request, limit).await?;
    let Some(media_type) = kind::media_type(&name, &taken.bytes) else {
        let words = format!(
            "文件内容应与扩展名一致，且为 {taken} 之一 / the content must agree with the name and be one of {taken}",
            taken = kind::TAKEN
        );
        return Err(ApiError::at_parameter(ProblemCode::ParameterInvalid, "file", words));
    };
    Ok(NewFile {
        unit_id,
        subject,
        name,
        media_type,
        sm3: const_hex::encode(Sm3::digest(&taken.bytes)),
        content: taken.bytes.to_vec(),
        added_by: reader.name.to_string(),
    })
}

/// Refuses a file for which its subject or its unit has no room; asked in the turn of whoever writes.
pub(super) async fn check_room(state: &AppState, file: &NewFile) -> ApiResult<()> {
    let (unit_id, subject) = (file.unit_id, file.subject.clone());
    let most = state.config.max_evidence_files_per_subject;
    let kept = state.store.read(move |conn| evidence::kept(conn, unit_id, &subject));
    let (count, bytes) = kept.await?;
    if count >= most {
        let words = format!(
            "max_evidence_files_per_subject = {most}：此处已有 {count} 个文件 / there are {count} files here already"
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    let most = u64::from(state.config.evidence_mib_per_unit) << 20;
    if bytes + file.content.len() as u64 > most {
        let words = format!(
            "evidence_mib_per_unit = {}：本单位的文件已满，请联系能源中心 / the files of the unit are at their limit: ask the energy centre",
            state.config.evidence_mib_per_unit
        );
        return Err(ApiError::new(ProblemCode::Conflict, words));
    }
    Ok(())
}

/// A name without a folder and without unseen characters.
fn checked_name(name: &str) -> ApiResult<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let length = name.chars().count();
    if length == 0 || length > MOST_NAME_CHARS {
        let reason = format!(
            "应有 1 至 {MOST_NAME_CHARS} 个字 / must have 1 to {MOST_NAME_CHARS} characters"
        );
        return Err(ApiError::parameter("name", reason));
    }
    match checks::unseen("name", name) {
        Ok(()) => Ok(name.to_owned()),
        Err(it) => Err(ApiError::parameter("name", it.hint_zh + " / " + &it.hint_en)),
    }
}

/// The file as a browser saves it: never shown as a page of this server.
pub(super) fn download(file: KeptFile) -> Response {
    let mut response = file.content.into_response();
    let encoded = utf8_percent_encode(&file.name, EXTENDED_VALUE);
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, file.media_type.as_str()),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}
