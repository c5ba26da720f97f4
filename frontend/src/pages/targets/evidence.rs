//! The evidence of the selected unit: each point with its arithmetic, and a link to its source.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::targets::score::arithmetic;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::targets::{Criterion, InspectionTargets, TargetRow};
use nengce_shared::number;

use super::received::Received;
use super::{class, selected_rows};
use crate::components::panel::Panel;
use crate::data::session::use_session;
use crate::format::sized_tce;
use crate::i18n::{t, use_lang};
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn EvidencePanel(data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let row = Memo::new(move |_| {
        let rows = data.with(|it| selected_rows(it, url.get("reason").as_deref()));
        let wanted = url.get("selected");
        let has_selection = |it: &TargetRow| {
            wanted.as_ref().is_none_or(|wanted| *wanted == it.unit.enterprise_code)
        };
        rows.into_iter().find(has_selection)
    });
    view! {
        <Panel id="evidence" title=t(lang, "证据", "Evidence") subtitle=t(lang, "得分逐项可核", "Every point can be checked")>
            {move || match row.get() {
                Some(row) => view! { <Evidence row data /> }.into_any(),
                None => view! { <p class="state">{t(lang, "所选单位没有监察理由。", "The chosen unit gives no reason for a visit.")}</p> }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn Evidence(row: TargetRow, data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let code = row.unit.enterprise_code.clone();
    let path = format!("/units/{code}");
    let region = lang.pick(&row.unit.region.zh, &row.unit.region.en).to_owned();
    let industry = format!(
        "{} {}",
        row.unit.industry.code,
        lang.pick(&row.unit.industry.zh, &row.unit.industry.en)
    );
    let used = row.tce.map(|it| {
        let (figure, unit) = sized_tce(it, lang);
        format!(" · {figure} {unit}")
    });
    let criteria = data.with_untracked(|it| it.criteria.clone());
    let (given, none): (Vec<_>, Vec<_>) =
        criteria.into_iter().partition(|it| row.points_of(it.reason) > 0.0);
    let none = none.iter().map(|it| lang.pick(&it.zh, &it.en)).collect::<Vec<_>>();
    let none = none.join(t(lang, "、", ", "));
    let part = |criterion: Criterion| {
        let part = row.parts.iter().find(|it| it.reason == criterion.reason)?.clone();
        Some(view! {
            <li>
                <i class=class(criterion.reason)></i>
                <div>
                    <b>{lang.pick(&criterion.zh, &criterion.en).to_owned()}</b>
                    <p>{lang.pick(&part.evidence_zh, &part.evidence_en).to_owned()}</p>
                    <p class="note">{arithmetic(&criterion, part.value, lang)}</p>
                    <a href=move || kept(url, &part.link)>{t(lang, "看依据", "See what it stands on")}</a>
                </div>
                <b class="points">{number::grouped(part.points, 1)}</b>
            </li>
        })
    };
    let parts = given.into_iter().filter_map(part).collect_view();
    let uploads = {
        let code = code.clone();
        move || url.href_with("/uploads", &[("unit", Some(code.clone()))])
    };
    let unit_href = {
        let path = path.clone();
        move || url.href(&path)
    };
    let readings = move || format!("{}#readings", url.href(&path));
    let clue = format!("/cases?for={}&origin=target", row.unit.enterprise_code);
    view! {
        <div class="evidence">
            <p class="evidence-head">
                <a href=unit_href><b>{row.unit.name.clone()}</b></a>
                <span class="tag">{row.unit.class.label(lang)}</span>
                <span class="spring"></span>
                <b class="score" data-testid="selected-score">{number::grouped(row.score, 1)}</b>
                <span class="unit">{t(lang, "分", "points")}</span>
            </p>
            <p class="note">{region}" · "{industry}{used}</p>
            <ul>
                {parts}
                <li class="none">
                    <i></i>
                    <div>{none}</div>
                    <b class="points">"0"</b>
                </li>
            </ul>
            <Received days=row.daily_completeness.clone() />
            <p class="evidence-links">
                <a class="control" href=readings>{t(lang, "看原始读数", "View readings")}</a>
                <a class="control" href=uploads>{t(lang, "看上报记录", "View uploads")}</a>
                <Show when=move || session.may(Permission::HandleCases)>
                    <a class="control" href=clue.clone() data-testid="take-clue">{t(lang, "登记线索", "Take down a clue")}</a>
                </Show>
            </p>
        </div>
    }
}

/// An address of the evidence with the filters of this page: `/units/9112…#calendar`, `/benchmarks/0102?unit=9112…`.
fn kept(url: UrlState, link: &str) -> String {
    let (rest, panel) = link.split_once('#').unwrap_or((link, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let own: Vec<(&str, Option<String>)> = query
        .split('&')
        .filter_map(|it| it.split_once('='))
        .map(|(key, value)| (key, Some(value.to_owned())))
        .collect();
    let address = url.href_with(path, &own);
    if panel.is_empty() { address } else { format!("{address}#{panel}") }
}
