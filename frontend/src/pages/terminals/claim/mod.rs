//! One claim: the terminal in place against the claimant, line by line; confirm, or refuse with a reason.

mod comparison;
mod decisions;

use leptos::prelude::*;
use nengce_shared::api::claim::ClaimRow;
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;

use super::details::{Details, facts};
use super::list::NotListed;
use super::words::kind;
use super::words::{CLAIM_STATES, by_at, claim_flags, minute, state_badge, word};
use crate::components::decision::DecisionButtons;
use crate::data::meta::{region_name, use_meta};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn ClaimDetails(
    row: Memo<Option<ClaimRow>>,
    hours: Memo<Option<u32>>,
    /// True while the list is on its way.
    waits: Signal<bool>,
    changed: Callback<Option<ClaimRow>>,
    close: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let title = move || {
        row.get().map_or_else(
            || t(lang, "更换申请", "Claim").to_owned(),
            |row| if row.unit_name.is_empty() { row.enterprise_code } else { row.unit_name },
        )
    };
    let subtitle = move || {
        row.get()
            .map(|row| format!("{} · {}", kind(&row, lang), row.enterprise_code))
            .unwrap_or_default()
    };
    let decisions = Memo::new(move |_| {
        row.get()
            .filter(|row| row.state == "pending" || decisions::is_awaited(row))
            .map_or_else(Vec::new, |row| decisions::of(&row, hours.get().unwrap_or_default(), lang))
    });
    let done = Callback::new(move |(_, json): (&'static str, Json)| {
        changed.run(ClaimRow::from_json(json).ok());
    });
    let known = Memo::new(move |_| row.with(Option::is_some));
    view! {
        <Details id="claim" title=Signal::derive(title) subtitle=Signal::derive(subtitle) on_close=close>
            {move || row.get().map(|row| view! { <Evidence row /> })}
            <Show when=move || known.get() fallback=move || view! { <Show when=move || !waits.get()><NotListed all="all" /></Show> }>
                <DecisionButtons decisions on_done=done />
            </Show>
        </Details>
    }
}

#[component]
fn Evidence(row: ClaimRow) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let place = region_name(meta.get_untracked().as_deref(), &row.region, lang);
    let rows = comparison::lines(&row, &place, lang)
        .into_iter()
        .map(|line| {
            let mark = match line.same {
                Some(true) => view! { <span class="tag">{t(lang, "一致", "same")}</span> }.into_any(),
                Some(false) => view! { <span class="tag differs">{t(lang, "不同", "differs")}</span> }.into_any(),
                None => ().into_any(),
            };
            view! { <tr><th scope="row">{line.name}</th><td>{line.old}</td><td>{line.new}" "{mark}</td></tr> }
        })
        .collect_view();
    let flags = claim_flags(&row.flags, lang);
    let unit = (!row.unit_name.is_empty()).then(|| {
        let path = format!("/units/{}", row.enterprise_code);
        view! { <a href=move || url.href(&path)>{t(lang, "看单位", "See the unit")}</a> }
    });
    view! {
        <p class="evidence-head">{state_badge(CLAIM_STATES, &row.state, lang)}{unit}</p>
        {(!flags.is_empty()).then(|| view! { <p class="flags" data-testid="flags">{flags}</p> })}
        <div class="table-scroll compare">
            <table class="data">
                <caption class="sr">{t(lang, "在用终端与申请方对照", "The terminal in place against the claimant")}</caption>
                <thead><tr>
                    <th scope="col"><span class="sr">{t(lang, "项目", "What")}</span></th>
                    <th scope="col">{t(lang, "在用终端", "Terminal in place")}</th>
                    <th scope="col">{t(lang, "申请方", "Claimant")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {decision(&row, lang)}
    }
}

/// Who decided, when, why, and whether the claimant has come for its terminal.
fn decision(row: &ClaimRow, lang: Lang) -> Option<AnyView> {
    row.decided_at.as_ref()?;
    let text = |words: String| view! { <span>{words}</span> }.into_any();
    let mut rows = vec![(
        t(lang, "决定", "Decision"),
        text(format!(
            "{} · {}",
            word(CLAIM_STATES, &row.state, lang),
            by_at(row.decided_at.as_ref(), row.decided_by.as_ref(), lang)
        )),
    )];
    if let Some(reason) = &row.reason {
        rows.push((t(lang, "理由", "Reason"), text(reason.clone())));
    }
    let fetched = match (&row.picked_up_at, &row.pickup_until, lang) {
        (Some(at), ..) => Some(minute(at).to_owned()),
        (None, Some(until), Lang::Zh) => Some(format!("等它再次注册，到 {} 为止", minute(until))),
        (None, Some(until), Lang::En) => {
            Some(format!("waits for its next registration, until {}", minute(until)))
        }
        _ => None,
    };
    if let Some(words) = fetched {
        rows.push((t(lang, "接替", "Takes over"), text(words)));
    }
    Some(facts(rows))
}
