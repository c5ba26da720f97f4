//! The evidence of the chosen unit: each point is arithmetic that can be redone, with a link to what it stands on.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::targets::{InspectionTargets, TargetRow};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::{chosen_rows, class};
use crate::components::panel::Panel;
use crate::format::sized_tce;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn EvidencePanel(data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let row = Memo::new(move |_| {
        let rows = data.with(|it| chosen_rows(it, url.get("reason").as_deref()));
        let wanted = url.get("chosen");
        let at = rows
            .iter()
            .position(|it| Some(&it.unit.enterprise_code) == wanted.as_ref())
            .unwrap_or(0);
        rows.into_iter().nth(at)
    });
    view! {
        <Panel id="evidence" title=t(lang, "证据", "Evidence") subtitle=t(lang, "得分逐项可核", "Every point can be checked")>
            {move || match row.get() {
                Some(row) => view! { <Evidence row data /> }.into_any(),
                None => view! { <p class="state">{t(lang, "没有所选单位。", "No unit is chosen.")}</p> }.into_any(),
            }}
        </Panel>
    }
}

#[component]
fn Evidence(row: TargetRow, data: Signal<Arc<InspectionTargets>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = row.unit.enterprise_code.clone();
    let path = format!("/units/{code}");
    let region = lang
        .pick(&row.unit.region.zh, &row.unit.region.en)
        .to_owned();
    let industry = format!(
        "{} {}",
        row.unit.industry.code,
        lang.pick(&row.unit.industry.zh, &row.unit.industry.en)
    );
    let used = row.tce.map(|it| {
        let (figure, unit) = sized_tce(it, lang);
        format!(" · {figure} {unit}")
    });
    let rules = data.with_untracked(|it| it.rules.clone());
    let parts = rules
        .into_iter()
        .map(|rule| {
            let part = row.parts.iter().find(|it| it.reason == rule.reason).cloned();
            let none = part.is_none();
            let points = part.as_ref().map_or(0.0, |it| it.points);
            let body = match part {
                Some(part) => view! {
                    <p>{lang.pick(&part.evidence_zh, &part.evidence_en).to_owned()}</p>
                    <p class="note">{lang.pick(&part.arithmetic_zh, &part.arithmetic_en).to_owned()}</p>
                    <a href=part.link>{t(lang, "看依据", "See what it stands on")}</a>
                }
                .into_any(),
                None => view! { <p class="note">{t(lang, "无", "None")}</p> }.into_any(),
            };
            view! {
                <li class:none=none>
                    <i class=class(rule.reason)></i>
                    <div><b>{lang.pick(&rule.zh, &rule.en).to_owned()}</b>{body}</div>
                    <b class="points">{number::grouped(points, 1)}</b>
                </li>
            }
        })
        .collect_view();
    let unit_href = {
        let path = path.clone();
        move || url.href(&path)
    };
    let readings = move || format!("{}#readings", url.href(&path));
    view! {
        <div class="evidence">
            <p class="evidence-head">
                <a href=unit_href><b>{row.unit.name.clone()}</b></a>
                <span class="tag">{row.unit.class.label(lang)}</span>
                <span class="spring"></span>
                <b class="score" data-testid="chosen-score">{number::grouped(row.score, 0)}</b>
                <span class="unit">{t(lang, "分", "points")}</span>
            </p>
            <p class="note">{region}" · "{industry}{used}</p>
            <ul>{parts}</ul>
            <Received days=row.daily_completeness.clone() />
            <p class="evidence-links">
                <a class="control" href=readings>{t(lang, "看原始读数", "View readings")}</a>
                <a class="control" href=format!("/uploads?unit={code}&lang={}", lang.as_str())>{t(lang, "看上报记录", "View uploads")}</a>
            </p>
        </div>
    }
}

/// received / expected of the last 30 days; a day without anything is hatched over the full height.
#[component]
fn Received(days: Vec<Option<f64>>) -> impl IntoView {
    let lang = use_lang();
    let known: Vec<f64> = days.iter().flatten().copied().collect();
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    let says = match lang {
        Lang::Zh => format!(
            "近 {} 天收数率，平均 {}",
            days.len(),
            number::completeness(mean)
        ),
        Lang::En => format!(
            "Received in the last {} days, {} on average",
            days.len(),
            number::completeness(mean)
        ),
    };
    let bars = days
        .iter()
        .map(|day| {
            let (class, height) = match day {
                None => ("missing", 100.0),
                Some(it) if *it <= 0.0 => ("missing", 100.0),
                Some(it) if *it < 0.9 => ("low", it * 100.0),
                Some(it) => ("ok", it.min(1.0) * 100.0),
            };
            view! { <i class=class style:height=format!("{height:.0}%") title=number::completeness(*day)></i> }
        })
        .collect_view();
    view! {
        <figure class="received">
            <figcaption>{says.clone()}</figcaption>
            <div class="received-bars" role="img" aria-label=says>
                {bars}
                <span class="limit" aria-hidden="true"><em>"90%"</em></span>
            </div>
        </figure>
    }
}
