//! The unit's quality index day by day, and its open findings; the whole list is the quality page.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::time_series::trace::{Moment, Trace};
use nengce_shared::api::quality::{FindingList, FindingRow, QualityDay, QualityUnitDays};
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::UnitCode;
use crate::components::chart::{Tip, TipRow};
use crate::components::chart_panel::{ChartPanel, Source};
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::{Cell, TableData};
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};
use crate::pages::quality::words::{
    PARTS, SEVERITIES, item_name, period, points, severity_badge, word,
};
use crate::url_state::{push_pair, use_url_state};

#[component]
pub fn QualityPanel(unit: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let days = use_load::<QualityUnitDays>(move || {
        let (from, to) = unit.with(|it| (it.scope.from.clone(), it.scope.to.clone()));
        let mut query = String::new();
        push_pair(&mut query, "from", Some(&from));
        push_pair(&mut query, "to", Some(&to));
        Some(format!("/api/v1/quality/units/{}?{query}", code.0.get()))
    });
    let found = use_load::<FindingList>(move || {
        Some(format!("/api/v1/quality/findings?unit={}&state=open&limit=10", code.0.get()))
    });
    let title = t(lang, "数据质量", "Data quality");
    let subtitle = days.text(move |it| {
        let words = t(lang, "逐日质量指数，百分制", "index by day, of 100");
        format!("{} – {} · {words}", it.from, it.to)
    });
    view! {
        <ChartPanel
            source=Source::Request(days)
            id="quality"
            title
            subtitle
            note=t(lang, "◆ 有问题的日子 · 斜纹 没有可评的数据", "◆ days with findings · hatched: nothing to assess")
            height=150.0
            layout=|it, width, height| {
                let moments: Vec<Moment> = it.days.iter().map(moment).collect();
                Trace { moments: &moments, steps: false, unit: "" }.scene(width, height)
            }
            tip=move |it, row| it.days.get(row).map(|it| tip(it, lang))
            table=move |it| table(&it.days, lang)
            on_select=Box::new(move |it, row| {
                let day = it.days.get(row).map(|it| it.day.clone());
                url.set(&[("day", day), ("readings", None)]);
            })
        >
            <Loaded load=found height=80 let:data>
                {
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    view! {
                        <DataTable
                            label=t(lang, "未结问题", "Open findings")
                            columns=columns(lang)
                            rows
                            key=|row: &FindingRow| row.finding_id.to_string()
                            empty=Signal::derive(move || no_findings(days, lang))
                        />
                    }
                }
            </Loaded>
            <p class="more">
                <a href=move || url.href_with("/quality", &[("unit", Some(code.0.get()))])>{t(lang, "全部问题", "All findings")}</a>
            </p>
        </ChartPanel>
    }
}

/// No open finding says something only of the days that are assessed.
fn no_findings(days: Load<QualityUnitDays>, lang: Lang) -> String {
    let last = days.data.with(|it| {
        let assessed = it.as_ref()?.days.iter().rev().find(|day| day.figures.index.is_some());
        assessed.map(|day| day.day.clone())
    });
    match (last, lang) {
        (Some(day), Lang::Zh) => format!("没有未结的问题（已判定到 {day}）。"),
        (Some(day), Lang::En) => format!("No open findings (assessed until {day})."),
        (None, _) => t(
            lang,
            "本期尚未判定，有没有问题还不知道。",
            "The span is not yet assessed: whether there are findings is not known.",
        )
        .to_owned(),
    }
}

fn moment(it: &QualityDay) -> Moment {
    Moment {
        label: it.day.get(5..).unwrap_or_default().to_owned(),
        value: it.figures.index.map(|it| it * 100.0),
        suspect: it.findings > 0,
        ..Moment::default()
    }
}

fn tip(it: &QualityDay, lang: Lang) -> Tip {
    let mut rows = vec![TipRow::new(None, t(lang, "质量指数", "Index"), points(it.figures.index))];
    rows.extend(PARTS.iter().map(|(zh, en, _, figure)| {
        TipRow::new(None, t(lang, zh, en), number::completeness(figure(&it.figures)))
    }));
    if it.findings > 0 {
        rows.push(TipRow::new(None, t(lang, "问题", "Findings"), it.findings.to_string()));
    }
    Tip { title: it.day.clone(), note: String::new(), rows }
}

fn table(days: &[QualityDay], lang: Lang) -> TableData {
    let mut head = vec![t(lang, "日期", "Day").to_owned(), t(lang, "质量指数", "Index").to_owned()];
    head.extend(PARTS.iter().map(|(zh, en, _, _)| t(lang, zh, en).to_owned()));
    head.push(t(lang, "问题", "Findings").to_owned());
    let row = |it: &QualityDay| {
        let mut row = vec![
            Cell::text(it.day.clone()),
            Cell::Figure(it.figures.index.map(|it| it * 100.0), 1),
        ];
        row.extend(PARTS.iter().map(|(_, _, _, figure)| Cell::Completeness(figure(&it.figures))));
        row.push(Cell::Figure(Some(it.findings.into()), 0));
        row
    };
    TableData { head, rows: days.iter().map(row).collect() }
}

fn columns(lang: Lang) -> Vec<Column<FindingRow>> {
    let url = use_url_state();
    vec![
        Column::new(t(lang, "程度", "Severity"), move |row: &FindingRow| Cell::text(word(&SEVERITIES, &row.severity, lang)))
            .in_narrow()
            .show(move |row| severity_badge(&row.severity, lang)),
        Column::new(t(lang, "采集项", "Item"), move |row: &FindingRow| Cell::text(item_name(row, lang))),
        Column::new(t(lang, "时段", "Period"), move |row: &FindingRow| Cell::text(period(row, lang))),
        Column::new(t(lang, "发现了什么", "What was found"), move |row: &FindingRow| Cell::text(lang.pick(&row.summary_zh, &row.summary_en)))
            .class("sentence")
            .in_narrow()
            .show(move |row| {
                let (id, unit, words) = (row.finding_id.to_string(), row.unit.enterprise_code.clone(), lang.pick(&row.summary_zh, &row.summary_en).to_owned());
                view! { <a href=move || url.href_with("/quality", &[("unit", Some(unit.clone())), ("finding", Some(id.clone()))])>{words}</a> }
            }),
    ]
}
