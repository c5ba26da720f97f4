//! The evidence of the selected finding: its readings among their neighbours, as a drawing and a table, the expected
//! values, and the form to set the finding aside.

use std::sync::Arc;

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_charts::time_series::trace::{Moment, Trace};
use nengce_shared::access::permission::Permission;
use nengce_shared::api::quality::{EvidenceReading, FindingDetail, WaiveRequest};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::stat_type::StatType;
use wasm_bindgen::JsValue;

use super::answer::AnswerSection;
use super::findings::state;
use super::words::{item_name, period, severity_badge};
use crate::components::chart::{ChartFrame, Tip, TipRow};
use crate::components::panel::Panel;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::api_client::{ApiError, send};
use crate::data::session::use_session;
use crate::export::{Cell, TableData};
use crate::format::{time_short, unit_words};
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};
use crate::url_state::use_url_state;

#[component]
pub fn EvidencePanel(
    /// Asks for the list again, after a waiver.
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let load = use_load::<FindingDetail>(move || {
        url.get("finding").map(|id| format!("/api/v1/quality/findings/{id}"))
    });
    view! {
        <Panel id="evidence" title=t(lang, "证据", "Evidence") subtitle=t(lang, "与应有的数值对照", "against what would be expected")>
            <Show
                when=move || url.get("finding").is_some()
                fallback=move || view! { <p class="state">{t(lang, "点一条问题，看它依据的读数。", "Choose a finding to see the readings behind it.")}</p> }
            >
                <Loaded load height=240 let:data><Evidence data load changed /></Loaded>
            </Show>
        </Panel>
    }
}

#[component]
fn Evidence(
    data: Signal<Arc<FindingDetail>>,
    load: Load<FindingDetail>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let session = use_session();
    let drawn = Memo::new(move |_| data.with(|it| drawn(it)));
    let unit = Signal::derive(move || {
        data.with(|it| {
            it.finding.quantity_unit.as_deref().map(|it| unit_words(it, lang)).unwrap_or_default()
        })
    });
    let head = move || {
        let it = data.get();
        let row = &it.finding;
        let path = format!("/units/{}", row.unit.enterprise_code);
        let about = [item_name(row, lang), period(row, lang), state(row, lang)].join(" · ");
        view! {
            <p class="evidence-head">
                {severity_badge(&row.severity, lang)}
                <b>{lang.pick(&it.rule.zh, &it.rule.en).to_owned()}</b>
                <a href=move || url.href(&path)>{row.unit.name.clone()}</a>
            </p>
            <p class="note">{about}</p>
            <p class="finding-sentence" data-testid="finding-sentence">{lang.pick(&row.summary_zh, &row.summary_en).to_owned()}</p>
            <p class="note">
                {lang.pick(&it.rule.about_zh, &it.rule.about_en).to_owned()}
                {format!(" {} {}", t(lang, "首次发现", "First seen"), time_short(&row.first_seen))}
            </p>
        }
    };
    let scene = move |width: f64, height: f64| {
        let moments: Vec<Moment> = drawn.with(|it| it.iter().map(moment).collect());
        let steps = drawn.with(|it| it.iter().any(|it| it.stat_type == StatType::RealTime));
        Trace { moments: &moments, steps, unit: &unit.get() }.scene(width, height)
    };
    let tip = move |row: usize| drawn.with(|it| it.get(row).map(|it| tip(it, &unit.get(), lang)));
    let waived = move || {
        data.with(|it| it.finding.waiver.clone()).map(|it| view! {
            <p class="waiver"><b>{t(lang, "说明", "Waived")}</b>" "{it.reason}" "<span class="note">{it.by}" · "{it.at}</span></p>
        })
    };
    let open = move || data.with(|it| it.finding.state == "open");
    let readings = move || {
        data.with(|it| {
            let row = &it.finding;
            format!(
                "{}#readings",
                url.href_with(
                    &format!("/units/{}", row.unit.enterprise_code),
                    &[("day", Some(row.from.clone()))]
                )
            )
        })
    };
    let clue = move || {
        data.with(|it| {
            let (unit, id) = (&it.finding.unit.enterprise_code, it.finding.finding_id);
            format!("/cases?for={unit}&origin=finding&ref={id}")
        })
    };
    view! {
        {head}
        <Show when=move || { drawn.with(Vec::len) > 1 }>
            <ChartFrame label=t(lang, "读数与应有值", "Readings against what was expected") height=200.0 layout=Box::new(scene) tip=Arc::new(tip) table=Signal::derive(move || drawn.with(|it| table(it, lang))) />
            <p class="note">{t(lang, "◆ 问题读数 · 虚线 应有值 · 灰带 容许范围 · 斜纹 缺报", "◆ suspects · dashed: expected · grey: allowed range · hatched: missing")}</p>
        </Show>
        <details open=move || { drawn.with(Vec::len) <= 1 }>
            <summary>{move || format!("{} {}", t(lang, "依据的读数", "Readings it stands on"), data.with(|it| it.evidence.len()))}</summary>
            <div class="rows-table" tabindex="0" role="group" aria-label=t(lang, "依据的读数", "Readings it stands on")>
                {move || data.with(|it| rows(&it.evidence, lang))}
            </div>
        </details>
        {waived}
        <p class="evidence-links">
            <a class="control" href=readings>{t(lang, "看原始读数", "View readings")}</a>
            <Show when=move || session.may(Permission::HandleCases)>
                <a class="control" href=clue data-testid="take-clue">{t(lang, "登记线索", "Take down a clue")}</a>
            </Show>
        </p>
        <AnswerSection data load changed />
        <Show when=open>
            <details class="waive-form">
                <summary>{t(lang, "不等答复，直接认可", "Set it aside without an answer")}</summary>
                <Show when=move || session.may(Permission::WaiveFindings) fallback=move || view! { <PermissionNeeded permission=Permission::WaiveFindings /> }>
                    <Waive data load changed />
                </Show>
            </details>
        </Show>
    }
}

#[component]
fn Waive(
    data: Signal<Arc<FindingDetail>>,
    load: Load<FindingDetail>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let input = NodeRef::<html::Input>::new();
    let failed = RwSignal::new(None::<ApiError>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let reason = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        let body = WaiveRequest { reason: reason.trim().to_owned() };
        let (false, Ok(body)) = (body.reason.is_empty(), serde_json::to_string(&body)) else {
            return;
        };
        let path = format!(
            "/api/v1/quality/findings/{}/waive",
            data.with_untracked(|it| it.finding.finding_id)
        );
        leptos::task::spawn_local(async move {
            match send(Method::POST, &path, Some(JsValue::from_str(&body)), lang).await {
                Ok(_) => {
                    load.retry();
                    changed.run(());
                }
                Err(error) => {
                    session.refused(error.status);
                    failed.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <form class="form-line" on:submit=submit>
            <label>
                <span>{t(lang, "原因", "Reason")}</span>
                <input node_ref=input class="control field" maxlength="200" placeholder=t(lang, "如：3月1–4日检修停电", "such as: power cut for repair, 1–4 March") data-testid="waive-reason" />
            </label>
            <button type="submit" class="control" data-testid="waive">{t(lang, "保存说明", "Save")}</button>
            {move || failed.get().map(|it| view! { <p class="lv1-text" role="alert">{it.title}" "{it.detail}</p> })}
        </form>
    }
}

/// The finding's series with its surroundings: one item with one statType.
fn drawn(it: &FindingDetail) -> Vec<EvidenceReading> {
    let all = if it.context.is_empty() { &it.evidence } else { &it.context };
    let Some(first) = all.iter().find(|it| it.suspect).or_else(|| all.first()) else {
        return Vec::new();
    };
    let same =
        |it: &&EvidenceReading| it.data_code == first.data_code && it.stat_type == first.stat_type;
    all.iter().filter(same).cloned().collect()
}

fn moment(it: &EvidenceReading) -> Moment {
    let label = match it.stat_type {
        StatType::RealTime => it.stat_date.get(5..16),
        StatType::Day => it.stat_date.get(5..10),
        _ => it.stat_date.get(..7),
    };
    Moment {
        label: label.unwrap_or(&it.stat_date).to_owned(),
        value: it.value,
        expected: it.expected,
        low: it.low,
        high: it.high,
        suspect: it.suspect,
    }
}

/// Enough decimals to tell small values apart.
fn figure(value: Option<f64>) -> Cell {
    let decimals = match value.map(f64::abs) {
        Some(it) if it < 1.0 => 4,
        Some(it) if it < 1000.0 => 2,
        _ => 0,
    };
    Cell::Figure(value, decimals)
}

fn tip(it: &EvidenceReading, unit: &str, lang: Lang) -> Tip {
    let mut rows = vec![TipRow::new(None, t(lang, "读数", "Reading"), figure(it.value).shown())];
    if it.expected.is_some() {
        rows.push(TipRow::new(None, t(lang, "应有", "Expected"), figure(it.expected).shown()));
    }
    if it.low.is_some() || it.high.is_some() {
        rows.push(TipRow::new(
            None,
            t(lang, "容许", "Allowed"),
            format!("{} – {}", figure(it.low).shown(), figure(it.high).shown()),
        ));
    }
    if it.suspect {
        rows.push(TipRow::new(None, t(lang, "问题读数", "Suspect"), ""));
    }
    Tip { title: it.stat_date.clone(), note: unit.to_owned(), rows }
}

fn table(all: &[EvidenceReading], lang: Lang) -> TableData {
    let head = [
        t(lang, "时间", "Time"),
        t(lang, "读数", "Reading"),
        t(lang, "应有", "Expected"),
        t(lang, "下限", "Low"),
        t(lang, "上限", "High"),
        t(lang, "接收", "Received"),
        t(lang, "问题", "Suspect"),
    ];
    let yes = |it: bool| if it { t(lang, "是", "yes") } else { "" };
    let row = |it: &EvidenceReading| {
        vec![
            Cell::text(it.stat_date.clone()),
            figure(it.value),
            figure(it.expected),
            figure(it.low),
            figure(it.high),
            Cell::text(it.received_at.clone().unwrap_or_else(|| number::MISSING.to_owned())),
            Cell::text(yes(it.suspect)),
        ]
    };
    TableData { head: head.map(str::to_owned).into(), rows: all.iter().map(row).collect() }
}

/// The readings as a plain table; columns without a figure anywhere are left out.
fn rows(all: &[EvidenceReading], lang: Lang) -> AnyView {
    let data = table(all, lang);
    let used: Vec<usize> = (0..data.head.len())
        .filter(|at| {
            *at < 2
                || data.rows.iter().any(|row| {
                    !matches!(&row[*at], Cell::Figure(None, _))
                        && row[*at].shown() != ""
                        && row[*at].shown() != number::MISSING
                })
        })
        .collect();
    let class = |at: usize| if (1..5).contains(&at) { "num" } else { "" };
    let head = used
        .iter()
        .map(|at| view! { <th scope="col" class=class(*at)>{data.head[*at].clone()}</th> })
        .collect_view();
    let body = data
        .rows
        .iter()
        .map(|row| view! { <tr>{used.iter().map(|at| view! { <td class=class(*at)>{row[*at].shown()}</td> }).collect_view()}</tr> })
        .collect_view();
    view! { <table class="data" data-testid="evidence-rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table> }.into_any()
}
