//! Sends one request to the API and returns a typed answer, or an error with code, title, detail and status. Keeps no
//! state.

use gloo_net::http::{Method, Request, RequestBuilder, Response};
use nengce_shared::api::account::{BACKGROUND_HEADER, CSRF_HEADER};
use nengce_shared::json::{Fields, FromJson, Json};
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use crate::data::session;

/// Why there is no answer. `code` is the problem's code, or `network` / `unreadable` when there was none.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub code: String,
    pub title: String,
    pub detail: Option<String>,
    /// The nearest name that exists, where the one asked for does not.
    pub nearest: Option<String>,
    /// 0 when nothing was answered.
    pub status: u16,
    /// What a refused password says beside its reason.
    pub sign_in: Option<Box<SignInRefusal>>,
}

/// What a person who gave a wrong password may still do.
#[derive(Debug, Clone, PartialEq)]
pub struct SignInRefusal {
    /// Wrong passwords that may follow before a lock.
    pub tries_left: Option<u32>,
    /// Until when trying again is useless.
    pub until: Option<String>,
}

/// Asks for `path`; the language decides that of problems.
pub async fn get_json<T: FromJson>(
    path: &str,
    lang: Lang,
    abort: Option<&AbortSignal>,
) -> Result<T, ApiError> {
    let (json, _) = get_value(path, lang, abort).await?;
    T::from_json(json).map_err(|reason| unreadable(&reason, lang))
}

/// A good answer as plain JSON, and the bytes of its text. Not generic: one copy of it in the program.
pub async fn get_value(
    path: &str,
    lang: Lang,
    abort: Option<&AbortSignal>,
) -> Result<(Json, usize), ApiError> {
    let answer = signed(Request::get(path), lang)
        .abort_signal(abort)
        .send()
        .await
        .map_err(|_| unreachable_server(lang))?;
    read_text(answer, lang).await
}

/// What changes something: `method` and a body as the browser takes it (a text, a file).
pub async fn send(
    method: Method,
    path: &str,
    body: Option<JsValue>,
    lang: Lang,
) -> Result<Json, ApiError> {
    let ask = signed(RequestBuilder::new(path).method(method), lang);
    let ask = match body {
        Some(body) if body.is_string() => ask.header("Content-Type", "application/json").body(body),
        Some(body) => ask.body(body),
        None => ask.build(),
    };
    let unsent = |_| unreachable_server(lang);
    let answer = ask.map_err(unsent)?.send().await.map_err(unsent)?;
    read(answer, lang).await
}

/// Whether a token that is not known to be good yet is an administrator's. It goes with this one question alone: a wrong
/// one is counted by the server wherever it is seen.
pub async fn try_token(token: &str, path: &str, lang: Lang) -> Result<(), ApiError> {
    let answer = Request::get(path)
        .header("Accept", "application/json")
        .header("Accept-Language", crate::i18n::tag(lang))
        .header("Authorization", &format!("Bearer {token}"))
        .send()
        .await
        .map_err(|_| unreachable_server(lang))?;
    read(answer, lang).await.map(drop)
}

/// The JSON of an answer whatever its status; `None` when there is none.
pub async fn get_any_status(path: &str) -> Option<Json> {
    let answer = Request::get(path).send().await.ok()?;
    serde_json::from_str(&answer.text().await.ok()?).ok()
}

/// A file of the API as bytes.
pub async fn get_file(path: &str, lang: Lang) -> Result<Vec<u8>, ApiError> {
    get_bytes(path, lang, None).await
}

/// As `get_file`, for as long as somebody waits.
pub async fn get_bytes(
    path: &str,
    lang: Lang,
    abort: Option<&AbortSignal>,
) -> Result<Vec<u8>, ApiError> {
    let asked = signed(Request::get(path), lang).abort_signal(abort).send().await;
    bytes(asked.map_err(|_| unreachable_server(lang))?, lang).await
}

/// The file that the server makes of a JSON body.
pub async fn post_for_bytes(path: &str, body: &str, lang: Lang) -> Result<Vec<u8>, ApiError> {
    let unsent = |_| unreachable_server(lang);
    let ask = signed(Request::post(path), lang).header("Content-Type", "application/json");
    bytes(ask.body(body).map_err(unsent)?.send().await.map_err(unsent)?, lang).await
}

async fn bytes(answer: Response, lang: Lang) -> Result<Vec<u8>, ApiError> {
    if answer.ok() {
        return answer.binary().await.map_err(|_| unreachable_server(lang));
    }
    Err(match read(answer, lang).await {
        Ok(_) => unreachable_server(lang),
        Err(reason) => reason,
    })
}

/// With what every question says: the language, and who is signed in.
fn signed(ask: RequestBuilder, lang: Lang) -> RequestBuilder {
    let ask =
        ask.header("Accept", "application/json").header("Accept-Language", crate::i18n::tag(lang));
    let ask = ask.header(CSRF_HEADER, &session::csrf());
    let ask = match session::is_attended() {
        true => ask,
        false => ask.header(BACKGROUND_HEADER, "1"),
    };
    match session::token() {
        Some(token) => ask.header("Authorization", &format!("Bearer {token}")),
        None => ask,
    }
}

async fn read(answer: Response, lang: Lang) -> Result<Json, ApiError> {
    read_text(answer, lang).await.map(|(json, _)| json)
}

async fn read_text(answer: Response, lang: Lang) -> Result<(Json, usize), ApiError> {
    let status = answer.status();
    let body = answer.text().await.map_err(|_| unreachable_server(lang))?;
    // An answer without content is none.
    let json = match status {
        204 => Ok(Json::Null),
        _ => serde_json::from_str::<Json>(&body),
    };
    if answer.ok() {
        json.map(|json| (json, body.len())).map_err(|reason| unreadable(&reason, lang))
    } else {
        let error = refused(json.unwrap_or(Json::Null), status, lang);
        if error.code == "unauthorised" {
            session::note_unknown();
        }
        Err(error)
    }
}

/// An answer that is not what was asked for.
pub fn unreadable(reason: &dyn std::fmt::Display, lang: Lang) -> ApiError {
    ApiError {
        code: "unreadable".to_owned(),
        title: lang.pick("看不懂服务器的回答", "The answer could not be read").to_owned(),
        detail: Some(reason.to_string()),
        nearest: None,
        status: 200,
        sign_in: None,
    }
}

fn unreachable_server(lang: Lang) -> ApiError {
    ApiError {
        code: "network".to_owned(),
        title: lang.pick("连接不上服务器", "The server cannot be reached").to_owned(),
        detail: None,
        nearest: None,
        status: 0,
        sign_in: None,
    }
}

/// The problem document of the answer, or what can be said without one.
fn refused(body: Json, status: u16, lang: Lang) -> ApiError {
    let mut fields = Fields::of(body).ok();
    let tries_left = fields.as_mut().and_then(|it| it.find("tries_left"));
    let tries_left = tries_left.and_then(|it| u32::from_json(it).ok());
    let mut text = |name: &str| match fields.as_mut()?.find(name)? {
        Json::Text(text) => Some(text),
        _ => None,
    };
    let until = text("until");
    let sign_in = (tries_left.is_some() || until.is_some())
        .then(|| Box::new(SignInRefusal { tries_left, until }));
    let nothing = lang.pick("服务器没有给出数据", "The server gave no data");
    ApiError {
        code: text("code").unwrap_or_else(|| format!("http_{status}")),
        title: text("title").unwrap_or_else(|| nothing.to_owned()),
        detail: text("detail"),
        nearest: text("nearest"),
        status,
        sign_in,
    }
}
