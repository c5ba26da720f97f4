//! Signing in, one's own account, the accounts of others, and invitations.

pub mod accounts;
mod import;
pub mod invitation;
pub mod own;
mod provider;
mod publishing;
mod second_factor;
pub mod sheet;
pub mod sign_in;
mod sign_in_form;
mod tokens;

use gloo_net::http::Method;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::access::role::Role;
use nengce_shared::json::Json;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsValue;

use crate::data::api_client::{ApiError, send};

/// The labels of roles, joined.
pub(super) fn role_names(roles: &[Role], lang: Lang) -> String {
    let names: Vec<&str> = roles.iter().map(|it| it.label(lang)).collect();
    names.join(lang.pick("、", ", "))
}

/// What was typed.
fn typed(input: NodeRef<html::Input>) -> String {
    input.get_untracked().map(|it| it.value()).unwrap_or_default()
}

/// Codes between commas or blanks.
fn codes(text: &str) -> Vec<String> {
    let parts = text.split([',', '，', '、', ' ']);
    parts.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Sends a JSON body.
async fn change(
    method: Method,
    path: &str,
    body: Option<String>,
    lang: Lang,
) -> Result<Json, ApiError> {
    send(method, path, body.as_deref().map(JsValue::from_str), lang).await
}

/// An error in words: what is wrong, how many tries remain, until when to wait.
fn words(error: &ApiError, lang: Lang) -> String {
    let mut text = match error.detail.as_deref().and_then(|it| it.split_once(" / ")) {
        Some((zh, en)) => lang.pick(zh, en).to_owned(),
        None => [Some(&error.title), error.detail.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(lang.pick("：", ": ")),
    };
    let refusal = error.sign_in.as_ref();
    if let Some(until) = refusal.and_then(|it| it.until.as_ref()) {
        text += &match lang {
            Lang::Zh => format!("。锁定至 {until}"),
            Lang::En => format!("; locked until {until}"),
        };
    } else if let Some(tries) = refusal.and_then(|it| it.tries_left) {
        text += &match lang {
            Lang::Zh => format!("。还可试 {tries} 次，之后锁定"),
            Lang::En => format!("; {tries} tries left before a lock"),
        };
    }
    text
}
