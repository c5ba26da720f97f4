//! One GET to the API: a typed answer or an error with code, title, detail and status. No state.

use gloo_net::http::Request;
use nengce_shared::lang::Lang;
use nengce_shared::problem::Problem;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

/// Why there is no answer. `code` is the problem's code, or `network` / `unreadable` when there was none.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub code: String,
    pub title: String,
    pub detail: Option<String>,
    /// 0 when nothing was answered.
    pub status: u16,
}

/// Asks for `path`; the language decides that of problems.
pub async fn get_json<T: DeserializeOwned>(
    path: &str,
    lang: Lang,
    abort: Option<&AbortSignal>,
) -> Result<T, ApiError> {
    let body = get_text(path, lang, abort).await?;
    serde_json::from_str(&body).map_err(|reason| unreadable(&reason, lang))
}

/// The body of a good answer. Not generic: one copy of it in the program.
pub async fn get_text(
    path: &str,
    lang: Lang,
    abort: Option<&AbortSignal>,
) -> Result<String, ApiError> {
    let answer = Request::get(path)
        .header("Accept", "application/json")
        .header("Accept-Language", crate::i18n::tag(lang))
        .abort_signal(abort)
        .send()
        .await
        .map_err(|_| unreachable_server(lang))?;
    let status = answer.status();
    let body = answer.text().await.map_err(|_| unreachable_server(lang))?;
    if answer.ok() {
        Ok(body)
    } else {
        Err(refused(&body, status, lang))
    }
}

/// An answer that is not what was asked for.
pub fn unreadable(reason: &serde_json::Error, lang: Lang) -> ApiError {
    ApiError {
        code: "unreadable".to_owned(),
        title: lang
            .pick("看不懂服务器的回答", "The answer could not be read")
            .to_owned(),
        detail: Some(reason.to_string()),
        status: 200,
    }
}

fn unreachable_server(lang: Lang) -> ApiError {
    ApiError {
        code: "network".to_owned(),
        title: lang
            .pick("连接不上服务器", "The server cannot be reached")
            .to_owned(),
        detail: None,
        status: 0,
    }
}

fn refused(body: &str, status: u16, lang: Lang) -> ApiError {
    match serde_json::from_str::<Problem>(body) {
        Ok(problem) => ApiError {
            code: problem.code.to_string(),
            title: problem.title,
            detail: problem.detail,
            status,
        },
        Err(_) => ApiError {
            code: format!("http_{status}"),
            title: lang
                .pick("服务器没有给出数据", "The server gave no data")
                .to_owned(),
            detail: None,
            status,
        },
    }
}
