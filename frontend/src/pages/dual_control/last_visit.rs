//! One line for whoever makes policy: which figures changed since the last visit, with the way to all of them.

use leptos::prelude::*;
use nengce_shared::access::role::Role;
use nengce_shared::api::home::{Home, HomePart};
use nengce_shared::lang::Lang;

use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

/// Names of figures that the line tells.
const MOST_NAMES: usize = 3;

#[component]
pub fn LastVisit() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let is_asked =
        move || session.account().is_some_and(|it| it.roles.contains(&Role::Policymaker));
    let load = use_load::<Home>(move || is_asked().then(|| "/api/v1/home".to_owned()));
    let words = move || {
        let home = load.data.get()?;
        let part = home.parts.iter().find(|it| it.name == "since_last_visit")?;
        Some(words(part, lang))
    };
    move || {
        words().map(|words| {
            view! {
                <p class="note" data-testid="since-last-visit">
                    {words}" "<a href="/home">{t(lang, "逐项看", "see each")}</a>
                </p>
            }
        })
    }
}

/// 「上次来访以来，3 个数字有变化：能耗总量、能耗强度、静海区。」
fn words(part: &HomePart, lang: Lang) -> String {
    let count = part.rows_total;
    if count == 0 {
        return t(
            lang,
            "上次来访以来，数字没有变化。",
            "Since your last visit no figure has changed.",
        )
        .to_owned();
    }
    let names: Vec<&str> =
        part.rows.iter().take(MOST_NAMES).map(|it| lang.pick(&it.zh, &it.en)).collect();
    let is_all = count == names.len() as u64;
    match lang {
        Lang::Zh => {
            let more = if is_all { "" } else { "等" };
            format!("上次来访以来，{count} 个数字有变化：{}{more}。", names.join("、"))
        }
        Lang::En => {
            let more = if is_all { "" } else { " and others" };
            format!(
                "Since your last visit {count} figures have changed: {}{more}.",
                names.join(", ")
            )
        }
    }
}
