//! One proposed change of a unit: the stored and the proposed values of the fields that differ; approve or refuse.

use leptos::prelude::*;
use nengce_shared::api::common::Named;
use nengce_shared::api::unit_change::{UnitChangeField, UnitChangeRow};
use nengce_shared::json::{FromJson, Json};
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;

use super::conflicts::conflicts;
use super::details::{Details, facts};
use super::list::NotListed;
use super::words::{CHANGE_STATES, by_at, change_flags, minute, state_badge, word};
use crate::components::decision::{Decision, DecisionButtons, Reason};
use crate::format::id_end;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn ChangeDetails(
    row: Memo<Option<UnitChangeRow>>,
    /// True while the list is on its way.
    waits: Signal<bool>,
    changed: Callback<Option<UnitChangeRow>>,
    close: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let title = move || {
        row.get()
            .map_or_else(|| t(lang, "单位变更", "Change of a unit").to_owned(), |it| it.unit_name)
    };
    let subtitle = move || row.get().map(|it| it.enterprise_code).unwrap_or_default();
    let decisions = Memo::new(move |_| {
        row.get()
            .filter(|it| it.state == "pending")
            .map_or_else(Vec::new, |it| decisions(&it, lang))
    });
    let done = Callback::new(move |(_, json): (&'static str, Json)| {
        changed.run(UnitChangeRow::from_json(json).ok());
    });
    let known = Memo::new(move |_| row.with(Option::is_some));
    view! {
        <Details id="change" title=Signal::derive(title) subtitle=Signal::derive(subtitle) on_close=close>
            {move || row.get().map(|row| view! { <Difference row /> })}
            <Show when=move || known.get() fallback=move || view! { <Show when=move || !waits.get()><NotListed all="all" /></Show> }>
                <DecisionButtons decisions on_done=done />
            </Show>
        </Details>
    }
}

#[component]
fn Difference(row: UnitChangeRow) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let lines = row.fields.iter().map(|it| line(it, lang)).collect_view();
    let path = format!("/units/{}", row.enterprise_code);
    let sent = match (&row.address, lang) {
        (Some(from), Lang::Zh) => {
            format!("{} 由终端 {} 自 {from} 报来", minute(&row.sent_at), id_end(&row.sent_by))
        }
        (None, Lang::Zh) => {
            format!("{} 由终端 {} 报来", minute(&row.sent_at), id_end(&row.sent_by))
        }
        (Some(from), Lang::En) => format!(
            "sent {} by terminal {} from {from}",
            minute(&row.sent_at),
            id_end(&row.sent_by)
        ),
        (None, Lang::En) => {
            format!("sent {} by terminal {}", minute(&row.sent_at), id_end(&row.sent_by))
        }
    };
    view! {
        <p class="evidence-head">
            {state_badge(CHANGE_STATES, &row.state, lang)}
            <a href=move || url.href(&path)>{t(lang, "看单位", "See the unit")}</a>
            <span class="note">{sent}</span>
        </p>
        <div class="table-scroll compare">
            <table class="data">
                <caption class="sr">{t(lang, "现在与拟改", "What stands and what is proposed")}</caption>
                <thead><tr>
                    <th scope="col">{t(lang, "字段", "Field")}</th>
                    <th scope="col">{t(lang, "现在", "Now")}</th>
                    <th scope="col">{t(lang, "拟改", "Proposed")}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {conflicts(&row.name_conflicts, url, lang)}
        {decision(&row, lang)}
    }
}

fn line(field: &UnitChangeField, lang: Lang) -> impl IntoView + use<> {
    let flags = change_flags(field.flags.iter(), lang);
    view! {
        <tr>
            <th scope="row">{lang.pick(&field.zh, &field.en).to_owned()}</th>
            <td class="before">{value(field.now.as_ref(), lang)}</td>
            <td><b>{value(field.proposed.as_ref(), lang)}</b>{(!flags.is_empty()).then(|| view! { <p class="flags">{flags}</p> })}</td>
        </tr>
    }
}

/// The name, and the code where it is another text.
fn value(named: Option<&Named>, lang: Lang) -> AnyView {
    let Some(it) = named else {
        return view! { <span>{MISSING}</span> }.into_any();
    };
    let name = lang.pick(&it.zh, &it.en).to_owned();
    if name.is_empty() || name == it.code {
        return view! { <span>{it.code.clone()}</span> }.into_any();
    }
    let code = it.code.clone();
    view! { <span>{name}</span>" "<span class="note">{code}</span> }.into_any()
}

fn decision(row: &UnitChangeRow, lang: Lang) -> Option<AnyView> {
    row.decided_at.as_ref()?;
    let text = |it: String| view! { <span>{it}</span> }.into_any();
    let mut rows = vec![(
        t(lang, "决定", "Decision"),
        text(format!(
            "{} · {}",
            word(CHANGE_STATES, &row.state, lang),
            by_at(row.decided_at.as_ref(), row.decided_by.as_ref(), lang)
        )),
    )];
    if let Some(reason) = &row.reason {
        rows.push((t(lang, "理由", "Reason"), text(reason.clone())));
    }
    Some(facts(rows))
}

fn decisions(row: &UnitChangeRow, lang: Lang) -> Vec<Decision> {
    let moves = row.fields.iter().any(|it| it.flags.iter().any(|it| it == "changes_figures"));
    let mut follows = vec![
        t(
            lang,
            "单位档案从现在起按拟改的显示，清单、导出、接口一并改。",
            "The unit is shown as proposed from now on, in lists, files and the API.",
        )
        .to_owned(),
    ];
    if moves {
        follows.push(t(lang, "它的全部数据（含以往）改计到新的区划、行业或类别，两边的数字都会变。", "All its data, past ones too, count for the new district, industry or class; figures of both change.").to_owned());
    }
    follows.push(
        t(
            lang,
            "要退回：让终端报回原来的，再批准一次。",
            "To undo: let the terminal send what stood before, and approve that.",
        )
        .to_owned(),
    );
    let base = format!("/api/v1/unit-changes/{}", row.change_id);
    vec![
        Decision {
            id: "approve",
            button: t(lang, "批准变更", "Approve"),
            title: t(lang, "批准变更", "Approve the change").to_owned(),
            follows,
            reason: Reason::Offered,
            primary: true,
            path: format!("{base}/approve"),
            body: None,
            done_message: t(lang, "已批准，档案已改。", "Approved; the unit is changed.")
                .to_owned(),
        },
        Decision {
            id: "refuse",
            button: t(lang, "驳回", "Refuse"),
            title: t(lang, "驳回变更", "Refuse the change").to_owned(),
            follows: vec![
                t(
                    lang,
                    "档案和数字都不变，终端照常上报。",
                    "Unit and figures stay; the terminal goes on uploading.",
                )
                .to_owned(),
                t(
                    lang,
                    "终端再报同样的内容不会再排队；报了别的才会。",
                    "The same said again does not wait anew; something else does.",
                )
                .to_owned(),
            ],
            reason: Reason::Offered,
            primary: false,
            path: format!("{base}/refuse"),
            body: None,
            done_message: t(lang, "已驳回，档案不变。", "Refused; the unit stays as it is.")
                .to_owned(),
        },
    ]
}
