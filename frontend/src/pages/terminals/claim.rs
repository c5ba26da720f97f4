//! One claim: the terminal in place against the claimant, line by line; confirm, or refuse with a reason.

use leptos::prelude::*;
use nengce_shared::api::claim::{ClaimRow, StandingDevice};
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, grouped};

use super::claims::kind;
use super::decision::{Decision, DecisionButtons, Reason};
use super::details::{Details, facts};
use super::list::NotListed;
use super::words::{
    CLAIM_STATES, DEVICE_STATES, address, by_at, certificate, claim_flags, minute, or_missing,
    profile, proof, state_badge, word,
};
use crate::data::meta::{region_name, use_meta};
use crate::format::id_end;
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
            |it| {
                if it.unit_name.is_empty() { it.enterprise_code } else { it.unit_name }
            },
        )
    };
    let subtitle = move || {
        row.get()
            .map(|it| format!("{} · {}", kind(&it, lang), it.enterprise_code))
            .unwrap_or_default()
    };
    let decisions = Memo::new(move |_| {
        row.get()
            .filter(|it| it.state == "pending" || is_awaited(it))
            .map_or_else(Vec::new, |it| decisions(&it, hours.get().unwrap_or_default(), lang))
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
    let rows = lines(&row, &place, lang)
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

/// One line of the comparison; `same` where the two can be compared.
struct Line {
    name: &'static str,
    old: AnyView,
    new: AnyView,
    same: Option<bool>,
}

fn lines(row: &ClaimRow, place: &str, lang: Lang) -> Vec<Line> {
    let text = |it: String| view! { <span>{it}</span> }.into_any();
    let none = || text(MISSING.to_owned());
    let (new, device) = (&row.claimant, row.device.as_ref());
    let old = device.map(|it| &it.registrant);
    let of = |part: &dyn Fn(&StandingDevice) -> String| {
        text(device.map_or_else(|| MISSING.to_owned(), part))
    };
    let equal = |a: Option<&String>, b: Option<&String>| Some(a? == b?);
    let week = device.map(|it| {
        let figures =
            [it.uploads, it.readings_stored, it.entries_rejected].map(|it| grouped(it as f64, 0));
        let [uploads, stored, rejected] = figures;
        match lang {
            Lang::Zh => format!("上报 {uploads} 次，存 {stored} 条，拒收 {rejected} 条"),
            Lang::En => format!("{uploads} uploads, {stored} readings stored, {rejected} rejected"),
        }
    });
    let silent = device.is_some_and(|it| it.uploads == 0);
    let attempts = grouped(row.attempts as f64, 0);
    let attempts = match lang {
        Lang::Zh => format!("无凭据注册 {attempts} 次"),
        Lang::En => format!("registered {attempts} times without a proof"),
    };
    vec![
        Line {
            name: t(lang, "终端", "Terminal"),
            old: device.map_or_else(
                || text(t(lang, "没有", "none").to_owned()),
                |it| view! { <span>{id_end(&it.device_id)}</span>" "{state_badge(DEVICE_STATES, &it.state, lang)} }.into_any(),
            ),
            new: text(row.given_device_id.as_deref().map_or_else(|| t(lang, "未发号", "none given yet").to_owned(), id_end)),
            same: None,
        },
        Line {
            name: t(lang, "规范", "Profile"),
            old: old.map_or_else(none, |it| text(profile(&it.profile, lang))),
            new: text(profile(&new.profile, lang)),
            same: old.map(|it| it.profile == new.profile),
        },
        Line {
            name: t(lang, "地址", "Address"),
            old: old.map_or_else(none, |it| text(address(Some(it), lang))),
            new: text(address(Some(new), lang)),
            // Where a proxy stands between, its address says nothing of either.
            same: equal(old.and_then(|it| it.address.as_ref()), new.address.as_ref())
                .filter(|_| row.flags.iter().all(|it| it != "no_address")),
        },
        Line {
            name: t(lang, "客户端证书", "Certificate"),
            old: old.map_or_else(none, |it| text(certificate(it, lang))),
            new: text(certificate(new, lang)),
            same: old
                .filter(|it| it.certificate.is_some() || new.certificate.is_some())
                .map(|it| it.certificate == new.certificate),
        },
        Line {
            name: t(lang, "首次注册", "First registered"),
            old: of(&|it| minute(&it.registered_at).to_owned()),
            new: text(minute(&row.first_at).to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "最近", "Last heard"),
            old: of(&|it| or_missing(it.last_seen.as_ref().map(|it| minute(it).to_owned()).as_ref())),
            new: text(minute(&row.last_at).to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "批准", "Approved"),
            old: of(&|it| by_at(it.approved_at.as_ref(), it.approved_by.as_ref(), lang)),
            new: none(),
            same: None,
        },
        Line {
            name: t(lang, "上次凭据", "Last proof"),
            old: device.map_or_else(none, |it| text(format!("{} · {}", proof(&it.proof, lang), minute(&it.proved_at)))),
            new: text(t(lang, "没有", "none").to_owned()),
            same: None,
        },
        Line {
            name: t(lang, "近 7 天", "Last 7 days"),
            old: week.map_or_else(none, |it| view! { <span class:worse=silent>{it}</span> }.into_any()),
            new: text(attempts),
            same: None,
        },
        Line {
            name: t(lang, "自报区划", "District it named"),
            old: none(),
            new: text(if row.region.is_empty() { MISSING.to_owned() } else { format!("{place} {}", row.region).trim().to_owned() }),
            same: None,
        },
    ]
}

/// Who decided, when, why, and whether the claimant has come for its terminal.
fn decision(row: &ClaimRow, lang: Lang) -> Option<AnyView> {
    row.decided_at.as_ref()?;
    let text = |it: String| view! { <span>{it}</span> }.into_any();
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

/// Whether it is confirmed and its claimant has not come yet.
fn is_awaited(row: &ClaimRow) -> bool {
    row.state == "confirmed" && row.picked_up_at.is_none()
}

fn decisions(row: &ClaimRow, hours: u32, lang: Lang) -> Vec<Decision> {
    let old = row.device.as_ref().map(|it| id_end(&it.device_id));
    let from = address(Some(&row.claimant), lang);
    let replaced = match (&old, lang) {
        (Some(old), Lang::Zh) => {
            format!("它接替的那一刻，在用终端 {old} 停用，此后它的上报拒收；已收的数据保留。")
        }
        (Some(old), Lang::En) => format!(
            "At that moment the terminal in place {old} is revoked and its uploads are refused; what it sent stays."
        ),
        (None, Lang::Zh) => "该企业现在没有终端，没有谁被替换。".to_owned(),
        (None, Lang::En) => "The enterprise has no terminal now; none is replaced.".to_owned(),
    };
    let (pickup, unchanged, undo) = match lang {
        Lang::Zh => (
            format!(
                "{from} 的申请方在 {hours} 小时内再次注册，就领到序列号并接替；过时作废，要重新申请。"
            ),
            "单位的名称、区划、行业不变。",
            "要退回：它接替前可撤回确认；接替后在终端清单给这家企业发一次性注册码，原终端带码注册即换回。",
        ),
        Lang::En => (
            format!(
                "When the claimant at {from} registers again within {hours} hours it is given an id and takes over; later it has to claim anew."
            ),
            "Name, district and industry of the unit stay.",
            "To undo: take the confirmation back before it took over; afterwards give the enterprise a one-time code on the list of terminals; the former terminal registers with it.",
        ),
    };
    let base = format!("/api/v1/claims/{}", row.claim_id);
    if is_awaited(row) {
        return vec![Decision {
            id: "take-back",
            button: t(lang, "撤回确认", "Take back"),
            title: t(lang, "撤回确认", "Take the confirmation back").to_owned(),
            follows: vec![
                t(lang, "申请方再来注册也领不到序列号；在用终端不受影响。", "The claimant is given no id when it registers; the terminal in place goes on as before.").to_owned(),
                t(lang, "这件申请记为已驳回，理由记入历史。", "The claim is kept as refused, with the reason.").to_owned(),
            ],
            reason: Reason::Required,
            primary: false,
            path: format!("{base}/refuse"),
            done_message: t(lang, "已撤回。", "Taken back.").to_owned(),
        }];
    }
    vec![
        Decision {
            id: "confirm",
            button: t(lang, "确认接替", "Confirm"),
            title: t(lang, "确认申请方接替", "Confirm the claimant").to_owned(),
            follows: vec![pickup, replaced, unchanged.to_owned(), undo.to_owned()],
            reason: Reason::Offered,
            primary: true,
            path: format!("{base}/confirm"),
            done_message: t(
                lang,
                "已确认，等它再次注册。",
                "Confirmed; it takes over when it registers again.",
            )
            .to_owned(),
        },
        Decision {
            id: "refuse",
            button: t(lang, "驳回", "Refuse"),
            title: t(lang, "驳回申请", "Refuse the claim").to_owned(),
            follows: vec![
                t(lang, "在用终端不受影响。", "The terminal in place goes on as before.")
                    .to_owned(),
                t(
                    lang,
                    "申请方继续得到「该企业已有终端，更换请联系节能中心」。",
                    "The claimant keeps hearing that the enterprise has a terminal already.",
                )
                .to_owned(),
                t(
                    lang,
                    "理由记入历史，申请方看不到。",
                    "The reason is kept in the history; the claimant does not see it.",
                )
                .to_owned(),
            ],
            reason: Reason::Required,
            primary: false,
            path: format!("{base}/refuse"),
            done_message: t(lang, "已驳回。", "Refused.").to_owned(),
        },
    ]
}
